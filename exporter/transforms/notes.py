"""Order of notes, which determines their numbers."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.model import Node, Note, NoteReference, Publication
from exporter.model.walk import walk


def apply(publication: Publication) -> Publication:
    """Order notes by their first reference: in the text with its captions and tables, then in the notes themselves.

    Notes to which only other notes refer follow those of the text, so that the numbers in the text have no gaps. Notes
    without a reference come last, in the order of the manuscript. References mean the first of two notes with the same
    id; the other gets an id of its own.
    """
    notes = _with_unique_ids(publication.notes)
    unreferenced = {note.id: note for note in notes}
    ordered: list[Note] = []

    def collect(nodes: Iterable[Node]) -> None:
        for node in walk(nodes):
            if isinstance(node, NoteReference) and node.note in unreferenced:
                ordered.append(unreferenced.pop(node.note))

    collect((*publication.front, *publication.body))
    for note in ordered:  # grows while notes refer to other notes
        collect(note.children)
    referenced = {id(note) for note in ordered}
    rest = (note for note in notes if id(note) not in referenced)
    return msgspec.structs.replace(publication, notes=(*ordered, *rest))


def _with_unique_ids(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    written = {note.id for note in notes}
    used: set[str] = set()
    out: list[Note] = []
    for note in notes:
        name, number = note.id, 1
        while name in used or (number > 1 and name in written):
            number += 1
            name = f"{note.id}-{number}"
        used.add(name)
        out.append(note if name == note.id else msgspec.structs.replace(note, id=name))
    return tuple(out)
