"""What the builders share while one manuscript is turned into a tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from exporter.findings import quoted
from exporter.model import At, Blocks, Direction, Note, Source
from exporter.readers.markdown.attributes import NONE, Attributes
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, HEADING_SKIPPED, FindingCollector
from exporter.readers.sections import Flat, Heading, nest

COMMON = frozenset({"lang", "dir"})
"""Attributes that every node carries, besides its id."""


class Context:
    """One manuscript on its way to a tree."""

    def __init__(
        self, report: FindingCollector, abbreviations: Mapping[str, str] | None = None, *, flat: bool = False
    ) -> None:
        self.report = report
        self.flat = flat
        """Leave headings where they are: for comparing with CommonMark, which knows no sections."""
        self.notes: list[Note] = []
        self.defined: set[str] = set()
        """Names of the notes that the manuscript defines."""
        self.read_notes: set[str] = set()
        """Names of the notes that have been read so far."""
        self.voices: dict[str, str] = {}
        """Voices asked for in transcripts, by the label of the speaker."""
        self.abbreviations = dict(abbreviations or {})
        self.abbreviation = _any_of(self.abbreviations)
        self._at = lru_cache(maxsize=4096)(self._make_at)

    def at(self, line: int, attributes: Attributes = NONE) -> At:
        """Return the place of a node at a line, from 1, with the id, language and direction of its attributes."""
        values = attributes.values
        return self._at(line, attributes.id, values.get("lang", ""), values.get("dir", ""))

    def free_note_name(self) -> str:
        """Return a name for a note that the manuscript has not named."""
        number = len(self.notes) + 1
        while (name := f"inline-{number}") in self.defined:
            number += 1
        self.defined.add(name)
        return name

    def _make_at(self, line: int, name: str, language: str, direction: str) -> At:
        known: Direction | None = None
        if direction:
            try:
                known = Direction(direction.lower())
            except ValueError:
                message = f"The direction {quoted(direction)} is neither ltr nor rtl."
                self.report.add(ATTRIBUTE_UNKNOWN, line, message, advice="Write dir=ltr or dir=rtl, or leave it out.")
        return At(id=name or None, language=language or None, direction=known, source=Source(self.report.file, line))

    def known(
        self, line: int, attributes: Attributes, *, values: frozenset[str] = COMMON, classes: Sequence[str] = ()
    ) -> None:
        """Report what means nothing at this place."""
        for name in attributes.values:
            if name not in values and name not in COMMON:
                self.report.add(ATTRIBUTE_UNKNOWN, line, f"The attribute {quoted(name)} means nothing here.")
        for name in attributes.classes:
            if name not in classes:
                self.report.add(ATTRIBUTE_UNKNOWN, line, f"The class {quoted('.' + name)} means nothing here.")

    def nest(self, blocks: Sequence[Flat]) -> Blocks:
        """Put blocks under their headings."""
        if self.flat:
            return cast(Blocks, tuple(blocks))

        def skipped(heading: Heading, expected: int) -> None:
            source = heading.at.source
            message = f"A heading of level {heading.level} stands where level {expected} is the deepest possible."
            self.report.add(HEADING_SKIPPED, source.line if source else 0, message)

        return nest(blocks, skipped)


def _any_of(abbreviations: Mapping[str, str]) -> re.Pattern[str] | None:
    if not abbreviations:
        return None
    longest_first = sorted(abbreviations, key=lambda short: (-len(short), short))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
