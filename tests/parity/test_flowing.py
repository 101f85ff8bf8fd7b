"""Editions that flow tell what the tree tells: every publication of the house, and whatever a tree can hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter.findings import Finding
from exporter.parity import diff
from exporter.parity.compare import with_missing_images_described
from exporter.parity.tree_extraction import extract_tree
from tests.parity.compared import extractor_of
from tests.parity.made import FLOWING, drawn, make
from tests.publications import LONG, SLUGS, Editions, all_of
from tests.trees import MATHML, PUBLICATIONS, examples

TREES = {"epub": 40, "html": 12, "daisy": 20}
"""How many, by how long one takes."""


def compared(publication: m.Publication, path: Path, name: str) -> list[Finding]:
    """Compare what is read; how a talking book sounds has tests of its own."""
    return diff(extract_tree(publication), extractor_of(path).extract(path), name)


@pytest.mark.parametrize("name", ["html", "daisy"])
@pytest.mark.parametrize("slug", all_of(set(SLUGS) - LONG))
def test_every_publication_is_told(slug: str, name: str, editions: Editions) -> None:
    # EPUBs are compared in `test_every_edition`.
    edition = editions.of(slug, name)
    assert [str(finding) for finding in compared(edition.publication, edition.path, name)] == []


@pytest.mark.parametrize("name", FLOWING)
def test_whatever_the_tree_holds_is_told(name: str) -> None:
    @given(PUBLICATIONS)
    # A tree takes minutes to shrink; as it is generated it is small enough to be read.
    @settings(
        max_examples=examples(TREES[name]),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def told(publication: m.Publication) -> None:
        with tempfile.TemporaryDirectory() as place:
            made = drawn(publication, Path(place))
            path, _ = make(name, made, Path(place))
            assert [str(finding) for finding in compared(made, path, name)] == []

    told()


@pytest.mark.parametrize("name", FLOWING)
def test_pictures_that_are_not_there_are_told_in_words(name: str, tmp_path: Path) -> None:
    house, door = m.Image("house.png", m.Described("A house")), m.Image("door.png", m.Described("A door"))
    body = (
        m.Paragraph((m.Text("Text "), m.Link((door, m.Image("none.png", m.Decorative())), "https://example.org/"))),
        m.Figure((house, m.Image("img/a.png", m.Described("Bars"))), (m.Text("Two of them"),)),
        m.Figure((house,), (m.Text("A caption"),), (m.Paragraph((m.Text("Long."),)),)),
        m.Figure((m.Image("gone.png", m.Undescribed()),)),
        m.Section((m.Text("Shown "), m.Image("img/b.svg", m.Described("A path"))), (m.Paragraph((door,)),)),
    )
    made = drawn(m.Publication(m.Metadata(title="Lost", language="en"), body=body), tmp_path)
    path, _ = make(name, made, tmp_path)
    assert [str(finding) for finding in compared(with_missing_images_described(made), path, name)] == []


@pytest.mark.parametrize("name", FLOWING)
def test_contents_lead_to_the_right_headings_where_some_have_formulas_and_pictures(name: str, tmp_path: Path) -> None:
    badge = m.Image("img/a.png", m.Described("Version badge"))
    titles = ((m.Text("None"),), (m.Math(MATHML, "x"),), (badge, m.Text(" Two")), (m.Text("Three"),))
    body = tuple(m.Section(title, (m.Paragraph((m.Text("Words."),)),)) for title in titles)
    made = drawn(m.Publication(m.Metadata(title="Formulas ", subtitle="A title", language="en"), body=body), tmp_path)
    path, _ = make(name, made, tmp_path)
    assert [str(finding) for finding in compared(made, path, name)] == []


@pytest.mark.parametrize("name", ["epub", "html"])
def test_a_table_with_nothing_but_a_titled_box_and_notes_of_formulas_are_told(name: str, tmp_path: Path) -> None:
    box = m.Aside((m.LineBlock((m.Line(()),)),), m.AsideKind.SUMMARY)
    rows = (m.Row((m.Cell(()),)), m.Row((m.Cell((box,)),)))
    text = m.Paragraph((m.Text("Text."), m.NoteReference(note="a")))
    body = (text, m.Table((m.Column(),), bodies=(rows,)), m.Paragraph((m.Text("More."),)))
    notes = (
        *(m.Note("a", (m.Paragraph((m.Text("A note."),)),)), m.Note("b", (m.Paragraph((m.Emphasis(()),)),))),
        m.Note("c", (m.MathBlock(MATHML, "x"),)),
    )
    publication = drawn(m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes), tmp_path)
    path, _ = make(name, publication, tmp_path)
    assert [str(finding) for finding in compared(publication, path, name)] == []


@pytest.mark.parametrize("name", ["epub", "html"])
def test_a_formula_among_other_words_of_a_source_is_found(name: str, tmp_path: Path) -> None:
    def quoted(*source: m.Inline) -> m.Publication:
        quote = m.Quote((m.Paragraph((m.Text("True."),)),), source)
        return drawn(m.Publication(m.Metadata(title="T", language="en"), body=(quote,)), tmp_path)

    by, formula, ana = m.Text("By "), m.Math(MATHML, "x"), m.Text(" Ana")
    path, _ = make(name, quoted(by, formula, ana), tmp_path)
    assert compared(quoted(by, formula, ana), path, name) == []
    assert [finding.rule for finding in compared(quoted(by, ana, formula), path, name)] == ["parity-marks"]
