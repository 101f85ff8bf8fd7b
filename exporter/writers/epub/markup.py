"""The house's markup with what reading apps need besides."""

from __future__ import annotations

from exporter.model import Aside, Table
from exporter.model.walk import plain_text
from exporter.writers.html import Markup, element

NARROW = 3
"""Columns that fit on a telephone; a table with more gets a frame in which it scrolls."""


class EpubMarkup(Markup):
    """Markup for the documents of an EPUB."""

    def table(self, node: Table, depth: int) -> str:
        """Give a table; a wide one in a frame that scrolls, by keyboard too (WCAG 1.4.10, 2.1.1)."""
        table = super().table(node, depth)
        if len(node.columns) <= NARROW:
            return table
        name = plain_text(node.caption) or self.labels("epub.table")
        values = {"class": "table-scroll", "role": "group", "aria-label": name, "tabindex": "0"}
        return element("div", table, values)

    def _aside(self, node: Aside, depth: int) -> str:
        # Not a landmark: a chapter has many boxes, and landmarks of one name hide each other (axe landmark-unique).
        aside = super()._aside(node, depth)
        start, end = aside.split(">", 1)
        return aside if " role=" in start else f'{start} role="note">{end}'
