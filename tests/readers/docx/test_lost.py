"""What a person sees in Word is in the tree, or a finding says that it is not."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from exporter.contracts import ReadResult
from exporter.errors import SourceError
from exporter.model.walk import plain_text, walk
from exporter.readers import docx
from exporter.readers.docx.graphics.chart_numbers import NumberFormat
from exporter.readers.docx.inlines import equation_fields, symbols
from tests.readers.docx.files import (
    NAMESPACES,
    W,
    cell,
    field,
    item,
    numbering,
    p,
    package,
    part,
    picture,
    r,
    read,
    row,
    style,
    table,
)
from tests.readers.docx.outlines import blocks, front, rules
from tests.readers.docx.test_blocks import BULLETS
from tests.write_context import STYLES

GALLERY = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
RUNNING = "".join(
    style(identifier, name)
    for identifier, name in (
        ("Header", "header"),
        ("Footer", "footer"),
        ("TOCHeading", "TOC Heading"),
        ("TOC1", "toc 1"),
        ("IndexHeading", "index heading"),
        ("Imprint", "Imprint"),
    )
)


def form(kind: str, properties: str) -> str:
    """Return a legacy form field without a result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{properties}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText> {kind} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def code_only(code: str) -> str:
    """Return a field without a result."""
    return field(code).replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")


def message(document: ReadResult, rule: str) -> str:
    """Return the message of the only finding of a rule."""
    (found,) = [finding for finding in document.findings if finding.rule == rule]
    return found.message


TYPED = "".join(p(f"{name}{dots}{page}") for name, dots, page in (("One", "......", 3), ("Two", " …… ", 5)))
CHAPTERS = "".join(p(name, "Heading1") + p("Text.") for name in ("One", "Two", "Three"))
TICKED = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
UNTICKED = '<w:checkBox><w:checked w:val="0"/></w:checkBox>'
TICKED_BY_DEFAULT = '<w:checkBox><w:default w:val="1"/></w:checkBox>'
CHOICES = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Monday"/><w:listEntry w:val="Friday"/></w:ddList>'


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (form("FORMCHECKBOX", TICKED) + r(" Yes ") + form("FORMCHECKBOX", UNTICKED) + r(" No"), "☒ Yes ☐ No"),
        (form("FORMCHECKBOX", TICKED_BY_DEFAULT) + r(" Yes"), "☒ Yes"),
        (form("FORMDROPDOWN", CHOICES), "Friday"),
        (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
            "<w:sdtContent/></w:sdt>" + r(" Yes"),
            "☒ Yes",
        ),
        (
            "<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>"
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:sdtContent></w:sdt>' + r(" Yes"),
            "☑ Yes",
        ),
        (code_only(r"SYMBOL 0xF0FC \f Wingdings") + code_only(r"SYMBOL 9 \f"), "✓"),
        (code_only(r"SYMBOL 097 \f Wingdings") + code_only(r"SYMBOL 97 \f Arial"), "♋a"),
        (code_only("MACROBUTTON NoMacro Click here"), "Click here"),
        (r("Half: ") + code_only(r"EQ \f(1,2)"), "Half: $12$"),
        (r("to ") + code_only(r"EQ \x(frame)"), "to frame"),
        ("<w:unknown><w:r><w:t>wrapped</w:t></w:r></w:unknown>", "wrapped"),
    ],
)
def test_fields_and_controls_show_what_word_shows(runs: str, expected: str) -> None:
    assert blocks(read(p(runs))) == [expected]


