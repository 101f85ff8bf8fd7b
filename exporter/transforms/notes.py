"""Order of notes, which determines their numbers."""

from __future__ import annotations

import msgspec

from exporter.model import Note, Publication
from exporter.model.walk import referenced_notes


def apply(publication: Publication) -> Publication:
    """Order notes by their first reference: in the text with its captions and tables, then in the notes themselves.

    Notes to which only other notes refer follow those of the text, so that the numbers in the text have no gaps. Notes
    without a reference come last, in the order of the manuscript. References mean the first of two notes with the same
    id; the other gets an id of its own.
    """
    unique = msgspec.structs.replace(publication, notes=_with_unique_ids(publication.notes))
    ordered = referenced_notes(unique)
    referenced = {note.id for note in ordered}
    rest = (note for note in unique.notes if note.id not in referenced)
    return msgspec.structs.replace(unique, notes=(*ordered, *rest))


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
