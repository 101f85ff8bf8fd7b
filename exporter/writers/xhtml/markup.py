"""The house's markup with what reading apps need besides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exporter.model import Aside, Block, CodeBlock, Inline, Section, Span, Table
from exporter.model.walk import plain_text
from exporter.writers.markup import Attributes, Markup, element, escape
from exporter.writers.xhtml.page_list import Mark, PagedPublication

NARROW = 2
"""Columns that fit on a telephone in large type; a table with more gets a frame in which it scrolls."""


class XhtmlMarkup(Markup):
    """Markup for the documents of an EPUB.

    Args:
        paging: Where pages begin.
        settings: Those of the house's markup.
    """

    column_widths = False

    def __init__(self, *args: Any, paging: PagedPublication, **settings: Any) -> None:
        super().__init__(*args, **settings, epub=True)
        self.paging = paging
        self._inside = paging.inside
        self._frames: set[str] = set()
        """Names of the frames around tables that are regions."""

    def _block(self, node: Block, depth: int) -> str:
        block = super()._block(node, depth)
        return block if isinstance(node, Section) else self._marks_before(node) + block

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Return a section, behind the marks of pages that begin with it."""
        return self._marks_before(node) + super().section(node, depth, values)

    def code(self, node: CodeBlock) -> str:
        """Return the characters of a code block, with the marks of pages that begin within."""
        parts, end = "", 0
        for at, mark in self.paging.within.get(node.at.id or "", ()):
            parts += escape(node.text[end:at]) + self._mark("span", mark)
            end = at
        return parts + escape(node.text[end:])

    def _marks_before(self, node: Block) -> str:
        return self.page_marks(self.paging.before.get(node.at.id or "", ()))

    def page_marks(self, marks: Iterable[Mark]) -> str:
        """Return the marks of pages as blocks."""
        return "".join(self._mark("div", mark) + "\n" for mark in marks)

    def _mark(self, name: str, mark: Mark) -> str:
        values = {"id": mark.id, "aria-label": self.labels("common.page", number=mark.label)}
        return element(name, "", {**values, "class": "page-mark", **self.semantics("doc-pagebreak", "pagebreak")})

    def _inline(self, node: Inline) -> str:
        if isinstance(node, Span) and (mark := self._inside.get(node.at.id or "")):
            return "" if self._plain else self._mark("span", mark)
        return super()._inline(node)

    def framed(self, node: Table, table: str) -> str:
        """Return a table; a wide one in a frame that scrolls, by keyboard too (WCAG 1.4.10, 2.1.1)."""
        if len(node.columns) <= NARROW:
            return table
        name = plain_text(node.caption) or self.labels("epub.table")
        # A region is a landmark, and landmarks of one name hide each other (axe landmark-unique).
        role = "group" if name in self._frames else "region"
        self._frames.add(name)
        return element("div", table, {"class": "table-scroll", "role": role, "aria-label": name, "tabindex": "0"})

    def _aside(self, node: Aside, depth: int) -> str:
        # Not a landmark: a chapter has many boxes, and landmarks of one name hide each other (axe landmark-unique).
        aside = super()._aside(node, depth)
        start, end = aside.split(">", 1)
        return aside if " role=" in start else f'{start} role="note">{end}'