@pytest.mark.parametrize(
    ("code", "mathml", "text"),
    [
        (r"EQ \f(1,2)", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>", "1/2"),
        (r"EQ \r(3,x)", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>", "3 x"),
        (r"EQ x\s\do8(i)", "<msub><mi>x</mi><mrow><mi>i</mi></mrow></msub>", "xi"),
        (r"EQ V\d\ba8()\s\up9(re)\d\ba1()i", "<msup><mi>V</mi><mrow><mi>r</mi><mi>e</mi></mrow></msup>", "Vrei"),
        (r"EQ \b\bc\[(a)", '<mrow><mo stretchy="true">[</mo><mi>a</mi><mo stretchy="true">]</mo></mrow>', "a"),
        (r"EQ \i\su(0,n,x)", "<munderover><mo>∑</mo>", "0 n x"),
        (r"EQ \a\co2(1,2,3,4)", "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr>", "1 2 3 4"),
        (r'EQ \* jc0 \* "Font:A" \o\ad(\s\up 9(ji),base)', "", "base(ji)"),
        (r"EQ \f(f(x),2\,5", "<mn>2,5</mn>", "f(x)/2,5"),
    ],
)
def test_formulas_of_fields(code: str, mathml: str, text: str) -> None:
    equation = equation_fields.read(code)
    assert mathml in equation.mathml
    assert equation.text == text
    if equation.mathml:
        etree.fromstring(equation.mathml)


def test_overstruck_characters_are_reported() -> None:
    read_ = read(p(r("a ") + code_only(r"EQ \o(O,/)")))
    assert blocks(read_) == ["a O /"]
    assert "“EQ \\o(O,/)”" in message(read_, "not-read")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (r"SYMBOL x97 \f Wingdings", "Unknown symbol ignored: x97 in the font “Wingdings”."),
        (r"SYMBOL 0x1F \f Arial", "Unknown symbol ignored: 0x1F in the font “Arial”."),
    ],
)
def test_symbols_of_fields_that_are_not_known_are_reported(code: str, said: str) -> None:
    read_ = read(p(r("a") + code_only(code)))
    assert blocks(read_) == ["a"]
    assert message(read_, "not-read") == said


def test_symbols_that_are_not_known_are_reported_and_stay() -> None:
    read_ = read(p(r("A \uf07f€中", '<w:rFonts w:ascii="MT Extra" w:hAnsi="MT Extra"/>')))
    assert blocks(read_) == ["≙ \uf07f⇄中"]
    assert message(read_, "not-read") == "Unknown symbol: F07F in the font “MT Extra”."


def test_symbol_fonts_have_a_row_for_each_sixteen_codes() -> None:
    fonts = tomllib.loads(Path(symbols.__file__).with_name("symbol_fonts.toml").read_text("utf-8"))
    assert {(len(rows), *{len(row) for row in rows}) for rows in fonts.values()} == {(14, 16)}


def test_paragraphs_in_the_styles_of_headers_are_text() -> None:
    read_ = read(p("First", "Header") + p("Last", "Footer"), styles=RUNNING)
    assert blocks(read_) == ["First", "Last"]


def test_a_foreword_in_the_style_of_a_contents_heading_is_a_heading() -> None:
    contents = p("Contents", "TOCHeading") + p() + p(field("TOC \\o", r("One 1")))
    body = p("Foreword", "TOCHeading") + p("Dear reader.") + contents + CHAPTERS
    read_ = read(body, styles=RUNNING)
    assert front(read_) == ["# Foreword", "  Dear reader."]
    assert blocks(read_)[:2] == ["# One", "  Text."]
    assert rules(read_) == []


def test_text_in_the_content_control_of_the_contents_is_kept() -> None:
    inside = p("In this report", "Heading1") + p(field("TOC \\o", r("One 1"))) + p("A preface that slipped in.")
    read_ = read(f"{GALLERY}<w:sdtContent>{inside}</w:sdtContent></w:sdt>" + p("Text"), styles=RUNNING)
    assert blocks(read_) == ["A preface that slipped in.", "Text"]


def test_paragraphs_in_styles_that_are_left_out_are_counted() -> None:
    read_ = read(p("One 1", "TOC1") + p("Two 2", "TOC1") + p("© 2026", "Imprint") + p("Text"), styles=RUNNING)
    assert blocks(read_) == ["Text"]
    assert [finding.message for finding in read_.findings] == [
        "1 paragraph in the style “Imprint” was ignored.",
        "2 paragraphs in the style “toc 1” were ignored.",
    ]


@pytest.mark.parametrize("title", ["List of tables", "Lista de cuadros", "Liste des cartes", "Tabellenverzeichnis"])
@pytest.mark.parametrize("style_name", ["", "Heading1"])
def test_the_title_of_a_list_of_tables_is_left_out_with_it(title: str, style_name: str) -> None:
    generated = p(field('TOC \\h \\z \\c "Table"', r("Table 1. People 4")), "TableofFigures")
    body = p("Start", "Heading1") + p("Text.") + p() + p(title, style_name) + p() + generated + p() + p("More.")
    read_ = read(body, styles=style("TableofFigures", "table of figures"))
    assert blocks(read_) == ["# Start", "  Text.", "  More."]
    assert "word-empty-paragraphs" not in rules(read_)


