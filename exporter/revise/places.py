"""Places of images and tables, as changes name them: line, anchor, and the position among those that share these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exporter.model import Image, Publication, Source, Table
from exporter.model.walk import images, walk

Place = tuple[int, int, int]


def image_keys(publication: Publication) -> Iterator[tuple[Image, Place]]:
    """Yield the images, each with its place."""
    counts: Counter[tuple[int, int]] = Counter()
    for image in images(publication):
        where = position(image.at.source) if image.at.source else (0, 0)
        yield image, (*where, counts[where])
        counts[where] += 1


def table_keys(publication: Publication) -> Iterator[tuple[Table, Place]]:
    """Yield the tables, each with its place; of nested ones that begin together, the innermost."""
    counts: Counter[tuple[int, int]] = Counter()
    for table in walk(publication):
        if isinstance(table, Table) and table.at.source is not None and not _begins_with_table(table):
            where = position(table.at.source)
            yield table, (*where, counts[where])
            counts[where] += 1


def _begins_with_table(table: Table) -> bool:
    """Return whether a table inside of another one has the same place."""
    inner = (node.at.source for node in walk(table) if isinstance(node, Table) and node is not table)
    return any(source and table.at.source and position(source) == position(table.at.source) for source in inner)


def position(source: Source) -> tuple[int, int]:
    """Return the line and the anchor of a source."""
    return source.line, source.anchor
