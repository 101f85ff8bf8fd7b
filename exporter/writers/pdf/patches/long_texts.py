"""Lines of long texts, each found in the time of one line.

Changes: `split_first_line` as `weasyprint.layout.inline` and `weasyprint.layout.preferred` use it.
Why: where a word is longer than the line, WeasyPrint shapes the whole rest of the text for each line; for the smallest
width of a text with `overflow-wrap: anywhere`, it does so for each letter. A table cell of 2,900 letters took 21 s.
For the smallest width of Chinese or Japanese, whose lines may break after most letters, it shapes a line for each:
two cells of 15,000 letters took 27 s.
Upstream: issue 578 (open) is about the speed of long documents; no issue is known about this function.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from unittest.mock import patch

_NARROWEST = 0.1
"""Width of the narrowest letters, relative to the font size."""
_AHEAD = 64
"""Letters after the line that decide whether its last word fits."""
_LETTER_BY_LETTER = 8
"""Letters at the end of a text that WeasyPrint measures, since inline elements that follow join them."""

SplitFirstLine = Callable[..., tuple[Any, int, int | None, float, float, float]]


@contextmanager
def patched() -> Iterator[None]:
    """Shape no more of a text than a line can hold."""
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    original: SplitFirstLine = line_break.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *arguments: Any, **options: Any
    ) -> tuple[Any, int, int | None, float, float, float]:
        size = style["font_size"]
        if max_width is not None and size and max_width < len(text) * size:
            length = int(max(0, max_width) / (size * _NARROWEST)) + _AHEAD
            while length < len(text):
                line = original(text[:length], style, context, max_width, *arguments, **options)
                if line[2] is not None:
                    return line
                length *= 4
        return original(text, style, context, max_width, *arguments, **options)

    def split_for_width(
        text: str, style: Any, context: Any, max_width: float | None, *arguments: Any, **options: Any
    ) -> tuple[Any, int, int | None, float, float, float]:
        breaks_anywhere = options["is_line_start"] and style["overflow_wrap"] == "anywhere"
        rest = len(text) - _LETTER_BY_LETTER
        if max_width == 0 and not breaks_anywhere and style["white_space"] == "normal" and rest > _AHEAD:
            units, end = _units(text[:rest], style["lang"])
            if any(map(_is_wide, units)):
                lines = (
                    line for unit in _distinct(units) for line in lines_of(unit, style, context, arguments, options)
                )
                layout, length, _, width, height, baseline = max(lines, key=lambda line: line[3])
                return layout, length, len(text[:end].encode()), width, height, baseline
        if max_width != 0 or not breaks_anywhere or rest < _LETTER_BY_LETTER:
            return split_first_line(text, style, context, max_width, *arguments, **options)
        lines = (original(letter, style, context, None, *arguments, **options) for letter in _letters(text[:rest]))
        layout, length, _, width, height, baseline = max(lines, key=lambda line: line[3])
        return layout, length, len(text[:rest].encode()), width, height, baseline

    def lines_of(unit: str, style: Any, context: Any, arguments: Any, options: Any) -> Iterator[Any]:
        rest: int | None = 0
        while rest is not None:
            unit = unit.encode()[rest:].decode()
            line = original(unit, style, context, 0, *arguments, **options)
            yield line
            rest = line[2]

    with (
        patch.object(inline, "split_first_line", split_first_line),
        patch.object(preferred, "split_first_line", split_for_width),
    ):
        yield


def _letters(text: str) -> set[str]:
    """Return the letters of a text, each with the signs above and below it."""
    letters = [text[0]]
    for character in text[1:]:
        if unicodedata.category(character).startswith("M"):
            letters[-1] += character
        else:
            letters.append(character)
    return set(letters)


def _units(text: str, language: str | None) -> tuple[list[str], int]:
    """Return what is between the places where lines of a text may break, and where the last of them is."""
    from weasyprint.text.line_break import get_log_attrs

    attributes = get_log_attrs(text, language)
    breaks = [0, *(index for index in range(1, len(text)) if attributes[index].is_line_break)]
    return [text[start:end] for start, end in pairwise(breaks)], breaks[-1]


def _is_wide(text: str) -> bool:
    """Return whether all letters are as wide as they are high (Unicode Standard Annex 11)."""
    return all(unicodedata.east_asian_width(letter) in "WF" for letter in text)


def _distinct(units: Sequence[str]) -> set[str]:
    """Return units that are as wide as the widest: of those with wide letters alone, one with the most letters."""
    wide = [unit for unit in units if _is_wide(unit)]
    return {*(unit for unit in units if not _is_wide(unit)), max(wide, key=len)}
