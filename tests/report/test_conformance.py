"""The conformance statement: complete, and never more than was seen."""

from __future__ import annotations

import importlib
import pkgutil
from fnmatch import fnmatchcase
from functools import cache

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

import exporter
from exporter.findings import Rule, Severity
from exporter.model import Contact
from exporter.report import conformance_page
from exporter.report import model as r
from exporter.report.complete import complete_report
from exporter.report.conformance import Assessment, assess, covered_editions, criteria_in_clause
from exporter.report.criteria import EN, EPUB, PDF_UA, WCAG, Criterion, standards
from tests.report.markup import Page
from tests.report.reports import ALT, INSTALLED, VAGUE, any_report, at, clean, edition, full
from tests.trees import examples

A_AND_AA = [
    "1.1.1",
    "1.2.1",
    "1.2.2",
    "1.2.3",
    "1.2.4",
    "1.2.5",
    "1.3.1",
    "1.3.2",
    "1.3.3",
    "1.3.4",
    "1.3.5",
    "1.4.1",
    "1.4.2",
    "1.4.3",
    "1.4.4",
    "1.4.5",
    "1.4.10",
    "1.4.11",
    "1.4.12",
    "1.4.13",
    "2.1.1",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "2.2.2",
    "2.3.1",
    "2.4.1",
    "2.4.2",
    "2.4.3",
    "2.4.4",
    "2.4.5",
    "2.4.6",
    "2.4.7",
    "2.4.11",
    "2.5.1",
    "2.5.2",
    "2.5.3",
    "2.5.4",
    "2.5.7",
    "2.5.8",
    "3.1.1",
    "3.1.2",
    "3.2.1",
    "3.2.2",
    "3.2.3",
    "3.2.4",
    "3.2.6",
    "3.3.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "3.3.7",
    "3.3.8",
    "4.1.2",
    "4.1.3",
]
"""Success criteria of WCAG 2.2 at levels A and AA; 4.1.1 is gone."""
NEW = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
VOID = {"2.4.1", "2.4.5", "3.2.3", "3.2.4"}


def cells(report: r.Report, standard: str, criterion: str) -> dict[str, Assessment]:
    for each in assess(report, INSTALLED):
        if each.standard.standard == standard:
            return next(one.editions for one in each.criteria if one.criterion.id == criterion)
    raise KeyError(standard)


def without(report: r.Report, name: str, edition: str = "") -> r.Report:
    """The report with a check that did not run."""
    checks = tuple(
        msgspec.structs.replace(check, ran=False, reason="Not installed.")
        if (check.name, check.edition) == (name, edition)
        else check
        for check in report.checks
    )
    return msgspec.structs.replace(report, checks=checks)


def of(name: str) -> list[Criterion]:
    return list(next(each for each in standards() if each.standard == name).criterion)


def test_every_criterion_of_wcag_is_there() -> None:
    assert [one.id for one in of(WCAG)] == A_AND_AA
    assert {one.level for one in of(WCAG)} == {"A", "AA"}
    assert {one.id for one in of(WCAG) if one.since == "2.2"} == NEW


def test_en_301_549_follows_wcag_2_1_in_both_clauses() -> None:
    ids = [one.id for one in of(EN)]
    old = [number for number in A_AND_AA if number not in NEW]
    assert [number[2:] for number in ids if number.startswith("9.") and number.count(".") == 3] == [
        *old[:-2],
        "4.1.1",
        *old[-2:],
    ]
    documents = [number[3:] for number in ids if number.startswith("10.") and number.count(".") == 3]
    assert documents == [number for number in [*old[:-2], "4.1.1", *old[-2:]] if number not in VOID]
    assert {"5.4", "9.6", "10.5", "10.6"} <= set(ids)


def test_pdf_ua_has_the_thirty_one_checkpoints_of_the_matterhorn_protocol() -> None:
    assert [one.id for one in of(PDF_UA)] == [f"{number:02}" for number in range(1, 32)]