@pytest.mark.parametrize("title", ["Contents", "Índice", "Table des matières", ""])
def test_typed_contents_are_dropped_with_a_finding(title: str) -> None:
    three = p("<w:r><w:t>3. Three</w:t><w:tab/><w:t>12</w:t></w:r>")
    read_ = read((p(title) if title else "") + TYPED + three + CHAPTERS)
    assert blocks(read_) == ["# One", "  Text.", "# Two", "  Text.", "# Three", "  Text."]
    found = message(read_, "not-read")
    assert found == "A typed table of contents was ignored: 3 lines, from “One......3” to “3. Three 12”."


def test_typed_contents_some_lines_of_which_have_no_page_number_are_dropped() -> None:
    lines = p("One") + p("Two") + p("<w:r><w:t>3. Three</w:t><w:tab/><w:t>12</w:t></w:r>") + p("Four") + p("Five")
    more = p("Four", "Heading1") + p("Text.") + p("Five", "Heading1") + p("Text.")
    read_ = read(p("Contents") + lines + CHAPTERS + more)
    assert blocks(read_)[::2] == ["# One", "# Two", "# Three", "# Four", "# Five"]
    assert message(read_, "not-read").startswith("A typed table of contents was ignored: 5 lines, from “One” to “Five”")


def test_a_heading_after_typed_contents_that_looks_like_text_stays() -> None:
    three = p("<w:r><w:t>3. Three</w:t><w:tab/><w:t>12</w:t></w:r>")
    read_ = read(p("Contents") + TYPED + three + p("Preface") + p("Dear reader.") + CHAPTERS)
    assert blocks(read_)[:2] == ["Preface", "Dear reader."]


@pytest.mark.parametrize(("line", "style_"), [("Annual Report", ""), ("Annual Report", "Heading1"), ("***", "")])
def test_text_after_typed_contents_stays_although_it_comes_again(line: str, style_: str) -> None:
    three = p("<w:r><w:t>3. Three</w:t><w:tab/><w:t>12</w:t></w:r>")
    read_ = read(p("Contents") + TYPED + three + p(line) + p("For everybody.") + CHAPTERS + p(line, style_) + p("End."))
    first = {"***": "break"}.get(line, line)
    assert blocks(read_)[:3] == [first, "For everybody.", "# One"]


def test_lines_with_numbers_that_are_no_contents_stay() -> None:
    lines = "".join(p(f"<w:r><w:t>{name}</w:t><w:tab/><w:t>{count}</w:t></w:r>") for name, count in CASES)
    assert len(blocks(read(lines))) == 3


CASES = (("North", 12), ("South", 14), ("West", 20))


def test_generated_lists_of_word_are_reported() -> None:
    body = p(field('TOC \\h \\c "Figure"', r("Figure 1 3"))) + p(field("TOA \\c 1", r("Roe v Wade 4"))) + p("Text")
    messages = [finding.message for finding in read(body).findings]
    assert messages == ["1 list of figures or tables was ignored.", "1 table of authorities was ignored."]


def test_page_numbers_and_mail_merge_fields_are_reported() -> None:
    merge = field("MERGEFIELD Name", r("«Name»")) + field("MERGEFIELD City", r("Geneva"))
    simple = '<w:fldSimple w:instr=" MERGEFIELD Street ">' + r("«Street»") + "</w:fldSimple>"
    read_ = read(p(r("page ") + field("PAGEREF _Toc1", r("12"))) + p(merge + simple))
    assert blocks(read_) == ["page 12", "«Name»Geneva«Street»"]
    assert [finding.message for finding in read_.findings] == [
        "1 reference to a page number of Word was kept, which no other edition has.",
        "Mail merge fields were not filled in: «Name», «Street».",
    ]


