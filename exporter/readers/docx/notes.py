"""Footnotes and endnotes of a Word file: which ones the text refers to, and what they contain."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import msgspec

from exporter.inspect.docx import Anchors, DocxError
from exporter.inspect.docx.xml import Element, name
from exporter.model import At, Block, Note, NoteKind, Source
from exporter.readers.docx.limits import MAX_NOTES
from exporter.readers.docx.locations import LocationTracker
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph


class NoteKey(NamedTuple):
    """The kind and number that identify a note in a Word file."""

    kind: NoteKind
    identifier: str
    """The `w:id`, which is unique among the notes of a kind (ECMA-376 part 1, 17.11.2 and 17.11.10)."""

    @property
    def node_id(self) -> str:
        """The ID of the note in the tree."""
        return f"{self.kind.value}-{self.identifier}"


class ReferencedNote(msgspec.Struct):
    """A note that the text or another note refers to."""

    anchor: int
    """The number of the paragraph that refers to it first."""
    blocks: list[ParsedBlock] = []
    source: Source | None = None


class Notes:
    """The notes of one file.

    Args:
        part: Returns the root of the part of a kind, such as `footnotes`.
        locations: The location of what is being read.
    """

    def __init__(self, part: Callable[[str], Element | None], locations: LocationTracker) -> None:
        self._part = part
        self._locations = locations
        self._elements: dict[NoteKind, Mapping[str, Element]] = {}
        self._anchors: dict[NoteKind, Anchors | None] = {}
        self.referenced: dict[NoteKey, ReferencedNote] = {}
        """In the order of their references."""
        self._unread: deque[NoteKey] = deque()
        self.by_bookmark: dict[str, NoteKey] = {}
        """By the bookmarks around their references."""
        self.marks: dict[NoteKey, str] = {}
        """Marks of their own, such as “*”, of the notes that have no number (17.11.14 footnoteReference)."""
        self.embedded: list[Note] = []
        """Notes of documents inside the file, already read."""

    def element(self, key: NoteKey) -> Element | None:
        """Return a note, or None if there is none or it is a separator (17.11.23)."""
        if key.kind not in self._elements:
            elements: dict[str, Element] = {}
            root = self._part(f"{key.kind.value}s")
            for element in root.iter(name(key.kind.value)) if root is not None else ():
                if (element.get(name("type")) or "normal") == "normal":
                    elements.setdefault(element.get(name("id")) or "", element)
            self._elements[key.kind] = elements
            self._anchors[key.kind] = Anchors(root) if root is not None else None
        return self._elements[key.kind].get(key.identifier)

    def refer(self, key: NoteKey, bookmarks: Iterable[str]) -> None:
        """Register a reference to a note at the current location, and the bookmarks around it."""
        if key not in self.referenced:
            self.referenced[key] = ReferencedNote(self._locations.anchor)
            self._unread.append(key)
        for bookmark in bookmarks:
            self.by_bookmark.setdefault(bookmark, key)

    def read(self, read_story: Callable[[str, Element], list[ParsedBlock]]) -> None:
        """Read the notes that the text and other notes refer to.

        Args:
            read_story: Returns the blocks of an element of the part of a kind, such as `footnotes`.

        Raises:
            DocxError: There are too many notes.
        """
        numbers = dict.fromkeys(NoteKind, 0)
        while self._unread:
            key = self._unread.popleft()
            numbers[key.kind] += 1
            if sum(numbers.values()) > MAX_NOTES:
                raise DocxError(f"The text has more than {MAX_NOTES:,} notes.", "Divide it.")
            element = self.element(key)
            assert element is not None, "only notes that exist are referred to"
            note = self.referenced[key]
            part = f"{key.kind.value}s"
            where = f"{key.kind.value} {numbers[key.kind]}"
            with self._locations.note(where, note.anchor, part, self._anchors[key.kind]):
                note.source = self._locations.here()
                note.blocks = _without_mark(read_story(part, element), self.marks.get(key, ""))

    def nodes(self, nested: Callable[[list[ParsedBlock]], tuple[Block, ...]]) -> tuple[Note, ...]:
        """Return all notes.

        Args:
            nested: Returns the nodes of blocks.
        """
        own = (
            Note(at=At(source=note.source), id=key.node_id, children=nested(note.blocks), kind=key.kind)
            for key, note in self.referenced.items()
        )
        return (*own, *self.embedded)


def _without_mark(blocks: list[ParsedBlock], mark: str) -> list[ParsedBlock]:
    """Return the blocks of a note without its own mark at the beginning: every edition makes one."""
    if mark and blocks and isinstance(first := blocks[0], ParsedParagraph) and _begins_with_mark(first, mark):
        rest = len(first.text.lstrip()[len(mark) :].lstrip())
        surplus = len(first.text) - rest
        for index, run in enumerate(first.text_runs):
            first.text_runs[index] = run._replace(text=run.text[surplus:])
            surplus = max(surplus - len(run.text), 0)
    return blocks


def _begins_with_mark(paragraph: ParsedParagraph, mark: str) -> bool:
    """Return whether a paragraph begins with a mark, not with a word or number that begins alike.

    Letters and digits are only a mark if they are a run of their own: “a” may be an article.
    """
    text = paragraph.text.lstrip()
    if not text.startswith(mark):
        return False
    is_own_run = next((run.text.strip() for run in paragraph.text_runs if run.text.strip()), "") == mark
    is_word = any(map(str.isalnum, mark))
    is_ended = not text[len(mark) : len(mark) + 1].isalnum()
    return (is_own_run and is_ended) if is_word else (is_own_run or is_ended)
