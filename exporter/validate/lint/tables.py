"""Tables that can be understood cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Cell, Paragraph, Row, Scope, Table
from exporter.model.walk import images, plain_text
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode, lines_of
from exporter.validate.lint.word_lists import folded, words

WIDEST = 9
"""Columns that a page in large print holds."""

HEADLESS = Rule(
    id="table-headless",
    severity=Severity.ERROR,
    sentence="Each data table has header cells.",
    advice="Name each column in a first row, with a line of dashes below it: | District | Cases | and |---|---|.",
    clause="WCAG 1.3.1, ISO 14289-1 7.5",
)
UNCAPTIONED = Rule(
    id="table-caption",
    severity=Severity.WARNING,
    sentence="Each table has a caption that says what it shows.",
    advice="Write a line after the table, such as Table: Cases by district, 2024.",
    clause="WCAG 1.3.1 H39",
)
EMPTY_HEADER = Rule(
    id="table-header-empty",
    severity=Severity.WARNING,
    sentence="Header cells have words.",
    advice="Write what the column or the row holds.",
    clause="WCAG 1.3.1",
)
LAYOUT = Rule(
    id="table-layout",
    severity=Severity.WARNING,
    sentence="Tables hold data; they do not place things on a page.",
    advice="Write a paragraph, a list or a box (::: aside) instead.",
    clause="WCAG 1.3.1 F46, 1.3.2 F49",
)
BANNER = Rule(
    id="table-banner",
    severity=Severity.WARNING,
    sentence="No data cell is merged across a whole row to serve as a heading.",
    advice="Make two tables with a caption each, or write the words as a first column that names the rows.",
    clause="WCAG 1.3.1",
)
ROW_HEADERS = Rule(
    id="table-row-headers",
    severity=Severity.NOTE,
    sentence="Where the first column names the rows, its cells are row headers.",
    advice="Write {.row-headers} at the end of the caption line, so that each number is read out with the name of its "
    "row: Table: Cases by district {.row-headers}.",
    clause="WCAG 1.3.1 H63",
)
WIDE = Rule(
    id="table-wide",
    severity=Severity.NOTE,
    sentence=f"A table has at most {WIDEST} columns.",
    advice="Divide it, or turn its rows into columns: it will be hard to read in large print and on a telephone.",
    clause="WCAG 1.4.10",
)
NESTED = Rule(
    id="table-nested",
    severity=Severity.WARNING,
    sentence="No table stands inside another one.",
    advice="Put the inner table after the outer one.",
    clause="WCAG 1.3.1",
)

RULES = (HEADLESS, UNCAPTIONED, EMPTY_HEADER, LAYOUT, BANNER, ROW_HEADERS, WIDE, NESTED)

_WORD = re.compile(r"[\W\d]")
_CAPTION = re.compile(r"[^\W\d_]+\.?(?: \d[\d.]*)?\s?[:.–—]")
_DATA = re.compile(r"[\W\d_]*(?:[^\W\d_]{1,3}[\W\d_]*)?")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the tables."""
    unnamed: list[IndexedNode] = []
    beside = _captions_by_hand(index)
    for table, met in index.of(Table):
        caption = plain_text(table.caption)
        name = f"The table {quoted(caption)}" if caption else "The table"
        if met.inside(Table):
            yield NESTED.finding(f"{name} stands inside another table.", met.source)
        layout = _layout(table)
        if layout:
            yield LAYOUT.finding(f"{name} {layout}.", met.source)
            continue
        if not caption:
            yield _uncaptioned(table, met, beside.get(id(table), ""))
        if not any(cell.scope for row in _rows(table) for cell in row.cells):
            yield HEADLESS.finding(f"{name} has no header cells.", met.source)
        else:
            yield from _headers(table, name, met)
            if _names_rows(table):
                unnamed.append(met)
        if len(table.columns) > WIDEST:
            yield WIDE.finding(f"{name} has {len(table.columns)} columns.", met.source)
    if unnamed:
        yield ROW_HEADERS.finding(
            f"Tables have no row headers, though their first columns seem to name the rows: {lines_of(unnamed)}.",
            unnamed[0].source,
        )


def _captions_by_hand(index: DocumentIndex) -> dict[int, str]:
    """Return the paragraph beside a table that is meant to be its caption, by the identity of the table."""
    found: dict[int, str] = {}
    for blocks in index.siblings():
        for one, other in pairwise(blocks):
            table, paragraph = (one, other) if isinstance(one, Table) else (other, one)
            if isinstance(table, Table) and isinstance(paragraph, Paragraph):
                text = plain_text(paragraph)
                if _CAPTION.match(text) and folded(_WORD.split(text, 1)[0]) in words("caption_words", index.language):
                    found.setdefault(id(table), text)
    return found


def _uncaptioned(table: Table, met: IndexedNode, by_hand: str) -> Finding:
    message = f"The table {_shape(table)} has no caption"
    if not by_hand:
        return UNCAPTIONED.finding(f"{message}.", met.source)
    return UNCAPTIONED.finding(
        f"{message}, only the paragraph {quoted(by_hand)} beside it.",
        met.source,
        advice="Begin that paragraph with Table: instead, whatever your language; the word itself is not printed.",
    )


def _rows(table: Table) -> Iterator[Row]:
    yield from table.head
    for body in table.bodies:
        yield from body
    yield from table.foot


def _text(cell: Cell) -> str:
    return plain_text(cell)


def _blank(cell: Cell) -> bool:
    return not _text(cell) and next(images(cell), None) is None


def _layout(table: Table) -> str:
    """Say why the table is there for its looks alone; empty when it is not."""
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in row.cells]
    if all(map(_blank, cells)):
        return "is empty"
    if len(cells) == 1:
        return "has a single cell"
    if len(table.columns) == 1 and not any(cell.scope for cell in cells):
        return "has a single column without a header"
    if len(rows) == 1 and not table.head:
        return "has a single row without headers"
    return ""


def _shape(table: Table) -> str:
    first = next((_text(cell) for row in _rows(table) for cell in row.cells if _text(cell)), "")
    return f"that begins with {quoted(first, 30)}"


def _headers(table: Table, name: str, met: IndexedNode) -> Iterator[Finding]:
    corner = table.head[0].cells[0] if table.head and table.head[0].cells else None
    for row in _rows(table):
        place = row.at.source or met.source
        for cell in row.cells:
            if cell.scope and _blank(cell) and cell is not corner:
                yield EMPTY_HEADER.finding(f"{name} has an empty header cell.", place)
    width = len(table.columns)
    for body in table.bodies:
        for row in body:
            if len(row.cells) == 1 and row.cells[0].colspan == width > 1 and not row.cells[0].scope:
                yield BANNER.finding(
                    f"{name} has a row that is one merged cell: {quoted(_text(row.cells[0]))}.",
                    row.at.source or met.source,
                )


def _names_rows(table: Table) -> bool:
    """Return whether the first column holds distinct words and at least one other column nothing but data."""
    below = [row.cells for body in table.bodies for row in body]
    rows = [cells for cells in below if len(cells) == len(table.columns)]
    headed = any(cell.scope in (Scope.ROW, Scope.ROW_GROUP) for cells in below for cell in cells)
    if headed or len(rows) < 2 or len(table.columns) < 2:
        return False
    names = [_text(row[0]) for row in rows]
    if len(set(names)) < len(names) or not all(names) or any(len(name) > 60 for name in names):
        return False
    return any(
        all(_DATA.fullmatch(_text(row[column])) for row in rows) and any(_text(row[column]) for row in rows)
        for column in range(1, len(table.columns))
    )
