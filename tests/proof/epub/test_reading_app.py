"""In a real reading app: contents, page list and landmarks lead where they say, and notes pop up and come back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from exporter.model import NoteReference, Section
from exporter.model.walk import plain_text, walk
from exporter.parity.extraction import normal
from tests.proof.built_editions import BuiltEditions
from tests.proof.epub import app

MOST_NOTES = 40
"""Notes of one book that are opened; a long report has hundreds, all made alike."""


@cache
def ways(book: Path) -> Any:
    """Return where the reading app finds contents, pages and landmarks to lead."""
    return app.ask("ways", book)


def test_the_contents_hold_every_heading_and_lead_to_it(built: BuiltEditions, shown: str) -> None:
    told = ways(built.silent_book(shown))
    headings = [
        (normal(plain_text(node.title)), normal(plain_text(node.title)))
        for node in walk(built.tree(shown))
        if isinstance(node, Section)
    ]
    entries = [
        (normal(entry["label"]), normal(entry["text"])[: len(normal(entry["label"]))])
        for entry in told["contents"]
        if entry["tag"] == "section"
    ]
    assert [label for label, _ in entries] == [label for label, _ in headings]
    assert told["errors"] == []


def test_the_page_list_is_that_of_the_pdf(built: BuiltEditions, shown: str) -> None:
    told = ways(built.silent_book(shown))
    with pikepdf.open(built.silent_book(shown).with_suffix(".pdf")) as pdf:
        labels = [page.label for page in pdf.pages]
    listed = [page["label"] for page in told["pages"]]
    assert listed == labels
    assert {page["role"] for page in told["pages"]} == {"doc-pagebreak"}
    assert all(page["label"] in page["name"] for page in told["pages"])


def test_landmarks_lead_to_the_parts_of_the_book(built: BuiltEditions, shown: str) -> None:
    landmarks = ways(built.silent_book(shown))["landmarks"]
    kinds = [landmark["type"] for landmark in landmarks]
    assert {"cover", "titlepage", "toc", "bodymatter", "colophon"} <= set(kinds)
    assert all(landmark["label"] and landmark["section"] is not None for landmark in landmarks)


def test_a_note_pops_up_with_its_words_and_leads_back(built: BuiltEditions, shown: str) -> None:
    publication = built.tree(shown)
    words = [normal("".join(plain_text(block) for block in note.children)) for note in publication.notes]
    marks = [node.note for node in walk(publication) if isinstance(node, NoteReference)]
    notes = app.ask("notes", built.silent_book(shown), most=MOST_NOTES)["notes"]
    assert len(notes) == min(len(marks), MOST_NOTES)
    for note in notes:
        text = normal(note["text"])
        assert note["mark"] in note["back"]
        assert words[int(note["number"]) - 1].replace(" ", "") in text.replace(" ", "")
