"""Header cells of tables."""

from __future__ import annotations

from itertools import chain

from exporter import model as m
from exporter.model.table_grid import Headings, count_heading_rows, place_cells


def _row(*cells: str) -> m.Row:
    """Return a row; `c` heads its column and `r` its row, and a number is a column span."""
    scopes = {"c": m.Scope.COLUMN, "r": m.Scope.ROW}
    return m.Row(
        tuple(
            m.Cell((m.Paragraph((m.Text(cell),)),), scope=scopes.get(cell[0]), colspan=int(cell[1:2] or 1))
            for cell in cells
        )
    )


def test_headings_apply_to_what_is_below_or_behind_them() -> None:
    head = (_row("c", "c2", "c"), _row("c", "c", "c", "c"))
    bodies = (
        (_row("r", "d", "d", "d"), _row("r", "d3")),
        (_row("c2", "d", "d"), _row("d", "d", "r", "d")),
        (_row("d4"),),
    )
    lines = place_cells((head, *bodies))
    headings = Headings(lines)
    assert list(headings) == [placed for placed in chain(*lines) if placed.cell.scope]
    positions = {
        (placed.row, placed.column): [(heading.row, heading.column) for heading in headings.of(placed)]
        for placed in chain(*lines)
    }
    assert positions[0, 1] == []
    assert positions[1, 2] == [(0, 1)]
    assert positions[2, 2] == [(0, 1), (1, 2), (2, 0)]
    assert positions[3, 1] == [(0, 1), (0, 3), (1, 1), (1, 2), (1, 3), (3, 0)]
    assert positions[5, 1] == [(0, 1), (1, 1), (4, 0)]
    assert positions[5, 3] == [(0, 3), (1, 3), (5, 2)]
    before = {(3, 1): [(0, 1), (0, 3), (3, 0)], (6, 0): [], (2, 2): positions[2, 2]}
    for (row, column), expected in before.items():
        (placed,) = (placed for placed in lines[row] if placed.column == column)
        assert [(heading.row, heading.column) for heading in headings.before(placed)] == expected, (row, column)
    # A heading inside a part of the table is none of the next part.
    assert positions[6, 0] == [position for position in positions if position[0] < 2]
    assert list(headings.of_row(5)) == [lines[5][2]]


def test_rows_of_cells_that_span_columns_head_a_table_together_with_the_row_below() -> None:
    plain, group, title = _row("d", "d", "d"), _row("d", "d2"), _row("d3")
    for rows, count in (
        ((plain, plain), 1),
        ((group, plain, plain), 2),
        ((title, group, plain, plain), 3),
        ((plain, group, plain), 1),
        ((group, plain), 1),
        ((title, title), 1),
        ((), 1),
    ):
        assert count_heading_rows(rows) == count
    tall = m.Row(tuple(m.Cell((), rowspan=2) for _ in range(3)))
    assert count_heading_rows((tall, plain, plain)) == 2
    name, figures = m.Cell((), rowspan=4), (m.Cell(()), m.Cell(()))
    data = (m.Row((name, *figures)), *(m.Row(figures) for _ in range(3)), plain)
    assert count_heading_rows(data) == 1
    assert count_heading_rows((plain, *data)) == 1
    assert count_heading_rows((title, *data)) == 2
    deep = m.Row((m.Cell((), rowspan=2), *figures))
    assert count_heading_rows((group, deep, _row("d", "d"), plain)) == 3
