"""Titles, what stands above them, and headings in tables that only place them."""

from __future__ import annotations

import pytest

from exporter.model import Aside, Section
from exporter.model.walk import plain_text
from tests.readers.docx.files import cell, custom_properties, p, picture, r, read, row, style, table
from tests.readers.docx.outlines import blocks, front, rules

_TEXT = "People wait for two years before a court hears them, and nobody knows why."
_TITLE = p("The waiting room", "Title")
_CHAPTERS = p("One", "Heading1") + p(_TEXT) + p("Two", "Heading1") + p(_TEXT)
_OUTLINE = ["# One", f"  {_TEXT}", "# Two", f"  {_TEXT}"]


def _core(title: str) -> dict[str, str]:
    return {
        "/docProps/core.xml": (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        )
    }


def _text_box(inner: str) -> str:
    shape = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return f"<w:p><w:r>{shape}</w:r></w:p>"


def _control(content: str, binding: str = "", gallery: str = "") -> str:
    bound = f'<w:dataBinding w:xpath="{binding}" w:storeItemID="{{1}}"/>' if binding else ""
    bound += f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        (p(picture()), ["figure !A blue square! "]),
        (p("Ministry of Health") + p("March 2026"), ["Ministry of Health", "March 2026"]),
        (p("Ministry of Health", "Heading1"), ["Ministry of Health"]),
        (p(picture(), "Title"), ["figure !A blue square! "]),
        (table(row("Ministry", "Health")), ["table ", "  body: Ministry | Health"]),
        (p("Foreword", "Heading1") + p(f"{_TEXT} " * 5), ["# Foreword", f"  {_TEXT} " * 5]),
    ],
)
def test_what_is_above_the_title_is_front_matter(above: str, lines: list[str]) -> None:
    read_ = read(above + _TITLE + p("A report", "Subtitle") + _CHAPTERS)
    metadata = read_.publication.metadata
    assert (metadata.title, metadata.subtitle) == ("The waiting room", "A report")
    assert [" ".join(line.split()) for line in front(read_)] == [" ".join(line.split()) for line in lines]
    assert blocks(read_) == _OUTLINE


@pytest.mark.parametrize(
    "cover",
    [
        _text_box(p("Ministry") + _TITLE),
        _control(p("Ministry") + _TITLE),
        _control(p(_control(r("The waiting room"), "/ns1:coreProperties[1]/ns0:title[1]"))),
        p(_control(r("The waiting room"), "/ns1:coreProperties[1]/ns0:title[1]"), "NoSpacing"),
        table(row(cell(p(picture()) + _TITLE + p("Ministry")))),
        table(row("Ministry"), row(cell(_TITLE)), row("2026")),
        table(row("Ministry", cell(_TITLE))),
        _TITLE + p("A report", "Subtitle") + p("The Waiting Room", "Title"),
        p("The waiting", "Title") + p("room", "Title"),
        p("The waiting room", "Titel"),
        p("The waiting room", "a7"),
    ],
)
def test_the_title_is_taken_from_wherever_it_stands(cover: str) -> None:
    styles = style("Titel", "Titel") + style("a7", "Título")
    read_ = read(cover + _CHAPTERS, styles=styles, parts=_core("Annual template"))
    assert read_.publication.metadata.title == "The waiting room"
    assert blocks(read_)[-4:] == _OUTLINE
    assert "The waiting room" not in plain_text((*read_.publication.front, *read_.publication.body))


def test_the_date_in_a_box_of_the_cover_is_that_of_the_publication() -> None:
    date = p(_control(r("12 March 2026"), "/ns0:CoverPageProperties[1]/ns0:PublishDate[1]"))
    read_ = read(_text_box(_TITLE) + _text_box(p("Open Record") + date) + _CHAPTERS)
    assert str(read_.publication.metadata.date) == "2026-03-12"
    assert (front(read_), blocks(read_)) == (["Open Record"], _OUTLINE)
    later = read(_TITLE + _CHAPTERS + _text_box(p("Open Record") + p("12 March 2026", "Date")), styles=style("Date"))
    assert blocks(later)[-3:] == ["  box ", "    Open Record", "    12 March 2026"]


