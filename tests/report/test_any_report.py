"""Whatever a report says, its forms are well made, and nothing that it says is taken for markup."""

from __future__ import annotations

import json

import msgspec
from hypothesis import HealthCheck, given, settings

from exporter.finding_causes import repeated_findings
from exporter.report import conformance_page, html_report, sarif
from exporter.report.complete import complete_report
from exporter.report.formatting import replace_invalid
from exporter.report.model import Report
from tests.report.markup import Page, shown
from tests.report.reports import INSTALLED, any_report
from tests.report.test_sarif import valid
from tests.trees import examples

MANY = settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))


@MANY
@given(any_report())
def test_a_page_is_well_made_and_tells_all_of_it(report: Report) -> None:
    told = Page(html_report.render(report, INSTALLED))
    text = shown(told.text)
    for finding in set(report.findings) - set(repeated_findings(report.findings)):
        assert shown(str(replace_invalid(finding.message))) in text
    for edition in report.editions:
        assert shown(str(replace_invalid(edition.file))) in text
    for check in report.checks:
        assert shown(str(replace_invalid(check.title))) in text
        assert check.ran or shown(str(replace_invalid(check.reason))) in text
    for waived in report.waived:
        assert shown(str(replace_invalid(waived.reason))) in text
    assert told.elements.count("style") == 1


@MANY
@given(any_report())
def test_a_statement_is_well_made(report: Report) -> None:
    told = Page(conformance_page.render(report, INSTALLED))
    assert told.elements.count("style") == 1


@MANY
@given(any_report())
def test_sarif_keeps_its_schema_and_its_links_within(report: Report) -> None:
    run = valid(sarif.render(report, INSTALLED))["runs"][0]
    assert len(run["results"]) == len(report.findings) + len(report.waived)
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}


@MANY
@given(any_report())
def test_a_report_completed_is_the_same_completed_again_and_comes_back_from_json(report: Report) -> None:
    whole = complete_report(report, None, INSTALLED)
    assert complete_report(whole, None, INSTALLED) == whole
    assert html_report.render(whole, INSTALLED) == html_report.render(
        complete_report(report, None, INSTALLED), INSTALLED
    )
    if all(is_unicode(value) for value in msgspec.to_builtins(whole).values()):
        assert msgspec.json.decode(msgspec.json.encode(whole), type=Report) == whole


def is_unicode(value: object) -> bool:
    """Whether all text in a value can be written: hypothesis also thinks of lone surrogates, which readers refuse."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
