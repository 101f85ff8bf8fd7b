"""Bold and large lines that are offered as headings, and read as such when asked."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.contracts import ReadResult
from exporter.model import Section
from exporter.model.walk import plain_text, walk
from exporter.readers import docx
from tests.readers.docx.files import field, item, numbering, p, package, picture, r, row, style, table
from tests.readers.docx.outlines import blocks, front, rules
from tests.readers.docx.test_blocks import BULLETS
from tests.write_context import STYLES

_TEXT = "People wait for two years before a court hears them, and nobody knows why."
_BODY = p(_TEXT)


def _line(text: str, *, size: int = 22, properties: str = "<w:b/>") -> str:
    return p(r(text, f'{properties}<w:sz w:val="{size}"/>'))


def _guess(body: str, **more: Any) -> ReadResult:
    data = package(body, **more)
    return docx.read(data, "manuscript.docx", styles=STYLES, guess_headings=True)


def _read(body: str, **more: Any) -> ReadResult:
    return docx.read(package(body, **more), "manuscript.docx", styles=STYLES)


def _outline(read_: ReadResult) -> list[str]:
    return [line for line in blocks(read_) if line.lstrip().startswith("#")]


def test_lines_of_one_look_are_reported_once_and_stay_as_they_are() -> None:
    body = "".join(_line(name) + _BODY for name in ("North", "South", "East", "West", "Coast"))
    read_ = _read(body)
    assert rules(read_) == ["word-heading-look"]
    (finding,) = read_.findings
    assert finding.message == (
        "5 paragraphs (bold, 11 pt) look like headings of level 1: “North”, “South”, “East” and 2 more."
    )
    assert "Heading 1" in finding.advice
    assert _outline(read_) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("第一编 总则", "第一章 基本规定", "", "第二编 物权", "第一章 通则", ""),
        ("第一编 总则", "第一章 基本规定", "第一节 通则", "", "第二编 物权", "第一章 通则", ""),
        ("Part I: Law", "Chapter 1: Courts", "", "Part II: Life", "Chapter 2: Prisons", ""),
        ("الباب الأول", "الفصل الأول: أحكام", "", "الباب الثاني", "الفصل الثاني", ""),
    ],
)
def test_a_part_and_its_first_chapter_are_two_headings(lines: tuple[str, ...]) -> None:
    read_ = _guess("".join(p(line) if line else _BODY for line in lines))
    titles = [plain_text(node.title) for node in walk(read_.publication) if isinstance(node, Section)]
    assert titles == list(filter(None, lines))


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        (p("Chapter 1") + p("Introduction", "Heading1") + _BODY + p("Chapter 2") + p("Law", "Heading1"), ["#", "#"]),
        (p("Chapter 1") + _line("Introduction") + _BODY + p("Chapter 2") + _line("Law"), ["#", "#"]),
        (
            _line("Summary") + p("Part I") + _line("Introduction") + _BODY + _line("Courts") + _BODY + p("Part II"),
            ["#"] * 3,
        ),
        (p("Annex 1") + p("to the order of 5 May") + _BODY + p("Annex 2") + p("to the order of 6 May"), []),
        (p("Titre 1") + _BODY + p("Titre 2") + _BODY + p("Titre 1", "Heading1") + p("Titre 2", "Heading1"), ["#", "#"]),
        (p("Part 2") + p("The courts") + p("Report", "Heading1"), ["#"]),
        ((p("In this report") + p("Chapter 1 Courts") + p("Chapter 2 Prisons") + _BODY) * 2, []),
        (p("Watch them:") + p("Part 1: https://example.org/1") + p("Part 2: https://example.org/2"), []),
    ],
)
def test_the_number_of_a_chapter_above_its_heading_or_in_a_list_is_no_heading(body: str, outline: list[str]) -> None:
    found = _outline(_guess(_BODY + body + _BODY))
    assert [line.rpartition("#")[0] + "#" for line in found] == outline
    assert not [line for line in found if "Chapter" in line or "Part" in line]


_CENTRED = '<w:jc w:val="center"/>'
_NEXT_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@pytest.mark.parametrize(
    ("cover", "is_heading"),
    [
        (p("2 May 2026", properties=_CENTRED) + _NEXT_PAGE, False),
        (p(picture(), properties=_CENTRED) + p("2 May 2026", properties=_CENTRED) + _NEXT_PAGE, False),
        (p("2 May 2026", properties=_CENTRED), True),
        (p("2 May 2026") + _NEXT_PAGE, True),
        (p("We ask for justice.", properties=_CENTRED) + _NEXT_PAGE, True),
        (_BODY + _NEXT_PAGE, True),
        (table(row("a", "b"), row("c", "d")) + _NEXT_PAGE, True),
        (p("Line", properties=_CENTRED) * 21 + _NEXT_PAGE, True),
    ],
)
def test_centred_lines_of_a_cover_are_no_headings(cover: str, is_heading: bool) -> None:
    body = _line("Malverde: fifth report").replace("<w:pPr>", f"<w:pPr>{_CENTRED}") + cover
    outline = _outline(_guess(_line("Joint submission", size=36) + body + (_line("Courts") + _BODY) * 2))
    assert ("# Malverde: fifth report" in outline) == is_heading
    assert "# Courts" in outline


@pytest.mark.parametrize(
    ("above", "is_heading"), [(_BODY, False), (_BODY * 8, True), (p("One", "Heading1") + _BODY, True)]
)
def test_a_label_is_of_the_title_page_at_the_beginning_only(above: str, is_heading: bool) -> None:
    outline = _outline(_guess(above + _line("Submitted by:") + p("Ana Paz") + _BODY))
    assert any("Submitted by:" in line for line in outline) == is_heading


def test_a_label_is_of_no_run_of_lines() -> None:
    body = _line("North") + _line("Pictures:") + _line("South")
    assert _outline(_guess(body + _BODY)) == ["# North", "# South"]


def test_the_last_line_of_a_cover_is_no_heading() -> None:
    lines = p("Fifth report") + _line("Date: May 2026")
    cover = (_line("Joint submission", size=36) + lines).replace("<w:pPr>", f"<w:pPr>{_CENTRED}")
    assert _outline(_guess(cover + _NEXT_PAGE + (_line("Courts") + _BODY) * 2)) == ["# Courts", "# Courts"]


def test_other_lines_above_the_centred_ones_of_a_cover_are_no_headings() -> None:
    centred = (_line("Fifth", size=36) + _line("report", size=36)).replace("<w:pPr>", f"<w:pPr>{_CENTRED}")
    cover = _line("Handbook for", size=36) + _line("Chapter 13", size=36) + centred + _NEXT_PAGE
    assert _outline(_guess(cover + (_line("Courts") + _BODY) * 2)) == ["# Courts", "# Courts"]


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        (p("Report", "Title"), p("Fourth session", properties=_CENTRED) + p("May 2026", properties=_CENTRED), 2),
        (p("Report", "Title"), p(picture(), properties=_CENTRED), 1),
        ("", p("Fourth session", properties=_CENTRED), 0),
        (p("Report", "Title"), p("Fourth session"), 0),
        (p("Report", "Title"), p("Fourth session", properties=_CENTRED) + _BODY, 0),
        (p("Report", "Title"), p("We ask for justice.", properties=_CENTRED), 0),
        (p("Report", "Title"), p("We ask for justice, " * 11, properties=_CENTRED), 0),
        (p("Report", "Title"), p("Chapter 1", properties=_CENTRED), 0),
        (p("Report", "Title"), p("Summary", "Heading1", _CENTRED) + p("For all", properties=_CENTRED), 0),
        (p("Report", "Title"), p("Line", properties=_CENTRED) * 21, 0),
    ],
)
def test_centred_lines_of_a_cover_are_front_matter(title: str, lines: str, expected: int) -> None:
    rest = p("Courts", "Heading1") + _BODY + p("Prisons", "Heading1") + _BODY
    assert len(front(_read(title + lines + _NEXT_PAGE + rest, styles=style("Title")))) == expected
    assert front(_read(title + lines + rest, styles=style("Title"))) == []


def test_a_page_of_a_leaflet_that_is_centred_throughout_is_no_cover() -> None:
    first, *others = (_line(name) for name in ("In the street", "At court", "At home"))
    first += p("You can remain silent") + _NEXT_PAGE
    body = (first + "".join(other + p("You can ask for a lawyer.") * 2 for other in others)).replace(
        "<w:pPr>", f"<w:pPr>{_CENTRED}"
    )
    title = p("Know your rights", "Title", _CENTRED)
    assert front(_read(title + body, styles=style("Title"))) == []
    assert _outline(_guess(title + body, styles=style("Title"))) == ["# In the street", "# At court", "# At home"]


def test_a_line_on_the_page_after_the_title_begins_the_text() -> None:
    line = p("Executive summary", properties=f"<w:pageBreakBefore/>{_CENTRED}")
    read_ = _read(p("Report", "Title") + line + _NEXT_PAGE + _BODY, styles=style("Title"))
    assert (front(read_), blocks(read_)[0]) == ([], "Executive summary")


def test_chapters_may_have_any_number_in_words() -> None:
    numbers = ("One", "Twelve", "Thirteen", "Eighteen", "TWENTY", "Twenty-One", "Twenty Two", "Thirty-nine")
    lines = [f"Chapter {number}: Courts" for number in numbers]
    assert _outline(_guess("".join(p(line) + _BODY for line in lines))) == [f"# {line}" for line in lines]


def test_a_page_with_the_number_of_a_chapter_is_no_cover() -> None:
    page = (_line("Chapter 1") + _line("Courts")).replace("<w:pPr>", f"<w:pPr>{_CENTRED}") + _NEXT_PAGE
    assert _outline(_guess(page + _BODY + _line("Chapter 2") + _BODY)) == ["# Chapter 1 Courts", "# Chapter 2"]


@pytest.mark.parametrize(
    ("body", "message", "advice"),
    [
        ("Courts", "A paragraph (bold, 11 pt) looks like a heading of level 1: “Courts”.", "If so, give it the style"),
        ("Courts Prisons", "2 paragraphs (bold, 11 pt) look like", "If so, click in one of them, choose Home, Select"),
    ],
)
def test_the_advice_is_on_one_line_or_on_all_of_a_look(body: str, message: str, advice: str) -> None:
    (finding,) = _read("".join(_line(line) + _BODY for line in body.split())).findings
    assert finding.message.startswith(message)
    assert finding.advice.startswith(advice)


def test_plain_lines_are_offered_by_the_number_of_a_chapter() -> None:
    (finding,) = _read("".join(p(line) + _BODY for line in ("Chapter 1", "Chapter 2"))).findings
    assert finding.message.startswith("2 paragraphs (with the number of a chapter) look like headings of level 1")
    assert finding.advice.startswith("If so, give each of them the style Heading 1")


@pytest.mark.parametrize(
    ("lines", "outline"),
    [
        (("第一编 总则", "第一章 基本规定", "第二章 自然人", "第二编 物权"), ["#", "  #", "  #", "#"]),
        (("Раздел I. Общее", "Глава 1. Основы", "Раздел II. Права", "Глава 2. Суд"), ["#", "  #", "#", "  #"]),
        (("الفصل الأول: أحكام عامة", "الفصل الثاني: الحقوق"), ["#", "#"]),
        (("Chapter 1", "Chapter 2: The court", "Annex A – Method"), ["#", "#", "#"]),
        (("第一条 为了保护民事主体的合法权益", "第二条 民法调整平等主体"), []),
        (("Глава семьи ждала два года", "Part of the text"), []),
        (("Part 2 of this report deals with courts.", "Chapter 3 says more."), []),
        (("CAPÍTULO I", "CAPITULO II", "CAPÍTULO III"), ["#", "#", "#"]),
        (("附件1 地图", "附件二 名单"), ["#", "#"]),
        (("Chapter One", "CHAPTER TWO: The court"), ["#", "#"]),
        (("Розділ ІІ", "Розділ ІІІ. Права"), ["#", "#"]),
        (("Часть I. Общее", "Часть II. Права"), ["#", "#"]),
        (("Часть 1 статьи 9", "Часть населения", "Частина третя"), []),
        (("Part two of the Act says", "Chapter Onerous", "Part ten percent"), []),
        (("الفصل الحادي عشر", "الفصل العاشر", "الفصل 2"), ["#", "#", "#"]),
        (("第一章规定的权利", "第二章规定的义务"), []),
        (("第1部では裁判について", "第2部は刑務所について"), []),
        (("Приложение к приказу министра", "Приложение о порядке"), []),
        (("Anexo a la presente", "Parte c del artículo", "Annexe a été jointe"), []),
        (("الفصل العنصري في القانون", "الفصل التعسفي من العمل", "الباب المفتوح"), []),
        (("الفصل الأول من هذا التقرير", "الفصل الثاني في القانون"), []),
        (("Part 2 of the Act says", "Annex 2 contains the questions", "Kapitel 3 zeigt die Lage"), []),
        (("Part 3 – The Act says:", "Part 4 – It also says:"), []),
        (("Chapter 7 – What is it?", "Chapter 8 – Why?"), []),
        (("Chapter 3, paragraph 14", "Part 2, section 5"), []),
    ],
)
def test_chapters_without_a_look_of_their_own_are_known_by_their_numbers(
    lines: tuple[str, ...], outline: list[str]
) -> None:
    body = "".join(p(line) + _BODY for line in lines)
    assert [line.rpartition("#")[0] + "#" for line in _outline(_guess(body))] == outline
    read_ = _read(body)
    assert ("word-heading-look" in rules(read_)) is bool(outline)
    assert not any("Select All Text" in finding.advice for finding in read_.findings)


@pytest.mark.parametrize("line", ["Submitted by:", "Draft for comments – do not cite"])
def test_labels_and_marks_of_a_title_page_are_no_headings(line: str) -> None:
    body = p("The Title", "Title") + _line(line) + p("Ability Forum") + p("Text", "Heading1") + _BODY
    assert "word-heading-look" not in rules(_read(body, styles=style("Title")))
    assert rules(_read(_line("Summary:") + _BODY + p("Text", "Heading1") + _BODY)) == ["word-heading-look"]
    listed = p("The Title", "Title") + _line("We ask:") + item("Pay") + item("Listen")
    assert "word-heading-look" in rules(_read(listed + _BODY, styles=style("Title"), parts=BULLETS))
    for name in ("Confidential", "Draft report"):
        assert "word-heading-look" in rules(_read(p("Text", "Heading1") + _BODY + _line(name) + _BODY))


@pytest.mark.parametrize(
    ("lines", "outline"),
    [
        (["North:32", "Method:26", "South:32"], ["# North", "  # Method", "# South"]),
        (["NORTH:22", "Method:22", "SOUTH:22"], ["# NORTH", "  # Method", "# SOUTH"]),
        (["1. North:22", "1.1 Method:22", "1.1.1 Scope:22", "2. South:22"], None),
        (["I. North:22", "A. Method:22", "1. Scope:22", "II. South:22", "B. Law:22"], None),
        (["Introduction:28", "1. North:28", "1.1. Method:24", "2. South:28"], None),
        (["1. Before:22", "Part I:22", "2. Law:22"], ["# 1. Before", "# Part I", "  # 2. Law"]),
        (
            ["1. North:22", "Part 35 of the Rules:22", "2. South:22"],
            ["# 1. North", "# Part 35 of the Rules", "# 2. South"],
        ),
        (["CAPÍTULO I:22", "CAPITULO II:22", "CAPÍTULO III:22"], ["# CAPÍTULO I", "# CAPITULO II", "# CAPÍTULO III"]),
    ],
)
def test_levels_follow_the_look_and_the_number(lines: list[str], outline: list[str] | None) -> None:
    pairs = [line.split(":") for line in lines]
    read_ = _guess("".join(_line(text, size=int(size)) + _BODY for text, size in pairs), styles=_NORMAL)
    expected = {
        2: ["# 1. North", "  # 1.1 Method", "    # 1.1.1 Scope", "# 2. South"],
        3: ["# I. North", "  # A. Method", "    # 1. Scope", "# II. South", "  # B. Law"],
        4: ["# Introduction", "# 1. North", "  # 1.1. Method", "# 2. South"],
    }
    numbers = {"1. North": 2, "I. North": 3, "Introduction": 4}
    assert _outline(read_) == (outline or expected[numbers[pairs[0][0]]])
    assert "heading-skipped" not in rules(read_)


_NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:sz w:val="22"/></w:rPr></w:style>'


def test_bold_lines_are_below_the_headings_that_have_a_style() -> None:
    bold = style("Big", "Own", "<w:rPr><w:b/></w:rPr>")
    body = p("One", "Heading1") + p("North", "Big") + _BODY + p("Two", "Heading1") + p("South", "Big") + _BODY
    assert _outline(_guess(body, styles=bold)) == ["# One", "  # North", "# Two", "  # South"]


@pytest.mark.parametrize(
    "body",
    [
        p(r("Purpose. ", "<w:b/>") + r(_TEXT)) * 2,
        (item(r("North", "<w:b/>")) + item(r("South", "<w:b/>"))) * 2,
        p(r("表1：各区案件", "<w:b/>")) + table(row("District", "Cases"), row("North", "12")),
        p(r("Table 1: Cases by district", "<w:b/>")) + table(row("District", "Cases"), row("North", "12")),
        p(r("Cases by district", "<w:b/>")) + table(row("District", "Cases"), row("North", "12")),
        p(picture()) + p(r("Figure 2. The court", "<w:b/>")) + _BODY,
        p(r("Figure ", "<w:b/>") + field("SEQ Figure", r("3", "<w:b/>"))) + _BODY,
        table(row(p(r("North", "<w:b/>")) + _BODY, p(r("South", "<w:b/>")) + _BODY)),
        _line("Court of Appeal") + _line("12 Main Street") + _line("The North") + _BODY,
        _line("Nobody knows why this has happened.") + _BODY,
        _line("没有人知道为什么会这样！") + _BODY,
        _line("12-13-2013") + _BODY,
        _BODY + _line("Ana Pérez"),
    ],
)
def test_other_bold_words_are_no_headings(body: str) -> None:
    levels = {"numbering.xml": numbering("decimal")}
    read_ = _guess(_BODY + body + _BODY if not body.endswith(_line("Ana Pérez")) else body, parts=levels)
    assert _outline(read_) == []
    assert "word-heading-look" not in rules(read_)


def test_numbered_lines_with_text_below_them_are_headings() -> None:
    levels = {"numbering.xml": numbering("decimal")}
    body = "".join(item(r(name, "<w:b/>")) + _BODY for name in ("North", "South"))
    assert _outline(_guess(body, parts=levels)) == ["# 1. North", "# 2. South"]
    assert _outline(_read(body, parts=levels)) == []


def test_a_large_line_at_the_beginning_is_offered_as_the_title() -> None:
    body = (
        p("Ministry of Health") + _line("The waiting room", size=48) + _line("North") + _BODY + _line("South") + _BODY
    )
    offered = _read(body)
    assert offered.publication.metadata.title == ""
    assert [finding.message for finding in offered.findings] == [
        "“The waiting room” looks like the title (bold, 24 pt).",
        "2 paragraphs (bold, 11 pt) look like headings of level 1: “North”, “South”.",
    ]
    guessed = _guess(body)
    assert guessed.publication.metadata.title == "The waiting room"
    assert (front(guessed), _outline(guessed)) == (["Ministry of Health"], ["# North", "# South"])
    assert [finding.severity.value for finding in guessed.findings] == ["note", "note"]


def test_a_line_in_the_style_title_is_never_replaced_by_a_guess() -> None:
    styles = _NORMAL + style("Title", "Title", '<w:rPr><w:sz w:val="40"/></w:rPr>')
    read_ = _guess(p("Before the court", "Title") + _line("Health Office", size=72) + _BODY * 3, styles=styles)
    assert read_.publication.metadata.title == "Before the court"
    assert [finding.rule for finding in read_.findings] == ["word-title-doubtful"]


def test_a_title_of_the_properties_is_not_taken_where_another_line_looks_like_the_title() -> None:
    body = _line("The waiting room", size=52) + _BODY * 3
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
    )
    other, same = (_read(body, parts={"/docProps/core.xml": core.format(t)}) for t in ("Old", "The Waiting Room"))
    assert (other.publication.metadata.title, other.suggested.title) == ("", "Old")
    assert same.publication.metadata.title == "The waiting room"


def test_two_lines_of_one_look_are_one_heading() -> None:
    body = "".join(_line(f"Chapter {name}") + _line("What was found") + _BODY for name in ("North", "South"))
    assert _outline(_guess(body)) == ["# Chapter North What was found", "# Chapter South What was found"]
    (finding,) = _read(body).findings
    assert "2 paragraphs" in finding.message
    assert "“Chapter North What was found”" in finding.message


def test_bold_chapters_are_headings_also_where_a_heading_has_their_words() -> None:
    assert len(_outline(_guess((_line("Titre 1") + _BODY) * 2 + p("Titre 1", "Heading1") + _BODY))) == 3


@pytest.mark.parametrize("lines", [("1. North", "2. South"), ("Annex 1: Map", "Annex 2: List")])
def test_numbered_lines_are_headings_of_their_own(lines: tuple[str, str]) -> None:
    assert _outline(_guess("".join(map(_line, lines)) + _BODY)) == [f"# {line}" for line in lines]


@pytest.mark.parametrize(
    ("sizes", "levels"),
    [
        ([28, 24, 28, 22, 22, 22, 28], [1, 2, 1, 2, 2, 2, 1]),
        ([28, 22, 22, 24, 22, 22, 28], [1, 2, 2, 2, 3, 3, 1]),
        ([28, 22, 28, 26, 24, 22, 22], [1, 2, 1, 2, 3, 4, 4]),
    ],
)
def test_lines_that_look_alike_under_one_heading_have_one_level(sizes: list[int], levels: list[int]) -> None:
    read_ = _guess("".join(_line(f"Part {n}", size=size) + _BODY for n, size in enumerate(sizes)), styles=_NORMAL)
    assert [(len(line) - len(line.lstrip())) // 2 + 1 for line in _outline(read_)] == levels
    assert "heading-skipped" not in rules(read_)


def test_the_levels_that_are_offered_are_those_that_are_read() -> None:
    body = "".join(_line(f"Part {n}", size=size) + _BODY for n, size in enumerate([28, 24, 28, 22, 22]))
    assert [finding.details.level for finding in _read(body).findings if finding.details] == [1, 2, 2]


def test_a_new_line_has_the_level_of_the_marked_headings_that_it_looks_like() -> None:
    def marked(text: str) -> str:
        return p(r(text, "<w:b/>"), "Heading2")

    chapters = p("Facts", "Heading1") + _BODY + p("Recommendations", "Heading1")
    known = chapters + "".join(marked(name) + _BODY for name in ("Army", "Police"))
    assert _outline(_guess(known + p(r("Courts", "<w:b/>")) + _BODY)) == [
        *("# Facts", "# Recommendations"),
        *("  # Army", "  # Police", "  # Courts"),
    ]


def test_bold_lines_are_below_headings_that_somebody_made_bold_too() -> None:
    chapters = [p(r(name, "<w:b/>"), "Heading1") for name in ("Facts", "Law")]
    lines = [p(r(name, "<w:b/>")) + _BODY for name in ("North", "South", "Courts", "Police")]
    body = "".join((chapters[0], *lines[:2], chapters[1], *lines[2:]))
    expected = ["# Facts", "  # North", "  # South", "# Law", "  # Courts", "  # Police"]
    assert _outline(_guess(body)) == expected


def test_lines_of_one_look_and_two_levels_are_not_selected_together() -> None:
    body = "".join(_line(f"Part {n}", size=size) + _BODY for n, size in enumerate([28, 24, 22, 28, 22]))
    advice = {finding.message.partition(":")[0]: finding.advice for finding in _read(body).findings}
    assert "Select All Text" in advice["2 paragraphs (bold, 14 pt) look like headings of level 1"]
    for level in (2, 3):
        assert advice[f"A paragraph (bold, 11 pt) looks like a heading of level {level}"] == (
            f"If so, give it the style Heading {level}; or export with --guess-headings."
        )
