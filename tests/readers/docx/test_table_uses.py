"""Tables that only place something on a page: boxes, pictures and signatures."""

from __future__ import annotations

import pytest

from exporter.model import Aside, Figure, Table
from exporter.model.walk import plain_text, walk
from tests.readers.docx.files import cell, item, p, picture, r, read, row, table
from tests.readers.docx.outlines import blocks
from tests.readers.docx.test_blocks import BULLETS

_TITLE = p(r("Recommendations", "<w:b/>"))
_TEXT = p("One.") + p("Two.")
_LINES = ("________", "________")
_SPAN = '<w:gridSpan w:val="2"/>'


def _cards(*cards: tuple[str, ...]) -> str:
    return table(row(*(cell("".join(map(p, lines))) for lines in cards)))


@pytest.mark.parametrize(
    "box",
    [
        table(row(cell(_TITLE + _TEXT))),
        table(row(cell(_TITLE)), row(cell(_TEXT))),
        table(row(cell(_TITLE + item("One.") + item("Two.")))),
        table(row("", cell(_TITLE + _TEXT))),
    ],
)
def test_a_cell_is_a_box_whose_bold_line_is_its_title(box: str) -> None:
    read_ = read(p("Before.") + box + p("After."), parts=BULLETS)
    (aside,) = (node for node in walk(read_.publication) if isinstance(node, Aside))
    assert (plain_text(aside.title), plain_text(aside.children)) == ("Recommendations", "One. Two.")
    assert not any(isinstance(node, Table) for node in walk(read_.publication))


def test_a_cell_around_a_chapter_or_a_table_is_no_box() -> None:
    long = " ".join(["word"] * 251)
    assert blocks(read(p("Before.") + table(row(cell(p(long)))))) == ["Before.", long]
    inner = table(row("a", "b"), row("c", "d"))
    captioned = p("Table 1: One", "Caption") + inner
    assert blocks(read(p("Before.") + table(row(cell(captioned + p()))))) == blocks(read(p("Before.") + captioned))
    figure = p("Figure 1: One", "Caption") + p(picture())
    assert blocks(read(p("Before.") + table(row(cell(figure))))) == blocks(read(p("Before.") + figure))
    assert blocks(read(p("Before.") + table(row(cell(inner + p()))))) == blocks(read(p("Before.") + inner))


def test_a_row_of_numbers_and_what_they_count_is_read_cell_by_cell() -> None:
    cards = [
        cell(p(number, properties="<w:keepNext/>") + p(what)) for number, what in (("87", "cases"), ("9", "wells"))
    ]
    picture_ = cell(p(picture()) + p("4") + p("dams"))
    read_ = read(p("Before.") + table(row(*cards, picture_)) + p("After."))
    assert blocks(read_) == ["Before.", "87/cases", "9/wells", "!A blue square!/4/dams", "After."]
    two = read(p("Before.") + table(row(*cards), row(*cards)))
    assert any(isinstance(node, Table) for node in walk(two.publication))


