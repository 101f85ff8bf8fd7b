"""Rows of tables that do not fit on a page.

Changes: `table_layout` and `block_container_layout` of `weasyprint.layout.block`.

Header and footer rows. Why: WeasyPrint leaves out header rows that do not fit on a page together with a row below them,
and footer rows likewise: their text is lost. Here they join the rows of the body, which are divided where a page ends.

Cells. Why: if nothing of the rest of a cell fits on a page, WeasyPrint prints the cell from its beginning on the next
one: its text is there twice. Here its rest is on the next page.

Rows. Why: if nothing of one cell fits on a page, as where the footnotes of its first line do not, WeasyPrint prints
that cell on the next page, and the others on this one. Here the row begins on the next page.

Columns. Why: for drawing, WeasyPrint reverses the list of the widths of a table that runs from right to left, and where
that is laid out again, as for the reasons above, its columns have the widths of those on the other side. Here each
layout has a list of its own.

Captions. Why: if nothing of a table fits below its caption, WeasyPrint prints the caption alone at the end of a page.
Here it is on the next page, with its table.

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

    engine_layout, lay_out_container = block.table_layout, block.block_container_layout
    whole: list[set[int]] = []
    """Cells that are not divided, by identity, for each table that is being laid out, the innermost last."""
    unplaced: list[list[Any]] = []
    """Cells of which nothing fits on the page, in the same way."""

    def lay_out(context: Any, table: Any, *space: Any) -> Any:
        widths = table.column_widths
        table.column_widths = list(widths)
        try:
            return engine_layout(context, table, *space)
        finally:
            table.column_widths = widths

    def table_layout(context: Any, table: Any, *space: Any) -> Any:
        *_, absolute_boxes, fixed_boxes = space
        whole.append(set())
        unplaced.append([])
        try:
            while True:
                unplaced[-1].clear()
                result = with_all_rows(context, table, *space)
                cells = [cell for cell in unplaced[-1] if cell.style["break_inside"] != "avoid"]
                if not cells:
                    return result
                for cell in cells:
                    whole[-1].add(id(cell))
                    # Cells that are alike share one style.
                    cell.own_style, cell.style = cell.style, cell.style.copy()
                    cell.style["break_inside"] = "avoid"
                if result[0] is not None:
                    block.remove_placeholders(context, [result[0]], absolute_boxes, fixed_boxes)
        finally:
            whole.pop()
            unplaced.pop()

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

    def block_container_layout(  # noqa: PLR0917 - the signature of WeasyPrint
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        page_is_empty: bool,
        absolute_boxes: list[Any],
        fixed_boxes: list[Any],
        *rest: Any,
        **named: Any,
    ) -> Any:
        is_cell = isinstance(box, TableCellBox)
        if is_cell and hasattr(box, "own_style") and id(box) not in whole[-1]:
            box.style = box.__dict__.pop("own_style")
        space = absolute_boxes, fixed_boxes, *rest
        result = lay_out_container(context, box, bottom_space, skip_stack, page_is_empty, *space, **named)
        if not page_is_empty and _has_caption_alone(box, *result[:2]):
            block.remove_placeholders(context, [result[0]], absolute_boxes, fixed_boxes)
            result = None, None, *result[2:]
        if not is_cell:
            return result
        if skip_stack is None and not page_is_empty and result[0] is None:
            unplaced[-1].append(box)
        if result[0] is not None or skip_stack is None:
            return result
        # The cell is resumed on the next page at the same position.
        empty = box.copy_with_children([])
        laid_out, _, *others = lay_out_container(context, empty, bottom_space, skip_stack, True, *space, **named)
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


def _has_caption_alone(box: Any, laid_out: Any, resume_at: dict[int, Any] | None) -> bool:
    """Return whether of a table with a caption nothing else is laid out."""
    if laid_out is None or not box.is_table_wrapper or not resume_at:
        return False
    ((index, rest),) = resume_at.items()
    return rest is None and index > 0 and not any(part.element_tag == "table" for part in laid_out.children)


def _joined(group: Any, *groups: Any) -> Any:
    """Return a group with the rows of several; a break between groups is not possible everywhere on an empty page."""
    joined = group.copy_with_children([row for other in groups for row in other.children])
    joined.is_header = joined.is_footer = False
    return joined