@pytest.mark.parametrize(
    "above",
    ["", p("Words."), p("Words.") + _TITLE, _TITLE + p("Words."), _TITLE + table(row("a", "b"), row("c", "d"))],
)
@pytest.mark.parametrize("inside", [p("Deadline") + p("12 March 2026", "Date"), p("Key facts", "Subtitle") + p("One.")])
def test_a_date_or_a_subtitle_in_a_box_of_the_text_is_that_of_the_box(above: str, inside: str) -> None:
    read_ = read(above + _text_box(inside) + _CHAPTERS, styles=style("Date") + style("Subtitle"))
    metadata = read_.publication.metadata
    assert (metadata.date, metadata.subtitle) == (None, "")
    assert "box " in [line.strip(" ") + " " for line in (*front(read_), *blocks(read_))]


def test_a_box_adds_no_second_subtitle_and_a_letter_in_a_box_no_date() -> None:
    cover = _TITLE + p("A report", "Subtitle")
    box = _text_box(p("Key facts", "Subtitle") + p("One."))
    assert read(cover + box + _CHAPTERS, styles=style("Subtitle")).publication.metadata.subtitle == "A report"
    letter = _text_box(p("Lima, 12 March 2026", "Date") + p("word " * 30))
    assert read(_TITLE + letter + _CHAPTERS, styles=style("Date")).publication.metadata.date is None


_AUTHOR = _control(r("m.kovacs2"), "/ns0:coreProperties[1]/ns1:creator[1]")


def _cover(inner: str) -> str:
    return _control(inner, gallery="Cover Pages")


def test_the_author_of_the_file_on_a_cover_is_left_out_and_reported() -> None:
    author = p() + p(_AUTHOR + '<w:r><w:br w:type="page"/></w:r>', "NoSpacing") + p()
    read_ = read(_cover(_TITLE + p("A few words.") + author) + p("Open Record") + _CHAPTERS)
    assert [finding.message for finding in read_.findings if finding.rule in ("not-read", "word-empty-paragraphs")] == [
        "The author of the file on the cover was ignored: “m.kovacs2”."
    ]
    assert blocks(read_)[:3] == ["A few words.", "page", "Open Record"]
    assert read_.publication.metadata.authors == ()


