"""The report of one publication as data: what was made, checked, compared and found. `report.json` is this."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from exporter.config import Gate
from exporter.findings import Finding, Rule, Severity
from exporter.model import Contact, Source

FORMAT = 2
"""Version of the shape of report.json; changes when a field changes its meaning."""


class EditionStatus(StrEnum):
    """What is there of an edition."""

    MADE = "made"
    """It was made from this manuscript."""
    EARLIER = "earlier"
    """It was not asked for this time; what stands there is from an earlier export."""
    FAILED = "failed"
    """It could not be made this time; what may stand there is from an earlier export."""
    SKIPPED = "skipped"
    WITHHELD = "withheld"
    """It was made, and the gate kept the publication in; what may stand there is from an earlier export."""


class EditionReport(msgspec.Struct, frozen=True):
    """One edition."""

    name: str
    file: str
    standing: EditionStatus
    media_type: str = ""
    size: int = 0
    """Bytes; 0 when there is no file."""
    sha256: str = ""
    """Of the file that stands there, the earlier one unless it was made; empty when there is none."""
    reason: str = ""
    """Why it is not made."""
    pages: int = 0
    """Pages; 0 for an edition that has none."""
    seconds: float = 0.0
    """Length of its sound; 0.0 for an edition that is silent."""


class CheckReport(msgspec.Struct, frozen=True):
    """One check of the manuscript or of one edition."""

    name: str
    """Such as `lint`, `structure`, `parity`, `verapdf`, `epubcheck`."""
    title: str
    """As people call it."""
    ran: bool
    edition: str = ""
    """Name of the edition; empty when the manuscript is checked."""
    reason: str = ""
    """Why it did not run, one sentence that says what to do."""
    version: str = ""
    """Of the program."""
    standards: tuple[str, ...] = ()
    """What the file was held against, such as `PDF/UA-1`."""
    counts: dict[str, int] = {}
    """Findings by severity."""
    missing: bool = False
    """Whether it did not run because what it needs is not installed."""


class CountCell(msgspec.Struct, frozen=True):
    """One fact of one edition."""

    amount: int | None = None
    """How many there are in the edition; None: its format cannot say."""
    agrees: bool | None = None
    """Whether all of them agree with the manuscript; None: not compared."""
    reason: str = ""
    """Why it was not compared."""


class CountRow(msgspec.Struct, frozen=True):
    """One fact by edition."""

    fact: str
    """Such as `headings`, `words`, `pictures`, `decorative`, `tables`, `cells`, `lists`, `notes`, `links`,
    `languages`, `speakers`."""
    amount: int
    """How many there are in the manuscript."""
    editions: dict[str, CountCell]


class Waived(msgspec.Struct, frozen=True):
    """A finding that somebody has taken responsibility for."""

    finding: Finding
    reason: str
    until: str
    """Last day, ISO 8601."""


class ManualCheck(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that no program can judge and a person should look at."""

    what: str
    """What there is, counted, such as "36 alt texts"."""
    question: str
    """What to ask of it, one sentence."""
    criteria: tuple[str, ...] = ()
    """What it is asked for, such as `WCAG 1.1.1`."""
    places: tuple[Source, ...] = ()
    """Where it stands in the manuscript, in reading order; not for what is everywhere."""


class Support(StrEnum):
    """How far an edition keeps a criterion, as far as programs can tell."""

    SUPPORTED = "supported"
    """All of it can be checked by programs, all these checks ran, and none found anything."""
    PARTLY = "partly"
    """A check found something that makes it worse, though not unusable."""
    NOT_SUPPORTED = "not-supported"
    """A check found something that shuts people out."""
    IN_PART = "checked-in-part"
    """Nothing was found; the rest of it is for a person, or a check did not run."""
    NOT_CHECKED = "not-checked"
    """No program has looked at it."""
    NOT_APPLICABLE = "not-applicable"
    """The edition holds nothing that the criterion is about."""


class Outcome(msgspec.Struct, frozen=True):
    """One criterion of one standard, by edition."""

    standard: str
    """Such as `WCAG 2.2`."""
    criterion: str
    """Such as `1.1.1`."""
    editions: dict[str, Support]


class OverriddenRule(msgspec.Struct, frozen=True):
    """A rule whose weight the settings have changed."""

    rule: str
    weight: str
    """`error`, `warning`, `note` or `off`: what is switched off is counted here and told nowhere else."""
    by: str
    """The settings that say so."""
    amount: int
    """How many findings there are under it."""


class Report(msgspec.Struct, frozen=True):
    """`report.json`."""

    format: int
    exporter: str
    """Version of the exporter."""
    slug: str
    manuscript: str
    title: str
    language: str
    kind: str
    gate: Gate
    """Other than `error`: the export was told not to stop at errors."""
    editions: tuple[EditionReport, ...]
    checks: tuple[CheckReport, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    published: bool = True
    """Whether the gate let the publication out."""
    facts: tuple[CountRow, ...] = ()
    waived: tuple[Waived, ...] = ()
    weighed: tuple[OverriddenRule, ...] = ()
    """Rules that the settings have made lighter or heavier, or switched off, of what was found."""
    rules: tuple[Rule, ...] = ()
    """The rules of all that was found, where they are known."""
    content: dict[str, int] = {}
    """What the manuscript holds, counted, such as `alts`, `tables`; empty: not known."""
    looks: tuple[ManualCheck, ...] = ()
    """What a person should still look at, the weightiest first."""
    conformance: tuple[Outcome, ...] = ()
    publisher: str = ""
    date: str = ""
    """When the publication came out, ISO 8601."""
    contact: Contact | None = None
    """Where to ask for another format."""


def count(findings: tuple[Finding, ...] | list[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, all severities named."""
    return {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}
