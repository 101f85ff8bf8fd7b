"""Keys of parts: everything that decides the pages of a part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

import msgspec

from exporter.writers.pdf.parts.items import Item
from exporter.writers.pdf.patches.page_breaks import is_long

LONG = "long"


class Keys:
    """Keys of the parts of a document.

    Args:
        environment: What decides all parts.
        root: The `html` element.
        items: The items of the document.
        images: Digests of its images by address.
        page: Size of a page in CSS pixels, by which the next chapter is long or not (`page_breaks.is_long`).
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
        self._digests: dict[int, str] = {}
        neighbours = {child: (before, after) for parent in around for before, child, after in _triples(parent)}
        self._neighbours = neighbours

    def key(self, first: int, end: int, state: Any) -> str:
        """Return the key of a part.

        Args:
            first: Number of its first item.
            end: Number of the first item of the next part.
            state: Counters and sides of its first page.
        """
        following = ""
        if end < len(self._items):
            # Whether the next chapter begins a page depends on its length, if it is a short one.
            is_certain = is_long(self._items[end].box, self._page)
            following = LONG + self._style(end) if is_certain else self._item(end)
        return digest([self._environment, state, [self._item(number) for number in range(first, end)], following])

    def _item(self, number: int) -> str:
        known = self._digests.get(number)
        if known is None:
            element = self._items[number].box.element
            markup = ElementTree.tostring(element, "unicode").removesuffix(element.tail or "")
            images = sorted({image.get("src", "") for image in element.iter("img")})
            image_digests = [self._images.get(address, "") for address in images]
            known = self._digests[number] = digest([markup, self._style(number), image_digests])
        return known

    def _style(self, number: int) -> Any:
        """Return what selectors see of an item from outside: what is before it, and whether it is the first or last."""
        element = self._items[number].box.element
        before, after = self._neighbours.get(element, (None, None))
        about = [[other.tag, other.get("class")] if other is not None else None for other in (before, element)]
        return digest([about, after is None])


def digest(value: Any) -> str:
    """Return the SHA-256 of a value."""
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def _triples(parent: Iterable[Any]) -> Iterable[tuple[Any, Any, Any]]:
    children = list(parent)
    return zip([None, *children[:-1]], children, [*children[1:], None], strict=True) if children else ()
