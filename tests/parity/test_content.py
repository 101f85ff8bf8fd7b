"""Texts that differ only in the form of their characters are alike."""

from __future__ import annotations

import unicodedata

import pytest

from exporter.parity.comparison.item_names import quote_difference, quote_from
from exporter.parity.content import comparison_key, letters, merged, normalise

GREEK = "\u1f71\u1fd3 \u0391\u0301\u03b9\u0308\u0301"
ARABIC = "\u062f\u0651\u0650 \ufefb\ufdf2 \u0627\u0654 \ufc62"
OTHERS = "Vie\u0323\u0302t \u1100\u1161\u11a8\u3131 \u0958 \u212b i\u0307"


@pytest.mark.parametrize("text", [GREEK, ARABIC, OTHERS])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_a_text_is_alike_in_every_form_and_wherever_it_is_divided(text: str, form: str) -> None:
    other = unicodedata.normalize(form, text)
    assert comparison_key(text) == comparison_key(other)
    assert letters(text) == "".join(map(letters, other))
    assert merged([("el", text)]) == merged([("el", character) for character in other])
    assert form == "NFKC" or normalise(text, quotes=True) == normalise(other, quotes=True)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_without_a_letter_is_a_quotation_mark_in_every_form(form: str) -> None:
    text = "\u1ffd\u03b1 \u00b4e \u1fef\u03b9"
    assert comparison_key(text) == comparison_key(unicodedata.normalize(form, text)) == "\u03b1e\u03b9"


def test_an_accent_and_its_letter_are_alike_around_what_an_edition_leaves_out() -> None:
    assert normalise("e\u2060\u0301", quotes=False) == "\u00e9"
    assert comparison_key("o \u0301") == comparison_key("\u00f3")


def test_a_quotation_shows_where_a_long_text_differs() -> None:
    start = "A paragraph of many words that says the same as the other one "
    assert quote_difference(f"{start}to (HRW) and so on.", f"{start}to )HRW( and so on.") == (
        "“…as the other one to )HRW( and so on.” instead of “…as the other one to (HRW) and so on.”"
    )
    assert quote_difference("One of (two).", "One of )two(.") == "“One of )two(.”"
    assert quote_from("قالت Human (HRW).", 4) == "“Human (HRW).”"
