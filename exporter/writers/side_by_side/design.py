"""Markup and style sheet of the side-by-side page."""

from __future__ import annotations

from exporter.model import Table
from exporter.model.parallel_blocks import is_side_by_side
from exporter.model.table_grid import PlacedCell
from exporter.writers.markup.element import Attributes
from exporter.writers.web.document import Design
from exporter.writers.web.markup import WebMarkup


class SideBySideMarkup(WebMarkup):
    """Markup in which the tables with both texts have a class, and a role in each part.

    On narrow screens the two texts of a row stand under each other. A row that is no table row on the screen loses its
    role in some browsers, unless it states it (ARIA in HTML).
    """

    _has_roles = False

    def table(self, node: Table, depth: int) -> str:
        """Return a table and its long description."""
        was, self._has_roles = self._has_roles, is_side_by_side(node)
        try:
            return super().table(node, depth)
        finally:
            self._has_roles = was

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Return the classes of a table."""
        return ["side-by-side"] if is_side_by_side(node) else super().table_classes(node, lines)

    def table_role(self, role: str) -> Attributes:
        """Return the role of a part of a table."""
        return {"role": role if self._has_roles else None}


DESIGN = Design("side-by-side", SideBySideMarkup, ("web/side-by-side.css",))
