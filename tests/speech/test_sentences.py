from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.lexicon import Lexicons
from exporter.speech.sentences import LINE_END, is_speakable, split_sentences

LEXICONS = Lexicons(Path(__file__).parents[2] / "styles")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["He waited.", "Nobody came."]),
        ("en", ["Dr. Ruiz met Mr. Paz.", "They spoke."]),
        ("en", ["It is in art. 13 of the law.", "See No. 5."]),
        ("en", ["He said no.", "Then he left."]),
        ("en", ["J. Smith and M. A. Ruiz signed.", "We did not."]),
        ("en", ["“Will you come?” she asked.", "“No.”", "He left."]),
        ("en", ["It cost 3.5 million.", "That was much."]),
        ("en", ["Wait... and see.", "Well?", "Yes!"]),
        ("en", ["See Part I.", "Then II."]),
        ("es", ["¿Quién vino?", "¡Nadie!", "El art. 5 lo dice."]),
        ("es", ["EE. UU. firmó en 1992.", "La Dra. Paz no."]),
        ("es", ["¡Ay! dijo ella.", "Y calló."]),
        ("fr", ["M. Dupont vint.", "Il partit (cf. p. 3)."]),
        ("ar", ["من جاء؟", "لم يأتِ أحد."]),
        ("ur", ["وہ آیا۔", "پھر چلا گیا۔"]),
        ("ru", ["Он ждал.", "Никто не пришёл."]),
    ],
)
def test_sentences_are_found(language: str, expected: list[str]) -> None:
    text = " ".join(expected)
    assert [text[begin:end] for begin, end in split_sentences(text, LEXICONS(language))] == expected


def test_a_line_end_that_means_something_ends_what_is_said() -> None:
    text = f"10 High Street{LINE_END}Leeds"
    assert [text[begin:end] for begin, end in split_sentences(text, LEXICONS("en"))] == ["10 High Street", "Leeds"]


@given(st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    parts = [text[begin:end] for begin, end in split_sentences(text, LEXICONS("en"))]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part.strip() == part and part for part in parts)


@pytest.mark.parametrize(("text", "sounds"), [("a", True), ("5", True), ("€", True), ("…", False), ("—", False)])
def test_what_makes_a_sound_is_known(text: str, sounds: bool) -> None:
    assert is_speakable(text) is sounds
