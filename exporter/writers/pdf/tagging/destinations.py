"""Links and bookmarks lead to structure elements, not to places on a page (ISO 14289-2, 8.8; ISO 32000-2, 12.3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pydyf

from exporter.writers.pdf.tagging.builder import Builder
from exporter.writers.pdf.tagging.html_tree import root_of
from exporter.writers.pdf.tagging.structure import StructureElement


class Destinations:
    """Structure destinations of links and bookmarks.

    Args:
        pdf: The `pydyf.PDF`, its structure tree already written.
        builder: What built the tree.
        written: The structure elements and the dictionaries that they became.
    """

    def __init__(self, pdf: Any, builder: Builder, written: Mapping[StructureElement, Any]) -> None:
        self.pdf = pdf
        self.builder = builder
        self.written = written
        names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        self.places = {name.data: target for name, target in zip(names[::2], names[1::2], strict=True)}

    def set(self, document: Any) -> None:
        """Change all links and bookmarks; names of destinations are no longer needed then."""
        for element, structure in self.builder.links:
            target = self.builder.tree.target(element)
            if target is None:
                continue
            for content in structure.contents():
                if content.annotation is not None and "Dest" in content.annotation:
                    destination = self.places[content.annotation.pop("Dest").data]
                    content.annotation["A"] = self._action(target, destination)
        for bookmark, (_, element, _) in zip(self._bookmarks(), in_reading_order(document), strict=True):
            bookmark["A"] = self._action(element, bookmark.pop("Dest"))
        if "Names" in self.pdf.catalog:
            self.pdf.catalog["Names"].pop("Dests", None)
            if not self.pdf.catalog["Names"]:
                del self.pdf.catalog["Names"]

    def _action(self, element: Any, destination: Any) -> Any:
        goal = pydyf.Array([self._reference(element), *destination[1:]])
        return pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", "D": pydyf.Array(destination), "SD": goal})

    def _reference(self, element: Any) -> bytes:
        """Return the structure element of an HTML element; where it holds nothing, that of the one around it."""
        structure: StructureElement | None = self.builder.structure(element)
        while structure is not None and structure not in self.written:
            structure = structure.parent
        reference: bytes = self.written[structure or self.builder.document].reference
        return reference

    def _bookmarks(self) -> Iterator[Any]:
        """Yield the bookmarks in the order of the document."""
        root = self.pdf.catalog.get("Outlines")
        stack = [self._object(root)["First"]] if root else []
        while stack:
            bookmark = self._object(stack.pop())
            yield bookmark
            stack.extend(bookmark[key] for key in ("Next", "First") if key in bookmark)

    def _object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]


def in_reading_order(document: Any) -> list[tuple[int, Any, Any]]:
    """Return the bookmarks in the order of the text: the index of the page, the HTML element and WeasyPrint's data.

    Pages have another order, where headings are in cells beside each other.
    """
    positions = {element: position for position, element in enumerate(root_of(document).iter())}
    gathered = [
        (number, element, bookmark)
        for number, page in enumerate(document.pages)
        for element, bookmark in zip(bookmarked(page), page.bookmarks, strict=True)
    ]
    return sorted(gathered, key=lambda entry: positions[entry[1]])


def bookmarked(page: Any) -> Iterable[Any]:
    """Return the HTML elements of the bookmarks of a page, in their order."""
    return _marked(page._page_box) if hasattr(page, "_page_box") else page.bookmarked


def _marked(box: Any) -> Iterator[Any]:
    """Yield the HTML elements that have bookmarks, in the order in which the page engine gathers these."""
    if box.bookmark_label and box.style["bookmark_level"] != "none":
        yield box.element
    for child in box.all_children():
        yield from _marked(child)
