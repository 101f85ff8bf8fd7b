from __future__ import annotations

import datetime

from exporter import model as m
from exporter.transforms import apply


def first(*children: m.Inline) -> tuple[m.Inline, ...]:
    publication = apply(m.Publication(m.Metadata(language="en"), body=(m.Paragraph(children),)), "s")
    return publication.body[0].children if publication.body else ()


def test_a_subject_that_is_given_twice_is_there_once_and_an_empty_one_not_at_all() -> None:
    about = m.Metadata(language="en", subjects=("courts", "\u00ad", "police", " ", "courts"))
    assert apply(m.Publication(about), "s").metadata.subjects == ("courts", "police")


def test_neighbouring_text_becomes_one() -> None:
    assert first(m.Text("a "), m.Text(""), m.Text("b")) == (m.Text("a b"),)


def test_text_in_another_language_stays_apart() -> None:
    spanish = m.Text("hola", at=m.At(language="es"))
    assert first(m.Text("a "), spanish) == (m.Text("a "), spanish)


def test_empty_inlines_go_but_anchors_and_links_stay() -> None:
    anchor = m.Span((), at=m.At(id="here"))
    link = m.Link((), "https://example.org/")
    assert first(m.Emphasis((m.Strong(()),)), anchor, link, m.Text("x")) == (anchor, link, m.Text("x"))


def test_blanks_at_the_edges_go_however_deep_they_stand() -> None:
    assert first(
        m.Text("\u00a0 "), m.Strong((m.Text(" "), m.Emphasis((m.Text(" a "),)), m.Text("\n"))), m.LineBreak()
    ) == (m.Strong((m.Emphasis((m.Text("a"),)),)),)


def test_blanks_between_words_stay_wherever_they_stand() -> None:
    children = (m.Text("a"), m.Strong((m.Text(" b "),)), m.Text("c"))
    assert first(*children) == children


def test_code_of_nothing_goes_unless_links_lead_to_it() -> None:
    blocks = (m.CodeBlock(" \n"), m.CodeBlock("", at=m.At(id="here")), m.CodeBlock("a"))
    made = apply(m.Publication(m.Metadata(title="T", language="en"), body=blocks), "slug")
    assert [block.text for block in made.body if isinstance(block, m.CodeBlock)] == ["", "a"]


def test_a_paragraph_of_nothing_goes() -> None:
    assert apply(m.Publication(m.Metadata(), body=(m.Paragraph((m.Text("\u00a0"),)),)), "s").body == ()


def test_direction_is_said_only_where_it_turns() -> None:
    arabic = m.Span((m.Text("نص"), m.Span((m.Text("fa"),), at=m.At(language="fa"))), at=m.At(language="ar"))
    french = m.Span((m.Text("oui"),), at=m.At(language="fr"))
    forced = m.Span((m.Text("x"),), at=m.At(language="ar", direction=m.Direction.LTR))
    turned, same, given = first(arabic, french, forced)
    assert turned.at.direction is m.Direction.RTL
    assert turned.children[1].at.direction is None
    assert same.at.direction is None
    assert given.at.direction is m.Direction.LTR


def test_an_arabic_publication_runs_from_right_to_left_and_its_english_does_not() -> None:
    english = m.Paragraph((m.Text("x"),), at=m.At(language="en"))
    publication = apply(m.Publication(m.Metadata(language="ar"), body=(english,)), "s")
    assert publication.metadata.direction is m.Direction.RTL
    assert publication.body[0].at.direction is m.Direction.LTR


def test_an_identifier_is_made_once_and_depends_on_what_never_changes() -> None:
    def made(**fields: object) -> str:
        metadata = m.Metadata(**{"title": "T", "publisher": "P", "date": datetime.date(2026, 1, 1), **fields})
        return apply(m.Publication(metadata), "slug").metadata.identifier

    assert made() == made(title="Another title") != made(publisher="Q")
    assert made().startswith("urn:uuid:")
    assert made(identifier="doi:10.1/x") == "doi:10.1/x"


def test_rows_without_cells_go_and_what_reaches_into_them_ends_earlier() -> None:
    def row(*spans: int) -> m.Row:
        return m.Row(tuple(m.Cell((), rowspan=span) for span in spans))

    table = m.Table((m.Column(),), head=(row(),), bodies=((row(3, 1), row(), row(1)), (row(),)), foot=(row(2), row(2)))
    (made,) = apply(m.Publication(m.Metadata(), body=(table,)), "s").body
    assert isinstance(made, m.Table)
    groups = (made.head, *made.bodies, made.foot)
    assert [[[cell.rowspan for cell in each.cells] for each in group] for group in groups] == [
        *([], [[2, 1], [1]], [[2], [2]])
    ]


def test_of_two_notes_with_one_id_the_first_is_meant_and_the_other_stays() -> None:
    text = m.Paragraph((m.Text("Text"), m.NoteReference("a")))
    notes = tuple(
        m.Note(name, (m.Paragraph((m.Text(words),)),)) for name, words in (("a", "1"), ("a", "2"), ("a-2", "3"))
    )
    made = apply(m.Publication(m.Metadata(), body=(text,), notes=notes), "s").notes
    assert [(note.id, note.children[0].children) for note in made] == [
        *(("a", (m.Text("1"),)), ("a-3", (m.Text("2"),)), ("a-2", (m.Text("3"),)))
    ]
