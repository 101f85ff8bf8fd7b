"""Notes in the order in which the reader meets them; a note's number is its place."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.model import Node, Note, NoteReference, Publication
from exporter.model.walk import walk


def apply(publication: Publication) -> Publication:
    """Order notes by their first reference: the text with its captions and tables, then the notes themselves.

    Notes that only other notes refer to follow those of the text, so that the numbers in the text have no gaps. Notes
    without a reference come last, in the order of the manuscript. Of two notes with one id the first is meant, and the
    other becomes one without a reference, under an id of its own.
    """
    notes = _apart(publication.notes)
    waiting = {note.id: note for note in notes}
    ordered: list[Note] = []

    def take(nodes: Iterable[Node]) -> None:
        for node in walk(nodes):
            if isinstance(node, NoteReference) and node.note in waiting:
                ordered.append(waiting.pop(node.note))

    take((*publication.front, *publication.body))
    for note in ordered:  # grows while notes refer to further notes
        take(note.children)
    taken = {id(note) for note in ordered}
    rest = (note for note in notes if id(note) not in taken)
    return msgspec.structs.replace(publication, notes=(*ordered, *rest))


def _apart(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    known = {note.id for note in notes}
    met: set[str] = set()
    out: list[Note] = []
    for note in notes:
        name, number = note.id, 1
        while name in met or (number > 1 and name in known):
            number += 1
            name = f"{note.id}-{number}"
        met.add(name)
        out.append(note if name == note.id else msgspec.structs.replace(note, id=name))
    return tuple(out)
