"""Quotations that are set apart by indents."""

from __future__ import annotations

import pytest

from exporter.model import ListItem, Quote
from exporter.model.walk import plain_text, walk
from tests.readers.docx.files import item, numbering, p, r, read
from tests.readers.docx.test_blocks import borders

_BOTH = '<w:ind w:left="1134" w:right="1134"/>'


def _quotes(body: str, numbers: str = "decimal") -> list[tuple[str, str]]:
    read_ = read(p("She told us:") + body + p("Text."), parts={"numbering.xml": numbering(numbers)})
    return [
        (plain_text(node.children), plain_text(node.attribution))
        for node in walk(read_.publication)
        if isinstance(node, Quote)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "“I asked for the paper.”",
        "« Le Gouvernement ne procède à aucune expulsion. »",
        "„Niemand hat uns gefragt.“",
        '"Nobody asked us" (A/79/50, para. 4).',
    ],
)
def test_words_in_quotation_marks_that_are_indented_on_both_sides_are_a_quotation(words: str) -> None:
    assert _quotes(p(words, properties=_BOTH)) == [(words, "")]


def test_a_quotation_ends_with_its_mark_and_who_said_it() -> None:
    body = p("“One.", properties=_BOTH) + p("Two.”", properties=_BOTH)
    body += p("– Rosa M., San Telmo", properties=_BOTH + '<w:jc w:val="right"/>')
    body += p("“Three.”", properties=_BOTH)
    assert _quotes(body) == [("“One. Two.”", "Rosa M., San Telmo"), ("“Three.”", "")]


@pytest.mark.parametrize(
    ("words", "indent"),
    [
        ("“I asked for the paper.”", '<w:ind w:left="1134"/>'),
        ("“I asked”, she said.", _BOTH),
        ("I asked for the paper.", _BOTH),
        ("“I asked for the paper.", _BOTH),
        ("”", _BOTH),
        ("“Torture” has the meaning of article 1 of the “Convention”", _BOTH),
    ],
)
def test_other_paragraphs_are_no_quotations(words: str, indent: str) -> None:
    assert _quotes(p(words, properties=indent)) == []


def test_a_quotation_below_a_numbered_paragraph_belongs_to_it() -> None:
    body = item("The Committee said:") + p("“It is concerned.”", properties=_BOTH) + item("It was right.")
    read_ = read(p(r("Text.")) + body, parts={"numbering.xml": numbering("decimal")})
    items = [plain_text(node.children) for node in walk(read_.publication) if isinstance(node, ListItem)]
    assert items == ["The Committee said: “It is concerned.”", "It was right."]


@pytest.mark.parametrize("attribution", [_BOTH, '<w:jc w:val="right"/>'])
def test_a_quotation_with_a_frame_is_no_box(attribution: str) -> None:
    body = p("“I asked for the paper.”", properties=_BOTH + borders()) + p("— Ana", properties=attribution + borders())
    assert _quotes(body) == [("“I asked for the paper.”", "Ana")]


def test_indents_that_all_paragraphs_have_set_nothing_apart() -> None:
    inner = f'<w:name w:val="Normal"/><w:pPr>{_BOTH}</w:pPr>'
    normal = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal">{inner}</w:style>'
    read_ = read(p("She told us:") + p("“I asked for the paper.”") + p("Text."), styles=normal)
    assert not any(isinstance(node, Quote) for node in walk(read_.publication))


@pytest.mark.parametrize(
    "line",
    [
        p("– Rosa M. and the others left."),
        p(f"– Rosa M., {'San Telmo ' * 15}", properties=_BOTH),
        p("– Rosa M.", properties=f"<w:pageBreakBefore/>{_BOTH}"),
        p("Rosa M.", properties=_BOTH),
    ],
)
def test_other_lines_below_a_quotation_do_not_say_who_said_it(line: str) -> None:
    assert _quotes(p("“Three.”", properties=_BOTH) + line) == [("“Three.”", "")]


