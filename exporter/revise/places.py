"""Places of images and tables, as changes name them: a position, and the number among those that share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exporter.model import Image, Publication, Source, Table
from exporter.model.walk import images, walk

Position = tuple[int, int, str, int]
Place = tuple[Position, int]
NOWHERE: Position = (0, 0, "", 0)
"""Of what has no source."""


def image_keys(publication: Publication) -> Iterator[tuple[Image, Place]]:
    """Yield the images, each with its place."""
    counts: Counter[Position] = Counter()
    for image in images(publication):
        where = position(image.at.source) if image.at.source else NOWHERE
        yield image, (where, counts[where])
        counts[where] += 1


def table_keys(publication: Publication) -> Iterator[tuple[Table, Place]]:
    """Yield the tables, each with its place; of nested ones that begin together, the innermost."""
    counts: Counter[Position] = Counter()
    for table in walk(publication):
        if isinstance(table, Table) and table.at.source is not None and not _begins_with_table(table):
            where = position(table.at.source)
            yield table, (where, counts[where])
            counts[where] += 1


def _begins_with_table(table: Table) -> bool:
    """Return whether a table inside of another one has the same place."""
    inner = (node.at.source for node in walk(table) if isinstance(node, Table) and node is not table)
    return any(source and table.at.source and position(source) == position(table.at.source) for source in inner)


def position(source: Source) -> Position:
    """Return what tells a source from others: its line, or its numbers in a Word file."""
    return source.line, source.anchor, source.part, source.number
