"""Builder of content items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

from exporter.model import Source
from exporter.parity.content import ContentItem, InlineItem, letters, merged

ALONE = frozenset({"picture", "formula"})
"""Kinds of inline items that become items of their own if there is no text next to them."""


def with_positions(marks: Iterable[InlineItem], parts: Sequence[str]) -> tuple[InlineItem, ...]:
    """Return inline items whose `before` is a number of letters of a text, not of parts of it."""
    marks = tuple(marks)
    if all(mark.before is None for mark in marks):
        return marks
    counts = [0, *accumulate(len(letters(part)) for part in parts)]
    return tuple(
        mark if mark.before is None else msgspec.structs.replace(mark, before=counts[mark.before]) for mark in marks
    )


class ItemBuilder:
    """An item under construction."""

    def __init__(self, kind: str, path: tuple[str, ...]) -> None:
        self.kind = kind
        self.path = path
        self.parts: list[str] = []
        self.runs: list[tuple[str, str]] = []
        self.styles: list[tuple[str, str]] = []
        self.open_styles: frozenset[str] = frozenset()
        """Styles of the text that is being added."""
        self.marks: list[InlineItem] = []
        self.trailing_marks: list[InlineItem] | None = None
        """Note references inside a link; they are added after it."""

    def add_text(self, text: str, language: str, styles: Iterable[str] = ()) -> None:
        """Add text in a language and in styles."""
        self.parts.append(text)
        self.runs.append((language, text))
        self.styles.append((" ".join(sorted(styles)), text))

    def letters_since(self, index: int) -> str:
        """Return the letters of the parts from an index on."""
        return letters("".join(self.parts[index:]))

    def shows_since(self, part: int, mark: int) -> bool:
        """Return whether something is shown since a part and a mark: a link without that cannot be followed."""
        return len(self.marks) > mark or bool("".join(self.parts[part:]).strip())

    def build(self, source: Source | None = None, parts: tuple[str, ...] = ()) -> Iterator[ContentItem]:
        """Yield the item, if it is not empty; pictures and formulas without text become items of their own.

        Args:
            source: Its source in the manuscript.
            parts: Letters around which an edition adds text.
        """
        text = " ".join("".join(self.parts).split())
        if not letters(text) and self.marks and all(mark.kind in ALONE for mark in self.marks):
            for mark in self.marks:
                alone = msgspec.structs.replace(mark, before=0)
                yield ContentItem(mark.kind, "", self.path, marks=(alone,), source=source)
        elif letters(text) or self.marks:
            marks, runs = with_positions(self.marks, self.parts), merged(self.runs)
            styles = tuple(self.styles)
            yield ContentItem(self.kind, text, self.path, runs, marks, source=source, parts=parts, styles=styles)
