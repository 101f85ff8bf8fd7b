"""Cells of a table with their spans and header roles (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import VAL, Element, child_value, is_on, name
from exporter.parity.docx.styles import Roles

WIDEST = 1000
"""Columns that a cell may span."""

_INVISIBLE = frozenset({name("pPr"), name("bookmarkStart"), name("bookmarkEnd")})


class Cell(NamedTuple):
    """A cell in the row where it begins."""

    element: Element
    height: int
    width: int
    header_role: str
    """Such as "heads its column", or "data"."""
    in_head: bool
    """Whether its row is a header row (17.4.49 tblHeader)."""
    in_foot: bool
    """Whether its row is formatted as a last row (17.3.1.8 cnfStyle)."""
    is_styled: bool
    """Whether a paragraph of its own has a style of tables, which alone shows whether it is a header."""


class _Slot(NamedTuple):
    element: Element
    column: int
    width: int
    continued: bool
    """Whether it continues the cell above (17.4.84 vMerge)."""
    begins: bool
    """Whether cells below can continue it."""


def rows_of(table: Element, word: DocxFile, roles: Roles) -> Iterator[list[Cell]]:
    """Yield the cells that begin in each row."""
    rows = list(_parts(table, "tr"))
    slots = [list(_slots(row)) for row in rows]
    below = [{slot.column: slot for slot in row} for row in slots]
    for number, row in enumerate(slots):
        cells: list[Cell] = []
        for slot in row:
            if slot.continued:
                continue
            height = 1
            while slot.begins and number + height < len(slots):
                under = below[number + height].get(slot.column)
                if under is None or not under.continued:
                    break
                height += 1
            role = _header_role(slot.element, rows[number], word, roles)
            properties = rows[number].find(name("trPr"))
            in_head = properties is not None and is_on(properties.find(name("tblHeader")))
            in_foot = properties is not None and child_value(properties, name("cnfStyle")).startswith("01")
            styles = map(word.style, _paragraphs(slot.element))
            is_styled = any(roles.has_role(style, "tabletext") or roles.header_role(style) for style in styles)
            cells.append(Cell(slot.element, height, slot.width, role, in_head, in_foot, is_styled))
        yield cells


def _parts(parent: Element, kind: str) -> Iterator[Element]:
    """Yield the rows, cells or paragraphs of an element, also in content controls, without those of nested tables."""
    for child in parent:
        if child.tag == name(kind):
            yield child
        elif child.tag == name("sdt"):
            for content in child.findall(name("sdtContent")):
                yield from _parts(content, kind)


def _slots(row: Element) -> Iterator[_Slot]:
    column = 0
    for cell in _parts(row, "tc"):
        properties = cell.find(name("tcPr"))
        merge = properties.find(name("vMerge")) if properties is not None else None
        span = child_value(properties, name("gridSpan"))
        width = min(int(span), WIDEST) if span.isdigit() and int(span) else 1
        continued = merge is not None and merge.get(VAL) != "restart"
        yield _Slot(cell, column, width, continued=continued, begins=merge is not None and not continued)
        column += width


def _paragraphs(cell: Element) -> list[Element]:
    """Return the paragraphs of a cell; an empty one after other content only ends the cell (17.4.66)."""
    all_paragraphs = list(_parts(cell, "p"))
    paragraphs = [p for p in all_paragraphs if any(child.tag not in _INVISIBLE for child in p)]
    return all_paragraphs if not paragraphs and next(cell.iter(name("tbl")), None) is None else paragraphs


def _header_role(cell: Element, row: Element, word: DocxFile, roles: Roles) -> str:
    role = next(filter(None, (roles.header_role(word.style(paragraph)) for paragraph in _paragraphs(cell))), "")
    properties = row.find(name("trPr"))
    if not role or properties is None:
        return role or "data"
    first = child_value(properties, name("cnfStyle")).startswith("1")
    # A header row is marked as such, and repeated on each page (17.4.49 tblHeader).
    return "heads nothing" if first and not is_on(properties.find(name("tblHeader"))) else role
