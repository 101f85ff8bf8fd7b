"""The house's markup with what reading apps need besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exporter.model import Aside, Block, Section, Table
from exporter.model.walk import plain_text
from exporter.writers.epub.pages import Mark
from exporter.writers.html import Attributes, Markup, element

NARROW = 3
"""Columns that fit on a telephone; a table with more gets a frame in which it scrolls."""


class EpubMarkup(Markup):
    """Markup for the documents of an EPUB.

    Args:
        marks: Pages that begin at a block, by its `At.id`.
        settings: Those of the house's markup.
    """

    def __init__(self, *args: Any, marks: Mapping[str, Mark], **settings: Any) -> None:
        super().__init__(*args, **settings, epub=True)
        self.marks = marks

    def _block(self, node: Block, depth: int) -> str:
        block = super()._block(node, depth)
        return block if isinstance(node, Section) else self._mark(node) + block

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Give a section, behind the mark of the page that begins with it."""
        return self._mark(node) + super().section(node, depth, values)

    def _mark(self, node: Block) -> str:
        mark = self.marks.get(node.at.id or "")
        if mark is None:
            return ""
        values = {"id": mark.id, "aria-label": self.labels("common.page", number=mark.label)}
        return (
            element("div", "", {**values, "class": "page-mark", **self.semantics("doc-pagebreak", "pagebreak")}) + "\n"
        )

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
