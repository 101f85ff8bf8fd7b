"""Known gaps of editions on the page for readers."""

from __future__ import annotations

import pytest

from exporter.findings import Finding, Severity
from exporter.labels import Labels
from exporter.pipeline.rule_index import all_rules
from exporter.site.gaps import GAPS, known_gaps
from tests.site.entries import STYLES
from tests.write_context import LANGUAGES


def finding(rule: str, edition: str = "html", severity: Severity = Severity.WARNING) -> Finding:
    return Finding(rule, severity, "“4 Comité ... Obser…” seems to be in “fr”", "Mark it.", edition=edition)


@pytest.mark.parametrize(
    ("rule", "gaps"),
    [
        ("markup-language-passage", ("languages",)),
        ("docx-list-typed", ("lists",)),
        ("pdf-figure-alt-word", ("pictures",)),
        ("markup-table-head-empty", ("tables",)),
        ("markup-link-nowhere", ("links",)),
        ("not-carried", ("text",)),
        ("check-failed", ()),
        ("sign-language-captions", ()),
        ("docx-floating", ()),
        ("epub-metadata-summary", ()),
    ],
)
def test_readers_are_told_what_they_may_miss(rule: str, gaps: tuple[str, ...]) -> None:
    assert known_gaps([finding(rule), finding(rule)]) == ({"html": gaps} if gaps else {})


def test_what_is_about_the_manuscript_or_a_note_is_no_gap() -> None:
    assert known_gaps([finding("docx-list-typed", ""), finding("docx-list-typed", severity=Severity.NOTE)]) == {}


def test_each_gap_has_rules_and_a_sentence_in_every_language() -> None:
    for gap, pattern in GAPS.items():
        assert any(map(pattern.search, all_rules()))
        for language in LANGUAGES:
            labels = Labels.load(STYLES, language)
            assert labels(f"page.gap_{gap}").endswith(labels.full_stop.strip())
