from __future__ import annotations

from itertools import pairwise

import pytest
from latex2mathml.converter import convert

from exporter import model as m
from exporter.model.walk import plain_text
from exporter.readers import docx as docx_reader
from tests.write_context import STYLES
from tests.writers.docx.conftest import Write
from tests.writers.docx.kitchen_sink import TABLE, cell, foreign, item, p, row, section, t
from tests.writers.docx.soundness import M, W, faults, local, style_of, text, val


def styled(word):
    return [(style_of(each), text(each)) for each in word.paragraphs() if style_of(each) not in {"Kind", "Title"}]


def level_of(word, paragraph):
    """Return what the list of a paragraph says of its level (17.9.8 lvlOverride)."""
    properties = paragraph.find(f"{W}pPr/{W}numPr")
    level = val(properties.find(f"{W}ilvl"))
    (instance,) = (
        each
        for each in word.part("numbering").iter(f"{W}num")
        if val(each, "numId") == val(properties.find(f"{W}numId"))
    )
    return next(each for each in instance.iter(f"{W}lvlOverride") if val(each, "ilvl") == level)


def number(word, paragraph):
    """Return format, level and first number of the list that a paragraph belongs to."""
    level = level_of(word, paragraph)
    return val(level.find(f"{W}lvl/{W}numFmt")), int(val(level, "ilvl")), int(val(level.find(f"{W}startOverride")))


