from __future__ import annotations

import pytest

from exporter import model as m
from exporter.model.quotation_marks import quotation_marks
from exporter.writers.docx.inlines.direction import pieces
from tests.writers.docx.conftest import Write
from tests.writers.docx.kitchen_sink import foreign, link, note, p, section, t
from tests.writers.docx.soundness import R, W, faults, style_of, text, val


def runs(element):
    return [(text(run), run.find(f"{W}rPr")) for run in element.iter(f"{W}r")]


def test_sections_are_headings_by_their_depth_and_the_title_is_none(write: Write) -> None:
    word, _ = write(section("One", section("Two", section("Three"))))
    assert [(style_of(each), text(each)) for each in word.paragraphs()] == [
        ("Kind", "News"),
        ("Title", "A title"),
        ("Heading1", "One"),
        ("Heading2", "Two"),
        ("Heading3", "Three"),
    ]
    names = {val(style, "styleId"): style for style in word.part("styles").iter(f"{W}style")}
    assert val(names["Heading3"].find(f"{W}name")) == "heading 3"
    assert val(names["Heading3"].find(f"{W}pPr/{W}outlineLvl")) == "2"
    assert names["Title"].find(f"{W}pPr/{W}outlineLvl") is None


def test_a_tenth_level_joins_the_ninth_and_is_reported(write: Write) -> None:
    deepest: m.Block = p("end")
    for number in range(10, 0, -1):
        deepest = section(f"level {number}", deepest)
    word, written = write(deepest)
    assert [text(each) for each in word.paragraphs("Heading9")] == ["level 9", "level 10"]
    assert [finding.rule for finding in written.findings if "level 10" in finding.message] == ["not-carried"]


def test_stress_and_importance_are_character_styles_that_nest(write: Write) -> None:
    word, _ = write(p(m.Strong(children=(m.Text(text="a"), m.Emphasis(children=t("b")))), m.Emphasis(children=t("c"))))
    (paragraph,) = word.paragraphs("Normal")
    (_, a), (_, b), (_, c) = runs(paragraph)
    assert val(a.find(f"{W}rStyle")) == val(b.find(f"{W}rStyle")) == "Strong"
    assert b.find(f"{W}i") is not None
    assert a.find(f"{W}i") is None
    assert val(c.find(f"{W}rStyle")) == "Emphasis"


def test_raised_lowered_struck_and_literal_words_keep_their_look(write: Write) -> None:
    word, _ = write(
        p(
            m.Superscript(children=t("up")),
            m.Subscript(children=t("down")),
            m.Strikethrough(children=t("gone")),
            m.Code(text="x = 1"),
        )
    )
    look = dict(runs(word.paragraphs("Normal")[0]))
    assert val(look["up"].find(f"{W}vertAlign")) == "superscript"
    assert val(look["down"].find(f"{W}vertAlign")) == "subscript"
    assert look["gone"].find(f"{W}strike") is not None
    assert val(look["x = 1"].find(f"{W}rStyle")) == "VerbatimChar"
    assert look["x = 1"].find(f"{W}noProof") is not None


def test_quotation_marks_follow_language_and_depth(write: Write) -> None:
    quotation = m.Quotation(children=(m.Text(text="a "), m.Quotation(children=t("b"))))
    spanish = m.Metadata(title="T", language="es-MX")
    assert text(write(p(quotation))[0].paragraphs("Normal")[0]) == "“a ‘b’”"
    assert text(write(p(quotation), metadata=spanish)[0].paragraphs("Normal")[0]) == "«a “b”»"
    assert (
        "".join(quotation_marks("zh-CN", 0) + quotation_marks("zh-Hant-TW", 1) + quotation_marks("", 0)) == "“”『』“”"
    )