SUBDOCUMENTS = '<w:subDoc r:id="rIdOne"/><w:p><w:subDoc r:id="rIdTwo"/></w:p>'
CHAPTER_FILES = {"rIdOne": ("subDocument", "chapter-1.docx"), "rIdTwo": ("subDocument", "Chapter%202.docx")}
MASTER = (
    "This is a Word master document: the text of 2 subdocuments is in other files: “chapter-1.docx”, “Chapter 2.docx”."
)


def test_subdocuments_are_reported_with_their_files() -> None:
    assert message(read(p("Text") + SUBDOCUMENTS, relations=CHAPTER_FILES), "not-read") == MASTER
    only = message(read(p("Text") + '<w:subDoc r:id="rIdNone"/>'), "not-read")
    assert only == "This is a Word master document: the text of 1 subdocument is in another file."


def test_a_document_of_subdocuments_alone_is_named_as_such() -> None:
    with pytest.raises(SourceError) as error:
        read(SUBDOCUMENTS, relations=CHAPTER_FILES)
    assert error.value.message == MASTER
    assert "Expand Subdocuments" in error.value.advice


PAGE = field("PAGE", r("3")) + r(" of ") + field("NUMPAGES", r("9"))
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/><w:headerReference w:type="even" '
    'r:id="rIdheader2"/><w:footerReference w:type="default" r:id="rIdfooter1"/></w:sectPr>'
)


def test_text_of_headers_that_is_nowhere_else_is_reported() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    parts = {
        "header1.xml": part("hdr", p(r("Embargoed until 12 March") + deleted) + p("The Title") + p(picture())),
        "header2.xml": part("hdr", p("Never shown")),
        "footer1.xml": part("ftr", p(r("Draft | Page ") + PAGE) + p(r("Page ") + PAGE) + p("12") + p(PAGE)),
    }
    relations = {f"rId{name[:-4]}": (name[:-5], name) for name in parts}
    read_ = read(p("The Title", "Heading1") + p("Text") + SECTION, parts=parts, relations=relations)
    assert message(read_, "word-header-text") == "Header or footer ignored: “Embargoed until 12 March”, and an image."
    says = "A header, footer or watermark says that the text is confidential or a draft: "
    assert message(read_, "word-header-draft") == f"{says}“Draft”."


def as_pages_writes(fields: str) -> str:
    """Return fields with their codes as text, as Apple Pages writes them."""
    return fields.replace("w:instrText", "w:t")


def test_codes_of_fields_that_are_written_as_text_are_no_text() -> None:
    parts = {"footer1.xml": part("ftr", as_pages_writes(p(r("Page ") + PAGE)))}
    section = '<w:sectPr><w:footerReference w:type="default" r:id="rIdfooter1"/></w:sectPr>'
    link = as_pages_writes(field('HYPERLINK "https://example.org"', r("site")))
    reference = as_pages_writes(field("REF _Ref1 \\h", r("above")))
    body = p("One", "Heading1", '<w:bookmarkStart w:id="1" w:name="_Ref1"/>') + p(r("See ") + link + reference)
    read_ = read(body + section, parts=parts, relations={"rIdfooter1": ("footer", "footer1.xml")})
    assert blocks(read_) == ["# One", "  See [site](https://example.org)[above](#_Ref1)"]
    assert rules(read_) == []


def test_a_line_above_the_text_that_calls_it_a_draft_is_reported() -> None:
    body = p("Draft for comments – do not cite") + p("One", "Heading1") + p("Text.")
    says = "A line at the beginning says that the text is confidential or a draft: "
    assert message(read(body), "word-header-draft") == f"{says}“Draft for comments – do not cite”."
    states = table(row("Bill", "Status", header=True), row("Water", "Draft"))
    for other in (
        p("One", "Heading1") + p("Draft"),
        item("Draft") + item("Final"),
        states,
        p("One.") * 10 + p("Draft"),
    ):
        assert "word-header-draft" not in rules(read(other, parts=BULLETS))


