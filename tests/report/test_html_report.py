"""report.html: what stands first, what is folded, what is said of what was not checked."""

from __future__ import annotations

import msgspec
import pytest

from exporter.config import GateLevel
from exporter.findings import Rule, Severity
from exporter.report import html_report
from exporter.report import model as r
from exporter.report.complete import complete_report
from exporter.report.groups import MOST_ON_PAGE, SHOWN_AT_ONCE
from exporter.report.verdict import decide_verdict
from tests.report.markup import Page
from tests.report.reports import ALT, HEADS, INSTALLED, SAME, VAGUE, arabic, at, clean, edition, full


def changed(report: r.Report, **more: object) -> r.Report:
    return msgspec.structs.replace(report, **more)


def test_the_verdict_stands_first_and_everything_else_in_its_order() -> None:
    page = Page(html_report.render(complete_report(full(), None, INSTALLED), INSTALLED))
    assert page.headings_of("h2") == [
        "✕ Not published: 122 errors to fix",
        "Problems to fix",
        "Waived findings",
        "Severity overrides",
        "Editions",
        "Comparison with the manuscript",
        "Checks",
        "Manual checks",
        "Good to know",
    ]
    assert page.headings_of("h3")[:3] == [
        "In the manuscript (124)",
        "In the edition PDF (1)",
        "In the edition Large print (1)",
    ]


def test_what_is_empty_is_left_out() -> None:
    page = Page(html_report.render(clean(), INSTALLED))
    assert page.headings_of("h2") == [
        "✓ Ready: no problems found",
        "Editions",
        "Comparison with the manuscript",
        "Checks",
    ]
    assert "Not checked" not in page.text


ERROR = ALT.finding("No alt.", at(1))
WARNING = VAGUE.finding("“here”", at(2))
NOT_RUN = (r.CheckReport("ace", "Ace", ran=False, edition="epub", reason="It is not installed."),)
BROKEN = Rule("step-failed", Severity.ERROR, "Every edition can be made.", "Export again.")


@pytest.mark.parametrize(
    ("more", "tone", "headline"),
    [
        ({}, "good", "Ready: no problems found"),
        ({"findings": (HEADS.finding("x"),)}, "good", "Ready: no problems found"),
        ({"findings": (WARNING,)}, "warning", "Ready, with 1 warning to review"),
        ({"findings": (ERROR,), "published": False}, "error", "Not published: 1 error to fix"),
        ({"published": False}, "error", "Not published"),
        ({"findings": (ERROR, ERROR), "gate": GateLevel.WARNING}, "error", "Published with 2 errors"),
        ({"checks": NOT_RUN}, "warning", "Ready, but not fully checked"),
        ({"checks": ()}, "warning", "Ready, but not fully checked"),
        ({"gate": GateLevel.OFF}, "warning", "Not checked"),
        (
            {
                "editions": (edition("pdf"), edition("epub", r.EditionStatus.FAILED)),
                "findings": (BROKEN.finding("It crashed.", edition="epub"),),
            },
            "error",
            "Incomplete: EPUB missing",
        ),
    ],
)
def test_the_verdict_says_the_worst(more: dict[str, object], tone: str, headline: str) -> None:
    said = decide_verdict(changed(clean(), **more), INSTALLED)
    assert (said.tone, said.headline) == (tone, headline)


def test_a_verdict_names_what_did_not_run_and_what_is_waived() -> None:
    said = decide_verdict(full(), INSTALLED).sentences
    assert "3 checks did not run; their results are unknown." in said
    assert "1 finding is waived." in said
    alone = decide_verdict(changed(clean(), checks=NOT_RUN), INSTALLED).sentences
    assert "1 check did not run; its result is unknown." in alone


def test_what_is_switched_off_is_told_with_what_it_hides() -> None:
    text = " ".join(Page(html_report.render(full(), INSTALLED)).text.split())
    assert "link-local: disabled; 3 findings not listed, by publication.toml." in text
    assert "table-wide: severity warning; 1 finding, by house.toml." in text


def test_an_edition_at_which_no_check_has_looked_is_named() -> None:
    writer = r.CheckReport("carried", "Edition “epub”: what could not be carried", ran=True, edition="epub")
    seen = tuple(check for check in clean().checks if check.edition != "epub")
    said = decide_verdict(changed(clean(), checks=(*seen, writer)), INSTALLED)
    assert said.headline == "Ready, but not fully checked"
    assert "No check ran on the finished EPUB." in said.sentences


