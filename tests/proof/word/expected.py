"""What readers of the Word edition have to find, from the tree."""

from __future__ import annotations

from typing import NamedTuple

from exporter.model import Decorative, Described, Image, NoteReference, Publication, Table
from exporter.model.walk import headings, walk


class Expected(NamedTuple):
    headings: list[tuple[int, str]]
    tables: list[int]
    """Rows of each."""
    notes: int
    alts: list[str]
    """In reading order, those in notes last; the cover first."""
    decorative: int


def expected(publication: Publication) -> Expected:
    cover = publication.metadata.cover
    asked = {node.note for node in walk((*publication.front, *publication.body)) if isinstance(node, NoteReference)}
    images = [node for node in walk((*publication.front, *publication.body)) if isinstance(node, Image)]
    described = [image.alt.text for image in images if isinstance(image.alt, Described)]
    return Expected(
        headings=[(level, plain(words)) for level, words, _ in headings(publication) if words],
        tables=[
            sum(len(rows) for rows in (table.head, *table.bodies, table.foot))
            for table in walk((*publication.front, *publication.body))
            if isinstance(table, Table)
        ],
        notes=len(asked),
        alts=[*([cover.alt.text] if cover and isinstance(cover.alt, Described) else []), *described],
        decorative=sum(isinstance(image.alt, Decorative) for image in images),
    )


def plain(text: str) -> str:
    """Return text with single spaces, which is how readers differ."""
    return " ".join(text.split())