def test_columns_in_the_lines_of_one_paragraph_are_reported() -> None:
    def columns(*lines: str) -> str:
        return "<w:r><w:br/></w:r>".join("<w:r><w:tab/></w:r>".join(map(r, line.split("|"))) for line in lines)

    board = columns("Ana|Chair", "Luis|Treasurer")
    (finding,) = read(p("Board") + p(board)).findings
    assert finding.source is not None
    assert finding.source.place == "paragraph 2: “Ana Chair Luis Treasurer”"
    assert (
        message(read(p("Board") + p(board)), "word-tabs")
        == "Columns set with tabs, from “Ana Chair Luis Treasurer” on."
    )
    assert rules(read(p("Board") + p(board) * 3)) == ["word-tabs"]
    kept = ("Ana|Chair", "Luis"), ("|Ana", "|Luis"), ("Signed:|____", "Date:|____"), ("1.|one", "2.|two")
    for lines in kept:
        assert rules(read(p("Board") + p(columns(*lines)))) == []


def test_the_heading_of_an_index_is_left_out_with_it() -> None:
    def body(code: str) -> str:
        return p("One", "Heading1") + p("Text.") + p("Index", "Heading1") + p() + p(field(code, r("dams, 6")))

    assert blocks(read(body("INDEX"))) == ["# One", "  Text."]
    assert blocks(read(body("DATE") + p("More.")))[2] == "# Index"
    index = field("INDEX", r("dams, 6"))
    for above in (p("Words.") + p(index), p(picture()) + p(index), p(r("Words. ") + index)):
        assert "# Index" in blocks(read(p("Text.") + p("Index", "Heading1") + above))
    marked = [
        p(f'<w:bookmarkStart w:id="1" w:name="{name}"/>' + r("Index"), "Heading1") for name in ("_Toc1", "_Index")
    ]
    assert ["# Index" in blocks(read(p("Text.") + mark + p(field("INDEX", r("dams, 6"))))) for mark in marked] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("line", "is_unreleased"),
    [
        ("CONFIDENTIAL DRAFT – NOT FOR CIRCULATION", True),
        ("Borrador: no citar", True),
        ("مسودة ليس للنشر", True),
        ("Draft 3 of 12 January 2027 | Joint submission", True),
        ("Por favor no circular sin permiso", True),
        ("Privileged and confidential", True),
        ("GİZLİ", True),
        ("ПРОЕКТ", True),
        ("ПРОЕКТ – 12.03.2026", True),
        ("Projet – INTERNAL", False),
        ("مسوّدة", True),
        ("征求意见稿 2026年3月", True),
        ("机密文件，请勿外传", True),
        ("机密档案的公开", False),
        ("Спецификация 2.0 (проект) rc2", True),
        ("Draft v0.3", True),
        ("DRAFT REPORT", True),
        ("Borrador de informe", True),
        ("Projet n° 4512", False),
        ("PROJET 4512", False),
        ("Projet | Accès à la justice", False),
        ("Проект – Права человека", False),
        ("Rapport intermédiaire, projet 2025", False),
        ("Internal / External review", False),
        ("Not for Publication: censorship in the north", False),
        ("Comments on the Draft Articles on Crimes", False),
        ("Confidential counselling: call 0800 123", False),
        ("Minuta de lei: análise", False),
        ("تقرير عن مركز احتجاز سري", False),
        ("The confidentiality of sources", False),
    ],
)
def test_a_watermark_that_calls_the_text_a_draft_is_a_finding_of_its_own(line: str, is_unreleased: bool) -> None:
    mark = f'<w:r><w:pict><v:shape><v:textpath string="{line}"/></v:shape></w:pict></w:r>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/></w:sectPr>'
    read_ = read(p("Text") + section, parts={"header1.xml": part("hdr", p(mark))})
    rule = "word-header-draft" if is_unreleased else "word-header-text"
    assert [finding.rule for finding in read_.findings if finding.rule.startswith("word-header")] == [rule]


@pytest.mark.parametrize(
    ("mark", "words"), [("CONFIDENTIAL", "We kept all interviews confidential."), ("Draft", "They redrafted the law.")]
)
def test_a_text_that_speaks_of_drafts_does_not_hide_that_it_is_one(mark: str, words: str) -> None:
    parts = {"header1.xml": part("hdr", p(mark))}
    relations = {"rIdheader1": ("header", "header1.xml")}
    read_ = read(p("The Title", "Title") + p(words) + SECTION, parts=parts, relations=relations)
    assert "word-header-draft" in [finding.rule for finding in read_.findings]
    read_ = read(p(mark, "Title") + p("Text.") + SECTION, parts=parts, relations=relations)
    assert "word-header-draft" not in [finding.rule for finding in read_.findings]


