"""Which passage of an edition is which of the manuscript, and what an edition says besides."""

from __future__ import annotations

from exporter.parity.alignment import Pairs
from exporter.parity.content import Mark, Passage, letters, squashed, written
from exporter.parity.inline_diff import Places, differences

TITLE = "Two years of waiting for a judge in Chiapas"
TEXT = (
    Passage("heading", TITLE),
    Passage("paragraph", "The first hearing lasted four minutes and had no interpreter."),
    Passage("paragraph", "The second one never began."),
)
NAMES = frozenset({letters(TITLE)})


def said(*found: Passage) -> list[str]:
    return [finding.message for finding in Pairs(TEXT, found, {}, frame=True, names=NAMES).findings()]


def test_the_title_on_the_cover_may_be_a_heading_too() -> None:
    assert said(Passage("paragraph", TITLE), Passage("paragraph", "Open Record"), *TEXT) == []


def test_a_title_that_stands_in_the_middle_of_the_text_is_found() -> None:
    (message,) = said(TEXT[0], TEXT[1], Passage("paragraph", TITLE), TEXT[2])
    assert "stands there twice" in message


def test_words_of_the_text_on_the_cover_are_found() -> None:
    (message,) = said(Passage("paragraph", TEXT[1].text), *TEXT)
    assert "stands there twice" in message


def test_the_text_is_found_although_the_pictures_that_begin_it_are_lost() -> None:
    picture = Passage("picture", marks=(Mark("picture", "", None),))
    text = (picture, picture, picture, *TEXT, picture, Passage("paragraph", "Behind it."))
    found = (Passage("paragraph", "Open Record"), *text[3:])
    pairs = Pairs(text, found, {}, frame=True, names=NAMES)
    assert (pairs.head, pairs.missing, list(pairs.findings())) == (range(1), [0, 1, 2], [])


def test_a_title_that_the_first_paragraph_repeats_is_the_cover_s() -> None:
    text = (Passage("paragraph", TITLE), *TEXT[1:])
    cover = (Passage("paragraph", TITLE), Passage("paragraph", "By Ana Soto"), Passage("paragraph", "Open Record"))
    pairs = Pairs(text, (*cover, *text), {}, frame=True, names=NAMES)
    assert (pairs.head, list(pairs.findings())) == (range(3), [])


def test_a_title_with_the_letters_of_the_first_paragraph_is_not_taken_for_it() -> None:
    text = (Passage("paragraph", f"{TITLE}!"),)
    pairs = Pairs(text, (Passage("paragraph", TITLE), Passage("paragraph", "Open Record"), *text), {}, frame=True)
    assert pairs.matched == [(0, 2)]


def test_hyphens_of_all_kinds_are_one_glyph_on_a_page() -> None:
    assert squashed("long\u2011term") == squashed("long\u2010term") == squashed("long-term")
    assert written("long\u2011term", quotes=False) != written("long-term", quotes=False)


def test_a_formula_may_be_a_sign_alone_but_not_nothing() -> None:
    def told(alt: str, signs: str = "") -> list[str]:
        want, have = (
            Passage("paragraph", "Let", marks=(mark,)) for mark in (Mark("formula", signs), Mark("formula", "", alt))
        )
        return [finding.message for finding in differences(want, have, Places({}, {}), "")]

    assert told("∆") == told("∆", "∆") == []
    assert (
        told("") == told(" ") == told("\\Delta") == told("∆", "x") == ["The paragraph “Let”: a formula has no words."]
    )


def test_a_text_begins_with_its_first_passage_however_much_an_edition_adds_further_on() -> None:
    text = [Passage("paragraph", f"Paragraph {number}") for number in range(20)]
    slots = {1: 1, 6: 1, 7: 1, 8: 1}
    found = [Passage("paragraph", TITLE)]
    for number, passage in enumerate(text):
        found += [Passage("paragraph", "Long description")] * slots.get(number, 0) + [passage]
    assert list(Pairs(text, found, slots, frame=True, names=NAMES).findings()) == []
