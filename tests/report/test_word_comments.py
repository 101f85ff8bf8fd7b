"""Findings as comments in a copy of a Word file: where they stand, and that nothing else is changed."""

from __future__ import annotations

import io
import re
import zipfile

import docx as python_docx
import pytest

from exporter.inspect.docx import DocxError
from exporter.model.walk import images
from exporter.readers import docx
from exporter.report.word_comments import Comment, add_comments, is_unchanged_copy
from tests.readers.docx.files import W, p, package, part, picture, r, read, row, table, zipped
from tests.write_context import STYLES

DATE = "2026-03-01T00:00:00Z"
BODY = (
    p("The title", "Title")
    + p("One", "Heading1")
    + p(r("Text before ") + picture('descr=""'))
    + "<w:p/>"
    + table(row("a", "b"))
    + "<w:sectPr/>"
)
PERSON = (
    '<w:comment w:id="4" w:author="Inés" w:initials="I"><w:p w14:paraId="0000000A"><w:r><w:t>Is this right?</w:t></w:r>'
    "</w:p></w:comment>"
)
ASKED = (
    '<w:commentRangeStart w:id="4"/><w:r><w:t>Text</w:t></w:r><w:commentRangeEnd w:id="4"/>'
    '<w:r><w:commentReference w:id="4"/></w:r>'
)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    return zipped({**parts_of(data), name: content})