@pytest.mark.parametrize(
    ("line", "properties", "attribution"),
    [
        ("Rosa M., San Telmo", '<w:jc w:val="right"/>', "Rosa M., San Telmo"),
        ("Rosa M., San Telmo", "", ""),
        ("She went on to say:", '<w:jc w:val="right"/>', ""),
        ("Survivor 12", '<w:jc w:val="right"/>', "Survivor 12"),
        ("Geneva, 12 May 2026", '<w:jc w:val="right"/>', ""),
        ("12.05.26", '<w:jc w:val="right"/>', ""),
        ("(1)", '<w:jc w:val="right"/>', ""),
        ("Yours sincerely,", '<w:jc w:val="right"/>', ""),
        ("قالت روزا", '<w:bidi/><w:jc w:val="right"/>', ""),
    ],
)
def test_a_line_on_the_right_below_a_quotation_says_who_said_it(line: str, properties: str, attribution: str) -> None:
    assert _quotes(p("Three.", "IntenseQuote") + p(line, properties=properties)) == [("Three.", attribution)]


@pytest.mark.parametrize(
    ("lines", "attribution"),
    [
        (p("— Fatou, 34, Kindu"), "Fatou, 34, Kindu"),
        (p("– Mr. N. Person, Kindu"), "Mr. N. Person, Kindu"),
        (p(r("— Fatou, 34", "<w:i/>")), "Fatou, 34"),
        (p(r("— מ׳, בת 41", '<w:rtl/><w:lang w:bidi="he-IL"/>'), properties="<w:bidi/>"), "מ׳, בת 41"),
        (p("— And then?"), ""),
        (p("— and then we left"), ""),
        (p("— And then we left") + p("— Who?"), ""),
        (p("— Fatou, 34") + p("— Ana, 20"), ""),
        (p("– Water") + p("– Bread"), ""),
        (p("— Fatou, 34") + item("They left."), "Fatou, 34"),
        (p("— Fatou, 34") + p("12. They left."), "Fatou, 34"),
        (p("– Water") + p("• Bread"), ""),
        (p("— Background —"), ""),
        (p("— Recommendation:"), ""),
        (p("— 12 —"), ""),
        (p("—"), ""),
        (p("–Fatou"), ""),
        (p(r("— Fatou", "<w:b/>")), ""),
        (p("— Fatou", properties="<w:pageBreakBefore/>"), ""),
        (p("— " + "Somebody from the village " * 8), ""),
    ],
)
def test_a_line_with_a_dash_below_a_quotation_says_who_said_it(lines: str, attribution: str) -> None:
    assert _quotes(p("Three.", "IntenseQuote") + lines) == [("Three.", attribution)]


def test_an_item_above_those_of_a_list_is_nobody() -> None:
    assert _quotes(p("Three.", "IntenseQuote") + p("– Water") + item("Bread"), "bullet") == [("Three.", "")]


def test_a_quotation_that_ends_with_a_speaker_has_no_other() -> None:
    assert _quotes(p("Three.", "IntenseQuote") + p("— Ben", "IntenseQuote") + p("— Ana")) == [("Three.", "Ben")]


def test_a_quotation_has_up_to_eight_paragraphs_of_one_page() -> None:
    inner = p("Two.", properties=_BOTH)
    assert len(_quotes(p("“One.", properties=_BOTH) + inner * 6 + p("Three.”", properties=_BOTH))) == 1
    assert not _quotes(p("“One.", properties=_BOTH) + p("Two.”", properties=f"<w:pageBreakBefore/>{_BOTH}"))
    assert not _quotes(p("“One.”", properties='<w:ind w:left="100" w:right="100"/>'))
    assert not _quotes(item("“One.”", properties=_BOTH))


def test_definitions_and_bold_lines_are_no_quotations() -> None:
    assert _quotes(p("“Child” means anyone under 18.", properties=_BOTH) + p("It means “life”", properties=_BOTH)) == []
    assert _quotes(p(r("“They came at night”", "<w:b/>"), properties=_BOTH)) == []


def test_a_quotation_may_have_others_inside_and_a_mark_at_each_paragraph() -> None:
    body = p("“One “or two” days.", properties=_BOTH) + p("“Three.”", properties=_BOTH)
    assert _quotes(body) == [("“One “or two” days. “Three.”", "")]