def embedded(content: str | bytes, name: str, before: str = "") -> ReadResult:
    return read(
        before + '<w:altChunk r:id="rIdChunk"/>', parts={name: content}, relations={"rIdChunk": ("aFChunk", name)}
    )


def test_an_embedded_page_is_read() -> None:
    page = (
        '<html lang="en"><body><h1>Part</h1><p>One <b>bold</b> word.</p><h2>Sub</h2><ul><li>x</li></ul></body></html>'
    )
    read_ = embedded(page, "chunk.html")
    assert read_.publication.metadata.title == "Part"
    lines = ["One **bold** word.", "# Sub", "  list bullet 1", "    -", "      x"]
    assert blocks(read_) == lines
    after = blocks(embedded(page, "chunk.html", p("Before", "Heading1")))
    assert after == ["# Before", "# Part", *(f"  {line}" for line in lines)]


def test_a_caption_below_an_embedded_list_is_that_of_the_table_below() -> None:
    read_ = read(
        p("T.") + '<w:altChunk r:id="rIdChunk"/>' + p("Cases", "Caption") + table(row("a", header=True), row("1")),
        parts={"chunk.html": "<html><body><ul><li>x</li></ul></body></html>"},
        relations={"rIdChunk": ("aFChunk", "chunk.html")},
        styles=style("Caption", "caption"),
    )
    assert blocks(read_)[1:5] == ["list bullet 1", "  -", "    x", "table Cases"]


def test_an_embedded_web_archive_and_text_are_read() -> None:
    archive = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        'Content-Type: text/html; charset="utf-8"\n'
        "Content-Transfer-Encoding: quoted-printable\n\n<html><body><p>caf=C3=A9</p></body></html>\n--x--\n"
    )
    assert blocks(embedded(archive, "chunk.mht")) == ["café"]
    assert blocks(embedded("One\r\nTwo", "chunk.txt")) == ["One", "Two"]


def test_an_embedded_word_file_is_read_with_its_notes_and_pictures() -> None:
    note = part("footnotes", f'<w:footnote w:id="1">{p("Its note.")}</w:footnote>')
    inner = p("Part", "Heading1") + p(r("Words") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + p(picture())
    read_ = embedded(package(inner, parts={"footnotes.xml": note}), "chunk.docx", p("Before") + p(picture()))
    assert blocks(read_) == [
        "Before",
        "figure !A blue square! ",
        "# Part",
        "  Words<embedded-1-footnote-1>",
        "  figure !A blue square! ",
    ]
    assert [note.id for note in read_.publication.notes] == ["embedded-1-footnote-1"]
    assert {"picture-1.png", "embedded-1-picture-1.png"} == set(read_.media)


def test_an_embedded_document_that_cannot_be_read_is_reported() -> None:
    assert "is damaged or cut off" not in message(embedded(b"PK\3\4", "chunk.docx", p("Text")), "not-read")
    read_ = read(p("Text") + '<w:altChunk r:id="rIdNone"/>')
    assert "is missing in the file" in message(read_, "not-read")


def test_word_files_inside_each_other_end_somewhere() -> None:
    data = package(p("Innermost"))
    for _ in range(8):
        data = package(
            p("Around") + '<w:altChunk r:id="rIdChunk"/>',
            parts={"chunk.docx": data},
            relations={"rIdChunk": ("aFChunk", "chunk.docx")},
        )
    read_ = docx.read(data, "manuscript.docx", styles=STYLES)
    assert blocks(read_) == ["Around"] * 4
    assert "nested too deeply" in message(read_, "not-read")


def test_the_xml_of_word_2006_is_a_word_file() -> None:
    with zipfile.ZipFile(io.BytesIO(package(p("Words")))) as archive:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{archive.read(name).decode()}</pkg:xmlData></pkg:part>'
            for name in archive.namelist()
            if not name.endswith(".png")
        )
    flat = f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    assert blocks(docx.read(flat.encode(), "manuscript.xml", styles=STYLES)) == ["Words"]
    assert ".xml" in docx.SUFFIXES


