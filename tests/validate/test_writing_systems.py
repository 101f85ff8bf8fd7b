"""Scripts of languages: of those with several, of old ones, and of those that no list knows."""

from __future__ import annotations

import pytest

from exporter.lexicon.word_lists import other_language
from exporter.validate.writing_systems import other_script


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("μῆνιν ἄειδε θεά", "grc", ""),
        ("μῆνιν ἄειδε θεά", "en", "GREEK"),
        ("בראשית ברא", "hbo", ""),
        ("Слово було", "uk", ""),
        ("ئەم وشەیە", "ku", ""),
        ("Слово", "az", ""),
        ("слово", "sr-Latn", "CYRILLIC"),
        ("слово", "x-made-up", ""),
        ("ひらがなです", "ja", ""),
        ("ひらがなです", "zh-Hans", "HIRAGANA"),
    ],
)
def test_a_passage_is_in_a_script_of_its_language(text: str, language: str, expected: str) -> None:
    assert other_script(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do, re, mi, fa, so, la, ti, do, la, so, mi, re", ""),
        ("O me, O my, O la, O se, O de, O mi", ""),
        ("las casas no estaban vacías", "es"),
    ],
)
def test_syllables_of_verse_are_no_language(text: str, expected: str) -> None:
    assert other_language(text, "en", is_short=True) == expected
