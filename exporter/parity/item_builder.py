"""A passage while it is being gathered."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model import Source
from exporter.parity.content import ContentItem, InlineItem, letters, merged

ALONE = frozenset({"picture", "formula"})
"""Marks that are passages of their own where no words stand beside them."""


class ItemBuilder:
    """What has been met of a passage so far."""

    def __init__(self, kind: str, path: tuple[str, ...]) -> None:
        self.kind = kind
        self.path = path
        self.parts: list[str] = []
        self.runs: list[tuple[str, str]] = []
        self.marks: list[InlineItem] = []
        self.behind: list[InlineItem] | None = None
        """Marks of notes inside a link; they stand behind it."""

    def say(self, text: str, language: str) -> None:
        """Add words in a language."""
        self.parts.append(text)
        self.runs.append((language, text))

    def since(self, place: int) -> str:
        """Return the letters of all parts from one on."""
        return letters("".join(self.parts[place:]))

    def made(self, source: Source | None = None, parts: tuple[str, ...] = ()) -> Iterator[ContentItem]:
        """Yield the passage, if there is one; pictures and formulas alone are passages of their own.

        Args:
            source: Its place in the manuscript.
            parts: Letters around which an edition sets words of its own.
        """
        text = " ".join("".join(self.parts).split())
        if not letters(text) and self.marks and all(mark.kind in ALONE for mark in self.marks):
            for mark in self.marks:
                yield ContentItem(mark.kind, "", self.path, marks=(mark,), source=source)
        elif letters(text) or self.marks:
            marks, runs = tuple(self.marks), merged(self.runs)
            yield ContentItem(self.kind, text, self.path, runs, marks, source=source, parts=parts)
