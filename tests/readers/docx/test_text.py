"""What runs inside a paragraph."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.model.walk import plain_text
from tests.readers.docx.files import NAMESPACES, field, p, package, part, picture, r, read, style
from tests.readers.docx.outlines import blocks, rules

_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (r("a ") + r("b", "<w:b/>") + r(" c"), "a **b** c"),
        (r("a", '<w:b w:val="0"/>'), "a"),
        (r("a ", "<w:b/>") + r("b", "<w:b/><w:i/>"), "**a *b***"),
        (r("a") + r(" ", "<w:b/>") + r("b"), "a b"),
        (r("x") + r("2", '<w:vertAlign w:val="superscript"/>'), "x^2^"),
        (r("a", "<w:strike/>") + r("b", "<w:dstrike/>"), "~~ab~~"),
        (r("a", '<w:u w:val="single"/>') + r("b", '<w:u w:val="none"/>'), "*a*b"),
        (r("Names", "<w:smallCaps/>"), "Names"),
        (r("a") + "<w:r><w:tab/><w:t>b</w:t></w:r>", "a b"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a/b/c"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", "a\u2011b\u00adc"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/></w:r>', "✓α"),
        (r("lü þ l", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "●✓ ☑ ●"),
        (r("€ Œ\u0081Ÿ•", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "⓪ ❶①•❿"),
        (r("P Ÿ", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), "✓ ▪"),
        (r("&quot;#gŠ", '<w:rFonts w:ascii="Wingdings 3" w:hAnsi="Wingdings 3"/>'), "→↑→→"),
        (r("aÂé", '<w:rFonts w:ascii="Webdings" w:hAnsi="Webdings"/>'), "✓🖧♿"),
        (r("K h", '<w:rFonts w:ascii="MT Extra" w:hAnsi="MT Extra"/>'), "… ℏ"),
        (r("“中”", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "“中”"),
        (r("a1, \u00b7", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "α1, •"),
        ('<w:r><w:sym w:font="Symbol" w:char="0031"/><w:sym w:font="Symbol" w:char="F0BE"/></w:r>', "1—"),
        (r("\uf0b7 x", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "• ξ"),
        (r("kept") + '<w:ins w:id="1"><w:r><w:t> new</w:t></w:r></w:ins>', "kept new"),
        (r("kept") + '<w:del w:id="1"><w:r><w:delText> old</w:delText></w:r></w:del>', "kept"),
        ('<w:smartTag><w:customXml w:element="x">' + r("deep") + "</w:customXml></w:smartTag>", "deep"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("controlled") + "</w:sdtContent></w:sdt>", "controlled"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt>"
            + r("ji")
            + "</w:rt><w:rubyBase>"
            + r("base")
            + "</w:rubyBase></w:ruby></w:r>",
            "base(ji)",
        ),
        (field("PAGE", r("7")), "7"),
        (field('HYPERLINK "https://example.org/a b"', r("site")), "[site](https://example.org/a b)"),
        (field("MERGEFIELD Name", r("«Name»")), "«Name»"),
        ('<w:fldSimple w:instr=" AUTHOR ">' + r("Ana") + "</w:fldSimple>", "Ana"),
        (field("IF " + field("PAGE", r("1")) + ' = 1 "a" "b"', r("a")), "a"),
        (r("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("b"), "ab"),
        (r("a") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("b"), "ab"),
        (field("TOC").removesuffix(_END) + f'<w:del w:id="1">{_END}</w:del>' + r("kept"), "kept"),
        (field("TOC").removesuffix(_END) + f'<w:moveFrom w:id="1">{_END}</w:moveFrom>' + r("kept"), "kept"),
        (field('XE "entry"') + r("a"), "a"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
            + r(" is half"),
            "$a2$ is half",
        ),
        (
            f'<mc:AlternateContent {NAMESPACES}><mc:Choice Requires="w14">'
            + r("new")
            + "</mc:Choice><mc:Fallback>"
            + r("old")
            + "</mc:Fallback></mc:AlternateContent>",
            "new",
        ),
    ],
)
def test_runs_become_inlines(runs: str, expected: str) -> None:
    assert blocks(read(p(runs))) == [expected]


def test_character_styles_mean_what_the_table_says() -> None:
    styles = style("E", "Emphasis", kind="character") + style("C", "HTML Code", kind="character")
    styles += style("S", "Starker", '<w:basedOn w:val="B"/>', kind="character") + style("B", "Strong", kind="character")
    runs = r("a", '<w:rStyle w:val="E"/>') + r("b", '<w:rStyle w:val="C"/>') + r("c", '<w:rStyle w:val="S"/>')
    assert blocks(read(p(runs), styles=styles)) == ["*a*`b`**c**"]


def test_bold_of_a_paragraph_style_is_only_its_look() -> None:
    assert blocks(read(p("words", "Lead"), styles=style("Lead", inner="<w:rPr><w:b/></w:rPr>"))) == ["words"]


def test_the_language_of_most_letters_is_that_of_the_document() -> None:
    read_ = read(
        p(r("Una frase larga en español", '<w:lang w:val="es-MX"/>')) + p(r("short", '<w:lang w:val="en-US"/>'))
    )
    assert read_.publication.metadata.language == "es-MX"
    assert blocks(read_) == ["Una frase larga en español", "short en-US"]


@pytest.mark.parametrize(
    ("said", "tag"),
    [("es-ES_tradnl", "es-ES"), ("de-DE-phoneb", "de-DE"), ("zh-Hant-TW", "zh-Hant-TW"), ("ca-ES-valencia",) * 2],
)
def test_an_order_of_sorting_is_no_part_of_a_language(said: str, tag: str) -> None:
    assert read(p(r("Una frase en español", f'<w:lang w:val="{said}"/>'))).publication.metadata.language == tag


def test_passages_in_other_languages_are_marked_and_accents_of_one_are_not() -> None:
    runs = (
        r("The words in this sentence are ")
        + r("palabras", '<w:lang w:val="es-ES"/>')
        + r(" and colours.", '<w:lang w:val="en-GB"/>')
    )
    read_ = read(p(runs))
    assert blocks(read_) == ["The words in this sentence are [palabras]{es-ES} and colours."]
    assert "word-language-region" in rules(read_)


def test_simplified_chinese_is_one_language_whether_its_tag_says_so_or_not() -> None:
    long, short = (f'<w:lang w:eastAsia="{tag}"/>' for tag in ("zh-CN", "zh-Hans"))
    read_ = read(p(r("人人生而自由，", long) + r("在尊严和权利上一律平等。", short)))
    assert blocks(read_) == ["人人生而自由，在尊严和权利上一律平等。"]
    traditional = read(p(r("人人生而自由，", long) + r("權利", '<w:lang w:eastAsia="zh-TW"/>')))
    assert blocks(traditional) == ["人人生而自由，[權利]{zh-TW}"]


@pytest.mark.parametrize(
    ("text", "properties", "expected"),
    [
        ("مرحبا", '<w:rtl/><w:lang w:bidi="ar-EG"/>', "ar-EG"),
        ("مرحبا", "", "ar-SA"),
        ("שלום", "<w:rtl/>", "he"),
        ("שלום", '<w:rtl/><w:lang w:bidi="he-IL"/>', "he-IL"),
        ("こんにちは", '<w:lang w:eastAsia="ja-JP"/>', "ja-JP"),
        ("안녕", "", "ko"),
        ("สำนักงาน สิทธิ", '<w:cs/><w:lang w:val="en-US" w:bidi="th-TH"/>', "th-TH"),
        ("ខ្មែរ", "", "km"),
        ("नेपाल सरकार", '<w:lang w:bidi="ne-NP"/>', "ne-NP"),
        ("বাংলা", '<w:lang w:val="bn-BD"/>', "bn-BD"),
    ],
)
def test_letters_decide_which_language_of_a_run_counts(text: str, properties: str, expected: str) -> None:
    read_ = read(p(r("English words around some others, many of them: ") + r(text, properties)))
    assert blocks(read_) == [f"English words around some others, many of them: [{text}]{{{expected}}}"]


def test_emoji_are_those_that_word_keeps_for_older_programs() -> None:
    own = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    emoji = (
        f'<mc:Choice {own} Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F60A"/></mc:Choice>'
    )
    run = f"<w:r><mc:AlternateContent>{emoji}<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    assert blocks(read(p(r("Thanks ") + run))) == ["Thanks 😊"]


def test_scripts_beside_each_other_have_their_own_languages_and_one_of_many_languages_stays_unmarked() -> None:
    assert blocks(read(p("Signed at the meeting: தமிழ் / हिन्दी, and so on."))) == [
        "Signed at the meeting: [தமிழ்]{ta} / हिन्दी, and so on."
    ]


def test_complex_scripts_have_a_bold_and_an_italic_of_their_own() -> None:
    plain = r(" ไทย", "<w:b/><w:bCs w:val='0'/><w:cs/>")
    thai = r("สิทธิ", "<w:bCs/><w:cs/>") + r(" ") + r("เสรีภาพ", "<w:iCs/><w:cs/>") + plain
    assert blocks(read(p(thai))) == ["**สิทธิ** *เสรีภาพ* ไทย"]


def test_the_language_of_a_file_in_a_complex_script_is_that_of_its_letters() -> None:
    read_ = read(p(r("สำนักงานข้าหลวงใหญ่เพื่อสิทธิมนุษยชน", '<w:lang w:bidi="th-TH"/>')))
    assert (read_.publication.metadata.language, blocks(read_)) == ("th-TH", ["สำนักงานข้าหลวงใหญ่เพื่อสิทธิมนุษยชน"])


def test_a_paragraph_from_right_to_left_says_so() -> None:
    arabic = p(r("فقرة كاملة بالعربية", '<w:rtl/><w:lang w:bidi="ar-EG"/>'), properties="<w:bidi/>")
    read_ = read(
        p("English text that is long enough to be the language of it all, surely.")
        + arabic
        + p("12", properties="<w:bidi/>")
    )
    assert blocks(read_)[1:] == ["فقرة كاملة بالعربية ar-EG", "12 rtl"]


@pytest.mark.parametrize(
    ("text", "properties", "direction"),
    [
        ("20- and less than 30", '<w:bidi w:val="0"/>', m.Direction.LTR),
        ("More than 10 (أكثر)", "", m.Direction.LTR),
        ("20 and less than 30", "<w:bidi/>", None),
        ("الأردن كله", "", None),
        ("UNHCR في الأردن ولبنان", "", None),
        ("20 - 30", "", None),
        (".464", '<w:bidi w:val="0"/>', m.Direction.LTR),
        ("20 - 30", '<w:bidi w:val="0"/>', m.Direction.LTR),
        ("1,250.5", '<w:bidi w:val="0"/>', None),
    ],
)
def test_english_in_an_arabic_file_has_the_direction_of_its_paragraph(
    text: str, properties: str, direction: m.Direction | None
) -> None:
    arabic = p(
        r("يبين الجدول توزيع أفراد العينة طبقا للعمر", '<w:rtl/><w:lang w:bidi="ar-EG"/>'), properties="<w:bidi/>"
    )
    read_ = read(arabic * 2 + p(r(text), properties=properties))
    assert read_.publication.metadata.language == "ar-EG"
    assert read_.publication.body[-1].at.direction is direction


def test_links_lead_outside_to_bookmarks_and_nowhere_dangerous() -> None:
    body = p(
        '<w:hyperlink r:id="rIdWeb" w:tooltip="More">' + r("web") + "</w:hyperlink>"
        '<w:hyperlink w:anchor="there">' + r("inside") + "</w:hyperlink>"
        '<w:hyperlink r:id="rIdDisk">' + r("disk") + "</w:hyperlink>"
        '<w:hyperlink r:id="rIdScript">' + r("script") + "</w:hyperlink>"
        '<w:hyperlink r:id="rIdNone">' + r("none") + "</w:hyperlink>"
    ) + p('<w:bookmarkStart w:id="1" w:name="there"/>' + r("Target") + '<w:bookmarkEnd w:id="1"/>')
    read_ = read(
        body,
        relations={
            "rIdWeb": ("hyperlink", "https://example.org/"),
            "rIdDisk": ("hyperlink", "file:///C:/private/report.docx"),
            "rIdScript": ("hyperlink", "javascript:alert(1)"),
        },
    )
    assert blocks(read_) == ["[web](https://example.org/)[inside](#there)diskscriptnone", "Target #there"]
    assert rules(read_) == ["link-unsafe", "link-unsafe"]


def test_cross_references_and_anchors_in_the_middle_of_words() -> None:
    marked = r("before ") + '<w:bookmarkStart w:id="4" w:name="_Ref1"/>' + r("the place") + '<w:bookmarkEnd w:id="4"/>'
    read_ = read(
        p(field("REF _Ref1 \\h", r("see there")) + r(" and ") + field("PAGEREF _Ref1 \\h", r("3"))) + p(marked)
    )
    assert blocks(read_) == ["[see there](#_Ref1) and [3](#_Ref1)", "before [the place]{#_Ref1}"]


def test_two_bookmarks_at_one_place_are_one() -> None:
    links = r(", ").join(f'<w:hyperlink w:anchor="{name}">{r(name)}</w:hyperlink>' for name in ("one", "two"))
    marks = "".join(
        f'<w:bookmarkStart w:id="{n}" w:name="{name}"/><w:bookmarkEnd w:id="{n}"/>'
        for n, name in enumerate(("one", "two"))
    )
    assert blocks(read(p(links) + p(marks + r("Place")))) == ["[one](#one), [two](#one)", "Place #one"]


def test_notes_that_notes_refer_to_follow_those_of_the_text() -> None:
    def mark(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    inner = {1: p(r("One") + mark(3)), 2: p("Two."), 3: p(r("Three") + mark(4)), 4: p(r("Four") + mark(4))}
    notes = "".join(f'<w:footnote w:id="{number}">{text}</w:footnote>' for number, text in inner.items())
    read_ = read(p(r("a") + mark(1) + mark(2)), parts={"footnotes.xml": part("footnotes", notes)})
    assert [note.id for note in read_.publication.notes] == [f"footnote-{number}" for number in (1, 2, 3, 4)]
    places = [str(note.at.source) for note in read_.publication.notes]
    assert all(f"footnote {number}" in place for number, place in enumerate(places, 1))


def test_footnotes_and_endnotes_stay_apart() -> None:
    note = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{}</w:footnote>'
    footnotes = part("footnotes", note.format(p("<w:r><w:footnoteRef/></w:r>" + r(" One.")) + p("Further.")))
    endnotes = part("endnotes", f'<w:endnote w:id="2">{p("End.")}</w:endnote>')
    body = p(
        r("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("b") + '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    read_ = read(body, parts={"footnotes.xml": footnotes, "endnotes.xml": endnotes})
    assert blocks(read_) == ["a<footnote-2>b<endnote-2>"]
    kinds = [(note.kind.value, len(note.children)) for note in read_.publication.notes]
    assert kinds == [("footnote", 2), ("endnote", 1)]


def test_a_mark_without_its_note_is_reported_and_a_mark_of_its_own_is_made_anew() -> None:
    footnotes = part("footnotes", f'<w:footnote w:id="1">{p("Note.")}</w:footnote>')
    custom = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    read_ = read(p(r("a") + custom + '<w:r><w:footnoteReference w:id="9"/></w:r>'), parts={"footnotes.xml": footnotes})
    assert blocks(read_) == ["a<footnote-1>"]
    assert rules(read_) == ["note-missing", "word-numbering"]


def _notes(*inner: str) -> dict[str, str]:
    return {
        "footnotes.xml": part(
            "footnotes",
            "".join(f'<w:footnote w:id="{number}">{p(each)}</w:footnote>' for number, each in enumerate(inner, 1)),
        )
    }


def _refer(number: int, mark: str = "") -> str:
    own = ' w:customMarkFollows="1"' if mark else ""
    return f'<w:r><w:footnoteReference w:id="{number}"{own}/>{mark}</w:r>'


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("<w:t>*</w:t>", r("*") + r(" A/79/50.")),
        ("<w:t>*</w:t>", r("* A/79/50.")),
        ("<w:t>**</w:t>", r("*") + r("*\tA/79/50.")),
        (
            '<w:sym w:font="Symbol" w:char="F02A"/>',
            '<w:r><w:sym w:font="Symbol" w:char="F02A"/></w:r>' + r(" A/79/50."),
        ),
        ("<w:t>*</w:t>", r("A/79/50.")),
    ],
)
def test_a_mark_of_its_own_is_neither_in_the_text_nor_in_the_note(mark: str, written: str) -> None:
    read_ = read(p(r("a") + _refer(1, mark) + r(" b") + _refer(2)), parts=_notes(written, r("Other.")))
    assert blocks(read_) == ["a<footnote-1> b<footnote-2>"]
    assert [plain_text(note.children[0].children) for note in read_.publication.notes] == ["A/79/50.", "Other."]
    (message,) = (finding.message for finding in read_.findings if finding.rule == "word-numbering")
    assert message.endswith("” is 1, “1” is 2.")


@pytest.mark.parametrize(
    ("mark", "written", "expected"),
    [
        ("1", r("10 people were asked."), "10 people were asked."),
        ("1", r("1") + r("0 people were asked."), "10 people were asked."),
        ("a", r("as shown"), "as shown"),
        ("a", r("a person"), "a person"),
        ("a", r("a") + r(" as shown"), "as shown"),
        ("-", r("-5 degrees"), "-5 degrees"),
        ("*", r("*") + r("See A/79/50."), "See A/79/50."),
    ],
)
def test_letters_of_a_note_are_not_its_mark(mark: str, written: str, expected: str) -> None:
    read_ = read(p(r("a") + _refer(1, f"<w:t>{mark}</w:t>")), parts=_notes(written))
    assert [plain_text(note.children[0].children) for note in read_.publication.notes] == [expected]


@pytest.mark.parametrize(
    ("runs", "expected", "mark"),
    [
        (_refer(1, "<w:t>* and the rest.</w:t>"), "a<footnote-1> and the rest.", "*"),
        (_refer(1, "<w:t>*</w:t><w:t> and</w:t><w:t> more</w:t>"), "a<footnote-1> and more", "*"),
        (_refer(1, "<w:t>* </w:t>") + r(" b"), "a<footnote-1>  b", "*"),
        (_refer(1, "<w:t>*</w:t><w:t>*</w:t>"), "a<footnote-1>", "**"),
        (_refer(1, "<w:t>*</w:t>") + r(" b") + _refer(1, "<w:t>*</w:t>"), "a<footnote-1> b<footnote-1>", "*"),
        (_refer(1, "<w:t>Administration continues</w:t>"), "a<footnote-1>Administration continues", ""),
        (_refer(1, "<w:t>*</w:t>" * 12), "a<footnote-1>**", "*" * 10),
    ],
)
def test_only_the_first_word_after_a_reference_is_its_own_mark(runs: str, expected: str, mark: str) -> None:
    read_ = read(p(r("a") + runs), parts=_notes(r("Note.")))
    assert blocks(read_) == [expected]
    messages = [finding.message for finding in read_.findings if finding.rule == "word-numbering"]
    assert all(f"“{mark}” is 1" in message for message in messages)
    assert bool(messages) == bool(mark)


_SECTION = "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr></w:p>"


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("", "", ""),
        ("", '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>', "“1” is 3"),
        ('<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>', "", "“7” is 1, “8” is 2, “9” is 3"),
        ('<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>', "", "“a” is 1, “b” is 2"),
        ("", '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>', "they begin again on each page there"),
    ],
)
def test_notes_that_word_numbers_in_another_way_are_reported(first: str, last: str, message: str) -> None:
    body = p(r("a") + _refer(1) + r("b") + _refer(2)) + _SECTION.format(first) + p(r("c") + _refer(3))
    read_ = read(f"{body}<w:sectPr>{last}</w:sectPr>", parts=_notes(r("A"), r("B"), r("C")))
    expected = [f"Notes have other numbers than in Word: {message}."] if message else []
    assert [finding.message for finding in read_.findings if finding.rule == "word-numbering"] == expected


@pytest.mark.parametrize(
    ("last", "named", "told"),
    [
        ("", "supra note 2", ""),
        ('<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>', "supra note 2", ""),
        (
            '<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>',
            "cf. footnote 8",
            "footnote 8|it is note 2 in the editions",
        ),
        ('<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>', "nota 2", "nota 2|the editions have others"),
        ('<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>', "a note of 2 pages", ""),
        *(
            ('<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>', words, f"{words}|it is note 2 in the editions")
            for words in ("note de bas de page 8", "nota de rodapé 8", "supra n. 8", "виноску 8", "примітку 8", "脚注8")
        ),
        ('<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>', "Guidance Note 8", ""),
        ('<w:footnotePr><w:numStart w:val="7"/></w:footnotePr>', "See Note 8", "Note 8|it is note 2 in the editions"),
    ],
)
def test_a_text_that_names_a_note_by_its_number_in_word_is_reported(last: str, named: str, told: str) -> None:
    body = p(r("a") + _refer(1) + r("b") + _refer(2) + r("c") + _refer(3)) + f"<w:sectPr>{last}</w:sectPr>"
    read_ = read(body, parts=_notes(r("A"), r("B"), r(f"Minutes, {named}.")))
    words, _, what = told.partition("|")
    expected = [f"“{words}” names a note by its number in Word; {what}."] if told else []
    assert [finding.message for finding in read_.findings if finding.rule == "word-note-renumbered"] == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("See note 1.", "Text.", []),
        ("See note 2.", "See note 1 below.", []),
        ("Text.", "See note 1 above.", ["“note 1” names a note by its number in Word; it is note 3 in the editions."]),
    ],
)
def test_the_note_is_meant_that_has_the_number_in_the_section_of_the_text(
    first: str, last: str, expected: list[str]
) -> None:
    restart = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    before = p(r("a") + _refer(1) + r("b") + _refer(2)) + p(first) + _SECTION.format(restart)
    body = before + (p(last) + p(r("c") + _refer(3)) if "below" in last else p(r("c") + _refer(3)) + p(last))
    read_ = read(f"{body}<w:sectPr>{restart}</w:sectPr>", parts=_notes(r("A"), r("B"), r("C")))
    assert [finding.message for finding in read_.findings if finding.rule == "word-note-renumbered"] == expected


def test_endnotes_after_footnotes_and_settings_of_all_sections_count() -> None:
    parts = {
        **_notes(r("A")),
        "endnotes.xml": part("endnotes", f'<w:endnote w:id="1">{p("E")}</w:endnote>'),
        "settings.xml": part("settings", '<w:footnotePr><w:numStart w:val="1"/></w:footnotePr>'),
    }
    read_ = read(p(r("a") + _refer(1) + '<w:r><w:endnoteReference w:id="1"/></w:r>'), parts=parts)
    assert [finding.message for finding in read_.findings if finding.rule == "word-numbering"] == [
        "Notes have other numbers than in Word: “i” is 2."
    ]


def test_a_second_mark_of_a_note_is_a_field() -> None:
    footnotes = part("footnotes", f'<w:footnote w:id="1">{p("Note.")}</w:footnote>')
    mark = '<w:bookmarkStart w:id="3" w:name="_RefNote"/><w:r><w:footnoteReference w:id="1"/></w:r>'
    mark += '<w:bookmarkEnd w:id="3"/>'
    read_ = read(
        p(r("a") + mark) + p(r("b") + field("NOTEREF _RefNote \\f \\h", r("1"))), parts={"footnotes.xml": footnotes}
    )
    assert blocks(read_) == ["a<footnote-1>", "b<footnote-1>"]


def test_changes_comments_and_hidden_words_are_counted_once() -> None:
    body = p(
        '<w:ins w:id="1">' + r("in") + '</w:ins><w:del w:id="2"><w:r><w:delText>out</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3">'
        + r("moved")
        + '</w:moveFrom><w:moveTo w:id="4">'
        + r(" moved")
        + "</w:moveTo>"
        + r("secret", "<w:vanish/>")
        + '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    read_ = read(body)
    assert blocks(read_) == ["in moved"]
    assert rules(read_) == ["word-changes", "word-comments", "word-hidden"]
    assert "1 insertion was accepted, 1 deletion was accepted, 1 move was accepted" in read_.findings[0].message


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p("first ", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("second")
    assert blocks(read(body)) == ["first second"]


DELETED = '<w:rPr><w:del w:id="1"/></w:rPr>'


def test_a_heading_that_was_deleted_as_a_whole_leaves_the_next_paragraph_as_it_is() -> None:
    heading = p('<w:del w:id="2"><w:r><w:delText>Gone</w:delText></w:r></w:del>', "Heading1", properties=DELETED)
    document = read(p("Kept", "Heading1") + heading + p("second") + p("third"))
    assert [type(block).__name__ for block in document.publication.body] == ["Section"]
    assert [text.strip() for text in blocks(document)[-2:]] == ["second", "third"]


def test_a_paragraph_is_joined_to_none_behind_a_table() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    document = read(p("first", properties=DELETED) + table + p("second"))
    assert "second" in blocks(document)


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ('descr="Words"', "Words"),
        ('descr="" title="Only a title"', "Only a title"),
        ("", "Undescribed"),
        ('descr="Two&#10;lines"', "Two lines"),
        ('descr="A dog&#10;&#10;Description automatically generated"', "A dog"),
    ],
)
def test_alt_texts(identity: str, expected: str) -> None:
    assert blocks(read(p(r("a ") + picture(identity)))) == [f"a !{expected}!"]


def test_a_decorative_picture_says_so_and_the_same_bytes_are_kept_once() -> None:
    flag = '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext></a:extLst>'
    drawing = picture("").replace('name="Picture 1" />', f'name="Picture 1">{flag}</wp:docPr>')
    read_ = read(
        p(drawing) + p(picture()) + p(picture(relation="rIdCopy")), relations={"rIdCopy": ("image", "media/a.png")}
    )
    assert blocks(read_) == ["figure !Decorative! ", "figure !A blue square! ", "figure !A blue square! "]
    assert len(read_.media) == 1


def test_crops_linked_and_missing_pictures_are_reported() -> None:
    body = (
        p(picture(more='<a:srcRect l="10000"/>'))
        + p(picture(relation="rIdFar"))
        + p(r("x") + picture(relation="rIdGone"))
    )
    read_ = read(
        body, relations={"rIdFar": ("image", "https://example.org/a.png"), "rIdGone": ("image", "media/none.png")}
    )
    assert rules(read_) == ["word-cropped", "image-remote", "not-read", "not-read"]
    assert read_.publication.body[-1] == m.Paragraph(at=read_.publication.body[-1].at, children=(m.Text(text="x"),))


def test_old_drawings_are_read_too() -> None:
    vml = (
        '<w:r><w:pict><v:shape alt="Old alt"><v:imagedata r:id="rIdPic"/></v:shape></w:pict></w:r>'
        '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>'
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + p("Boxed")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert blocks(read(p(r("a ") + vml))) == ["a !Old alt!", "break", "box ", "  Boxed"]


def test_strict_names_are_the_same_words() -> None:
    from exporter.readers import docx
    from tests.write_context import STYLES

    made = package(p("Words") + p("Title", "Heading1") + p(picture()), strict=True)
    assert blocks(docx.read(made, "strict.docx", styles=STYLES)) == ["Words", "# Title", "  figure !A blue square! "]


@pytest.mark.parametrize(
    ("font", "text", "is_reported"),
    [
        ("Preeti", "g]kfn ;/sf/", True),
        ("Kruti Dev 010", "Hkkjr", True),
        ("SutonnyMJ", "evsjv", True),
        ("SutonnyOMJ", "Bangla", False),
        ("Zawgyi-One", "\u1019", True),
        ("VNI-Times", "Report", False),
        (".VnTime", "Vi\u00d6t Nam", True),
        ("Preeti", "नेपाल", False),
        ("Noto Sans", "Report", False),
    ],
)
def test_a_font_with_an_encoding_of_its_own_is_reported_once(font: str, text: str, is_reported: bool) -> None:
    run = r(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')
    read_ = read(p(run) + p(run))
    message = f"The font “{font}” has an encoding of its own: every edition shows and says “{text}”."
    assert [finding.message for finding in read_.findings] == ([message] if is_reported else [])


def test_a_heading_whose_words_are_all_bold_is_as_bold_as_any_other() -> None:
    bold = p(r("Who ", "<w:b/>") + r("pays", "<w:b/><w:i/>"), "Heading1") + p("Text.")
    partly = p(r("Who ", "<w:b/>") + r("pays"), "Heading1") + p("Text.")
    assert blocks(read(p("Before.") + bold + partly))[1::2] == ["# Who *pays*", "# **Who **pays"]
