"""Which letters of a passage can be in its language: those that run as its script does."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from exporter.labels import direction_of
from exporter.model import Direction

_RTL = frozenset({"R", "AL"})


def along(runs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return runs of words with the letters alone that have the direction of their language.

    A Latin name in an Arabic sentence is a run without a language in Word, and digits go with either.
    """
    return [(language, _along(text, rtl=direction_of(language) is Direction.RTL)) for language, text in runs]


def _along(text: str, *, rtl: bool) -> str:
    if not rtl and text.isascii():
        return "".join(each for each in text if each.isalpha())
    wanted = _RTL if rtl else {"L"}
    return "".join(each for each in text if each.isalpha() and unicodedata.bidirectional(each) in wanted)