@cache
def rules() -> dict[str, Rule]:
    found = {}
    for module in pkgutil.walk_packages(exporter.__path__, "exporter."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                inside = (
                    value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else [value]
                )
                found |= {one.id: one for one in inside if isinstance(one, Rule)}
    return found


def test_every_rule_that_a_criterion_names_exists() -> None:
    missing = {
        pattern
        for standard in standards()
        for one in standard.criterion
        for pattern in one.rules
        if not pattern.startswith("Ace ") and not any(fnmatchcase(name, pattern) for name in rules())
    }
    assert missing == set()


def test_every_rule_with_a_clause_at_a_or_aa_counts_for_its_criterion() -> None:
    for rule in rules().values():
        if rule.severity is Severity.NOTE:
            continue
        for standard, number in criteria_in_clause(rule.clause):
            if standard == WCAG and number in A_AND_AA:
                kinds = next(one for one in of(WCAG) if one.id == number).editions or ()
                name = {"web": "html", "word": "docx", "sound": "audio"}.get(kinds[0], kinds[0])
                report = clean(name, findings=(rule.finding("Found.", edition=name),))
                assert cells(report, WCAG, number)[name].support in (r.Support.NOT_SUPPORTED, r.Support.PARTLY), rule.id


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("WCAG 1.1.1, 2.4.4 F89", {(WCAG, "1.1.1"), (WCAG, "2.4.4")}),
        ("WCAG 1.1.1, DAISY Knowledge Base: Image descriptions", {(WCAG, "1.1.1")}),
        ("ISO 14289-1, 7.3; MP 13-004; WCAG 1.1.1", {(PDF_UA, "13"), (WCAG, "1.1.1")}),
        ("ISO 14289-1:2014, 7.18.5", {("clause", "7.18.5")}),
        ("ISO 14289-1, 7.9; MP 19-003, 19-004", {(PDF_UA, "19")}),
        ("ISO 32000-1, 14.7.4.2", set()),
        ("EN 301 549 10.1.1.1", {(EN, "10.1.1.1"), (WCAG, "1.1.1")}),
        ("EN 301 549 5.4", {(EN, "5.4")}),
        ("EN 301 549 11.8.2", {(EN, "11.8.2")}),
        ("ISO 12647-2, 4.3.4", set()),
        ("EPUB 3.3, 9.2.2", set()),
        ("", set()),
    ],
)
def test_a_clause_is_read(clause: str, expected: set[tuple[str, str]]) -> None:
    assert criteria_in_clause(clause) == expected


def test_what_programs_can_check_wholly_is_supported_when_every_check_ran() -> None:
    assert cells(clean(), WCAG, "2.4.5")["pdf"].support is r.Support.SUPPORTED
    assert cells(clean(), PDF_UA, "26")["pdf"].support is r.Support.SUPPORTED


def test_what_a_person_has_to_judge_is_never_supported() -> None:
    assert cells(clean(), WCAG, "1.1.1")["pdf"].support is r.Support.IN_PART
    assert cells(clean(), EN, "5.4")["epub"].support is r.Support.IN_PART
    assert cells(clean(), WCAG, "1.4.1")["pdf"].support is r.Support.NOT_CHECKED


def test_a_check_that_did_not_run_takes_the_support_away() -> None:
    assert cells(without(clean(), "structure", "pdf"), WCAG, "2.4.5")["pdf"].support is r.Support.IN_PART
    assert cells(without(clean(), "parity", "epub"), EN, "5.4")["epub"].support is r.Support.NOT_CHECKED
    one = without(clean(), "verapdf", "pdf")
    assert cells(one, PDF_UA, "26")["pdf"].support is r.Support.SUPPORTED
    assert cells(without(one, "page-validation", "pdf"), PDF_UA, "26")["pdf"].support is r.Support.IN_PART


def test_an_error_in_the_manuscript_is_in_every_edition_and_one_in_an_edition_only_there() -> None:
    everywhere = cells(clean(findings=(ALT.finding("No alt.", at(3)),)), WCAG, "1.1.1")
    assert {name: cell.support.value for name, cell in everywhere.items()} == dict.fromkeys(everywhere, "not-supported")
    here = cells(clean(findings=(ALT.finding("No alt.", edition="epub"),)), WCAG, "1.1.1")
    assert {name for name, cell in here.items() if cell.support is r.Support.NOT_SUPPORTED} == {"epub"}
    assert here["epub"].rules == ("alt-missing",)


def test_a_warning_makes_it_partly_supported() -> None:
    assert cells(clean(findings=(VAGUE.finding("“here”"),)), WCAG, "2.4.4")["pdf"].support is r.Support.PARTLY


def test_neither_a_waiver_nor_a_setting_makes_an_edition_more_accessible() -> None:
    waived = clean(waived=(r.Waived(ALT.finding("No alt."), "No time.", "2030-01-01"),))
    assert cells(waived, WCAG, "1.1.1")["pdf"].support is r.Support.NOT_SUPPORTED
    lowered = msgspec.structs.replace(ALT.finding("No alt."), severity=Severity.NOTE)
    assert cells(clean(findings=(lowered,), rules=(ALT,)), WCAG, "1.1.1")["pdf"].support is r.Support.NOT_SUPPORTED


