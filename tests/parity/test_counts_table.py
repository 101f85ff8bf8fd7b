"""The table puts what editions hold beside what the manuscript holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.parity import (
    RULES,
    Cell,
    ContentCounts,
    EditionComparer,
    compare_page_lists,
    epub,
    tabulate,
)
from exporter.parity.counts import count_content
from exporter.parity.counts_table import FACTS, NOT_STATED, UNREADABLE
from exporter.parity.extraction import Extraction, Picture
from tests.parity.planted import REPORT, Book, remove
from tests.publications import Editions, tree

DISPATCH = "asylum-dispatch"
NEEDS = {"epub": ("pdf", "audio"), "daisy": ("pdf", "audio")}


@pytest.fixture(scope="module")
def book(editions: Editions) -> Path:
    return editions.of(REPORT, "epub").path


@pytest.mark.proof
def test_a_faithful_edition_agrees_in_every_row(book: Path) -> None:
    publication, _ = tree(REPORT)
    compared = EditionComparer(publication).compare("epub", book, epub.EXTRACTOR)
    rows = {row.fact: row for row in tabulate(publication, {"epub": compared.counts}, compared.findings)}
    assert {"headings", "words", "pictures", "tables", "cells", "lists", "notes", "links", "languages"} <= set(rows)
    for fact, row in rows.items():
        cell = row.editions["epub"]
        if fact == "chapters":
            assert cell == Cell(reason=NOT_STATED)
        else:
            assert cell == Cell(row.amount, True), fact
    assert (rows["headings"].amount, rows["notes"].amount, rows["decorative"].amount) == (31, 36, 1)
    assert 4000 < rows["words"].amount < 5000


def test_what_is_lost_is_seen_in_its_row_and_in_no_other(book: Path, tmp_path: Path) -> None:
    publication, _ = tree(REPORT)
    spoilt = Book(book)
    lost = spoilt.one("blockquote")
    count = len("".join(lost.itertext()).split())
    remove(lost)
    compared = EditionComparer(publication).compare("epub", spoilt.save(tmp_path / "spoilt.epub"), epub.EXTRACTOR)
    rows = {row.fact: row for row in tabulate(publication, {"epub": compared.counts}, compared.findings)}
    words = rows["words"].editions["epub"]
    assert words.agrees is False
    assert words.amount is not None
    assert 0 < rows["words"].amount - words.amount <= count
    assert all(rows[fact].editions["epub"].agrees for fact in ("headings", "pictures", "tables", "cells"))


def test_the_cover_is_no_picture_of_the_manuscript() -> None:
    cover, figure = Picture("The cover."), Picture("A figure.")
    expected = Extraction(pictures=(figure,), cover=cover)
    assert count_content(expected, Extraction(pictures=(cover, figure))).counts["pictures"] == 1
    assert count_content(expected, Extraction(pictures=(figure,), cover=cover)).counts["pictures"] == 1
    assert count_content(expected, Extraction(pictures=(figure, figure))).counts["pictures"] == 2


def test_speakers_and_turns_are_counted(editions: Editions) -> None:
    publication, path, _ = editions.of(DISPATCH, "epub")
    compared = EditionComparer(publication).compare("epub", path, epub.EXTRACTOR)
    rows = {row.fact: row for row in tabulate(publication, {"epub": compared.counts}, ())}
    assert (rows["speakers"].amount, rows["turns"].amount) == (2, 12)
    assert rows["turns"].editions["epub"] == Cell(12, True)


def test_an_edition_that_cannot_be_read_has_no_amounts() -> None:
    publication, _ = tree(DISPATCH)
    rows = tabulate(publication, {"epub": None}, ())
    assert {row.editions["epub"] for row in rows} == {Cell(reason=UNREADABLE)}


def test_only_editions_that_mark_pages_of_the_pdf_are_held_against_it() -> None:
    paper = ContentCounts(pages=("i", "1", "2"), paged=True, page_starts=(0, 1, 3))
    same = ContentCounts(pages=("i", "1", "2"), page_starts=(0, 1, 3))
    late = ContentCounts(pages=("i", "1", "2"), page_starts=(0, 1, 4))
    fewer = ContentCounts(pages=("i", "1"))
    assert compare_page_lists({"pdf": paper, "large-print": paper, "epub": same}, NEEDS) == []
    assert compare_page_lists({"epub": fewer}, NEEDS) == []
    findings = compare_page_lists({"pdf": paper, "epub": fewer, "daisy": late}, NEEDS)
    assert [(each.edition, each.rule) for each in findings] == [("epub", "parity-pages"), ("daisy", "parity-pages")]
    assert findings[1].message == "Page 2 begins 1 paragraph later than in the PDF."


def test_a_page_may_begin_with_a_picture_that_is_printed_after_what_follows_it() -> None:
    """In the PDF, the two paragraphs after the picture are on the page before."""
    labels = ("1", "2")
    paper = ContentCounts(pages=labels, paged=True, page_starts=(0, 5), moved_starts=(0, 2))
    at_picture, before = (ContentCounts(pages=labels, page_starts=(0, start)) for start in (3, 1))
    assert compare_page_lists({"pdf": paper, "epub": at_picture}, NEEDS) == []
    assert len(compare_page_lists({"pdf": paper, "epub": before}, NEEDS)) == 1


def test_every_fact_has_rules() -> None:
    known = {rule.id for rule in RULES}
    assert all(rules and set(rules) <= known for rules in FACTS.values())
