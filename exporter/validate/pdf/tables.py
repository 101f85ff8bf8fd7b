"""Tables (ISO 14289-1, 7.5; ISO 32000-1, 14.8.4.3.4; WCAG 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Node, PdfFile
from exporter.validate.pdf.locations import letters, location_of, quote

_TAGS = "Fix the tags of the table."

SHAPE = Rule(
    "pdf-table-shape",
    Severity.ERROR,
    "A table holds rows, a row holds cells, and cells stand in rows.",
    _TAGS,
    "ISO 14289-1, 7.5; MP 09-004",
)
HEADS = Rule(
    "pdf-table-heads",
    Severity.ERROR,
    "A table has head cells.",
    "Mark the cells that name columns or rows as head cells (TH).",
    "ISO 14289-1, 7.5; MP 15-003; WCAG 1.3.1",
)
SCOPE = Rule(
    "pdf-table-scope",
    Severity.ERROR,
    "A head cell says whether it heads its column or its row.",
    "Give it a scope, or let the cells name their heads.",
    "ISO 14289-1, 7.5; MP 15-003",
)
EMPTY = Rule("pdf-table-head-empty", Severity.WARNING, "A head cell has words.", _TAGS, "WCAG 1.3.1")
UNEVEN = Rule(
    "pdf-table-uneven",
    Severity.ERROR,
    "All rows of a table cover the same number of columns.",
    "Fix the spans of the cells.",
    "ISO 14289-1, 7.5; ISO 14289-2, 8.2.5.26",
)
NAMES = Rule(
    "pdf-table-headers", Severity.ERROR, "A data cell names head cells that exist.", _TAGS, "ISO 32000-1, 14.8.5.7"
)
SPLIT = Rule(
    "pdf-table-split",
    Severity.WARNING,
    "A table that goes on over the page is one table.",
    "Join the parts.",
    "ISO 14289-1, 7.5; WCAG 1.3.1",
)
RULES = (SHAPE, HEADS, SCOPE, EMPTY, UNEVEN, NAMES, SPLIT)
_GROUPS = frozenset({"THead", "TBody", "TFoot"})
_SCOPES = frozenset({"Row", "Column", "Both"})
MAX_CELLS = 1_000_000


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with tables."""
    names = {node.id for node in file.structure.root.all("TH") if node.id is not None}
    for table in file.structure.root.all("Table"):
        yield from _shape(table)
        rows = [row for group in table.nodes for row in ([group] if group.type == "TR" else group.nodes)]
        rows = [row for row in rows if row.type == "TR"]
        cells = [cell for row in rows for cell in row.nodes if cell.type in {"TH", "TD"}]
        heads = [cell for cell in cells if cell.type == "TH"]
        if not heads and _holds_data(file, rows):
            yield HEADS.finding("The table has no header cells.", place=location_of(table))
        named = {str(name) for cell in cells for name in _headers(cell)}
        # Where each data cell names its heads, they need no scope.
        is_named = all(_headers(cell) for cell in cells if cell.type == "TD")
        for cell in heads:
            words = file.text(cell)
            if cell.attributes.get("Scope") not in _SCOPES and cell.id not in named and not is_named:
                yield SCOPE.finding(f"The header cell {quote(words)} has no scope.", place=location_of(cell))
            if (
                not letters(words)
                and not any(element.alt or element.actual for element in cell.all())
                and not words.strip()
            ):
                yield EMPTY.finding("A header cell is empty.", place=location_of(cell))
        for name in sorted({str(name) for cell in cells if cell.type == "TD" for name in _headers(cell)} - names):
            yield NAMES.finding(
                f"Cells refer to the header cell “{name[:60]}”, which does not exist.", place=location_of(table)
            )
        yield from _even(table, rows)
    yield from _split(file)


def _holds_data(file: PdfFile, rows: list[Node]) -> bool:
    """Whether something has rows and columns: what has one row or one column needs no head (WCAG 1.3.1, F46)."""
    shown = [
        cell for row in rows for cell in row.nodes if letters(file.text(cell)) or any(cell.all("Figure", "Formula"))
    ]
    return len(rows) > 1 and any(len(row.nodes) > 1 for row in rows) and bool(shown)


def _headers(cell: Node) -> list[Any]:
    """Return the names of the head cells that a cell names."""
    value = cell.attributes.get("Headers")
    return value if isinstance(value, list) else [] if value is None else [value]


def _shape(table: Node) -> Iterator[Finding]:
    for kid in table.nodes:
        if kid.type not in {"TR", "Caption", *_GROUPS}:
            yield SHAPE.finding(f"A {kid.type} is in a table, outside its rows.", place=location_of(kid))
        for row in kid.nodes if kid.type in _GROUPS else [kid] if kid.type == "TR" else []:
            if row.type != "TR":
                yield SHAPE.finding(f"A {row.type} is among the rows of a table.", place=location_of(row))
                continue
            for cell in row.nodes:
                if cell.type not in {"TH", "TD"}:
                    yield SHAPE.finding(f"A {cell.type} is among the cells of a row.", place=location_of(cell))


def span(cell: Node, name: str) -> int:
    """Return how many rows or columns a cell covers."""
    value = cell.attributes.get(name, 1)
    return value if isinstance(value, int) and 0 < value < 10_000 else 1


def _even(table: Node, rows: list[Node]) -> Iterator[Finding]:
    reach: list[int] = []
    """How many more rows each column is covered for."""
    widths: list[int] = []
    for row in rows:
        column = 0
        left = [max(0, rest - 1) for rest in reach]
        for cell in row.nodes:
            while column < len(left) and left[column]:
                column += 1
            for _ in range(span(cell, "ColSpan")):
                left.extend([0] * (column + 1 - len(left)))
                if left[column]:
                    yield UNEVEN.finding("Two cells cover the same place.", place=location_of(cell))
                    return
                left[column] = -span(cell, "RowSpan")
                column += 1
            if len(left) > MAX_CELLS:
                return
        reach = [abs(rest) if rest < 0 else rest for rest in left]
        widths.append(sum(1 for rest in reach if rest))
    if len(set(widths)) > 1:
        most = max(set(widths), key=widths.count)
        odd = next(index for index, width in enumerate(widths) if width != most)
        message = f"Row {odd + 1} covers {widths[odd]} columns, most rows cover {most}."
        yield UNEVEN.finding(message, place=location_of(table))
    elif any(rest > 1 for rest in reach):
        yield UNEVEN.finding("A cell reaches below the last row.", place=location_of(table))


def _split(file: PdfFile) -> Iterator[Finding]:
    """Two tables behind each other are one when the second has the same columns and no head or caption of its own."""
    for table in file.structure.root.all("Table"):
        around = table.parent.kids if table.parent is not None else []
        index = next((place_ for place_, kid in enumerate(around) if kid is table), 0)
        before = around[index - 1] if index else None
        if not isinstance(before, Node) or before.type != "Table" or table.page == before.page:
            continue
        columns = [_first_row(part) for part in (before, table)]
        if any(kid.type == "Caption" for kid in table.nodes) or len(columns[0]) != len(columns[1]):
            continue
        again = [file.text(cell) for cell in columns[0]] == [file.text(cell) for cell in columns[1]]
        if again or not all(cell.type == "TH" for cell in columns[1]):
            yield SPLIT.finding("The table goes on from the one before it.", place=location_of(table))


def _first_row(table: Node) -> list[Node]:
    row = next(iter(table.all("TR")), None)
    return [cell for cell in row.nodes if cell.type in {"TH", "TD"}] if row else []