def test_links_lead_out_and_inside_and_dead_ones_are_text_with_a_finding(write: Write) -> None:
    word, written = write(
        section(
            "Here",
            p(link("https://example.org/?a=1&b=2", "out"), link("#here", "in"), link("#no", "dead")),
            name="here",
        )
    )
    out, inside = word.document.iter(f"{W}hyperlink")
    assert word.relations("document")[out.get(f"{R}id")].get("Target") == "https://example.org/?a=1&b=2"
    heading = word.paragraphs("Heading1")[0]
    assert val(inside, "anchor") in {val(mark, "name") for mark in heading.iter(f"{W}bookmarkStart")}
    assert "dead" in text(word.paragraphs("Normal")[0])
    assert written.findings == ()  # the manuscript has a finding
    assert faults(word) == []


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share", "notes.docx"])
def test_an_address_that_nobody_may_follow_is_only_words_as_in_every_edition(write: Write, target: str) -> None:
    word, written = write(p(link(target, "words")))
    assert not list(word.document.iter(f"{W}hyperlink"))
    assert text(word.paragraphs("Normal")[0]) == "words"
    is_reported_by_lint = ":" not in target
    assert [finding.rule for finding in written.findings] == ([] if is_reported_by_lint else ["link-refused"])


def test_a_link_to_a_heading_in_a_language_without_latin_letters_works(write: Write) -> None:
    name = "مقدمة-" * 12
    word, _ = write(section("مقدمة", p(link(f"#{name}", "x")), name=name))
    (anchor,) = (val(each, "anchor") for each in word.document.iter(f"{W}hyperlink"))
    assert len(anchor) <= 40
    assert anchor.isascii()
    assert faults(word) == []


