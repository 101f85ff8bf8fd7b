"""What the writers may rely on, for any tree at all."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.labels import direction_of
from exporter.model.walk import plain_text, walk
from exporter.transforms import apply
from exporter.transforms.slugs import MAX_LENGTH, is_id
from tests.trees import PUBLICATIONS, examples

INLINES = get_args(m.Inline)


def doing_it_twice_changes_nothing_more(publication: m.Publication, after: m.Publication) -> None:
    assert apply(after, "slug") == after


def ids_are_there_unique_and_fit_for_every_format(publication: m.Publication, after: m.Publication) -> None:
    named = [
        node.at.id
        for node in walk(after)
        if not isinstance(node, INLINES) or isinstance(node, m.Image | m.NoteReference)
    ]
    assert None not in named
    ids = [node.at.id for node in walk(after) if node.at.id is not None]
    assert all(is_id(name) and len(name) <= MAX_LENGTH for name in ids)
    assert len({name.casefold().replace("-", "_").replace(".", "_") for name in ids}) == len(ids)


def no_word_is_lost_and_none_changes_its_place(publication: m.Publication, after: m.Publication) -> None:
    for part in ("front", "body"):
        assert letters(getattr(after, part)) == letters(getattr(publication, part))
    assert sorted(map(letters, after.notes)) == sorted(map(letters, publication.notes))
    kept = (m.Image, m.NoteReference, m.Table, m.Link, m.Section)
    for kind in kept:
        assert count(after, kind) == count(publication, kind)


def count(publication: m.Publication, kind: type) -> int:
    """Return how many nodes of a kind there are; a section without any text may go."""
    nodes = [node for node in walk(publication) if isinstance(node, kind)]
    return sum(not isinstance(node, m.Section) or bool(letters((node,))) for node in nodes)


def no_crumbs_are_left(publication: m.Publication, after: m.Publication) -> None:
    for node in walk(after):
        assert not (isinstance(node, m.Paragraph) and not node.children)
        assert not (isinstance(node, m.Row) and not node.cells)
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if not (isinstance(value, tuple) and value and isinstance(value[0], INLINES)):
                continue
            for one, other in itertools.pairwise(value):
                if isinstance(one, m.Text) and isinstance(other, m.Text):
                    assert one.at != other.at
            for inline in value:
                if isinstance(inline, m.Text) and not inline.at.id:
                    assert inline.text
            if not isinstance(node, INLINES):
                first, last = value[0], value[-1]
                assert not (isinstance(first, m.Text) and first.text[:1] == " ")
                assert not (isinstance(last, m.Text) and last.text[-1:] == " ")


def the_direction_is_said_wherever_the_language_turns_it(publication: m.Publication, after: m.Publication) -> None:
    assert after.metadata.direction is direction_of(after.metadata.language)

    def check(node: m.Node, inherited: m.Direction) -> None:
        now = node.at.direction or inherited
        if node.at.language and node.at.direction is None:
            assert direction_of(node.at.language) is inherited
        for name in node.__struct_fields__:
            for child in _nodes(getattr(node, name)):
                check(child, now)

    for node in (*after.front, *after.body, *after.notes):
        check(node, after.metadata.direction)


def _nodes(value: object) -> list[m.Node]:
    if isinstance(value, m.Node):
        return [value]
    return [node for item in value for node in _nodes(item)] if isinstance(value, tuple) else []


def notes_stand_in_the_order_of_their_first_references(publication: m.Publication, after: m.Publication) -> None:
    known = {note.id for note in after.notes}
    text = [n.note for n in walk((*after.front, *after.body)) if isinstance(n, m.NoteReference) and n.note in known]
    first_met = list(dict.fromkeys(text))
    assert [note.id for note in after.notes][: len(first_met)] == first_met


@given(PUBLICATIONS)
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
def test_every_promise_to_the_writers_holds_for_any_tree(publication: m.Publication) -> None:
    # One test for all promises, since making trees costs more than checking them.
    after = apply(publication, "slug")
    doing_it_twice_changes_nothing_more(publication, after)
    ids_are_there_unique_and_fit_for_every_format(publication, after)
    no_word_is_lost_and_none_changes_its_place(publication, after)
    no_crumbs_are_left(publication, after)
    the_direction_is_said_wherever_the_language_turns_it(publication, after)
    notes_stand_in_the_order_of_their_first_references(publication, after)


def letters(root: m.Node | tuple[m.Node, ...]) -> str:
    return plain_text(root).replace(" ", "")


@pytest.mark.parametrize(
    "block", [m.LineBlock(()), m.DefinitionList(()), m.Paragraph(()), m.Section((), (m.List(()),))]
)
def test_a_long_description_that_tells_nothing_goes(block: m.Block) -> None:
    picture = m.Figure((m.Image("a.png", m.Described("Alt")),), description=(block,))
    said = m.Figure((m.Image("a.png", m.Described("Alt")),), description=(block, m.MathBlock("<math/>", "x")))
    made = apply(m.Publication(m.Metadata(title="T", language="en"), body=(picture, said)), "slug")
    assert [bool(node.description) for node in made.body if isinstance(node, m.Figure)] == [False, True]


def test_spaces_at_the_edges_of_the_title_go() -> None:
    about = m.Metadata(title=" A report\n", subtitle="On waiting ", language="en")
    about = apply(m.Publication(about), "slug").metadata
    assert (about.title, about.subtitle) == ("A report", "On waiting")
