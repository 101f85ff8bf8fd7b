"""The report of one publication as data: editions, checks, comparison and findings. Serialised, it is `report.json`."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from exporter.config import GateLevel
from exporter.findings import Finding, Rule, Severity
from exporter.model import Contact, Source

FORMAT = 2
"""Version of report.json; changes when a field changes its meaning."""


class EditionStatus(StrEnum):
    """Status of an edition."""

    MADE = "made"
    """Made from this manuscript."""
    EARLIER = "earlier"
    """Not requested this time; the file is from an earlier export."""
    FAILED = "failed"
    """Could not be made this time; a file there is from an earlier export."""
    SKIPPED = "skipped"
    FOLLOWS = "follows"
    """A recording that is made after the text editions; there is no file yet."""
    WITHHELD = "withheld"
    """Made, but the gate blocked the publication; a file there is from an earlier export."""


class EditionReport(msgspec.Struct, frozen=True):
    """One edition."""

    name: str
    file: str
    standing: EditionStatus
    media_type: str = ""
    size: int = 0
    """Bytes; 0 when there is no file."""
    sha256: str = ""
    """Of the file in the output folder, an earlier one unless the edition was made; empty if there is none."""
    reason: str = ""
    """Why it was not made, or not completely."""
    pages: int = 0
    """Number of pages; 0 for an edition without pages."""
    seconds: float = 0.0
    """Duration of its audio; 0.0 for an edition without audio."""
    recorded: bool = False
    """Whether it has a recording in its file, as an EPUB may have."""
    content_digest: str = ""
    """That of the report of the run that made its file; empty if there is none or it is unknown."""


class CheckReport(msgspec.Struct, frozen=True):
    """One check of the manuscript or of one edition."""

    name: str
    """Such as `lint`, `structure`, `parity`, `verapdf`, `epubcheck`."""
    title: str
    """Title for people."""
    ran: bool
    edition: str = ""
    """Name of the edition; empty when the manuscript is checked."""
    reason: str = ""
    """Why it did not run and what to do, one sentence."""
    version: str = ""
    """Of the program."""
    standards: tuple[str, ...] = ()
    """Standards that the file was checked against, such as `PDF/UA-1`."""
    counts: dict[str, int] = {}
    """Findings by severity."""
    missing: bool = False
    """Whether it did not run because a requirement is not installed."""


class CountCell(msgspec.Struct, frozen=True):
    """One count in one edition."""

    amount: int | None = None
    """Number in the edition; None if its format does not state it."""
    agrees: bool | None = None
    """Whether all of them agree with the manuscript; None if not compared."""
    reason: str = ""
    """Why it was not compared."""


class CountRow(msgspec.Struct, frozen=True):
    """One count, by edition."""

    fact: str
    """Such as `headings`, `words`, `pictures`, `decorative`, `tables`, `cells`, `lists`, `notes`, `links`,
    `languages`, `speakers`."""
    amount: int
    """Number in the manuscript."""
    editions: dict[str, CountCell]


class Waived(msgspec.Struct, frozen=True):
    """A finding that is accepted by a waiver."""

    finding: Finding
    reason: str
    until: str
    """Last day, ISO 8601."""


class ManualCheck(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question about the publication that only a person can answer."""

    what: str
    """The subject with its number, such as "36 alt texts"."""
    question: str
    """The question, one sentence."""
    criteria: tuple[str, ...] = ()
    """The criteria that need the answer, such as `WCAG 1.1.1`."""
    places: tuple[Source, ...] = ()
    """Positions in the manuscript, in reading order; empty if the question concerns the whole text."""


class Support(StrEnum):
    """Conformance of an edition to a criterion, as far as programs can establish it."""

    SUPPORTED = "supported"
    """All of it can be checked automatically, every check ran, and none found a problem."""
    PARTLY = "partly"
    """A check found a problem that makes the edition worse, but not unusable."""
    NOT_SUPPORTED = "not-supported"
    """A check found a problem that makes the edition unusable for some readers."""
    IN_PART = "checked-in-part"
    """The checks that ran found no problem; the rest is a manual check, or a check did not run."""
    NOT_CHECKED = "not-checked"
    """No program has checked it."""
    NOT_APPLICABLE = "not-applicable"
    """The edition contains nothing that the criterion applies to."""


class Outcome(msgspec.Struct, frozen=True):
    """Conformance to one criterion of one standard, by edition."""

    standard: str
    """Such as `WCAG 2.2`."""
    criterion: str
    """Such as `1.1.1`."""
    editions: dict[str, Support]


class OverriddenRule(msgspec.Struct, frozen=True):
    """A rule whose severity the settings override."""

    rule: str
    weight: str
    """`error`, `warning`, `note` or `off`: findings of a disabled rule are counted here and listed nowhere."""
    by: str
    """The settings that override it."""
    amount: int
    """Number of its findings."""


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
    gate: GateLevel
    """Other than `error`: errors do not stop the export."""
    editions: tuple[EditionReport, ...]
    checks: tuple[CheckReport, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    published: bool = True
    """Whether the publication passed the gate."""
    facts: tuple[CountRow, ...] = ()
    waived: tuple[Waived, ...] = ()
    weighed: tuple[OverriddenRule, ...] = ()
    """Rules with findings whose severity the settings override."""
    rules: tuple[Rule, ...] = ()
    """The rules of all findings, if known."""
    content: dict[str, int] = {}
    """Number of parts of the manuscript, such as `alts`, `tables`; empty if unknown."""
    looks: tuple[ManualCheck, ...] = ()
    """Manual checks, the most important first."""
    conformance: tuple[Outcome, ...] = ()
    publisher: str = ""
    date: str = ""
    """Date of the publication, ISO 8601."""
    contact: Contact | None = None
    """Contact for other formats."""
    tree: str = ""
    """Digest of the tree of this run."""
    content_digest: str = ""
    """Of the same without positions in the manuscript, which an added empty line changes."""

    @property
    def of_earlier_versions(self) -> tuple[EditionReport, ...]:
        """The editions whose file is of an earlier version of the manuscript: the page does not offer them."""
        unknown_or_same = {"", self.content_digest}
        return tuple(
            edition for edition in self.editions if edition.sha256 and edition.content_digest not in unknown_or_same
        )


def count(findings: tuple[Finding, ...] | list[Finding]) -> dict[str, int]:
    """Return the number of findings of each severity, zeros included."""
    return {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}