@pytest.mark.parametrize(
    ("number", "code", "language", "expected"),
    [
        ("37261", "m/d/yyyy", "en", "1/5/2002"),
        ("37261", "[$-409]d\\-mmm\\-yy;@", "en", "5-Jan-02"),
        ("37261", "mmmm yyyy", "es", "enero 2002"),
        ("37261.5", "yyyy-mm-dd hh:mm", "en", "2002-01-05 12:00"),
        ("0.256", "0.0%", "es", "25,6%"),
        ("1234567.5", "#,##0", "en", "1,234,568"),
        ("-5", "#,##0;[Red](#,##0)", "en", "(5)"),
        ("1500000", '0.0,,"M"', "en", "1.5M"),
        ("12", "[$€-407] #,##0.00", "en", "€ 12.00"),
        ("4.2999999999999998", "General", "en", "4.3"),
        ("12.5", "General", "de", "12,5"),
        ("1.5", "# ?/?", "en", "1.5"),
        ("n/a", "0", "en", "n/a"),
        ("37261", "0", "en", "37261"),
    ],
)
def test_numbers_of_charts_look_as_in_word(number: str, code: str, language: str, expected: str) -> None:
    assert NumberFormat(language).format(number, code) == expected


@pytest.mark.parametrize("code", ["0" * 5_000, "m;mm" * 90, 'm"m"mm[', "yyyy'" * 50, "0.%E+/?", "[$", ""])
def test_hostile_formats_of_numbers_give_some_text(code: str) -> None:
    assert all(
        NumberFormat("xx").format(number, code) is not None for number in ("1e300", "-1e11", "0", "nan", "37261")
    )


@pytest.mark.parametrize("part", ["\\a ", "\\f(", "\\lc\\l", "\\b\\bc(", "\\s\\up8(", "\\* "])
def test_hostile_formulas_of_fields_end(part: str) -> None:
    assert equation_fields.read("EQ " + 5_000 * part) is not None


def test_a_chart_shows_its_dates_and_shares() -> None:
    chart = f"""<c:chartSpace {NAMESPACES}><c:chart><c:plotArea><c:lineChart><c:ser><c:tx><c:v>Share</c:v></c:tx>
    <c:cat><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt idx="0"><c:v>37261</c:v></c:pt></c:numCache>
    </c:numRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode><c:pt idx="0"><c:v>0.5</c:v></c:pt>
    <c:pt idx="1" formatCode="0.0%"><c:v>0.25</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:lineChart>
    <c:dateAx><c:numFmt formatCode="mmm\\-yy" sourceLinked="0"/></c:dateAx></c:plotArea></c:chart></c:chartSpace>"""
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart"/><a:graphic><a:graphicData>'
        '<c:chart r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    read_ = read(p(drawing), parts={"charts/chart1.xml": chart}, relations={"rIdChart": ("chart", "charts/chart1.xml")})
    assert [line.strip() for line in blocks(read_)[2:]] == ["body: Jan-02 row | 50%", "body: 2 row | 25.0%"]


