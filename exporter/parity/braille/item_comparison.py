"""Comparison of braille with the tree, item by item.

The text is translated back by liblouis and compared by letters and digits. Contractions are not always unambiguous: a
word that comes back as another is compared by its cells, as liblouis translates the word of the tree. What braille on
paper does not contain is not compared: pictures (their descriptions are), targets of links beside their addresses,
expansions of abbreviations, headers of cells, words with characters that the code does not define (which are
findings). Punctuation and capitals are compared in plain paragraphs alone (`braille_cells`), since codes leave them out
or write them in several ways; emphasis and formulas are not.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import msgspec

from exporter import model as m
from exporter.braille import files, liblouis
from exporter.braille.codes import UEB, Code, Grade, code_of
from exporter.braille.liblouis import SPACE
from exporter.findings import Finding, quoted
from exporter.model import Described, Publication
from exporter.model.walk import headings, images, referenced_notes, walk
from exporter.parity import rules
from exporter.parity.braille.cells import RAISED_NUMBER, WholeItems, diff_cells, diff_references, undivided
from exporter.parity.braille.text import Text, likely_places, moved_to, outside_rising, read_text, starts_of
from exporter.parity.braille.word_cells import (
    are_defined,
    count_any,
    divided,
    is_in,
    key,
    readings,
    spellings,
    there_and_back,
    trimmed,
)
from exporter.parity.content import ContentItem
from exporter.parity.tree_content import extract_content

_WORDS_NAMED = 8
_NOT_COMPARED = frozenset({"cell", "formula", "picture"})
"""Kinds of items; the paragraphs of cells are compared."""
_LONG = 25
"""Letters from which an item has a place of its own."""
_REACH = 3000
"""Letters in which a short item is looked for."""
_NEARBY = 3000
"""Cells before and after a word in which its cells are looked for."""
_JUMP = 300
"""Letters between two words of an item, such as those of an address or a note of the transcriber."""
_SHORT = 4
"""Letters of a word that is soon there again, so that farther away it is another one."""
_SHORT_JUMP = 30
"""Letters before such a word."""


class Comparison(msgspec.Struct):
    """Comparison of a file with the tree."""

    findings: list[Finding] = []
    words: int = 0
    translated_back: int = 0
    """Words that come back as they are; the others have the right cells."""


def compare(publication: Publication, path: Path) -> Comparison:
    """Compare a file with the tree that it was made from.

    Raises:
        MissingToolError: liblouis is not installed.
        ValueError: The name of the file does not say its code.
    """
    named = files.read_name(path.name)
    if named is None:
        raise ValueError("Its name does not say code, grade and size of the page")
    text = read_text(path)
    comparison = compare_text(publication, text, named.code, named.grade)
    if named.code is UEB:
        lost = {finding.source for finding in comparison.findings}
        notes = extract_content(publication).notes
        comparison.findings += diff_references(notes, SPACE.join(text.paragraphs), lost)
    return comparison


def compare_text(publication: Publication, text: Text, code: Code, grade: Grade) -> Comparison:
    """Compare the text of an edition in braille with the tree that it was made from."""
    return _Comparer(publication, text, code, grade).compare()


class _Comparer:
    def __init__(self, publication: Publication, text: Text, code: Code, grade: Grade) -> None:
        self.publication, self.text = publication, text
        self.language = publication.metadata.language
        self.table = code.table(grade)
        self.code = code
        cells = [paragraph.replace(SPACE, "") for paragraph in text.paragraphs]
        self.cells, self._cell_starts = "".join(cells), starts_of(cells)
        self.result = Comparison()
        self._streams: dict[str, str] = {}
        self._letter_starts: dict[str, list[int]] = {}
        """Where the paragraphs begin in each stream."""
        self._positions: list[tuple[int, ContentItem]] = []
        """Places of the items that occur once, in the order of the tree."""
        self._letters = ""  # those of all items, one after another
        self._words: Counter[str] = Counter()
        self._tables = {self.table, code.uncontracted}
        """Those of all its languages."""
        self._wholes = WholeItems((), "", self._table_of, code.continuation)

    def compare(self) -> Comparison:
        content = extract_content(self.publication)
        items = (*content.items, *(item for note in content.notes for item in note.items))
        compared = [item for item in items if item.kind not in _NOT_COMPARED]
        self._letters = "\n".join(key(item.text) for item in compared)
        self._words.update(trimmed(word) for item in compared for word in item.text.split())
        self._wholes = WholeItems(compared, self.cells, self._table_of, self.code.continuation)
        self._tables.update(filter(None, (self._foreign_table(tag) for item in compared for tag, _ in item.runs)))
        cursor = 0
        for item in content.items:
            # Row by row, the heads of columns stand before each cell, and so after some cells.
            cursor = self._find(item, cursor, ordered="table" not in item.path)
        for note in content.notes:
            if not note.unreferenced:
                for item in note.items:
                    self._find(item, 0, ordered=False, anywhere=True)
        text = (*self.publication.front, *self.publication.body, *referenced_notes(self.publication))
        for image in images(text):
            if isinstance(image.alt, Described):
                language = image.at.language or self.language
                item = ContentItem("description", image.alt.text, runs=((language, ""),), source=image.at.source)
                self._find(item, 0, ordered=False, anywhere=True)
        known = {finding.source for finding in self.result.findings}
        undivided_items = undivided(self.publication, content.items)
        by_cell = diff_cells(undivided_items, self.cells, self.table, self.language, self.code)
        self.result.findings += [finding for finding in by_cell if not finding.source or finding.source not in known]
        self.result.findings += [*self._out_of_order(), *self._contents()]
        return self.result

    def _stream(self, table: str) -> str:
        if table not in self._streams:
            parts = [key(liblouis.back_translate(table, RAISED_NUMBER.sub("", part))) for part in self.text.paragraphs]
            self._streams[table], self._letter_starts[table] = "".join(parts), starts_of(parts)
        return self._streams[table]

    def _find(self, item: ContentItem, cursor: int, *, ordered: bool = True, anywhere: bool = False) -> int:
        """Look for an item after a position, or anywhere, and return the position after it."""
        plain = key(item.text)
        if item.kind in _NOT_COMPARED or not plain:
            return cursor
        words = unicodedata.normalize("NFC", item.text).split()
        self.result.words += len(words)
        for expected in readings(self.table, item.text):
            begin_at, is_unique = self._find_reading(expected, cursor, ordered=ordered, anywhere=anywhere)
            if begin_at >= 0:
                if is_unique and ordered and self._letters.count(plain) == 1:
                    self._positions.append((begin_at, item))
                self.result.translated_back += len(words)
                is_near = len(expected) >= _LONG or begin_at < cursor + _JUMP
                return max(begin_at + len(expected), cursor) if is_near else cursor
        lacking = self._wholes.missing(item)
        if self._stream(self.table).count(plain) >= max(self._letters.count(plain), 1) or lacking == 0:
            # In long tables and where items are repeated their places are not known.
            self.result.translated_back += len(words)
            return cursor
        if lacking:
            message = f"One like the {item.kind} {quoted(item.text)} is missing, or has other cells."
            self.result.findings.append(rules.TEXT.finding(message, item.source))
            return cursor
        foreign = (self._foreign_table(language) for language, _ in item.runs)
        tables = [self.table, self.code.uncontracted, *filter(None, foreign)]
        cuts = frozenset(accumulate(len(key(text)) for _, text in item.styles))
        begins = dict.fromkeys((*self._begins(plain, tables), cursor))
        own = {self._table_of(tag, False) for tag, _ in item.runs}
        codes = own if len(own) == 1 else tables  # a passage in one language is in its code
        options = (self._missing_words(words, begin, tables, codes, cuts) for begin in begins)
        missing, end = min(options, key=lambda pair: len(pair[0]))
        missing = [word for word in missing if not self._occurs(word)]
        if missing:
            message = f"Missing from the {item.kind} {quoted(item.text)}: {quoted(' '.join(missing[:_WORDS_NAMED]))}."
            self.result.findings.append(rules.TEXT.finding(message, item.source))
        return end if len(plain) >= _LONG and not missing else cursor

    def _table_of(self, language: str, is_code: bool) -> str:
        return self._foreign_table(language) or (self.code.uncontracted if is_code else self.table)

    def _find_reading(self, expected: str, cursor: int, *, ordered: bool, anywhere: bool) -> tuple[int, bool]:
        """Return where letters are, -1 if they are not there, and whether they are long and occur once."""
        stream = self._stream(self.table)
        if len(expected) >= _LONG and stream.count(expected) == 1:
            return stream.find(expected), True
        begin = cursor if ordered else max(cursor - _JUMP, 0)
        return stream.find(expected, begin, None if anywhere else cursor + len(expected) + _REACH), False

    def _out_of_order(self) -> Iterator[Finding]:
        for index in outside_rising([position for position, _ in self._positions]):
            item = self._positions[index][1]
            yield rules.ORDER.finding(f"The {item.kind} {quoted(item.text)} is in another place.", item.source)

    def _foreign_table(self, language: str) -> str:
        code = code_of(language)
        return code.uncontracted if code is not None and code is not self.code else ""

    def _begins(self, expected: str, tables: Iterable[str]) -> list[int]:
        """Return likely places of an item that is not there as a whole.

        A part in another language is looked for in the text as its code reads it, whose places are about the same.
        """
        repeated: list[int] = []
        for table in tables:
            positions, is_sure = likely_places(self._stream(table), expected)
            starts = self._letter_starts[table], self._letter_starts[self.table]
            begins = [max(moved_to(max(begin, 0), *starts) - _JUMP, 0) for begin in positions]
            if is_sure:
                return begins
            repeated = repeated or begins
        return repeated

    def _missing_words(
        self, words: list[str], begin: int, tables: list[str], codes: Collection[str], cuts: Collection[int]
    ) -> tuple[list[str], int]:
        """Return the words that are neither there in their order nor have their cells nearby, and where the last is.

        Args:
            words: The words of an item.
            begin: Where its first word is looked for.
            tables: Tables by which they may be written.
            codes: Tables of which each has to have cells for a word: else it is written in another way.
            cuts: Numbers of letters after which its links, emphasis and languages end, also inside a word.
        """
        stream, position = self._stream(self.table), begin
        missing: list[str] = []
        count = 0
        for word in words:
            letters_of_word = key(word)
            if not letters_of_word:
                continue
            end = position + len(letters_of_word) + (_SHORT_JUMP if len(letters_of_word) <= _SHORT else _JUMP)
            forms = filter(None, (letters_of_word, there_and_back(self.table, word)))
            first_letter, count = count, count + len(letters_of_word)
            begin_at = next((at for form in forms if (at := stream.find(form, position, end)) >= 0), -1)
            if begin_at >= 0:
                position = begin_at + len(letters_of_word)
                self.result.translated_back += 1
            elif are_defined(word, codes) and not all(
                key(part) in stream[position:end] or any(self._has_cells(part, table, position) for table in tables)
                for part in divided(word, first_letter, cuts)
            ):
                missing.append(word)
        return missing, position

    def _has_cells(self, word: str, table: str, position: int) -> bool:
        """Return whether the cells of a word are near a place among the letters."""
        middle = moved_to(position, self._letter_starts[self.table], self._cell_starts)
        return is_in(self.cells[max(middle - _NEARBY, 0) : middle + _NEARBY], word, table)

    def _occurs(self, word: str) -> bool:
        """Return whether the cells of a word are there as often as the word in the tree, wherever and in any code."""
        return count_any(self.cells, spellings(word, self._tables)) >= max(self._words[trimmed(word)], 1)

    def _contents(self) -> Iterator[Finding]:
        cells, listed = self.text.preliminary, key(liblouis.back_translate(self.table, self.text.preliminary))
        for level, text, section in headings(self.publication):
            nodes = (section, *(node for inline in section.title for node in walk(inline)))
            languages = {node.at.language or "" for node in nodes}
            tables = [self.table, self.code.uncontracted, *filter(None, map(self._foreign_table, languages))]
            # Words of which a part is raised, lowered or a formula have signs inside them.
            whole = {word for node in nodes if isinstance(node, m.Text) for word in node.text.split()}
            is_listed = all(
                key(word) in listed or any(spelling in cells for spelling in spellings(word, tables))
                for word in text.split()
                if word in whole and key(word) and are_defined(word, tables)
            )
            if level == 1 and not is_listed:
                message = f"Heading “{text}” is missing from the contents of the braille edition."
                yield rules.OUTLINE.finding(message, section.at.source)
