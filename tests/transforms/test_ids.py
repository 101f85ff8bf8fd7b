from __future__ import annotations

import pytest

from exporter import model as m
from exporter.model.walk import walk
from exporter.transforms import apply
from exporter.transforms.slugs import slug, valid_id


def text(words: str) -> tuple[m.Text]:
    return (m.Text(words),)


def paragraph(*children: m.Inline, id: str | None = None) -> m.Paragraph:  # noqa: A002  the field's name
    return m.Paragraph(children, at=m.At(id=id))


def section(title: str, *children: m.Block, id: str | None = None) -> m.Section:  # noqa: A002  the field's name
    return m.Section(text(title), children, at=m.At(id=id))


def done(*body: m.Block, notes: tuple[m.Note, ...] = ()) -> m.Publication:
    return apply(m.Publication(m.Metadata(language="en"), body=body, notes=notes), "slug")


def ids(publication: m.Publication, kind: type[m.Node]) -> list[str | None]:
    return [node.at.id for node in walk(publication) if isinstance(node, kind)]


def targets(publication: m.Publication) -> list[str]:
    return [node.target for node in walk(publication) if isinstance(node, m.Link)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Section 1.1 By care", "section-1-1-by-care"),
        ("Introducción: ¿qué pasó?", "introduccion-que-paso"),
        ("The State’s duty", "the-states-duty"),
        ("Łódź, Tromsø and Straße", "lodz-tromso-and-strasse"),
        ("2023 in numbers", "section-2023-in-numbers"),
        ("حقوق الإنسان", ""),
        ("2023", ""),
        ("A very long heading about access to justice in Mexico", "a-very-long-heading-about-access-to"),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_slug_is_readable_ascii(title: str, name: str) -> None:
    assert slug(title) == name


@pytest.mark.parametrize(
    ("written", "valid"),
    [("1.2 foo", "id-1.2-foo"), ("a:b", "a-b"), ("الخاتمة", "الخاتمة"), ("  ", ""), ("x" * 50, "x" * 40)],
)
def test_an_authors_id_is_mended_as_little_as_possible(written: str, valid: str) -> None:
    assert valid_id(written) == valid


def test_sections_are_called_after_their_titles_and_numbered_when_alike() -> None:
    publication = done(section("Findings", section("Method")), section("النتائج"), section("Method"))
    assert ids(publication, m.Section) == ["findings", "method", "section-3", "method-2"]


def test_everything_else_is_called_after_kind_and_number_in_reading_order() -> None:
    cell = m.Cell((paragraph(m.Text("1")),))
    table = m.Table((m.Column(),), bodies=((m.Row((cell,)), m.Row((cell,))),), caption=text("C"))
    inner = m.List((m.ListItem((paragraph(m.Text("b")),)),))
    publication = done(m.List((m.ListItem((paragraph(m.Text("a")), inner)),)), table, paragraph(m.Text("end")))
    assert ids(publication, m.List) == ["list1", "list2"]
    assert ids(publication, m.Row) == ["row1", "row2"]
    assert ids(publication, m.Cell) == ["cell1", "cell2"]
    assert ids(publication, m.Paragraph) == ["p1", "p2", "p3", "p4", "p5"]


def test_an_authors_id_stays_even_when_it_looks_like_one_of_ours_and_comes_later() -> None:
    publication = done(section("Findings"), paragraph(m.Text("a")), paragraph(m.Text("b"), id="p1"), paragraph(id="x"))
    assert ids(publication, m.Paragraph) == ["p1-2", "p1"]
    assert ids(done(section("Findings"), section("Other", id="findings")), m.Section) == ["findings-2", "findings"]


def test_of_two_alike_the_first_stays_and_links_mean_it() -> None:
    link = m.Link(text("see"), "#box")
    publication = done(section("A", id="box"), section("B", id="box"), paragraph(link))
    assert ids(publication, m.Section) == ["box", "b"]
    assert targets(publication) == ["#box"]


def test_ids_that_word_cannot_tell_apart_are_set_apart_and_links_follow() -> None:
    publication = done(section("A", id="my-box"), section("B", id="My_Box"), paragraph(m.Link(text("b"), "#My_Box")))
    assert ids(publication, m.Section) == ["my-box", "My_Box-2"]
    assert targets(publication) == ["#My_Box-2"]


def test_links_follow_an_id_that_had_to_be_mended() -> None:
    publication = done(section("A", id="1 a"), paragraph(m.Link(text("a"), "#1 a"), m.Link(text("b"), "#1%20a")))
    assert targets(publication) == ["#id-1-a", "#id-1-a"]


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("2023 in numbers", "#2023-in-numbers"),
        ("2023 in numbers", "#in-numbers"),
        ("Introducción", "#introducción"),
        ("Introducción", "#introducci%C3%B3n"),
        ("النتائج", "#النتائج"),
        ("1.1 A & B", "#11-a--b"),
    ],
)
def test_links_under_the_names_that_other_tools_give_headings_are_found(title: str, target: str) -> None:
    publication = done(section(title), paragraph(m.Link(text("see"), target)))
    assert targets(publication) == [f"#{ids(publication, m.Section)[0]}"]


def test_a_link_to_nowhere_stays_for_the_lint() -> None:
    assert targets(done(paragraph(m.Link(text("see"), "#nowhere"), m.Link(text("web"), "https://e.org/#a")))) == [
        "#nowhere",
        "https://e.org/#a",
    ]


def test_notes_and_references_are_called_after_the_notes_number() -> None:
    notes = (
        m.Note("never", (paragraph(m.Text("n")),)),
        m.Note("inner", (paragraph(m.Text("i")),)),
        m.Note("a", (paragraph(m.Text("a"), m.NoteReference("inner")),)),
        m.Note("caption", (paragraph(m.Text("c")),)),
    )
    table = m.Table((m.Column(),), caption=(m.Text("T"), m.NoteReference("caption")))
    publication = done(table, paragraph(m.Text("x"), m.NoteReference("a"), m.NoteReference("a")), notes=notes)
    assert [note.id for note in publication.notes] == ["caption", "a", "inner", "never"]
    assert [note.at.id for note in publication.notes] == ["note-1", "note-2", "note-3", "note-4"]
    assert ids(publication, m.NoteReference) == ["ref-1-1", "ref-2-1", "ref-2-2", "ref-3-1"]


def test_a_link_to_a_note_under_its_own_name_points_at_it() -> None:
    publication = done(
        paragraph(m.Text("x"), m.NoteReference("a"), m.Link(text("see"), "#a")),
        notes=(m.Note("a", (paragraph(m.Text("a")),)),),
    )
    assert targets(publication) == ["#note-1"]
