"""Locations in a file without lines: the page, the heading above, the number of the paragraph, its first words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import zip_longest

import msgspec

from exporter.findings import Finding
from exporter.inspect.docx import Anchors
from exporter.inspect.docx.xml import Element, name
from exporter.model import Figure, Image, Node, Paragraph, Publication, Source, Table
from exporter.model.walk import plain_text, rewrite, walk
from exporter.readers.docx.blocks.captions import is_figure_label

_WORDS = 8
_CHARACTERS = 60
_PICTURE_TAGS = (name("pic:pic"), name("v:imagedata"))
_PICTURE = re.compile(r"picture( \d+)?( after “.*”| at the beginning)?$")
_PARAGRAPH = re.compile(r"paragraph \d+$")
_WORDS_OF_PARAGRAPH = re.compile(r"(?<=\d): “.*”$")
_TABLE = re.compile(r"table \d+$")
"""What is located without its words or its caption, at the end of a location."""


class LocationTracker:
    """Counter of paragraphs and tables while a document is read.

    Args:
        file: Path of the file inside the publication's folder.
        anchors: The numbers of its paragraphs and drawings.
    """

    def __init__(self, file: str, anchors: Anchors) -> None:
        self._file = file
        self._anchors = anchors
        self._heading = ""
        self._paragraph = 0
        self._table = 0
        self._inside: list[tuple[str, int]] = []
        self._upcoming = 0
        self._last = ""
        """First words of the last paragraph or heading."""
        self._pictures = 0
        """Number of pictures after it."""
        self._drawing = ""
        """Location of the drawing that is being read."""
        self.anchor = 0
        """Number of the paragraph or drawing that is being read; that of the reference inside a note."""
        self._notes: Anchors | None = None
        self._part = ""
        self._number = 0
        """The numbers in the part of a note, its kind, and the number of the paragraph that is being read there."""

    def heading(self, words: str) -> Source:
        """Return the location of a heading; unless it is empty, the next paragraphs are counted under it."""
        self._upcoming = 0
        if not words.strip():
            after = f" after paragraph {self._paragraph}" if self._paragraph and not self._inside else ""
            return self._source(f"{self._under()}an empty heading{after}")
        if not self._inside:
            self._heading, self._paragraph, self._table = words, 0, 0
            self._last, self._pictures = "", 0
        return self._source(f"heading “{first_words(words)}”")

    def begin(self, element: Element) -> None:
        """Begin a paragraph: findings in it are located there."""
        self._upcoming = 1
        self.anchor = self._anchors.of(element) or self.anchor
        self._number = self._notes.of(element) if self._notes else 0

    def paragraph(self, words: str) -> Source:
        """Return the location of the next paragraph."""
        self._upcoming = 0
        if self._inside:
            return self._source(f"{self._inside[-1][0]}{_quoted(words)}")
        self._paragraph += 1
        if words.strip():
            self._last, self._pictures = words, 0
        return self._source(f"{self._under()}paragraph {self._paragraph}{_quoted(words)}")

    def table(self, element: Element) -> str:
        """Return the location of the next table as text."""
        self.anchor = self._anchors.first_in(element) or self.anchor
        if self._inside:
            return f"{self._inside[-1][0]}, table inside"
        self._table += 1
        return f"{self._under()}table {self._table}"

    @contextmanager
    def drawing(self, element: Element, before: str) -> Iterator[None]:
        """Locate findings at a drawing; `before` is the text before it in its paragraph."""
        outer, self.anchor = self.anchor, self._anchors.of(element) or self.anchor
        kind = "picture" if next(element.iter(*_PICTURE_TAGS), None) is not None else "drawing"
        self._drawing = self._picture(kind, before)
        yield
        self._drawing, self.anchor = "", outer

    def enter(self, where: str) -> None:
        """Enter a cell, a note or a text box."""
        self._inside.append((where, self.anchor))

    def leave(self) -> None:
        """Leave the innermost cell, note or text box."""
        self.anchor = self._inside.pop()[1]

    @contextmanager
    def note(self, where: str, anchor: int, part: str, numbers: Anchors | None) -> Iterator[None]:
        """Locate what is read in a note.

        Args:
            where: Location of the note in words.
            anchor: The number of the paragraph that refers to it.
            part: Kind of its part.
            numbers: Those of the paragraphs of this part.
        """
        self.enter(where)
        self.anchor, self._part, self._notes, self._number = anchor, part, numbers, 0
        yield
        self._part, self._notes, self._number = "", None, 0
        self.leave()

    def here(self) -> Source:
        """Return the current location."""
        return self._source(self.words)

    @property
    def words(self) -> str:
        """The current location as text, without the page."""
        if self._drawing:
            return self._drawing
        if self._inside:
            return self._inside[-1][0]
        number = self._paragraph + self._upcoming
        return f"{self._under()}paragraph {number}" if number else self._under()[:-2]

    def at(self, where: str) -> Source:
        """Return a location given as text."""
        return self._source(where)

    def _picture(self, kind: str, before: str) -> str:
        if self._inside:
            return f"{self._inside[-1][0]}, {kind}"
        if before.strip() and before != self._last:
            self._last, self._pictures = before, 0
        self._pictures += 1
        number = f" {self._pictures}" if self._pictures > 1 else ""
        after = f" after “{first_words(self._last)}”" if self._last else " at the beginning"
        return f"{self._under()}{kind}{number}{after}"

    def _under(self) -> str:
        return f"under “{first_words(self._heading)}”, " if self._heading else ""

    def _source(self, words: str) -> Source:
        page = self._anchors.page(self.anchor)
        return Source(self._file, 0, ", ".join(filter(None, (page, words))), self.anchor, self._part, self._number)


def first_words(words: str) -> str:
    """Return the first words of a text."""
    parts = words.split(maxsplit=_WORDS)
    short = " ".join(parts[:_WORDS])
    if len(short) > _CHARACTERS:
        return f"{short[:_CHARACTERS].rstrip()} …"
    return f"{short} …" if len(parts) > _WORDS else short


def _quoted(words: str) -> str:
    return f": “{first_words(words)}”" if words.strip() else ""


def name_locations(publication: Publication, findings: Iterable[Finding]) -> tuple[Publication, tuple[Finding, ...]]:
    """Return a publication and findings with locations as they are known when all is read.

    Pictures and tables are located by their caption or by a line that looks like it, paragraphs by their first words.
    """
    known: dict[int, tuple[re.Pattern[str], str]] = {}
    for anchor, completion in _known_words(publication):
        known.setdefault(anchor, completion)  # the first paragraph of a table has its number

    def named(source: Source | None) -> Source | None:
        if source is None or source.anchor not in known:
            return source
        pattern, words = known[source.anchor]
        location = pattern.sub(lambda match: words if pattern is _PICTURE else f"{match[0]}{words}", source.place)
        return msgspec.structs.replace(source, place=location)

    def renamed(node: Node) -> Node:
        if not isinstance(node, Image | Figure | Table):
            return node
        return msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, source=named(node.at.source)))

    return rewrite(publication, renamed), tuple(
        msgspec.structs.replace(finding, source=named(finding.source)) for finding in findings
    )


def _known_words(publication: Publication) -> Iterator[tuple[int, tuple[re.Pattern[str], str]]]:
    """Yield what completes the location of a paragraph, picture or table, by its number."""
    blocks = [node for node in walk(publication) if isinstance(node, Figure | Table | Paragraph)]
    for block, following in zip_longest(blocks, blocks[1:]):
        source = block.at.source
        match block:
            case Paragraph() if source and (words := _WORDS_OF_PARAGRAPH.search(source.place)):
                yield source.anchor, (_PARAGRAPH, words[0])
            case Table() if source and block.caption:
                yield source.anchor, (_TABLE, f": “{first_words(plain_text(block.caption))}”")
            case Figure():
                caption = plain_text(block.caption)
                if not caption and isinstance(following, Paragraph) and is_figure_label(plain_text(following)):
                    caption = plain_text(following)
                for image in block.images:
                    if caption and image.at.source:
                        yield image.at.source.anchor, (_PICTURE, f"picture beside “{first_words(caption)}”")
            case _:
                pass
