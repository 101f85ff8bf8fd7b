"""Header and footer rows of tables that do not fit on a page.

Changes: `table_layout` as `weasyprint.layout.block` uses it.
Why: WeasyPrint leaves out header rows that do not fit on a page together with a row below them, and footer rows
likewise: their text is lost. Here they become the first and the last rows of the table, divided where a page ends.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Any
from unittest.mock import patch


@contextmanager
def patched() -> Iterator[None]:
    """Keep header and footer rows that are too high for a page."""
    from weasyprint.layout import block

    lay_out = block.table_layout

    def table_layout(context: Any, table: Any, *space: Any) -> Any:
        _, skip_stack, *_, absolute_boxes, fixed_boxes = space
        result = lay_out(context, table, *space)
        laid_out, resume_at = result[:2]
        if laid_out is None:
            return result
        lost = []
        if skip_stack is None and _loses(table.children[:1], laid_out, "is_header"):
            lost += table.children[:1]
        if resume_at is None and _loses(table.children[-1:], laid_out, "is_footer"):
            lost += table.children[-1:]
        if not lost:
            return result
        for group in lost:
            group.is_header = group.is_footer = False
        block.remove_placeholders(context, [laid_out], absolute_boxes, fixed_boxes)
        return lay_out(context, table, *space)

    with patch.object(block, "table_layout", table_layout):
        yield


def _loses(groups: list[Any], laid_out: Any, role: str) -> bool:
    """Return whether the group of a table with a role is missing from the table that is laid out."""
    has_role = attrgetter(role)
    return any(map(has_role, groups)) and not any(map(has_role, laid_out.children))
