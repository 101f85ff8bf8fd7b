"""What stands on lines of its own."""

from __future__ import annotations

import re

import pytest

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.findings import Severity
from exporter.inspect.docx.package import Package
from exporter.lexicon.word_lists import by_language
from exporter.model import Figure, List, ListDelimiter, Paragraph, Section, Table
from exporter.model.walk import images, plain_text
from exporter.readers.docx.blocks.captions import is_figure_label
from exporter.readers.docx.context import Media
from tests.readers.docx.files import (
    PLANTED,
    PNG,
    cell,
    custom_properties,
    field,
    item,
    numbering,
    p,
    part,
    picture,
    r,
    read,
    row,
    style,
    table,
)
from tests.readers.docx.outlines import blocks, front, rules
from tests.write_context import LANGUAGES

LISTS = {"numbering.xml": numbering("decimal", "lowerLetter")}
BULLETS = {"numbering.xml": numbering('<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>')}


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_have_captions_with_each_word_that_their_language_has_for_them(language: str) -> None:
    words = by_language("figure_words")[language]
    assert [word for word in words if not is_figure_label(f"{word.capitalize()} 1: Casa")] == []


def test_headings_go_by_their_outline_level_through_the_chain_of_styles() -> None:
    styles = style("House", "House Heading", '<w:basedOn w:val="Heading2"/>') + style("berschrift3", "Überschrift 3")
    styles += style("Odd", "Odd", '<w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    body = p("One", "Heading1") + p("Two", "House") + p("Three", "berschrift3") + p("Text", "Odd") + p("x", "Heading1")
    body += p("By itself", properties='<w:outlineLvl w:val="1"/>')
    assert blocks(read(body, styles=styles)) == [
        "# One", "  # Two", "    # Three", "      Text", "# x", "  # By itself",
    ]  # fmt: skip


def test_styles_that_the_file_does_not_define_go_by_their_names() -> None:
    assert blocks(read(p("One", "Heading1") + p("Quoted", "IntenseQuote") + p("x", "NoSuchStyle"))) == [
        "# One", "  quote ", "    Quoted", "  x",
    ]  # fmt: skip


def test_numbers_of_headings_are_kept_as_words() -> None:
    styles = style("H", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>')
    assert blocks(read(p("First", "H") + p("Second", "H"), styles=styles, parts=LISTS)) == ["# 1. First", "# 2. Second"]


def test_a_heading_with_a_note_alone_is_a_paragraph() -> None:
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    footnotes = part("footnotes", f'<w:footnote w:id="1">{p("A note")}</w:footnote>')
    read_ = read(p("One", "Heading1") + p(note, "Heading2") + p("x"), parts={"footnotes.xml": footnotes})
    assert rules(read_) == ["heading-empty"]
    assert len(blocks(read_)) == 3


def test_an_empty_heading_and_a_skipped_level_are_reported() -> None:
    read_ = read(p("One", "Heading1") + p("", "Heading2") + p("Three", "Heading3") + p("x") + p("Four", "Heading1"))
    assert blocks(read_) == ["# One", "  # Three", "    x", "# Four"]
    assert rules(read_) == ["heading-skipped", "word-empty-paragraphs"]
    assert read_.findings[0].source is not None
    assert read_.findings[0].source.place == "heading “Three”"


def test_many_empty_headings_are_one_finding_that_stops_nothing() -> None:
    read_ = read(p("One", "Heading1") + p("", "Heading1") * 9 + p("x"))
    assert rules(read_) == ["word-empty-paragraphs"]
    (finding,) = read_.findings
    assert (finding.severity, finding.source is not None) == (Severity.WARNING, True)
    assert "9 empty paragraphs have the style of a heading" in finding.message


def test_unknown_styles_are_one_note_without_those_that_have_no_name() -> None:
    names = ("House one", "House two", " ")
    styles = "".join(style(f"S{number}", name, custom=True) for number, name in enumerate(names))
    read_ = read("".join(p("Words.", f"S{number}") for number in range(len(names))), styles=styles)
    assert [finding.message for finding in read_.findings if finding.rule == "word-style-unknown"] == [
        "Unknown styles, read as plain text: “House one”, “House two”."
    ]


def test_findings_point_at_the_heading_above_the_paragraph_and_its_first_words() -> None:
    body = p("One", "Heading1") + p("x") + p(r("a long sentence of more than eight words in it ") + picture())
    image = read(body).publication.body[0].children[1].children[1]
    assert image.at.source.place == "under “One”, picture after “a long sentence of more than eight words …”"
    second = read(body).publication.body[0].children[1]
    assert second.at.source.place == "under “One”, paragraph 2: “a long sentence of more than eight words …”"


def test_pictures_and_tables_are_located_by_their_captions() -> None:
    body = (
        p("One", "Heading1")
        + p(picture('descr=""'))
        + p("Figure 2: A map", "Caption")
        + p("x")
        + p(picture('descr=""'))
    )
    body += p(picture('descr=""')) + p("Table 1: Cases", "Caption") + table(row("a", picture('descr=""')))
    publication = read(body).publication
    assert [image.at.source.place for image in images(publication)] == [
        "under “One”, picture beside “Figure 2: A map”",
        "under “One”, picture after “x”",
        "under “One”, picture 2 after “x”",
        "under “One”, table 1, row 1, column 2, picture",
    ]
    (found,) = [node for node in publication.body[0].children if isinstance(node, Table)]
    assert found.at.source.place == "under “One”, table 1: “Table 1: Cases”"


def test_pages_are_named_if_the_file_has_those_of_word() -> None:
    new_page = "<w:r><w:lastRenderedPageBreak/><w:t>Two</w:t></w:r>"
    broken = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        p("One") + p(new_page) + p(broken) + p(new_page.replace("Two", "Three")) + p(r("Half ") + new_page) + p("Last")
    )
    places = [node.at.source.place for node in read(body).publication.body if isinstance(node, Paragraph)]
    assert [place.partition(",")[0] for place in places] == ["page 1", "page 2", "page 3", "page 3", "page 4"]
    without = read(p("One") + p(broken) + p("Two")).publication
    assert without.body[-1].at.source.place == "paragraph 2: “Two”"


def test_lists_nest_go_on_and_start_anew() -> None:
    body = item("a") + item("aa", 1) + item("ab", 1) + item("b") + p("between") + item("c")
    assert blocks(read(body, parts=LISTS)) == [
        "list decimal 1", "  -", "    a", "    list lower-alpha 1", "      -", "        aa", "      -", "        ab",
        "  -", "    b", "between", "list decimal 3", "  -", "    c",
    ]  # fmt: skip


def test_an_instance_that_overrides_its_start_begins_a_list() -> None:
    two = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    two += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    parts = {"numbering.xml": numbering("upperRoman", instances=two)}
    assert blocks(read(item("a") + item("b", instance=2) + item("c", instance=2), parts=parts)) == [
        "list upper-roman 1", "  -", "    a", "list upper-roman 5", "  -", "    b", "  -", "    c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "delimiter"),
    [
        ("%1.", ListDelimiter.PERIOD),
        ("%1)", ListDelimiter.PARENTHESIS),
        ("(%1)", ListDelimiter.PARENTHESES),
        ("(%1).", ListDelimiter.PARENTHESES),
        ("%1.)", ListDelimiter.PARENTHESIS),
        ("( %1 )", ListDelimiter.PARENTHESES),
        ("\uff08%1\uff09", ListDelimiter.PARENTHESES),
        ("%1\uff09", ListDelimiter.PARENTHESIS),
        ("(§ %1)", ListDelimiter.PARENTHESES),
        ("%1", ListDelimiter.PERIOD),
        ("(%1", ListDelimiter.PERIOD),
    ],
)
def test_what_stands_around_the_numbers_of_a_list_is_kept(written: str, delimiter: ListDelimiter) -> None:
    parts = {"numbering.xml": numbering(f'<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="{written}"/>')}
    (found,) = read(item("a") + item("b"), parts=parts).publication.body
    assert isinstance(found, List)
    assert found.delimiter is delimiter


def test_lists_that_differ_in_what_stands_around_their_numbers_are_two() -> None:
    two = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    two += '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/>'
    two += '<w:lvlText w:val="(%1)"/></w:lvl></w:lvlOverride></w:num>'
    found = read(item("a") + item("b", instance=2), parts={"numbering.xml": numbering("decimal", instances=two)})
    assert [each.delimiter.value for each in found.publication.body] == ["period", "parentheses"]


def _lists(*lefts: int) -> dict[str, str]:
    """Return the numbering part of a numbered list and of lists of bullets, each with the indent of its text."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>'
    level += '<w:pPr><w:ind w:left="{}" w:hanging="360"/>'
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + level.format(*(("decimal", "%1.") if number == 1 else ("bullet", "–")), left)
        + f'</w:pPr></w:lvl></w:abstractNum><w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number, left in enumerate(lefts, 1)
    )
    return {"numbering.xml": numbering(instances=made)}


def test_a_list_that_is_further_in_than_another_is_below_its_item() -> None:
    body = item("a") + item("x", instance=2) + item("deep", instance=3) + item("y", instance=2) + item("b")
    assert blocks(read(body, parts=_lists(720, 1003, 1440))) == [
        "list decimal 1", "  -", "    a", "    list bullet 1", "      -", "        x", "        list bullet 1",
        "          -", "            deep", "      -", "        y", "  -", "    b",
    ]  # fmt: skip


@pytest.mark.parametrize(("left", "properties"), [(851, ""), (1002, ""), (360, ""), (1440, '<w:ind w:left="720"/>')])
def test_a_list_that_is_hardly_further_in_than_another_follows_it(left: int, properties: str) -> None:
    body = item("a") + item("x", instance=2, properties=properties) + item("b")
    assert blocks(read(body, parts=_lists(720, left))) == [
        "list decimal 1", "  -", "    a", "list bullet 1", "  -", "    x", "list decimal 2", "  -", "    b",
    ]  # fmt: skip


def test_a_list_that_begins_with_two_is_not_below_an_item_of_another() -> None:
    other = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    other += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/></w:lvlOverride></w:num>'
    further = '<w:ind w:left="1440" w:hanging="360"/>'
    body = item("a") + item("b", instance=2, properties=further) + item("c", instance=2, properties=further)
    assert blocks(read(body, parts={"numbering.xml": numbering("decimal", instances=other)})) == [
        "list decimal 1", "  -", "    a", "  -", "    b", "  -", "    c",
    ]  # fmt: skip


def test_a_number_that_goes_on_is_not_below_an_item_of_another_list() -> None:
    body = item("a") + p("Text.") + item("x", instance=2) + item("b")
    assert blocks(read(body, parts=_lists(720, 360))) == [
        "list decimal 1", "  -", "    a", "Text.", "list bullet 1", "  -", "    x", "list decimal 2", "  -", "    b",
    ]  # fmt: skip


def test_a_number_that_goes_on_from_items_with_levels_is_not_below_another_item() -> None:
    level = '<w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:pPr><w:ind w:left="360" w:hanging="360"/>'
    other = f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{level}</w:pPr></w:lvl></w:abstractNum>'
    for number in (1, 2):
        other += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>'
    parts = {"numbering.xml": numbering("decimal", "lowerLetter", instances=other)}
    body = item("1") + item("a", 1) + p("Text.") + item("x", instance=2) + item("2")
    assert blocks(read(body, parts=parts))[-6:] == ["list bullet 1", "  -", "    x", "list decimal 2", "  -", "    2"]


def test_a_list_further_in_below_a_level_of_another_is_below_its_item() -> None:
    other = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    other = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:pPr>'
        f'<w:ind w:left="2160" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>{other}'
    )
    parts = {"numbering.xml": numbering("decimal", "lowerLetter", instances=other)}
    assert blocks(read(item("1") + item("a", 1) + item("x", instance=2) + item("b", 1) + item("2"), parts=parts)) == [
        "list decimal 1", "  -", "    1", "    list lower-alpha 1", "      -", "        a", "        list bullet 1",
        "          -", "            x", "      -", "        b", "  -", "    2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "further",
    [
        p("more", properties='<w:ind w:left="720"/>'),
        p("more", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
        p("more", "ListContinue"),
    ],
)
def test_a_paragraph_that_goes_on_with_an_item_is_part_of_it(further: str) -> None:
    assert blocks(read(item("a") + further + item("b"), parts=BULLETS)) == [
        "list bullet 1", "  -", "    a", "    more", "  -", "    b",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'])
def test_a_paragraph_below_the_items_of_an_item_is_part_of_that_whose_indent_it_has(number: str) -> None:
    styles = style("ListParagraph", "List Paragraph", '<w:pPr><w:ind w:left="1440"/></w:pPr>')
    further = p("more", "ListParagraph", number + '<w:ind w:left="720"/>')
    one, two = (item(words, depth).replace("<w:numPr>", '<w:pStyle w:val="ListParagraph"/><w:numPr>')
                for depth, words in enumerate("1a"))  # fmt: skip
    assert blocks(read(one + two + further, parts=LISTS, styles=styles)) == [
        "list decimal 1", "  -", "    1", "    list lower-alpha 1", "      -", "        a", "    more",
    ]  # fmt: skip


def test_a_typed_number_that_goes_on_from_those_of_a_list_is_no_part_of_its_last_item() -> None:
    further = '<w:ind w:left="720" w:hanging="720"/>'
    typed = "".join(p(words, properties=further) for words in ("2. typed", "1. below", "(3) others"))
    assert blocks(read(item("a") + typed, parts=LISTS)) == [
        "list decimal 1", "  -", "    a", "2. typed", "1. below", "(3) others",
    ]  # fmt: skip
    typed = "".join(p(words, properties=further) for words in ("1. below", "(3) others"))
    assert blocks(read(item("a") + typed, parts=LISTS)) == [
        "list decimal 1", "  -", "    a", "    1. below", "    (3) others",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["12. March was the day.", "2. Second, they said."])
def test_a_typed_number_is_part_of_an_item_where_the_list_goes_on_otherwise(words: str) -> None:
    body = item("a") + p(words, properties='<w:ind w:left="720"/>') + p() + item("b") + p("End.")
    assert blocks(read(body, parts=LISTS)) == [
        "list decimal 1", "  -", "    a", f"    {words}", "  -", "    b", "End.",
    ]  # fmt: skip


def test_a_list_has_the_language_and_direction_of_its_items() -> None:
    arabic = '<w:r><w:rPr><w:rtl/><w:lang w:bidi="ar-SA"/></w:rPr><w:t>سحب المادة من القانون</w:t></w:r>'
    items = item(arabic, properties="<w:bidi/>") * 2
    (_, block) = read(p("English text. " * 9) + items, parts=LISTS).publication.body
    assert block.at.language == "ar-SA"
    (_, mixed) = read(p("English text. " * 9) + items + item("Other"), parts=LISTS).publication.body
    assert mixed.at.language is None


def test_a_list_by_its_style_alone_and_items_that_nothing_defines() -> None:
    assert blocks(read(p("a", "ListBullet") + p("b", "ListBullet2") + item("plain"))) == [
        "list bullet 1", "  -", "    a", "    list bullet 1", "      -", "        b", "plain",
    ]  # fmt: skip


def test_boxes_to_tick_are_typed() -> None:
    parts = {"numbering.xml": numbering('<w:numFmt w:val="bullet"/><w:lvlText w:val="☒"/>')}
    assert blocks(read(item("done"), parts=parts)) == ["list bullet 1", "  -", "    ☒ done"]


def test_numbers_with_those_of_other_levels_are_kept_as_they_are_cited() -> None:
    levels = ("decimal", '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/>', "lowerLetter")
    body = item("Term") + item("It begins.", 1) + item("today", 2) + item("It ends.", 1) + item("Pay") + item("Due.", 1)
    assert blocks(read(body, parts={"numbering.xml": numbering(*levels)})) == [
        "list decimal 1", "  -", "    Term", "1.1 It begins.", "list lower-alpha 1", "  -", "    today",
        "1.2 It ends.", "list decimal 2", "  -", "    Pay", "2.1 Due.",
    ]  # fmt: skip


def test_labels_of_words_are_typed() -> None:
    parts = {"numbering.xml": numbering('<w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1."/>')}
    assert blocks(read(item("Everybody") + item("Nobody"), parts=parts)) == [
        "Article 1. Everybody",
        "Article 2. Nobody",
    ]


_COUNTED = '<w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>'


@pytest.mark.parametrize(
    ("kind", "label", "expected"),
    [
        ("chineseCountingThousand", "第%1条", "第十二条"),
        ("ideographDigital", "第%1章", "第一二章"),
        ("japaneseCounting", "第%1条", "第十二条"),
        ("koreanCounting", "제%1조", "제십이조"),
        ("arabicAbjad", "مادة %1-", "مادة ل-"),
        ("hebrew1", "סעיף %1", "סעיף יב"),
        ("russianUpper", "Раздел %1", "Раздел М"),
        ("thaiNumbers", "ข้อ %1", "ข้อ ๑๒"),
        ("ordinalText", "%1 Schedule", "Twelfth Schedule"),
        ("cardinalText", "Article %1", "Article Twelve"),
        ("ordinal", "%1 Meeting", "12th Meeting"),
        ("decimalEnclosedCircle", "Step %1", "Step ⑫"),
    ],
)
def test_numbers_in_labels_and_headings_are_those_of_word(kind: str, label: str, expected: str) -> None:
    parts = {"numbering.xml": numbering(f'<w:start w:val="12"/>{_COUNTED.format(kind, label)}')}
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    for body in (item("1234"), p("1234", "Heading2", numbered) + p("Text")):
        read_ = read(p("Text") + body, parts=parts)
        assert f"{expected} 1234" in " ".join(blocks(read_))
        assert "word-numbering" not in rules(read_)


def test_a_format_of_ones_own_has_zeros_before_its_number() -> None:
    own = '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    own += '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    parts = {"numbering.xml": numbering(f'{own}<w:lvlText w:val="Para %1"/>')}
    assert blocks(read(item("a") + item("b"), parts=parts)) == ["Para 001 a", "Para 002 b"]


def test_a_format_that_is_unknown_is_reported_with_the_label_that_has_digits() -> None:
    parts = {"numbering.xml": numbering(_COUNTED.format("cardinalText", "Partie %1"))}
    french = '<w:lang w:val="fr-FR"/>'
    read_ = read(item(r("Les droits", french)) + item(r("Les devoirs", french)), parts=parts)
    assert blocks(read_) == ["Partie 1 Les droits", "Partie 2 Les devoirs"]
    assert [finding.message for finding in read_.findings if finding.rule == "word-numbering"] == [
        "The number format cardinalText is replaced by digits, as in “Partie 1”."
    ]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", ["1", "2", "1"]),
        ('<w:lvlRestart w:val="0"/>', ["1", "2", "3"]),
        ('<w:lvlRestart w:val="1"/>', ["1", "2", "1"]),
    ],
)
def test_a_level_starts_again_where_it_says_so(restart: str, expected: list[str]) -> None:
    below = f'<w:numFmt w:val="decimal"/>{restart}<w:lvlText w:val="Para %2"/>'
    parts = {"numbering.xml": numbering(_COUNTED.format("decimal", "Part %1"), below)}
    body = item("A") + item("a", 1) + item("b", 1) + item("B") + item("c", 1)
    assert [line for line in blocks(read(body, parts=parts)) if line.startswith("Para")] == [
        f"Para {number} {letter}" for number, letter in zip(expected, "abc", strict=True)
    ]


def test_a_level_that_starts_again_only_below_the_first_goes_on_below_the_second() -> None:
    levels = (_COUNTED.format("decimal", "Part %1"), _COUNTED.format("decimal", "Title %2"))
    parts = {"numbering.xml": numbering(*levels, f'<w:lvlRestart w:val="1"/>{_COUNTED.format("decimal", "Para %3")}')}
    body = item("", 0).join(["", item("A") + item("A", 1) + item("a", 2) + item("B", 1) + item("b", 2)])
    assert blocks(read(body + item("B") + item("c", 2), parts=parts))[-3:] == ["Para 2 b", "Part 3 B", "Para 1 c"]


def test_a_list_without_a_start_begins_with_zero() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    instance = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    parts = {
        "numbering.xml": part("numbering", f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>{instance}')
    }
    assert blocks(read(item("a"), parts=parts)) == ["list decimal 0", "  -", "    a"]


def test_legal_numbers_are_decimal_on_all_levels() -> None:
    below = '<w:numFmt w:val="lowerLetter"/><w:isLgl/><w:lvlText w:val="Section %1.%2"/>'
    parts = {"numbering.xml": numbering(_COUNTED.format("upperRoman", "Chapter %1"), below)}
    assert blocks(read(item("A") + item("B", 1), parts=parts)) == ["Chapter I A", "Section 1.1 B"]
    below = below.replace("lowerLetter", "decimalZero")
    parts = {"numbering.xml": numbering(_COUNTED.format("upperRoman", "Chapter %1"), below)}
    assert blocks(read(item("A") + item("B", 1), parts=parts)) == ["Chapter I A", "Section 1.01 B"]


def test_labels_have_the_language_of_the_words_behind_them() -> None:
    parts = {"numbering.xml": numbering(_COUNTED.format("decimal", "Artículo %1."))}
    spanish = r("Todas las personas", '<w:lang w:val="es-ES"/>')
    body = item(spanish) + p(spanish, "Heading2", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert blocks(read(p("English. " * 9) + body, parts=parts))[1:] == [
        "Artículo 1. Todas las personas es-ES",
        "# [Artículo 2. Todas las personas]{es-ES}",
    ]


def test_a_numbered_heading_that_is_left_out_counts() -> None:
    parts = {"numbering.xml": numbering("decimal")}
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    contents = p("Contents", "Heading1", numbered) + p(field('TOC \\o "1-3"', r("1. Contents 1")), "TOC1")
    body = p("Text.") + contents + p("Intro", "Heading1", numbered) + p("a") + p("End", "Heading1", numbered) + p("b")
    assert blocks(read(body, parts=parts)) == ["# 2. Intro", "  a", "# 3. End", "  b"]


def test_pictures_and_boxes_in_the_paragraphs_of_a_table_of_contents_are_kept() -> None:
    words = f"<v:textbox><w:txbxContent>{p('Key message')}</w:txbxContent></v:textbox>"
    box = f"<w:r><w:pict><v:shape>{words}</v:shape></w:pict></w:r>"
    toc = style("TOCHeading", "TOC Heading")
    begin, end = field('TOC \\o "1-3"', "|").split("|")
    body = p(r("Contents") + box + picture('descr="Banner"'), "TOCHeading") + p(begin + r("Intro 1"), "TOC1")
    body += p(end + picture('descr="Photo"', anchor=True)) + p("Intro", "Heading2") + p("Text.")
    assert blocks(read(p("First.") + body, styles=toc)) == [
        "figure !Banner! ", "box ", "  Key message", "figure !Photo! ", "# Intro", "  Text.",
    ]  # fmt: skip


def test_a_picture_in_a_line_of_contents_is_left_out_with_it() -> None:
    lines = p(r("Intro 1") + picture('descr="Icon"'), "TOC1") + p(picture('descr="Icon"'), "TOC1")
    read_ = read(p("First.") + lines + p("Text."), styles=style("TOC1", "toc 1"))
    assert blocks(read_) == ["First.", "Text."]
    assert [finding.message for finding in read_.findings] == ["2 paragraphs in the style “toc 1” were ignored."]


def test_a_table_with_a_head_merged_cells_and_a_caption_above() -> None:
    caption = p(r("Table ") + field("SEQ Table \\* ARABIC", r("1")) + r(": Words"), "Caption")
    rows = (
        row(cell("A", '<w:vMerge w:val="restart"/>'), cell("B", '<w:gridSpan w:val="2"/>'), header=True),
        row(cell("", "<w:vMerge/>"), "C", "D", header=True),
        row("1", "2", "3"),
        row("only"),
    )
    assert blocks(read(caption + table(*rows) + p())) == [
        "table Table 1: Words", "  head: A col r2 | B col c2", "  head: C col | D col", "  body: 1 | 2 | 3",
        "  body: only |  c2",
    ]  # fmt: skip


def test_a_cell_merged_with_cells_below_the_header_row_ends_there() -> None:
    restart, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (row(cell("Region", restart), "Year", header=True), row(cell("", more), "2024"))
    assert blocks(read(table(*rows))) == ["table ", "  head: Region col | Year col", "  body:  | 2024"]


def test_a_cell_merged_with_one_of_the_last_row_is_no_total() -> None:
    restart, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    look = '<w:tblStyle w:val="T"/><w:tblLook w:firstRow="1" w:lastRow="1"/>'
    conditions = "".join(
        f'<w:tblStylePr w:type="{kind}"><w:rPr><w:b/></w:rPr></w:tblStylePr>' for kind in ("firstRow", "lastRow")
    )
    rows = (row("Region", "Year"), row(cell("North", restart), "2024"), row(cell("", more), "2025"))
    assert blocks(read(table(*rows, properties=look), styles=style("T", "T", conditions, kind="table"))) == [
        "table ", "  head: Region col | Year col", "  body: North r2 | 2024", "  body: 2025",
    ]  # fmt: skip


def test_bold_header_cells_are_plain_as_each_edition_has_its_own_look_of_them() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>Year</w:t></w:r>"
    (found,) = read(table(row(bold, bold + r(" of birth"), header=True), row("x", "y"))).publication.body
    assert isinstance(found, m.Table)
    first, second = (cell.children[0] for cell in found.head[0].cells)
    assert isinstance(first, m.Paragraph)
    assert isinstance(second, m.Paragraph)
    assert [type(node) for node in first.children] == [m.Text]
    assert [type(node) for node in second.children] == [m.Strong, m.Text]


def test_row_headers_where_the_style_of_the_table_shows_them() -> None:
    shown = style("T", "T", '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>', kind="table")
    look = '<w:tblStyle w:val="{}"/><w:tblLook w:val="04A0" w:firstColumn="1"/>'
    rows = (row("x", "y", header=True), row("a", "1"))
    read_ = read(
        table(*rows, properties=look.format("T")) + p() + table(*rows, properties=look.format("Grid")), styles=shown
    )
    assert blocks(read_) == [
        "table ",
        "  head: x col | y col",
        "  body: a row | 1",
        "table ",
        "  head: x col | y col",
        "  body: a | 1",
    ]


def test_tables_inside_tables_and_lists_inside_cells() -> None:
    inner = table(row("deep"))
    made = read(table(row(cell(inner + p()), cell(item("a") + item("b")))) + p(), parts=BULLETS)
    children = made.publication.body[0].bodies[0][0].cells
    assert [type(child).__name__ for each in children for child in each.children] == ["Table", "List"]


def test_titles_and_descriptions_of_tables_are_seen() -> None:
    said = '<w:tblCaption w:val="The title"/><w:tblDescription w:val="What it shows"/>'
    assert blocks(read(table(row("a"), properties=said))) == [
        "table The title",
        "  body: a",
        "  description",
        "    What it shows",
    ]


def test_captions_go_with_the_figure_above_and_the_table_below() -> None:
    body = p(picture()) + p("Figure 1: Seen", "Caption") + p("Table 1: Told", "Caption") + table(row("a")) + p()
    assert blocks(read(body)) == ["figure !A blue square! Figure 1: Seen", "table Table 1: Told", "  body: a"]


def test_a_caption_beside_nothing_is_text_and_reported() -> None:
    read_ = read(p("x") + p("Figure 1: Lost", "Caption") + p("y"))
    assert blocks(read_) == ["x", "Figure 1: Lost", "y"]
    assert rules(read_) == ["caption-misplaced"]


@pytest.mark.parametrize(
    "subject",
    [
        p("<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"),
        p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>" + r(" (Eq. 12)")),
        p("count()", "SourceCode"),
    ],
)
def test_the_caption_of_a_formula_or_of_code_is_text_and_not_reported(subject: str) -> None:
    styles = style("SourceCode", "Source Code") + style("Caption", "caption")
    caption = p("12: How people were counted", "Caption")
    assert rules(read(p("Words.") + subject + caption, styles=styles)) == []
    assert rules(read(caption + subject + p("Words."), styles=styles)) == []
    assert rules(read(subject + p("Words.") + caption, styles=styles)) == ["caption-misplaced"]
    in_words = p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>" + r(" is how many people were counted"))
    assert rules(read(in_words + caption, styles=styles)) == ["caption-misplaced"]


def test_the_caption_of_a_figure_beside_a_formula_is_reported() -> None:
    formula = p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
    read_ = read(p("Words.") + formula + p("Figure 1: How", "Caption"), styles=style("Caption", "caption"))
    assert rules(read_) == ["caption-misplaced"]


def test_quotes_boxes_and_transcripts_by_their_styles() -> None:
    body = p("Words.", "Quote") + p("— Ana", "Quote") + p("Careful", "Warning")
    body += p("Ana, lawyer", "Speaker") + p("Hello.", "Turn") + p("More.", "Turn") + p("(A door)", "Cue")
    assert blocks(read(body)) == [
        "quote Ana", "  Words.", "warning ", "  Careful", "transcript", "  Ana (lawyer)", "    Hello.", "    More.",
        "  cue (A door)",
    ]  # fmt: skip


def test_a_turn_may_begin_with_its_speaker() -> None:
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = p(bold.format("Ana, lawyer:") + r(" They said: no."), "Turn") + p("She said: wait.", "Turn")
    body += p("NOTE: The door opens.", "Turn") + p(bold.format("Ana, lawyer") + r(": Now."), "Turn")
    assert blocks(read(body)) == [
        "transcript", "  Ana (lawyer)", "    They said: no.", "    She said: wait.", "    NOTE: The door opens.",
        "  Ana (lawyer)", "    Now.",
    ]  # fmt: skip


def test_a_turn_may_begin_with_its_speaker_in_capitals() -> None:
    body = p("ANA PAZ: I, Ana, swear: no.", "Turn") + p("OK, SO I asked: who?", "Turn") + p("MAN: We do.", "Turn")
    assert blocks(read(body)) == [
        "transcript", "  ANA PAZ ()", "    I, Ana, swear: no.", "    OK, SO I asked: who?", "  MAN ()", "    We do.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "texts", [["ملاحظة: نص.", "ملاحظة: نص."], ["SCENE 1: A door.", "SCENE 2: A road."], ["NOTE: Words.", "More."]]
)
def test_what_is_before_a_colon_need_be_no_speaker(texts: list[str]) -> None:
    read_ = read("".join(p(text, "Turn") for text in texts))
    assert blocks(read_) == ["transcript", *(f"  cue {text}" for text in texts)]
    assert rules(read_) == ["transcript-unreadable"] * 2


def test_a_name_in_capitals_may_have_a_language_or_be_in_italics() -> None:
    spanish, english = ('<w:lang w:val="es-ES"/>', '<w:lang w:val="en-US"/>')
    body = p(r("ANA PAZ:", spanish) + r(" Nobody knows why.", english), "Turn")
    body += p(r("MAN", "<w:i/>") + r(": Yes."), "Turn") + p(r("She", "<w:i/>") + r(": No."), "Turn")
    assert blocks(read(body)) == [
        "transcript", "  ANA PAZ ()", "    Nobody knows why.", "  MAN ()", "    Yes.", "    *She*: No.",
    ]  # fmt: skip


def test_words_may_follow_below_a_name_in_capitals() -> None:
    body = p("ANA PAZ: No.", "Turn") + p("MAN:", "Turn") + p("Yes.", "Turn")
    assert blocks(read(body)) == ["transcript", "  ANA PAZ ()", "    No.", "  MAN ()", "    Yes."]


@pytest.mark.parametrize("words", ["安娜: 我们等了。", "آنا: انتظرنا.", "NO! NO: We wait.", "5 MAY: We wait."])
def test_other_words_before_a_colon_are_no_names_in_capitals(words: str) -> None:
    assert not any(line.endswith("()") for line in blocks(read(p(words, "Turn") * 2)))


def test_a_turn_begins_with_no_speaker_where_speakers_have_a_style() -> None:
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = p("Ana", "Speaker") + p(bold.format("Note:") + r(" Words."), "Turn") + p("URGENT: Words.", "Turn")
    assert blocks(read(body)) == ["transcript", "  Ana ()", "    **Note:** Words.", "    URGENT: Words."]


def test_code_verse_definitions_and_breaks() -> None:
    body = p("a = 1", "HTMLPreformatted") + p("  b", "HTMLPreformatted") + p("* * *")
    body += p("Term", "DefinitionTerm") + p("Meaning", "Definition")
    body += p(properties='<w:pBdr><w:bottom w:val="single"/></w:pBdr>')
    assert blocks(read(body)) == ["code 'a = 1\\n  b'", "break", "Term:", "  :", "    Meaning", "break"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["a", "-", "-", "-", "b"], ["a", "break", "b"]),
        (["a", "-", "-boxed", "-", "b"], ["a", "boxed", "b"]),
        (["-", "=", "b"], ["break", "break", "b"]),
    ],
)
def test_empty_paragraphs_with_the_same_lines_are_one_break_unless_they_surround_text(
    texts: list[str], expected: list[str]
) -> None:
    lines = {"-": "single", "=": "double"}
    borders = {sign: f'<w:pBdr><w:bottom w:val="{value}"/></w:pBdr>' for sign, value in lines.items()}
    body = "".join(p(text.lstrip("-="), properties=borders.get(text[0], "")) for text in texts)
    assert blocks(read(body)) == expected


def test_empty_paragraphs_with_the_same_lines_beside_a_table_are_two_breaks() -> None:
    line = p(properties='<w:pBdr><w:bottom w:val="single"/></w:pBdr>')
    marks = '<w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/>'
    body = p("a") + line + marks + line + table(row("c", "d"), row("e", "f")) + line + p("b")
    assert [block for block in blocks(read(body)) if not block.startswith(" ")].count("break") == 2


@pytest.mark.parametrize(
    "content",
    [
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
        '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        picture(),
    ],
)
def test_lines_around_a_formula_a_symbol_a_note_or_a_picture_are_no_breaks(content: str) -> None:
    line, surrounded = (p(text, properties='<w:pBdr><w:top w:val="single"/></w:pBdr>') for text in ("", content))
    assert "break" not in blocks(read(p("a") + line + surrounded + p("b")))


def test_page_breaks_stay_between_blocks_only() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        p(page)
        + p("a")
        + p(page)
        + p("b")
        + p("c", properties="<w:pageBreakBefore/>")
        + p(r("d") + page)
        + p("e")
        + p(page)
    )
    assert blocks(read(body)) == ["a", "page", "b", "page", "c", "d", "page", "e"]


@pytest.mark.parametrize(
    ("runs", "properties", "expected"),
    [
        ('<w:r><w:br w:type="page"/></w:r>', "", "page"),
        ("", "<w:pageBreakBefore/>", "page"),
        ("", '<w:pBdr><w:bottom w:val="single"/></w:pBdr>', "break"),
    ],
)
def test_breaks_in_a_paragraph_whose_mark_is_hidden_stay(runs: str, properties: str, expected: str) -> None:
    hidden = p(runs, properties=f"{properties}<w:rPr><w:vanish/></w:rPr>")
    assert blocks(read(p("a") + hidden + p("b"))) == ["a", expected, "b"]


def test_generated_contents_are_left_out_and_what_stands_before_them_is_front() -> None:
    toc = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    toc += f"<w:sdtContent>{p('Contents')}{p('Text 1')}</w:sdtContent></w:sdt>"
    read_ = read(
        p("Preface", "Heading1") + p("x") + toc + p("One", "Heading1") + p("y") + p("Two", "Heading1") + p("z")
    )
    assert blocks(read_) == ["# One", "  y", "# Two", "  z"]
    assert len(read_.publication.front) == 1


def test_a_few_lines_before_generated_contents_are_front_matter() -> None:
    contents = p("Contents", "TOCHeading") + p(field("TOC", r("One 1")))
    chapters = "".join(p(name, "Heading1") + p("Text.") for name in ("One", "Two"))
    styles = style("TOCHeading", "TOC Heading")
    read_ = read(p("Open Record, ISBN 978-0") + contents + chapters, styles=styles)
    assert (front(read_), blocks(read_)[0]) == (["Open Record, ISBN 978-0"], "# One")
    long = " ".join(["word"] * 301)
    for text in (p(long), table(row("a", long), row("c", "d")), p("A note", "Heading2") + p("Words.")):
        assert front(read(text + contents + p("More.") + chapters, styles=styles)) == []


def test_contents_that_are_only_a_field_are_left_out_over_several_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert blocks(read(p(begin + r("One 1")) + p("Two 2") + p(end) + p("Text"))) == ["Text"]


@pytest.mark.parametrize(
    ("style_", "title"),
    [
        *[("Heading1", "Table of Contents"), ("", "Содержание"), ("", "Зміст"), ("Heading1", "İçindekiler")],
        *[("Heading1", "Indice contenidos"), ("", "Contents of this report"), ("Heading1", "Содержание отчёта")],
    ],
)
def test_a_typed_title_of_generated_contents_is_left_out_with_them(style_: str, title: str) -> None:
    body = (
        p("One", "Heading1") + p("x") + p(title, style_) + p(field("TOC", r("One 1"))) + p("Two", "Heading1") + p("y")
    )
    assert blocks(read(body)) == ["# One", "  x", "# Two", "  y"]
    assert title in " ".join(blocks(read(body.replace("TOC", "DATE"))))


@pytest.mark.parametrize(
    ("style_", "title"),
    [
        *[("", "Índice de precios 2025"), ("Heading1", "Índice de corrupción"), ("", "Sumário executivo")],
        *[("Heading1", "Hidden contents"), ("", "Contents of the parcels"), ("Heading1", "Содержание под стражей")],
    ],
)
def test_a_line_above_generated_contents_that_names_something_else_is_kept(style_: str, title: str) -> None:
    read_ = read(p(title, style_) + p(field("TOC", r("One 1"))) + p("One", "Heading1") + p("x"))
    assert title in " ".join([*front(read_), *blocks(read_)])


def framed(text: str, sides: str = "top left bottom right", color: str = "FF0000") -> str:
    """Return a paragraph with borders."""
    return p(text, properties=borders(sides, color))


def borders(sides: str = "top left bottom right", color: str = "FF0000") -> str:
    """Return the property of a paragraph."""
    drawn = "".join(f'<w:{side} w:val="single" w:sz="8" w:color="{color}"/>' for side in sides.split())
    return f"<w:pBdr>{drawn}</w:pBdr>"


def test_paragraphs_with_the_same_borders_around_them_are_a_box() -> None:
    title = r("Key facts", "<w:b/>")
    boxed = framed(title) + framed("Seven are held.") + framed("None was heard.", color="00FF00")
    assert blocks(read(p("Text.") + boxed + p("More."))) == [
        *("Text.", "box Key facts", "  Seven are held.", "box ", "  None was heard.", "More."),
    ]
    items = p("Pay", "ListBullet", borders()) + p("Listen", "ListBullet", borders())
    asked = read(p("Text.") + framed(title) + items, styles=style("ListBullet", "List Bullet"))
    assert blocks(asked)[1:] == ["box Key facts", "  list bullet 1", "    -", "      Pay", "    -", "      Listen"]
    styles = style("Frame", "Frame", f"<w:pPr>{borders()}</w:pPr>")
    assert blocks(read(p("Text.") + p("Held.", "Frame") + p("More."), styles=styles))[1:3] == ["box ", "  Held."]
    assert rules(read((framed(title) + p("Text.")) * 2)) == ["word-heading-look"]
    plain = framed("Seven are held."), framed("Words. " * 251), framed("Held.", "top bottom")
    white = framed("Held.", color="FFFFFF")
    for other in (
        plain[0],
        *(p("One") + one + p("More.") for one in (*plain[1:], white)),
        p("One", "Heading1") + plain[0] + p("Two", "Heading1") + plain[0],
    ):
        assert not any(block.lstrip().startswith("box") for block in blocks(read(other)))


@pytest.mark.parametrize(
    "line",
    [
        p("North", properties=borders()),
        p(r("What is torture?", "<w:b/>"), properties=borders()),
        p("***", properties=borders()),
        p("Source: Health Office", properties=borders()),
        p("12 March 2026", properties=borders()),
        p(picture(), properties=borders()) + p("Figure 1: Seen", properties=borders()),
    ],
)
def test_a_line_with_a_frame_is_no_box(line: str) -> None:
    assert not any(block.lstrip().startswith("box") for block in blocks(read(p("Text.") + line + p("More."))))


def test_a_note_with_a_frame_between_the_items_of_a_list_stays_between_them() -> None:
    note, parts = framed("We ask for this in vain."), {"numbering.xml": numbering("decimal", "decimal")}
    one, two = (blocks(read(item("Pay") + note + body + p("Text."), parts=parts)) for body in (item("Go"), p("Go")))
    assert ("box " in one, "box " in two) == (False, True)


def test_pictures_between_framed_paragraphs_are_in_their_box_and_a_page_break_before_it_stays() -> None:
    shown = framed("Seven are held.") + p(picture(), properties=borders()) + framed("None was heard.")
    shown = shown.replace("<w:pPr>", "<w:pPr><w:pageBreakBefore/>", 1) + p(picture(), properties=borders())
    assert blocks(read(p("Text.") + shown)) == [
        *("Text.", "page", "box ", "  Seven are held.", "  figure !A blue square! ", "  None was heard."),
        "figure !A blue square! ",
    ]


@pytest.mark.parametrize("body", [framed("Draft for comments"), framed("Draft for comments") + framed("Seven pages.")])
def test_lines_with_a_frame_that_say_that_the_text_is_a_draft_are_reported(body: str) -> None:
    assert rules(read(body + p("Text."))) == ["word-header-draft"]


@pytest.mark.parametrize(("between", "boxes"), [(p(), 2), (framed(""), 1), ("", 1)])
def test_an_empty_line_without_borders_divides_two_boxes(between: str, boxes: int) -> None:
    case = framed(r("Case", "<w:b/>")) + framed("She was held.")
    assert blocks(read(p("Text.") + case + between + case + p("More."))).count("box Case") == boxes


def test_white_space_between_the_elements_of_a_file_divides_no_box() -> None:
    framed_twice = framed("Seven are held.").replace("</w:pBdr>", "</w:pBdr> ") + framed("None was heard.")
    assert blocks(read(p("Text.") + framed_twice)) == ["Text.", "box ", "  Seven are held.", "  None was heard."]


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (p("Next", "Heading1", "BORDERS"), "# Next"),
        (p("In short", "Summary", "BORDERS"), "summary "),
        (p("“Why?”", "Quote", "BORDERS"), "quote "),
    ],
)
def test_what_follows_an_aside_with_the_same_borders_is_not_in_it(following: str, expected: str) -> None:
    read_ = read(p("Careful.", "Warning", borders()) + following.replace("BORDERS", borders()) + p("Text."))
    assert blocks(read_)[:3] == ["warning ", "  Careful.", expected]


def test_a_text_box_is_a_box_unless_it_only_holds_a_captioned_picture() -> None:
    def box(inner: str) -> str:
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="x"/>'
            f"<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
            f"</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )

    body = p(r("Around.") + box(p("In a box"))) + p(box(p(picture()) + p("Figure 1: Seen", "Caption")))
    assert blocks(read(body)) == ["Around.", "box ", "  In a box", "figure !A blue square! Figure 1: Seen"]
    for label in (p("Figure 1: Seen", "Caption"), p(r("Figure 1: Seen", "<w:b/>"))):
        for both in (picture() + box(label), box(label) + picture()):
            assert blocks(read(p(both))) == ["figure !A blue square! Figure 1: Seen"]
    assert blocks(read(p(box(p("Figure 1: Seen", "Caption"))))) == ["Figure 1: Seen"]
    quoted = {
        p("“One.”") + p("Ana, Tapachula"): "pull-quote ",
        p("“One”, two “three”"): "box ",
        p('"One"'): "pull-quote ",
        p('"One", two "three"'): "box ",
        p('"'): "box ",
        p("“One.”") + p("They said so again."): "box ",
        p("One."): "box ",
    }
    assert [blocks(read(p("Around.") + p(box(inner))))[1] for inner in quoted] == list(quoted.values())


def test_a_large_first_letter_belongs_to_its_word() -> None:
    assert blocks(read(p("O", properties='<w:framePr w:dropCap="drop"/>') + p("nce upon a time"))) == [
        "Once upon a time"
    ]


CHART = """<c:chartSpace><c:chart><c:title>
<c:tx><c:rich><a:p><a:r><a:t>Cases</a:t></a:r></a:p></c:rich></c:tx></c:title>
<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2024</c:v></c:pt></c:strCache></c:strRef>
</c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>North</c:v></c:pt>
<c:pt idx="1"><c:v>South</c:v></c:pt></c:strCache>
</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>4.2999999999999998</c:v></c:pt>
<c:pt idx="1"><c:v>2</c:v>
</c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"""


def _with_chart(chart: str) -> ReadResult:
    from tests.readers.docx.files import NAMESPACES

    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart" descr="More in the north"/><a:graphic><a:graphicData>'
        '<c:chart r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    data = chart.replace("<c:chartSpace>", f"<c:chartSpace {NAMESPACES}>")
    return read(p(drawing), parts={"charts/chart1.xml": data}, relations={"rIdChart": ("chart", "charts/chart1.xml")})


def test_a_chart_is_the_table_of_its_data_with_its_alt_text() -> None:
    read_ = _with_chart(CHART)
    assert blocks(read_) == [
        "table Cases", "  head:  | 2024 col", "  body: North row | 4.3", "  body: South row | 2", "  description",
        "    More in the north",
    ]  # fmt: skip
    assert rules(read_) == ["not-read"]


@pytest.mark.parametrize(("series", "rows", "short"), [(1, 2_500, 0), (11, 1_900, 0), (1, 1_900, 2_000)])
def test_a_chart_with_more_data_than_a_table_may_have_is_its_alt_text(series: int, rows: int, short: int) -> None:
    points = "".join(f'<c:pt idx="{n}"><c:v>{n}</c:v></c:pt>' for n in range(2, rows))
    before, first, after = re.split("(<c:ser>.*</c:ser>)", CHART, flags=re.DOTALL)
    long = first.replace("</c:numCache>", f"{points}</c:numCache>") * series
    read_ = _with_chart(before + long + first * short + after)
    assert blocks(read_) == ["More in the north"]
    (finding,) = read_.findings
    assert finding.message == "A chart was read as its alt text: a table of its data would be too large."


def test_a_formula_on_a_line_of_its_own() -> None:
    formula = "<m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>"
    assert blocks(read(p(formula))) == ["formula x=1"]


@pytest.mark.parametrize("mark", ["•", "–", "1.", "(a)", "iv)", "Q:"])
def test_a_tab_after_a_typed_bullet_is_no_column(mark: str) -> None:
    lines = "".join(p(f"<w:r><w:t>{mark}</w:t><w:tab/><w:t>Point {n}</w:t></w:r>") for n in range(3))
    columns = "".join(p(f"<w:r><w:t>{mark}</w:t><w:tab/><w:t>{n}</w:t><w:tab/><w:t>x</w:t></w:r>") for n in range(3))
    assert (rules(read(lines)), rules(read(columns))) == ([], ["word-tabs"])


def test_locations_have_the_words_that_are_read_later() -> None:
    body = p("One", "Heading1") + p(picture('descr=""')) + p("Gráfica 2: Casos") + p(picture('descr=""')) + p("x")
    body += p(r("The registrar said ") + '<w:del w:id="1"><w:r><w:delText>nine</w:delText></w:r></w:del>' + r("so"))
    read_ = read(body)
    (section,) = read_.publication.body
    assert isinstance(section, Section)
    figures = [node for node in section.children if isinstance(node, Figure)]
    places = [node.at.source.place for node in (*figures, *images(read_.publication)) if node.at.source]
    assert (
        places
        == [
            "under “One”, picture beside “Gráfica 2: Casos”",
            "under “One”, picture after “Gráfica 2: Casos”",
        ]
        * 2
    )
    (changes,) = [finding for finding in read_.findings if finding.rule == "word-changes"]
    assert changes.source is not None
    assert changes.source.place == "under “One”, paragraph 5: “The registrar said so”"


def test_a_typed_table_of_contents_is_only_a_note() -> None:
    lines = [p(f"<w:r><w:t>Part {name}</w:t><w:tab/><w:t>{number}</w:t></w:r>") for number, name in enumerate("ABC", 1)]
    read_ = read(p("Contents") + "".join(lines) + "".join(p(f"Part {name}", "Heading1") + p("x") for name in "ABC"))
    assert [(finding.rule, finding.severity) for finding in read_.findings] == [("not-read", Severity.NOTE)]


@pytest.mark.parametrize("words", ["Cuadro 1: Casos", "Quadro 1: Casos", "Tableau 1 : Cas"])
def test_a_bold_line_above_a_table_is_its_caption_in_other_languages(words: str) -> None:
    read_ = read(p(r(words, "<w:b/>")) + table(row("a", "b"), row("c", "d")))
    (found,) = [node for node in read_.publication.body if isinstance(node, Table)]
    assert plain_text(found.caption) == words


def test_empty_paragraphs_tabs_and_unknown_styles_are_reported_once() -> None:
    tabbed = "".join(p(f"<w:r><w:t>a{n}</w:t><w:tab/><w:t>b</w:t></w:r>") for n in range(3))
    read_ = read(p("x", "Own") + p() + p() + p() + tabbed, styles=style("Own", "Own style", custom=True))
    assert rules(read_) == ["word-tabs", "word-empty-paragraphs", "word-style-unknown"]


def test_the_title_block_becomes_metadata() -> None:
    body = p("The title", "Title") + p("Its subtitle", "Subtitle") + p("By Ana Pérez and Ben Low", "Author")
    read_ = read(body + p("3 March 2026", "Date") + p("Text"))
    metadata = read_.publication.metadata
    assert (metadata.title, metadata.subtitle, str(metadata.date)) == ("The title", "Its subtitle", "2026-03-03")
    assert [author.name for author in metadata.authors] == ["Ana Pérez", "Ben Low"]
    assert blocks(read_) == ["Text"]


def test_a_sole_first_heading_is_the_title_and_a_title_further_down_a_heading() -> None:
    read_ = read(p("Title", "Heading1") + p("x") + p("Part", "Heading2") + p("y"))
    assert read_.publication.metadata.title == "Title"
    read_ = read(p("One", "Title") + p("x") + p("Two", "Title") + p("A", "Heading1") + p("y"))
    assert blocks(read_) == ["x", "# Two", "# A", "  y"]
    assert rules(read_) == ["word-title-again"]


def test_what_programs_fill_in_is_passed_over() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Document1</dc:title><dc:creator>Microsoft Office User'
        "</dc:creator><cp:keywords>asylum; law</cp:keywords></cp:coreProperties>"
    )
    read_ = read(p("x"), parts={"/docProps/core.xml": core})
    assert read_.publication.metadata.title == ""
    assert (read_.suggested.authors, read_.suggested.subjects) == ((), ("asylum", "law"))


def test_names_of_the_file_properties_are_suggested_alone() -> None:
    read_ = read(p("x"), parts=PLANTED)
    metadata = read_.publication.metadata
    assert (metadata.authors, metadata.publisher, metadata.description, metadata.subjects) == ((), "", "", ())
    assert [author.name for author in read_.suggested.authors] == ["Plantagenet Planted"]
    assert read_.suggested.publisher == "Planted Ministry"


def test_custom_properties_are_the_publishers_own() -> None:
    custom = custom_properties(Kind="brief", Date="2026-03-01", Publisher="Open Record", Keywords="asylum; law")
    metadata = read(p("x"), parts={"/docProps/custom.xml": custom}).publication.metadata
    assert (metadata.kind, metadata.publisher, metadata.subjects) == ("brief", "Open Record", ("asylum", "law"))


def test_a_part_that_is_damaged_is_reported_and_the_text_is_read() -> None:
    read_ = read(p("x"), parts={"footnotes.xml": "<broken", "settings.xml": part("settings", "")})
    assert blocks(read_) == ["x"]


def test_what_stands_below_an_empty_heading_is_found_under_the_one_before() -> None:
    read_ = read(p("Facts", "Heading1") + p("One") + p("", "Heading2") + p(picture("")) + p("Two"))
    (empty,) = read_.findings
    assert str(empty.source) == "manuscript.docx (under “Facts”, an empty heading after paragraph 1)"
    places = [str(image.at.source) for image in images(read_.publication)]
    assert places == ["manuscript.docx (under “Facts”, picture after “One”)"]


def test_pictures_without_a_name_of_their_own_are_called_by_their_number() -> None:
    class Parts(Package):
        def __init__(self) -> None:
            """Hold any part that is asked for."""

        def read(self, part: str, limit: int) -> bytes:
            del limit
            return PNG + part.encode()

    media = Media(Parts())
    assert [media.take("a"), media.take("b"), media.take("a")] == ["picture-1.png", "picture-2.png", "picture-1.png"]
    assert media.take("c", "picture-3.png") == "picture-3.png"
    assert media.take("d", "a name") == "picture-4.png"
    assert media.take("e", "picture-6.png") == "picture-6.png"
    assert media.take("f", "picture-6.png") == "picture-7.png"  # the sixth, but that name is taken
    assert len(media.files) == 6
