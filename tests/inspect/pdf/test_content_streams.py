"""Words of marked content, from a page written by hand."""

from __future__ import annotations

import pikepdf
import pytest

from exporter.inspect.pdf.content_streams import PageReader
from exporter.inspect.pdf.fonts import Font

TO_UNICODE = b"""2 beginbfchar
<01> <0041>
<02> <00660069>
endbfchar
2 beginbfrange
<10> <12> <0061>
<20> <21> [<05D0> <D835DC00>]
endbfrange"""


def test_a_font_that_maps_all_codes_again_and_again_is_read_soon() -> None:
    ranges = b"beginbfrange " + b"<0000> <FFFFFFFF> <0041>" * 20_000 + b" endbfrange"
    with pikepdf.new() as pdf:
        font = Font(pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, ToUnicode=pdf.make_stream(ranges)))
    assert font.map[1] == "B"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"/P <</MCID 0>> BDC BT /F 9 Tf <0102> Tj ET EMC", "Afi"),
        (b"/P <</MCID 0>> BDC BT /F 9 Tf [<10> -200 <1112>] TJ ET EMC", "abc"),
        (b"/P <</MCID 0>> BDC BT /F 9 Tf <2021> Tj ET EMC", "\u05d0\U0001d400"),
        (b"/P <</MCID 0>> BDC /Span <</ActualText (x)>> BDC BT /F 9 Tf <01> Tj ET EMC BT /F 9 Tf <10> Tj ET EMC", "xa"),
        (b"/P /Named BDC BT /F 9 Tf <01> Tj ET EMC", "A"),
        (b"/Artifact BMC BT /F 9 Tf <01> Tj ET EMC /P <</MCID 0>> BDC BT /F 9 Tf <10> Tj ET EMC", "a"),
        (b"BT /F 9 Tf q /G 9 Tf Q /P <</MCID 0>> BDC <01> Tj EMC ET", "A"),
        (b"EMC Q /P <</MCID 0>> BDC BT <01> Tj /Lost 9 Tf <01> Tj ET EMC", ""),
    ],
)
def test_glyphs_become_words(content: bytes, expected: str) -> None:
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, ToUnicode=pdf.make_stream(TO_UNICODE)
        )
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(content)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=pdf.make_indirect(font)),
            Properties=pikepdf.Dictionary(Named=pikepdf.Dictionary(MCID=0)),
        )
        assert PageReader().read(page.obj).runs[page.obj.objgen, 0].text == expected
