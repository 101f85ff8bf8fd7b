"""Markup of the page for browsers."""

from __future__ import annotations

import re
from typing import Any

from exporter.model import Aside, DefinitionList, Image, LineBlock, PageBreak, Table
from exporter.writers.markup import tables
from exporter.writers.markup.block import Markup
from exporter.writers.markup.element import Attributes, element
from exporter.writers.web import scrolling_tables

DEEPEST = 12
"""Greatest indent of a line of verse in half ems, so that it fits on a phone."""

_ROLE = re.compile(r' role="[^"]*"')


class WebMarkup(Markup):
    """Markup for the page: its title is the heading of level 1, and no attribute contains a style."""

    levels_above = 1
    column_widths = False

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._regions: set[str] = set()
        """Names of the wrappers of tables that are regions."""

    def image(self, node: Image, *, details: str | None = None) -> str:
        """Return an image; a decorative one has an empty `alt` and no role, which would be an error (HTML 4.8.3)."""
        return (
            super().image(node, details=details).replace(' alt="" role="presentation"', ' alt="" class="decorative"', 1)
        )

    def image_size(self, node: Image) -> Attributes:
        """Return the size of an image, marked if the manuscript sets it."""
        return {**super().image_size(node), **({"data-sized": ""} if node.width else {})}

    def framed(self, node: Table, table: str) -> str:
        """Return a table, one of several columns in a wrapper that scrolls if it does not fit into its frame."""
        classes = ("table-scroll", *scrolling_tables.classes(node))
        wrapped = tables.scrollable(self, node, table, self._regions, classes)
        if wrapped == table:
            return table
        return element("div", wrapped, {"class": "table-frame wide" if "wide" in classes else "table-frame"})

    def _aside(self, node: Aside, depth: int) -> str:
        # Not a landmark: a long text has many boxes, and landmarks need different names. To browsers, a pull quote is a
        # landmark with its DPUB-ARIA role too.
        start, end = super()._aside(node, depth).split(">", 1)
        return f'{_ROLE.sub("", start)} role="note">{end}'

    def _page_break(self, node: PageBreak) -> str:
        # The name is a title, since browsers know no name for this role.
        return super()._page_break(node).replace(" aria-label=", " title=", 1)

    def _definitions(self, node: DefinitionList, depth: int) -> str:
        # The last term of a list needs a definition (HTML 4.4.9).
        markup = super()._definitions(node, depth)
        is_open = not node.items or not node.items[-1].definitions
        return f"{markup.removesuffix('</dl>')}<dd></dd></dl>" if is_open and "<dt" in markup else markup

    def _lines(self, node: LineBlock) -> str:
        # Classes, since the policy of the page allows its style sheet and no style attributes.
        lines = []
        for line in node.lines:
            inset = f" inset-{min(line.indent, DEEPEST)}" if line.indent > 0 else ""
            content = self.inlines(line.children) or "\u00a0"
            lines.append(element("div", content, {**self.at(line), "class": f"line{inset}"}))
        return element("div", "\n".join(lines), {**self.at(node), "class": "lines"})