def with_damage(data: bytes) -> bytes:
    """Return a file with another byte in its picture."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/media/a.png").header_offset + 60
    return data[:start] + bytes([data[start] ^ 255]) + data[start + 1 :]


def commented(data: bytes, *anchors: int) -> bytes:
    return add_comments(data, [Comment(anchor, (f"About {anchor}.", "Do it.")) for anchor in anchors], DATE)


@pytest.mark.parametrize("strict", [False, True])
def test_comments_enclose_the_paragraph_or_the_picture_and_nothing_else_changes(strict: bool) -> None:
    data = package(BODY, strict=strict)
    before, after = parts_of(data), parts_of(commented(data, 4, 2, 5, 6))
    assert {name for name in after if after[name] != before.get(name)} == {
        "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml",
    }  # fmt: skip
    marks = [
        (
            f'<w:commentRangeStart w:id="{n}"/>',
            f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>',
        )
        for n in range(4)
    ]
    document = after["word/document.xml"].decode()
    assert f"Text before </w:t></w:r>{marks[0][0]}<w:r><w:drawing>" in document
    assert f"</w:drawing></w:r>{marks[0][1]}</w:p>" in document
    assert f'<w:pStyle w:val="Heading1"/></w:pPr>{marks[1][0]}' in document
    assert f"<w:p>{marks[2][0]}{marks[2][1]}</w:p>" in document
    assert f"<w:tc><w:tcPr></w:tcPr><w:p><w:pPr></w:pPr>{marks[3][0]}" in document
    for start, end in marks:
        document = document.replace(start, "").replace(end, "")
    assert document.replace("<w:p></w:p>", "<w:p/>").encode() == before["word/document.xml"]


def test_other_programs_read_the_comments() -> None:
    comments = list(python_docx.Document(io.BytesIO(commented(package(BODY), 4, 0))).comments)
    assert [(comment.author, comment.initials, comment.text) for comment in comments] == [
        ("exporter", "exp", "About 4.\nDo it."),
        ("exporter", "exp", "About 0.\nDo it."),
    ]


def test_a_finding_without_a_place_stands_at_the_first_paragraph_with_text() -> None:
    document = parts_of(commented(package("<w:p/>" + BODY), 0, 999))["word/document.xml"].decode()
    assert '<w:pStyle w:val="Title"/></w:pPr><w:commentRangeStart w:id="0"/><w:commentRangeStart w:id="1"/>' in document


def test_a_second_run_writes_the_same_bytes_where_ranges_meet() -> None:
    data = package(p(picture() + picture()) + "<w:sectPr/>")
    assert commented(commented(data, 1, 2, 3), 1, 2, 3) == commented(data, 1, 2, 3) != commented(data, 3, 2, 1)


def test_a_file_without_paragraphs_has_no_place_for_comments() -> None:
    assert list(python_docx.Document(io.BytesIO(commented(package("<w:sectPr/>"), 0))).comments) == []


def test_comments_of_an_earlier_copy_are_replaced_and_those_of_people_stay() -> None:
    data = package(p(ASKED) + BODY, parts={"comments.xml": part("comments", PERSON)})
    once = commented(data, 1, 3)
    assert commented(once, 1, 3) == once
    fewer = commented(once, 3)
    assert fewer == commented(data, 3)
    authors = re.findall('w:author="(.*?)"', parts_of(once)["word/comments.xml"].decode())
    assert authors == ["Inés", "exporter", "exporter"]
    assert parts_of(commented(once))["word/document.xml"] == parts_of(data)["word/document.xml"]
    assert PERSON in parts_of(once)["word/comments.xml"].decode()


def test_the_comments_are_replaced_after_word_has_saved_the_copy() -> None:
    """Word gives the run a style and the comments paragraph numbers, which other parts list."""
    reply = '<w:comment w:id="1" w:author="Inés"><w:p w14:paraId="0000000C"/></w:comment>'
    own = '<w:comment w:id="0" w:author="exporter"><w:p w14:paraId="0000000B"/></w:comment>'
    text = (
        '<w:commentRangeStart w:id="0"/><w:commentRangeStart w:id="1"/><w:r><w:t>Text</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r w:rsidR="00A1"><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        '<w:commentReference w:id="0"/></w:r><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    w15, cid = (
        f"http://schemas.microsoft.com/office/word/{year}/wordml{tail}" for year, tail in ((2012, ""), (2016, "/cid"))
    )
    parts = {
        "comments.xml": part("comments", own + reply),
        "commentsExtended.xml": f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="0000000B" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0000000C" w15:paraIdParent="0000000B" w15:done="0"/></w15:commentsEx>',
        "commentsIds.xml": f'<c:commentsIds xmlns:c="{cid}"><c:commentId c:paraId="0000000B" c:durableId="1"/>'
        "</c:commentsIds>",
        "commentsExtensible.xml": f'<x:commentsExtensible xmlns:x="{cid}"><x:commentExtensible x:durableId="1"><x:e/>'
        "</x:commentExtensible></x:commentsExtensible>",
    }
    after = {
        name: data.decode("utf-8", "replace")
        for name, data in parts_of(commented(package(p(text), parts=parts))).items()
    }
    assert (
        '<w:commentRangeStart w:id="1"/><w:r><w:t>Text</w:t></w:r><w:commentRangeEnd w:id="1"/>'
        in after["word/document.xml"]
    )
    assert "CommentReference" not in after["word/document.xml"]
    assert reply in after["word/comments.xml"]
    assert own not in after["word/comments.xml"]
    assert "0000000B" not in "".join(after.values())
    assert '<w15:commentEx w15:paraId="0000000C" w15:done="0"/>' in after["word/commentsExtended.xml"]
    assert f'<x:commentsExtensible xmlns:x="{cid}"></x:commentsExtensible>' == after["word/commentsExtensible.xml"]


def test_a_copy_is_recognised_until_somebody_changes_it() -> None:
    data = package(BODY)
    copy = commented(data, 1)
    assert is_unchanged_copy(copy)
    assert not is_unchanged_copy(data)
    document = parts_of(copy)["word/document.xml"]
    assert not is_unchanged_copy(with_part(copy, "word/document.xml", document.replace(b"The title", b"A title")))
    assert not is_unchanged_copy(b"no archive")


UNPREFIXED = f'<document xmlns="{W}"><body><p><r><t>x</t></r></p><p/></body></document>'
PLAIN = parts_of(package(BODY))["word/document.xml"]
FILES = {
    "UTF-16": with_part(package(BODY), "word/document.xml", PLAIN.decode().encode("utf-16")),
    "no prefix": with_part(package(BODY), "word/document.xml", UNPREFIXED),
    "no relationships": zipped(
        {name: data for name, data in parts_of(package(p("x"))).items() if "document.xml.rels" not in name}
    ),
    "other name": with_part(package(BODY), "word/comments.xml", "<of-no-document/>"),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_files_of_other_programs_can_have_comments(data: bytes) -> None:
    copy = commented(data, 1, 2)
    assert len(list(python_docx.Document(io.BytesIO(copy)).comments)) == 2
    document = parts_of(copy)["word/document.xml"]
    assert document.count(b"commentReference") == 2
    assert commented(copy, 1, 2) == copy
    assert docx.read(copy, "m.docx", STYLES).publication == docx.read(data, "m.docx", STYLES).publication


FLAT = (
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{PLAIN.decode()}</pkg:xmlData></pkg:part></pkg:package>'
)


@pytest.mark.parametrize("data", [b"", b"PK", zipped({"a.txt": "x"}), FLAT.encode(), with_damage(package(BODY))])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(DocxError):
        commented(data, 1)


def test_what_is_read_has_the_numbers_of_its_paragraphs_and_pictures() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>'
    body = (
        p("One", "Heading1")
        + p(r("x") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + table(row(p(picture()), "b", "c"))
    )
    publication = read(body, parts={"footnotes.xml": part("footnotes", note)}).publication
    section = publication.body[0]
    assert [node.at.source.anchor for node in (section, *section.children)] == [1, 2, 3]
    assert [image.at.source.anchor for image in images(publication)] == [4]
    assert publication.notes[0].at.source.anchor == 2


def test_own_comments_are_neither_read_nor_counted_as_those_of_people() -> None:
    data = package(BODY)
    copy = docx.read(commented(data, 1, 4, 5), "m.docx", STYLES)
    assert copy == docx.read(data, "m.docx", STYLES)
    asked = package(p(ASKED), parts={"comments.xml": part("comments", PERSON)})
    assert [finding.message for finding in docx.read(commented(asked, 1, 1), "m.docx", STYLES).findings] == [
        "1 comment was ignored."
    ]
