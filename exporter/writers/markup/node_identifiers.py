"""Identifiers of nodes, notes and note references in markup."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from exporter.model import Link, Note, NoteReference, Publication
from exporter.writers.markup import notes as all_notes
from exporter.writers.markup.options import NoteStyle


class NumberedReference(NamedTuple):
    """A note reference that is being written."""

    identifier: str
    is_first: bool
    """Whether it is the first one to its note."""


class Identifiers:
    """The identifiers of one edition.

    Args:
        publication: The tree, after the transforms.
        notes: Position of notes.
    """

    def __init__(self, publication: Publication, notes: NoteStyle) -> None:
        self.note_number = {note.id: number for number, note in enumerate(publication.notes, 1)}
        self.references: dict[str, list[str]] = defaultdict(list)
        """Identifiers of the references to each note, by `Note.id`, in reading order."""
        self.targets: set[str] = set()
        """Those that links point to."""
        self.known: set[str] = set()
        """Those that links may point to."""
        self._written: dict[str, int] = defaultdict(int)
        """Number of references to each note that have been written."""
        for node in all_notes.written_nodes(publication, notes):
            is_lost = isinstance(node, NoteReference) and node.note not in self.note_number
            if node.at.id and not is_lost:
                self.known.add(node.at.id)
            if isinstance(node, Link) and node.target.startswith("#"):
                self.targets.add(node.target[1:])
            elif isinstance(node, NoteReference) and not is_lost:
                references = self.references[node.note]
                suffix = f"-{len(references) + 1}" if references else ""
                references.append(node.at.id or f"ref-{self.note_number[node.note]}{suffix}")

    def of_note(self, note: Note) -> str:
        """Return the identifier of a note."""
        return note.at.id or f"note-{self.note_number[note.id]}"

    def next_reference(self, reference: NoteReference) -> NumberedReference:
        """Return the identifier of a reference to a known note, which is written now."""
        before = self._written[reference.note]
        self._written[reference.note] += 1
        planned = self.references[reference.note][before:]
        number = self.note_number[reference.note]
        name = reference.at.id or next(iter(planned), f"ref-{number}-{before + 1}")
        return NumberedReference(name, before == 0)
