"""The tables of a manuscript, each with its caption and first rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import msgspec

from exporter.model import Node, Publication, Section, Source, Table
from exporter.model.table_grid import count_heading_rows
from exporter.model.walk import plain_text, walk
from exporter.pipeline import direct_reading
from exporter.revise.places import table_keys

_ROWS = 4
"""Rows of a table that are shown."""
_CELL = 80
"""Characters of a cell that are shown."""


class TableRow(msgspec.Struct, frozen=True):
    """A table of a manuscript."""

    number: int
    """From 1, in the order of the text."""
    source: Source
    index: int
    """Its position among the tables with this source, for `TableCaption.index`."""
    heading: str
    """The heading above it."""
    caption: str
    header_rows: int
    names: int
    """How many of its first rows seem to name the columns."""
    rows: tuple[tuple[str, ...], ...]
    """The texts of its first rows."""
    more: int
    """Rows that are not among these."""


def tables(manuscript: Path, styles: Path | None = None) -> tuple[TableRow, ...]:
    """Return the tables of a manuscript in the order of the text; of nested ones that begin together, the innermost.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript cannot be read.
    """
    read = direct_reading.read(manuscript, direct_reading.load(manuscript), styles=styles)
    return tuple(_row(number, *entry) for number, entry in enumerate(_with_headings(read.publication), 1))


def _with_headings(publication: Publication) -> Iterator[tuple[Table, Source, int, str]]:
    indexes = {id(table): index for table, (_, index) in table_keys(publication)}
    heading = ""
    for node in walk(publication):
        if isinstance(node, Section):
            heading = plain_text(node.title)
        elif isinstance(node, Table) and node.at.source is not None and id(node) in indexes:
            yield node, node.at.source, indexes[id(node)], heading


def _row(number: int, table: Table, source: Source, index: int, heading: str) -> TableRow:
    rows = list(chain.from_iterable(table.groups))
    return TableRow(
        number=number,
        source=source,
        index=index,
        heading=heading,
        caption=plain_text(table.caption),
        header_rows=len(table.head),
        names=count_heading_rows(rows),
        rows=tuple(tuple(_shortened(cell) for cell in row.cells) for row in islice(rows, _ROWS)),
        more=max(len(rows) - _ROWS, 0),
    )


def _shortened(cell: Node) -> str:
    text = plain_text(cell)
    return text if len(text) <= _CELL else f"{text[:_CELL].rstrip()}…"
