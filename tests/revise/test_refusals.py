"""What cannot be changed has a sentence, and leaves the manuscript as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from exporter import model as m
from exporter.errors import SourceError
from exporter.model.walk import images
from exporter.revise import (
    AltText,
    CaptionParagraph,
    Change,
    DecorativeImage,
    FigureCaption,
    HeaderRows,
    HeadingLevel,
    Language,
    LongDescription,
    MetadataField,
    PassageLanguage,
    TableCaption,
    Title,
    TypedList,
    checked,
    docx,
    odt,
)
from exporter.revise.html.tags import set_attribute
from exporter.revise.markdown.front_matter import set_key
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import TextEdits
from tests.readers.docx.files import p, package, part, picture, row, table, zipped
from tests.report.test_word_comments import parts_of
from tests.revise import test_odt, test_text, test_word
from tests.revise.test_captions import PAGE
from tests.revise.test_text import at

NOTE = m.Source("manuscript.docx", anchor=99)
BREAK = "<w:r><w:t>• one</w:t><w:br/><w:t>• two</w:t></w:r>"
CONTROL = f"<w:sdt><w:sdtContent>{row('b')}</w:sdtContent></w:sdt>"
NO_LIST = "The lines could not be made a list."


def word(number: int) -> m.Source:
    return m.Source("manuscript.docx", anchor=number)


@pytest.mark.parametrize(
    "change",
    [
        AltText(NOTE, "A"),
        HeaderRows(NOTE, 1),
        HeadingLevel(NOTE, 2),
        TableCaption(NOTE, "A"),
        FigureCaption(NOTE, "A"),
        CaptionParagraph(NOTE, NOTE),
        TypedList(NOTE),
        PassageLanguage(NOTE, "es"),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_is_in_no_part_of_the_text_is_not_changed_in_word(tmp_path: Path, change: Change) -> None:
    data = package(p("Words."))
    revision, after = test_word.revised(tmp_path, data, change)
    assert after == data
    assert "a header or another file" in revision.results[0].reason


@pytest.mark.parametrize(
    ("body", "change", "reason"),
    [
        (p("Words.") + p(picture("")), FigureCaption(word(3), "A", old="B"), "The caption was not found in the text."),
        (p("Words."), HeadingLevel(word(1), 10), "Word has no heading of level 10."),
        (p("Words.") + p(picture("")), AltText(word(3), "A", 1), "The image is in a group"),
        (
            p("Words.") + p("<w:r><w:drawing><wp:inline/></w:drawing></w:r>"),
            AltText(word(3), "A"),
            "The drawing has no properties",
        ),
        (p("Words.") + p("<w:r><w:pict/></w:r>"), AltText(word(3), "A"), "The object has no image."),
        (p(f'<w:hyperlink w:anchor="a">{BREAK}</w:hyperlink>'), TypedList(word(1)), NO_LIST),
        (p(BREAK, properties="<w:sectPr/>"), TypedList(word(1)), NO_LIST),
        (p("<w:fldSimple w:instr='LISTNUM'><w:r><w:t>1) one</w:t></w:r></w:fldSimple>") + p("2) two"),
         TypedList(word(1), (word(2),)), NO_LIST),
        (
            p("Words.") + p(picture("")) + p("<w:r><w:t>A</w:t><w:tab/><w:t>b</w:t></w:r>", "Caption"),
            FigureCaption(word(3), "Ab", old="A b"),
            "The change is in what the program counts or fills in itself",
        ),
    ],
)  # fmt: skip
def test_what_word_files_cannot_contain_is_refused(tmp_path: Path, body: str, change: Change, reason: str) -> None:
    data = package(body)
    revision, after = test_word.revised(tmp_path, data, change)
    assert after == data
    assert revision.results[0].reason.startswith(reason)


def test_a_damaged_part_of_a_word_file_stops_only_what_needs_it() -> None:
    data = package(p("- one") + p("- two"), parts={"numbering.xml": "<w:numbering"})
    changes: list[Change] = [TypedList(word(1), (word(2),)), PassageLanguage(word(1), "es")]
    _, refusals = docx.apply(data, changes, "en")
    assert [refusal is None for refusal in refusals] == [False, True]


@pytest.mark.parametrize(
    ("body", "change", "after"),
    [
        (
            "<w:p><w:pPr/><w:r><w:t>A</w:t></w:r></w:p>",
            HeadingLevel(word(1), 2),
            '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>',
        ),
        (p("A", properties='<w:outlineLvl w:val="1"/>'), HeadingLevel(word(1), 0), "<w:pPr></w:pPr>"),
        (p("<w:r><w:pict><v:shapetype/><v:shape/></w:pict></w:r>"), AltText(word(2), "A"), '<v:shape alt="A"/>'),
        (
            p(picture('descr="A"').replace('descr="A"/>', 'descr="A"><a:extLst/></wp:docPr>')),
            DecorativeImage(word(2)),
            'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative',
        ),
        (
            p(picture('descr="A"').replace('descr="A"/>', 'descr="A"><adec:decorative val="0"/></wp:docPr>')),
            DecorativeImage(word(2)),
            'descr=""><adec:decorative val="1"/>',
        ),
        (
            table(row("a", header=True), row("b"), properties='<w:tblLook w:val="04A0" w:firstRow="1"/>'),
            HeaderRows(word(1), 0),
            '<w:tblLook w:val="0480" w:firstRow="0"/>',
        ),
        (
            table(row("a", header=True), row("b"), properties='<w:tblLook w:val="x"/>'),
            HeaderRows(word(1), 0),
            '<w:tblLook w:val="x"/>',
        ),
        (
            table(row("a", properties='<w:tblHeader w:val="0"/>'), CONTROL),
            HeaderRows(word(1), 1),
            '<w:tblHeader w:val="1"/>',
        ),
        (
            "<w:p><w:r><w:t>- one</w:t></w:r></w:p>" + p("- two", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
            TypedList(word(1), (word(2),)),
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        ),
    ],
)  # fmt: skip
def test_what_is_written_in_other_ways_in_word(tmp_path: Path, body: str, change: Change, after: str) -> None:
    revision, data = test_word.revised(tmp_path, package(body + p("The end.")), change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert after in parts_of(data)["word/document.xml"].decode()


def test_metadata_for_which_word_has_no_field_is_in_the_settings(tmp_path: Path) -> None:
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:style>'
    data = package(p("Words."), parts={"styles.xml": part("styles", style)})
    changes = [Language("es"), MetadataField("cover", {"source": "a.png"}), MetadataField("kind", "")]
    revision, after = test_word.revised(tmp_path, data, *changes)
    assert [result.file for result in revision.results] == ["manuscript.docx", "publication.toml", "manuscript.docx"]
    assert b'<w:lang w:val="es"/>' in parts_of(after)["word/styles.xml"]
    assert "docProps/custom.xml" not in parts_of(after)


@pytest.mark.parametrize(
    ("body", "change", "reason"),
    [
        ("<p>A</p>", AltText(at(4), "A"), "The image was not found in its line."),
        (
            '<p><img src="a.png" alt="A"></p>',
            FigureCaption(at(4), "A", old="B"),
            "The caption was not found in the page.",
        ),
        ("<p>- one</p>\n<h2>A</h2>\n<p>- two</p>", TypedList(at(4), (at(6),)), "The lines could not be made a list."),
        ("<p>- one</p>", TypedList(at(4)), "The lines could not be made a list."),
        ("<p>A</p>", PassageLanguage(at(0), "es"), "The language of this passage is not changed."),
        ("<p>A</p>", HeadingLevel(at(4), 2), "This is not changed in web pages."),
        ('<figure><img src="a.png" alt="A">', FigureCaption(at(4), "A"), "The figure has no end tag."),
    ],
)
def test_what_is_not_found_in_a_web_page(tmp_path: Path, body: str, change: Change, reason: str) -> None:
    revision, new = test_text.revised(tmp_path, PAGE.format(body), change, name="manuscript.html")
    assert new == PAGE.format(body)
    assert revision.results[0].reason.startswith(reason)


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        (
            '<html lang="en" xml:lang="en"><head></head><body><h1>A</h1><p>B</p></body></html>',
            Language("es"),
            '<html lang="es" xml:lang="es"><head></head><body><h1>A</h1><p>B</p></body></html>',
        ),
        (
            '<html lang="en"><head></head><body><p>B</p></body></html>',
            Title("A & b"),
            '<html lang="en"><head><title>A &amp; b</title></head><body><p>B</p></body></html>',
        ),
        (
            '<html lang="en"><body><h1>A</h1>\n<p xml:lang="en">B</p></body></html>',
            PassageLanguage(at(2), "es"),
            '<html lang="en"><body><h1>A</h1>\n<p lang="es" xml:lang="es">B</p></body></html>',
        ),
        (
            '<html lang="en"><body><h1>A</h1>\n<p>- one<br>more<br>- two</p></body></html>',
            TypedList(at(2)),
            '<html lang="en"><body><h1>A</h1>\n<ul>\n<li>one<br>\nmore</li>\n<li>two</li>\n</ul></body></html>',
        ),
        ("<h1>A</h1><p>B</p>", Language("es"), None),
    ],
)
def test_what_is_written_in_other_ways_in_a_web_page(
    tmp_path: Path, text: str, change: Change, after: str | None
) -> None:
    revision, new = test_text.revised(tmp_path, text, change, name="manuscript.html")
    assert revision.results[0].file == ("publication.toml" if after is None else "manuscript.html"), revision.results
    assert new == (after or text)


PIPES = "| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.mark.parametrize(
    ("body", "change", "reason"),
    [
        ("Words.", HeadingLevel(at(3), 7), "Markdown has no heading of level 7."),
        (
            "<table><tr><td>a<td>b<tr><td>1<td>2</table>",
            HeaderRows(at(3), 1),
            "The header rows of such a table are not",
        ),
        ("| | |\n|---|---|\n", HeaderRows(at(3), 1), "The table has no rows."),
        ("> | a | b |\n> |---|---|\n", TableCaption(at(3), "A"), "The caption of such a table is not changed."),
        ('![A](a.png "B")', FigureCaption(at(3), "D", old="C"), "The caption was not found as it was read."),
        (f"Table: A, b\n\n{PIPES}", TableCaption(at(5), "D", old="A b"), "The caption was not found as it was read."),
        (PIPES, TableCaption(at(3), "D", old="A b"), "The caption was not found as it was read."),
        ('<img src="a.png" alt="A">', FigureCaption(at(3), "B"), "The image is written as HTML."),
        ("Words ![A](a.png)", LongDescription(at(3), "B"), "The image is not in a paragraph of its own."),
        (
            "![A](a.png)\n\n::: description\nB",
            LongDescription(at(3), "C"),
            "The long description below the image has no",
        ),
        ("![A](a.png)\n![B](a.png)", AltText(at(3), "C", 2), "The image was not found in its line."),
        ("> • one\n>\n> • two", TypedList(at(3), (at(5),)), NO_LIST),
        ("![x ![A](a.png)", AltText(at(3), "B"), "The image was not found in its line."),
    ],
)
def test_what_is_not_changed_in_markdown(tmp_path: Path, body: str, change: Change, reason: str) -> None:
    text = f"# A\n\n{body}\n"
    revision, new = test_text.revised(tmp_path, text, change)
    assert new == text
    assert revision.results[0].reason.startswith(reason)


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        ("# A\n\n![A\nb [c]](a.png)\nmore\n", AltText(at(3), "D"), "# A\n\n![D](a.png)\nmore\n"),
        (f"# A\n\n{PIPES}", HeaderRows(at(3), 1), f"# A\n\n{PIPES}"),
        ("# A\n\n![A](a.png)\n", LongDescription(at(3), " "), "# A\n\n![A](a.png)\n"),
        (
            "# A\n\n![A](a.png)\n![B](b.png)\n",
            LongDescription(at(3), "C"),
            "# A\n\n![A](a.png)\n![B](b.png)\n\n::: description\nC\n:::\n",
        ),
        ("# A\n\nWords.\n", HeadingLevel(at(3), 0), "# A\n\nWords.\n"),
        ("# A\n\nWords.\n", MetadataField("kind", ""), "# A\n\nWords.\n"),
        (
            "---\nlang: en\n---\n\n# A\n",
            MetadataField("cover", {"source": "a.png", "decorative": True}),
            '---\nlang: en\ncover: {image: "a.png", decorative: true}\n---\n\n# A\n',
        ),
        ("---\nlang: en\n---\n\n# A\n", MetadataField("lang", "es"), "---\nlang: es\n---\n\n# A\n"),
        ("---\ntitle: A\n---\n\nWords.\n", MetadataField("title", "B"), "---\ntitle: B\n---\n\nWords.\n"),
    ],
)
def test_what_is_written_in_other_ways_in_markdown(tmp_path: Path, text: str, change: Change, after: str) -> None:
    revision, new = test_text.revised(tmp_path, text, change)
    assert revision.results[0].is_applied, revision.results[0].reason
    assert new == after


def test_another_coding_than_utf_8_and_an_empty_title_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "manuscript.html"
    path.write_bytes(PAGE.format('<p>Água <img src="a.png"></p>').encode("latin-1"))
    revision = test_text.revise(path, [AltText(at(4), "A"), Title("")])
    assert revision.results[0].reason == "The file is not in UTF-8. Save it as UTF-8 and try again."
    assert revision.results[1].reason == "The title is empty. Write it."
    assert not revision.files


ODT = {**test_odt.FILES, "content.xml": test_odt.TEXT}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (HeadingLevel(m.Source("a.odt", anchor=1), 2), "This is not changed in .odt files."),
        (TableCaption(m.Source("a.odt", anchor=4), "B", old="A"), "The caption was not found in the text."),
        (PassageLanguage(m.Source("a.odt", anchor=1), "es", "no such"), "The passage was not found in the file."),
        (PassageLanguage(m.Source("a.odt", anchor=7), "es"), "The passage was not found in the file."),
        (TypedList(m.Source("a.odt", anchor=1)), "The lines could not be made a list."),
    ],
)
def test_what_is_not_changed_in_an_open_document(change: Change, reason: str) -> None:
    data = zipped(ODT)
    after, (refusal,) = odt.apply(data, test_odt.TREE, [change])
    assert after == data
    assert str(refusal).startswith(reason)


def test_an_image_of_an_open_document_in_no_paragraph_has_no_caption() -> None:
    data = zipped(test_odt.FILES)
    after, (refusal,) = odt.apply(data, test_odt.BEFORE, [FigureCaption(test_odt.SOURCES[0], "A")])
    assert after == data
    assert str(refusal).startswith("The image is in no paragraph.")


def test_the_first_image_of_a_list_of_changes_counts_once(tmp_path: Path) -> None:
    data = package(p(picture("")))
    source = test_word.source_of(next(images(test_word.read_again(data))))
    revision, _ = test_word.revised(tmp_path, data, AltText(source, "A"), DecorativeImage(source))
    assert [result.reason for result in revision.results] == ["A later change is about the same.", ""]


def changed_tree(*blocks: m.Block) -> m.Publication:
    return m.Publication(metadata=m.Metadata(), body=blocks)


def placed(line: int) -> m.At:
    return m.At(source=m.Source("manuscript.md", line))


def table_of(line: int, *, head: bool = False, caption: str = "") -> m.Table:
    rows = (m.Row((m.Cell((m.Paragraph((m.Text("a"),)),)),)),)
    return m.Table(
        at=placed(line),
        columns=(m.Column(),),
        head=rows if head else (),
        bodies=(() if head else rows,),
        caption=(m.Text(caption),) if caption else (),
    )


FIGURE = m.Figure(at=placed(9), images=(m.Image(at=placed(9), source="a.png", alt=m.Undescribed()),))
LONG = LongDescription(at(9), "Long.")


@pytest.mark.parametrize(
    ("change", "before", "after", "is_right"),
    [
        (HeaderRows(at(1), 1), (table_of(1), table_of(2)), (table_of(1, head=True), table_of(2)), True),
        (HeaderRows(at(1), 1), (table_of(1), table_of(2)), (table_of(1), table_of(2)), False),
        (HeaderRows(at(1), 1), (table_of(1), table_of(2)), (table_of(1, head=True), table_of(2, head=True)), False),
        (TableCaption(at(1), "A"), (table_of(1), table_of(2)), (table_of(1, caption="A"), table_of(2)), True),
        (TableCaption(at(1), "A"), (table_of(1), table_of(2)), (table_of(1), table_of(2, caption="A")), False),
        (TableCaption(at(1), "A"), (table_of(1),), (table_of(1, caption="A"), FIGURE), False),
        (LONG, (FIGURE,), (FIGURE,), False),
        (PassageLanguage(at(7), "es"), (table_of(1),), (table_of(1),), True),
    ],
)
def test_what_a_change_has_done_is_seen_in_the_tree(
    change: Change, before: tuple[m.Block, ...], after: tuple[m.Block, ...], is_right: bool
) -> None:
    wrong = checked.wrong_changes(changed_tree(*before), changed_tree(*after), [change])
    assert list(wrong) == ([] if is_right else [change])


def test_a_manuscript_that_could_not_be_read_afterwards_is_not_changed() -> None:
    def attempt(changes: Sequence[Change]) -> tuple[bytes, Sequence[None]]:
        return b"B" if changes else b"A", [None] * len(changes)

    def read(_data: bytes) -> m.Publication:
        raise SourceError("It cannot be read.")

    after, refusals = checked.apply(
        b"A", [AltText(at(1), "A")], changed_tree(), attempt, read, check=checked.wrong_changes
    )
    assert after == b"A"
    assert str(refusals[0]).startswith("It is written in an unusual form.")


@pytest.mark.parametrize(
    ("name", "value", "part_name", "content"),
    [
        ("kind", "report", "docProps/custom.xml", ">report</vt:lpwstr>"),
        ("contact", "a@example.org", "", ""),
    ],
)
def test_a_part_of_properties_is_added(name: str, value: str, part_name: str, content: str) -> None:
    after, (refusal,) = docx.apply(package(p("Words.")), [MetadataField(name, value)], "en")
    assert (refusal is None) == bool(part_name)
    assert not part_name or content in parts_of(after)[part_name].decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: A\n", "The front matter has no end."),
        ("---\n- a\n---\n", "The front matter is not a list of keys."),
        ("---\n{title: A}\n---\n", "The front matter is not a list of keys."),
    ],
)
def test_front_matter_in_another_form_is_not_changed(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        set_key(TextEdits(text.encode()), "kind", "report")


def test_two_changes_of_the_same_words_in_markdown_are_not_mixed(tmp_path: Path) -> None:
    text = "# A\n\nEl agua.\n"
    revision, new = test_text.revised(tmp_path, text, HeadingLevel(at(3), 2), PassageLanguage(at(3), "es"))
    assert new == "# A\n\n## El agua.\n"
    assert revision.results[1].reason == "Another change is at the same position. Make this one afterwards."


def test_a_tag_without_an_end_is_not_changed() -> None:
    with pytest.raises(RefusedError, match="A tag is not closed"):
        set_attribute(TextEdits(b"<p>A <img src="), 5, "alt", "A")


def test_an_open_document_without_styles_or_metadata_or_with_other_words_is_not_changed() -> None:
    source = m.Source("a.odt", anchor=1)
    other = test_odt.TEXT.replace("It is ", "It was ")
    bare = test_odt.TEXT.replace("<o:automatic-styles><o:s/></o:automatic-styles>", "")
    for content, change in ((other, PassageLanguage(source, "es")), (bare, PassageLanguage(source, "es"))):
        data = zipped({**test_odt.FILES, "content.xml": content})
        after, (refusal,) = odt.apply(data, test_odt.TREE, [change])
        assert after == data
        assert str(refusal).startswith("The passage was not found in the file.")
    data = zipped({**test_odt.FILES, "meta.xml": test_odt.META.replace("<o:meta/>", "")})
    _, (refusal,) = odt.apply(data, test_odt.BEFORE, [Title("A")])
    assert str(refusal).startswith("The file has no metadata.")


def test_an_image_in_a_text_box_of_word_gets_no_caption(tmp_path: Path) -> None:
    content = f"<wps:wsp><wps:txbx><w:txbxContent>{p(picture(''))}</w:txbxContent></wps:txbx></wps:wsp>"
    anchor = f"<wp:anchor><wp:docPr id='5' name='B'/><a:graphic>{content}</a:graphic></wp:anchor>"
    box = f"<w:r><w:drawing>{anchor}</w:drawing></w:r>"
    data = package(p("Words.") + p(box))
    source = test_word.source_of(next(images(test_word.read_again(data))))
    revision, after = test_word.revised(tmp_path, data, FigureCaption(source, "A"))
    assert after == data
    assert revision.results[0].reason.startswith("The image is in a text box.")


def test_fields_are_set_in_and_removed_from_the_settings(tmp_path: Path) -> None:
    settings = tmp_path / "publication.toml"
    settings.write_text('[metadata]\nkind = "report"\n')
    page = PAGE.format("<p>A</p>").replace("<head><title>A</title></head>", "")
    changes = [Title("New"), MetadataField("date", "2026-03-31"), MetadataField("kind", "")]
    revision, new = test_text.revised(tmp_path, page, *changes, name="manuscript.html")
    assert [result.file for result in revision.results] == ["publication.toml"] * 3, revision.results
    assert new == page
    assert revision.files["publication.toml"].decode() == '[metadata]\ntitle = "New"\ndate = 2026-03-31\n'