def test_hundreds_of_places_of_one_rule_are_one_entry_with_the_rest_folded_away() -> None:
    found = tuple(ALT.finding(f"Picture {n} has no alt text.", at(n)) for n in range(1, MOST_ON_PAGE + 51))
    html = html_report.render(clean(findings=found, rules=(ALT,)), INSTALLED).decode()
    before, folded = html.split("<details>", 1)
    assert before.count("has no alt text.") == SHOWN_AT_ONCE
    assert folded.partition("</details>")[0].count("has no alt text.") == MOST_ON_PAGE - SHOWN_AT_ONCE
    assert f"{MOST_ON_PAGE - SHOWN_AT_ONCE} more places" in html
    assert "50 more places in" in html
    assert html.count(ALT.advice) == 1
    # A requirement alone would read as a statement that it is met.
    assert f"✕ {MOST_ON_PAGE + 50} errors under the rule: “{ALT.sentence}”" in Page(html.encode()).text


def test_a_finding_of_an_edition_names_its_place_in_the_file_and_in_the_manuscript() -> None:
    one = SAME.finding("Words are missing.", at(77), edition="pdf", place="page 3, Document/P[4]")
    text = Page(html_report.render(clean(findings=(one,)), INSTALLED)).text
    assert "manuscript.md:77, in the file: page 3, Document/P[4]" in text


def test_a_check_that_did_not_run_stands_with_its_reason_and_never_among_those_that_ran() -> None:
    report = clean("epub", checks=(*NOT_RUN, r.CheckReport("lint", "Rules for manuscripts", ran=True)))
    text = " ".join(Page(html_report.render(report, INSTALLED)).text.split())
    assert "Not checked The results of these checks are unknown. Ace (EPUB). It is not installed." in text
    assert "Ace" not in text.partition("Checked Subject Check")[2]


def test_facts_that_differ_are_said_in_words_and_what_was_not_compared_too() -> None:
    text = " ".join(Page(html_report.render(full(), INSTALLED)).text.split())
    assert "Differs from the manuscript: PDF." in text
    assert "8,120 ✕ differs" in text
    assert "Chapter marks (words): Chapter marks hold headings alone." in text


def test_a_title_from_right_to_left_keeps_its_language_and_direction_in_an_english_page() -> None:
    html = html_report.render(arabic(), INSTALLED).decode()
    assert '<h1 lang="ar" dir="rtl">تقرير' in html
    assert '<html lang="en-GB" dir="ltr">' in html
    assert '“<bdi lang="ar">اضغط هنا (PDF)</bdi>”' in html


def test_a_publication_without_a_title_is_called_by_its_folder() -> None:
    assert '<h1 dir="auto">informe</h1>' in html_report.render(clean(title=""), INSTALLED).decode()


def test_links_lead_to_files_beside_the_page_whatever_they_are_called() -> None:
    html = html_report.render(clean(editions=(edition("pdf", slug='a b"<i>#?'),)), INSTALLED).decode()
    assert 'href="a%20b%22%3Ci%3E%23%3F.pdf"' in html


def test_a_file_that_was_kept_back_is_no_link() -> None:
    html = html_report.render(
        clean("pdf", editions=(edition("pdf", r.EditionStatus.WITHHELD),), published=False), INSTALLED
    ).decode()
    assert 'href="informe.pdf"' not in html
    assert "made, but not published" in html


def test_nothing_in_the_page_needs_a_script_or_another_file() -> None:
    html = html_report.render(full(), INSTALLED).decode()
    assert "<script" not in html
    assert " src=" not in html
    assert "url(" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_each_edition_has_what_was_found_in_it_beside_its_status() -> None:
    unchecked = changed(clean(), checks=(), findings=())
    assert "Made from this manuscript: not checked" in Page(html_report.render(unchecked, INSTALLED)).text
    assert "Made from this manuscript: no problems found" in Page(html_report.render(clean(), INSTALLED)).text
    broken = changed(clean(), findings=(msgspec.structs.replace(WARNING, edition=clean().editions[0].name),))
    assert "Made from this manuscript: 1 warning" in Page(html_report.render(broken, INSTALLED)).text
