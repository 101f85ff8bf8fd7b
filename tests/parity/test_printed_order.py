"""Text on pages for paper, which have no structure tree, stands in the order of the manuscript."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from exporter import model as m
from exporter.inspect.pdf.navigation import Bookmark, Destination
from exporter.parity.comparison.printed_order import diff_order
from exporter.parity.pdf import extract_pdf, misled_bookmarks
from tests.writers import sample

TEXTS = (
    "The first officer wrote nothing down about the theft, and the phone rang and rang again.",
    "A second office lost the papers, and nobody would read her name or her case again and again.",
    "Nobody heard her case.",
    "قالت المحكمة إن الملف ضاع في المكتب كله بعد سنوات",
    "परिवारों ने अभियोजक के उत्तर की ग्यारह वर्ष तक प्रतीक्षा की और कोई मामला दर्ज नहीं किया गया",
)
PAGES = tuple(text.replace("ff", "").replace("fi", "") for text in TEXTS)
"""As Ghostscript writes them: letters that the typeface draws as one have no characters."""


def found(pages: Sequence[str]) -> list[str]:
    publication = m.Publication(m.Metadata(title="T", language="en"), body=tuple(map(sample.p, TEXTS)))
    return [finding.rule for finding in diff_order(publication, pages)]


@pytest.mark.parametrize(
    ("pages", "rules"),
    [
        pytest.param(PAGES, [], id="in order"),
        pytest.param([f"{PAGES[0]} 1 {PAGES[1]}"], [], id="on one page"),
        pytest.param([*PAGES, "दज वष"], [], id="letters with signs are drawn as one glyph"),
        pytest.param([*PAGES[:2], "Nobody heard 7", "her case."], [], id="a page ends in a short paragraph"),
        pytest.param(PAGES[:3], [], id="letters from right to left are drawn as they are seen"),
        pytest.param(PAGES[1::-1], ["parity-order"], id="pages swapped"),
        pytest.param(PAGES[:1], ["parity-text"], id="a page is missing"),
    ],
)
def test_paragraphs_stand_one_after_another(pages: Sequence[str], rules: list[str]) -> None:
    assert found(pages) == rules


@pytest.mark.parametrize(
    ("title", "page", "is_misled"),
    [
        ("The rate x² by court", 0, False),
        ("The rate x² by court", 1, True),
        ("³√(x+√y)", 1, False),
        ("धन का", 0, False),
        ("חיכו", 0, False),
        ("חיכו", 1, True),
    ],
)
def test_a_page_may_have_a_bookmark_without_its_formula_or_backwards(title: str, page: int, is_misled: bool) -> None:
    pages = ["The rate by court of the year וכיח, धन", "Of another", "the rate x² by court, ³√(x+√y), חיכו, धन का"]
    assert bool(list(misled_bookmarks([Bookmark(title, 1, Destination(page))], pages))) is is_misled


@pytest.mark.parametrize(
    ("title", "page", "is_misled"),
    [
        ("两项公约 / The Covenants", 0, False),
        ("两项公约 / The Covenants", 2, True),
        ("The Covenants", 1, False),
        ("The Covenants", 0, True),
        ("Final covenants", 0, True),
    ],
)
def test_a_bookmark_leads_to_the_page_with_its_words_in_the_first_language(
    title: str, page: int, is_misled: bool
) -> None:
    pages = [
        "两项公约于1976年生效",
        "The Covenants entered into force, nal covenants",
        "关于本出版物 两项公约 / The Covenants",
    ]
    pages[2] = pages[2].replace("两项公约", "") if is_misled else pages[2]
    bookmark = Bookmark(title, 1, Destination(page))
    assert bool(list(misled_bookmarks([bookmark], pages))) is is_misled


@pytest.mark.parametrize(("page", "is_misled"), [(0, False), (1, True)])
def test_a_page_with_the_common_words_of_a_title_one_by_one_is_not_that_of_its_bookmark(
    page: int, is_misled: bool
) -> None:
    pages = ["What the courts say", "The courts that say what they do"]
    bookmark = Bookmark("What the courts say", 1, Destination(page))
    assert bool(list(misled_bookmarks([bookmark], pages))) is is_misled


@pytest.mark.parametrize(("bottom", "words", "is_above"), [(40, "Below", False), (90, "Below", True), (40, "–", False)])
def test_a_paragraph_begins_where_its_first_words_are_or_stand_for_glyphs(
    bottom: int, words: str, is_above: bool, tmp_path: Path
) -> None:
    with pikepdf.new() as file:
        font = file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        first, second = (file.add_blank_page(page_size=(200, 200)) for _ in range(2))
        for page, texts in ((first, ((60, "Above"), (bottom, "Below"))), (second, ((180, "and after"),))):
            page.Resources = Dictionary(Font=Dictionary(F=font))
            drawn = (f"/P <</MCID {n}>> BDC BT /F 9 Tf 9 {y} Td ({t}) Tj ET EMC" for n, (y, t) in enumerate(texts))
            page.Contents = file.make_stream("\n".join(drawn).encode())
        above, below = (Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=first.obj) for _ in range(2))
        span = Dictionary(Type=Name.StructElem, S=Name.Span, Pg=first.obj, K=1, ActualText=words)
        above.K, below.K = 0, Array([span, Dictionary(Type=Name.MCR, Pg=second.obj, MCID=0)])
        root.K = Array([file.make_indirect(above), file.make_indirect(below)])
        file.Root.StructTreeRoot, file.Root.MarkInfo = root, Dictionary(Marked=True)
        file.save(tmp_path / "a.pdf")
    rules = [finding.rule for finding in extract_pdf(tmp_path / "a.pdf").contradictions]
    assert ("parity-order" in rules) is is_above