def test_every_word_that_word_shows_is_in_the_tree() -> None:
    runs = (
        form("FORMCHECKBOX", TICKED)
        + field("PAGEREF _Toc1", r("forty"))
        + field("MERGEFIELD Name", r("«merged»"))
        + "<w:smartTag><w:unknown>"
        + r("tagged")
        + "</w:unknown></w:smartTag>"
        + "<w:r><w:ruby><w:rt>"
        + r("reading")
        + "</w:rt><w:rubyBase>"
        + r("base")
        + "</w:rubyBase></w:ruby></w:r>"
        + '<w:hyperlink r:id="rIdNone">'
        + r("unlinked")
        + "</w:hyperlink>"
        + '<w:ins w:id="5">'
        + r("inserted")
        + "</w:ins>"
        + '<w:del w:id="6"><w:r><w:delText>struck</w:delText></w:r></w:del>'
    )
    body = (
        p("masthead", "Header")
        + p("Preamble", "TOCHeading")
        + p(runs)
        + f"<w:customXml>{p('customised')}<w:wrapper>{p('enwrapped')}</w:wrapper></w:customXml>"
        + table(row("Figure", cell("<w:sdt><w:sdtContent>" + p("controlled") + "</w:sdtContent></w:sdt>")))
        + p("Table 1: bolded", properties="")
        + p("colophon", "Footer")
    )
    data = package(body, styles=RUNNING)
    document = docx.read(data, "manuscript.docx", styles=STYLES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    seen = re.findall(r"\w+", " ".join(text.text or "" for text in root.iter(f"{{{W}}}t")))
    nodes = " ".join(plain_text(node) for node in walk(document.publication))
    assert len(seen) > 15
    assert [word for word in seen if word not in nodes] == []


WEB = {"rIdWeb": ("hyperlink", "https://example.org/")}


def test_the_link_of_a_picture_is_reported() -> None:
    linked = picture().replace(
        'descr="A blue square"/>', 'descr="A blue square"><a:hlinkClick r:id="rIdWeb"/></wp:docPr>'
    )
    read_ = read(p(linked), relations=WEB)
    assert [finding.message for finding in read_.findings] == [
        "The link of an image to “https://example.org/” was ignored."
    ]
    assert read(p(picture())).findings == ()
    around = read(p(f'<w:hyperlink r:id="rIdWeb">{picture()}</w:hyperlink>'), relations=WEB)
    assert [finding.message for finding in around.findings] == [finding.message for finding in read_.findings]


HIDDEN = "<w:vanish/>"


def test_nothing_that_is_hidden_is_published() -> None:
    shown = picture()
    note = part("footnotes", f'<w:footnote w:id="1">{p("Secret note.")}</w:footnote>')
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    inner = f"<w:txbxContent>{p('Secret box.')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"
    formula = "<m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>x</m:t></m:r></m:oMath>"
    runs = "".join(each.replace("<w:r>", f"<w:r><w:rPr>{HIDDEN}</w:rPr>", 1) for each in (shown, reference, box))
    read_ = read(p(r("Text.") + runs + formula), parts={"footnotes.xml": note})
    assert blocks(read_) == ["Text."]
    assert read_.publication.notes == ()
    assert read_.media == {}
    assert message(read_, "word-hidden") == "4 pieces of hidden content were ignored."


def test_a_hidden_paragraph_takes_no_number() -> None:
    mark = f"<w:rPr>{HIDDEN}</w:rPr>"
    items = item("One") + item(r("Two", HIDDEN), properties=mark) + item("Three")
    read_ = read(items, parts={"numbering.xml": numbering("decimal")})
    assert blocks(read_) == ["list decimal 1", "  -", "    One", "  -", "    Three"]
    assert rules(read_) == ["word-hidden"]


def test_text_in_contents_without_entries_is_kept() -> None:
    inside = f"<w:sdtContent>{p('All that matters is here.')}</w:sdtContent></w:sdt>"
    assert blocks(read(GALLERY + inside + p("Text"), styles=RUNNING)) == ["All that matters is here.", "Text"]
    assert blocks(read(GALLERY + inside.replace("All that matters is here.", "Contents") + p("Text"))) == ["Text"]


def test_a_formula_whose_paragraph_goes_on_is_not_alone() -> None:
    joined = '<w:rPr><w:del w:id="1"/></w:rPr>'
    formula = "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"
    assert blocks(read(p(formula, properties=joined) + p("goes on."))) == ["$x$goes on."]


def test_links_to_bookmarks_between_rows_lead_to_the_table() -> None:
    rows = row("a") + '<w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/>' + row("b")
    link = f'<w:hyperlink w:anchor="here">{r("See")}</w:hyperlink>'
    assert blocks(read(table(rows) + p(link)))[0] == "table  #here"


def test_dots_under_letters_are_emphasis() -> None:
    assert blocks(read(p(r("重要", '<w:em w:val="dot"/>')))) == ["*重要*"]
    assert blocks(read(p(r("重要", '<w:em w:val="none"/>')))) == ["重要"]


@pytest.mark.parametrize("rest", [table(row("a")), "", "<w:sectPr/>"])
def test_a_large_letter_without_a_paragraph_of_its_own_is_kept(rest: str) -> None:
    letter = p("W", properties='<w:framePr w:dropCap="drop"/>')
    assert blocks(read(p("Text") + letter + rest))[1] == "W"
    assert blocks(read(letter + p("e are"))) == ["We are"]
