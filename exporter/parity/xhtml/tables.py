"""Rows and cells of tables (HTML, 4.9)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from exporter.parity.content import IN_HEAD
from exporter.parity.xhtml import elements

_CELL_ROLES = {"col": "columnheader", "row": "rowheader"}
"""Roles of header cells by the beginning of their scope."""
_MOST = 1 << 16
"""Rows or columns that a cell may cover."""


def groups(table: Any) -> Iterator[list[Any]]:
    """Yield the rows of a table in their groups."""
    loose: list[Any] = []
    for child in table:
        tag = elements.name(child)
        if tag in {"thead", "tbody", "tfoot"}:
            if loose:
                yield loose
                loose = []
            yield [row for row in child if elements.name(row) == "tr" and not _is_hidden_part(row)]
        elif tag == "tr" and not _is_hidden_part(child):
            loose.append(child)
    if loose:
        yield loose


def _is_hidden_part(row: Any) -> bool:
    return elements.is_hidden(row) or elements.is_hidden(row.getparent())


def detail(cell: Any, left: int) -> str:
    """Return the scope and the spans of a cell; `left` is the number of rows left in its group."""
    scope = (cell.get("scope") or "").lower()
    role = cell.get("role")
    if role and role != _CELL_ROLES.get(scope[:3] if elements.name(cell) == "th" else "", "cell"):
        kind = f"{elements.name(cell)} with the role {role}"
    elif elements.name(cell) == "td":
        kind = "data"
    elif scope.startswith("row"):
        kind = "heads its row"
    else:
        kind = "heads its column" if scope.startswith("col") else "heads nothing"
    height = min(max(elements.number(cell, "rowspan"), 1) if cell.get("rowspan") != "0" else left, left)
    width = min(max(elements.number(cell, "colspan"), 1), _MOST)
    in_head = any(elements.name(ancestor) == "thead" for ancestor in islice(cell.iterancestors(), 2))
    return f"{kind}, {height} by {width}{IN_HEAD * in_head}"
