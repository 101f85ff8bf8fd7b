"""Findings as people read them: by place, then by rule, each rule with what to do once and its places below."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.contracts import Editions
from exporter.findings import Finding, Rule, Severity

SHOWN = 5
"""Places of one rule that are shown at once; the others are folded away."""
MOST = 300
"""Places of one rule that a page holds; the others are in report.json."""


class RuleGroup(msgspec.Struct, frozen=True):
    """What was found under one rule in one place."""

    rule: str
    severity: Severity
    heading: str
    """What must hold; the message itself where there is only one."""
    clause: str
    advice: str
    """What to do, where it is the same for all."""
    first: tuple[Finding, ...]
    more: tuple[Finding, ...]
    left: int
    """How many are not on the page."""
    total: int
    alone: bool
    """Whether there is one finding, whose message is the heading."""


class FindingSection(msgspec.Struct, frozen=True):
    """What was found in the manuscript or in one edition."""

    edition: str
    """Empty for the manuscript."""
    title: str
    total: int
    groups: tuple[RuleGroup, ...]


def chapters(findings: Iterable[Finding], rules: Iterable[Rule], editions: Editions) -> tuple[FindingSection, ...]:
    """Return findings by place, the manuscript first, the heaviest rules first."""
    known = {rule.id: rule for rule in rules}
    places: dict[str, list[Finding]] = {}
    for finding in findings:
        places.setdefault(finding.edition, []).append(finding)
    return tuple(_chapter(name, places[name], known, editions) for name in sorted(places, key=lambda name: name != ""))


def _chapter(edition: str, findings: list[Finding], known: dict[str, Rule], editions: Editions) -> FindingSection:
    grouped: dict[tuple[int, str], list[Finding]] = {}
    for finding in sorted(findings, key=_in_order):
        grouped.setdefault((finding.severity.rank, finding.rule), []).append(finding)
    ordered = sorted(grouped, key=lambda key: key[0])
    title = f"In the edition {editions[edition].title}" if edition else "In the manuscript"
    groups = tuple(_group(grouped[key], known.get(key[1])) for key in ordered)
    return FindingSection(edition, title, len(findings), groups)


def _in_order(finding: Finding) -> tuple[str, int]:
    return (finding.source.file, finding.source.line) if finding.source else ("", 0)


def _group(found: list[Finding], rule: Rule | None) -> RuleGroup:
    one = found[0]
    alone = len(found) == 1
    same = len({finding.advice for finding in found}) == 1
    sentence = rule.sentence if rule else f"{one.rule.replace('-', ' ').capitalize()}."
    return RuleGroup(
        rule=one.rule,
        severity=one.severity,
        heading=one.message if alone else sentence,
        clause=_shared(finding.clause for finding in found),
        advice=one.advice if same else "",
        first=tuple(found[:SHOWN]),
        more=tuple(found[SHOWN:MOST]),
        left=max(len(found) - MOST, 0),
        total=len(found),
        alone=alone,
    )


def _shared(clauses: Iterable[str]) -> str:
    found = list(dict.fromkeys(clause for clause in clauses if clause))
    return "; ".join(found[:3]) + (" …" if len(found) > 3 else "")
