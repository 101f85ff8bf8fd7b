"""Values of front matter: texts, lists and maps, with findings about those of another type."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from exporter.findings import quoted
from exporter.readers.markdown.front_matter import Entry, Value
from exporter.readers.rules import METADATA_UNKNOWN, METADATA_VALUE, FindingCollector


class ValueReader:
    """Reader of values, which reports those that it ignores."""

    def __init__(self, report: FindingCollector) -> None:
        self.report = report

    def report_value(self, line: int, message: str, advice: str = "") -> None:
        """Report an invalid value."""
        self.report.add(METADATA_VALUE, line, message, advice=advice)

    def report_unknown_key(self, entry: Entry, known: list[str], parent: str) -> None:
        """Report a key that is not known in `parent`."""
        similar = difflib.get_close_matches(entry.key.lower(), known, 1)
        advice = f"Did you mean {quoted(similar[0])}?" if similar else f"Known keys: {', '.join(sorted(known))}."
        message = f"Unknown key {quoted(entry.key)} in the {parent}; it was ignored."
        self.report.add(METADATA_UNKNOWN, entry.line, message, advice=advice)

    def text(self, entry: Entry) -> str:
        """Return a text as one line; report a value of another type and return an empty text."""
        if entry.value.text is None:
            if not entry.value.is_empty:
                self.report_value(entry.line, f"Invalid value for {quoted(entry.key)}: expected a text.")
            return ""
        return " ".join(entry.value.text.split())

    def values(self, entry: Entry) -> Iterator[Value]:
        """Yield the items of a list, or the value itself if it is not a list."""
        yield from entry.value.items if entry.value.items is not None else (entry.value,)

    def map(self, value: Value, known: list[str], parent: str) -> dict[str, Entry]:
        """Return the entries of a map with known keys; report the others."""
        out: dict[str, Entry] = {}
        for entry in value.entries or ():
            if entry.key in known:
                out[entry.key] = entry
            else:
                self.report_unknown_key(entry, known, parent)
        return out
