"""Contents of pages from the cache are those that are read without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from exporter.inspect.pdf import cache_pages, open_pdf

WORDS = (
    b"/P <</MCID 0 /Lang (fr)>> BDC BT /F 9 Tf 10 700 Td <01> Tj ET EMC /Artifact BMC BT <02> Tj ET EMC BT <01> Tj ET"
)
PICTURE = b" /Figure <</MCID 1>> BDC /I Do EMC"
LETTERS = b"3 beginbfchar <01> <0041> <02> <0062> <03> <0063> endbfchar"


class Memory(dict[str, bytes]):
    """A cache of a step."""

    reads = writes = 0

    def get(self, key: str, _default: Any = None) -> bytes | None:
        found = super().get(key)
        self.reads += found is not None
        return found

    def put(self, key: str, data: bytes) -> None:
        self.writes += 1
        self[key] = data


def _renamed(font: pikepdf.Dictionary, name: str) -> pikepdf.Dictionary:
    copy = pikepdf.Dictionary(font)
    copy.BaseFont = pikepdf.Name(name)
    return copy


def write(
    path: Path, *contents: bytes, letters: bytes = LETTERS, opacity: float = 1, form: bool = False, other: str = ""
) -> Path:
    """Write a PDF with a page for each content stream; the pages share their resources."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            **{"BaseFont": pikepdf.Name.Sans, "Subtype": pikepdf.Name.TrueType, "ToUnicode": pdf.make_stream(letters)}
        )
        image = pdf.make_stream(b"BT /F 9 Tf <01> Tj ET" if form else b"\0", Subtype=pikepdf.Name.Image)
        if form:
            image.Subtype, image.BBox = pikepdf.Name.Form, [0, 0, 900, 900]
        fonts = {"/F": pdf.make_indirect(font)}
        if other:
            same = fonts["/F"] if other == font.BaseFont else pdf.make_indirect(_renamed(font, other))
            fonts["/G"] = same
        resources = pikepdf.Dictionary(
            Font=fonts,
            XObject={"/I": image},
            ExtGState={"/S": pikepdf.Dictionary(ca=opacity)},
        )
        shared = pdf.make_indirect(resources)
        for content in contents:
            pdf.add_blank_page()
            pdf.pages[-1].obj.Resources = shared
            pdf.pages[-1].obj.Contents = pdf.make_stream(b"/S gs " + content)
        pdf.save(path)
    return path


def contents(path: Path) -> list[Any]:
    """Return all that is read on the pages of a PDF, and its fonts."""
    with open_pdf(path) as file:
        names = [(font.name, font.is_drawn, sorted(font.codes)) for font in file.fonts]
        pages: list[Any] = [names]
        for page, content in zip(file.pages, file.contents(), strict=True):
            for (stream, mcid), run in content.runs.items():
                pages.append((mcid, stream == page.objgen, run.text, run.x, run.y, run.size, run.language, run.drawn))
                pages.append((run.pictures, run.font and run.font.name))
            pages.append((content.artifacts, content.unmarked, content.cut))
        return pages


def test_unchanged_pages_are_as_they_were_read(tmp_path: Path) -> None:
    cache = Memory()
    before = write(tmp_path / "before.pdf", WORDS, WORDS + PICTURE)
    after = write(tmp_path / "after.pdf", WORDS + b" ", b"", WORDS + PICTURE)
    expected = contents(before), contents(after)
    with cache_pages(cache, "code"):
        assert (contents(before), contents(after)) == expected
    assert cache.reads == 1
    assert expected[0][1][:3] == (0, True, "A")
    assert len(cache) == 4


@pytest.mark.parametrize(
    "change", [{"letters": LETTERS.replace(b"0041", b"0058")}, {"opacity": 0.0}], ids=["letters", "opacity"]
)
def test_what_decides_the_words_decides_whether_a_page_is_read_again(tmp_path: Path, change: dict[str, Any]) -> None:
    cache = Memory()
    before, after = write(tmp_path / "before.pdf", WORDS), write(tmp_path / "after.pdf", WORDS, **change)
    expected = contents(after)
    with cache_pages(cache, "code"):
        assert contents(before) != expected
        assert contents(after) == expected


def test_a_letter_of_another_page_decides_nothing(tmp_path: Path) -> None:
    cache, pages = Memory(), (b"BT /F 9 Tf <03> Tj ET", WORDS)
    before = write(tmp_path / "before.pdf", *pages)
    after = write(tmp_path / "after.pdf", *pages, letters=LETTERS.replace(b"0063", b"0064"))
    expected = contents(after)
    with cache_pages(cache, "code"):
        contents(before)
        assert contents(after) == expected
    assert cache.writes == 3


def test_other_code_reads_pages_again(tmp_path: Path) -> None:
    cache, path = Memory(), write(tmp_path / "words.pdf", WORDS)
    for version in ("1", "2"):
        with cache_pages(cache, version):
            contents(path)
    assert not cache.reads


def test_pages_with_forms_are_not_kept(tmp_path: Path) -> None:
    cache, path = Memory(), write(tmp_path / "form.pdf", WORDS + PICTURE, form=True)
    with cache_pages(cache, "code"):
        assert contents(path)
    assert not cache


def test_a_font_with_two_names_is_told_from_two_fonts(tmp_path: Path) -> None:
    words = b"/P <</MCID 0>> BDC BT /F 9 Tf <01> Tj ET EMC /P <</MCID 1>> BDC BT /G 9 Tf <01> Tj ET EMC"
    one, two = (write(tmp_path / f"{name[1:]}.pdf", words, other=name) for name in ("/Sans", "/Bold"))
    expected = contents(two)
    with cache_pages(Memory(), "code"):
        assert contents(one) != expected
        assert contents(two) == expected


def test_fonts_are_drawn_on_the_pages_where_they_are_seen(tmp_path: Path) -> None:
    unseen = b"BT /F 9 Tf 3 Tr <01> Tj ET"
    both, one = write(tmp_path / "both.pdf", WORDS, unseen), write(tmp_path / "one.pdf", unseen)
    with cache_pages(Memory(), "code"):
        drawn = [[named[:2] for named in contents(path)[0]] for path in (both, both, one)]
    assert drawn == [[("Sans", True)], [("Sans", True)], [("Sans", False)]]
