"""What findings in editions come from: one in the manuscript, the settings, or a fault of exporter."""

from __future__ import annotations

import time

from exporter.cli.shown_findings import ShownFindings, further_alike, further_faults
from exporter.finding_causes import _IN_OTHER_WORDS, _OF_AUTHORS, _REPEATED, FAULT, repeated_findings, with_cause
from exporter.findings import Finding, Rule, Severity
from exporter.model import Source
from exporter.pipeline.rule_index import all_rules, manuscript_rules

VAGUE = manuscript_rules()["link-vague"]
PDF_TAGS, WORD, RESOLUTION = (all_rules()[name] for name in ("pdf-role-map", "markup-link-word", "press-resolution"))
METADATA = all_rules()["ebraille-recommended"]


def test_every_rule_that_is_named_exists() -> None:
    assert not set(_REPEATED) - set(manuscript_rules())
    repeating = {rule for rules in _REPEATED.values() for rule in rules}
    repeating |= {rule for rule, _ in _IN_OTHER_WORDS} | set(_IN_OTHER_WORDS.values())
    assert not (repeating | _OF_AUTHORS) - set(all_rules())


def test_a_finding_in_an_edition_repeats_that_of_the_manuscript_at_its_line() -> None:
    first, second = (VAGUE.finding("“here”.", Source("a.md", line)) for line in (3, 9))
    again = WORD.finding("The link “here” …", Source("a.md", 9), edition="html")
    elsewhere = WORD.finding("The link “here” …", edition="epub")
    other = PDF_TAGS.finding("A type leads nowhere.", edition="pdf")
    assert repeated_findings((first, second, again, elsewhere, other)) == {again: second, elsewhere: first}
    assert repeated_findings((again, other)) == {}


def test_a_link_without_words_is_one_finding_in_all_editions() -> None:
    empty = manuscript_rules()["link-empty"].finding("The link to “#a” has no words.", Source("a.md", 3))
    again = all_rules()["docx-link-unclear"].finding("A link has no text.", edition="docx")
    assert repeated_findings((empty, again)) == {again: empty}


def test_a_claim_repeats_what_the_rules_that_it_names_repeat() -> None:
    claim = all_rules()["pdf-claim"]
    untitled = manuscript_rules()["title-missing"].finding("No title.")
    repeats = claim.finding("The file claims PDF/UA-1 but does not conform: pdf-title.", edition="pdf")
    fault = claim.finding("The file claims PDF/UA-1 but does not conform: pdf-role-map, pdf-title.", edition="pdf")
    assert repeated_findings((untitled, repeats, fault)) == {repeats: untitled}


def test_an_error_never_repeats_a_warning() -> None:
    warned = VAGUE.finding("“here”.")
    error = Finding(WORD.id, Severity.ERROR, "The link “here” …", edition="html")
    assert repeated_findings((warned, error)) == {}


def test_only_what_authors_can_do_is_asked_of_them() -> None:
    assert with_cause(PDF_TAGS.finding("A type leads nowhere.", edition="pdf")).advice == FAULT
    assert with_cause(RESOLUTION.finding("Page 1", edition="print")).advice == RESOLUTION.advice
    assert with_cause(METADATA.finding("dc:rights", edition="ebraille")).advice == METADATA.advice
    assert "If the manuscript has no such problem" in with_cause(WORD.finding("The link", edition="html")).advice


def test_what_only_the_text_can_cause_is_no_fault() -> None:
    rules = all_rules()
    for name in ("docx-headings-missing", "docx-list-typed", "pdf-table-split"):
        assert with_cause(rules[name].finding("x", edition="pdf")).advice == rules[name].advice
    named = manuscript_rules()["alt-placeholder"].finding("The alt text “Picture 1” …", Source("a.md", 3))
    for name in ("docx-alt-file-name", "markup-alt-file", "pdf-figure-alt-file"):
        again = rules[name].finding("The alt text “Picture 1” is a file name.", edition="docx")
        assert repeated_findings((named, again)) == {again: named}


def test_one_fault_an_edition_is_printed_and_the_others_are_counted() -> None:
    rule = Rule("parity-text", Severity.ERROR, "Every edition contains all text.", FAULT)
    findings = tuple(rule.finding(f"Missing: {number}.", edition=name) for name in ("pdf", "epub") for number in (1, 2))
    shown = ShownFindings(notes=True)
    assert [shown.is_shown(finding) for finding in findings] == [True, False, True, False]
    assert further_faults(findings) == {"pdf": 1, "epub": 1}


def test_what_a_validator_says_in_other_words_repeats_the_manuscript_too() -> None:
    title, alt = (manuscript_rules()[rule].finding("…", Source("a.md", 1)) for rule in ("title-missing", "alt-missing"))
    standard, claim = all_rules()["pdf-standard"], all_rules()["epub-claim"]
    untitled = with_cause(
        standard.finding("PDF/UA-1: the Metadata stream must contain a dc:title entry.", edition="pdf")
    )
    bare = with_cause(standard.finding("PDF/UA-1: a Figure structure element has no /Alt.", edition="pdf"))
    enough = with_cause(claim.finding("Text …, and 4 pictures are without a good alt text.", edition="epub"))
    other = with_cause(standard.finding("PDF/UA-1: a font is not embedded.", edition="pdf"))
    assert repeated_findings((title, alt, untitled, bare, enough, other)) == {untitled: title, bare: alt, enough: alt}
    assert [each.advice == FAULT for each in (untitled, bare, enough, other)] == [False, False, False, True]


def test_thousands_of_findings_are_compared_at_once() -> None:
    # A manuscript of 400 pictures without alt texts printed one finding a second.
    rules = manuscript_rules()
    missing = [rules["alt-missing"].finding("No alt text.", Source("a.md", line)) for line in range(3_000)]
    again = [
        all_rules()["pdf-figure-alt"].finding(f"Figure {line}", Source("a.md", line), edition="pdf")
        for line in range(3_000)
    ]
    start = time.process_time()
    shown = ShownFindings(notes=True)
    assert [shown.is_shown(finding) for finding in (*missing, *again)] == [True] * 20 + [False] * 5_980
    assert (further_alike((*missing, *again), notes=True), shown.more) == ({"alt-missing": 2_980},) * 2
    assert repeated_findings((*missing, *again)) == dict(zip(again, missing, strict=True))
    assert time.process_time() - start < 2
