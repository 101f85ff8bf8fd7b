"""Which words are shown while they are heard: found in the text as browsers count it."""

from __future__ import annotations

import json
from typing import Any

from exporter.site.read_along import ReadAlong, align_clips


def clip(node: str, text: str, kind: str = "text", begin: float = 0.0) -> dict[str, Any]:
    return {"node": node, "begin": begin, "end": begin + 1, "text": text, "kind": kind, "language": "en"}


def found(body: str, *clips: dict[str, Any]) -> ReadAlong:
    return align_clips(body, json.dumps(list(clips)).encode())


def places(body: str, *clips: dict[str, Any]) -> list[tuple[tuple[str, str], int, int]]:
    got = found(body, *clips)
    return [(got.targets[number], first, last) for number, _, _, first, last in got.clips]


P = ("p1", "")


def test_sentences_are_found_one_behind_the_other() -> None:
    body = '<p id="p1">Once. <em>Once</em> more,\n  and once.</p>'
    assert places(body, clip("p1", "Once."), clip("p1", "Once more, and once.")) == [(P, 0, 5), (P, 6, 28)]


def test_marks_of_notes_are_counted_but_not_read() -> None:
    body = '<p id="p1">A fact<sup class="noteref-mark"><a href="#n">1</a></sup> is here.</p>'
    assert places(body, clip("p1", "A fact is here.")) == [(P, 0, 16)]


def test_characters_beyond_the_first_plane_count_twice_as_in_javascript() -> None:
    assert places('<p id="p1">𝒜𝒷 word</p>', clip("p1", "word")) == [(P, 5, 9)]


def test_words_that_stand_otherwise_in_the_text_belong_to_the_whole_element() -> None:
    body = '<div id="t"><p class="speaker"><span>Ana</span>, reporter</p><p id="p">Hm.</p></div>'
    assert places(body, clip("t", "Ana, reporter:", "speaker")) == [(("t", ".speaker"), 0, 0)]


def test_a_heading_is_shown_and_not_its_whole_section() -> None:
    body = '<section id="s"><h2>Title</h2><p>Title</p></section>'
    assert places(body, clip("s", "Title", "heading")) == [(("s", ":scope>:first-child"), 0, 5)]
    assert places(body, clip("s", "Section", "announcement")) == []


def test_a_picture_is_shown_while_its_description_is_heard() -> None:
    body = '<figure id="f"><img id="i" alt="A bridge."/><figcaption>The bridge</figcaption></figure>'
    got = places(
        body, clip("i", "Image.", "announcement"), clip("i", "A bridge.", "alt"), clip("f", "The bridge", "caption")
    )
    assert got == [(("i", ""), 0, 0), (("f", "figcaption"), 0, 10)]


def test_a_header_is_shown_once_and_not_before_every_cell() -> None:
    body = '<table><tr><th id="h">Year</th></tr><tr><td id="a">1</td></tr><tr><td id="b">2</td></tr></table>'
    said = [clip("h", "Year", "header"), clip("a", "1", "cell"), clip("h", "Year", "header"), clip("b", "2", "cell")]
    assert [target for target, _, _ in places(body, *said)] == [("h", ""), ("a", ""), ("b", "")]


def test_what_is_only_heard_and_what_is_not_there_has_no_place() -> None:
    assert found('<p id="p1">x</p>', clip("", "Title.", "opening"), clip("gone", "x")) == ReadAlong()


def test_a_long_element_is_not_shown_as_a_whole() -> None:
    body = f'<table id="t"><tr><td>{"word " * 2000}</td></tr></table>'
    assert places(body, clip("t", "Something else.", "text")) == []
