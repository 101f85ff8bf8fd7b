"""Gaps of editions as readers may notice them; the findings of the checks are written for authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from exporter.findings import Finding, Severity

GAPS: Mapping[str, re.Pattern[str]] = {
    "text": re.compile(
        r"^(?:not-carried|parity-text|glyph-missing|picture-not-printed|braille-(?:character|formula))$|-content-(?:cut|lost)"
    ),
    "pictures": re.compile(r"(?:^|-)alt(?:-|$)"),
    "languages": re.compile(r"(?<!sign-)language"),
    "lists": re.compile(r"-list-|^list-"),
    "tables": re.compile(r"-table-|^docx-grid$"),
    "links": re.compile(r"-link-(?!label|word|name)|^link-refused$|-target-missing$|-bookmark-nowhere$"),
}
"""Rules by what readers may miss; each has a sentence in the labels (`page.gap_…`)."""


def known_gaps(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """Return what readers may miss, by edition: keys of `GAPS`. Most findings mean nothing to readers."""
    rules: dict[str, list[str]] = {}
    for finding in findings:
        if finding.edition and finding.severity is not Severity.NOTE:
            rules.setdefault(finding.edition, []).append(finding.rule)
    gaps = {
        edition: tuple(gap for gap, pattern in GAPS.items() if any(map(pattern.search, broken)))
        for edition, broken in rules.items()
    }
    return {edition: missed for edition, missed in gaps.items() if missed}
