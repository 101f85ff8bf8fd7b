"""The house's markup with what browsers need besides."""

from __future__ import annotations

import re

from exporter.model import Aside, DefinitionList, Image, LineBlock, PageBreak, Table
from exporter.model.walk import plain_text
from exporter.writers.markup import Markup, element

NARROW = 2
"""Columns that fit on a telephone in large type; a table with more gets a frame in which it scrolls."""
DEEPEST = 12
"""Half ems by which a line of verse is set in at most, so that it still fits on a telephone."""

_ROLE = re.compile(r' role="[^"]*"')


class WebMarkup(Markup):
    """Markup for the page: the title is its heading of level 1, and no style stands in an attribute."""

    levels_above = 1
    column_widths = False
    _regions: frozenset[str] = frozenset()
    """Names of the frames around tables that are regions."""

    def image(self, node: Image, *, details: str | None = None) -> str:
        """Return a picture; an empty `alt` says that it is decorative; a role beside it is an error (HTML 4.8.3)."""
        return (
            super().image(node, details=details).replace(' alt="" role="presentation"', ' alt="" class="decorative"', 1)
        )

    def framed(self, node: Table, table: str) -> str:
        """Return a table; a wide one in a frame that scrolls, by keyboard too (WCAG 1.4.10, 2.1.1)."""
        if len(node.columns) <= NARROW:
            return table
        name = plain_text(node.caption) or self.labels("epub.table")
        # A region is a landmark, and landmarks of one name hide each other.
        role = "group" if name in self._regions else "region"
        self._regions |= {name}
        return element("div", table, {"class": "table-scroll", "role": role, "aria-label": name, "tabindex": "0"})

    def _aside(self, node: Aside, depth: int) -> str:
        # Not a landmark: a long text has many boxes, and landmarks of one name hide each other. A pull quote is one
        # to browsers whatever role of DPUB-ARIA it has.
        start, end = super()._aside(node, depth).split(">", 1)
        return f'{_ROLE.sub("", start)} role="note">{end}'

    def _page_break(self, node: PageBreak) -> str:
        # The name stands in a title: browsers know the role as one that may have no label.
        return super()._page_break(node).replace(" aria-label=", " title=", 1)

    def _definitions(self, node: DefinitionList, depth: int) -> str:
        # A list of terms may not end with one that nothing is said of (HTML 4.4.9).
        whole = super()._definitions(node, depth)
        bare = not node.items or not node.items[-1].definitions
        return f"{whole.removesuffix('</dl>')}<dd></dd></dl>" if bare and "<dt" in whole else whole

    def _lines(self, node: LineBlock) -> str:
        # Classes instead of style attributes: the page's policy allows its one style sheet and nothing else.
        lines = []
        for line in node.lines:
            inset = f" inset-{min(line.indent, DEEPEST)}" if line.indent > 0 else ""
            words = self.inlines(line.children) or "\u00a0"
            lines.append(element("div", words, {**self.at(line), "class": f"line{inset}"}))
        return element("div", "\n".join(lines), {**self.at(node), "class": "lines"})
