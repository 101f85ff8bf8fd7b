"""Files that are no manuscripts, and files made to hurt: one sentence each, and nothing outside them is looked at."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from exporter.errors import SourceError
from exporter.readers import docx
from tests.readers.docx.files import (
    NAMESPACES,
    PNG,
    cell,
    field,
    item,
    numbering,
    p,
    package,
    part,
    picture,
    r,
    row,
    table,
    zipped,
)
from tests.readers.docx.outlines import blocks, rules
from tests.write_context import STYLES

ENTITY = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes):
    return docx.read(data, "manuscript.docx", styles=STYLES)


def document(xml: str | bytes) -> bytes:
    return zipped({"word/document.xml": xml})


def nested(tag: str, depth: int) -> str:
    return f"<w:{tag}>" * depth + f"</w:{tag}>" * depth


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "archive cannot be opened"),
        (b"PK\x03\x04 and no more", "archive cannot be opened"),
        (package(p("x"))[:-200], "archive cannot be opened"),
        (b"Just text.", "is no document of Word, OpenDocument or RTF"),
        (b"\xffWPC" + b"\0" * 90, "is no document of Word, OpenDocument or RTF"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "spreadsheet or a presentation"),
        (zipped({"xl/workbook.xml": "<x/>"}), "is a spreadsheet"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "is a presentation"),
        (zipped({"readme.txt": "x"}), "contains no Word document"),
        (document(""), "XML breaks off"),
        (document(part("document", "")), "contains no text"),
        (document(part("document", "<w:body/>")), "has no text"),
        (document(part("document", "<w:body><w:p>")[:-20]), "XML breaks off"),
        (document(part("document", "<w:body>" + nested("ins", 100_000) + "</w:body>")), "nested too deeply"),
        (document(part("document", "<w:body>" + nested("tbl", 100_000) + "</w:body>")), "nested too deeply"),
        (document(part("document", "<w:body>" + nested("sdtContent", 200) + "</w:body>")), "nested too deeply"),
        (document(part("document", f"<w:body>{p(nested('ins', 200))}</w:body>")), "nested too deeply"),
        (document(ENTITY + part("document", f"<w:body>{p('&e;')}</w:body>")), "entities"),
        (document("<w:document " + NAMESPACES + "><w:body>" + "<w:p/>" * 1_600_000 + "</w:body></w:document>"), "tags"),
    ],
)  # fmt: skip
def test_what_is_no_manuscript_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as error:
        read(data)
    assert said in error.value.message
    assert error.value.message.endswith(".")


def test_entities_that_multiply_are_refused() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]>'
    with pytest.raises(SourceError):
        read(document(doctype + part("document", f"<w:body>{p('&e11;')}</w:body>")))


def test_an_archive_bomb_is_refused_before_it_fills_the_memory() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 80_000_000)
    with pytest.raises(SourceError, match="unpacks to more than"):
        read(out.getvalue())


def test_too_many_files_are_refused() -> None:
    with pytest.raises(SourceError, match="20,001 files; the limit is 20,000"):
        read(zipped({f"word/{number}.xml": "" for number in range(20_001)}))


def test_thousands_of_bookmarks_that_never_end_are_read_in_no_time() -> None:
    marks = "".join(f'{r("a")}<w:bookmarkStart w:id="{number}" w:name="b{number}"/>' for number in range(5_000))
    assert blocks(read(package(p(marks)))) == ["a" * 5_000]


def test_tables_inside_tables_have_an_end() -> None:
    inner = p("x")
    for _ in range(20):
        inner = table(row(cell(inner + p())))
    with pytest.raises(SourceError, match="nested in each other"):
        read(package(inner))


@pytest.mark.parametrize("name", ["_rels/.rels", "word/_rels/document.xml.rels"])
def test_relationships_that_are_damaged_are_named(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(package(p("x")))) as archive:
        files = {other: archive.read(other) for other in archive.namelist()}
    found = read(zipped(files | {name: files[name][:-9]}))
    assert blocks(found) == ["x"]
    (finding,) = [finding for finding in found.findings if finding.rule == "word-part-damaged"]
    assert f"The part “{name}” is incomplete" in finding.message
    assert "images, links and notes that it names may be missing" in finding.message


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "\\\\server\\share\\a.png", "/etc/passwd", "../../../etc/passwd"]
)
def test_nothing_outside_the_file_is_read(target: str) -> None:
    made = package(p(r("x ") + picture(relation="rIdOut")), relations={"rIdOut": ("image", target)})
    found = read(made)
    assert found.media == {}
    assert rules(found)[0] in {"image-remote", "not-read"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("subDocument", '<w:subDoc r:id="rIdOut"/>'),
        ("aFChunk", '<w:altChunk r:id="rIdOut"/>'),
        ("attachedTemplate", ""),
        ("oleObject", '<w:p><w:r><w:object><o:OLEObject Type="Link" r:id="rIdOut"/></w:object></w:r></w:p>'),
        ("image", '<w:p><w:r><w:pict><v:shape><v:imagedata r:href="rIdOut"/></v:shape></w:pict></w:r></w:p>'),
        ("", p(field('INCLUDEPICTURE "{url}" \\d', r("shown")))),
        ("", p(field('INCLUDETEXT "{url}"', r("shown")))),
    ],
)
def test_no_part_and_no_field_brings_in_a_file(kind: str, body: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(PNG)
    relations = {"rIdOut": (kind, secret.as_uri())} if kind else {}
    made = package(p("x") + body.format(url=secret.as_uri()), relations=relations)
    found = read(made)
    assert found.media == {}
    assert blocks(found)[0] == "x"


def test_a_document_inside_the_document_is_reported() -> None:
    found = read(package(p("x") + '<w:altChunk r:id="rIdChunk"/>', relations={"rIdChunk": ("aFChunk", "chunk.html")}))
    assert blocks(found) == ["x"]
    assert rules(found) == ["not-read"]


def test_styles_and_lists_that_lead_in_circles_come_to_an_end() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    assert blocks(read(package(p("x", "A"), styles=styles))) == ["x"]


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    note = part("footnotes", f'<w:footnote w:id="1">{p(r("n") + _mark())}</w:footnote>')
    found = read(package(p(r("a") + _mark()), parts={"footnotes.xml": note}))
    assert len(found.publication.notes) == 1


def _mark() -> str:
    return '<w:r><w:footnoteReference w:id="1"/></w:r>'


def test_numbers_beyond_all_measure_are_no_numbers() -> None:
    span = '<w:gridSpan w:val="99999999999999999999"/>'
    found = read(
        package(table(row(cell("a", span), "b"), row("c", properties='<w:gridBefore w:val="1000000"/>')) + p())
    )
    assert blocks(found)[0] == "table "


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_of_xml_are_read(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + part(
        "document", f"<w:body>{p('Ñandú')}</w:body>"
    )
    assert blocks(read(document(xml.encode(encoding)))) == ["Ñandú"]


def test_names_with_backslashes_and_a_package_in_one_xml_file_are_read() -> None:
    body = part("document", f"<w:body>{p('x')}</w:body>")
    assert blocks(read(zipped({"word\\document.xml": body}))) == ["x"]
    flat = '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    flat += f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{body}</pkg:xmlData></pkg:part></pkg:package>'
    assert blocks(read(flat.encode())) == ["x"]


def test_long_alt_texts_and_thousands_of_tabs_are_read_in_no_time() -> None:
    line = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r><w:r><w:t>x</w:t></w:r>'
    body = p(picture(f'descr="{" &#10;" * 20_000}x"')) + p(line * 5_000)
    started = time.process_time()
    assert len(read(package(body)).publication.body) == 2
    assert time.process_time() - started < 5


def test_lists_that_are_ever_further_in_end_at_a_level() -> None:
    def level(left: int, depth: int) -> str:
        indents = f'<w:pPr><w:ind w:left="{left}" w:hanging="10"/></w:pPr>'
        return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/>{indents}</w:lvl>'

    made = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(level(300 * number, depth) for depth in range(9))}'
        f'</w:abstractNum><w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, 31)
    )
    body = "".join(item(f"{number}-{depth}", depth, number) for number in range(1, 31) for depth in range(9))
    lines = blocks(read(package(body, parts={"numbering.xml": part("numbering", made)})))
    assert [line.strip() for line in lines if "-" in line.strip(" -")] == [
        f"{number}-{depth}" for number in range(1, 31) for depth in range(9)
    ]
    assert max(len(line) - len(line.lstrip()) for line in lines) <= 4 * 18


def test_zeros_and_signs_of_numbers_have_an_end() -> None:
    own = '<mc:AlternateContent><mc:Choice Requires="w14">'
    own += f'<w:numFmt w:val="custom" w:format="{"0" * 20_000}1, "/></mc:Choice></mc:AlternateContent>'
    parts = {"numbering.xml": numbering(f'{own}<w:lvlText w:val="Para {"%1" * 2_000}"/>')}
    found = read(package(item("a"), parts=parts))
    assert all(len(line) < 400 for line in blocks(found))
    assert all(len(finding.message) < 500 for finding in found.findings)


def test_thousands_of_bullets_are_looked_at_once() -> None:
    def level(depth: int, mark: str) -> str:
        return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="bullet"/><w:lvlText w:val="{mark}"/></w:lvl>'

    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{level(0, "✓")}'
        + "".join(level(depth, f"{number} {depth}") for depth in range(1, 9))
        + f'</w:abstractNum><w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, 401)
    )
    body = "".join(item("a", 0, number) for number in range(1, 401)) * 8
    started = time.process_time()
    read(package(body, parts={"numbering.xml": part("numbering", lists)}))
    assert time.process_time() - started < 3


def test_thousands_of_tab_stops_are_looked_at_once() -> None:
    stops = "".join(f'<w:tab w:leader="dot" w:pos="{n}"/>' for n in range(50_000))
    body = p("<w:r><w:tab/></w:r>" * 10_000, properties=f"<w:tabs>{stops}</w:tabs>")
    started = time.process_time()
    read(package(body))
    assert time.process_time() - started < 3