@pytest.mark.parametrize(
    "kept",
    [
        table(row(cell(p("7" * 101) + p("One.")), cell(p("1") + p("Two.")))),
        _cards(("2019", "2020", "2021"), ("Arrest", "Trial", "Release")),
        _cards(("10", "20"), ("Lima", "Cusco")),
        _cards(("10", "20"), ("30", "40")),
        _cards(("Name:", "Phone:"), ("Ana", "555")),
        _cards(("Rosa M.", "Chair"), ("Ana P.", "Treasurer")),
        table(row(cell(p("9") + p("wells")), cell(p("8", "Caption") + p("dams")))),
        table(row(cell(p("9") + p("wells")), cell(p("8") + p("آبار", "", "<w:bidi/>")))),
        p("Table 1: Water") + _cards(("9", "wells"), ("8", "dams")),
        p("Table 1: One", "Caption") + table(row("One.")),
        table(row("One."), properties='<w:tblCaption w:val="Cases"/>'),
        table(row("Place", header=True), row("One.")),
        table(row("Place"), row("One."), row("Two.")),
        table(row("One.", "Two.")),
        table(row(*_LINES)),
        table(row(*_LINES), row("Ana", picture())),
        table(row("1990", "12"), row("........", "........"), row("2025", "4")),
        table(row("Name", "Signature"), row(*_LINES), row(*_LINES)),
        table(row("Item", "Amount"), row("Water", "100"), row(*_LINES)),
        table(row(picture(), picture()), row("12", "40")),
        table(row(picture(), "Total cases", "1,204")),
        table(row(cell(_TITLE)), row("")),
        table(row(cell(_TITLE, _SPAN)), row("", "", ""), row("", "", "")),
        table(row("Yes", ""), row("", "No")),
        table(row(cell(_TITLE), "")),
        table(row("Name", "Organisation", "Signature"), row(*_LINES, "________"), row("Ana", "Open Record", "signed")),
        table(row("Activity", "Cost"), row("Travel", "100"), row("", "________"), row("Total", "150")),
        table(row("Item", "Amount"), row(*_LINES), row("Total", "USD 150")),
        table(row("Country", "Status"), row("........", "........"), row("Chile", "Ratified")),
        table(row("I agree", "☐"), row(*_LINES), row("Signature", "Date")),
        table(row(*_LINES), row("Signature", "I agree ☐")),
        table(row("Mon", "Tue", "Wed"), row("........", "........", "........"), row("8 h", "7 h", "6 h")),
        table(row(*_LINES), *[row("Water", "Food")] * 4),
        table(row(*_LINES), row("Ana", "")),
        table(row(*_LINES), row("Ana", "Luis"), row(*_LINES)),
        table(row(*["________"] * 5), row(*["Ana"] * 5)),
        table(row(cell(p("________"), _SPAN)), row("Ana", "Luis")),
        table(row(*_LINES), row("Ana", item("One."))),
        table(row(*_LINES), row("Ana", cell(p("Luis") + p(picture())))),
        table(row("Activity"), row("Training"), row("________"), row("Printing")),
        table(row("One."), properties='<w:tblDescription w:val="Cases of one year"/>'),
        table(row(picture(), picture()), row("Both of them", "")),
        table(row(picture(), picture()), row("Both of them")),
        table(row("Name of the witness"), row("Ana Duarte")),
        table(row(picture(), picture()), row("x " * 151, "The square")),
        table(row(picture(), picture()), row(item("The well"), item("The square"))),
        table(row("What is your name?"), row("________"), row("Where do you live?"), row("________")),
        p("Figure 1: Wells", "Caption") + table(row(picture(), "12")),
        table(row(picture(), picture()), row("The well", "The square"), row(cell("Both of them", _SPAN))),
    ],
)
def test_other_tables_stay_tables(kept: str) -> None:
    assert any(isinstance(node, Table) for node in walk(read(p("Before.") + kept, parts=BULLETS).publication))


def test_a_bold_line_alone_in_a_cell_may_be_a_heading_and_a_cell_at_the_beginning_is_a_cover() -> None:
    assert blocks(read(p("Before.") + table(row(cell(_TITLE))))) == ["Before.", "**Recommendations**"]
    grid = table(row(picture(), picture()))
    assert blocks(read(table(row(cell(_TITLE + grid))) + p("After.")))[1].startswith("figure ")
    assert blocks(read(table(row(cell(_TITLE + _TEXT))) + p("After."))) == [
        "**Recommendations**",
        "One.",
        "Two.",
        "After.",
    ]


@pytest.mark.parametrize(
    "first",
    [
        p(r("“They came”", "<w:b/>")),
        p(r("They came at night.", "<w:b/>")),
        p(r("They came", "<w:b/>") + r(" at night")),
        p(r("Они пришли", '<w:b/><w:lang w:val="ru-RU"/>')),
        p(r("x" * 121, "<w:b/>")),
        p(r("What would you do?", "<w:b/>")) + p(r("Who would you call?", "<w:b/>")),
    ],
)
def test_other_first_paragraphs_of_a_box_are_no_title(first: str) -> None:
    assert blocks(read(p("Before.") + table(row(cell(first + _TEXT)))))[1] == "box "


def test_pictures_beside_each_other_are_one_figure() -> None:
    read_ = read(p("Before.") + table(row(picture(), picture(), cell(p(picture()) + p()))))
    (figure,) = (node for node in walk(read_.publication) if isinstance(node, Figure))
    assert len(figure.images) == 3


