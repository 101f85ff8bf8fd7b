"""Triage of findings by the settings: severity overrides and waivers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from exporter.config import GateSettings, RuleSetting, Waiver
from exporter.findings import Finding, Rule, Severity

WAIVER_EXPIRED = Rule(
    "waiver-expired",
    Severity.ERROR,
    "No waiver applies after its last day.",
    "Fix the problem, or set a later day with a reason; if the problem is fixed, delete the waiver.",
)
WAIVER_UNUSED = Rule(
    "waiver-unused",
    Severity.WARNING,
    "Every waiver matches a finding.",
    "Delete it, or compare its rule and its `where` with the message that it should match.",
)


class TriagedFinding(NamedTuple):
    """A finding after severity overrides and waivers."""

    finding: Finding
    """With its severity after overrides."""
    waiver: Waiver | None = None
    """The waiver that applies to it."""
    off: bool = False
    """Whether its rule is disabled."""

    @property
    def is_active(self) -> bool:
        """Whether it is reported and counted."""
        return self.waiver is None and not self.off


class FindingPolicy:
    """The policy that the settings define for findings.

    Args:
        settings: The table `[gate]`.
        today: Waivers that ended before this day have expired.
    """

    def __init__(self, settings: GateSettings | None = None, today: datetime.date = datetime.date.min) -> None:
        self.settings = settings or GateSettings()
        self._today = today

    def apply(self, finding: Finding) -> TriagedFinding:
        """Return a finding after severity overrides and waivers."""
        override = self.settings.rules.get(finding.rule)
        if override is not None and override.weight is RuleSetting.OFF:
            return TriagedFinding(finding, off=True)
        if override is not None:
            finding = msgspec.structs.replace(finding, severity=Severity(override.weight.value))
        waiver = next(
            (waiver for waiver in self.settings.waivers if self._in_force(waiver) and applies(waiver, finding)), None
        )
        return TriagedFinding(finding, waiver)

    def expired(self) -> Iterator[Finding]:
        """Yield a finding for each waiver that has expired."""
        for waiver in self.settings.waivers:
            if not self._in_force(waiver):
                message = f"Expired waiver: {_label(waiver)} ended on {waiver.until}."
                yield WAIVER_EXPIRED.finding(message, waiver.source)

    def unused(self, findings: Iterable[Finding]) -> Iterator[tuple[Waiver, Finding]]:
        """Yield each waiver that matches none of the findings, with a finding about it."""
        findings = tuple(findings)
        for waiver in self.settings.waivers:
            if self._in_force(waiver) and not any(applies(waiver, finding) for finding in findings):
                message = f"Unused waiver: {_label(waiver)} matches no finding."
                yield waiver, WAIVER_UNUSED.finding(message, waiver.source)

    def _in_force(self, waiver: Waiver) -> bool:
        return waiver.until >= self._today


def applies(waiver: Waiver, finding: Finding) -> bool:
    """Return whether a waiver matches a finding, regardless of its last day."""
    if waiver.rule != finding.rule:
        return False
    where, source = waiver.where, finding.source
    if not where or where == finding.edition:
        return True
    if source and where in (source.file, f"{source.file}:{source.line}"):
        return True
    words = re.compile(rf"(?<!\w){re.escape(where)}(?!\w)")
    return any(words.search(text) for text in (finding.message, finding.place, source.place if source else ""))


def _label(waiver: Waiver) -> str:
    return f"“{waiver.rule}” at “{waiver.where}”" if waiver.where else f"“{waiver.rule}”"
