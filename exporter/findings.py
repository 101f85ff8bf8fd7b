"""Rules, and findings of readers, lint, writers and validators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from exporter.model import Source


class Severity(StrEnum):
    """Severity of a finding."""

    ERROR = "error"
    """The publication is unusable for some readers; blocks publication unless the settings allow it."""
    WARNING = "warning"
    """The publication is harder to use."""
    NOTE = "note"
    """Information without need for action."""

    @property
    def rank(self) -> int:
        """Rank for sorting and for the gate; 0 is the most severe."""
        return ("error", "warning", "note").index(self.value)


class FindingDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """Data of a finding for programs: what it is about, and what may correct it."""

    level: int = 0
    """Level of the headings that its lines may be; 0 if they are none, or the level is not known."""
    is_title: bool = False
    """Whether its line may be the title."""
    count: int = 1
    """Number of lines that it is about; its source is that of the first."""
    language: str = ""
    """BCP 47 tag of the language that its words may be in."""
    image: str = ""
    """Name of the image in the tree."""
    caption: Source | None = None
    """Position of the paragraph that may be the caption of its figure or table."""
    items: tuple[Source, ...] = ()
    """Positions of the paragraphs that may be items of a list, or of the one whose lines may be; empty if they are in
    several levels or not numbered in order."""


class Rule(msgspec.Struct, frozen=True):
    """A rule: requirement, severity, advice and clause."""

    id: str
    """Stable name in kebab case, such as `alt-missing`."""
    severity: Severity
    sentence: str
    """Requirement, in a sentence."""
    advice: str
    """What to do if it is not met, in a sentence for authors."""
    clause: str = ""
    """Clause of a standard, such as "WCAG 1.1.1", or empty."""

    def finding(
        self,
        message: str,
        source: Source | None = None,
        *,
        advice: str = "",
        edition: str = "",
        place: str = "",
        passage: str = "",
        details: FindingDetails | None = None,
    ) -> Finding:
        """Return a finding of this rule; `advice` replaces that of the rule."""
        return Finding(
            rule=self.id,
            severity=self.severity,
            message=message,
            advice=advice or self.advice,
            clause=self.clause,
            source=source,
            edition=edition,
            place=place,
            passage=passage,
            details=details,
        )


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A violation of a rule at a position."""

    rule: str
    severity: Severity
    message: str
    """What is wrong, in a sentence, with quotations."""
    advice: str = ""
    """What to do or write."""
    clause: str = ""
    source: Source | None = None
    """Position in the manuscript."""
    edition: str = ""
    """Name of the edition; empty for findings about the manuscript."""
    place: str = ""
    """Location in the file of the edition, such as "page 3, Document/Sect[2]/Table"."""
    passage: str = ""
    """The words of a paragraph that it is about, if not all of it."""
    details: FindingDetails | None = None

    def __str__(self) -> str:
        source = f"{self.source}: " if self.source else ""
        edition = f"{self.edition}: " if self.edition else ""
        location = f"{self.place}: " if self.place else ""
        return f"{source}{edition}{location}{self.severity}: {self.message} {self.advice} [{self.rule}]".replace(
            "  ", " "
        )


NOT_CARRIED = Rule(
    id="not-carried",
    severity=Severity.WARNING,
    sentence="An edition contains all content of the manuscript.",
    advice="No action needed in the manuscript; readers of this edition need another one for this part.",
)
"""Rule for content that the format of an edition does not support."""


def quoted(text: str, limit: int = 60) -> str:
    """Return a text in quotation marks for a message, truncated to `limit` characters."""
    text = " ".join(text.split())
    truncated = text if len(text) <= limit else f"{text[:limit].rstrip()}…"
    return f"«{truncated}»" if "“" in truncated or "”" in truncated else f"“{truncated}”"


MOST = 40
"""Findings of a rule that are listed one by one."""


def limited(findings: Iterable[Finding], most: int = MOST, *, errors: bool = False) -> tuple[Finding, ...]:
    """Return at most so many findings of each rule, the last with the number of the others.

    Args:
        findings: All of them.
        most: The number.
        errors: Whether errors are limited, too.
    """
    listed: list[Finding] = []
    counts: Counter[str] = Counter()
    last: dict[str, int] = {}
    for finding in findings:
        if errors or finding.severity is not Severity.ERROR:
            counts[finding.rule] += 1
            if counts[finding.rule] > most:
                continue
            last[finding.rule] = len(listed)
        listed.append(finding)
    for rule, count in counts.items():
        if count > most:
            finding = listed[last[rule]]
            message = f"{finding.message} And {count - most} more place{'s' if count - most > 1 else ''}."
            listed[last[rule]] = msgspec.structs.replace(finding, message=message)
    return tuple(listed)