@pytest.mark.parametrize(
    "body",
    [
        _cover(_TITLE) + p("The author", "Heading1") + p(_AUTHOR),
        _cover(_TITLE + p(picture() + _AUTHOR)),
        _cover(_TITLE + table(row("Author", cell(p(_AUTHOR))), row("Date", "2020"))),
        _cover(_TITLE) + p(_AUTHOR + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    ],
)
def test_the_author_of_the_file_is_kept_in_the_text_and_beside_other_content(body: str) -> None:
    publication = read(body + _CHAPTERS).publication
    assert "kovacs" in plain_text((*publication.front, *publication.body))


def test_a_line_of_contents_that_repeats_the_title_is_no_author() -> None:
    line = p(_control(r("The waiting room"), "/ns1:coreProperties[1]/ns0:title[1]"), "TOC1")
    assert not any("author" in f.message for f in read(line + _CHAPTERS, styles=style("TOC1", "toc 1")).findings)


def test_other_lines_of_a_title_page_are_front_matter() -> None:
    read_ = read(_TITLE + p("Volume 2") + p("A report", "Subtitle") + p("A first paragraph.") + _CHAPTERS)
    assert (front(read_), blocks(read_)) == (["Volume 2"], ["A first paragraph.", *_OUTLINE])


def test_a_title_of_the_properties_is_not_printed_twice() -> None:
    for line in (p(r("THE WAITING ROOM", "<w:b/>")), p("The waiting room", "Heading1")):
        read_ = read(p("Ministry") + line + _CHAPTERS, parts=_core("The waiting room"))
        assert read_.publication.metadata.title.casefold() == "the waiting room"
        assert (front(read_), blocks(read_)) == (["Ministry"], _OUTLINE)
    read_ = read(p("The waiting room"), parts=_core("The waiting room"))
    assert blocks(read_) == ["The waiting room"]


def test_a_subtitle_and_a_date_that_cannot_be_read_are_kept() -> None:
    read_ = read(p("A report", "Subtitle") + p("Spring", "Date") + _CHAPTERS)
    assert (read_.publication.metadata.title, read_.publication.metadata.subtitle) == ("", "A report")
    assert blocks(read_) == ["Spring", *_OUTLINE]


def test_words_beside_a_date_are_kept() -> None:
    read_ = read(_TITLE + p("Amman, 11 May 2017", "Date") + _CHAPTERS)
    assert (str(read_.publication.metadata.date), front(read_)) == ("2017-05-11", ["Amman, 11 May 2017"])
    read_ = read(_TITLE + p("Date: 11 May 2017", "Date") + _CHAPTERS)
    assert (str(read_.publication.metadata.date), front(read_)) == ("2017-05-11", [])


def test_parts_in_the_style_title_are_chapters_beside_the_others() -> None:
    read_ = read(_TITLE + _CHAPTERS + p("Annex", "Title") + p(_TEXT))
    assert blocks(read_) == [*_OUTLINE, "# Annex", f"  {_TEXT}"]
    assert rules(read_) == ["word-title-again"]


def test_headings_in_layout_tables_are_headings_of_the_text() -> None:
    chapters = [
        table(row(cell(p(number, "Heading1") + p("Where it began.")))) + p(_TEXT) + p("Method", "Heading2") + p(_TEXT)
        for number in ("One", "Two")
    ]
    read_ = read("".join(chapters) + table(row(p(picture()), cell(p("Three", "Heading1")))) + p(_TEXT))
    tops = [block for block in read_.publication.body if isinstance(block, Section)]
    assert [plain_text(top.title) for top in tops] == ["One", "Two", "Three"]
    assert [isinstance(top.children[-1], Section) for top in tops] == [True, True, False]


_BOX = p("Key facts", "Heading2") + p("Two years.")


@pytest.mark.parametrize("box", [table(row(cell(_BOX))), _text_box(_BOX)])
def test_a_box_with_a_heading_stays_a_box(box: str) -> None:
    body = p("One", "Heading1") + p(_TEXT) + box + p(_TEXT) + p("Method", "Heading2") + p(_TEXT)
    (section,) = [block for block in read(_TITLE + body).publication.body if isinstance(block, Section)]
    (aside,) = [block for block in section.children if isinstance(block, Aside)]
    assert plain_text(aside.title) == "Key facts"
    assert plain_text(section.children[-1].title) == "Method"  # type: ignore[attr-defined]


def test_headings_in_a_data_table_are_header_cells_or_text() -> None:
    heads = row(cell(p("District", "Heading3")), cell(p("Cases", "Heading3")))
    read_ = read(p("One", "Heading1") + table(heads, row("North", "12"), row(cell(p("South", "Heading3")), "9")))
    assert blocks(read_)[2:] == ["    head: District col | Cases col", "    body: North | 12", "    body: South | 9"]
    assert rules(read_) == []


def test_the_text_of_every_body_is_read() -> None:
    more = f"</w:body><w:body>{p('Two', 'Heading1')}{p(_TEXT)}"
    assert blocks(read(p("One", "Heading1") + p(_TEXT) + more)) == _OUTLINE


@pytest.mark.parametrize("between", ["", p("x", "Heading1") + p(_TEXT)], ids=["on the title page", "in the text"])
def test_a_title_that_is_left_out_since_it_is_repeated_is_said(between: str) -> None:
    read_ = read(_TITLE + between + _TITLE + _CHAPTERS)
    assert rules(read_) == ["word-title-twice"]
    assert read_.publication.metadata.title == "The waiting room"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("3 March 2026", "2026-03-03"),
        ("Tuesday, 3rd of March 2026", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("2026年3月3日", "2026-03-03"),
        ("二〇二六年十二月二十三日", "2026-12-23"),
        ("Geneva, 3 March 2026", None),
        ("March 2026", None),
    ],
)
def test_a_date_alone_above_the_title_is_the_date(line: str, date: str | None) -> None:
    read_ = read(p(line) + _TITLE + _CHAPTERS)
    assert (str(read_.publication.metadata.date), front(read_)) == ((date, []) if date else ("None", [line]))


