"""Finished PDF files that are hostile or damaged, for `exporter verify`."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

from tests.hostile.finished import finished
from tests.hostile.kind import Kind


def _pdf(content: bytes) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(out, compress_streams=True)
    return out.getvalue()


def _tree(change: Callable[[Any], None]) -> bytes:
    """Return a PDF whose catalogue, structure tree and pages were changed."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _structure(depth: int) -> Callable[[Any], None]:
    """Return what makes a structure tree of elements inside each other; a loop of two with 0."""

    def change(pdf: Any) -> None:
        from pikepdf import Dictionary, Name

        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        parent = root
        for _ in range(depth or 2):
            child = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=parent))
            parent.K = child
            parent = child
        if not depth:
            parent.K = root.K
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)

    return change


def _outline(pdf: Any) -> None:
    from pikepdf import Dictionary, String

    first, second = (pdf.make_indirect(Dictionary(Title=String("A"))) for _ in range(2))
    first.Next, second.Next, first.First = second, first, first
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first, Last=second, Count=2))


def _pages(pdf: Any) -> None:
    pdf.Root.Pages.Kids = [*pdf.Root.Pages.Kids, pdf.Root.Pages]


def _repeated(pdf: Any) -> None:
    pdf.pages[0].Contents = [pdf.make_stream(b"0 0 m " * 100)] * 100_000


def _names(pdf: Any) -> None:
    from pikepdf import Array, Dictionary

    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree, tree])
    pdf.Root.Names = Dictionary(Dests=tree, EmbeddedFiles=tree)


def _filters(pdf: Any) -> None:
    from pikepdf import Name

    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(1_000)) + packer.flush()
    for _ in range(2):
        data = zlib.compress(data, 9)
    stream = pdf.make_stream(data)
    stream.Filter = [Name.FlateDecode] * 3
    pdf.pages[0].Contents = stream


def _annotations(pdf: Any) -> None:
    from pikepdf import Array, Dictionary, Name

    link = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1])))
    pdf.pages[0].Annots = Array([link] * 200_000)


def _font(pdf: Any) -> None:
    from pikepdf import Dictionary, Name

    cmap = b"1 beginbfrange\n<0000> <FFFFFFFF> <0041>\nendbfrange\n" * 20_000
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name.A,
        ToUnicode=pdf.make_stream(cmap),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name.A, FontFile2=pdf.make_stream(b"\0\1\0\0\xff\xff" + bytes(1_000))
        ),
    )
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=font))
    pdf.pages[0].Contents = pdf.make_stream(b"BT /F 9 Tf (abc) Tj ET")


KINDS: dict[str, Kind] = {
    "verify-pdf-content": finished("a.pdf", lambda: _pdf(b"0 0 m\n" * 46_000_000)),
    "verify-pdf-content-operands": finished("a.pdf", lambda: _pdf(b"0 " * 100_000_000)),
    "verify-pdf-nested": finished("a.pdf", lambda: _pdf(b"[" * 100_000)),
    "verify-pdf-content-states": finished("a.pdf", lambda: _pdf(b"q " * 3_000_000)),
    "verify-pdf-content-marks": finished("a.pdf", lambda: _pdf(b"/P <</MCID 0>> BDC " * 100_000)),
    "verify-pdf-content-repeated": finished("a.pdf", lambda: _tree(_repeated)),
    "verify-pdf-structure": finished("a.pdf", lambda: _tree(_structure(50_000))),
    "verify-pdf-structure-loop": finished("a.pdf", lambda: _tree(_structure(0))),
    "verify-pdf-outline-loop": finished("a.pdf", lambda: _tree(_outline)),
    "verify-pdf-pages-loop": finished("a.pdf", lambda: _tree(_pages)),
    "verify-pdf-names-loop": finished("a.pdf", lambda: _tree(_names)),
    "verify-pdf-filters": finished("a.pdf", lambda: _tree(_filters)),
    "verify-pdf-annotations": finished("a.pdf", lambda: _tree(_annotations)),
    "verify-pdf-font": finished("a.pdf", lambda: _tree(_font)),
    "verify-pdf-objects": finished(
        "a.pdf", lambda: b"%PDF-1.7\n" + b"".join(b"%d 0 obj[]endobj\n" % n for n in range(400_000))
    ),
    "verify-pdf-cut-off": finished("a.pdf", lambda: _pdf(b"0 0 m\n" * 1_000)[:-600]),
    "verify-pdf-junk": finished("a.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 500_000),
}
