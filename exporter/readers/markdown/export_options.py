"""Settings of editions in the front matter: the map under `export`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exporter.findings import quoted
from exporter.readers.markdown.front_matter import FrontMatter, Value
from exporter.readers.rules import METADATA_VALUE, FindingCollector

KEY = "export"
ADVICE = "Write the editions below it, such as export: {pdf: {page_size: a5}}."


def read_options(front: FrontMatter, report: FindingCollector) -> Mapping[str, Any]:
    """Return the map under `export` as it was written: texts, lists and maps, without keys without a value.

    Only the shape is checked here; names and values are checked with the other settings.
    """
    entry = next((entry for entry in front.entries if entry.key == KEY), None)
    if entry is None or entry.value.is_empty:
        return {}
    if entry.value.entries is None:
        report.add(METADATA_VALUE, entry.line, f"Invalid value for {quoted(KEY)}: expected a map.", advice=ADVICE)
        return {}
    return _map(entry.value, report)


def _map(value: Value, report: FindingCollector) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for entry in value.entries or ():
        if entry.key in out:
            message = f"Duplicate key {quoted(entry.key)}; the first one was used."
            report.add(METADATA_VALUE, entry.line, message)
        elif not entry.value.is_empty:
            out[entry.key] = _plain_value(entry.value, report)
    return out


def _plain_value(value: Value, report: FindingCollector) -> Any:
    if value.entries is not None:
        return _map(value, report)
    if value.items is not None:
        return [_plain_value(item, report) for item in value.items]
    return value.text or ""
