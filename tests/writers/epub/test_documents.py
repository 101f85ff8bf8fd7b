"""The content documents: languages, titles, links, notes, descriptions, boxes."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urldefrag

import pytest

from exporter import model as m
from exporter.writers import epub
from exporter.writers.xhtml import chapters
from tests.write_context import STYLES
from tests.writers.epub.books import (
    NS,
    Bench,
    Book,
    figure,
    kitchen_sink,
    metadata,
    note,
    paragraph,
    reference,
    section,
    table,
)

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = "{http://www.idpf.org/2007/ops}type"


def test_every_document_says_its_language_and_direction(sink: Book) -> None:
    for root in sink.documents().values():
        assert (root.get("lang"), root.get(XML_LANG), root.get("dir")) == ("en-GB", "en-GB", "ltr")


def test_every_document_has_a_title_of_its_own(sink: Book) -> None:
    titles = [root.findtext("h:head/h:title", namespaces=NS) for root in sink.documents().values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert "Two (2)" in titles


def test_every_identifier_is_unique_in_its_document(sink: Book) -> None:
    for name, root in sink.documents().items():
        counts = Counter(root.xpath("//@id"))
        assert [each for each, count in counts.items() if count > 1] == [], name


def test_every_link_inside_the_book_leads_to_something(sink: Book) -> None:
    documents = sink.documents()
    links = [
        (name, href)
        for name, root in documents.items()
        for href in root.xpath("//h:a/@href", namespaces=NS)
        if not href.startswith(("https:", "mailto:"))
    ]
    assert len(links) > 30
    for name, href in links:
        file, fragment = urldefrag(href)
        target = documents[file or name]
        assert not fragment or target.xpath("//*[@id=$name]", name=fragment), href


def test_a_link_to_another_chapter_names_its_file(sink: Book) -> None:
    there = sink.document("text-01.xhtml").xpath("//h:a[.='the other chapter']/@href", namespaces=NS)
    back = sink.document("text-02.xhtml").xpath("//h:a[.='chapter one']/@href", namespaces=NS)
    assert (there, back) == (["text-02.xhtml#two-one"], ["text-01.xhtml#one"])


def test_a_footnote_stands_in_the_document_of_its_first_reference(sink: Book) -> None:
    notes = {
        name: root.xpath("//h:aside[@role='doc-footnote']/@id", namespaces=NS)
        for name, root in sink.documents().items()
    }
    assert {name: ids for name, ids in notes.items() if ids} == {
        "text-01.xhtml": ["note-a"],
        "text-02.xhtml": ["note-b"],
    }


def test_epub_type_and_role_of_notes_agree(sink: Book) -> None:
    pairs = {
        "noteref": "doc-noteref",
        "footnote": "doc-footnote",
        "backlink": "doc-backlink",
        "endnotes": "doc-endnotes",
    }
    found: set[str] = set()
    for root in sink.documents().values():
        for element in root.xpath("//*[not(ancestor::h:nav)]", namespaces=NS):
            kind = element.get(TYPE)
            if kind in pairs:
                found.add(kind)
                assert element.get("role") == pairs[kind]
    assert found == set(pairs)


def test_the_way_back_comes_first_in_a_note_and_leads_to_each_reference(sink: Book) -> None:
    aside = sink.document("text-01.xhtml").xpath("//h:aside[@id='note-a']", namespaces=NS)[0]
    links = aside.xpath(".//h:a[@role='doc-backlink']", namespaces=NS)
    assert "".join(aside.itertext()).lstrip().startswith("".join(links[0].itertext()))
    hrefs = [link.get("href") for link in links]
    assert len(hrefs) == 2
    assert hrefs[0].startswith("#")
    assert hrefs[1].startswith("text-02.xhtml#")


def test_ways_back_to_different_places_have_different_names(sink: Book) -> None:
    names = sink.document("text-01.xhtml").xpath(
        "//h:aside[@id='note-a']//h:a[@role='doc-backlink']/@aria-label", namespaces=NS
    )
    assert names == ["Note 1: Back to the text, place a", "Note 1: Back to the text, place b"]


def test_each_reference_to_a_note_leads_to_it(sink: Book) -> None:
    hrefs = [
        href
        for name in ("text-01.xhtml", "text-02.xhtml")
        for href in sink.document(name).xpath("//h:a[@role='doc-noteref']/@href", namespaces=NS)
    ]
    assert hrefs == ["#note-a", "text-01.xhtml#note-a", "#note-b", "notes.xhtml#note-z"]


def test_endnotes_are_a_list_in_a_document_of_their_own(sink: Book) -> None:
    items = sink.document("notes.xhtml").xpath("//h:section[@role='doc-endnotes']/h:ol/h:li/@id", namespaces=NS)
    assert items == ["note-z"]


def test_a_note_that_only_a_note_refers_to_stands_beside_it(bench: Bench) -> None:
    first = m.Note(at=m.At(id="note-a"), id="a", children=(paragraph("See", reference("b")),))
    body = (section("One", paragraph(reference("a")), ident="one"), section("Two", paragraph("x"), ident="two"))
    book = bench.book(m.Publication(metadata(), body=body, notes=(first, note("b", "Deeper."))))
    assert book.document("text-01.xhtml").xpath("//h:aside/@id", namespaces=NS) == ["note-a", "note-b"]


def test_a_note_that_nothing_refers_to_is_not_lost(bench: Bench) -> None:
    body = (section("One", paragraph("x"), ident="one"), section("Two", paragraph("y"), ident="two"))
    book = bench.book(m.Publication(metadata(), body=body, notes=(note("a", "Orphan."),)))
    assert book.document("text-02.xhtml").xpath("//h:aside/@id", namespaces=NS) == ["note-a"]


def test_a_long_description_is_reached_from_its_picture_and_its_table(sink: Book) -> None:
    root = sink.document("text-01.xhtml")
    for element in ("img", "table"):
        names = root.xpath(f"//h:{element}/@aria-details", namespaces=NS)
        assert len(names) == 1
        assert [target.tag for target in root.xpath("//*[@id=$name]", name=names[0])] == [
            "{http://www.w3.org/1999/xhtml}details"
        ]


def test_headings_below_the_sixth_level_keep_their_level(sink: Book) -> None:
    levels = sink.document("text-01.xhtml").xpath("//h:h6/@aria-level", namespaces=NS)
    assert levels == ["7"]


def test_boxes_are_no_landmarks(sink: Book) -> None:
    boxes = sink.document("text-01.xhtml").xpath("//h:aside[contains(@class, 'aside ')]", namespaces=NS)
    assert len(boxes) == len(m.AsideKind)
    assert all(box.get("role") in {"note", "doc-pullquote"} for box in boxes)


def test_a_wide_table_scrolls_and_is_reached_by_keyboard_and_a_narrow_one_is_not(bench: Bench) -> None:
    captions = ("Cases", "Cases", "Courts & years")
    wide = [table(f"t{n}", 3 + n, caption, (paragraph("Why."),)) for n, caption in enumerate(captions)]
    body = (section("One", table("narrow", 2), *wide, ident="one"),)
    root = bench.book(m.Publication(metadata(), body=body)).document("text-01.xhtml")
    frames = root.xpath("//h:div[h:table]", namespaces=NS)
    # Two landmarks of one name would hide each other.
    assert [(frame.get("role"), frame.get("aria-label"), frame.get("tabindex")) for frame in frames] == [
        ("region", "Cases", "0"),
        ("group", "Cases", "0"),
        ("region", "Courts & years", "0"),
    ]
    assert len(root.xpath("//h:table", namespaces=NS)) == 4
    # What describes a table does not scroll with it.
    assert len(root.xpath("//h:section/h:details", namespaces=NS)) == 3


def test_a_long_description_says_what_it_describes(sink: Book) -> None:
    summaries = [each.text for each in sink.document("text-01.xhtml").iter("{*}summary")]
    assert summaries == ["Description of Cases by state & year", "Description of Caption of fig-1"]


def test_formulas_stay_mathml_and_are_named_in_words(sink: Book) -> None:
    formulas = sink.document("text-01.xhtml").findall(".//m:math", NS)
    assert [formula.get("alttext") for formula in formulas] == ["r equals n over N", "r equals n over N"]
    assert [formula.get("display") for formula in formulas] == [None, "block"]


def test_the_imprint_tells_rights_contact_and_other_languages(sink: Book) -> None:
    root = sink.document("about.xhtml")
    words = " ".join(" ".join(root.itertext()).split())
    for part in ("CC BY 4.0", "Country reports", "desk@example.org", "An earlier brief", "español"):
        assert part in words
    link = root.xpath("//h:a[.='Justicia negada']", namespaces=NS)[0]
    assert (link.get("href"), link.get("lang"), link.get(XML_LANG)) == ("https://example.org/es", "es", "es")


def test_text_without_any_heading_is_a_book_too(bench: Bench) -> None:
    book = bench.book(m.Publication(metadata(), body=(paragraph("All there is.", ident="p"),)))
    assert "All there is." in "".join(book.document("text-00.xhtml").itertext())
    assert book.document("nav.xhtml").xpath("//h:nav[@role='doc-toc']//h:a/@href", namespaces=NS) == [
        "text-00.xhtml",
        "about.xhtml",
    ]


def test_a_publication_without_text_is_a_book_too(bench: Bench) -> None:
    assert "text-00.xhtml" in bench.book(m.Publication(metadata())).spine()


def test_a_picture_whose_file_is_missing_is_told_in_words_and_reported(bench: Bench) -> None:
    body = (
        figure("lost.png", m.Described("Bars rise."), "f"),
        paragraph("See ", m.Image(source="gone.png", alt=m.Decorative()), "this."),
    )
    target, written = bench.write(m.Publication(metadata(), body=body))
    words = " ".join("".join(Book(target).document("text-00.xhtml").itertext()).split())
    assert "Bars rise. Caption of f" in words
    assert "See this." in words
    assert [finding.rule for finding in written.findings] == ["not-carried", "not-carried"]
    assert all(finding.edition == "epub" for finding in written.findings)


@pytest.mark.parametrize("language", ["ar", "he", "fa"])
def test_a_book_in_a_right_to_left_script_turns_its_pages_the_other_way(bench: Bench, language: str) -> None:
    english = m.Span(at=m.At(language="en", direction=m.Direction.LTR), children=(m.Text(text="Amnesty"),))
    about = metadata(language=language, direction=m.Direction.RTL, title="العدالة")
    book = bench.book(m.Publication(about, body=(section("فصل", paragraph("نص ", english, ident="p"), ident="s"),)))
    assert book.opf.find("o:spine", NS).get("page-progression-direction") == "rtl"
    assert book.opf.get("dir") == "rtl"
    assert all(root.get("dir") == "rtl" for root in book.documents().values())
    span = book.document("text-01.xhtml").xpath("//h:span[@lang='en']", namespaces=NS)[0]
    assert (span.get("dir"), span.get(XML_LANG)) == ("ltr", "en")


def test_lists_of_figures_and_tables_can_be_left_out(bench: Bench) -> None:
    target, _ = bench.write(kitchen_sink(bench), options=epub.Options(lists=False, epub_audio=epub.Sound.OFF))
    kinds = Book(target).document("nav.xhtml").xpath("//h:nav/@e:type", namespaces=NS)
    assert kinds == ["toc", "page-list", "landmarks"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "#nowhere", "https://[broken", "file:///etc/passwd"])
def test_an_address_in_the_imprint_that_must_not_be_followed_is_no_link(bench: Bench, address: str) -> None:
    about = metadata(contact=m.Contact("Desk", "no mail <at> all", address), related=(m.Related("Another", address),))
    root = bench.book(m.Publication(about)).document("about.xhtml")
    words = "".join(root.itertext())
    assert address in words
    assert "no mail <at> all" in words
    hrefs = root.xpath("//h:a/@href", namespaces=NS)
    assert hrefs == ["https://example.org/es"]


def test_easy_read_has_a_style_sheet_of_its_own(bench: Bench) -> None:
    sheets = [
        bench.book(m.Publication(metadata(kind=kind), body=(section("s", paragraph("p", ident="p"), ident="s"),))).data[
            "EPUB/styles/epub.css"
        ]
        for kind in (m.Kind.EASY_READ, m.Kind.REPORT)
    ]
    own = (STYLES / "epub-easy-read.css").read_bytes()
    assert sheets[0].endswith(own)
    assert own not in sheets[1]
    assert b"font-style: italic" not in own


def test_a_chain_of_notes_is_in_the_document_of_its_first_reference() -> None:
    count = 1_500
    notes = tuple(m.Note(str(number), (paragraph(reference(str(number + 1))),)) for number in range(count))
    body = (
        section("One", paragraph("Text."), ident="one"),
        section("Two", paragraph(reference("0")), ident="two"),
        section("Three", ident="three"),
    )
    documents = chapters.split(m.Publication(metadata(), body=body, notes=notes))
    assert [len(document.notes) for document in documents] == [0, count, 0]
