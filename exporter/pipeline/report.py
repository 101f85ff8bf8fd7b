"""The report of a publication: what was made, what was checked, what was not and why, and all that was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from exporter import __version__
from exporter.config import RuleSetting
from exporter.files import read_regular
from exporter.pipeline.check_reports import checks
from exporter.pipeline.context import PublicationRun
from exporter.pipeline.edition_status import editions
from exporter.report.model import FORMAT, CountCell, CountRow, OverriddenRule, Report, Waived, count

REPORT = "report.json"
REPORT_PAGE = "report.html"
FORMS = {"conformance": "conformance.html", "sarif": "report.sarif", "page": REPORT_PAGE, "json": REPORT}
"""Files by output of the step `report`, in the order in which they are published."""


def build_report(publication: PublicationRun, earlier: Report | None) -> Report:
    """Return the report of a publication.

    Args:
        publication: The publication, its gate decided.
        earlier: The report that stands in the output folder.
    """
    prepared = publication.result("prepare")
    info: Mapping[str, Any] = prepared.info if prepared else {}
    findings = publication.findings
    return Report(
        format=FORMAT,
        exporter=__version__,
        slug=publication.manuscript.slug,
        manuscript=publication.manuscript.file,
        title=info.get("title", ""),
        language=info.get("language", ""),
        kind=info.get("kind", ""),
        gate=publication.context.gate,
        editions=editions(publication, earlier),
        checks=checks(publication),
        findings=findings,
        counts=count(findings),
        published=not publication.is_blocked,
        facts=_facts(publication),
        waived=tuple(
            Waived(finding, waiver.reason, waiver.until.isoformat())
            for finding, waiver, _ in publication.triaged
            if waiver
        ),
        weighed=_weighed(publication),
    )


def _weighed(publication: PublicationRun) -> tuple[OverriddenRule, ...]:
    """Return the rules whose weight the settings have changed, where anything was found under them."""
    amounts = Counter(ruling.finding.rule for ruling in publication.triaged)
    return tuple(
        OverriddenRule(rule, said.weight.value, said.source.file if said.source else "", amounts[rule])
        for rule, said in sorted(publication.settings.policy.settings.rules.items())
        if amounts[rule] or said.weight is RuleSetting.OFF
    )


def _facts(publication: PublicationRun) -> tuple[CountRow, ...]:
    """Return the table of facts; an edition that was not compared has a column that says why."""
    facts = publication.result("facts")
    rows = msgspec.convert(facts.info["rows"], tuple[CountRow, ...]) if facts else ()
    uncompared = {}
    for edition in publication.context.editions:
        if not publication.requests(edition):
            continue
        outcome = publication.outcomes.get(f"parity:{edition.name}")
        if outcome is None:
            continue
        reason = outcome.result.info.get("reason", "") if outcome.result else outcome.reason
        if reason:
            uncompared[edition.name] = CountCell(reason=reason)
    return tuple(msgspec.structs.replace(row, editions=row.editions | uncompared) for row in rows)


def finished_report(publication: PublicationRun) -> Report | None:
    """Return the report of this run, or None if it could not be rendered."""
    rendered = publication.result("report")
    if rendered is None:
        return None
    return msgspec.json.decode(publication.context.store.fetch(rendered.outputs["json"].digest), type=Report)


def earlier_report(publication: PublicationRun) -> Report | None:
    """Return the report in the output folder, or None if there is none that can be read."""
    if publication.context.output is None:
        return None
    folder = publication.context.output / publication.manuscript.slug
    try:
        return msgspec.json.decode(read_regular(folder / REPORT, folder), type=Report)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
