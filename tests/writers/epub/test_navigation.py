"""Contents, lists, landmarks, page list and NCX."""

from __future__ import annotations

import msgspec
import pytest

from exporter import model as m
from exporter.transforms import apply
from tests.writers.epub.books import NS, Bench, Book, kitchen_sink, metadata


def nav(book: Book, kind: str) -> list[tuple[str, str]]:
    links = book.document("nav.xhtml").xpath(f"//h:nav[@e:type='{kind}']//h:a", namespaces=NS)
    return [("".join(link.itertext()), link.get("href")) for link in links]


def test_the_contents_name_every_heading_of_every_level_in_order(sink: Book) -> None:
    assert nav(sink, "toc") == [
        ("One", "text-01.xhtml#one"),
        *((f"Level {level}", f"text-01.xhtml#deep-{level}") for level in range(2, 8)),
        ("Two", "text-02.xhtml#two"),
        ("Two point one", "text-02.xhtml#two-one"),
        ("Two", "text-03.xhtml#three"),
        ("Notes", "notes.xhtml"),
        ("About this publication", "about.xhtml"),
    ]


def test_the_contents_are_nested_as_the_sections_are(sink: Book) -> None:
    link = sink.document("nav.xhtml").xpath("//h:a[.='Level 7']", namespaces=NS)[0]
    assert len(list(link.iterancestors("{http://www.w3.org/1999/xhtml}ol"))) == 7


@pytest.mark.parametrize(("language", "word"), [("en", "Contents"), ("es", "Índice"), ("fr", None), ("ar", None)])
def test_the_heading_of_the_contents_is_in_the_language_of_the_document(
    bench: Bench, language: str, word: str | None
) -> None:
    publication = msgspec.structs.replace(kitchen_sink(bench), metadata=metadata(language=language))
    heading = bench.book(publication).document("nav.xhtml").findtext(".//h:nav/h:h1", namespaces=NS)
    assert heading == (word or bench.workshop(language).labels("common.contents"))
    assert (heading == "Contents") == (language == "en")


def test_figures_and_tables_have_lists(sink: Book) -> None:
    assert nav(sink, "loi") == [
        ("Caption of fig-1", "text-01.xhtml#fig-1"),
        ("Caption of fig-2", "text-01.xhtml#fig-2"),
    ]
    assert nav(sink, "lot") == [
        ("Cases by year", "text-01.xhtml#narrow"),
        ("Cases by state & year", "text-01.xhtml#wide"),
    ]


def test_a_caption_without_words_is_in_no_list(bench: Bench) -> None:
    captions = ((m.NoteReference(note="n"),), (m.Text("Cases"), m.NoteReference(note="n")))
    row = m.Row(cells=(m.Cell(children=(m.Paragraph((m.Text("1"),)),)),))
    tables = tuple(m.Table(columns=(m.Column(),), bodies=((row,),), caption=caption) for caption in captions)
    note = m.Note(id="n", children=(m.Paragraph((m.Text("A note."),)),))
    book = bench.book(apply(m.Publication(metadata(), body=tables, notes=(note,)), "captions"))
    assert [words for words, _ in nav(book, "lot")] == ["Cases"]


def test_pages_of_a_printed_original_make_a_page_list(sink: Book) -> None:
    assert nav(sink, "page-list") == [("12", "text-01.xhtml#page-12")]
    mark = sink.document("text-01.xhtml").xpath("//*[@id='page-12']")[0]
    assert (mark.get("role"), mark.get("aria-label")) == ("doc-pagebreak", "Page 12")


def test_landmarks_lead_to_the_parts(sink: Book) -> None:
    links = sink.document("nav.xhtml").xpath("//h:nav[@e:type='landmarks']//h:a", namespaces=NS)
    kinds = [link.get("{http://www.idpf.org/2007/ops}type") for link in links]
    assert kinds == ["cover", "titlepage", "toc", "bodymatter", "loi", "lot", "endnotes", "colophon"]
    assert all("".join(link.itertext()).strip() for link in links)


def test_the_ncx_leads_to_the_same_places_as_the_contents(sink: Book) -> None:
    ncx = sink.document("toc.ncx")
    points = [
        (point.findtext("n:navLabel/n:text", namespaces=NS), point.find("n:content", NS).get("src"))
        for point in ncx.iter("{http://www.daisy.org/z3986/2005/ncx/}navPoint")
    ]
    assert points == nav(sink, "toc")
    assert ncx.xpath("//n:meta[@name='dtb:depth']/@content", namespaces=NS) == ["7"]
    assert ncx.xpath("//n:meta[@name='dtb:uid']/@content", namespaces=NS) == sink.values("dc:identifier")
    pages = ncx.xpath("//n:pageTarget/n:content/@src", namespaces=NS)
    assert pages == [href for _, href in nav(sink, "page-list")]
    orders = [int(order) for order in ncx.xpath("//@playOrder")]
    assert orders == list(range(1, len(orders) + 1))
