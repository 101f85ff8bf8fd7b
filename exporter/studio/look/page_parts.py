"""Items around the text of a web page, as a screen reader meets them: title, authors, contents, colophon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from exporter.parity.content import InlineItem
from exporter.studio.look.screen_reader import Announcement

if TYPE_CHECKING:
    import turbohtml

_HEADING = re.compile(r"h[1-6]")
_BLOCKS = frozenset({"p", "li", "dt", "dd", "summary"})
_LISTS = frozenset({"ol", "ul"})
_SILENT = frozenset({"head", "script", "style", "svg", "template"})


def around_text(page: str) -> tuple[tuple[Announcement, ...], tuple[Announcement, ...]]:
    """Return what is met before the main element of a page (HTML, 4.4.14) and after it; without one, all is before."""
    import turbohtml

    walk = _Walk()
    walk.read(turbohtml.parse(page))
    walk.end()
    return tuple(walk.before), tuple(walk.after)


class _Walk:
    """A walk through the elements of a page."""

    def __init__(self) -> None:
        self.before: list[Announcement] = []
        self.after: list[Announcement] = []
        self._items = self.before
        self._role, self._number = "", 0
        """Of the item that is being read."""
        self._words: list[str] = []
        self._links: list[InlineItem] = []

    def read(self, parent: turbohtml.Node) -> None:
        """Read what is in an element or a document."""
        import turbohtml

        number = 0
        for child in parent.children:
            if isinstance(child, turbohtml.Text | turbohtml.CData):
                self._words.append(child.data)
            elif isinstance(child, turbohtml.Element):
                number += child.tag == "li"
                self._read_element(child, number)

    def _read_element(self, element: turbohtml.Element, number: int) -> None:
        """Read an element; `number` is that of an item in its list."""
        tag = element.tag
        attributes: Mapping[str, object] = element.attrs or {}
        if tag == "main":
            self.end()
            self._items = self.after
        if tag in (*_SILENT, "main") or "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return
        is_heading = _HEADING.fullmatch(tag) is not None
        is_block = is_heading or tag in _BLOCKS
        if is_block or tag in _LISTS:
            self.end()
        if is_block:
            self._role = "heading" if is_heading else "item" if tag == "li" else "paragraph"
            self._number = int(tag[1]) if is_heading else number if tag == "li" else 0
        elif tag == "a" and attributes.get("href"):
            self._links.append(InlineItem("link", "", str(attributes["href"])))
        elif tag == "img" and attributes.get("alt"):
            self.end()
            self._items.append(Announcement("picture", str(attributes["alt"])))
        self.read(element)
        if is_block or tag in _LISTS:
            self.end()

    def end(self) -> None:
        """Add what was read as an item."""
        if text := " ".join("".join(self._words).split()):
            self._items.append(Announcement(self._role or "paragraph", text, self._number, marks=tuple(self._links)))
        self._role, self._number, self._words, self._links = "", 0, [], []
