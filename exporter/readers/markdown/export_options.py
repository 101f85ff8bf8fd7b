"""What a manuscript asks of its editions: the map under `export` in the front matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exporter.findings import quoted
from exporter.readers.markdown.front_matter import FrontMatter, Value
from exporter.readers.rules import METADATA_VALUE, FindingCollector

KEY = "export"
ADVICE = "Write the editions below it, such as export: {pdf: {page_size: a5}}."


def read_options(front: FrontMatter, report: FindingCollector) -> Mapping[str, Any]:
    """Return the map under `export` as it was written: texts, lists and maps, without keys that have no value.

    What the names mean is for the settings to say; here only the shape is looked at.
    """
    entry = next((entry for entry in front.entries if entry.key == KEY), None)
    if entry is None or entry.value.is_empty:
        return {}
    if entry.value.entries is None:
        report.add(METADATA_VALUE, entry.line, f"The value of {quoted(KEY)} has to be a map.", advice=ADVICE)
        return {}
    return _map(entry.value, report)


def _map(value: Value, report: FindingCollector) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for entry in value.entries or ():
        if entry.key in out:
            message = f"The key {quoted(entry.key)} stands here for the second time; the first one counts."
            report.add(METADATA_VALUE, entry.line, message)
        elif not entry.value.is_empty:
            out[entry.key] = _plain(entry.value, report)
    return out


def _plain(value: Value, report: FindingCollector) -> Any:
    if value.entries is not None:
        return _map(value, report)
    if value.items is not None:
        return [_plain(item, report) for item in value.items]
    return value.text or ""
