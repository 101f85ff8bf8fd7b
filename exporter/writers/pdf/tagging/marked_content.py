"""Marked contents of laid-out pages, each with its HTML element and its bounding box.

WeasyPrint draws each line of text and each picture as one marked content with a number (MCID) of its own on its page
and remembers the box. Here the boxes are walked once, in the order in which they were laid out, and turned into plain
records, so that nothing after this module knows WeasyPrint's boxes, and pages of several layout runs can be joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

import pydyf

POINTS_PER_PIXEL = 0.75
"""PDF points in a CSS pixel."""


class Artifact(Enum):
    """Why a content is no part of the text (ISO 32000-1, 14.8.2.2.2)."""

    HEADER = "/Type/Pagination/Subtype/Header"
    FOOTER = "/Type/Pagination/Subtype/Footer"
    PAGINATION = "/Type/Pagination"
    LAYOUT = "/Type/Layout"

    def property_list(self, tagged: pydyf.Dictionary, box: tuple[float, float, float, float] | None = None) -> str:
        """Return the property list of an artifact in place of that of a tagged content, whose words it keeps.

        A picture has a box that says where it is (ISO 32000-2, table 363).
        """
        where = f"/BBox[{' '.join(map(str, box))}]" if box else ""
        text = f"/ActualText{tagged['ActualText'].data.decode()}" if "ActualText" in tagged else ""
        return f"<<{self.value}{where}{text}>>"


class MarkedContent(NamedTuple):
    """One marked content, or one link annotation, on one page."""

    element: Any
    """The HTML element that it belongs to."""
    pseudo: str
    """Name of the pseudo-element that made it, such as `marker`; empty for the element itself."""
    page: int
    """Index of the page, from 0."""
    mcid: int | None
    """Number of the marked content on its page; None for an annotation."""
    annotation: Any = None
    """The annotation's PDF dictionary."""
    box: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top of a picture on its page: points, y up."""
    artifact: Artifact | None = None
    """Set when the content is no part of the text."""
    text: str = ""
    """The characters that are drawn, in reading order; empty for pictures."""
    continued: bool = False
    """Whether it is a further piece of the line that the content before it began."""


def contents(pages: list[Any], page_streams: list[Any], first_page: int = 0) -> Iterator[MarkedContent]:
    """Yield what stands on the pages, page by page, in the order of the boxes.

    Args:
        pages: WeasyPrint's pages of one layout run.
        page_streams: Their streams, drawn but not yet written.
        first_page: Index of the first of them in the whole document.
    """
    heads: dict[int, int] = {}
    last_foot = _last_pages(pages, first_page)
    for index, (page, stream) in enumerate(zip(pages, page_streams, strict=True), first_page):
        if not hasattr(page, "_page_box"):
            # From the cache (`parts.cached_page`): without artifacts, which are marked in its stream.
            yield from page.contents(index)
            continue
        walk = _PageWalk(page, stream._tags, index, heads, last_foot)
        yield from walk.contents()


class _PageWalk:
    """Walks the boxes of one page."""

    def __init__(
        self, page: Any, tags: dict[Any, Any], index: int, heads: dict[int, int], feet: dict[int, int]
    ) -> None:
        self.page = page._page_box
        self.height = page.height
        self.tags = tags
        self.index = index
        self.heads = heads
        self.feet = feet

    def contents(self) -> Iterator[MarkedContent]:
        yield from self._box(self.page, None)
        # What no box led to (a stacking context of its own, say) is still on the page: never without a parent.
        for box, tag in self.tags.items():
            if not tag.get("seen"):
                yield self._content(box, tag, None)

    def _box(self, box: Any, artifact: Artifact | None) -> Iterator[MarkedContent]:
        box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder
        artifact = artifact or self._artifact(box)
        tag = self.tags.get(box)
        if tag is not None:
            tag["seen"] = True
            content = self._content(box, tag, artifact)
            yield content
            for piece in tag.get("pieces", ()):
                yield content._replace(mcid=piece, text="", continued=True)
        for child in getattr(box, "children", ()):
            yield from self._box(child, artifact)
        if box.link_annotation is not None:
            yield MarkedContent(box.element, "", self.index, None, box.link_annotation)

    def _content(self, box: Any, tag: dict[str, Any], artifact: Artifact | None) -> MarkedContent:
        position = None
        if tag["tag"] == "Figure":
            left, top = box.content_box_x(), box.content_box_y()
            bottom = self.height - top - box.height
            position = tuple(
                round(value * POINTS_PER_PIXEL, 3) for value in (left, bottom, left + box.width, bottom + box.height)
            )
        return MarkedContent(
            box.element, _pseudo(box), self.index, tag["mcid"], None, position, artifact, getattr(box, "text", "")
        )

    def _artifact(self, box: Any) -> Artifact | None:
        if box.is_leader:
            return Artifact.LAYOUT
        # The head of a table is printed again on each page, the foot on each page before the last.
        if getattr(box, "is_header", False) and box.element is not None:
            return None if self.heads.setdefault(id(box.element), self.index) == self.index else Artifact.PAGINATION
        if getattr(box, "is_footer", False) and box.element is not None:
            return None if self.feet[id(box.element)] == self.index else Artifact.PAGINATION
        return None


def _last_pages(pages: list[Any], first_page: int) -> dict[int, int]:
    """Return the last page on which each table foot stands."""
    last: dict[int, int] = {}
    for index, page in enumerate(pages, first_page):
        for box in page._page_box.descendants() if hasattr(page, "_page_box") else ():
            if getattr(box, "is_footer", False) and box.element is not None:
                last[id(box.element)] = index
    return last


def _pseudo(box: Any) -> str:
    name = box.element_tag or ""
    return str(name.partition("::")[2])
