"""Comparison of plain paragraphs with a braille file, cell by cell: capitals, numbers, punctuation, the code itself.

Plain are those in the language of the publication without emphasis, notes, links and formulas, of which liblouis gives
the cells as they have to be.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import accumulate, groupby
from operator import itemgetter

from exporter.braille import liblouis
from exporter.braille.codes import UEB, UNPRINTED, Code
from exporter.braille.liblouis import SPACE
from exporter.findings import Finding, quoted
from exporter.model import LineBreak, Paragraph, Publication, Source
from exporter.model.walk import walk
from exporter.parity import rules
from exporter.parity.content import ContentItem, ExtractedNote, letters

_RAISED = "⠰⠔"
RAISED_NUMBER = re.compile(f"{_RAISED}⠼[⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚]+")
"""A reference to a note in Unified English Braille, or the number of a note."""
_OTHER_CODE = 0.5
"""Share of plain paragraphs from which the whole is in another code."""
_FEW = 4
_SHORTEST_LINE = 20
"""Cells of the shortest line that an edition may have."""


def diff_cells(items: Iterable[ContentItem], cells: str, table: str, language: str, code: Code) -> Iterator[Finding]:
    """Yield the plain paragraphs of which the cells are not in a file, as often as they have to be.

    Args:
        items: The content of the tree.
        cells: The text of the file without spaces.
        table: The table of its grade.
        language: The language of the publication.
        code: Its code.
    """
    plain = [(item, part) for item in items for part in _plain_parts(item, language, table) if _is_defined(table, part)]
    expected = [liblouis.translate(table, part).replace(SPACE, "") for _, part in plain]
    needed = Counter(expected)
    # The sign of words that go on in the next line is not read, and in French “peu” ends in it as well.
    ending = "" if code is UEB else code.continuation
    without = cells.replace(ending, "")
    counts = {own: without.count(own.replace(ending, "")) for own, number in needed.items() if number > 1}
    missing: list[tuple[ContentItem, str]] = []
    position = 0
    for named, own in zip(plain, expected, strict=True):
        # Nearly all are in the order of the text.
        if (at := cells.find(own, position)) >= 0:
            position = at
        is_lacking = counts.get(own, 1) < needed[own] or (at < 0 and own.replace(ending, "") not in without)
        if is_lacking and not _is_divided(named[1], own, cells, code):
            missing.append(named)
    if len(missing) > max(len(plain) * _OTHER_CODE, _FEW):
        yield rules.TEXT.finding(f"The text is in another code or grade than the name of the file says ({table}).")
        return
    for item, part in missing:
        yield rules.TEXT.finding(f"Other cells, such as signs of capitals or numbers: {quoted(part)}.", item.source)


def undivided(publication: Publication, items: Iterable[ContentItem]) -> list[ContentItem]:
    """Return items without the paragraphs of several lines, each of which is translated alone."""
    divided = {
        node.at.source
        for node in walk(publication)
        if isinstance(node, Paragraph) and any(isinstance(child, LineBreak) for child in node.children)
    }
    return [item for item in items if item.source not in divided]


def _is_divided(part: str, own: str, cells: str, code: Code) -> bool:
    """Return whether cells are in a file where a word, such as dashes to write on, is longer than a line."""
    is_long = any(len(word) >= _SHORTEST_LINE for word in part.split())
    return is_long and own.replace(code.continuation, "") in cells.replace(code.continuation, "")


class WholeItems:
    """The items of the tree as wholes, each passage of them in the code of its language.

    Args:
        items: The items.
        cells: The text of the file without spaces.
        table_of: Returns the table for a language, and for code in it.
        ending: The sign of words that go on in the next line, which is not read.
    """

    def __init__(
        self, items: Iterable[ContentItem], cells: str, table_of: Callable[[str, bool], str], ending: str
    ) -> None:
        self._items, self._table_of, self._ending = items, table_of, ending
        self._cells = cells.replace(ending, "")

    @cached_property
    def _expected(self) -> list[str]:
        return list(map(self._cells_of, self._items))

    def missing(self, item: ContentItem) -> int | None:
        """Return how many of the items equal to one are not in the file; None if that is not certain.

        None are there if they are written in another way. Columns of a table divide what is in their cells.
        """
        own = self._cells_of(item)
        count = self._cells.count(own) if own else 0
        if count and count >= sum(cells.count(own) for cells in self._expected):
            return 0
        is_certain = count and "table" not in item.path and count < self._expected.count(own)
        return self._expected.count(own) - count if is_certain else None

    def _cells_of(self, item: ContentItem) -> str:
        """Return the cells of an item; empty if not only its words and their languages decide them."""
        is_code = [(mark.kind, mark.text) for mark in item.marks] == [("code", letters(item.text))]
        if item.parts or (item.marks and not is_code) or any(names for names, _ in item.styles):
            return ""
        ends = list(accumulate(len(run) for _, run in item.runs))
        passages: list[tuple[str, str]] = []
        count = 0
        for _, text in item.styles:
            first, count = bisect_right(ends, count), count + len(letters(text))
            if first < bisect_left(ends, count) or not ends:
                return ""
            language, _ = item.runs[min(first, len(ends) - 1)]
            passages.append((self._table_of(language, is_code), text))
        joined = [(table, "".join(text for _, text in group)) for table, group in groupby(passages, itemgetter(0))]
        lines = [
            (table, _printed(line)) for table, text in joined for line in (text.split("\n") if is_code else [text])
        ]
        if not all(_is_defined(table, line) for table, line in lines):
            return ""
        cells = "".join(liblouis.translate(table, line) for table, line in lines)
        return cells.replace(SPACE, "").replace(self._ending, "")


def diff_references(notes: Iterable[ExtractedNote], cells: str, lost: Collection[Source | None]) -> Iterator[Finding]:
    """Yield the notes whose number is not in a file of Unified English Braille as often as the text refers to them.

    Args:
        notes: Those of the tree, in order.
        cells: The text of the file.
        lost: Where the manuscript has what is missing in the file already.
    """
    counts = Counter(RAISED_NUMBER.findall(cells))
    for number, note in enumerate((note for note in notes if not note.unreferenced), 1):
        mark = _RAISED + liblouis.translate(UEB.uncontracted, str(number))
        references = note.backlinks - note.optional_backlinks
        if counts[mark] <= references and not any(item.source in lost for item in note.items):
            message = f"The number of note {number} is in the text {max(counts[mark] - 1, 0)} times"
            yield rules.NOTES.finding(f"{message}; expected {references}.", note.source)


def _is_defined(table: str, text: str) -> bool:
    return all(liblouis.is_defined(table, character) for character in set(text))


def _plain_parts(item: ContentItem, language: str, table: str) -> Iterator[str]:
    """Yield the parts of an item that are translated alone as in their paragraph: without words beside emphasis."""
    is_in_language = all(own == language for own, _ in item.runs)
    has_place = item.kind in {"paragraph", "heading", "caption"} and "table" not in item.path
    if not has_place or not is_in_language or item.marks or item.parts:
        return
    if all(not names for names, _ in item.styles):
        yield from filter(None, [_printed(item.text)])
        return
    last = len(item.styles) - 1
    for index, (names, text) in enumerate(item.styles):
        words = deque(_printed(text).split())
        # Quotation marks and signs of capitals and Latin letters depend on the words beside them, also with emphasis.
        if words and index > 0:
            words.popleft()
            while words and not _is_plain(words[0], table):
                words.popleft()
        if words and index < last:
            words.pop()
            while words and not _is_plain(words[-1], table):
                words.pop()
        if not names and len(words) >= _FEW:
            yield " ".join(words)


def plain_text(item: ContentItem, language: str, table: str) -> str:
    """Return the text of an item that is translated alone as it is in the file; empty if it is not."""
    return next(_plain_parts(item, language, table), "") if all(not names for names, _ in item.styles) else ""


def _printed(text: str) -> str:
    """Return text as the writer translates it."""
    printed = "".join(character for character in text if character not in UNPRINTED)
    return " ".join(unicodedata.normalize("NFC", printed).split())


def _is_plain(word: str, table: str) -> bool:
    """Return whether a word has the same cells after any other: no sign that counts for several words."""
    twice = liblouis.translate(table, f"{word} {word}").split(SPACE)
    only_letters = all(unicodedata.category(character)[0] in "LM" for character in word)
    return only_letters and not word.isupper() and twice[0] == twice[-1]
