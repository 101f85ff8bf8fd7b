"""Which passage of an edition is which of the manuscript, and what an edition says besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import transforms
from exporter.parity.comparison.alignment import ItemAlignment
from exporter.parity.comparison.inline_diff import LinkTargets, diff
from exporter.parity.comparison.note_alignment import align_notes
from exporter.parity.content import ContentItem, ExtractedNote, InlineItem, comparison_key, letters, normalise
from exporter.readers import markdown
from tests.parity.compared import compare
from tests.parity.made import make

TITLE = "Two years of waiting for a judge in Chiapas"
TEXT = (
    ContentItem("heading", TITLE),
    ContentItem("paragraph", "The first hearing lasted four minutes and had no interpreter."),
    ContentItem("paragraph", "The second one never began."),
)
NAMES = frozenset({letters(TITLE)})


def said(*found: ContentItem) -> list[str]:
    return [finding.message for finding in ItemAlignment(TEXT, found, {}, includes_cover=True, names=NAMES).findings()]


def test_the_title_on_the_cover_may_be_a_heading_too() -> None:
    assert said(ContentItem("paragraph", TITLE), ContentItem("paragraph", "Open Record"), *TEXT) == []


def test_a_title_that_stands_in_the_middle_of_the_text_is_found() -> None:
    (message,) = said(TEXT[0], TEXT[1], ContentItem("paragraph", TITLE), TEXT[2])
    assert "Duplicate" in message


def test_words_of_the_text_on_the_cover_are_found() -> None:
    (message,) = said(ContentItem("paragraph", TEXT[1].text), *TEXT)
    assert "Duplicate" in message


def test_the_text_is_found_although_the_pictures_that_begin_it_are_lost() -> None:
    picture = ContentItem("picture", marks=(InlineItem("picture", "", None),))
    text = (picture, picture, picture, *TEXT, picture, ContentItem("paragraph", "Behind it."))
    found = (ContentItem("paragraph", "Open Record"), *text[3:])
    pairs = ItemAlignment(text, found, {}, includes_cover=True, names=NAMES)
    assert (pairs.front_matter, pairs.missing, list(pairs.findings())) == (range(1), [0, 1, 2], [])


def test_the_picture_of_the_cover_is_not_the_first_one_of_the_text() -> None:
    pictures = [ContentItem("picture", marks=(InlineItem("picture", "", alt),)) for alt in ("Cover", "Well", "Pump")]
    assert ItemAlignment(pictures[1:], pictures, {}, includes_cover=True).matched == [(0, 1), (1, 2)]


def test_a_title_that_the_first_paragraph_repeats_is_the_cover_s() -> None:
    text = (ContentItem("paragraph", TITLE), *TEXT[1:])
    cover = (
        ContentItem("paragraph", TITLE),
        ContentItem("paragraph", "By Ana Soto"),
        ContentItem("paragraph", "Open Record"),
    )
    pairs = ItemAlignment(text, (*cover, *text), {}, includes_cover=True, names=NAMES)
    assert (pairs.front_matter, list(pairs.findings())) == (range(3), [])


def test_a_title_with_the_words_of_the_code_that_is_the_whole_text_is_the_cover_s() -> None:
    found = (ContentItem("heading", TITLE), ContentItem("paragraph", "By Ana Soto"), ContentItem("paragraph", TITLE))
    assert ItemAlignment(found[2:], found, {}, includes_cover=True, names=NAMES).matched == [(0, 2)]


def test_a_paragraph_with_the_words_of_the_title_of_a_box_is_not_that_title() -> None:
    title, warning = ContentItem("paragraph", "Warning", path=("aside",)), ContentItem("paragraph", "Warning")
    step = ContentItem("paragraph", "Mind the step.", path=("aside",))
    added = ContentItem("paragraph", "New words.")
    pairs = ItemAlignment(
        (warning, warning, step),
        (added, warning, warning, title, step),
        {2: 1},
        includes_cover=False,
        titles={letters("Warning")},
    )
    assert pairs.matched == [(0, 1), (1, 2), (2, 4)]
    assert [finding.message for finding in pairs.findings()] == [
        "The paragraph “New words.” is not in the manuscript ()."
    ]


def test_a_title_with_the_letters_of_the_first_paragraph_is_not_taken_for_it() -> None:
    text = (ContentItem("paragraph", f"{TITLE}!"),)
    pairs = ItemAlignment(
        text, (ContentItem("paragraph", TITLE), ContentItem("paragraph", "Open Record"), *text), {}, includes_cover=True
    )
    assert pairs.matched == [(0, 2)]


def test_hyphens_of_all_kinds_are_one_glyph_on_a_page_and_the_increment_is_a_delta() -> None:
    assert comparison_key("|\u2206m\u00b2|") == comparison_key("|\u0394m2|")
    assert comparison_key("long\u2011term") == comparison_key("long\u2010term") == comparison_key("long-term")
    assert normalise("long\u2011term", quotes=False) != normalise("long-term", quotes=False)


def test_a_formula_may_be_a_sign_alone_but_not_nothing() -> None:
    def told(alt: str, signs: str = "") -> list[str]:
        want, have = (
            ContentItem("paragraph", "Let", marks=(mark,))
            for mark in (InlineItem("formula", signs), InlineItem("formula", "", alt))
        )
        return [finding.message for finding in diff(want, have, LinkTargets({}, {}, ()), "")]

    assert told("∇") == told("∇", "∇") == told("A \\ B", "A\\B") == []
    assert (
        told("") == told(" ") == told("\\Delta") == told("∇", "x") == ["The paragraph “Let”: a formula has no words."]
    )


def test_a_text_begins_with_its_first_passage_however_much_an_edition_adds_further_on() -> None:
    text = [ContentItem("paragraph", f"Paragraph {number}") for number in range(20)]
    slots = {1: 1, 6: 1, 7: 1, 8: 1}
    found = [ContentItem("paragraph", TITLE)]
    for number, passage in enumerate(text):
        found += [ContentItem("paragraph", "Long description")] * slots.get(number, 0) + [passage]
    assert list(ItemAlignment(text, found, slots, includes_cover=True, names=NAMES).findings()) == []


def test_notes_with_the_same_text_to_which_the_text_does_not_refer_are_paired_by_their_references() -> None:
    notes = tuple(ExtractedNote((ContentItem("paragraph", "Ibid."),), count, unreferenced=True) for count in (2, 0))
    assert align_notes(notes, notes[::-1])[0] == [(0, 1), (1, 0)]


def test_a_note_at_the_end_of_its_paragraph_is_expected_there() -> None:
    want, have = (
        ContentItem("paragraph", "One two", marks=(InlineItem("note", "", "1", before=before),)) for before in (6, 3)
    )
    (finding,) = diff(want, have, LinkTargets({}, {}, ()), "")
    assert finding.message == "The paragraph “One two”: a note is at another place; expected at the end."


def test_the_text_begins_with_its_table_although_the_first_cell_has_an_addition() -> None:
    picture = ContentItem("picture", marks=(InlineItem("picture", "", None),))
    table = (ContentItem("cell", "Court"), picture, ContentItem("caption", "Court"))
    addition = ContentItem("paragraph", "Description")
    found = (ContentItem("cell", "Court Description"), *table[1:], addition)
    pairs = ItemAlignment(table, found, {3: 1}, includes_cover=True)
    assert pairs.matched == [(0, 0), (1, 1), (2, 2)]


BOXES_WITH_THE_WORDS_OF_THEIR_TITLES = """---
title: Boxes
lang: en
---

::: warning
Warning

Do not drink.
:::

::: warning
Warning

Warning

::: notice
Notice
:::
:::

::: warning
- Warning
:::
"""


def test_boxes_with_the_words_of_their_titles_are_right(tmp_path: Path) -> None:
    publication = transforms.apply(
        markdown.read(BOXES_WITH_THE_WORDS_OF_THEIR_TITLES.encode(), "book").publication, "book"
    )
    paths = {edition: make(edition, publication, tmp_path)[0] for edition in ("epub", "docx")}
    assert [str(finding) for finding in compare(publication, paths)] == []


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [("en", "summary", "# Summary"), ("en", "warning", "Warning"), ("es", "summary", "# Resumen")],
)
def test_a_text_may_begin_with_the_words_of_the_title_of_its_first_box(
    language: str, name: str, words: str, tmp_path: Path
) -> None:
    text = f"---\ntitle: Río\nlang: {language}\n---\n\n{words}\n\n::: {name}\nAgua.\n:::\n"
    publication = transforms.apply(markdown.read(text.encode(), "book").publication, "book")
    path, _ = make("pdf", publication, tmp_path)
    assert [str(finding) for finding in compare(publication, {"pdf": path})] == []
