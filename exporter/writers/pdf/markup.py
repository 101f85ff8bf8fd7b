"""The markup of the pages."""

from __future__ import annotations

from exporter.model import Section
from exporter.model.walk import plain_text
from exporter.writers.html import Attributes, Markup

SHORT_CHAPTER = 120
"""Words below which a chapter follows the one before it on the same page."""


class PageMarkup(Markup):
    """The markup of the pages: headings also carry their plain words, for running heads and bookmarks."""

    def heading_attributes(self, node: Section) -> Attributes:
        """Give the heading's words without the marks of notes."""
        return {"data-title": plain_text(node.title) or None}

    def section(self, node: Section, depth: int, values: Attributes | None = None) -> str:
        """Give a section; a short chapter is marked, since it needs no page of its own."""
        short = depth == 1 and len(plain_text(node.children).split()) < SHORT_CHAPTER
        return super().section(node, depth, {"class": "short" if short else None, **(values or {})})
