"""Diff of the tables of contents of an edition and the headings of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.comparison.alignment import ItemAlignment
from exporter.parity.comparison.inline_diff import LinkTargets, is_at
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.content import ContentItem, ExtractedContent, PageEntry, is_within, letters
from exporter.parity.item_builder import ALONE

BOOKMARKS = "the bookmarks"


class TocDiff:
    """Tables of contents of an edition: that with page numbers, and that with links.

    Args:
        expected: Content of the tree.
        actual: Content of the edition.
        alignment: Their items, aligned.
        link_targets: Targets of links.
    """

    def __init__(
        self, expected: ExtractedContent, actual: ExtractedContent, alignment: ItemAlignment, link_targets: LinkTargets
    ) -> None:
        self.expected, self.actual, self.alignment, self.link_targets = expected, actual, alignment, link_targets

    def findings(self) -> Iterator[Finding]:
        """Yield every difference."""
        yield from self._page_toc(self.actual.contents, "the table of contents")
        yield from self._page_toc(self.actual.bookmarks, BOOKMARKS)
        yield from self._toc_links()

    @cached_property
    def _headings(self) -> list[tuple[int, ContentItem]]:
        """The headings of the tree, with their indices."""
        return [(index, item) for index, item in enumerate(self.expected.items) if item.kind == "heading"]

    def _page_toc(self, entries: Sequence[PageEntry], name: str) -> Iterator[Finding]:
        """Compare a table of contents with page numbers, or bookmarks, with the headings."""
        matches = dict(self.alignment.matched)
        headings = [heading for _, heading in self._headings]
        items = [self.actual.items[matches[index]] if index in matches else None for index, _ in self._headings]
        position = 0
        for entry in entries:
            title = entry.text
            if _has_only_symbols(title):
                continue
            match = _next_heading(title, headings, position)
            if match is None and (not _without_page_number(title) or name == BOOKMARKS):
                continue  # an entry of formulas or images alone, or a bookmark of what the edition adds
            if match is None:
                yield rules.CONTENTS.finding(f"Unmatched or misplaced entry of {name}: “{title[:QUOTED]}”.")
                continue
            # Of several headings with the title, some may be too deep for the table.
            later: int | None = match
            while later is not None and not self._is_at(entry, items[later]):
                later = _next_heading(title, headings, later + 1)
            match = match if later is None else later
            position = match + 1
            item = items[match]
            if entry.page is None or not self._is_at(entry, item):
                message = f"“{title[:QUOTED]}” in {name} points to {_destination(entry, item)}."
                yield rules.CONTENTS.finding(message, headings[match].source)
            elif name != BOOKMARKS and not self._has_number(entry):
                yield rules.CONTENTS.finding(f"“{title[:QUOTED]}” in {name} has the number of another page.")

    def _is_at(self, entry: PageEntry, item: ContentItem | None) -> bool:
        """Return whether an entry leads to a heading, as far as that is known."""
        return item is None or item.page is None or is_at(entry, item, self.link_targets.matched_items)

    def _has_number(self, entry: PageEntry) -> bool:
        """Return whether an entry ends with the label of the page that it leads to, if it ends with a number."""
        number = entry.text[len(_without_page_number(entry.text)) :].strip()
        labels = self.actual.page_labels
        if not number or entry.page is None or entry.page >= len(labels):
            return True
        return letters(entry.text).endswith(letters(labels[entry.page]))

    def _toc_links(self) -> Iterator[Finding]:
        """Compare the table of contents with links, if there is one, with the headings."""
        if self.actual.toc_links is None:
            return
        indices, headings = [index for index, _ in self._headings], [heading for _, heading in self._headings]
        position = 0
        for title, goal in self.actual.toc_links:
            if not letters(title) or self._is_wordless(goal):
                continue
            match = _next_heading(title, headings, position)
            # Any entry may match a heading of pictures and formulas alone: then the link decides.
            while match is not None and not letters(headings[match].text) and not self._links_to(goal, indices[match]):
                match = _next_heading(title, headings, match + 1)
            if match is None:
                yield rules.CONTENTS.finding(
                    f"Unmatched or misplaced entry of the table of contents: “{title[:QUOTED]}”."
                )
                continue
            # Of several headings with the title, some may be too deep for the table.
            later: int | None = match
            while later is not None and not self._links_to(goal, indices[later]):
                later = _next_heading(title, headings, later + 1)
            match = match if later is None else later
            position, matched = match + 1, headings[match]
            if not self._links_to(goal, indices[match]):
                destination = "nothing" if goal is None else "another place"
                message = f"“{title[:QUOTED]}” in the table of contents points to {destination}."
                yield rules.CONTENTS.finding(message, matched.source)

    def _links_to(self, goal: int | None, index: int) -> bool:
        return goal is not None and any(
            self.link_targets.begins(goal, position) for position in self._with_enclosing_cells(index)
        )

    def _with_enclosing_cells(self, index: int) -> Iterator[int]:
        """Yield the index of an item, and those of the cells that begin with it: some formats link to the cell."""
        yield index
        path = self.expected.items[index].path
        while index and (previous := self.expected.items[index - 1]).kind == "cell":
            if path[: len(previous.path)] != previous.path:
                return
            index -= 1
            yield index

    def _is_wordless(self, goal: int | None) -> bool:
        """Return whether a heading consists of a formula or a picture, and has no text to compare."""
        items = self.actual.items
        return goal is not None and goal < len(items) and items[goal].kind in {"formula", "picture"}


def _destination(entry: PageEntry, item: ContentItem | None) -> str:
    if entry.page is None:
        return "nothing"
    is_same_page = item is not None and entry.page == item.page
    return f"another place on page {entry.page + 1}" if is_same_page else f"page {entry.page + 1}"


def _next_heading(title: str, headings: Sequence[ContentItem], first: int) -> int | None:
    """Return the index of the next heading that matches an entry of the table of contents."""
    title_letters = letters(title)
    return next(
        (index for index in range(first, len(headings)) if _matches_heading(title_letters, headings[index])), None
    )


def _has_only_symbols(title: str) -> bool:
    """Return whether an entry of the table of contents consists of symbols before its page number."""
    text = _without_page_number(title)
    return bool(text) and not letters(text)


def _without_page_number(title: str) -> str:
    return title.rstrip().rstrip("0123456789").strip()


def _matches_heading(title_letters: str, heading: ContentItem) -> bool:
    heading_letters = letters(heading.text)
    if title_letters == heading_letters:
        return True
    if any(mark.kind in ALONE for mark in heading.marks):
        return is_within(heading_letters, title_letters)
    # On pages, dots and a number may follow.
    return (
        bool(heading_letters)
        and title_letters.startswith(heading_letters)
        and title_letters.removeprefix(heading_letters).isdigit()
    )
