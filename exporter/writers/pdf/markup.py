"""The markup of the pages."""

from __future__ import annotations

import math
from collections.abc import Iterable

from exporter.model import Aside, Block, Image, Section, ThematicBreak
from exporter.model.east_asian import count_words
from exporter.model.walk import plain_text
from exporter.writers.markup.element import Attributes
from exporter.writers.pdf.column_widths import letters
from exporter.writers.pdf.patches.page_breaks import CHAPTER, LONG_CHAPTER
from exporter.writers.pdf.stacked_tables import StackedTableMarkup

ICON = 12
"""Millimetres below which a picture is an icon, which has its own width in a cell."""
_PIXELS_PER_MILLIMETRE = 96 / 25.4
SHORT_BOX = 110
"""Words up to which a box is not divided between pages."""


LONG_HEADING = 120
"""Letters from which a heading is smaller."""


class PageMarkup(StackedTableMarkup):
    """The markup of the pages: headings also carry their plain words, for running heads and bookmarks."""

    folds_descriptions = False
    table_scale: float = 0.82
    """Size of the type in tables by that of the text, as in `tables.css`."""
    long_chapter: float = 2
    """Pages full of text beyond which a chapter is long: with headings, figures and tables, about three pages."""
    page_letters: float = math.inf
    """Letters of running text on a page that is full of it."""

    def blocks(self, nodes: Iterable[Block], depth: int = 0) -> str:
        """Return blocks without a break before a heading, at the beginning or at the end: it would part nothing."""
        nodes = tuple(nodes)
        before, after = (None, *nodes), (*nodes[1:], None)
        parting = (
            node
            for previous, node, following in zip(before, nodes, after, strict=False)
            if not isinstance(node, ThematicBreak)
            or node.at.id in self.identifiers.targets
            or (previous and following and not isinstance(following, Section))
        )
        return super().blocks(parting if len(nodes) > 1 else nodes, depth)

    def aside_classes(self, node: Aside) -> tuple[str, ...]:
        """Mark a box that stays on one page."""
        return ("short",) if count_words(plain_text(node.children)) <= SHORT_BOX else ()

    def image_size(self, node: Image) -> Attributes:
        """Return the width that the manuscript sets as a style; the page engine knows that of the file."""
        asset = self.assets.get(node.source)
        width = node.width or (asset.width / _PIXELS_PER_MILLIMETRE if asset else 0)
        return {
            **super().image_size(node),
            "style": f"width:{node.width:g}mm" if node.width else None,
            "data-icon": "" if width < ICON else None,
        }

    def heading_attributes(self, node: Section) -> Attributes:
        """Return the heading's words without the marks of notes, and whether it takes four lines or more."""
        title = plain_text(node.title)
        return {"class": "long-heading" if letters(title) > LONG_HEADING else None, "data-title": title or None}

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Return a section; a chapter is marked, since it may begin a page, and a long one, since it does."""
        classes = None
        if depth == 1:
            is_long = len(plain_text(node)) > self.long_chapter * self.page_letters
            classes = f"{CHAPTER} {LONG_CHAPTER}" if is_long else CHAPTER
        return super().section(node, depth, {"class": classes, **(values or {})})
