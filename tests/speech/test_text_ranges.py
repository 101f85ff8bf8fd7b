"""Every utterance that reads something of the tree says which characters, and they are the ones that it reads."""

from __future__ import annotations

import pytest
from hypothesis import given

from exporter import model as m
from exporter.model.text_positions import FIELDS, leaves, running_text, size
from exporter.model.walk import walk
from exporter.speech.utterance import Script
from exporter.speech.utterance import UtteranceKind as K
from exporter.transforms import apply
from tests.speech.test_coverage import UNHURRIED
from tests.speech.trees import cell, para, publication, row, section, text, told
from tests.trees import PUBLICATIONS


def characters(inlines: m.Inlines, begin: int, end: int) -> str:
    """What stands between two places."""
    out = []
    for at, node in leaves(inlines):
        match node:
            case m.Text(words):
                out.append(words[max(0, begin - at) : max(0, end - at)])
            case m.Code(words) | m.Abbreviation(words) if begin <= at < end:
                out.append(words)
            case m.Math(_, tex) if begin <= at < end:
                out.append(tex)
            case m.LineBreak() if begin <= at < end:
                out.append(" ")
            case _:
                pass
    return "".join("".join(out).replace("\u2028", " ").split())


def read(script: Script, made: m.Publication) -> list[tuple[str, str]]:
    """What utterances say, and what stands at their places."""
    nodes = {node.at.id: node for node in walk(made) if type(node) in FIELDS}
    return [
        (each.text, characters(running_text(nodes[each.text_range.node]), each.text_range.begin, each.text_range.end))
        for each in script.utterances
        if each.text_range and each.text_range.end
    ]


@UNHURRIED
@given(PUBLICATIONS)
def test_the_characters_at_a_place_are_those_that_are_read(raw: m.Publication) -> None:
    made = apply(raw, "slug")
    short = {"".join(node.text.split()) for node in walk(made) if isinstance(node, m.Abbreviation)}
    for said, standing in read(told(made), made):
        bare = "".join(said.split())
        # A sentence may end inside a short form without a meaning; its place is the whole of it.
        if bare != standing and not (bare in standing and any(form in standing for form in short)):
            raise AssertionError(f"{said!r} is read from {standing!r}")


@UNHURRIED
@given(PUBLICATIONS)
def test_a_text_is_read_once_from_its_first_place_to_its_last(raw: m.Publication) -> None:
    made = apply(raw, "slug")
    reached: dict[str, int] = {}
    for each in told(made).utterances:
        if each.text_range and each.text_range.end:
            assert each.text_range.begin < each.text_range.end
            # Nothing is read twice, the whole of a short form excepted, inside which a sentence ended.
            assert each.text_range.begin >= reached.get(each.text_range.node, 0) - 1
            reached[each.text_range.node] = each.text_range.end
    nodes = {node.at.id: node for node in walk(made)}
    assert all(end <= sum(map(size, running_text(nodes[name]))) for name, end in reached.items())


def test_sentences_that_cross_markup_are_found_to_the_character() -> None:
    word = m.Emphasis(children=(text("very. Late"),))
    link = m.Link(children=(text("the file"),), target="https://example.org")
    made = apply(publication(para("He came ", word, " he left ", link, ". Then?")), "slug")
    found = [(each.text, each.text_range) for each in told(made).utterances if each.kind is K.TEXT]
    assert [(words, place and (place.begin, place.end)) for words, place in found] == [
        ("He came very.", (0, 13)),
        ("Late he left the file.", (13, 36)),
        ("Then?", (36, 42)),
    ]


def test_what_takes_one_place_is_read_as_a_whole() -> None:
    maths = m.Math(mathml="<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math>", tex="x + y + z")
    line = para("So ", maths, " and ", m.Abbreviation(text="UN", expansion="United Nations"), ".")
    (only,) = (each for each in told(apply(publication(line), "slug")).utterances if each.kind is K.TEXT)
    assert only.text_range
    assert (only.text_range.begin, only.text_range.end) == (0, len("So ") + 1 + len(" and ") + 1 + 1)


@pytest.mark.parametrize("whole", [m.Described(text="A gate. Closed."), m.Undescribed()])
def test_pictures_are_read_as_wholes(whole: m.Alt) -> None:
    made = apply(publication(m.Figure(images=(m.Image(source="a.png", alt=whole),))), "slug")
    places = {each.text_range for each in told(made).utterances if each.text_range}
    assert [(place.node, place.end) for place in places] == [("img1", 0)]


def test_headers_said_again_read_nothing_and_an_empty_cell_is_read_as_a_whole() -> None:
    table = m.Table(
        columns=(m.Column(),) * 2,
        head=(row(cell("Year", m.Scope.COLUMN), cell("Cases", m.Scope.COLUMN)),),
        bodies=((row(cell("2019", m.Scope.ROW), cell("")),),),
    )
    made = apply(publication(table), "slug")
    said = [(each.text, each.text_range.node if each.text_range else None) for each in told(made).utterances]
    assert said[said.index(("Year", "p1")) :][:5] == [
        *(("Year", "p1"), ("Cases", "p2"), ("2019", "p3"), ("Cases", None), ("empty", "cell4"))
    ]


def test_announcements_that_close_something_say_so() -> None:
    quote = m.Quote(children=(para("We wait."),), attribution=(text("Rosa"),))
    closing = {each.text: each.closing for each in told(publication(section("A", quote))).utterances}
    assert closing["End of quote."]
    assert not closing["Quote."]
    assert not closing["We wait."]


def test_the_parts_of_a_sentence_in_two_languages_belong_together() -> None:
    script = told(publication(para("They say ", text("no pasarán", "es"), ", twice. So they say.")))
    found = [(each.text, each.continues) for each in script.utterances if each.kind is K.TEXT]
    assert found == [
        *(("They say", True), ("no pasarán,", True), ("twice.", False), ("So they say.", False)),
    ]
