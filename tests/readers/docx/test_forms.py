"""Forms and labels: lines to fill in, boxes and ticks, numbers of lists with signs of their own."""

from __future__ import annotations

import pytest

from tests.readers.docx.files import item, numbering, p, r, read
from tests.readers.docx.outlines import blocks, rules

UNDERLINED = '<w:u w:val="single"/>'
TAB = "<w:r><w:tab/></w:r>"
LINE = f"<w:r><w:rPr>{UNDERLINED}</w:rPr><w:tab/></w:r>"


def stops(*leaders: str) -> str:
    """Return tab stops with leaders."""
    made = "".join(f'<w:tab w:val="left" w:leader="{leader}" w:pos="{2000 + n}"/>' for n, leader in enumerate(leaders))
    return f"<w:tabs>{made}</w:tabs>"


@pytest.mark.parametrize(
    ("runs", "properties", "expected"),
    [
        (r("Name:") + LINE + LINE + r("Date: ") + LINE, "", "Name: ________ Date: ________"),
        (r("Name: ") + r("      ", UNDERLINED) + r("(print)"), "", "Name: ________ (print)"),
        (r("Name:") + TAB + r(" Date:") + TAB, stops("underscore", "underscore"), "Name: ________ Date: ________"),
        (r("Name:") + TAB + r("Date:") + TAB, stops("none", "underscore"), "Name: Date: ________"),
        (r("Reason:") + TAB, stops("dot"), "Reason: ________"),
        (r("Rent") + TAB + r("500"), stops("dot"), "Rent 500"),
        (r("A.", UNDERLINED) + LINE + r("Aims", UNDERLINED), "", "*A. Aims*"),
        (r("two ") + r(" ", UNDERLINED) + r("words"), "", "two  words"),
        (r("Dear ") + r("    ", UNDERLINED) + r("Sir"), "", "Dear     Sir"),
        (r("Total") + TAB, stops("dot"), "Total "),
        (TAB, stops("dot"), "________"),
        (r("Name:") + '<w:r><w:ptab w:leader="underscore"/></w:r>', "", "Name: ________"),
        (LINE + r(" (signature)"), "", "________ (signature)"),
    ],
)
def test_a_line_to_fill_in_is_there(runs: str, properties: str, expected: str) -> None:
    read_ = read(p(runs, properties=properties) + p(runs, properties=properties))
    assert blocks(read_)[0] == expected
    assert rules(read_) == (["word-tabs"] if expected in ("Rent 500", "Name: Date: ________", "Total ") else [])


def test_a_line_to_write_on_is_no_change_of_subject() -> None:
    assert blocks(read(p("Your answer:") + p(LINE + LINE) + p("End."))) == ["Your answer:", "________", "End."]


@pytest.mark.parametrize(
    "runs", [LINE + r(" "), LINE + r(" ") + LINE, LINE + "<w:r><w:br/></w:r>" + LINE, r("        ", UNDERLINED)]
)
def test_lines_to_write_on_with_spaces_and_line_ends_are_no_change_of_subject(runs: str) -> None:
    assert "break" not in blocks(read(p("Your answer:") + p(runs) + p("End.")))


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("Director", "______ ________________"), ["Director", "______ ________________"]),
        (("Comments:", "________________"), ["Comments:", "________________"]),
        (("Director", "________________", "(signature)"), ["Director", "________________", "(signature)"]),
        (("Comments", "________", "________"), ["Comments", "________", "________"]),
        (("One part", "________________", "Another part"), ["One part", "break", "Another part"]),
    ],
)
def test_lines_of_a_form_to_write_on_are_no_breaks(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert blocks(read("".join(map(p, paragraphs)))) == expected


def test_a_typed_line_is_a_change_of_subject_whatever_its_length() -> None:
    assert blocks(read(p("One.") + p("_" * 8) + p("Two."))) == ["One.", "break", "Two."]


def test_a_line_behind_a_heading_is_none_to_fill_in() -> None:
    assert blocks(read(p(r("Aims") + LINE, "Heading1") + p("Text.")))[0] == "# Aims "


def test_leaders_of_tab_stops_are_those_of_the_64_that_word_has() -> None:
    leaders = stops(*["underscore"] * 64, "dot")
    assert blocks(read(p(r("Name:") + TAB * 66, properties=leaders))) == ["Name: ________"]


def bullet(character: str, font: str = "Wingdings") -> str:
    """Return a level with a bullet."""
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    return f'<w:numFmt w:val="bullet"/><w:lvlText w:val="{character}"/>{fonts}'


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((bullet("\uf0a8"),), "☐ Water"),
        ((bullet("\uf06f"),), "☐ Water"),
        ((bullet("\uf0fe"),), "☑ Water"),
        ((bullet("\uf0fb"),), "✗ Water"),
        ((bullet("\uf0fc"), bullet("\uf0fb")), "✓ Water"),
        ((bullet("\uf0fc"), bullet("\uf0b7", "Symbol")), "Water"),
        ((bullet("\uf071"),), "Water"),
        ((bullet("❏", "Arial"), bullet("❒", "Arial")), "Water"),
        ((bullet("\uf0b7", "Symbol"),), "Water"),
        ((bullet("☐", "Arial"),), "☐ Water"),
    ],
)
def test_a_bullet_that_is_a_box_or_a_cross_is_there(levels: tuple[str, ...], expected: str) -> None:
    read_ = read(item("Water"), parts={"numbering.xml": numbering(*levels)})
    assert blocks(read_) == ["list bullet 1", "  -", f"    {expected}"]


def test_a_list_that_nothing_uses_gives_no_tick_a_meaning() -> None:
    unused = f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{bullet("☐", "Arial")}</w:lvl></w:abstractNum>'
    for number in (1, 2):
        unused += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>'
    parts = {"numbering.xml": numbering(bullet("✓", "Arial"), instances=unused)}
    assert blocks(read(item("Water"), parts=parts))[-1].strip() == "Water"
    assert blocks(read(item("Water") + item("Food", instance=2), parts=parts))[2].strip() == "✓ Water"


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("decimal", "[%1]", "[1]"),
        ("decimal", "§ %1", "§ 1"),
        ("decimal", "%1-", "1-"),
        ("decimalZero", "%1.", "01."),
        ("decimal", "( %1 )", ""),
        ("lowerLetter", "%1)", ""),
        ("lowerRoman", "%1", ""),
    ],
)
def test_a_number_with_other_signs_has_a_note(kind: str, text: str, label: str) -> None:
    level = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    read_ = read(item("One") + item("Two"), parts={"numbering.xml": numbering(level)})
    message = f"List numbers such as “{label}” are written with a period or parentheses."
    assert [finding.message for finding in read_.findings] == ([message] if label else [])


def test_a_dash_without_a_number_is_a_bullet() -> None:
    level = '<w:numFmt w:val="none"/><w:lvlText w:val="–"/>'
    read_ = read(item("One") + item("Two"), parts={"numbering.xml": numbering(level)})
    assert blocks(read_)[0] == "list bullet 1"
    assert rules(read_) == []


@pytest.mark.parametrize("rest", ['<w:lvlText w:val="%1."/><w:rPr><w:vanish/></w:rPr>', '<w:lvlText w:val=""/>'])
def test_a_number_that_word_does_not_show_is_not_there(rest: str) -> None:
    level = f'<w:numFmt w:val="decimal"/>{rest}'
    assert blocks(read(item("One"), parts={"numbering.xml": numbering(level)})) == ["One"]
