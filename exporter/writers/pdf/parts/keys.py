"""Keys of parts: everything that decides the pages of a part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import msgspec

from exporter.writers.pdf.parts.items import Item
from exporter.writers.pdf.patches.page_breaks import LONG_CHAPTER, never_fits

NEVER_FITS = "never-fits"


class Keys:
    """Keys of the parts of a document.

    Args:
        environment: What decides all parts.
        root: The `html` element.
        items: The items of the document.
        images: Digests of its images by address.
        page: Size of a page in CSS pixels, by which it is known that the next chapter does not fit on the last one.
    """

    def __init__(
        self,
        environment: str,
        root: Any,
        items: tuple[Item, ...],
        *,
        images: Mapping[str, str],
        page: tuple[float, float],
    ) -> None:
        around = [root, *root.iter("body"), *root.iter("main")]
        self._environment = digest([environment, [[element.tag, element.attrib] for element in around]])
        self._items = items
        self._images = images
        self._page = page
        self._positions: dict[Any, str] = dict(_positions(around))
        self._strings = tuple(_strings_before(items))
        # Before the layout, which changes texts with page numbers.
        self._digests = tuple(map(self._item, items))

    def key(self, first: int, end: int, state: Any) -> str:
        """Return the key of a part.

        Args:
            first: Number of its first item.
            end: Number of the first item of the next part.
            state: Counters and sides of its first page.
        """
        following = self._following(end) if end < len(self._items) else None
        return digest([self._environment, state, self._strings[first], self._digests[first:end], following])

    def _following(self, number: int) -> Any:
        """Return what decides whether an item begins a page: its class, or its length if it is a short one."""
        item = self._items[number]
        position = self._position(item.box)
        if LONG_CHAPTER in item.box.element.get("class", "").split():
            return [LONG_CHAPTER, position]
        if never_fits(item.box, self._page):
            return [NEVER_FITS, position]
        # The first one in `main` fits if all do.
        is_first = item.parents[-1].children[0] is item.box
        return self._digests[number:] if is_first else self._digests[number]

    def _item(self, item: Item) -> str:
        element = item.box.element
        markup = ElementTree.tostring(element, "unicode").removesuffix(element.tail or "")
        # Style sheets may number chapters.
        texts = [getattr(box, "text", "") for box in item.box.descendants()]
        images = sorted({image.get("src", "") for image in element.iter("img")})
        image_digests = [self._images.get(address, "") for address in images]
        return digest([markup, texts, self._position(item.box), image_digests])

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


def _strings_before(items: Iterable[Item]) -> Iterator[dict[str, str]]:
    """Yield what is set for running heads before each item."""
    strings: dict[str, str] = {}
    for item in items:
        for box in item.parents:
            strings.update(box.string_set or ())
        yield dict(strings)
        for box in item.box.descendants():
            strings.update(box.string_set or ())
