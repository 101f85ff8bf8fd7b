"""The parts of one document while it is laid out and drawn."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping, Sequence
from hashlib import md5
from typing import Any

from exporter.contracts import StepCache
from exporter.writers.pdf.parts import pango_fonts, records
from exporter.writers.pdf.parts.cached_page import CachedPage, CachedPageBox, empty_page
from exporter.writers.pdf.parts.chapter_processes import ChapterProcesses
from exporter.writers.pdf.parts.items import Item, Part, items, resumed
from exporter.writers.pdf.parts.keys import Keys, digest
from exporter.writers.pdf.parts.omission import Omission
from exporter.writers.pdf.parts.page_references import PageReferences
from exporter.writers.pdf.parts.records import CachedPart

_MAX_ITEMS = 50
"""Items of a part that is kept: chapters so short are on few pages, and each end that a part may have is looked up."""


class Session:
    """The parts of one document.

    Args:
        cache: Where parts are kept.
        environment: What decides all parts of this edition.
        warnings: The warnings of WeasyPrint so far; nothing is kept of a layout with warnings.
        page: Size of a page in CSS pixels.
        images: What decides each image, by its address.
        processes: How many processes may lay out pages at a time.
    """

    def __init__(
        self,
        cache: StepCache,
        environment: str,
        *,
        warnings: Sequence[str],
        page: tuple[float, float],
        images: Mapping[str, str],
        processes: int = 1,
    ) -> None:
        self.cache = cache
        self.warnings = warnings
        self._page = page
        self._images = images
        self._addresses = {md5(address.encode(), usedforsecurity=False).hexdigest(): address for address in images}
        self._environment = environment
        self.parts: tuple[Part, ...] = ()
        """The parts of the finished layout."""
        self.elements: list[Any] = []
        """The HTML elements of the document."""
        self._context: Any = None
        self._items: tuple[Item, ...] = ()
        self._taken: dict[int, tuple[CachedPart, int, int, str]] = {}
        """Parts from the cache, with their items and keys, by their first pages."""
        self._rejected: set[int] = set()  # the first pages of parts that have to be laid out
        self._most_processes = processes
        self._state_of_chapters: list[Any] = []  # in which the first one begins
        self._is_clean: dict[int, bool] = {}
        """Whether nothing of the pages before a page is left for it, by its index."""

    def open(self, root: Any, sheets: Sequence[str], fonts: str) -> Omission:
        """Open a document, and return what may be left out of it.

        Args:
            root: The `html` element.
            sheets: The style sheets.
            fonts: The configuration of fonts.
        """
        self.elements = list(root.iter())
        self._positions = {element: position for position, element in enumerate(self.elements)}
        environment = digest([self._environment, fonts])
        self._keys = Keys(environment, sheets, root, images=self._images, page=self._page)
        self.omission = Omission(self.cache, self._keys)
        return self.omission

    def begin(self, context: Any, root_box: Any, html: Any) -> None:
        """Begin the layout of a document, whose contents are complete again.

        Args:
            context: WeasyPrint's layout context.
            root_box: The boxes of the document, before they are laid out.
            html: WeasyPrint's document.
        """
        self._context, self._root_box, self._html = context, root_box, html
        self._items = items(root_box)
        self._numbers = {id(item.box): number for number, item in enumerate(self._items)}
        self._taken, self._rejected, self._is_clean = {}, set(), {}
        self._references = PageReferences(context.target_collector)
        most = self._most_processes if self._keys.are_separate and not self._keys.has_sides else 0
        chapters = [number for number, item in enumerate(self._items) if item.is_long_chapter]
        self.processes = ChapterProcesses(most, chapters, self._is_kept)
        self._warnings_before = len(self.warnings)
        self._keys.begin(self._items, self.omission.strings)

    def note(self, index: int) -> None:
        """Note the state in which a page is laid out."""
        self._is_clean[index] = not self._context.left.get(index) and not self._context.broken_out_of_flow
        self._taken.pop(index, None)

    def take(self, index: int) -> Iterator[Any]:
        """Yield the boxes of the pages of the part that begins with a page; none if it is not kept."""
        self.note(index)
        beginning = self._beginning(index)
        if beginning is None or index in self._rejected:
            return
        first, levels_above = beginning
        self.processes.wait(first)
        for end, key in self._cached_parts(index, first, levels_above):
            data = self.cache.get(key)
            if data is not None:
                yield from self._pages(index, first, end, key, records.decode(data))
                return
        self.omission.require([self._items[first].box.element])

    def _is_kept(self, index: int, first: int) -> bool:
        """Return whether a part that begins with an item is in the cache, or expected there, if it begins as a page."""
        return self.omission.strings(self._items[first].box.element) is not None or any(
            self._cached_parts(index, first, 0)
        )

    def _cached_parts(self, index: int, first: int, levels_above: int) -> Iterator[tuple[int, str]]:
        """Yield the end and the key of each part in the cache that may begin with a page and an item."""
        for end in range(first + 1, min(first + _MAX_ITEMS, len(self._items)) + 1):
            key = self._key(index, first, end, levels_above)
            if self.cache.holds(key):
                yield end, key

    def begin_chapters(self) -> Any:
        """Begin the layout of chapters alone, in a process of its own; return the context."""
        _, *self._state_of_chapters, _ = self._context.page_maker[self.processes.first_page]
        pango_fonts.renew_map(self._context.font_config)
        return self._context

    def begin_chapter(self, number: int) -> tuple[Any, Any]:
        """Begin the layout of a chapter alone after the first page; return the context and the boxes of the document.

        Args:
            number: Number of the item that it begins with.
        """
        context = self._context
        remake = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
        context.page_maker[1:] = [(self._items[number].resume_at(), *copy.deepcopy(self._state_of_chapters), remake)]
        of_other_pages = [context.left, context.broken_out_of_flow, context.reported_footnotes, self._is_clean]
        for state in (*of_other_pages, context.page_footnotes, context.string_set, self._taken):
            state.clear()
        self._warnings_before = len(self.warnings)
        self._references.forget()
        return context, self._root_box

    def end_chapter(self) -> bool:
        """End the layout of a chapter alone, and return whether its pages are final and may be kept."""
        self.parts = self._found_parts()[1:]
        pages = range(1, len(self._context.page_maker) - 1)
        is_final = not any(self._context.page_maker[index][-1]["content_changed"] for index in pages)
        return is_final and not self._references.on(pages)

    def item_of(self, index: int) -> int | None:
        """Return the number of the item that a page begins with, if a part may begin there."""
        beginning = self._beginning(index)
        return beginning[0] if beginning else None

    def end(self) -> None:
        """End the layout: find the parts of the document."""
        self.parts = self._found_parts()
        laid_out = (self._items[part.first_item : part.end_item] for part in self.parts if part.cached is None)
        self.omission.require(item.box.element for item in itertools.chain.from_iterable(laid_out))

    def _found_parts(self) -> tuple[Part, ...]:
        count = len(self._context.page_maker) - 1
        # A chapter alone is followed by another part.
        beginnings = {index: item for index in range(count + 1) if (item := self._beginning(index))}
        pages = sorted({0, *beginnings, count})
        self._references.find()
        return tuple(self._part(beginnings, *pair) for pair in itertools.pairwise(pages))

    def remember(self, part: Part) -> None:
        """Remember the items of a part that is put into the cache; one with page numbers is needed when they change."""
        if not self.references(part):
            elements = [item.box.element for item in self._items[part.first_item : part.end_item + 1]]
            self.omission.remember(elements, self._keys.strings[part.first_item : part.end_item])

    def image(self, address: str) -> Any:
        """Return WeasyPrint's image with an address."""
        return self._context.get_image_from_uri(url=address)

    def address(self, image: str) -> str:
        """Return the address of an image by the ID that WeasyPrint has made from it; empty for one in a drawing."""
        return self._addresses.get(image, "")

    def is_laid_out(self, element: Any) -> bool:
        """Return whether an element is in a part that was laid out."""
        position = self._positions[element]
        ranges = ((part.first_item, part.end_item) for part in self.parts if part.cached is None)
        return any(self.position(first) <= position < self.position(end) for first, end in ranges)

    def position(self, item: int) -> int:
        """Return the position of the element of an item among `elements`; for the last item, the position after it."""
        return self._positions[self._items[item].box.element] if item < len(self._items) else len(self.elements)

    def groups(self, index: int) -> list[Any]:
        """Return the groups of named pages that a page is in."""
        groups: list[Any] = self._context.page_maker[index + 1][3][3]
        return groups

    def references(self, part: Part) -> dict[str, list[int]]:
        """Return the page numbers that are printed on the pages of a part, by the names that they belong to."""
        return self._references.on(range(part.first_page, part.end_page))

    def check_references(self) -> None:
        """Mark the parts from the cache that have page numbers which are no longer right, to be laid out again."""
        for index, (part, *_) in list(self._taken.items()):
            if any(self._references.number(name) != number for name, number in part.references.items()):
                self._rejected.add(index)
                self._context.page_maker[index][-1]["content_changed"] = True

    def targets(self, index: int) -> list[str]:
        """Return the names on a page that others may refer to by its number."""
        anchors: list[str] = self._context.page_maker[index][-1]["anchors"]
        return anchors

    def strings(self, index: int) -> list[tuple[str, str]]:
        """Return the strings that are set on a page."""
        return [(name, text) for name, pages in self._context.string_set.items() for text in pages.get(index + 1, ())]

    def _beginning(self, index: int) -> tuple[int, int] | None:
        """Return the item that begins with a page, and how many elements around it do; None if no part does."""
        resume_at, next_page, _, _, _ = self._context.page_maker[index]
        is_forced = index == 0 or (resume_at is not None and next_page["break"] != "any")
        if not is_forced or not self._is_clean.get(index):
            return None
        box, levels_above = resumed(self._root_box, resume_at) or (None, 0)
        number = self._numbers.get(id(box))
        return (number, levels_above) if number is not None else None

    def _key(self, index: int, first: int, end: int, levels_above: int) -> str:
        _, next_page, is_right, _, _ = self._context.page_maker[index]
        side = [is_right, index] if self._keys.has_sides else index == 0
        state = [str(self.groups(index - 1)), next_page, levels_above, side]
        return self._keys.key(first, end, state)

    def _pages(self, index: int, first: int, end: int, key: str, part: CachedPart) -> Iterator[Any]:
        """Yield the pages of a part, and set what follows as if they had been laid out."""
        from weasyprint.layout.page import PageType

        maker = self._context.page_maker
        self._taken[index] = part, first, end, key
        position = self.position(first)
        for number, data in enumerate(part.pages, index):
            _, _, is_right, before, remake = maker[number]
            self._is_clean[number + 1] = True
            self._context.left[number + 1] = ()
            remake.update(content_changed=False, pages_wanted=False, anchors=list(data.targets), content_lookups=[])
            state = copy.deepcopy(before)
            state[3][:] = copy.deepcopy(data.groups)
            groups = tuple((name, page_index) for name, page_index, _ in data.groups)
            page_type = PageType("right" if is_right else "left", False, data.name, number, groups)
            frame = empty_page(self._context, page_type, state, self._html)
            is_last = number == index + len(part.pages) - 1
            resume_at: dict[int, Any] | None = {0: None}
            if is_last:
                resume_at = self._items[end].resume_at(part.levels_above) if end < len(self._items) else None
            fresh = {"content_changed": is_last and resume_at is not None, "pages_wanted": False}
            item = (
                resume_at,
                part.next_page if is_last else {"break": "any", "page": None},
                not is_right,
                state,
                {**fresh, "anchors": [], "content_lookups": []},
            )
            maker[number + 1 : number + 2] = [item]
            for name in data.targets:
                self._context.target_collector.cache_target_page_counters(name, state[1], number, maker)
            yield CachedPageBox(CachedPage(data, self.elements, position, frame), data)

    def _part(self, beginnings: dict[int, tuple[int, int]], first_page: int, end_page: int) -> Part:
        maker = self._context.page_maker
        end_item, levels_above = beginnings.get(end_page, (len(self._items), 0))
        next_page = maker[end_page][1]
        if first_page in self._taken:
            cached, first, end, key = self._taken[first_page]
            return Part(first_page, end_page, first, end, key, levels_above, next_page, cached)
        first, above = beginnings.get(first_page, (0, 0))
        can_be_cached = end_item - first <= _MAX_ITEMS and self._can_be_cached(range(first_page, end_page))
        can_be_cached &= first_page in beginnings
        key = self._key(first_page, first, end_item, above) if can_be_cached else ""
        return Part(first_page, end_page, first, end_item, key, levels_above, next_page, None)

    def _can_be_cached(self, pages: range) -> bool:
        """Return whether pages are decided by the key of their part, and by page numbers of others that they show."""
        return (
            self._keys.are_separate
            and len(self.warnings) == self._warnings_before
            and self._references.are_of_names(pages)
        )
