"""Rows of tables that do not fit on a page.

Changes: `table_layout` and `block_container_layout` of `weasyprint.layout.block`.

Header and footer rows. Why: WeasyPrint leaves out header rows that do not fit on a page together with a row below them,
and footer rows likewise: their text is lost. Here they join the rows of the body, which are divided where a page ends.

Cells. Why: if nothing of the rest of a cell fits on a page, WeasyPrint prints the cell from its beginning on the next
one: its text is there twice. Here its rest is on the next page.

Rows. Why: if nothing of one cell fits on a page, as where the footnotes of its first line do not, WeasyPrint prints
that cell on the next page, and the others on this one. Here the row begins on the next page.

Upstream: no issues are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Any
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """Keep header and footer rows that are too high for a page, and print the text of cells once."""
    from weasyprint.formatting_structure.boxes import TableCellBox
    from weasyprint.layout import block

    lay_out, lay_out_container = block.table_layout, block.block_container_layout
    unplaced: list[list[Any]] = []
    """The cells of which nothing fits on the page, for each table that is being laid out, the innermost last."""

    def table_layout(context: Any, table: Any, *space: Any) -> Any:
        *_, absolute_boxes, fixed_boxes = space
        while True:
            unplaced.append([])
            try:
                result = with_all_rows(context, table, *space)
            finally:
                cells = [cell for cell in unplaced.pop() if cell.style["break_inside"] != "avoid"]
            if not cells:
                return result
            for cell in cells:
                # Cells that are alike share one style.
                cell.own_break, cell.style = cell.style["break_inside"], cell.style.copy()
                cell.style["break_inside"] = "avoid"
            if result[0] is not None:
                block.remove_placeholders(context, [result[0]], absolute_boxes, fixed_boxes)

    def with_all_rows(context: Any, table: Any, *space: Any) -> Any:
        _, skip_stack, *_, absolute_boxes, fixed_boxes = space
        result = lay_out(context, table, *space)
        laid_out, resume_at = result[:2]
        if laid_out is None:
            return result
        groups = table.children
        if len(groups) > 1 and resume_at is None and _loses(groups[-1], laid_out, "is_footer"):
            *groups, footer = groups
            groups = [*groups[:-1], _joined(groups[-1], groups[-1], footer)]
        if len(groups) > 1 and skip_stack is None and _loses(groups[0], laid_out, "is_header"):
            header, first, *groups = groups
            groups = [_joined(first, header, first), *groups]
        if groups is table.children:
            return result
        table.children = groups
        block.remove_placeholders(context, [laid_out], absolute_boxes, fixed_boxes)
        return lay_out(context, table, *space)

    def block_container_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, page_is_empty: bool, *rest: Any, **named: Any
    ) -> Any:
        result = lay_out_container(context, box, bottom_space, skip_stack, page_is_empty, *rest, **named)
        if not isinstance(box, TableCellBox):
            return result
        if skip_stack is None and not page_is_empty:
            if result[0] is None:
                unplaced[-1].append(box)
            elif hasattr(box, "own_break"):
                box.style["break_inside"] = box.own_break
        if result[0] is not None or skip_stack is None:
            return result
        # The cell is resumed on the next page at the same position.
        empty = box.copy_with_children([])
        laid_out, _, *others = lay_out_container(context, empty, bottom_space, skip_stack, True, *rest, **named)
        return laid_out, skip_stack, *others

    with (
        patch.object(block, "table_layout", table_layout),
        patch.object(block, "block_container_layout", block_container_layout),
    ):
        yield


def _loses(group: Any, laid_out: Any, role: str) -> bool:
    """Return whether a group of rows with a role is missing from the table that is laid out."""
    has_role = attrgetter(role)
    return bool(has_role(group)) and not any(map(has_role, laid_out.children))


def _joined(group: Any, *groups: Any) -> Any:
    """Return a group with the rows of several; a break between groups is not possible everywhere on an empty page."""
    joined = group.copy_with_children([row for other in groups for row in other.children])
    joined.is_header = joined.is_footer = False
    return joined