@pytest.mark.parametrize(
    "grid",
    [
        table(row(picture(), picture()), row("The well", "The square")),
        table(row(cell(p(picture()) + p("The well")), cell(p(picture()) + p("The square")))),
    ],
)
def test_pictures_have_the_words_below_them_as_captions(grid: str) -> None:
    figures = [node for node in walk(read(p("Before.") + grid).publication) if isinstance(node, Figure)]
    assert [plain_text(figure.caption) for figure in figures] == ["The well", "The square"]


@pytest.mark.parametrize(
    "grid",
    [
        table(row(picture(), picture()), row(picture(), ""), row(cell(p("Figure 1: Wells", "Caption"), _SPAN))),
        table(row(picture(), picture()), row(picture(), "")) + p("Figure 1: Wells", "Caption"),
        p("Figure 1: Wells", "Caption") + table(row(picture(), picture(), picture())),
    ],
)
def test_pictures_have_one_caption_in_a_row_below_them_or_outside_of_the_table(grid: str) -> None:
    read_ = read(p("Before.") + grid + p("After."))
    (figure,) = (node for node in walk(read_.publication) if isinstance(node, Figure))
    assert (len(figure.images), plain_text(figure.caption)) == (3, "Figure 1: Wells")
    assert "caption-misplaced" not in [finding.rule for finding in read_.findings]


def test_a_sentence_below_a_picture_is_no_caption() -> None:
    read_ = read(p("Before.") + table(row(cell(p(picture()) + p("You may stay silent.")))))
    assert [type(node).__name__ for node in read_.publication.body] == ["Paragraph", "Figure", "Paragraph"]


def test_what_takes_the_place_of_a_table_has_its_page_break_and_bookmarks() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_Ref1"/><w:bookmarkEnd w:id="1"/>'
    first, second = p(picture(), properties="<w:pageBreakBefore/>"), p(mark + r("") + picture())
    link = f'<w:p><w:hyperlink w:anchor="_Ref1">{r("See the wells.")}</w:hyperlink></w:p>'
    read_ = read(link + table(row(cell(first), cell(second))) + p("After."))
    assert blocks(read_) == [
        "[See the wells.](#_Ref1)",
        "page",
        "figure !A blue square! !A blue square!  #_Ref1",
        "After.",
    ]


def test_the_pictures_of_a_table_in_a_box_are_a_figure() -> None:
    grid = table(row(picture(), picture()))
    assert blocks(read(p("Before.") + table(row(cell(_TITLE + grid + p("One."))))))[1:] == [
        "box Recommendations",
        "  figure !A blue square! !A blue square! ",
        "  One.",
    ]


def test_an_address_beside_a_logo_is_text() -> None:
    read_ = read(p("Before.") + table(row(picture(), cell(p("Housing Watch") + p("Puerto Alba")))) + p("After."))
    kinds = [type(node).__name__ for node in read_.publication.body]
    assert kinds == ["Paragraph", "Figure", "Paragraph", "Paragraph", "Paragraph"]


def test_each_signature_is_read_with_its_name_and_office() -> None:
    signed = table(row(*_LINES), row("Ana Duarte", "Luis Ferreyra"), row("Director", "President"))
    read_ = read(p("Respectfully submitted,") + signed)
    assert [plain_text(node) for node in read_.publication.body] == [
        "Respectfully submitted,",
        "________ Ana Duarte Director",
        "________ Luis Ferreyra President",
    ]


def test_what_two_parties_have_above_their_lines_says_for_whom_they_sign() -> None:
    signed = table(row("For the tenants", "For the city"), row(*_LINES), row("Ana Duarte", "Luis Ferreyra"))
    assert blocks(read(p("Agreed,") + signed))[1:] == [
        "For the tenants/________/Ana Duarte",
        "For the city/________/Luis Ferreyra",
    ]


def test_a_line_in_a_cell_is_no_break_between_parts_of_the_text() -> None:
    read_ = read(p("Before.") + table(row("Signature", "Date", header=True), row("________", "________")))
    assert blocks(read_)[-1] == "  body: ________ | ________"
