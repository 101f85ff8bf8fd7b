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


def build(context: RunContext, publication_run: PublicationRun, earlier: Report | None) -> Report:
    """Return the report of a publication.

    Args:
        context: What publications share.
        publication_run: The publication, its gate decided.
        earlier: The report that stands in the output folder.
    """
    made = publication_run.made("prepare")
    info: Mapping[str, Any] = made.info if made else {}
    findings = publication_run.findings
    return Report(
        format=FORMAT,
        exporter=__version__,
        slug=publication_run.manuscript.slug,
        manuscript=publication_run.manuscript.file,
        title=info.get("title", ""),
        language=info.get("language", ""),
        kind=info.get("kind", ""),
        gate=context.gate,
        editions=editions(context, publication_run, earlier),
        checks=checks(context, publication_run),
        findings=findings,
        counts=count(findings),
        published=not gate.is_blocked(publication_run),
        facts=_facts(context, publication_run),
        waived=tuple(
            Waived(finding, waiver.reason, waiver.until.isoformat())
            for finding, waiver, _ in publication_run.triaged
            if waiver
        ),
        weighed=_weighed(publication_run),
    )


def _weighed(publication_run: PublicationRun) -> tuple[OverriddenRule, ...]:
    """Return the rules whose weight the settings have changed, where anything was found under them."""
    amounts = Counter(ruling.finding.rule for ruling in publication_run.triaged)
    return tuple(
        OverriddenRule(rule, said.weight.value, said.source.file if said.source else "", amounts[rule])
        for rule, said in sorted(publication_run.rulings.settings.rules.items())
        if amounts[rule] or said.weight is RuleSetting.OFF
    )


def _facts(context: RunContext, publication_run: PublicationRun) -> tuple[CountRow, ...]:
    """Return the table of facts; an edition that was not compared has a column that says why."""
    made = publication_run.made("facts")
    rows = msgspec.convert(made.info["rows"], tuple[CountRow, ...]) if made else ()
    uncompared = {}
    for edition in context.editions:
        if not is_requested(context, publication_run, edition):
            continue
        result = publication_run.results.get(f"parity:{edition.name}")
        reason = result.made.info.get("reason", "") if result and result.made else (result.reason if result else "")
        if reason:
            uncompared[edition.name] = CountCell(reason=reason)
    return tuple(msgspec.structs.replace(row, editions=row.editions | uncompared) for row in rows)
