"""Page numbers that pages print of others, as a table of contents does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any


class PageReferences:
    """The page numbers that are printed in a document.

    Args:
        collector: WeasyPrint's collector of targets.
    """

    def __init__(self, collector: Any) -> None:
        self._collector = collector
        self._by_page: dict[int, list[Any]] = defaultdict(list)
        """The boxes on each page of the finished layout whose text has counters of pages."""

    def forget(self) -> None:
        """Forget on which pages they are printed."""
        lookups = self._collector.counter_lookup_items
        for key in lookups:
            lookups[key].page_maker_index = None

    def find(self) -> None:
        """Find the pages of the finished layout on which they are printed."""
        self._by_page.clear()
        lookups = self._collector.counter_lookup_items
        for key in lookups:
            if (index := lookups[key].page_maker_index) is not None:
                self._by_page[index].append(key[0])

    def on(self, pages: range) -> dict[str, list[int]]:
        """Return the page numbers that are printed on pages, by the names that they belong to."""
        return {name: self.number(name) for name in (box.element.get("href")[1:] for box in self._boxes(pages))}

    def are_of_names(self, pages: range) -> bool:
        """Return whether all numbers of pages that are printed on pages are those of names."""
        return all((box.element.get("href") or "").startswith("#") for box in self._boxes(pages))

    def number(self, name: str) -> list[int]:
        """Return the page number of a name; none if it is on no page."""
        item = self._collector.target_lookup_items.get(name)
        number: list[int] = item.cached_page_counter_values.get("page", []) if item else []
        return number

    def _boxes(self, pages: range) -> Iterator[Any]:
        for page in pages:
            yield from self._by_page.get(page, ())
