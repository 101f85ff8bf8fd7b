"""Letters that can be in the language of a text: those with the direction of its script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from exporter.labels import direction_of
from exporter.model import Direction

_RTL = frozenset({"R", "AL"})


def letters_along(runs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return runs reduced to the letters that have the direction of their language.

    A Latin name in an Arabic sentence is a run without a language in Word; digits have no direction of their own.
    """
    return [(language, _filter_letters(text, rtl=direction_of(language) is Direction.RTL)) for language, text in runs]


def _filter_letters(text: str, *, rtl: bool) -> str:
    if not rtl and text.isascii():
        return "".join(filter(str.isalpha, text))
    classes = _RTL if rtl else {"L"}
    return "".join(letter for letter in text if letter.isalpha() and unicodedata.bidirectional(letter) in classes)
