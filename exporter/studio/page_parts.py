"""Items around the text of a web page, as a screen reader meets them: title, authors, contents, colophon."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from exporter.parity.content import InlineItem
from exporter.studio.screen_reader import Announcement

_HEADING = re.compile(r"h[1-6]")
_BLOCKS = frozenset({"p", "li", "dt", "dd", "summary"})
_SILENT = frozenset({"head", "script", "style", "svg"})
_EMPTY = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

_AFTER_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
    "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul",
})  # fmt: skip
_ENDED_BY = {"p": _AFTER_PARAGRAPH, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
"""Elements whose end tag may be missing before another one (HTML, 13.1.2.4)."""


def around_text(page: str) -> tuple[tuple[Announcement, ...], tuple[Announcement, ...]]:
    """Return what is met before the main element of a page (HTML, 4.4.14) and after it; without one, all is before."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.before), tuple(reader.after)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.before: list[Announcement] = []
        self.after: list[Announcement] = []
        self._items = self.before
        self._open: list[str] = []
        """Open elements that are heard."""
        self._silent: list[str] = []
        """Open elements from one on that is not heard."""
        self._role = ""
        self._number = 0
        self._words: list[str] = []
        self._links: list[InlineItem] = []
        self._counts: list[int] = []
        """Of each open list, the number of its items so far."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        while self._silent and tag in _ENDED_BY.get(self._silent[-1], ()):
            self._silent.pop()
        is_silent = tag in _SILENT or tag == "main" or values.get("aria-hidden") == "true" or "hidden" in values
        if self._silent or (is_silent and tag not in _EMPTY):
            if tag not in _EMPTY:
                self._silent.append(tag)
            return
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag in ("ol", "ul"):
            self._end()
            self._counts.append(0)
        elif _HEADING.fullmatch(tag) or tag in _BLOCKS:
            self._end()
            self._role, self._number = "paragraph", 0
            if tag == "li" and self._counts:
                self._counts[-1] += 1
                self._role, self._number = "item", self._counts[-1]
            elif tag not in _BLOCKS:
                self._role, self._number = "heading", int(tag[1])
        elif tag == "a" and values.get("href"):
            self._links.append(InlineItem("link", "", values["href"] or ""))
        elif tag == "img" and values.get("alt"):
            self._end()
            self._items.append(Announcement("picture", values["alt"] or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
            if not self._silent and tag == "main":
                self._end()
                self._items = self.after
            return
        if tag not in self._open:
            return
        self._silent.clear()  # what is not closed ends with what it is in
        while self._open.pop() != tag:
            pass
        if _HEADING.fullmatch(tag) or tag in _BLOCKS or tag in ("ol", "ul"):
            self._end()
            if tag in ("ol", "ul") and self._counts:
                self._counts.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        """Add what was read as an item."""
        if text := " ".join("".join(self._words).split()):
            self._items.append(Announcement(self._role or "paragraph", text, self._number, marks=tuple(self._links)))
        self._role, self._number, self._words, self._links = "", 0, [], []
