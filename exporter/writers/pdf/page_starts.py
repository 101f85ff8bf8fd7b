"""Beginnings of pages in the text, for editions that refer to the same pages."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from weasyprint import Document

_NOT_COUNTED = ("Cf", "Cc", "Zs", "Zl", "Zp")
"""Spaces, soft hyphens, marks of direction: an edition may have others."""


class PageStart(msgspec.Struct, frozen=True):
    """The first thing on a page: no running head, no note, no head of a table that is printed once more."""

    node: str = ""
    """`id` of the innermost element around it that has one: `At.id` of a node; empty for what is not in the tree."""
    characters: int = 0
    """How many characters of that node stand on the pages before, as `counted` counts them."""
    part: str = ""
    """Class of the part of the frame, such as `cover` or `contents`; empty for what is in the tree."""


def counted(text: str) -> int:
    """Count the characters of `text` but for spaces and what cannot be seen."""
    if text.isascii():
        return sum(map(len, text.split()))
    return sum(unicodedata.category(character) not in _NOT_COUNTED for character in text)


def starts(document: Document) -> tuple[PageStart | None, ...]:
    """Return the start of every page; None for one that is empty."""
    return starts_of(document.pages)


def starts_of(pages: Iterable[Any]) -> tuple[PageStart | None, ...]:
    """Return the start of each of these pages, of which those from the cache know their own."""
    walk = _Walk()
    return tuple(walk.page(page._page_box) if hasattr(page, "_page_box") else page.start for page in pages)


class _Walk:
    """Goes through the boxes of all pages in order."""

    def __init__(self) -> None:
        self.before: dict[str, int] = defaultdict(int)
        """Characters met so far, by id."""
        self.heads: set[int] = set()
        """Elements of table heads and feet met so far."""

    def page(self, box: Any) -> PageStart | None:
        start: PageStart | None = None
        for ids, part, count in self._contents(box, (), ""):
            if start is None:
                start = PageStart(ids[-1], self.before[ids[-1]]) if ids else PageStart(part=part)
            for name in ids:
                self.before[name] += count
        return start

    def _contents(self, box: Any, ids: tuple[str, ...], part: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
        """Yield, for each text and image, the IDs around it, its part of the document, and its number of characters."""
        box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder
        if self._is_no_text(box):
            return
        if box.element is not None and box.element_tag not in {"html", "body", "main"}:
            if (name := box.element.get("id")) and name not in ids:
                ids = (*ids, name)
            part = part or next(iter((box.element.get("class") or "").split()), "")
        if box.element is not None and box.element.get("class") == "noteref":
            # A note has another mark elsewhere, but a page may begin with it.
            yield ids, part, 0
            return
        if (text := getattr(box, "text", None)) is not None:
            # A word that is cut has a hyphen that the text has not.
            if count := counted(text.removesuffix(box.style["hyphenate_character"])):
                yield ids, part, count
        elif hasattr(box, "replacement"):
            yield ids, part, 0
        for child in getattr(box, "children", ()):
            yield from self._contents(child, ids, part)
        if box.element_tag == "table" and any(not getattr(child, "is_header", True) for child in box.children):
            # Beside rows that take whole pages, WeasyPrint first prints the head on a later page.
            self.heads.update(id(group) for group in box.element if group.tag == "thead")

    def _is_no_text(self, box: Any) -> bool:
        if getattr(box, "at_keyword", None) or type(box).__name__ == "FootnoteAreaBox":
            return True
        if "::" in (box.element_tag or "") or box.is_leader:
            return True
        if box.element_tag == "img" and box.element.get("alt") == "":
            # A decorative image is no content, and may have been moved from the page before.
            return True
        if getattr(box, "is_header", False) or getattr(box, "is_footer", False):
            # The head of a table stands again on each page.
            again = id(box.element) in self.heads
            self.heads.add(id(box.element))
            return again
        return False
