"""Reader of tables as rows of cells on a grid (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import VAL, Element, child_value, is_on, length, name, number
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.limits import MAX_COLUMNS, MAX_NESTED_TABLES, MAX_TABLE_CELLS
from exporter.readers.docx.parsed import Cell, ParsedBlock, Row, Table

_ROW, _CELL = name("tr"), name("tc")
_LOOK = {"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080}
"""Bits of `w:tblLook` if it has no separate attributes (17.4.55)."""
_CONDITIONS = ("firstRow", "lastRow", "firstColumn", "lastColumn", "oddVBand", "evenVBand", "oddHBand", "evenHBand")
_WRAPPERS = frozenset({name(tag) for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")})


class TableReader:
    """Reader of the tables of one story."""

    def __init__(self, context: ReadContext, content: Callable[[Iterable[Element]], list[ParsedBlock]]) -> None:
        self._context = context
        self._content = content
        self._depth = 0

    def read(self, element: Element) -> Table | None:
        """Return a table, or None if it has no cells.

        Raises:
            DocxError: Tables are nested too deeply, or one has too many cells.
        """
        self._depth += 1
        if self._depth > MAX_NESTED_TABLES:
            raise DocxError(
                f"More than {MAX_NESTED_TABLES} tables are nested in each other.", "Move the inner tables out."
            )
        location = self._context.locations.table(element)
        source = self._context.locations.at(location)
        rows = self._rows(element, location)
        self._depth -= 1
        if not any(row.cells for row in rows):
            return None
        properties = element.find(name("tblPr"))
        conditions = _conditional_formats(properties.find(name("tblLook")) if properties is not None else None)
        style = child_value(properties, name("tblStyle"))
        styles = self._context.styles
        indent = properties.find(name("tblInd")) if properties is not None else None
        return Table(
            source=source,
            rows=rows,
            columns=max(cell.column + cell.colspan for row in rows for cell in row.cells),
            # Word enables these for every table; they are only meaningful if the table style formats them.
            row_headers="firstColumn" in conditions and styles.has_condition(style, "firstCol"),
            first_row="firstRow" in conditions and styles.has_condition(style, "firstRow"),
            last_row="lastRow" in conditions and styles.has_condition(style, "lastRow"),
            title=" ".join(child_value(properties, name("tblCaption")).split()),
            description=" ".join(child_value(properties, name("tblDescription")).split()),
            right_to_left=properties is not None and is_on(properties.find(name("bidiVisual"))),
            indent=length(indent.get(name("w"))) if indent is not None else 0,
            widths=_shares(element),
            bookmarks=[mark.get(name("name")) or "" for mark in element.iterchildren(name("bookmarkStart"))],
        )

    def _rows(self, element: Element, location: str) -> list[Row]:
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        """Cells that may continue in the next row, by column."""
        count = 0
        for row_element in _parts(element, _ROW):
            properties = row_element.find(name("trPr"))
            if properties is not None and properties.find(name("del")) is not None:
                self._context.count("deletions")
                continue
            row, above = self._row(row_element, properties, above, f"{location}, row {len(rows) + 1}")
            count += len(row.cells)
            if count > MAX_TABLE_CELLS:
                raise DocxError(
                    f"A table has more than {MAX_TABLE_CELLS:,} cells.", "Divide it, or publish it as a data file."
                )
            rows.append(row)
        return rows

    def _row(
        self, element: Element, properties: Element | None, above: dict[int, Cell], location: str
    ) -> tuple[Row, dict[int, Cell]]:
        cells: list[Cell] = []
        below: dict[int, Cell] = {}
        column = _skipped(properties, "gridBefore")
        if column:
            cells.append(Cell([], 0, column))
        merging: Cell | None = None
        for cell_element in _parts(element, _CELL):
            if column >= MAX_COLUMNS:
                self._context.count("columns")
                continue
            cell_properties = cell_element.find(name("tcPr"))
            span = max(number(child_value(cell_properties, name("gridSpan")), 1), 1)
            span = min(span, MAX_COLUMNS - column)
            across = cell_properties.find(name("hMerge")) if cell_properties is not None else None
            if across is not None and (across.get(VAL) or "continue") == "continue" and merging is not None:
                merging.colspan += span
                column += span
                continue
            down = cell_properties.find(name("vMerge")) if cell_properties is not None else None
            upper = above.get(column)
            if down is not None and (down.get(VAL) or "continue") == "continue" and upper and upper.colspan == span:
                upper.rowspan += 1
                below[column] = upper
                column += span
                merging = None
                continue
            self._context.locations.enter(f"{location}, column {column + 1}")
            cell = Cell(self._content(cell_element), column, span, condition=_condition(cell_properties))
            self._context.locations.leave()
            cells.append(cell)
            if down is not None:
                below[column] = cell
            merging = cell if across is not None else None
            column += span
        after = _skipped(properties, "gridAfter")
        if after and column < MAX_COLUMNS:
            cells.append(Cell([], column, min(after, MAX_COLUMNS - column)))
        header = properties is not None and is_on(properties.find(name("tblHeader")))
        return Row(cells, header, _condition(properties)), below


def _parts(parent: Element, tag: str) -> Iterator[Element]:
    """Yield rows or cells, including those in content controls and insertions, without those of nested tables."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            stack.extend(reversed(child))


def _skipped(properties: Element | None, tag: str) -> int:
    return min(max(number(child_value(properties, name(tag))), 0), MAX_COLUMNS)


def _conditional_formats(element: Element | None) -> set[str]:
    if element is None:
        return set()
    try:
        bits = int(element.get(VAL) or "0", 16)
    except ValueError:
        bits = 0
    enabled: set[str] = set()
    for key, bit in _LOOK.items():
        flag = element.get(name(key))
        if (flag in ("1", "true", "on")) if flag is not None else bits & bit:
            enabled.add(key)
    return enabled


def _condition(properties: Element | None) -> str:
    """Return the part of the table to which a row or cell belongs (17.3.1.8)."""
    element = properties.find(name("cnfStyle")) if properties is not None else None
    if element is None:
        return ""
    for key in ("firstRow", "lastRow", "oddHBand", "evenHBand"):
        if element.get(name(key)) in ("1", "true", "on"):
            return key
    bits = element.get(VAL) or ""
    return next((key for key, bit in zip(_CONDITIONS, bits, strict=False) if bit == "1"), "")


def _shares(element: Element) -> list[float | None]:
    """Return the widths of columns as shares of the table, as far as cells of the first row specify them."""
    first = next(_parts(element, _ROW), None)
    shares: list[float | None] = []
    for cell in _parts(first, _CELL) if first is not None else ():
        properties = cell.find(name("tcPr"))
        width = properties.find(name("tcW")) if properties is not None else None
        span = max(number(child_value(properties, name("gridSpan")), 1), 1)
        share: float | None = None
        if width is not None and width.get(name("type")) == "pct":
            text = width.get(name("w")) or ""
            share = number(text.rstrip("%")) / (100 if text.endswith("%") else 5000)
        shares += [share if share and 0 < share <= 1 and span == 1 else None] * min(span, MAX_COLUMNS)
        if len(shares) > MAX_COLUMNS:
            break
    return shares[:MAX_COLUMNS]
