"""The cells of a table: where each begins, what it covers and what it heads (ISO 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.parity.docx.styles import Roles

WIDEST = 1000
"""Columns that a cell may cover."""

_NOTHING = frozenset({name("pPr"), name("bookmarkStart"), name("bookmarkEnd")})


class Cell(NamedTuple):
    """A cell where it begins."""

    element: Element
    height: int
    width: int
    heads: str
    """Such as "heads its column", or "data"."""


class _Slot(NamedTuple):
    element: Element
    column: int
    width: int
    goes_on: bool
    """Whether it goes on with the cell above (17.4.84 vMerge)."""


def rows_of(table: Element, word: DocxFile, roles: Roles) -> Iterator[list[Cell]]:
    """Yield the cells that begin in each row."""
    rows = list(_rows(table))
    slots = [list(_slots(row)) for row in rows]
    below = [{each.column: each for each in row} for row in slots]
    for number, row in enumerate(slots):
        cells: list[Cell] = []
        for slot in row:
            if slot.goes_on:
                continue
            height = 1
            while number + height < len(slots):
                under = below[number + height].get(slot.column)
                if under is None or not under.goes_on:
                    break
                height += 1
            heads = _heads(slot.element, rows[number], word, roles)
            cells.append(Cell(slot.element, height, slot.width, heads))
        yield cells


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == name("tr"):
            yield child
        elif child.tag == name("sdt"):
            yield from (each for content in child.findall(name("sdtContent")) for each in _rows(content))


def _slots(row: Element) -> Iterator[_Slot]:
    column = 0
    for cell in _cells(row):
        properties = cell.find(name("tcPr"))
        span = properties.find(name("gridSpan")) if properties is not None else None
        merge = properties.find(name("vMerge")) if properties is not None else None
        said = (span.get(name("val")) or "") if span is not None else ""
        width = min(int(said), WIDEST) if said.isdigit() and int(said) else 1
        goes_on = merge is not None and merge.get(name("val")) != "restart"
        yield _Slot(cell, column, width, goes_on)
        column += width


def _cells(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == name("tc"):
            yield child
        elif child.tag == name("sdt"):
            yield from (each for content in child.findall(name("sdtContent")) for each in _cells(content))


def _heads(cell: Element, row: Element, word: DocxFile, roles: Roles) -> str:
    every = list(_paragraphs(cell))
    # Beside what else the cell holds, an empty paragraph only ends it (17.4.66).
    full = [each for each in every if any(child.tag not in _NOTHING for child in each)]
    if not full and next(cell.iter(name("tbl")), None) is None:
        full = every
    found = next(filter(None, (roles.heads(word.style(each)) for each in full)), "")
    properties = row.find(name("trPr"))
    if not found or properties is None:
        return found or "data"
    look = properties.find(name("cnfStyle"))
    first = look is not None and (look.get(name("val")) or "").startswith("1")
    # A row of heads says so, and is repeated on each page (17.4.49 tblHeader).
    return "heads nothing" if first and not is_on(properties.find(name("tblHeader"))) else found


def _paragraphs(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, those of tables in it not."""
    for child in parent:
        if child.tag == name("p"):
            yield child
        elif child.tag == name("sdt"):
            yield from (each for content in child.findall(name("sdtContent")) for each in _paragraphs(content))
