"""The HTML document as seen from its elements: what is around each, and what comes before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.writers.pdf.tagging import roles


class HtmlTree:
    """Index of the elements of a document.

    Args:
        root: The `html` element.
    """

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._parents: dict[Any, Any] = {}
        self.moved_before: dict[Any, Any] = {}
        """What stands before an element in the document, and may be printed behind it."""
        for parent in root.iter():
            name = parent.get("id")
            if name:
                self._by_id.setdefault(name, parent)
            before: Any = None
            for child in parent:
                self._parents[child] = parent
                if before is not None and (roles.may_be_moved(before) or self._stays_below(before)):
                    self.moved_before[child] = before
                before = child
        self.in_contents = {inner for outer in root.iter() if roles.is_contents(outer) for inner in outer.iter()}
        """The elements of tables of contents."""

    def _stays_below(self, element: Any) -> bool:
        """Return whether an element may be a line that stays below what is moved, such as “Source: …”."""
        above = self.moved_before.get(element)
        return element.tag == "p" and above is not None and roles.may_be_moved(above)

    def parent(self, element: Any) -> Any:
        """Return the element around another one, or None for the root."""
        return self._parents.get(element)

    def target(self, link: Any) -> Any:
        """Return the element that a link of the document leads to, or None."""
        address = link.get("href") or ""
        return self._by_id.get(address[1:]) if address.startswith("#") else None

    def block(self, element: Any) -> Any:
        """Return the block that contains an element, or the outermost element."""
        while not roles.is_block(element) and element in self._parents:
            element = self._parents[element]
        return element

    def signed_item(self, element: Any) -> Any:
        """Return the item of a list that a box or tick is the label of, or None for other elements."""
        if "sign" not in roles.classes(element):
            return None
        return next(outer for outer in self._outwards(element) if outer.tag == "li")

    def is_right_to_left(self, element: Any) -> bool:
        """Return whether the nearest direction that is stated is from right to left."""
        direction = next((outer.get("dir") for outer in self._outwards(element) if outer.get("dir")), "")
        return bool(direction == "rtl")

    def is_decorative(self, element: Any) -> bool:
        """Return whether an element, or one around it, says nothing."""
        return any(map(roles.is_decorative, self._outwards(element)))

    def _outwards(self, element: Any) -> Iterator[Any]:
        """Yield an element and those around it."""
        while element is not None:
            yield element
            element = self._parents.get(element)


def root_of(document: Any) -> Any:
    """Return the `html` element of WeasyPrint's document, whose first page may come from the cache."""
    page = document.pages[0]
    return page._page_box.children[0].element if hasattr(page, "_page_box") else page.root
