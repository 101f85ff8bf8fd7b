"""Which text of a page is seen: white text on grounds, and text below rectangles."""

from __future__ import annotations

import pikepdf
import pytest

from exporter.inspect.pdf.content_streams import PageReader
from exporter.inspect.pdf.page_content import MarkedText

TO_UNICODE = b"1 beginbfrange <10> <1F> <0061> endbfrange"
WORDS = "BT /F 10 Tf 100 100 Td <101112131415161718> Tj ET"
"""Nine letters, from 100 points from the left."""


def text_of(content: str) -> str:
    """Return the text that is read of a page."""
    return run_of(content).text


def run_of(content: str) -> MarkedText:
    """Return the marked content of a page."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, ToUnicode=pdf.make_stream(TO_UNICODE)
        )
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(content.encode())
        form = pdf.make_stream(b"1 g 0 0 600 800 re f")
        form.update({"/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 50, 50])})
        states = {"M": {"BM": pikepdf.Name.Multiply}, "S": {"SMask": pikepdf.Dictionary()}, "N": {"ca": 1}}
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=pdf.make_indirect(font)),
            XObject=pikepdf.Dictionary(Form=form),
            ExtGState=pikepdf.Dictionary({f"/{name}": pikepdf.Dictionary(**state) for name, state in states.items()}),
        )
        return PageReader().read(page.obj).runs[page.obj.objgen, 0]


@pytest.mark.parametrize(
    ("after", "is_covered"),
    [
        pytest.param("1 g 90 95 200 20 re f", True, id="opaque rectangle"),
        pytest.param("/N gs 1 g 90 95 200 20 re f", True, id="opaque by its state"),
        pytest.param("1 g 99 95 5 20 re f", False, id="rectangle over the first letter"),
        pytest.param("1 g 90 101 200 1 re f", False, id="line through the text"),
        pytest.param("/M gs 1 1 0 rg 90 95 200 20 re f", False, id="marker pen"),
        pytest.param("/S gs 1 g 90 95 200 20 re f", False, id="soft mask"),
        pytest.param("/Pattern cs /P scn 90 95 200 20 re f", False, id="pattern"),
        pytest.param("/Form Do", False, id="form that ends before it"),
    ],
)
def test_text_is_covered_by_what_hides_all_of_it(after: str, is_covered: bool) -> None:
    text = text_of(f"/P <</MCID 0>> BDC {WORDS} EMC /Artifact BMC {after} EMC")
    assert text == ("" if is_covered else "abcdefghi")


def test_a_rectangle_over_a_line_covers_no_text_of_which_the_place_is_not_known() -> None:
    words = WORDS.replace(" ET", " <1A> Tj ET")
    assert text_of(f"/P <</MCID 0>> BDC {words} EMC /Artifact BMC 1 g 90 95 200 20 re f EMC") == "k"


@pytest.mark.parametrize(
    ("before", "is_seen"),
    [
        pytest.param("1 g", False, id="white on white"),
        pytest.param("0 g 90 95 200 20 re f 1 g", True, id="on a dark rectangle"),
        pytest.param("1 g 0 G 1 Tr", True, id="outlines"),
        pytest.param("1 g 0 G 20 w 90 103 m 290 103 l S", True, id="on a thick line"),
        pytest.param("1 g 0 G 1 w 90 140 m 290 140 l S", False, id="below a thin line"),
        pytest.param("q 200 0 0 20 90 95 cm BI /W 1 /H 1 /CS /G /BPC 8 ID @ EI Q 1 g", True, id="on an inline image"),
    ],
)
def test_white_text_is_seen_on_grounds(before: str, is_seen: bool) -> None:
    text = text_of(f"/Artifact BMC {before} EMC /P <</MCID 0>> BDC {WORDS} EMC")
    assert text == ("abcdefghi" if is_seen else "")


@pytest.mark.parametrize(
    ("before", "contrast"),
    [
        pytest.param("0 g", 21.0, id="black"),
        pytest.param("0.5 g", 21.0, id="grey, about which there may be doubt"),
        pytest.param("0.8 g", 1.6, id="pale"),
        pytest.param("0 g 90 95 200 20 re f 0.8 g", 21.0, id="pale on a dark rectangle"),
    ],
)
def test_faint_text_is_read_with_its_contrast(before: str, contrast: float) -> None:
    run = run_of(f"/Artifact BMC {before} EMC /P <</MCID 0>> BDC {WORDS} EMC")
    assert (run.text, round(run.contrast, 1)) == ("abcdefghi", contrast)


def test_text_that_is_read_otherwise_has_the_place_and_font_of_its_first_glyph() -> None:
    run = run_of(f"BT /F 5 Tf 20 20 Td <10> Tj ET /P <</MCID 0 /ActualText (other)>> BDC {WORDS} EMC")
    assert (run.text, run.x, run.y, run.size) == ("other", 100, 100, 10)