def test_foreign_words_carry_their_language_and_the_document_its_own(write: Write) -> None:
    word, _ = write(p("Plain ", foreign("autoridades", "es"), foreign("権利", "ja"), foreign("สิทธิ", "th")))
    look = dict(runs(word.paragraphs("Normal")[0]))
    assert look["Plain "] is None
    assert val(look["autoridades"].find(f"{W}lang")) == "es"
    assert val(look["権利"].find(f"{W}lang"), "eastAsia") == "ja"
    assert val(look["สิทธิ"].find(f"{W}lang"), "bidi") == "th"
    default = word.part("styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert val(default) == "en-GB"
    assert val(word.part("settings").find(f"{W}themeFontLang")) == "en-GB"


@pytest.mark.parametrize(("language", "dots"), [("zh-Hans", "underDot"), ("ja", "dot"), ("en-GB", None)])
def test_words_are_stressed_by_dots_where_letters_are_not_slanted(
    write: Write, language: str, dots: str | None
) -> None:
    word, _ = write(p(m.Emphasis(children=t("所有人"))), metadata=m.Metadata(title="T", language=language))
    styles = word.part("styles")
    emphasis = next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Emphasis")
    mark = emphasis.find(f"{W}rPr/{W}em")
    assert (None if mark is None else val(mark)) == dots
    assert bool(list(styles.iter(f"{W}i"))) is (dots is None)
    assert faults(word) == []


def test_an_arabic_passage_is_a_run_from_right_to_left(write: Write) -> None:
    word, _ = write(p("said ", foreign("هذا نص عربي 14", "ar", m.Direction.RTL), " and שלום too"))
    look = dict(runs(word.paragraphs("Normal")[0]))
    arabic = look["هذا نص عربي 14"]
    assert arabic.find(f"{W}rtl") is not None
    assert val(arabic.find(f"{W}lang"), "bidi") == "ar"
    assert look["שלום"].find(f"{W}rtl") is not None
    assert look["שלום"].find(f"{W}lang") is None


def test_latin_words_inside_a_foreign_passage_keep_its_order(write: Write) -> None:
    word, _ = write(p("said ", foreign("نص ICCPR عربي", "ar", m.Direction.RTL)))
    assert [words for words, _ in runs(word.paragraphs("Normal")[0])] == ["said ", "\u202bنص ", "ICCPR", " عربي\u202c"]


def test_an_abbreviation_is_written_out_once_and_not_in_headings(write: Write) -> None:
    short = m.Abbreviation(text="UN", expansion="United Nations")
    word, written = write(m.Section(title=(short,), children=(p(short, " and ", short),)))
    assert text(word.paragraphs("Heading1")[0]) == "UN"
    assert text(word.paragraphs("Normal")[0]) == "UN (United Nations) and UN"
    assert written.findings == ()


def test_another_long_form_of_an_abbreviation_is_written_out_in_headings_too(write: Write) -> None:
    forms = (m.Abbreviation(text="UN", expansion=expansion) for expansion in ("United Nations", "Union Nationale"))
    word, _ = write(*(m.Section(title=(form,), children=(p("Text."),)) for form in forms))
    assert [text(heading) for heading in word.paragraphs("Heading1")] == ["UN", "UN (Union Nationale)"]


def test_an_abbreviation_that_the_text_explains_is_left_alone(write: Write) -> None:
    word, _ = write(p("The United Nations (", m.Abbreviation(text="UN", expansion="United Nations"), ") met."))
    assert text(word.paragraphs("Normal")[0]) == "The United Nations (UN) met."


def test_an_abbreviation_with_no_room_for_its_long_form_is_reported(write: Write) -> None:
    _, written = write(m.Section(title=(m.Abbreviation(text="UN", expansion="United Nations"),), children=()))
    assert "United Nations" in written.findings[0].message


def test_notes_are_real_with_all_their_blocks_and_numbered_from_one(write: Write) -> None:
    several = note(
        "b", p("first"), m.List(items=(m.ListItem(children=(p("item"),)),)), p(link("https://x.org/", "last"))
    )
    word, _ = write(
        p("x", m.NoteReference(note="a"), m.NoteReference(note="b"), m.NoteReference(note="a")),
        notes=(note("a", p("one")), several),
    )
    references = [val(each, "id") for each in word.document.iter(f"{W}footnoteReference")]
    assert references == ["1", "2"]
    notes = {val(each, "id"): each for each in word.part("footnotes").iter(f"{W}footnote")}
    assert [val(notes[number], "type") for number in ("-1", "0")] == ["separator", "continuationSeparator"]
    assert [text(each) for each in notes["2"].iter(f"{W}p")] == [" first", "item", "last"]
    assert {style_of(each) for each in notes["2"].iter(f"{W}p")} == {"FootnoteText"}
    assert next(notes["2"].iter(f"{W}hyperlink")).get(f"{R}id") in word.relations("footnotes")
    codes = [each.text for each in word.document.iter(f"{W}instrText")]
    assert codes == [" NOTEREF _RefNote1 \\f \\h "]
    assert [val(each, "id") for each in word.part("settings").iter(f"{W}footnote")] == ["-1", "0"]
    assert faults(word) == []


def test_endnotes_stay_apart_from_footnotes(write: Write) -> None:
    word, _ = write(
        p("x", m.NoteReference(note="a"), m.NoteReference(note="b")),
        notes=(note("a", p("one")), note("b", p("two"), kind=m.NoteKind.ENDNOTE)),
    )
    assert [text(each) for each in word.part("endnotes").iter(f"{W}endnote")][-1] == " two"
    assert faults(word) == []


def test_endnotes_alone_have_plain_numbers(write: Write) -> None:
    word, _ = write(p("x", m.NoteReference(note="b")), notes=(note("b", p("two"), kind=m.NoteKind.ENDNOTE),))
    assert val(word.part("settings").find(f"{W}endnotePr/{W}numFmt")) == "decimal"
    assert "word/footnotes.xml" not in word.names


def test_a_note_that_nothing_refers_to_is_reported(write: Write) -> None:
    _, written = write(p("x"), notes=(note("a", p("lost words")),))
    assert [finding.message for finding in written.findings] == [
        "Nothing refers to the note “lost words”; it was ignored."
    ]
    assert "Refer to it" in written.findings[0].advice


def test_a_note_on_a_note_stands_in_brackets(write: Write) -> None:
    word, written = write(
        p("x", m.NoteReference(note="a")), notes=(note("a", p("see", m.NoteReference(note="b"))), note("b", p("deep")))
    )
    assert text(word.part("footnotes")).endswith("see [deep]")
    assert written.findings[0].rule == "not-carried"


def test_digits_that_hang_on_latin_letters_stay_with_them_in_a_line_from_right_to_left() -> None:
    cut = list(pieces("مرض COVID-19 في 2020 ومعرف 6e1b-2c1e-024 و14 ICCPR هنا", m.Direction.RTL))
    assert [piece.text for piece in cut if not piece.rtl] == ["COVID-19", "6e1b-2c1e-024", "ICCPR"]
    assert "".join(piece.text for piece in cut).endswith("ICCPR هنا")
