"""Notes in the order in which the reader meets them; a note's number is its place."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.model import Node, Note, NoteReference, Publication
from exporter.model.walk import walk


def apply(publication: Publication, slug: str) -> Publication:  # noqa: ARG001  every transform has this shape
    """Order notes by their first reference: the text with its captions and tables, then the notes themselves.

    Notes that only other notes refer to follow those of the text, so that the numbers in the text have no gaps. Notes
    without a reference come last, in the order of the manuscript. Of two notes with one id the first is meant.
    """
    waiting: dict[str, Note] = {}
    for note in publication.notes:
        waiting.setdefault(note.id, note)
    ordered: list[Note] = []

    def take(nodes: Iterable[Node]) -> None:
        for node in walk(nodes):
            if isinstance(node, NoteReference) and node.note in waiting:
                ordered.append(waiting.pop(node.note))

    take((*publication.front, *publication.body))
    for note in ordered:  # grows while notes refer to further notes
        take(note.children)
    taken = {id(note) for note in ordered}
    rest = (note for note in publication.notes if id(note) not in taken)
    return msgspec.structs.replace(publication, notes=(*ordered, *rest))
