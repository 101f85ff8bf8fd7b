from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.findings import MOST, Severity
from exporter.transforms import apply
from exporter.validate.lint import RULES, lint
from tests.trees import PUBLICATIONS, examples


@given(PUBLICATIONS)
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
def test_no_tree_makes_it_crash_and_every_finding_can_be_acted_on(publication: m.Publication) -> None:
    for tree in (publication, apply(publication, "slug")):
        found = lint(tree)
        assert found == lint(tree)
        for finding in found:
            assert finding.rule in RULES
            assert finding.message.endswith(".")
            assert finding.advice
        places = [(f.source.file, f.source.line) for f in found if f.source]
        assert places == sorted(places)


def test_an_empty_publication_is_told_all_that_it_lacks() -> None:
    rules = {finding.rule for finding in lint(m.Publication(m.Metadata()))}
    assert rules == {
        "title-missing", "language-missing", "kind-missing", "date-missing", "who-missing", "description-missing",
    }  # fmt: skip


@pytest.mark.parametrize(("title", "is_missing"), [(" \u200b\ufeff", True), ("\u2800\u3164", True), ("1984", False)])
def test_a_title_that_nobody_can_see_is_no_title(title: str, is_missing: bool) -> None:
    assert ("title-missing" in {finding.rule for finding in lint(m.Publication(m.Metadata(title)))}) == is_missing


def test_whatever_leaves_people_out_stops_the_export() -> None:
    errors = {rule.id for rule in RULES.values() if rule.severity is Severity.ERROR}
    assert errors == {
        "alt-missing", "alt-file-name", "alt-placeholder", "alt-is-caption", "title-missing", "language-missing",
        "language-invalid", "table-headless", "link-empty", "link-target-missing", "note-empty",
    }  # fmt: skip


def in_english(*texts: str, rule: str = "language-") -> list[str]:
    """Return the findings of the rules with a name that begins so, about paragraphs whose language is English."""
    paragraphs = tuple(m.Paragraph((m.Text(text),)) for text in texts)
    publication = m.Publication(m.Metadata(title="T", language="en"), body=paragraphs)
    return [finding.message for finding in lint(publication) if finding.rule.startswith(rule)]


def test_a_language_that_is_wrong_is_said_once() -> None:
    (message,) = in_english(*["Люди ждут целый год."] * 200, *["It is in English."] * 50)
    assert message.startswith("The stated language is en, but 200 passages are in Cyrillic script, the first “Люди")


def test_passages_in_another_script_are_said_one_by_one_up_to_a_number() -> None:
    assert len(in_english("Люди ждут.", "Ждут суда.", *["It is in English."] * 9)) == 2
    many = in_english(
        *("Люди " + "и" * number for number in range(30)),
        *("Судьи " + "и" * number for number in range(30)),
        *["It is in English."] * 150,
    )
    assert len(many) == MOST
    assert many[-1].endswith(f"(en). And {60 - MOST} more places.")


def test_titles_in_another_language_in_notes_are_one_finding() -> None:
    titles = (
        "La justicia en los tribunales de México y de las Américas",
        "El acceso a la justicia de los pueblos en el sur",
    )
    notes = tuple(
        m.Note(id=f"n{line}", at=m.At(source=m.Source("a.md", line)), children=(m.Paragraph((m.Text(title),)),))
        for line, title in enumerate(titles * 3, 1)
    )
    references = tuple(m.NoteReference(note=note.id) for note in notes)
    text = m.Paragraph((m.Text("The people of the town wait for the court and it is in the news. " * 9), *references))
    found = lint(m.Publication(m.Metadata(title="T", language="en"), body=(text,), notes=notes))
    (message,) = [finding.message for finding in found if finding.rule == "language-unmarked"]
    assert message.startswith(
        "Unmarked passages in notes (6 of them, lines 1, 2, 3, 4, 5, 6) seem to be in Spanish, or a language "
        "close to it, not in English, "
    )


def test_lines_that_look_like_headings_are_enough_to_say_that_there_is_none() -> None:
    body = (m.Paragraph((m.Text("People wait. " * 1_000),)),)
    publication = m.Publication(m.Metadata(title="T", language="en"), body=body)
    assert "headings-none" in {finding.rule for finding in lint(publication)}
    assert "headings-none" not in {finding.rule for finding in lint(publication, (), ("word-heading-look",))}


def test_errors_are_all_said() -> None:
    links = tuple(m.Paragraph((m.Link((m.Text(f"link {number}"),), f"#x{number}"),)) for number in range(MOST + 5))
    found = lint(m.Publication(m.Metadata(title="T", language="en"), body=links))
    assert sum(finding.rule == "link-target-missing" for finding in found) == MOST + 5


def test_many_bold_lines_are_one_finding() -> None:
    lines = [(m.Paragraph((m.Strong((m.Text(f"Part {n}"),)),)), m.Paragraph((m.Text("Words."),))) for n in range(5)]
    found = lint(
        m.Publication(m.Metadata(title="T", language="en"), body=tuple(block for pair in lines for block in pair))
    )
    assert [finding.message for finding in found if finding.rule == "heading-by-hand"] == [
        "5 bold paragraphs look like headings: “Part 0”, “Part 1”, “Part 2” and 2 more."
    ]


