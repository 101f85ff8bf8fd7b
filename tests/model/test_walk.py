"""Ways through the tree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.model import walk
from exporter.readers.tex import tex_to_mathml
from tests.trees import PUBLICATIONS, examples


def paragraph(*text: str) -> m.Paragraph:
    return m.Paragraph(tuple(m.Text(part) for part in text))


def publication(*body: m.Block, front: m.Blocks = ()) -> m.Publication:
    return m.Publication(m.Metadata(title="Title"), front=front, body=body)


def test_a_heading_s_level_is_the_depth_of_its_section() -> None:
    inner = m.Section((m.Text("C"),), ())
    tree = publication(
        m.Section((m.Text("A"),), (m.Section((m.Text("B"),), (inner,)),)),
        m.Section((m.Text("D"),), ()),
        front=(m.Section((m.Text("Abstract"),), ()),),
    )
    assert [(h.level, h.text) for h in walk.headings(tree)] == [(1, "Abstract"), (1, "A"), (2, "B"), (3, "C"), (1, "D")]


def test_headings_inside_a_box_are_found_at_their_depth() -> None:
    box = m.Aside((m.Section((m.Text("Inside"),), ()),))
    tree = publication(m.Section((m.Text("A"),), (box,)))
    assert [(h.level, h.text) for h in walk.headings(tree)] == [(1, "A"), (2, "Inside")]


def test_plain_text_is_what_is_read_without_marks_of_notes_and_pictures() -> None:
    line = (
        m.Text("The "),
        m.Emphasis((m.Text("court"),)),
        m.NoteReference("n1"),
        m.Text(" of "),
        m.Abbreviation("UN", "United Nations"),
        m.LineBreak(),
        m.Image("a.png", m.Described("alt")),
        m.Code("x"),
    )
    assert walk.plain_text(line) == "The court of UN x"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"E = mc^2", "E=mc²"),
        (r"\frac{a}{b+1}", "a/(b+1)"),
        (r"\sqrt{x_1^{n+1}} \lt \alpha", "√(x₁^(n+1))<α"),
        (r"\sum_{i=1}^{n} x_i", "∑_(i=1)^nx_i"),
        (r"f'(x)", "f′(x)"),
        (r"\sqrt[3]{y}", "³√y"),
        (r"\text{the rate } r", "the rate r"),
    ],
)
def test_plain_text_of_a_formula_has_no_tex(tex: str, text: str) -> None:
    assert walk.plain_text(m.Math(tex_to_mathml(tex, display=False), tex=tex)) == text


def test_plain_text_of_a_formula_leaves_annotations_out() -> None:
    characters = "<mrow><mi>x</mi><mo>&lt;</mo></mrow>"
    markup = f"<math><semantics>{characters}<annotation encoding='a'>y</annotation></semantics></math>"
    assert walk.plain_text(m.Math(markup, tex="x \\lt")) == "x<"
    assert walk.plain_text(m.Math("<math><mi>x</mi><mo>&lt;<annotation>y</annotation>")) == "x<"
    assert walk.plain_text(m.Math("<math>" + "<mrow>" * 99 + "x" + "</mrow>" * 99 + "</math>")) == "x"


def test_plain_text_separates_blocks_but_not_inlines() -> None:
    assert walk.plain_text((paragraph("one", "two"), paragraph("three"))) == "onetwo three"


def test_plain_text_keeps_an_attribution_apart_from_what_was_said() -> None:
    assert walk.plain_text(m.Quote((paragraph("They came."),), (m.Text("Witness"),))) == "They came. Witness"


def test_a_table_is_walked_caption_first_and_description_last() -> None:
    cell = m.Cell((paragraph("cell"),))
    table = m.Table(
        (m.Column(),),
        head=(m.Row((m.Cell((paragraph("head"),), m.Scope.COLUMN),)),),
        bodies=((m.Row((cell,)),),),
        foot=(m.Row((m.Cell((paragraph("foot"),)),)),),
        caption=(m.Text("caption"),),
        description=(paragraph("description"),),
    )
    texts = [node.text for node in walk.walk(table) if isinstance(node, m.Text)]
    assert texts == ["caption", "head", "cell", "foot", "description"]


def test_rewriting_can_take_away_and_put_in_several() -> None:
    tree = publication(paragraph("a", "b"))

    def change(node: m.Node) -> m.Node | tuple[m.Node, ...]:
        match node:
            case m.Text("a"):
                return ()
            case m.Text("b"):
                return (m.Text("x"), m.Text("y"))
        return node

    assert walk.rewrite(tree, change) == publication(paragraph("x", "y"))


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(PUBLICATIONS)
def test_rewriting_without_a_change_gives_the_very_same_tree(tree: m.Publication) -> None:
    assert walk.rewrite(tree, lambda node: node) is tree


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(PUBLICATIONS)
def test_every_node_is_walked_once_and_parents_come_first(tree: m.Publication) -> None:
    nodes = list(walk.walk(tree))
    place = {id(node): index for index, node in enumerate(nodes)}
    for node in nodes:
        for child in walk.children(node):
            assert id(child) in place


def test_nodes_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        setattr(m.Text("a"), "text", "b")  # noqa: B010 - mypy would refuse the plain assignment, as it should