def test_what_the_settings_switch_off_counts_all_the_same() -> None:
    off = clean(weighed=(r.OverriddenRule(ALT.id, "off", "publication.toml", 2),), rules=(ALT,))
    assert cells(off, WCAG, "1.1.1")["pdf"].support is r.Support.NOT_SUPPORTED
    nothing = clean(weighed=(r.OverriddenRule(ALT.id, "off", "publication.toml", 0),), rules=(ALT,))
    assert cells(nothing, WCAG, "1.1.1")["pdf"].support is r.Support.IN_PART


def test_what_the_manuscript_does_not_hold_is_not_applicable_unless_it_is_not_known() -> None:
    none = clean(content={"pictures": 0, "formulas": 0})
    assert cells(none, WCAG, "1.1.1")["pdf"].support is r.Support.NOT_APPLICABLE
    assert cells(clean(content={}), WCAG, "1.1.1")["pdf"].support is r.Support.IN_PART


def test_editions_from_before_are_not_judged() -> None:
    old = clean("pdf", "epub", editions=(edition("pdf"), edition("epub", r.EditionStatus.EARLIER)))
    assert set(cells(old, WCAG, "1.1.1")) == {"pdf"}
    text = Page(conformance_page.render(old, INSTALLED)).text
    assert "Not covered, because not made this time: EPUB." in text


def test_an_edition_of_an_unknown_kind_is_not_checked() -> None:
    report = clean("pdf", editions=(edition("unknown"),))
    assert cells(report, WCAG, "1.1.1")["unknown"].support is r.Support.NOT_CHECKED


@settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
@given(any_report())
def test_supported_means_looked_for_by_all_and_found_by_none_with_nothing_left_to_a_person(report: r.Report) -> None:
    ran = {check.title for check in report.checks if check.ran}
    for each in assess(report, INSTALLED):
        for one in each.criteria:
            assert set(one.editions) <= {edition.name for edition in covered_editions(report)}
            for cell in one.editions.values():
                assert set(cell.ran) <= ran
                if cell.support is r.Support.SUPPORTED:
                    assert cell.ran
                    assert not any((cell.missing, cell.rules, one.criterion.person))
                if cell.support in (r.Support.NOT_SUPPORTED, r.Support.PARTLY):
                    assert cell.rules


def test_report_json_holds_the_verdicts() -> None:
    whole = complete_report(clean(), None, INSTALLED)
    found = {(one.standard, one.criterion): one.editions for one in whole.conformance}
    assert found[WCAG, "2.4.5"]["pdf"] is r.Support.SUPPORTED
    assert found[EN, "10.1.1.1"]["html"] is r.Support.NOT_APPLICABLE
    assert found[EN, "9.1.1.1"]["html"] is r.Support.IN_PART
    # The report has no eBraille, so its standard is not in it.
    assert len(whole.conformance) == sum(len(each.criterion) for each in standards() if each.standard != "eBraille 1.0")
    assert EPUB in {one.standard for one in whole.conformance}


def test_the_statement_says_what_it_is_and_names_the_files_it_is_about() -> None:
    told = Page(conformance_page.render(complete_report(full(), None, INSTALLED), INSTALLED))
    assert told.headings_of("h2")[0] == "Automatic results, not a certificate"
    text = " ".join(told.text.split())
    assert edition("pdf").sha256 in text
    assert "Ace by DAISY (EPUB): Ace is not installed. Run: make validators" in text
    assert "They still count here" in text
    assert "Not covered, because not made this time: DAISY." in text
    assert "The editions were not tested with assistive technology for this statement." in text


def test_publisher_and_contact_keep_their_language_in_an_english_statement() -> None:
    made = clean(
        language="ar", publisher="السجل المفتوح", contact=Contact("مكتب الصيغ", email="formats@openrecord.example")
    )
    html = conformance_page.render(made, INSTALLED).decode()
    assert '<bdi lang="ar">السجل المفتوح</bdi>' in html
    assert '<bdi lang="ar">مكتب الصيغ</bdi>, <bdi>formats@openrecord.example</bdi>' in html


def test_the_statement_never_says_that_something_conforms() -> None:
    text = Page(conformance_page.render(complete_report(clean(), None, INSTALLED), INSTALLED)).text.lower()
    for word in ("conforms", "compliant", "certified", "fully accessible"):
        assert word not in text
