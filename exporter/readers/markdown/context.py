"""Shared state while a manuscript is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import cast

from exporter.errors import SourceError
from exporter.findings import quoted
from exporter.model import At, Blocks, Direction, Note, Source
from exporter.readers.markdown.attributes import NONE, Attributes
from exporter.readers.markdown.limits import MAX_COPIED
from exporter.readers.rules import ATTRIBUTE_UNKNOWN, FindingCollector
from exporter.readers.sections import Flat, nest, report_skipped

COMMON = frozenset({"lang", "dir"})
"""Attributes that all nodes have, besides their id."""


class Context:
    """Shared state of a manuscript that is being read."""

    def __init__(
        self,
        report: FindingCollector,
        abbreviations: Mapping[str, str] | None = None,
        *,
        flat: bool = False,
        keeps_lines: bool = False,
    ) -> None:
        self.report = report
        self.keeps_lines = keeps_lines
        """Whether a line of the manuscript is a line of the text: in easy read, one sentence a line."""
        self.flat = flat
        """Whether headings stay flat, for comparison with CommonMark, which has no sections."""
        self.notes: list[Note] = []
        self.defined: set[str] = set()
        """Names of the notes that the manuscript defines."""
        self.read_notes: set[str] = set()
        """Names of the notes that have been read so far."""
        self.voices: dict[str, str] = {}
        """Voices given in transcripts, by the label of the speaker."""
        self.abbreviations = dict(abbreviations or {})
        self.abbreviation = _abbreviation_pattern(self.abbreviations)
        self._copied = 0
        self._at = lru_cache(maxsize=4096)(self._make_at)

    def at(self, line: int, attributes: Attributes = NONE) -> At:
        """Return the attributes of a node at a line, from 1, with the written id, language and direction."""
        values = attributes.values
        return self._at(line, attributes.id, values.get("lang", ""), values.get("dir", ""))

    def count_copied(self, line: int, *texts: str) -> None:
        """Count the characters of texts that may be defined once and used in many places.

        Raises:
            SourceError: There are too many.
        """
        self._copied += sum(map(len, texts))
        if self._copied > MAX_COPIED:
            raise SourceError(
                f"The addresses of links, with the long forms of abbreviations, have over {MAX_COPIED:,} characters.",
                advice="Use shorter addresses.",
                source=Source(self.report.file, line),
            )

    def free_note_name(self) -> str:
        """Return an unused name for a note without one."""
        number = len(self.notes) + 1
        while (name := f"inline-{number}") in self.defined:
            number += 1
        self.defined.add(name)
        return name

    def _make_at(self, line: int, name: str, language: str, direction: str) -> At:
        value: Direction | None = None
        if direction:
            try:
                value = Direction(direction.lower())
            except ValueError:
                message = f"Invalid direction {quoted(direction)}: expected ltr or rtl."
                self.report.add(ATTRIBUTE_UNKNOWN, line, message, advice="Write dir=ltr or dir=rtl, or remove it.")
        return At(id=name or None, language=language or None, direction=value, source=Source(self.report.file, line))

    def report_unknown(
        self, line: int, attributes: Attributes, *, values: frozenset[str] = COMMON, classes: Sequence[str] = ()
    ) -> None:
        """Report attributes and classes that are not supported here."""
        for name in attributes.values:
            if name not in values and name not in COMMON:
                self.report.add(ATTRIBUTE_UNKNOWN, line, f"The attribute {quoted(name)} is not supported here.")
        for name in attributes.classes:
            if name not in classes:
                self.report.add(ATTRIBUTE_UNKNOWN, line, f"The class {quoted('.' + name)} is not supported here.")

    def nest(self, blocks: Sequence[Flat]) -> Blocks:
        """Nest blocks into sections."""
        if self.flat:
            return cast(Blocks, tuple(blocks))
        return nest(blocks, partial(report_skipped, self.report))


def _abbreviation_pattern(abbreviations: Mapping[str, str]) -> re.Pattern[str] | None:
    if not abbreviations:
        return None
    longest_first = sorted(abbreviations, key=lambda short: (-len(short), short))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
