"""The grid of a table: what a cell covers, and which cells head it."""

from __future__ import annotations

from collections.abc import Sequence

from exporter import model as m


def detail(cell: m.Cell, height: int) -> str:
    """Say what a cell heads, and how many rows and columns it covers."""
    kind = (
        "data" if cell.scope is None else "heads its row" if cell.scope.value.startswith("row") else "heads its column"
    )
    return f"{kind}, {height} by {cell.colspan}"


def headers_by_cell(groups: Sequence[Sequence[m.Row]]) -> dict[int, list[int]]:
    """Give, for tables with spans, the head cells of each cell, all by their identity."""
    placed: list[tuple[m.Cell, int, range, range]] = []
    first = 0
    for number, group in enumerate(groups):
        taken: set[tuple[int, int]] = set()
        for index, row in enumerate(group):
            column = 0
            for cell in row.cells:
                while (index, column) in taken:
                    column += 1
                rows = range(index, min(index + cell.rowspan, len(group)))
                columns = range(column, column + cell.colspan)
                taken.update((down, right) for down in rows for right in columns)
                placed.append((cell, number, range(first + rows.start, first + rows.stop), columns))
                column += cell.colspan
        first += len(group)
    if all(cell.rowspan == cell.colspan == 1 for cell, *_ in placed):
        return {}
    found: dict[int, list[int]] = {}
    for cell, group_, rows, columns in placed:
        names: list[int] = []
        for head, its_group, its_rows, its_columns in placed:
            if head.scope is None:
                continue
            if head.scope.value.startswith("col"):
                over = its_group in {0, group_} and its_rows.stop <= rows.start and _meet(its_columns, columns)
            else:
                over = its_columns.stop <= columns.start and _meet(its_rows, rows)
            if over:
                names.append(id(head))
        found[id(cell)] = names
    return found


def _meet(one: range, two: range) -> bool:
    return one.start < two.stop and two.start < one.stop
