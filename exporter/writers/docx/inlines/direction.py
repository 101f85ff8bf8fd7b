"""Directional runs of a text and their language attributes (ECMA-376-1, 17.3.2.30 `rtl`, 17.3.2.20 `lang`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exporter.inspect.docx.script_letters import COMPLEX_SCRIPTS
from exporter.model import Direction
from exporter.model.language_tags import script_of

# Letters of right-to-left scripts (Unicode UAX #9, classes R and AL).
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = rf"(?:(?![{_RTL}])[^\W\d_])"
_FIRST_RTL = re.compile(f"[{_RTL}]")
# From the first letter of one direction to the last, including neutral characters between them.
_RTL_PASSAGE = re.compile(rf"[{_RTL}](?:(?:(?!{_LTR}).)*[{_RTL}])?", re.DOTALL)
# Digits next to letters, as in "COVID-19" or a long identifier, belong to them.
_LTR_PASSAGE = re.compile(rf"(?:\d[\d–./:_-]{{0,60}})?{_LTR}(?:[^{_RTL}]*{_LTR})?(?:[\d–./:_-]{{0,60}}\d)?", re.DOTALL)

_EAST_ASIAN = frozenset({"zh", "ja", "ko", "yue"})


class Piece(NamedTuple):
    """Text of one direction."""

    text: str
    rtl: bool


def pieces(text: str, base: Direction) -> Iterator[Piece]:
    """Yield `text` in pieces of one direction.

    Word orders a run by its `rtl` property, not by its letters, so a Latin name inside an Arabic sentence needs its
    own run. Digits and symbols belong to the text around them.
    """
    rtl = base is Direction.RTL
    if not rtl and not _FIRST_RTL.search(text):
        yield Piece(text, rtl=False)
        return
    passage = _LTR_PASSAGE if rtl else _RTL_PASSAGE
    end = 0
    for match in passage.finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()], rtl)
        yield Piece(match.group(), not rtl)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:], rtl)


def language_attributes(language: str, *, rtl: bool) -> dict[str, str]:
    """Return the attributes of `w:lang`, which depend on the script (17.3.2.20)."""
    if rtl:
        return {"bidi": language}
    if language.split("-", maxsplit=1)[0].lower() in _EAST_ASIAN:
        return {"val": language, "eastAsia": language}
    if script_of(language) in COMPLEX_SCRIPTS:
        return {"val": language, "bidi": language}
    return {"val": language}
