"""The report of a publication: what was made, what was checked, what was not and why, and all that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from exporter import __version__
from exporter.config import RuleSetting
from exporter.pipeline import gate
from exporter.pipeline.check_reports import checks
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.edition_status import editions
from exporter.pipeline.settings import is_requested
from exporter.report.model import FORMAT, CountCell, CountRow, OverriddenRule, Report, Waived, count


def build(house: RunContext, work: PublicationRun, earlier: Report | None) -> Report:
    """Give the report of a publication.

    Args:
        house: What publications share.
        work: The publication, its gate decided.
        earlier: The report that stands in the output folder.
    """
    made = work.made("prepare")
    info: Mapping[str, Any] = made.info if made else {}
    findings = work.findings
    return Report(
        format=FORMAT,
        exporter=__version__,
        slug=work.manuscript.slug,
        manuscript=work.manuscript.file,
        title=info.get("title", ""),
        language=info.get("language", ""),
        kind=info.get("kind", ""),
        gate=house.gate,
        editions=editions(house, work, earlier),
        checks=checks(house, work),
        findings=findings,
        counts=count(findings),
        published=not gate.is_blocked(work),
        facts=_facts(house, work),
        waived=tuple(
            Waived(finding, waiver.reason, waiver.until.isoformat()) for finding, waiver, _ in work.triaged if waiver
        ),
        weighed=_weighed(work),
    )


def _weighed(work: PublicationRun) -> tuple[OverriddenRule, ...]:
    """Give the rules whose weight the settings have changed, where anything was found under them."""
    amounts = Counter(ruling.finding.rule for ruling in work.triaged)
    return tuple(
        OverriddenRule(rule, said.weight.value, said.source.file if said.source else "", amounts[rule])
        for rule, said in sorted(work.rulings.settings.rules.items())
        if amounts[rule] or said.weight is RuleSetting.OFF
    )


def _facts(house: RunContext, work: PublicationRun) -> tuple[CountRow, ...]:
    """Give the table of facts; an edition that was not compared has a column that says why."""
    made = work.made("facts")
    rows = msgspec.convert(made.info["rows"], tuple[CountRow, ...]) if made else ()
    uncompared = {}
    for edition in house.editions:
        if not is_requested(house, work, edition):
            continue
        result = work.results.get(f"parity:{edition.name}")
        reason = result.made.info.get("reason", "") if result and result.made else (result.reason if result else "")
        if reason:
            uncompared[edition.name] = CountCell(reason=reason)
    return tuple(msgspec.structs.replace(row, editions=row.editions | uncompared) for row in rows)
