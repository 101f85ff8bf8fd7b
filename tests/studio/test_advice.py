"""What to do about findings where they are read: in the studio, by its pages and without a command line."""

from __future__ import annotations

import msgspec
import pytest

from exporter.finding_causes import FAULT
from exporter.findings import Finding, Severity
from exporter.model import Source
from exporter.report.groups import Advice
from exporter.studio.advice import advice_of
from exporter.studio.database import PublicationRow
from exporter.studio.tasks import verdict_of

AT = Source("a.docx", 3, "paragraph 3")


def finding(rule: str, advice: str, edition: str = "", source: Source | None = AT) -> Finding:
    return Finding(rule, Severity.WARNING, "A message.", advice, source=source, edition=edition)


def row(*findings: Finding) -> PublicationRow:
    return PublicationRow("p", "k", "a", "a.docx", "a.docx", 0.0, "", "", "", "", "", msgspec.json.encode(findings), "")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            finding("table-headless", "Click in the first row."),
            Advice("", "/p/p#warning-table-headless", is_fixed=True),
        ),
        (finding("alt-missing", "Right click the picture."), Advice("", "/p/p#warning-alt-missing", is_fixed=True)),
        (
            finding("who-missing", "Write it into publication.toml: exporter new --from FILE", source=None),
            Advice("", "/p/p#warning-details", is_fixed=True),
        ),
        (
            finding("headings-none", "Give them styles, or export with --guess-headings."),
            Advice("Give them styles.", "/p/p#warning-headings-none"),
        ),
        (finding("docx-grid", FAULT, "docx"), Advice(FAULT, "/p/p/read?finding=0#here")),
        (finding("docx-grid", FAULT, "docx", None), Advice(FAULT, "")),
    ],
)
def test_the_report_says_what_to_do_in_the_studio(found: Finding, expected: Advice) -> None:
    publication = row(found)
    assert advice_of(publication, verdict_of(publication), [found]) == {found: expected}


def test_what_an_edition_repeats_is_fixed_in_the_manuscript() -> None:
    cause = finding("table-headless", "Click in the first row.")
    repeated = finding("markup-table-heads", "Click.", "html")
    publication = row(cause)
    advice = advice_of(publication, verdict_of(publication), [cause, repeated])
    assert advice[repeated] == Advice("", "/p/p#warning-table-headless", is_fixed=True)


def test_what_the_last_check_did_not_find_leads_nowhere() -> None:
    publication = row()
    found = finding("table-headless", "Click in the first row.")
    assert advice_of(publication, verdict_of(publication), [found]) == {found: Advice(found.advice, "")}