def test_every_list_is_an_instance_of_its_own_and_starts_where_it_should(write: Write) -> None:
    decimal = m.ListStyle.DECIMAL
    word, _ = write(
        m.List(items=(item("a"), item("b")), style=decimal),
        p("between"),
        m.List(items=(item("c"),), style=decimal),
        m.List(items=(item("d"),), style=decimal, start=7),
    )
    a, b, _, c, d = word.paragraphs()[2:]
    ids = [val(each.find(f"{W}pPr/{W}numPr/{W}numId")) for each in (a, b, c, d)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert number(word, c) == ("decimal", 0, 1)
    assert number(word, d) == ("decimal", 0, 7)
    assert {style_of(each) for each in (a, b, c, d)} == {"ListNumber"}


@pytest.mark.parametrize(
    ("delimiter", "inner", "deeper"),
    [
        (m.ListDelimiter.PERIOD, "%1.", "%2."),
        (m.ListDelimiter.PARENTHESIS, "%1)", "%2)"),
        (m.ListDelimiter.PARENTHESES, "(%1)", "(%2)"),
    ],
)
def test_what_stands_around_a_number_is_the_text_of_its_level(delimiter, inner, deeper, write: Write) -> None:
    within = m.List(items=(item("x"),), style=m.ListStyle.LOWER_ROMAN, delimiter=delimiter)
    word, _ = write(m.List(items=(item("a", within),), style=m.ListStyle.LOWER_ALPHA, delimiter=delimiter))
    outer, nested = word.paragraphs()[2:]
    shown = [val(level_of(word, each).find(f"{W}lvl/{W}lvlText")) for each in (outer, nested)]
    assert shown == [inner, deeper]


def test_boxes_are_in_the_place_of_bullets_and_are_read_again(write: Write) -> None:
    boxes = m.List(items=(item("☐ Yes"), item("☒ No")))
    word, _ = write(boxes, p("between"), m.List(items=(item("☐ Yes"), item("No"))))
    listed = [each for each in word.paragraphs()[2:] if each.find(f"{W}pPr/{W}numPr") is not None]
    assert [text(each) for each in listed] == ["☐ Yes", "☒ No", "☐ Yes", "No"]
    assert [val(level_of(word, each).find(f"{W}lvl/{W}lvlText")) for each in listed] == ["\u200b", "\u200b", "•", "•"]
    read = docx_reader.read(word.path.read_bytes(), "x.docx", styles=STYLES).publication
    assert [[plain_text(each) for each in node.items] for node in read.body if isinstance(node, m.List)] == [
        ["☐ Yes", "☒ No"],
        ["☐ Yes", "No"],
    ]


def test_long_numbers_have_the_room_that_they_need(write: Write) -> None:
    roman = m.List(items=tuple(item("x") for _ in range(8)), style=m.ListStyle.LOWER_ROMAN)
    hundred = m.List(items=(item("x"),), style=m.ListStyle.DECIMAL, start=100, delimiter=m.ListDelimiter.PARENTHESES)
    word, _ = write(m.List(items=(item("a"),)), p("between"), roman, p("between"), hundred)
    paragraphs = [each for each in word.paragraphs()[2:] if each.find(f"{W}pPr/{W}numPr") is not None]
    indents = [level_of(word, each).find(f"{W}lvl/{W}pPr/{W}ind") for each in paragraphs]
    short, *long, hundreds = [int(val(each, "hanging")) for each in indents]
    # In the typeface of the text, “viii.” is 374 twentieths of a point wide and “(100)” 479.
    assert short == 397
    assert min(long) > 374 + 20
    assert hundreds > 479 + 20
    assert {val(each, "left") for each in indents} == {"397"}


def test_nested_lists_have_levels_and_formats_of_their_own(write: Write) -> None:
    inner = m.List(items=(item("x"),), style=m.ListStyle.UPPER_ROMAN, start=3)
    word, _ = write(m.List(items=(item("a", inner, p("goes on")),)))
    outer, nested, further = word.paragraphs()[2:]
    assert number(word, outer) == ("bullet", 0, 1)
    assert number(word, nested) == ("upperRoman", 1, 3)
    assert (style_of(nested), style_of(further)) == ("ListNumber2", "ListContinue")
    assert further.find(f"{W}pPr/{W}numPr") is None


def test_terms_and_what_they_mean_are_styles(write: Write) -> None:
    definition = m.DefinitionItem(
        terms=(m.Term(children=t("Amparo")),), definitions=(m.Definition(children=(p("A remedy."), p("More."))),)
    )
    word, _ = write(m.DefinitionList(items=(definition,)))
    assert styled(word) == [("DefinitionTerm", "Amparo"), ("Definition", "A remedy."), ("DefinitionContinue", "More.")]


def test_a_quote_keeps_its_attribution(write: Write) -> None:
    word, _ = write(m.Quote(children=(p("At night."),), attribution=t("Witness")))
    assert styled(word) == [("Quote", "At night."), ("QuoteAttribution", "— Witness")]
    assert word.paragraphs("Quote")[0].find(f"{W}pPr/{W}keepNext") is not None


def test_a_box_says_what_it_is_for_unless_it_has_a_title(write: Write) -> None:
    word, _ = write(
        m.Aside(children=(p("Careful."),), kind=m.AsideKind.WARNING),
        m.Aside(children=(p("I waited."),), kind=m.AsideKind.TESTIMONY, title=t("Marta")),
        m.Aside(children=(p("Just a box."),)),
    )
    assert styled(word) == [
        ("AsideWarning", "Warning"),
        ("AsideWarning", "Careful."),
        ("AsideTestimony", "Marta"),
        ("AsideTestimony", "I waited."),
        ("Aside", "Just a box."),
    ]


def test_a_pull_quote_is_never_split_from_who_said_it(write: Write) -> None:
    quote = m.Quote(children=(p("Abolish it."),), attribution=t("Working Group"))
    word, _ = write(m.Aside(children=(p("Heard in Geneva."), quote), kind=m.AsideKind.PULL_QUOTE))
    kept = [each.find(f"{W}pPr/{W}keepNext") is not None for each in word.paragraphs()[2:]]
    assert kept == [True, True, False]


def test_a_quote_in_a_box_stands_on_the_ground_of_the_box(write: Write) -> None:
    word, _ = write(m.Aside(children=(m.Quote(children=(p("quoted"),)),), kind=m.AsideKind.WARNING))
    (quote,) = word.paragraphs("Quote")
    assert val(quote.find(f"{W}pPr/{W}shd"), "fill") == "FBEEEA"


def test_a_transcript_tells_speakers_turns_and_cues_apart(write: Write) -> None:
    turn = m.Turn(speaker=m.Speaker("“Elizabeth”", "asylum seeker"), children=(p("We left."), p("Then.")))
    word, _ = write(m.Transcript(turns=(m.Cue(children=t("(Toluca)")), turn)))
    assert styled(word) == [
        ("Cue", "(Toluca)"),
        ("Speaker", "“Elizabeth”, asylum seeker"),
        ("Turn", "We left."),
        ("Turn", "Then."),
    ]


def test_lines_stay_lines_and_code_keeps_its_spaces(write: Write) -> None:
    word, _ = write(
        m.LineBlock(lines=(m.Line(children=t("one")), m.Line(children=t("two"), indent=2))),
        m.CodeBlock(text="a  b\n\tc\n"),
    )
    lines, code = word.paragraphs("LineBlock")[0], word.paragraphs("SourceCode")[0]
    assert len(list(lines.iter(f"{W}br"))) == 1
    assert text(lines) == "one\u00a0\u00a0two"
    assert text(code) == "a  bc"
    assert len(list(code.iter(f"{W}r"))[-1].findall(f"{W}tab")) == 1


def test_a_new_page_belongs_to_the_paragraph_that_begins_it_and_keeps_its_old_number(write: Write) -> None:
    word, _ = write(p("before"), m.PageBreak(label="12"), section("After"))
    heading = word.paragraphs("Heading1")[0]
    assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert [val(each, "name") for each in heading.iter(f"{W}bookmarkStart")] == ["page_12"]
    assert faults(word) == []


def test_a_table_says_what_it_is_and_repeats_its_heads(write: Write) -> None:
    word, _ = write(TABLE)
    (table,) = word.document.iter(f"{W}tbl")
    properties = table.find(f"{W}tblPr")
    look = properties.find(f"{W}tblLook")
    assert (val(look, "firstRow"), val(look, "firstColumn"), val(look, "lastRow")) == ("1", "1", "1")
    assert val(properties.find(f"{W}tblCaption")) == "Intentional homicides by state"
    assert val(properties.find(f"{W}tblDescription")).startswith("The number fell")
    rows = table.findall(f"{W}tr")
    assert [each.find(f"{W}trPr/{W}tblHeader") is not None for each in rows] == [True, True, False, False, False]
    assert all(each.find(f"{W}trPr/{W}cantSplit") is not None for each in rows)
    before = table.getprevious()
    assert (style_of(before), text(before)) == ("Caption", "Intentional homicides by state")
    assert before.find(f"{W}pPr/{W}keepNext") is not None


def test_merged_cells_and_alignment_are_real(write: Write) -> None:
    word, _ = write(TABLE)
    rows = [each.findall(f"{W}tc") for each in word.document.iter(f"{W}tr")]

    def spans(row):
        return [
            (text(each), val(each.find(f"{W}tcPr/{W}gridSpan")), val(each.find(f"{W}tcPr/{W}vMerge"))) for each in row
        ]

    assert spans(rows[0]) == [("State", None, "restart"), ("Cases", "2", None), ("Source", None, "restart")]
    assert spans(rows[1])[0] == ("", None, "continue")
    assert spans(rows[3])[3] == ("", None, "continue")
    assert val(rows[2][1].find(f"{W}p/{W}pPr/{W}jc")) == "right"
    assert rows[2][0].find(f"{W}p/{W}pPr/{W}jc") is None
    assert style_of(rows[2][0].find(f"{W}p")) == "TableHeadingRow"
    assert faults(word) == []


def test_columns_have_the_width_that_was_asked_for(write: Write) -> None:
    table = m.Table(columns=(m.Column(width=0.25), m.Column(width=0.75)), bodies=((row(cell("a"), cell("b")),),))
    word, _ = write(table)
    narrow, wide = (int(val(each, "w")) for each in word.document.iter(f"{W}gridCol"))
    assert abs(wide / narrow - 3) < 0.01
    assert narrow + wide == 11906 - 2 * 1587


def test_a_column_is_wide_enough_for_its_longest_word(write: Write) -> None:
    code = m.Cell(children=(p(m.Code(text="translations")),))
    table = m.Table(columns=(m.Column(),) * 2, bodies=((row(code, cell("A long sentence about them. " * 9)),),))
    word, _ = write(table)
    narrow, wide = (int(val(each, "w")) for each in word.document.iter(f"{W}gridCol"))
    # 10 points of Source Code Pro: 600 thousandths of an em for each letter, in twentieths of a point.
    assert narrow >= len("translations") * 10 * 0.6 * 20
    assert wide > 3 * narrow


def test_a_requested_width_gives_way_to_a_number(write: Write) -> None:
    columns = (m.Column(width=0.05), m.Column(width=0.95))
    word, _ = write(m.Table(columns=columns, bodies=((row(cell("1\u00a0278\u00a0975,50"), cell("text")),),)))
    narrow, _ = (int(val(each, "w")) for each in word.document.iter(f"{W}gridCol"))
    assert narrow >= len("1 278 975,50") * 105 + 192
    assert [val(each, "type") for each in word.document.iter(f"{W}tcW")] == ["dxa", "dxa"]


def many_columns(write: Write, columns: int, word: str) -> tuple[list[int], set[str | None]]:
    """Return the widths and the sizes of type of a table with a word, numbers of six digits, and another word."""
    cells = [cell(word), *(cell("78,975") for _ in range(columns - 2)), cell(word)]
    written, _ = write(m.Table(columns=(m.Column(),) * columns, bodies=((row(*cells),),)))
    widths = [int(val(each, "w")) for each in written.document.iter(f"{W}gridCol")]
    assert sum(widths) == 11906 - 2 * 1587
    assert faults(written) == []
    table = next(written.document.iter(f"{W}tbl"))
    return widths, {size.get(f"{W}val") for size in table.iter(f"{W}sz")}


def test_a_table_whose_words_do_not_fit_is_in_smaller_type(write: Write) -> None:
    assert many_columns(write, 6, "Argentina")[1] == set()
    widths, sizes = many_columns(write, 10, "Luxembourg")
    assert sizes == {"18"}
    assert all(width >= 5.45 * 122 * 18 / 19 + 96 for width in widths[1:-1])


@pytest.mark.parametrize(("word", "letters"), [("HW-01", 5.26), ("Carmen", 6.15), ("Wampumweg", 10.4)])
def test_a_column_is_wide_enough_for_capitals_and_wide_letters(write: Write, word: str, letters: float) -> None:
    table = m.Table(columns=(m.Column(),) * 2, bodies=((row(cell(word), cell("A long sentence about them. " * 9)),),))
    written, _ = write(table)
    narrow, _ = (int(val(each, "w")) for each in written.document.iter(f"{W}gridCol"))
    # In DejaVu Sans, which is as wide as Verdana; 122 is the width of its average letter in 9.5 points.
    assert narrow >= letters * 122 + 192


def test_numbers_break_last(write: Write) -> None:
    widths, sizes = many_columns(write, 10, "incomprehensibilities")
    assert sizes == {"14"}
    assert all(width >= 5.45 * 105 * 14 / 19 + 96 for width in widths[1:-1])


def test_numbers_are_aligned_at_the_end_with_their_header(write: Write) -> None:
    head = row(cell("Year", scope=m.Scope.COLUMN), cell("State", scope=m.Scope.COLUMN))
    word, _ = write(m.Table(columns=(m.Column(),) * 2, head=(head,), bodies=((row(cell("2,024"), cell("met")),),)))
    cells = [tc.find(f"{W}p/{W}pPr/{W}jc") for tc in word.document.iter(f"{W}tc")]
    assert [found is not None and val(found) for found in cells] == ["right", False, "right", False]


def test_numbers_are_aligned_at_the_start_where_that_is_on_the_right(write: Write) -> None:
    table = m.Table((m.Column(),), bodies=((row(cell("2,024")),),), at=m.At(language="ar", direction=m.Direction.RTL))
    word, _ = write(table)
    assert next(word.document.iter(f"{W}tc")).find(f"{W}p/{W}pPr/{W}jc") is None


def test_tables_never_touch_and_never_end_a_part(write: Write) -> None:
    small = m.Table(columns=(m.Column(),), bodies=((row(cell("x")),),))
    nested = m.Table(columns=(m.Column(),), bodies=((row(m.Cell(children=(small, small))),),))
    word, _ = write(small, small, nested)
    assert faults(word) == []
    assert [local(each) for each in word.body][-6:] == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_formulas_are_office_math(write: Write) -> None:
    block = m.MathBlock(mathml=convert(r"\sum_{i=1}^{n}\frac{x_i^2}{\sqrt{y}} = \left(a\right)", display="block"))
    word, written = write(block, p(m.Math(mathml=convert("x"), tex="x")))
    kinds = {local(each) for each in word.document.iter() if each.tag.startswith(M)}
    assert {"oMathPara", "nary", "f", "rad", "sSubSup", "d", "oMath"} <= kinds
    assert written.findings == ()


def test_a_formula_that_is_not_understood_stands_as_text_and_is_reported(write: Write) -> None:
    strange = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mlongdiv><mn>1</mn></mlongdiv></math>'
    word, written = write(p(m.Math(mathml=strange, tex=r"\longdiv 1")), m.MathBlock(mathml=strange))
    assert text(word.paragraphs("Normal")[0]) == r"\longdiv 1"
    assert text(word.paragraphs("Equation")[0]) == "1"
    assert [finding.rule for finding in written.findings] == ["not-carried"] * 2


def test_a_passage_in_arabic_turns_its_paragraphs_lists_and_tables(write: Write) -> None:
    at = m.At(language="ar", direction=m.Direction.RTL)
    table = m.Table(columns=(m.Column(),), bodies=((row(cell("خلية")),),), at=at)
    word, _ = write(
        m.Paragraph(children=t("نص"), at=at),
        m.List(items=(item("بند"),), at=at),
        table,
        p("English ", foreign("fr", "fr")),
    )
    turned = [text(each) for each in word.paragraphs() if each.find(f"{W}pPr/{W}bidi") is not None]
    assert turned == ["نص", "بند", "خلية"]
    assert word.document.find(f".//{W}tbl/{W}tblPr/{W}bidiVisual") is not None
    assert faults(word) == []


def test_boxes_and_quotes_that_follow_each_other_do_not_look_like_one(write: Write) -> None:
    warning = m.Aside(children=(p("Careful."),), kind=m.AsideKind.WARNING)
    quote = m.Quote(children=(p("At night."),))
    word, _ = write(warning, warning, warning, quote, quote)
    for style, times in (("AsideWarning", 2), ("Quote", 1)):
        indents = [val(each.find(f"{W}pPr/{W}ind"), "left") for each in word.paragraphs(style)][::times]
        assert all(one != other for one, other in pairwise(indents))
    tags = [val(each) for each in word.document.iter(f"{W}tag")]
    assert tags == ["aside warning", "quote"]


def test_what_a_container_holds_beside_paragraphs_is_held_together_and_hidden(write: Write) -> None:
    table = m.Table(columns=(m.Column(),), bodies=((row(cell("x")),),))
    word, _ = write(
        m.Aside(children=(p("Before."), table), kind=m.AsideKind.NOTICE),
        m.List(items=(item("plain"), item("a", table))),
        m.Quote(children=(p("plain"),)),
    )
    controls = list(word.document.iter(f"{W}sdt"))
    assert [val(each.find(f"{W}sdtPr/{W}tag")) for each in controls] == ["aside notice", "item"]
    w15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
    assert {each.get(f"{w15}val") for each in word.document.iter(f"{w15}appearance")} == {"hidden"}
    assert faults(word) == []


def test_words_of_ours_and_parts_of_the_tree_have_styles_of_their_own(write: Write) -> None:
    turn = m.Turn(speaker=m.Speaker("Ana", "lawyer"), children=(p("Yes."),))
    word, _ = write(
        m.Quote(children=(p("At night."),), attribution=t("Witness")),
        m.Transcript(turns=(turn,)),
        p(m.Quotation(children=t("said"))),
        p(m.Abbreviation(text="UN", expansion="United Nations")),
        m.CodeBlock(text="x", syntax="toml"),
    )
    runs = {val(each.find(f"{W}rPr/{W}rStyle")): text(each) for each in word.document.iter(f"{W}r")}
    assert runs["AttributionMark"] == "— "
    assert runs["SpeakerRole"] == ", lawyer"
    assert runs["QuotationMark"] == "”"
    assert (runs["Abbreviation"], runs["Expansion"]) == ("UN", " (United Nations)")
    names = {val(each, "styleId"): val(each.find(f"{W}name")) for each in word.part("styles").iter(f"{W}style")}
    assert names[style_of(word.paragraphs()[-1])] == "Source Code (toml)"


def test_rows_and_heads_say_what_they_are(write: Write) -> None:
    table = m.Table(
        columns=(m.Column(width=0.4), m.Column()),
        head=(row(cell("A", m.Scope.COLUMN), cell("B", m.Scope.COLUMN_GROUP)),),
        bodies=((row(cell("1", m.Scope.ROW), cell("2")),), (row(cell("3", m.Scope.ROW_GROUP), cell("4")),)),
        foot=(row(cell("5"), cell("6")),),
    )
    word, _ = write(table)
    rows = list(word.document.iter(f"{W}tr"))
    kinds = ["100000000000", "000000100000", "000000010000", "010000000000"]
    assert [val(each.find(f"{W}trPr/{W}cnfStyle")) for each in rows] == kinds
    heads = [style_of(each) for each in word.paragraphs() if style_of(each).startswith("TableHeading")]
    assert heads == ["TableHeading", "TableHeadingColumnGroup", "TableHeadingRow", "TableHeadingRowGroup"]
    widths = [val(each, "type") for each in rows[0].iter(f"{W}tcW")]
    assert widths == ["pct", "dxa"]
    ruled = [each.find(f"{W}tc/{W}tcPr/{W}tcBorders") is not None for each in rows]
    assert ruled == [False, False, True, False]


def test_captions_with_numbers_are_counted_by_fields_and_links_refer_to_them(write: Write) -> None:
    def table(words: str, name: str) -> m.Table:
        return m.Table(columns=(m.Column(),), bodies=((row(cell("x")),),), caption=t(words), at=m.At(id=name))

    word, _ = write(
        p(m.Link(children=t("Table 2"), target="#two"), " and ", m.Link(children=t("the first"), target="#one")),
        table("Table 1. Cases", "one"),
        table("Table 2: Files", "two"),
        table("2024: a year is no number", "three"),
    )
    codes = [" ".join((each.text or "").split()) for each in word.document.iter(f"{W}instrText")]
    assert codes == ["REF _Ref000000002 \\* MERGEFORMAT", "SEQ Table \\* ARABIC", "SEQ Table \\* ARABIC"]
    captions = [text(each) for each in word.paragraphs("Caption")]
    assert captions == ["Table 1. Cases", "Table 2: Files", "2024: a year is no number"]
    marks = {val(each, "name") for each in word.document.iter(f"{W}bookmarkStart")}
    assert {"_Ref000000001", "_Ref000000002", "one", "two"} <= marks


def test_captions_without_numbers_are_counted_in_silence(write: Write) -> None:
    figure = m.Table(columns=(m.Column(),), bodies=((row(cell("x")),),), caption=t("Cases"))
    word, _ = write(figure)
    (code,) = word.document.iter(f"{W}instrText")
    assert code.text.split() == ["SEQ", "Table", "\\h"]
    assert text(word.paragraphs("Caption")[0]) == "Cases"


def test_a_long_description_names_what_it_describes(write: Write) -> None:
    word, _ = write(TABLE)
    assert text(word.paragraphs("DescriptionTitle")[0]) == "Description of Intentional homicides by state"
