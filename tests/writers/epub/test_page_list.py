"""The pages of our own PDF as page breaks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from exporter import model as m
from exporter.writers.pdf.page_starts import PageStart
from tests.writers.epub.books import (
    NS,
    Bench,
    Book,
    cell,
    kitchen_sink,
    metadata,
    note,
    paragraph,
    reference,
    section,
    words,
)


def publication() -> m.Publication:
    long = paragraph(
        "They came ", m.Emphasis(children=(words("at night"),)), reference("z"), " and left at dawn.", ident="c"
    )
    items = tuple(
        m.ListItem(at=m.At(id=f"i{number}"), children=(paragraph(f"item {number}", ident=f"ip{number}"),))
        for number in (1, 2)
    )
    rows = tuple(m.Row(at=m.At(id=f"r{n}"), cells=(cell(f"cell {n}", f"c{n}"), cell("x", f"d{n}"))) for n in (1, 2))
    body = (
        section(
            "One",
            paragraph("a", ident="a"),
            paragraph("b", ident="b"),
            long,
            m.List(at=m.At(id="list"), items=items),
            m.Table(at=m.At(id="t"), columns=(m.Column(), m.Column()), bodies=(rows,)),
            ident="one",
        ),
        section(
            "Two",
            m.Quote(at=m.At(id="q"), children=(paragraph("d", ident="d"), paragraph("e", ident="e"))),
            paragraph("page-4", ident="page-4"),
            ident="two",
        ),
    )
    front = (paragraph("For those who were not heard.", ident="dedication"),)
    return m.Publication(metadata(), front=front, body=body, notes=(note("z", "At the end.", m.NoteKind.ENDNOTE),))


def facts(*starts: PageStart | str | None) -> dict[str, bytes]:
    """Return the side fact of a PDF whose pages begin there; a string is a node that begins with its page."""
    every = [PageStart(start) if isinstance(start, str) else start for start in starts]
    labels = [str(number) for number in range(1, len(every) + 1)]
    return {"pdf.pages": msgspec.json.encode({"labels": labels, "nodes": {}, "starts": every})}


def pages(book: Book) -> list[tuple[str, str]]:
    links = book.document("nav.xhtml").xpath("//h:nav[@e:type='page-list']//h:a", namespaces=NS)
    return [(link.text, link.get("href")) for link in links]


def after(book: Book, name: str, mark: str) -> str:
    """Return the text that follows a mark."""
    (element,) = book.document(name).xpath("//*[@id=$mark]", mark=mark)
    assert element.get("role") == "doc-pagebreak"
    return " ".join("".join(element.xpath("following::text()")).split())


def test_a_page_that_begins_with_a_block_is_marked_before_it(bench: Bench) -> None:
    book = Book(bench.write(publication(), facts=facts("one", "b", "two", "e"))[0])
    assert pages(book) == [
        ("1", "text-01.xhtml#page-1"),
        ("2", "text-01.xhtml#page-2"),
        ("3", "text-02.xhtml#page-3"),
        ("4", "text-02.xhtml#pdf-page-4"),
    ]
    marks = [
        (mark.get("aria-label"), mark.getnext().get("id"))
        for name in ("text-01.xhtml", "text-02.xhtml")
        for mark in book.document(name).xpath("//*[@role='doc-pagebreak']")
    ]
    assert marks == [("Page 1", "one"), ("Page 2", "b"), ("Page 3", "two"), ("Page 4", "e")]


@pytest.mark.parametrize(
    ("characters", "text"),
    [
        (0, "They came at night"),
        (4, "came at night"),
        (6, "came at night"),
        (7, "at night"),
        (8, "at night"),
        (10, "night"),
        (15, "and left at dawn."),
        (18, "left at dawn."),
        (28, "item 1"),
    ],
)
def test_a_page_that_begins_inside_a_paragraph_is_marked_at_its_word(bench: Bench, characters: int, text: str) -> None:
    book = Book(bench.write(publication(), facts=facts(PageStart("c", characters)))[0])
    # The mark of a note counts for nothing.
    assert after(book, "text-01.xhtml", "page-1").replace("1 and", "and").startswith(text)
    body = " ".join("".join(book.document("text-01.xhtml").itertext()).split())
    assert "They came at night1 and left at dawn." in body


@pytest.mark.parametrize(
    ("start", "text", "parent"),
    [
        ("ip2", "item 2", "li"),
        ("ip1", "item 1 item 2", "section"),
        ("i1", "item 1 item 2", "section"),
        ("c2p", "cell 2", "td"),
        ("c1p", "cell 1", "section"),
        ("d2", "x", "td"),
        ("d", "d e", "section"),
    ],
)
def test_a_page_that_begins_in_a_list_or_a_table_is_marked_in_its_item_or_cell(
    bench: Bench, start: str, text: str, parent: str
) -> None:
    book = Book(bench.write(publication(), facts=facts(start))[0])
    name = pages(book)[0][1].partition("#")[0]
    assert after(book, name, "page-1").startswith(text)
    (mark,) = book.document(name).xpath("//*[@id='page-1']")
    block = next(each for each in mark.iterancestors() if not each.tag.endswith("}span"))
    assert block.tag.endswith(f"}}{parent}")


def test_two_pages_that_begin_in_one_text_are_marked_in_their_order(bench: Bench) -> None:
    book = Book(bench.write(publication(), facts=facts(PageStart("c", 4), PageStart("c", 8)))[0])
    assert [href for _, href in pages(book)] == ["text-01.xhtml#page-1", "text-01.xhtml#page-2"]
    assert after(book, "text-01.xhtml", "page-1").startswith("came at night")
    assert after(book, "text-01.xhtml", "page-2").startswith("at night")


def test_pages_of_the_frame_are_marked_in_the_documents_that_hold_the_same(bench: Bench) -> None:
    starts = (PageStart(part="cover"), PageStart(part="imprint"), "dedication", PageStart(part="contents"), "one")
    ends = (PageStart(part="notes"), PageStart(part="colophon"))
    book = Book(bench.write(publication(), facts=facts(*starts, *ends))[0])
    assert [href.partition("#")[0] for _, href in pages(book)] == [
        "title.xhtml",
        "title.xhtml",
        "front-00.xhtml",
        "nav.xhtml",
        "text-01.xhtml",
        "notes.xhtml",
        "about.xhtml",
    ]
    assert after(book, "title.xhtml", "page-1").startswith("Report Justice Denied")


def test_the_page_list_is_in_the_order_of_the_text(bench: Bench) -> None:
    starts = (
        PageStart(part="cover"),
        None,
        "dedication",
        PageStart(part="contents"),
        "one",
        PageStart("c", 4),
        "c2p",
        "two",
    )
    book = Book(bench.write(publication(), facts=facts(*starts))[0])
    order = [
        f"{name}#{mark.get('id')}"
        for name in book.spine()
        for mark in book.document(name).xpath("//*[@role='doc-pagebreak']")
    ]
    assert [href for _, href in pages(book)] == order
    assert len(order) == len(starts)


@pytest.mark.parametrize("start", [None, PageStart("note-lost"), PageStart("nobody")])
def test_a_page_without_a_place_begins_where_the_next_one_does(bench: Bench, start: Any) -> None:
    book = Book(bench.write(publication(), facts=facts("one", start, "two", start))[0])
    assert [href for _, href in pages(book)] == [
        "text-01.xhtml#page-1",
        "text-02.xhtml#page-2",
        "text-02.xhtml#page-3",
        "about.xhtml#pdf-page-4",
    ]


def test_the_old_contents_have_the_same_pages(bench: Bench) -> None:
    book = Book(bench.write(publication(), facts=facts("one", PageStart("c", 4)))[0])
    targets = [
        (target.findtext("{*}navLabel/{*}text"), target.find("{*}content").get("src"))
        for target in book.document("toc.ncx").iter("{*}pageTarget")
    ]
    assert targets == pages(book)


@pytest.mark.parametrize("start", ["one", None], ids=["in the text", "in the imprint alone"])
def test_pages_of_the_pdf_name_it_as_their_source(start: str | None, bench: Bench) -> None:
    book = Book(bench.write(publication(), facts=facts(start))[0])
    assert book.values("pageBreakSource") == [f"{metadata().identifier} (PDF)"]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(book.values("schema:accessibilityFeature"))


@pytest.mark.parametrize("given", [None, facts()])
def test_without_the_pdf_no_page_is_claimed(bench: Bench, given: dict[str, bytes] | None) -> None:
    book = Book(bench.write(publication(), facts=given)[0])
    assert pages(book) == book.values("pageBreakSource") == []
    assert not {"pageBreakMarkers", "pageNavigation"} & set(book.values("schema:accessibilityFeature"))


def test_pages_that_the_manuscript_marks_leave_no_room_for_those_of_the_pdf(bench: Bench) -> None:
    book = Book(bench.write(kitchen_sink(bench), facts=facts("one"))[0])
    assert pages(book) == [("12", "text-01.xhtml#page-12")]
    assert book.values("pageBreakSource") == ["none"]


def test_a_page_that_begins_inside_a_code_block_is_marked_in_it(bench: Bench) -> None:
    code = m.CodeBlock(at=m.At(id="code"), text="make setup\nmake <export>\n")
    given = m.Publication(metadata(), body=(section("One", code, ident="one"),))
    book = Book(bench.write(given, facts=facts("one", PageStart("code", 9)))[0])
    assert after(book, "text-01.xhtml", "page-2") == "make <export>"
    assert pages(book)[1] == ("2", "text-01.xhtml#page-2")
    (pre,) = book.document("text-01.xhtml").xpath("//h:pre", namespaces=NS)
    assert "".join(pre.itertext()) == "make setup\nmake <export>\n"


def test_a_page_that_begins_inside_code_in_a_paragraph_is_marked_in_it(bench: Bench) -> None:
    given = m.Publication(
        metadata(), body=(section("One", paragraph(m.Code("make setup, make all"), ident="a"), ident="one"),)
    )
    book = Book(bench.write(given, facts=facts("a", PageStart("a", 10), PageStart("a", 14)))[0])
    assert [after(book, "text-01.xhtml", f"page-{number}") for number in (2, 3)] == ["make all", "all"]
    assert pages(book)[1:] == [("2", "text-01.xhtml#page-2"), ("3", "text-01.xhtml#page-3")]
    (code,) = book.document("text-01.xhtml").xpath("//h:code", namespaces=NS)
    assert "".join(code.itertext()) == "make setup, make all"


def test_a_page_that_begins_with_a_picture_in_a_cell_is_marked_where_it_stands(bench: Bench) -> None:
    image = m.Image(at=m.At(id="pic"), source="img/chart.png", alt=m.Described("Bars."))
    shown = m.Cell(at=m.At(id="shown"), children=(m.Paragraph(at=m.At(id="sp"), children=(image,)),))
    last = m.Cell(at=m.At(id="last"), children=(m.Paragraph(at=m.At(id="lp"), children=(image,)),))
    rows = (
        m.Row(at=m.At(id="r1"), cells=(cell("one", "c1"), cell("two", "c2"))),
        m.Row(at=m.At(id="r2"), cells=(shown, cell("four", "c4"))),
        m.Row(at=m.At(id="r3"), cells=(cell("five", "c5"), last)),
    )
    table = m.Table(at=m.At(id="t"), columns=(m.Column(), m.Column()), bodies=(rows,))
    given = m.Publication(metadata(), body=(section("One", table, ident="one"),), assets=(bench.png,))
    book = Book(bench.write(given, facts=facts("one", "c2p", "sp", "lp"))[0])
    marks = book.document("text-01.xhtml").xpath("//*[@role='doc-pagebreak']/@id")
    assert marks == ["page-1", "page-2", "page-3", "page-4"]
    assert after(book, "text-01.xhtml", "page-2") == "two four five"
    assert after(book, "text-01.xhtml", "page-3") == "four five"
    assert after(book, "text-01.xhtml", "page-4") == ""


def test_a_page_that_begins_with_a_long_description_is_marked_in_it(bench: Bench) -> None:
    image = m.Image(source="img/chart.png", alt=m.Described("Bars."))
    described = (paragraph("First bar.", ident="bars"), paragraph("Second bar."))
    figure = m.Figure(at=m.At(id="fig"), images=(image,), description=described)
    body = (section("One", figure, *(paragraph(f"later {n}", ident=f"l{n}") for n in range(3)), ident="one"),)
    given = m.Publication(metadata(), body=body, assets=(bench.png,))
    book = Book(bench.write(given, facts=facts("one", "fig-description", "l2"))[0])
    assert after(book, "text-01.xhtml", "page-2").startswith("First bar. Second bar.")


def test_a_page_that_begins_with_a_linked_picture_in_a_list_is_marked_before_it(bench: Bench) -> None:
    image = m.Image(at=m.At(id="pic"), source="img/chart.png", alt=m.Described("Bars."))
    link = m.Link((image,), "https://e.org/")
    items = (
        m.ListItem((paragraph("code", ident="first"),)),
        m.ListItem((m.Paragraph(at=m.At(id="linked"), children=(link,)),)),
        m.ListItem((paragraph("after", ident="after"),)),
    )
    body = (section("One", m.List(items), ident="one"),)
    book = Book(bench.write(m.Publication(metadata(), body=body, assets=(bench.png,)), facts=facts("one", "pic"))[0])
    (mark,) = book.document("text-01.xhtml").xpath("//*[@id='page-2']/following-sibling::*[1]/@id")
    assert mark == "pic"
