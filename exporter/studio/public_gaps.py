"""Known gaps of editions, which the page for readers states, with where each can be fixed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from exporter.findings import Finding
from exporter.report.groups import Advice
from exporter.site.gaps import GAPS, gaps_of


class PublicGap(msgspec.Struct, frozen=True):
    """A sentence under “Known gaps”, and the page of the studio that helps to fix what it is about."""

    gap: str
    """Key of `GAPS`."""
    label: str
    """Key of the label of the link."""
    address: str
    """Empty for the report."""


def public_gaps(advice: Mapping[Finding, Advice], editions: Collection[str]) -> Mapping[str, Sequence[PublicGap]]:
    """Return the known gaps of each edition, with the link that helps most.

    Args:
        advice: What to do about each finding in the report, which the page for readers is made from.
        editions: Names of the editions that the page offers; it states no gaps of others.
    """
    links: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for finding, todo in advice.items():
        label = "edition.gap_fix" if todo.is_fixed else "edition.gap_place" if todo.address else "edition.gap_report"
        for gap in gaps_of(finding) if finding.edition in editions else ():
            links.setdefault(finding.edition, {}).setdefault(gap, set()).add((label, todo.address))
    # In the alphabet, what fixes it is before its place, and its place before the report.
    return {
        edition: [PublicGap(gap, *min(of_gap[gap])) for gap in GAPS if gap in of_gap]
        for edition, of_gap in links.items()
    }
