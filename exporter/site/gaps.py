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


def gaps_of(finding: Finding) -> tuple[str, ...]:
    """Return what readers of an edition may miss for what was found in it: keys of `GAPS`. Mostly it is nothing."""
    if not finding.edition or finding.severity is Severity.NOTE:
        return ()
    return tuple(gap for gap, pattern in GAPS.items() if pattern.search(finding.rule))


def known_gaps(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    """Return what readers may miss, by edition: keys of `GAPS`, in their order."""
    missed: dict[str, set[str]] = {}
    for finding in findings:
        if gaps := gaps_of(finding):
            missed.setdefault(finding.edition, set()).update(gaps)
    return {edition: tuple(gap for gap in GAPS if gap in gaps) for edition, gaps in missed.items()}
