"""Findings grouped for people: by manuscript and edition, then by rule, with the advice once per rule."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from exporter.contracts import Editions
from exporter.findings import Finding, Rule, Severity

SHOWN_AT_ONCE = 5
"""Number of findings of one rule that are shown at once; further ones are in a collapsed section."""
MOST_ON_PAGE = 300
"""Number of findings of one rule that a page contains; further ones are only in report.json."""


class Advice(msgspec.Struct, frozen=True):
    """Advice about a finding where the report is read, instead of its own."""

    text: str
    """In words; empty if the page says it."""
    address: str = ""
    """Of a page."""
    is_fixed: bool = False
    """Whether the page fixes it; else it shows where it is."""


class RuleGroup(msgspec.Struct, frozen=True):
    """Findings of one rule in the manuscript or in one edition."""

    rule: str
    severity: Severity
    heading: str
    """The requirement; the message itself if there is only one finding."""
    clause: str
    advice: str
    """What to do, if it is the same for all."""
    first: tuple[Finding, ...]
    more: tuple[Finding, ...]
    left: int
    """Number of findings that are not on the page."""
    total: int
    is_single: bool
    """Whether there is only one finding; its message is then the heading."""


class FindingSection(msgspec.Struct, frozen=True):
    """Findings in the manuscript or in one edition."""

    edition: str
    """Empty for the manuscript."""
    title: str
    total: int
    groups: tuple[RuleGroup, ...]


def group_findings(
    findings: Iterable[Finding], rules: Iterable[Rule], editions: Editions
) -> tuple[FindingSection, ...]:
    """Return findings by manuscript and edition, the manuscript first, the most severe rules first."""
    rules_by_id = {rule.id: rule for rule in rules}
    by_edition: dict[str, list[Finding]] = {}
    for finding in findings:
        by_edition.setdefault(finding.edition, []).append(finding)
    return tuple(
        _section(name, by_edition[name], rules_by_id, editions)
        for name in sorted(by_edition, key=lambda name: name != "")
    )


def _section(edition: str, findings: list[Finding], rules_by_id: dict[str, Rule], editions: Editions) -> FindingSection:
    groups: dict[tuple[int, str], list[Finding]] = {}
    for finding in sorted(findings, key=_source_order):
        groups.setdefault((finding.severity.rank, finding.rule), []).append(finding)
    keys = sorted(groups, key=lambda key: key[0])
    title = f"In the edition {editions[edition].title}" if edition else "In the manuscript"
    rule_groups = tuple(_group(groups[key], rules_by_id.get(key[1])) for key in keys)
    return FindingSection(edition, title, len(findings), rule_groups)


def _source_order(finding: Finding) -> tuple[str, int, int]:
    source = finding.source
    return (source.file, source.line, source.anchor) if source else ("", 0, 0)


def _group(findings: list[Finding], rule: Rule | None) -> RuleGroup:
    first = findings[0]
    is_single = len(findings) == 1
    has_same_advice = len({finding.advice for finding in findings}) == 1
    requirement = rule.sentence if rule else f"{first.rule.replace('-', ' ').capitalize()}."
    return RuleGroup(
        rule=first.rule,
        severity=first.severity,
        heading=first.message if is_single else requirement,
        clause=_join_clauses(finding.clause for finding in findings),
        advice=first.advice if has_same_advice else "",
        first=tuple(findings[:SHOWN_AT_ONCE]),
        more=tuple(findings[SHOWN_AT_ONCE:MOST_ON_PAGE]),
        left=max(len(findings) - MOST_ON_PAGE, 0),
        total=len(findings),
        is_single=is_single,
    )


def _join_clauses(clauses: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(clause for clause in clauses if clause))
    return "; ".join(distinct[:3]) + (" …" if len(distinct) > 3 else "")
