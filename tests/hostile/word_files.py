"""Word files that are hostile or merely huge."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.hostile.kind import Kind, file, zeros
from tests.readers.docx.files import field, p, package, part, picture, r, row, style, table, zipped

_TEXT = p("A title", "Title") + p("Part", "Heading1") + p("Text.")
_ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
_BOMB = f'<!DOCTYPE d [<!ENTITY e0 "x">{_ENTITIES}]>'
_ENTITY = f"<w:body>{p('&e12;')}</w:body>"
_FORMULA = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{}</m:oMath>'


def _changed(files: Mapping[str, bytes | None], body: str = _TEXT) -> bytes:
    """Return a Word file with other parts; None leaves one out."""
    with zipfile.ZipFile(io.BytesIO(package(body))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: data for name, data in {**parts, **files}.items() if data is not None})


def _word(
    body: Callable[[], str],
    *,
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
) -> Kind:
    return file("manuscript.docx", lambda: package(_TEXT + body(), styles=styles, parts=parts, relations=relations))


def _parts(parts: Callable[[], Mapping[str, bytes | None]], body: str = _TEXT) -> Kind:
    return file("manuscript.docx", lambda: _changed(parts(), body))


def _twice() -> bytes:
    """Return a Word file whose text is there twice, which zipfile does not write."""
    other = part("document", f"<w:body>{p('Other')}</w:body>")
    data = zipped({**_files(_TEXT), "word/documenT.xml": other})
    return data.replace(b"word/documenT.xml", b"word/document.xml")


def _nested(inner: str, around: str, depth: int) -> str:
    before, _, after = around.partition("{}")
    return before * depth + inner + after * depth


def _embedded(depth: int) -> bytes:
    data = package(_TEXT)
    for _ in range(depth):
        data = package(
            _TEXT + '<w:altChunk r:id="rIdChunk"/>',
            parts={"chunk.docx": data},
            relations={"rIdChunk": ("aFChunk", "chunk.docx")},
        )
    return data


def word_bomb() -> bytes:
    """Return a Word file whose text unpacks to 900 MB."""
    return zeros("word/document.xml", 900, _files(_TEXT, "word/document.xml"), b" ")


def _chart(points: int, index: str = "{}") -> str:
    data = "".join(f'<c:pt idx="{index.format(n)}"><c:v>{n}</c:v></c:pt>' for n in range(points))
    return part(
        "chartSpace",
        f"<c:chart><c:plotArea><c:ser><c:val><c:numLit>{data}</c:numLit></c:val></c:ser></c:plotArea></c:chart>",
    ).replace("w:chartSpace", "c:chartSpace")


_CHART = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="C" descr="A chart"/><a:graphic><a:graphicData>'
    '<c:chart r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)
_NOTE = '<w:r><w:t>N</w:t><w:footnoteReference w:id="1"/></w:r>'
_CHART_RELATION = {"rIdChart": ("chart", "charts/chart1.xml")}


def _notes(count: int) -> bytes:
    marks = "".join(
        p(f'<w:r><w:t>Word</w:t></w:r><w:r><w:footnoteReference w:id="{n}"/></w:r>') for n in range(1, count)
    )
    notes = "".join(f'<w:footnote w:id="{n}">{p("Note.")}</w:footnote>' for n in range(1, count))
    return package(_TEXT + marks, parts={"footnotes.xml": part("footnotes", notes)})


KINDS: dict[str, Kind] = {
    "word-relations-damaged": _parts(
        lambda: {"word/_rels/document.xml.rels": b"<Relationships"}, _TEXT + p(picture())
    )._replace(cheap=True),
    "word-relations-absent": _parts(lambda: {"word/_rels/document.xml.rels": None}, _TEXT + p(picture())),
    "word-relations-of-package-damaged": _parts(lambda: {"_rels/.rels": b"\0\1\2"})._replace(cheap=True),
    "word-relations-many": _word(
        lambda: "", relations={f"rIdX{n}": ("hyperlink", f"https://example.org/{n}") for n in range(60_000)}
    ),
    "word-relation-to-itself": _word(
        lambda: p(picture(relation="rIdSelf")), relations={"rIdSelf": ("image", "document.xml")}
    ),
    "word-types-damaged": _parts(lambda: {"[Content_Types].xml": b"<Types"}),
    "word-entities": _parts(lambda: {"word/document.xml": f"{_BOMB}{part('document', _ENTITY)}".encode()})._replace(
        cheap=True
    ),
    "word-utf-16": _parts(
        lambda: {"word/document.xml": part("document", f"<w:body>{_TEXT}</w:body>").encode("utf-16")}
    ),
    "word-picture-1200-mb": file(
        "manuscript.docx", lambda: zeros("word/media/b.png", 1_200, _files(_TEXT + p(picture(relation="rIdPic"))))
    ),
    "word-text-900-mb": file("manuscript.docx", word_bomb),
    "word-part-twice": file("manuscript.docx", _twice, cheap=True),
    "word-members-30000": file(
        "manuscript.docx", lambda: zipped({**_files(_TEXT), **{f"word/media/{n}": b"" for n in range(30_000)}})
    ),
    "word-cut-off": file("manuscript.docx", lambda: package(_TEXT * 500)[:-200], cheap=True),
    "word-tables-nested": _word(lambda: _nested(p("a"), "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>", 400)),
    "word-runs": _word(lambda: p(r("a ") * 20_000)),
    "word-runs-bold": _word(lambda: p((r("a ") + r("b ", "<w:b/>")) * 2_000)),
    "word-paragraphs": _word(lambda: p("Text.") * 2_000),
    "word-styles-chain": _word(
        lambda: p("a", "S0"),
        styles="".join(style(f"S{n}", inner=f'<w:basedOn w:val="S{n + 1}"/>') for n in range(20_000)),
    ),
    "word-styles-loop": _word(
        lambda: p("a", "S0"),
        styles=style("S0", inner='<w:basedOn w:val="S1"/>') + style("S1", inner='<w:basedOn w:val="S0"/>'),
    )._replace(cheap=True),
    "word-numbering": _word(
        lambda: p("a", properties='<w:numPr><w:ilvl w:val="99999999"/><w:numId w:val="7"/></w:numPr>') * 1_000,
        parts={
            "numbering.xml": part(
                "numbering",
                "".join(
                    f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"/></w:abstractNum>' for n in range(30_000)
                )
                + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(30_000)),
            )
        },
    ),
    "word-notes-9000": file("manuscript.docx", lambda: _notes(9_000)),
    "word-note-in-itself": _word(
        lambda: p('<w:r><w:footnoteReference w:id="1"/></w:r>'),
        parts={
            "footnotes.xml": part(
                "footnotes",
                f'<w:footnote w:id="1">{p(_NOTE)}</w:footnote>',
            )
        },
    )._replace(cheap=True),
    "word-fields-nested": _word(lambda: p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000)),
    "word-fields": _word(lambda: p(field("PAGEREF x", r("1 ")) * 5_000)),
    "word-formula-deep": _word(
        lambda: p(_FORMULA.format(_nested("<m:r><m:t>x</m:t></m:r>", "<m:f><m:num>{}</m:num></m:f>", 2_000)))
    ),
    "word-formula-wide": _word(lambda: p(_FORMULA.format("<m:r><m:t>x+</m:t></m:r>" * 20_000))),
    "word-formulas": _word(lambda: p(_FORMULA.format("<m:r><m:t>x</m:t></m:r>")) * 600),
    "word-alternates-nested": _word(
        lambda: p(
            _nested(r("a"), '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice></mc:AlternateContent>', 240)
        )
    ),
    "word-depth-5000": _word(lambda: p(_nested(r("a"), "<w:smartTag>{}</w:smartTag>", 5_000)))._replace(cheap=True),
    "word-changes": _word(
        lambda: p(f'<w:ins w:id="1" w:author="A">{r("a ")}</w:ins><w:del w:id="2">{r("b")}</w:del>' * 10_000)
    ),
    "word-span-huge": _word(
        lambda: table(row("a", '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>') * 3)
    )._replace(cheap=True),
    "word-spans": _word(
        lambda: table(*[row('<w:tc><w:tcPr><w:gridSpan w:val="60"/></w:tcPr><w:p/></w:tc>') for _ in range(300)])
    ),
    "word-table-columns-5000": _word(lambda: table(row(*["a"] * 5_000) * 3)),
    "word-table-merged": _word(
        lambda: table(*[row(*["<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"] * 40) for _ in range(500)])
    ),
    "word-bookmarks": _word(lambda: p('<w:bookmarkStart w:id="1" w:name="b"/>' * 200_000 + r("a"))),
    "word-links": _word(lambda: p(f'<w:hyperlink w:anchor="b">{r("a ")}</w:hyperlink>' * 2_000)),
    "word-chart-points": _word(lambda: _CHART, parts={"charts/chart1.xml": _chart(200_000)}, relations=_CHART_RELATION),
    "word-chart-index": _word(
        lambda: _CHART, parts={"charts/chart1.xml": _chart(3, "99999999999999999999{}")}, relations=_CHART_RELATION
    ),
    "word-picture-1000-times": _word(lambda: p(picture()) * 1_000),
    "word-embedded-30": file("manuscript.docx", lambda: _embedded(30)),
    "word-sections": _word(lambda: p("a", properties="<w:sectPr/>") * 2_000),
    "word-breaks": _word(lambda: p("<w:r>" + '<w:br w:type="page"/>' * 2_000 + "<w:t>a</w:t></w:r>")),
    "word-tabs": _word(lambda: p("<w:r>" + "<w:tab/>" * 10_000 + "<w:t>a</w:t></w:r>")),
    "word-word-300000": _word(lambda: p("x" * 300_000)),
    "word-properties-huge": _parts(
        lambda: {
            "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
            + b"x " * 3_000_000
            + b"</dc:title></cp:coreProperties>",
            "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            b' Target="word/document.xml"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/'
            b'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        }
    ),
    "word-old-junk": file("manuscript.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4_000),
}


def _files(body: str, leave_out: str = "") -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(package(body))) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != leave_out}
