"""The pages of our own PDF as page breaks."""

from __future__ import annotations

import msgspec
import pytest

from exporter import model as m
from tests.writers.epub.books import NS, Bench, Book, kitchen_sink, metadata, paragraph, section


def publication() -> m.Publication:
    body = (
        section("One", paragraph("a", ident="a"), paragraph("b", ident="b"), paragraph("c", ident="c"), ident="one"),
        section(
            "Two",
            m.Quote(at=m.At(id="q"), children=(paragraph("d", ident="d"), paragraph("e", ident="e"))),
            paragraph("page-4", ident="page-4"),
            ident="two",
        ),
    )
    return m.Publication(metadata(), body=body)


def facts(**nodes: int) -> dict[str, bytes]:
    pages = {
        "labels": ["i", "1", "2", "3", "4", "5"],
        "nodes": {name.replace("_", "-"): at for name, at in nodes.items()},
    }
    return {"pdf.pages": msgspec.json.encode(pages)}


PAGES = facts(one=1, a=1, b=2, c=2, two=3, q=3, d=3, e=5, page_4=5)


def pages(book: Book) -> list[tuple[str, str]]:
    links = book.document("nav.xhtml").xpath("//h:nav[@e:type='page-list']//h:a", namespaces=NS)
    return [(link.text, link.get("href")) for link in links]


def test_a_page_is_marked_before_the_first_block_that_begins_on_it(bench: Bench) -> None:
    book = Book(bench.write(publication(), facts=PAGES)[0])
    assert pages(book) == [
        ("1", "text-01.xhtml#page-2"),
        ("2", "text-01.xhtml#page-3"),
        ("3", "text-02.xhtml#pdf-page-4"),
        ("5", "text-02.xhtml#page-6"),
    ]
    marks = [
        (mark.get("aria-label"), mark.getnext().get("id"))
        for name in ("text-01.xhtml", "text-02.xhtml")
        for mark in book.document(name).xpath("//*[@role='doc-pagebreak']")
    ]
    assert marks == [("Page 1", "one"), ("Page 2", "b"), ("Page 3", "two"), ("Page 5", "e")]


def test_pages_of_the_pdf_name_it_as_their_source(bench: Bench) -> None:
    book = Book(bench.write(publication(), facts=PAGES)[0])
    assert book.values("pageBreakSource") == [f"{metadata().identifier} (PDF)"]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(book.values("schema:accessibilityFeature"))


@pytest.mark.parametrize("given", [None, facts()])
def test_without_the_pdf_no_page_is_claimed(bench: Bench, given: dict[str, bytes] | None) -> None:
    book = Book(bench.write(publication(), facts=given)[0])
    assert pages(book) == book.values("pageBreakSource") == []
    assert not {"pageBreakMarkers", "pageNavigation"} & set(book.values("schema:accessibilityFeature"))


def test_pages_that_the_manuscript_marks_leave_no_room_for_those_of_the_pdf(bench: Bench) -> None:
    book = Book(bench.write(kitchen_sink(bench), facts=facts(one=1))[0])
    assert pages(book) == [("12", "text-01.xhtml#page-12")]
    assert book.values("pageBreakSource") == ["none"]