def test_one_table_of_a_word_file_needs_no_list_of_places() -> None:
    def row(*texts: str, scope: m.Scope | None = None) -> m.Row:
        cells = (m.Cell(scope=scope, children=(m.Paragraph(children=(m.Text(text),)),)) for text in texts)
        return m.Row(cells=tuple(cells))

    table = m.Table(
        at=m.At(source=m.Source("a.docx", anchor=3)),
        columns=(m.Column(), m.Column()),
        head=(row("Island", "Price", scope=m.Scope.COLUMN),),
        bodies=((row("Norra", "4.20"), row("Sulla", "5.10")),),
    )
    (found,) = (f for f in lint(m.Publication(m.Metadata(), body=(table,))) if f.rule == "table-row-headers")
    assert found.message.endswith("but the table has no row headers.")


def test_many_slips_of_two_or_three_spaces_are_one_finding_and_columns_are_not_among_them() -> None:
    texts = [*(f"Sentence {number}.   Another one." for number in range(9)), f"Name:{' ' * 40}Ana"]
    assert in_english(*texts, rule="text-blanks") == [
        "40 spaces in a row: “Name: Ana”.",
        "Spaces in a row in 9 places. The first: 3 spaces in a row: “Sentence 0. Another one.”.",
    ]


def test_a_list_of_abbreviations_explains_them() -> None:
    listed = ("CESCR Committee on Economic, Social and Cultural Rights", "IDP: internally displaced person")
    messages = in_english(*listed, "CNB has no file.", "The CNB, CESCR and an IDP.", rule="abbreviation")
    assert messages == ["Unexplained abbreviation: “CNB”, used 2 times."]
    texts = ("NHRI", "National human rights institution", "CNB", "The Court")
    cells = [m.Cell((m.Paragraph((m.Text(text),)),)) for text in texts]
    table = m.Table((m.Column(), m.Column()), bodies=((m.Row(tuple(cells[:2])), m.Row(tuple(cells[2:]))),))
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(table,))
    messages = [finding.message for finding in lint(publication) if finding.rule.startswith("abbreviation")]
    assert messages == ["Unexplained abbreviation: “CNB”, used once."]


def test_all_of_a_list_of_abbreviations_are_explained_where_the_letters_of_most_fit() -> None:
    fitting = ("CESCR Committee on Economic, Social and Cultural Rights", "ILO International Labour Organization")
    listed = (*fitting, "ECT Electroconvulsive therapy", "NHRI National human rights institution")
    assert in_english(*listed, rule="abbreviation") == []
    assert len(in_english(*listed[:3], rule="abbreviation")) == 1
    messages = in_english(*listed, "NRCA officers detained people.", rule="abbreviation")
    assert messages == ["Unexplained abbreviation: “NRCA”, used once."]
    assert in_english(*(f"{line}." for line in listed), rule="abbreviation") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ANNEX: LIST OF DETAINEES", ""),
        ("ANNEX 1: LIST OF DETAINEES", ""),
        ("ANNEX B. LIST OF DETAINEES", ""),
        ("ОТЧЁТ: НАРУШЕНИЯ", ""),
        ("NRCA", "NRCA"),
        ("NRCA, CJDP", "NRCA"),
        ("ARTICLE 9: NRCA", "NRCA"),
        ("PRESS RELEASE – NRCA", "NRCA"),
        ("NRCA: Detainees", "NRCA"),
        ("NRCA: CJDP and others", "NRCA"),
    ],
)
def test_the_first_word_of_a_heading_in_capitals_is_no_abbreviation(text: str, found: str) -> None:
    messages = in_english(text, rule="abbreviation")
    assert [found in message for message in messages[:1]] == [True] * bool(found)


def test_a_place_in_capitals_at_the_beginning_of_a_dispatch_is_no_abbreviation() -> None:
    assert in_english("OMBE VALLEY, 17 November. The NRCA said so.", rule="abbreviation") == [
        "Unexplained abbreviation: “NRCA”, used once."
    ]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("ICZ investigators collected clear zones there.", 1),
        ("ICZ International Criminal Zone", 0),
        ("ICZ – the International Criminal Zone", 1),
        ("ICZ International Criminal Zone (Puerto Alba)", 0),
        ("ICZ: International Criminal Zone of Puerto Alba", 0),
        ("ICZ: investigators were in a car on a road to the zone", 1),
        ("ICZ investigators were in a car on a road to the zone", 1),
    ],
)
def test_a_sentence_with_the_letters_of_an_abbreviation_does_not_explain_it(line: str, count: int) -> None:
    assert len(in_english(line, rule="abbreviation")) == count


def test_a_word_in_capitals_that_is_also_written_in_small_letters_is_no_abbreviation() -> None:
    messages = in_english("TOTAL", "In total, the PMSCD counted three.", rule="abbreviation")
    assert messages == ["Unexplained abbreviation: “PMSCD”, used once."]


@pytest.mark.parametrize(
    ("text", "is_spaced"), [("N E V E R", True), ("调 查 报 告", True), ("र छ र स", False), ("ꖸ ꗏ ꕉ ꕞ", False)]
)
def test_syllables_between_spaces_are_no_letters_of_a_word(text: str, is_spaced: bool) -> None:
    assert bool(in_english(text, rule="text-spaced-letters")) is is_spaced
