"""The report of a publication: editions, checks and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from exporter import __version__
from exporter.config import RuleSetting
from exporter.files import read_regular
from exporter.pipeline.check_reports import checks
from exporter.pipeline.context import REPORT_PAGE, PublicationRun
from exporter.pipeline.edition_status import editions
from exporter.report.model import FORMAT, CountCell, CountRow, OverriddenRule, Report, Waived, count
from exporter.site.entry import CONFORMANCE

REPORT = "report.json"
CHECK_PAGE = "check.html"
"""The same page of a check, which makes no editions and leaves the report of the last export as it is."""
FORMS = {"conformance": CONFORMANCE, "sarif": "report.sarif", "page": REPORT_PAGE, "json": REPORT}
"""Files by output of the step `report`, in the order in which they are published."""


def build_report(publication: PublicationRun, earlier: Report | None) -> Report:
    """Return the report of a publication.

    Args:
        publication: The publication, after the gate.
        earlier: The report in the output folder.
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
        tree=prepared.outputs["tree"].digest if prepared else "",
        content_digest=info.get("content_digest", ""),
    )


def _weighed(publication: PublicationRun) -> tuple[OverriddenRule, ...]:
    """Return the rules with a severity override, if they have findings or are disabled."""
    counts = Counter(triaged.finding.rule for triaged in publication.triaged)
    return tuple(
        OverriddenRule(rule, override.weight.value, override.source.file if override.source else "", counts[rule])
        for rule, override in sorted(publication.settings.policy.settings.rules.items())
        if counts[rule] or override.weight is RuleSetting.OFF
    )


def _facts(publication: PublicationRun) -> tuple[CountRow, ...]:
    """Return the table of counts; the column of an edition that was not compared has the reason."""
    comparison = publication.result("edition_comparison")
    rows = msgspec.convert(comparison.info["rows"], tuple[CountRow, ...]) if comparison else ()
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