def test_a_date_is_read_in_a_region_whose_names_of_months_are_unknown() -> None:
    there = p(r("3 March 2026", '<w:lang w:val="en-CN"/>'))
    chapters = p("One", "Heading1") + p(r(_TEXT, '<w:lang w:val="en-CN"/>'))
    read_ = read(there + _TITLE + chapters)
    assert (str(read_.publication.metadata.date), read_.publication.metadata.language) == ("2026-03-03", "en-CN")


_ORGANISATION = p("Housing Now", "Title")
_LARGE = p(r("The waiting room", '<w:b/><w:sz w:val="56"/>'))
_SMALL_TITLE = style("Title", "Title", '<w:rPr><w:sz w:val="52"/></w:rPr>')


def test_a_larger_line_than_the_one_with_the_style_title_is_asked_about() -> None:
    read_ = read(_ORGANISATION + _LARGE + _CHAPTERS, styles=_SMALL_TITLE)
    (finding,) = read_.findings
    assert finding.message == "“Housing Now” has the style Title, but “The waiting room” is larger (bold, 28 pt)."
    assert finding.rule == "word-title-doubtful"
    assert read_.publication.metadata.title == "Housing Now"


@pytest.mark.parametrize(
    "body",
    [
        _ORGANISATION + p(r("March 2026", '<w:sz w:val="52"/>')) + _CHAPTERS,
        _ORGANISATION + p(r("2026", '<w:sz w:val="96"/>')) + _CHAPTERS,
        _ORGANISATION + p("One", "Heading1") + _LARGE + p(_TEXT),
        _ORGANISATION + _LARGE.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Subtitle"/></w:pPr>') + _CHAPTERS,
        _ORGANISATION + p(_TEXT) * 20 + _LARGE + p(_TEXT),
    ],
)
def test_other_large_lines_are_not_asked_about(body: str) -> None:
    assert "word-title-doubtful" not in rules(read(body, styles=_SMALL_TITLE))


def test_a_title_that_is_set_is_the_larger_line_that_says_the_same() -> None:
    read_ = read(_ORGANISATION + _LARGE + _CHAPTERS, styles=_SMALL_TITLE, parts=_core("The Waiting Room"))
    assert rules(read_) == []
    assert read_.publication.metadata.title == "The waiting room"
    assert (front(read_), blocks(read_)) == (["Housing Now"], _OUTLINE)


def test_a_subtitle_that_is_set_is_the_line_below_the_title_that_says_the_same() -> None:
    line, parts = p("Courts and time"), {"/docProps/custom.xml": custom_properties(Subtitle="Courts and time")}
    read_ = read(_TITLE + line + _CHAPTERS + line, parts=parts)
    assert read_.publication.metadata.subtitle == "Courts and time"
    assert blocks(read_) == [*_OUTLINE, "  Courts and time"]


def test_a_line_without_words_below_the_title_is_no_subtitle() -> None:
    read_ = read(_TITLE + p("* * *") + p("Early dusk") + _CHAPTERS)
    assert read_.publication.metadata.subtitle == ""
    assert [*front(read_), *blocks(read_)] == ["break", "Early dusk", *_OUTLINE]
    read_ = read(_TITLE + p(picture()) + p("Figure 1: A square", "Caption") + _CHAPTERS)
    assert rules(read_) == []
    assert [*front(read_), *blocks(read_)] == ["figure !A blue square! Figure 1: A square", *_OUTLINE]
