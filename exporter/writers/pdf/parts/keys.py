"""Keys of parts: everything that decides the pages of a part."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import msgspec

from exporter.writers.pdf.parts.items import Item
from exporter.writers.pdf.patches.page_breaks import CHAPTER, LONG_CHAPTER, never_fits

NEVER_FITS = "never-fits"
_AT_PAGE = re.compile(r"@page\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
"""Rules for pages, whose counters are part of the state of a page."""
_COUNTERS = re.compile(r"counter-(?:increment|reset|set)\b|(?<![\w-])counters?\(")
"""In style sheets: numbers that depend on what is before, of chapters or notes for example."""
_WHOLE_DOCUMENT = re.compile(r"\brunning\(|\bstring\([^)]*\bstart\b|@import\b")
"""In style sheets: pages may show headings of others as they are there."""
_OWN_PAGE = re.compile(r"(?<![\w-])counters?\(\s*pages?\b")
"""In style sheets, outside the rules for pages: the text has the number of its page."""
_SIDES = re.compile(
    r"@page\b[^{]*:(?:left|right|nth)\b"
    r"|(?<![\w-])(?:(?:page-)?break-(?:before|after)|--[\w-]+)\s*:[^;}]*\b(?:left|right|recto|verso)\b"
)
"""In style sheets: pages may differ by their sides, or by their numbers, and be followed by an empty one."""


class Keys:
    """Keys of the parts of a document.

    Args:
        environment: What else decides all parts.
        sheets: The style sheets, which decide them too.
        root: The `html` element.
        images: What decides each of its images, by address.
        page: Size of a page in CSS pixels, by which it is known that the next chapter does not fit on the last one.
    """

    def __init__(
        self,
        environment: str,
        sheets: Sequence[str],
        root: Any,
        *,
        images: Mapping[str, str],
        page: tuple[float, float],
    ) -> None:
        around = [root, *root.iter("body"), *root.iter("main")]
        self.sheets = sheets
        self.environment = digest([environment, sheets, [[element.tag, element.attrib] for element in around]])
        of_text = [_AT_PAGE.sub("", sheet) for sheet in sheets]
        self.has_counters = any(map(_COUNTERS.search, of_text))
        self.are_separate = not any(map(_OWN_PAGE.search, of_text)) and not any(map(_WHOLE_DOCUMENT.search, sheets))
        """Whether pages show nothing of other parts but numbers of pages."""
        self.has_sides = any(map(_SIDES.search, sheets))
        self._images = images
        self._page = page
        self._positions: dict[Any, str] = dict(_positions(around))
        self.elements = [child for body in root.iter("body") for child in _children(body)]
        """The elements of items, in their order."""
        self.digests = {element: self._digest(element) for element in self.elements}
        """Digests of their markup by element."""
        self._items: tuple[Item, ...] = ()

    def begin(self, items: tuple[Item, ...], strings: Callable[[Any], dict[str, str] | None]) -> None:
        """Begin the layout, which changes texts with page numbers.

        Args:
            items: The items of the document.
            strings: Returns what an item without contents sets for running heads; None if it has its contents.
        """
        self._items = items
        self.strings = [strings(item.box.element) or _strings(item.box.descendants()) for item in items]
        """What each item sets for running heads."""
        self._item_digests = tuple(map(self._item, items))

    def key(self, first: int, end: int, state: Any) -> str:
        """Return the key of a part.

        Args:
            first: Number of its first item.
            end: Number of the first item of the next part.
            state: What its first page is like: its name, and its side if that matters.
        """
        following = self._following(end) if end < len(self._items) else None
        return digest([self.environment, state, self._item_digests[first:end], following])

    def _following(self, number: int) -> Any:
        """Return what decides whether an item begins a page: its class, or its length if it is a short one."""
        item = self._items[number]
        position = self._position(item.box)
        classes = item.box.element.get("class", "").split()
        if LONG_CHAPTER in classes:
            return [LONG_CHAPTER, position]
        if CHAPTER in classes and never_fits(item.box, self._page):
            return [NEVER_FITS, position]
        # The first one in `main` fits if all do.
        is_first = item.parents[-1].children[0] is item.box
        return self._item_digests[number:] if is_first else self._item_digests[number]

    def _digest(self, element: Any) -> str:
        markup = ElementTree.tostring(element, "unicode").removesuffix(element.tail or "")
        images = sorted({image.get("src", "") for image in element.iter("img")})
        return digest([markup, self._positions.get(element, ""), [self._images.get(address, "") for address in images]])

    def _item(self, item: Item) -> str:
        markup = self.digests.get(item.box.element) or self._digest(item.box.element)
        if not self.has_counters:
            return markup
        # Style sheets may number chapters.
        return digest([markup, [getattr(box, "text", "") for box in item.box.descendants()]])

    def _position(self, box: Any) -> str:
        return self._positions.get(box.element, "")


def digest(value: Any) -> str:
    """Return the SHA-256 of a value."""
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def _positions(parents: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield each child with what selectors see of it from outside: all before it, and whether it is the last one."""
    for parent in parents:
        before = ""
        for number, child in enumerate(parent, 1):
            before = digest([before, child.tag, child.get("class")])
            yield child, digest([before, number == len(parent)])


def _children(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag == "main":
            yield from _children(child)
        else:
            yield child


def _strings(boxes: Iterable[Any]) -> dict[str, str]:
    return {name: value for box in boxes for name, value in box.string_set or ()}
