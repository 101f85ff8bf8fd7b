"""Markup of content documents, with page marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exporter.model import Aside, Block, Code, CodeBlock, Inline, Section, Span, Table
from exporter.writers.markup import tables
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.xhtml.page_list import Mark, PagedPublication
from exporter.writers.xhtml.stacked_tables import StackedTableMarkup


class XhtmlMarkup(StackedTableMarkup):
    """Markup for content documents of an EPUB.

    Args:
        paging: The starts of pages.
        settings: Those of `Markup`.
    """

    column_widths = False

    def __init__(self, *args: Any, paging: PagedPublication, **settings: Any) -> None:
        super().__init__(*args, **settings, epub=True)
        self.paging = paging
        self._marks_by_id = paging.marks_by_id
        self.stacked_widths = set()
        self._regions: set[str] = set()
        """Names of the wrappers of tables that are regions."""

    def _block(self, node: Block, depth: int) -> str:
        block = super()._block(node, depth)
        return block if isinstance(node, Section) else self._marks_before(node) + block

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Return a section after the marks of pages that begin with it."""
        return self._marks_before(node) + super().section(node, depth, values)

    def code(self, node: CodeBlock | Code) -> str:
        """Return the characters of code, with the marks of pages that begin in it."""
        if self._plain:
            return super().code(node)
        parts, end = "", 0
        for at, mark in self.paging.within.get(node.at.id or "", ()):
            parts += escape(node.text[end:at]) + self._mark("span", mark)
            end = at
        return parts + escape(node.text[end:])

    def _marks_before(self, node: Block) -> str:
        return self.page_marks(self.paging.before.get(node.at.id or "", ()))

    def page_marks(self, marks: Iterable[Mark]) -> str:
        """Return page marks as blocks."""
        return "".join(self._mark("div", mark) + "\n" for mark in marks)

    def _mark(self, name: str, mark: Mark) -> str:
        values = {"id": mark.id, "aria-label": self.labels("common.page", number=mark.label)}
        return element(name, "", {**values, "class": "page-mark", **self.semantics("doc-pagebreak", "pagebreak")})

    def _inline(self, node: Inline) -> str:
        if isinstance(node, Span) and (mark := self._marks_by_id.get(node.at.id or "")):
            return "" if self._plain else self._mark("span", mark)
        return super()._inline(node)

    def framed(self, node: Table, table: str) -> str:
        """Return a table, a wide one in a wrapper that scrolls."""
        return tables.scrollable(self, node, table, self._regions)

    def _aside(self, node: Aside, depth: int) -> str:
        # Not a landmark: a chapter has many boxes, and landmarks need different names (axe landmark-unique).
        aside = super()._aside(node, depth)
        start, end = aside.split(">", 1)
        return aside if " role=" in start else f'{start} role="note">{end}'
