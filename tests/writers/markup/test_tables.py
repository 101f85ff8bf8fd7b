"""Tables: what heads what, with and without spans."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from exporter import model as m
from exporter.model.table_grid import place_cells
from exporter.writers.markup.tables import numeric_columns
from tests.writers import sample
from tests.writers.markup.test_markup import first, made


def cells(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {"".join(e.itertext()): e for e in root.iter() if e.tag in {"th", "td"}}


def test_a_table_has_caption_groups_and_scopes() -> None:
    root = first(made(sample.table()), "table")
    assert [e.tag for e in root] == ["caption", "thead", "tbody", "tfoot"]
    found = cells(root)
    assert found["District"].get("scope") == "col"
    assert found["Arrests"].get("scope") == "colgroup"
    assert found["Coast"].get("scope") == "row"
    assert (found["Arrests"].get("colspan"), found["District"].get("rowspan")) == ("2", "2")


def test_with_spans_each_cell_names_its_headers() -> None:
    found = cells(first(made(sample.table()), "table"))
    names = {e.get("id"): words for words, e in found.items() if e.tag == "th"}
    assert [names[name] for name in (found["41 %"].get("headers") or "").split()] == ["Arrests", "Share", "Coast"]
    assert [names[name] for name in (found["12"].get("headers") or "").split()] == ["Died", "Coast"]
    assert [names[name] for name in (found["Number"].get("headers") or "").split()] == ["Arrests"]


def test_without_spans_scope_says_it_all() -> None:
    table = m.Table(
        (m.Column(), m.Column(m.Alignment.CENTER, 0.25)),
        head=(m.Row((sample.cell("A", m.Scope.COLUMN), sample.cell("B", m.Scope.COLUMN))),),
        bodies=((m.Row((sample.cell("x"), sample.cell("y"))),),),
    )
    root = first(made(table), "table")
    assert all(e.get("headers") is None for e in cells(root).values())
    assert cells(root)["y"].get("class") == "align-center"
    assert [e.get("style") for e in root.iter("col")] == [None, "width:25.0000%"]


def test_cells_reaching_down_push_the_next_row_aside_but_never_leave_their_group() -> None:
    table = m.Table(
        (m.Column(), m.Column()),
        bodies=(
            (m.Row((sample.cell("a", m.Scope.ROW_GROUP, rowspan=9), sample.cell("b"))), m.Row((sample.cell("c"),))),
            (m.Row((sample.cell("d"), sample.cell("e"))),),
        ),
    )
    assert [[(p.column, p.rows) for p in line] for line in place_cells(table.groups)] == [
        [(0, 2), (1, 1)],
        [(1, 1)],
        [(0, 1), (1, 1)],
    ]
    root = first(made(table), "table")
    found = cells(root)
    assert found["c"].get("headers") == found["a"].get("id")
    assert found["e"].get("headers") is None


def test_columns_of_numbers_are_known_by_their_cells() -> None:
    assert numeric_columns(place_cells(sample.table().groups)) == {1, 2, 3}
    words = m.Table((m.Column(),), bodies=((m.Row((sample.cell("12 men"),)),),))
    assert numeric_columns(place_cells(words.groups)) == frozenset()
    empty = m.Table((m.Column(),), bodies=((m.Row((sample.cell("–"),)),),))
    assert numeric_columns(place_cells(empty.groups)) == frozenset()


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("+44 20 5550 0199", False),
        ("020 7946 0958", False),
        ("+1 200 000", True),
        ("€ 12 500", True),
        ("1 250,5", True),
    ],
)
def test_numbers_of_telephones_are_not_aligned_as_numbers(text: str, is_number: bool) -> None:
    table = m.Table((m.Column(),), bodies=((m.Row((sample.cell(text),)),),))
    assert bool(numeric_columns(place_cells(table.groups))) is is_number


@pytest.mark.parametrize(
    ("children", "is_number"),
    [
        ((sample.p("10"), sample.p("20")), True),
        ((sample.p("2019", m.LineBreak(), "2020"),), True),
        ((sample.p("1,204", m.LineBreak(), "(12 %)"),), True),
        ((sample.p("12", m.Superscript((m.Text("a"),)), m.LineBreak(), "13"),), True),
        ((sample.p("10", m.LineBreak(), "men"),), False),
        ((sample.p("10"), sample.p("20 5550")), False),
        ((sample.p("men", m.LineBreak()),), False),
        ((), False),
    ],
)
def test_each_line_of_a_cell_may_be_a_number(children: tuple[m.Block, ...], is_number: bool) -> None:
    table = m.Table((m.Column(),), bodies=((m.Row((m.Cell(children),)),),))
    assert bool(numeric_columns(place_cells(table.groups))) is is_number


def test_a_raised_mark_behind_a_number_leaves_it_a_number() -> None:
    marked = m.Cell((m.Paragraph((sample.text("91"), m.Superscript((sample.text("a"),)))),))
    power = m.Cell((m.Paragraph((sample.text("about 10"), m.Superscript((sample.text("6"),)))),))
    plain = sample.cell("99")
    table = m.Table((m.Column(), m.Column()), bodies=((m.Row((marked, power)), m.Row((plain, plain))),))
    assert numeric_columns(place_cells(table.groups)) == {0}


def test_a_description_is_tied_to_its_table() -> None:
    root = made(sample.table())
    assert first(root, "table").get("aria-details") == first(root, "details").get("id")


def test_a_head_without_rows_below_it_is_the_body_of_its_table() -> None:
    table = m.Table((m.Column(),), head=(m.Row((sample.cell("A", m.Scope.COLUMN),)),))
    root = first(made(table), "table")
    assert [e.tag for e in root] == ["tbody"]
    assert cells(root)["A"].get("scope") == "col"


def test_only_the_long_word_of_a_cell_breaks_anywhere() -> None:
    word = "x" * 40
    rows = [m.Row((sample.cell(text),)) for text in (f"<b> {word}, then", "x y " * 40, "漢字" * 20, "คำไทย" * 10)]
    found = first(made(m.Table((m.Column(),), bodies=(tuple(rows),))), "table").findall(".//{*}span")
    assert [(span.get("class"), span.text) for span in found] == [("long", f"{word},")]


def test_a_cell_breaks_anywhere_where_its_long_word_is_in_several_parts() -> None:
    word = m.Cell((m.Paragraph((sample.text("x" * 20), m.Strong((sample.text("y" * 20),)))),))
    table = m.Table((m.Column(),), bodies=((m.Row((word,)), m.Row((sample.cell("x" * 40),))),))
    assert [cell.get("class") for cell in cells(first(made(table), "table")).values()] == ["long", None]
