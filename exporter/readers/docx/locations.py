"""Locations in a file without lines: the heading above, the number of the paragraph, its first words."""

from __future__ import annotations

from exporter.model import Source

_WORDS = 8
_CHARACTERS = 60


class LocationTracker:
    """Counter of paragraphs and tables while a document is read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._heading = ""
        self._paragraph = 0
        self._table = 0
        self._inside: list[str] = []
        self._upcoming = 0

    def heading(self, words: str) -> Source:
        """Return the location of a heading; unless it is empty, the next paragraphs are counted under it."""
        self._upcoming = 0
        if not words.strip():
            after = f" after paragraph {self._paragraph}" if self._paragraph and not self._inside else ""
            return self._source(f"{self._under()}an empty heading{after}")
        if not self._inside:
            self._heading, self._paragraph, self._table = words, 0, 0
        return self._source(f"heading “{_first(words)}”")

    def begin(self) -> None:
        """Begin a paragraph: findings in it are located there."""
        self._upcoming = 1

    def paragraph(self, words: str) -> Source:
        """Return the location of the next paragraph."""
        self._upcoming = 0
        if self._inside:
            return self._source(f"{self._inside[-1]}{_quoted(words)}")
        self._paragraph += 1
        return self._source(f"{self._under()}paragraph {self._paragraph}{_quoted(words)}")

    def table(self) -> str:
        """Return the location of the next table as text."""
        if self._inside:
            return f"{self._inside[-1]}, table inside"
        self._table += 1
        return f"{self._under()}table {self._table}"

    def enter(self, where: str) -> None:
        """Enter a cell, a note or a text box."""
        self._inside.append(where)

    def leave(self) -> None:
        """Leave the innermost cell, note or text box."""
        self._inside.pop()

    def here(self) -> Source:
        """Return the current location."""
        if self._inside:
            return self._source(self._inside[-1])
        number = self._paragraph + self._upcoming
        return self._source(f"{self._under()}paragraph {number}" if number else self._under()[:-2])

    def at(self, where: str) -> Source:
        """Return a location given as text."""
        return self._source(where)

    def _under(self) -> str:
        return f"under “{_first(self._heading)}”, " if self._heading else ""

    def _source(self, words: str) -> Source:
        return Source(self._file, 0, words)


def _first(words: str) -> str:
    parts = words.split(maxsplit=_WORDS)
    short = " ".join(parts[:_WORDS])
    if len(short) > _CHARACTERS:
        return f"{short[:_CHARACTERS].rstrip()} …"
    return f"{short} …" if len(parts) > _WORDS else short


def _quoted(words: str) -> str:
    return f": “{_first(words)}”" if words.strip() else ""
