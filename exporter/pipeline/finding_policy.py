"""What the settings make of findings: how much each weighs, and which of them somebody has taken responsibility for."""

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
    "No waiver holds longer than until the day that it names.",
    "Mend what it covers, or name a later day and say why; if nothing is left of it, delete it.",
)
WAIVER_UNUSED = Rule(
    "waiver-unused",
    Severity.WARNING,
    "Every waiver covers something.",
    "Delete it; or compare its rule and its `where` with the message that it is meant for.",
)


class TriagedFinding(NamedTuple):
    """What becomes of a finding."""

    finding: Finding
    """As heavy as the settings make it."""
    waiver: Waiver | None = None
    """Covers it."""
    off: bool = False
    """Whether its rule is switched off."""

    @property
    def is_active(self) -> bool:
        """Whether it is told, and counts."""
        return self.waiver is None and not self.off


class FindingPolicy:
    """Judges findings by the settings.

    Args:
        settings: The table `[gate]`.
        today: Waivers that ended before this day cover nothing.
    """

    def __init__(self, settings: GateSettings | None = None, today: datetime.date = datetime.date.min) -> None:
        self.settings = settings or GateSettings()
        self._today = today

    def apply(self, finding: Finding) -> TriagedFinding:
        """Say what becomes of one finding."""
        weighed = self.settings.rules.get(finding.rule)
        if weighed is not None and weighed.weight is RuleSetting.OFF:
            return TriagedFinding(finding, off=True)
        if weighed is not None:
            finding = msgspec.structs.replace(finding, severity=Severity(weighed.weight.value))
        waiver = next(
            (waiver for waiver in self.settings.waivers if self._holds(waiver) and covers(waiver, finding)), None
        )
        return TriagedFinding(finding, waiver)

    def expired(self) -> Iterator[Finding]:
        """Yield a finding for each waiver that has ended."""
        for waiver in self.settings.waivers:
            if not self._holds(waiver):
                message = f"The waiver for {_named(waiver)} ended on {waiver.until}."
                yield WAIVER_EXPIRED.finding(message, waiver.source)

    def unused(self, found: Iterable[Finding]) -> Iterator[tuple[Waiver, Finding]]:
        """Yield each waiver that covers nothing of what was found, with the finding that says so."""
        found = tuple(found)
        for waiver in self.settings.waivers:
            if self._holds(waiver) and not any(covers(waiver, finding) for finding in found):
                message = f"The waiver for {_named(waiver)} covers nothing that was found."
                yield waiver, WAIVER_UNUSED.finding(message, waiver.source)

    def _holds(self, waiver: Waiver) -> bool:
        return waiver.until >= self._today


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Return whether a waiver speaks of a finding; its last day is not looked at."""
    if waiver.rule != finding.rule:
        return False
    where, source = waiver.where, finding.source
    if not where or where == finding.edition:
        return True
    if source and where in (source.file, f"{source.file}:{source.line}"):
        return True
    words = re.compile(rf"(?<!\w){re.escape(where)}(?!\w)")
    return any(words.search(text) for text in (finding.message, finding.place, source.place if source else ""))


def _named(waiver: Waiver) -> str:
    return f"“{waiver.rule}” at “{waiver.where}”" if waiver.where else f"“{waiver.rule}”"
