"""Headers, captions and structure of tables (WCAG 1.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding, FindingDetails, Rule, Severity, quoted
from exporter.model import Cell, Paragraph, Row, Scope, Table
from exporter.model.table_grid import count_heading_rows
from exporter.model.walk import images, plain_text
from exporter.validate.lint.captions import paragraph_captions
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode, format_lines

WIDEST = 9
"""Columns that fit on a page in large print."""

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
    advice="Write what the column or the row contains.",
    clause="WCAG 1.3.1",
)
LAYOUT = Rule(
    id="table-layout",
    severity=Severity.WARNING,
    sentence="Tables contain data; they are not used for page layout.",
    advice="Write a paragraph, a list or a box (::: aside) instead.",
    clause="WCAG 1.3.1 F46, 1.3.2 F49",
)
BANNER = Rule(
    id="table-banner",
    severity=Severity.WARNING,
    sentence="No data cell spans a whole row to serve as a heading.",
    advice="Make two tables with a caption each, or put the words into a first column that names the rows.",
    clause="WCAG 1.3.1",
)
ROW_HEADERS = Rule(
    id="table-row-headers",
    severity=Severity.NOTE,
    sentence="Where the first column names the rows, its cells are row headers.",
    advice="Write {.row-headers} at the end of the caption line; each number is then read out with the name of its "
    "row: Table: Cases by district {.row-headers}.",
    clause="WCAG 1.3.1 H63",
)
WIDE = Rule(
    id="table-wide",
    severity=Severity.NOTE,
    sentence=f"A table has at most {WIDEST} columns.",
    advice="Divide it, or turn its rows into columns: it is hard to read in large print and on a phone.",
    clause="WCAG 1.4.10",
)
NESTED = Rule(
    id="table-nested",
    severity=Severity.WARNING,
    sentence="No table is inside another table.",
    advice="Put the inner table after the outer one.",
    clause="WCAG 1.3.1",
)

RULES = (HEADLESS, UNCAPTIONED, EMPTY_HEADER, LAYOUT, BANNER, ROW_HEADERS, WIDE, NESTED)

_DATA = re.compile(r"[\W\d_]*(?:[^\W\d_]{1,3}[\W\d_]*)?")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the tables."""
    without_row_headers: list[IndexedNode] = []
    typed_captions = paragraph_captions(index, Table, "caption_words")
    for table, indexed in index.of_type(Table):
        caption = plain_text(table.caption)
        name = f"The table {quoted(caption)}" if caption else "The table"
        if indexed.is_inside(Table):
            yield NESTED.finding(f"{name} is inside another table.", indexed.source)
        if reason := _layout_reason(table):
            yield LAYOUT.finding(f"{name} {reason}.", indexed.source)
            continue
        if not caption and not indexed.is_inside(Table):
            yield _uncaptioned(table, indexed, typed_captions.get(id(table)))
        if not any(cell.scope for row in _rows(table) for cell in row.cells):
            count = count_heading_rows(list(_rows(table)))
            rows = f": the first {count} rows seem to name the columns" if count > 1 else ""
            details = FindingDetails(count=count) if count > 1 else None
            yield HEADLESS.finding(f"{name} has no header cells{rows}.", indexed.source, details=details)
        else:
            yield from _check_headers(table, name, indexed)
            if _needs_row_headers(table):
                without_row_headers.append(indexed)
        if len(table.columns) > WIDEST:
            yield WIDE.finding(f"{name} has {len(table.columns)} columns.", indexed.source)
    if without_row_headers:
        message = "The first column seems to name the rows, but the table has no row headers"
        first = without_row_headers[0].source
        is_clear = len(without_row_headers) == 1 and not (first and first.line)
        yield ROW_HEADERS.finding(f"{message}{'' if is_clear else f': {format_lines(without_row_headers)}'}.", first)


def _uncaptioned(table: Table, indexed: IndexedNode, paragraph: Paragraph | None) -> Finding:
    first_words = next((plain_text(cell) for row in _rows(table) for cell in row.cells if plain_text(cell)), "")
    message = f"The table that begins with {quoted(first_words, 30)} has no caption"
    if paragraph is None:
        return UNCAPTIONED.finding(f"{message}.", indexed.source)
    return UNCAPTIONED.finding(
        f"{message}, only the paragraph {quoted(plain_text(paragraph))} beside it.",
        indexed.source,
        details=FindingDetails(caption=paragraph.at.source),
        advice="Begin that paragraph with Table: instead, in any language; the word itself is not printed.",
    )


def _rows(table: Table) -> Iterator[Row]:
    yield from table.head
    for body in table.bodies:
        yield from body
    yield from table.foot


def _is_empty(cell: Cell) -> bool:
    return not plain_text(cell) and next(images(cell), None) is None


def _layout_reason(table: Table) -> str:
    """Return why a table is a layout table; empty if it is a data table."""
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in row.cells]
    if all(map(_is_empty, cells)):
        return "is empty"
    if len(cells) == 1:
        return "has a single cell"
    if len(table.columns) == 1 and not any(cell.scope for cell in cells):
        return "has a single column without a header"
    if len(rows) == 1 and not table.head:
        return "has a single row without headers"
    return ""


def _check_headers(table: Table, name: str, indexed: IndexedNode) -> Iterator[Finding]:
    corner = table.head[0].cells[0] if table.head and table.head[0].cells else None
    for row in _rows(table):
        for cell in row.cells:
            if cell.scope and _is_empty(cell) and cell is not corner:
                yield EMPTY_HEADER.finding(f"{name} has an empty header cell.", row.at.source or indexed.source)
    width = len(table.columns)
    for body in table.bodies:
        for row in body:
            if len(row.cells) == 1 and row.cells[0].colspan == width > 1 and not row.cells[0].scope:
                yield BANNER.finding(
                    f"{name} has a row that is one merged cell: {quoted(plain_text(row.cells[0]))}.",
                    row.at.source or indexed.source,
                )


def _needs_row_headers(table: Table) -> bool:
    """Return whether the first column has distinct words, at least one other column only data, and no row a header."""
    body_rows = [row.cells for body in table.bodies for row in body]
    rows = [cells for cells in body_rows if len(cells) == len(table.columns)]
    has_row_headers = any(cell.scope in (Scope.ROW, Scope.ROW_GROUP) for cells in body_rows for cell in cells)
    if has_row_headers or len(rows) < 2 or len(table.columns) < 2:
        return False
    names = [plain_text(row[0]) for row in rows]
    if len(set(names)) < len(names) or not all(names) or any(len(name) > 60 for name in names):
        return False
    return any(
        all(_DATA.fullmatch(plain_text(row[column])) for row in rows) and any(plain_text(row[column]) for row in rows)
        for column in range(1, len(table.columns))
    )
