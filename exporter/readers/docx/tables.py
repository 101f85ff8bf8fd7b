"""Tables as they stand in the file: rows of cells on a grid (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import VAL, Element, child_value, is_on, length, name, number
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.limits import MAX_COLUMNS, MAX_NESTED_TABLES, MAX_TABLE_CELLS
from exporter.readers.docx.parsed import Cell, ParsedBlock, Row, Table

_ROW, _CELL = name("tr"), name("tc")
_LOOK = {"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080}
"""Bits of `w:tblLook` where it has no attributes of their own (17.4.55)."""
_CONDITIONS = ("firstRow", "lastRow", "firstColumn", "lastColumn", "oddVBand", "evenVBand", "oddHBand", "evenHBand")
_WRAPPERS = frozenset({name(tag) for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")})


class TableReader:
    """Reads tables of one story."""

    def __init__(self, context: ReadContext, content: Callable[[Iterable[Element]], list[ParsedBlock]]) -> None:
        self._context = context
        self._content = content
        self._depth = 0

    def read(self, element: Element) -> Table | None:
        """Return a table; None when it has no cells.

        Raises:
            SourceError: Tables are nested too deeply, or one has too many cells.
        """
        self._depth += 1
        if self._depth > MAX_NESTED_TABLES:
            raise DocxError(
                f"More than {MAX_NESTED_TABLES} tables stand inside each other.", "Take the inner tables out."
            )
        where = self._context.locations.table()
        source = self._context.locations.at(where)
        rows = self._rows(element, where)
        self._depth -= 1
        if not any(row.cells for row in rows):
            return None
        properties = element.find(name("tblPr"))
        look = _look(properties.find(name("tblLook")) if properties is not None else None)
        style = child_value(properties, name("tblStyle"))
        styles = self._context.styles
        indent = properties.find(name("tblInd")) if properties is not None else None
        return Table(
            source=source,
            rows=rows,
            columns=max(cell.column + cell.colspan for row in rows for cell in row.cells),
            # Word switches these on for every table: they say something where the style of the table shows it.
            row_headers="firstColumn" in look and styles.has_condition(style, "firstCol"),
            first_row="firstRow" in look and styles.has_condition(style, "firstRow"),
            last_row="lastRow" in look and styles.has_condition(style, "lastRow"),
            title=" ".join(child_value(properties, name("tblCaption")).split()),
            description=" ".join(child_value(properties, name("tblDescription")).split()),
            right_to_left=properties is not None and is_on(properties.find(name("bidiVisual"))),
            indent=length(indent.get(name("w"))) if indent is not None else 0,
            widths=_shares(element),
        )

    def _rows(self, element: Element, where: str) -> list[Row]:
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        """Cells that may go on below, by their column."""
        count = 0
        for found in _parts(element, _ROW):
            properties = found.find(name("trPr"))
            if properties is not None and properties.find(name("del")) is not None:
                self._context.count("deletions")
                continue
            row, above = self._row(found, properties, above, f"{where}, row {len(rows) + 1}")
            count += len(row.cells)
            if count > MAX_TABLE_CELLS:
                raise DocxError(
                    f"A table has more than {MAX_TABLE_CELLS:,} cells.", "Divide it, or publish it as a data file."
                )
            rows.append(row)
        return rows

    def _row(
        self, element: Element, properties: Element | None, above: dict[int, Cell], where: str
    ) -> tuple[Row, dict[int, Cell]]:
        cells: list[Cell] = []
        below: dict[int, Cell] = {}
        column = _skipped(properties, "gridBefore")
        if column:
            cells.append(Cell([], 0, column))
        merging: Cell | None = None
        for found in _parts(element, _CELL):
            if column >= MAX_COLUMNS:
                break
            own = found.find(name("tcPr"))
            span = max(number(child_value(own, name("gridSpan")), 1), 1)
            span = min(span, MAX_COLUMNS - column)
            across = own.find(name("hMerge")) if own is not None else None
            if across is not None and (across.get(VAL) or "continue") == "continue" and merging is not None:
                merging.colspan += span
                column += span
                continue
            down = own.find(name("vMerge")) if own is not None else None
            upper = above.get(column)
            if down is not None and (down.get(VAL) or "continue") == "continue" and upper and upper.colspan == span:
                upper.rowspan += 1
                below[column] = upper
                column += span
                merging = None
                continue
            self._context.locations.enter(f"{where}, column {column + 1}")
            cell = Cell(self._content(found), column, span, condition=_condition(own))
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
    """Yield rows or cells, those inside content controls and insertions too, without those of inner tables."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            stack.extend(reversed(child))


def _skipped(properties: Element | None, tag: str) -> int:
    return min(max(number(child_value(properties, name(tag))), 0), MAX_COLUMNS)


def _look(element: Element | None) -> set[str]:
    if element is None:
        return set()
    try:
        bits = int(element.get(VAL) or "0", 16)
    except ValueError:
        bits = 0
    found: set[str] = set()
    for key, bit in _LOOK.items():
        said = element.get(name(key))
        if (said in ("1", "true", "on")) if said is not None else bits & bit:
            found.add(key)
    return found


def _condition(properties: Element | None) -> str:
    """Return the part of its table that a row or cell says it belongs to (17.3.1.8)."""
    element = properties.find(name("cnfStyle")) if properties is not None else None
    if element is None:
        return ""
    for key in ("firstRow", "lastRow", "oddHBand", "evenHBand"):
        if element.get(name(key)) in ("1", "true", "on"):
            return key
    bits = element.get(VAL) or ""
    return next((key for key, bit in zip(_CONDITIONS, bits, strict=False) if bit == "1"), "")


def _shares(element: Element) -> list[float | None]:
    """Return the widths that were asked for as shares of the table, by the cells of the first row that say so."""
    first = next(_parts(element, _ROW), None)
    shares: list[float | None] = []
    for cell in _parts(first, _CELL) if first is not None else ():
        properties = cell.find(name("tcPr"))
        width = properties.find(name("tcW")) if properties is not None else None
        span = max(number(child_value(properties, name("gridSpan")), 1), 1)
        share: float | None = None
        if width is not None and width.get(name("type")) == "pct":
            said = (width.get(name("w")) or "").rstrip("%")
            part = number(said)
            share = part / 5000 if not (width.get(name("w")) or "").endswith("%") else part / 100
        shares += [share if share and 0 < share <= 1 and span == 1 else None] * min(span, MAX_COLUMNS)
        if len(shares) > MAX_COLUMNS:
            break
    return shares[:MAX_COLUMNS]
