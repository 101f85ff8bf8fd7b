"""Where each page begins in the text, as other editions are told."""

from __future__ import annotations

import subprocess
from bisect import bisect_left
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter import model as m
from exporter import transforms
from exporter.model.walk import plain_text, walk
from exporter.writers.pdf.page_starts import counted
from tests.write_context import Pictures
from tests.writers.pdf.made import Made, make
from tests.writers.sample import PARAGRAPH, cell, p, picture, section


def numbered(sentences: int, first: int = 0) -> str:
    return " ".join(f"Sentence {number} says what word{number} nobody else says." for number in range(first, sentences))


def rows(count: int) -> m.Table:
    head = m.Row((cell("Court", m.Scope.COLUMN), cell("Files", m.Scope.COLUMN)))
    body = tuple(m.Row((cell(f"Place {number}"), cell(str(number)))) for number in range(count))
    return m.Table((m.Column(), m.Column()), head=(head,), bodies=(body,), caption=(m.Text("Files by court"),))


def publication(*children: m.Block, notes: tuple[m.Note, ...] = ()) -> m.Publication:
    about = m.Metadata(title="Pages", language="en-GB", kind=m.Kind.REPORT, identifier="urn:x:pages")
    one = section("one", "One", *children)
    return transforms.apply(m.Publication(about, body=(one, section("two", "Two", p(PARAGRAPH * 2))), notes=notes), "x")


def first_words(made: Made, page: int) -> list[str]:
    command = ["pdftotext", "-f", str(page + 1), "-l", str(page + 1), "-nopgbrk", str(made.path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def words_at(made: Made, start: dict[str, Any]) -> str:
    node = next(node for node in walk(made.publication) if node.at.id == start["node"])
    text = plain_text(node)
    end = bisect_left(range(len(text) + 1), start["characters"], key=lambda end: counted(text[:end]))
    return text[end:].strip()


def test_a_page_that_begins_inside_a_paragraph_is_found_at_its_word(tmp_path: Path) -> None:
    reference = m.NoteReference(note="a")
    long = m.Paragraph((m.Emphasis((m.Text(numbered(98)),)), reference, m.Text(" " + numbered(300, 98))))
    note = m.Note(id="a", children=(p("The note."),))
    made = make(tmp_path, publication(long, notes=(note,)))
    inside = [(at, each) for at, each in enumerate(made.pages["starts"]) if each["characters"]]
    assert len(inside) > 2
    for page, start in inside:
        found = words_at(made, start).split()[:12]
        assert " ".join(found[1:]) in " ".join(first_words(made, page))


@pytest.mark.proof
def test_the_head_of_a_table_that_is_printed_again_is_no_beginning(tmp_path: Path) -> None:
    made = make(tmp_path, publication(rows(90)))
    starts = [start for start in made.pages["starts"] if start["node"] not in {"", "one", "two"}]
    assert len(starts) > 1
    assert all(words_at(made, start).startswith("Place ") for start in starts)


@pytest.mark.proof
@pytest.mark.parametrize("lines", [("Line",) * 120, (PARAGRAPH,) * 15], ids=["short", "long"])
def test_no_page_begins_with_the_head_of_a_table_whose_rows_are_as_high_as_pages(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    table = rows(0)
    high = m.Row((m.Cell(tuple(map(p, lines))), cell("1")))
    made = make(tmp_path, publication(msgspec.structs.replace(table, bodies=((high, high),))))
    starts = [(page, start) for page, start in enumerate(made.pages["starts"]) if start["node"].startswith("p")]
    assert len(starts) > 1
    assert not any(words_at(made, start).startswith("Court") for _, start in starts)
    if lines[0] == PARAGRAPH:
        assert all("Court" in first_words(made, page) for page, _ in starts[:-1])


def test_a_page_may_begin_with_a_paragraph_that_is_only_the_mark_of_a_note(tmp_path: Path) -> None:
    marks = tuple(m.Paragraph((m.NoteReference(note="a"),)) for _ in range(120))
    made = make(tmp_path, publication(*marks, notes=(m.Note(id="a", children=(p("The note."),)),)))
    starts = [start["node"] for start in made.pages["starts"] if start["node"] not in {"", "one", "two"}]
    assert len(starts) > 1
    assert all(name.startswith("ref-") for name in starts)


@pytest.mark.parametrize(("alt", "begins"), [(m.Decorative(), False), (m.Described("A picture."), True)])
def test_a_decorative_picture_that_had_no_room_on_the_page_before_is_no_beginning(
    alt: m.Alt, begins: bool, tmp_path: Path
) -> None:
    asset = Pictures(tmp_path / "pictures").add("high.png", picture(600, 700), "image/png", 600, 700)
    figure = m.Figure((m.Image(asset.name, alt, at=m.At(id="high")),))
    text = [p(numbered(8)) for _ in range(12)]
    before = publication(*text[:4], figure, *text[4:])
    made = make(tmp_path, msgspec.structs.replace(before, assets=(asset,)))
    assert any(start["node"] == "high" for start in made.pages["starts"]) == begins


def test_pages_of_the_frame_say_what_they_are(everything: Made) -> None:
    starts = everything.pages["starts"]
    assert starts[0]["part"] in {"cover", "opening"}
    assert all(bool(start["part"]) != bool(start["node"]) for start in starts)
    assert len(starts) == len(everything.pages["labels"])


@pytest.mark.parametrize(("text", "count"), [("a b\tc", 3), ("co\u00adop\u200e x", 5), ("حق الأسر", 7), ("", 0)])
def test_spaces_and_what_cannot_be_seen_are_not_counted(text: str, count: int) -> None:
    assert counted(text) == count
    assert counted(text + "é") == count + 1
