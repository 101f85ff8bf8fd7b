"""Reading of the text of braille files: paragraphs of cells, without what only pages have."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path

import msgspec

from exporter.braille import files
from exporter.braille.codes import UEB
from exporter.braille.liblouis import SPACE

_PAGE_OF_PRINT = re.compile(f"⠤{{5,}}[^⠤{SPACE}][^{SPACE}]*")
"""Line where a page of print begins, unlike dashes to write on."""
_RULES = frozenset("⠶⠛⠒")
_LONGEST_OF_CELLS = 5
"""Equal cells from which a line is a rule of a box or table."""
_PROBE = 16
"""Letters by which an item is found that is not there as a whole."""
_FEW_PLACES = 8
"""Places of such letters at which an item is looked for."""
_NEAR = 300
"""Letters by which an address between others moves them."""


class Text(msgspec.Struct, frozen=True):
    """The text of a file, without running heads and numbers of pages."""

    paragraphs: tuple[str, ...]
    """Cells with spaces between words; a paragraph ends at an empty line."""
    preliminary: str
    """Those of title pages and contents."""
    pages: int = 0


def read_text(path: Path) -> Text:
    """Return the text of a file."""
    named = files.read_name(path.name)
    continuation = named.code.continuation if named else UEB.continuation
    pages = files.read_pages(path)
    is_preliminary = [page[-1].strip(SPACE).startswith(files.PRELIMINARY) for page in pages]
    text = [page[1:-1] for page, preliminary in zip(pages, is_preliminary, strict=True) if not preliminary]
    front = [page[1:-1] for page, preliminary in zip(pages, is_preliminary, strict=True) if preliminary]
    return Text(
        tuple(_paragraphs(chain.from_iterable(text), continuation)),
        SPACE.join(_paragraphs(chain.from_iterable(front), continuation)),
        len(pages),
    )


def _paragraphs(lines: Iterable[str], continuation: str) -> Iterator[str]:
    words: list[str] = []
    joined = False
    for line in (*lines, ""):
        text = line.strip(SPACE)
        if _PAGE_OF_PRINT.fullmatch(text.removesuffix(continuation)):
            continue
        if not text or (len(text) > _LONGEST_OF_CELLS and len(set(text)) == 1 and text[0] in _RULES):
            if words:
                yield SPACE.join(words)
            words, joined = [], False
            continue
        first, *rest = text.split(SPACE)
        if joined:
            words[-1] += first
        else:
            words.append(first)
        words += filter(None, rest)
        # A word that is longer than a line goes on in the next one.
        joined = text.endswith(continuation)
        if joined:
            words[-1] = words[-1].removesuffix(continuation)


def starts_of(parts: Iterable[str]) -> list[int]:
    """Return where parts of a text begin, and its end."""
    return [0, *accumulate(map(len, parts))]


def moved_to(position: int, starts: list[int], other: list[int]) -> int:
    """Return about the same place in another writing of the same paragraphs."""
    number = min(max(bisect_right(starts, position) - 1, 0), len(starts) - 2)
    begin, end = starts[number : number + 2]
    first, last = other[number : number + 2]
    return first + (position - begin) * (last - first) // max(end - begin, 1)


def likely_places(text: str, passage: str) -> tuple[list[int], bool]:
    """Return about where a passage begins that is not there as a whole, and whether that is sure.

    It is near most of its parts that occur once, or at one of the places of the part that occurs least.
    """
    probes = [(start, passage[start : start + _PROBE]) for start in range(0, len(passage) - _PROBE, _PROBE // 2)]
    counted = [(text.count(probe), start, probe) for start, probe in probes]
    positions = [text.find(probe) - start for count, start, probe in counted if count == 1]
    if positions:
        return [max(positions, key=lambda begin: sum(abs(begin - other) < _NEAR for other in positions))], True
    repeated = [part for part in counted if 1 < part[0] <= _FEW_PLACES]
    if not repeated:
        return [], False
    _, start, probe = min(repeated)
    return [match.start() - start for match in re.finditer(re.escape(probe), text)], False


def outside_rising(positions: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of positions that are not in order: outside the longest rising sequence, the last first."""
    ends: list[int] = []
    lengths: list[int] = []
    for position in positions:
        length = bisect_left(ends, position)
        ends[length : length + 1] = [position]
        lengths.append(length)
    wanted = len(ends) - 1
    for index, length in reversed(list(enumerate(lengths))):
        if length == wanted:
            wanted -= 1
        else:
            yield index
