"""Tables in large print: type is never made smaller, and no table reaches into the margin."""

from __future__ import annotations

from exporter.model import Table
from exporter.model.table_grid import PlacedCell
from exporter.writers.pdf import column_widths
from exporter.writers.pdf.markup import PageMarkup


class LargeMarkup(PageMarkup):
    """The markup of the pages, with tables that a line in large type can hold with some white around the words."""

    table_scale = 1

    def fits(self, node: Table, lines: list[list[PlacedCell]]) -> bool:  # noqa: ARG002 - the base's signature
        """Return whether no word breaks and no column is a thread."""
        return column_widths.need(lines) <= self.line

    def table_classes(self, node: Table, lines: list[list[PlacedCell]]) -> list[str]:
        """Say how the table is set."""
        return [name for name in super().table_classes(node, lines) if name != "wide"]
