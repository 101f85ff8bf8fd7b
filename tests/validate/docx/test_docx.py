"""Every defect is found by its rule, and nothing is found in a good file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from exporter import model as m
from exporter import transforms
from exporter.findings import Severity
from exporter.validate import docx
from exporter.writers import docx as writer
from tests.validate.docx.planted import DEFECTS, DOCUMENT, Defect, before_end, paragraph, plant, regex, swap
from tests.write_context import Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with one of everything, in which data cells are not merged and every table has a title."""
    folder = tmp_path_factory.mktemp("good")
    context = write_context(folder)
    publication = kitchen.tidy(kitchen.publication(Pictures(folder / "pictures")))
    options = writer.Options(page_numbers=writer.PageNumbers.NEVER)
    writer.write(publication, context, options, folder / "good.docx")
    return folder / "good.docx"


def test_nothing_is_found_in_a_good_file(good: Path) -> None:
    assert docx.check(good) == ()


def test_what_word_has_thrown_away_is_no_part(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "trash.docx"
    path.write_bytes(good.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("[trash]/0000.dat", b"\xff" * 64)
    assert docx.check(path) == ()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/0000.dat", b"\xff" * 64)
    assert {finding.rule for finding in docx.check(path)} == {"docx-content-type"}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_planted_defect_is_found(defect: Defect, good: Path, tmp_path: Path) -> None:
    found = docx.check(plant(good, defect, tmp_path / "bad.docx"))
    assert defect.rule in {finding.rule for finding in found}
    assert {finding.source.file for finding in found if finding.source} == {"bad.docx"}


@pytest.mark.parametrize(
    "lines",
    [
        paragraph("1. Summary", '<w:pStyle w:val="TOC1"/>') + paragraph("2. Findings", '<w:pStyle w:val="TOC1"/>'),
        paragraph("1. Summary......3") + paragraph("2. Findings ..... 12") + paragraph("3. Law\t xiv"),
    ],
    ids=["of Word", "typed"],
)
def test_lines_of_a_table_of_contents_are_no_typed_list(lines: str, good: Path, tmp_path: Path) -> None:
    bad = plant(good, Defect("contents", "", DOCUMENT, before_end(lines)), tmp_path / "contents.docx")
    assert "docx-list-typed" not in {finding.rule for finding in docx.check(bad)}


_ITEM = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'


@pytest.mark.parametrize(("empty", "found"), [(_ITEM, set()), ("<w:p/>", {"docx-empty-paragraph"})])
def test_an_empty_item_of_a_list_in_a_cell_is_no_spacing(
    empty: str, found: set[str], good: Path, tmp_path: Path
) -> None:
    changed = Defect("", "", DOCUMENT, regex("</w:p></w:tc>", f"</w:p>{empty}</w:tc>"))
    assert {finding.rule for finding in docx.check(plant(good, changed, tmp_path / "good.docx"))} == found


_BOX = (
    '<w:txbxContent><w:p><w:bookmarkStart w:id="980" w:name="boxed"/><w:r><w:t>In a box.</w:t></w:r>'
    '<w:bookmarkEnd w:id="980"/></w:p></w:txbxContent>'
)
_TWICE = (
    '<w:p><w:r><w:t>Beside.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<mc:Choice Requires="wps">{_BOX}</mc:Choice><mc:Fallback>{_BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: re.sub(r'(<w:hyperlink r:id="[^"]*")', r'\1 w:anchor="a-part-of-that-page"', text, count=1),
        before_end(_TWICE),
    ],
)
def test_fragments_of_addresses_and_what_is_repeated_for_older_programs_are_right(
    change: Callable[[str], str], good: Path, tmp_path: Path
) -> None:
    changed = Defect("", "", DOCUMENT, change)
    assert docx.check(plant(good, changed, tmp_path / "good.docx")) == ()


def test_a_picture_that_moves_is_found(good: Path, tmp_path: Path) -> None:
    moving = io.BytesIO()
    Image.new("L", (4, 4), 0).save(moving, "GIF", save_all=True, append_images=[Image.new("L", (4, 4), 255)])
    png, gif = b"media/image1.png", b"media/image1.gif"
    path = tmp_path / "moving.docx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = moving.getvalue() if name.endswith(png.decode()) else source.read(name)
            target.writestr(name.replace(png.decode(), gif.decode()), data.replace(png, gif))
    assert "docx-blinking" in {finding.rule for finding in docx.check(path)}


def test_every_rule_has_a_planted_defect() -> None:
    assert {rule.id for rule in docx.ALL} - {defect.rule for defect in DEFECTS} == {"docx-unreadable"}


def test_rules_about_people_name_their_clause() -> None:
    craft = {"docx-row-splits", "docx-unfinished"}
    assert {rule.id for rule in docx.ALL if not rule.clause} == craft
    assert all(rule.sentence.endswith(".") and rule.advice.endswith(".") for rule in docx.ALL)


def test_a_place_is_told_in_words(good: Path, tmp_path: Path) -> None:
    defect = next(each for each in DEFECTS if each.rule == "docx-alt-missing")
    (finding,) = docx.check(plant(good, defect, tmp_path / "bad.docx"))
    assert finding.source is not None
    assert finding.source.place == "under “Tables and figures”, paragraph 12"
    assert finding.severity is Severity.ERROR


def test_many_places_of_one_rule_are_counted(good: Path, tmp_path: Path) -> None:
    empty = next(each for each in DEFECTS if each.rule == "docx-empty-paragraph")
    many = empty._replace(change=lambda text: text.replace("<w:sectPr>", "<w:p/>" * 50 + "<w:sectPr>", 1))
    found = docx.check(plant(good, many, tmp_path / "bad.docx"), most=5)
    assert len(found) == 5
    assert "And 45 more" in found[-1].message


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "archive"), (b"no zip at all", "no document of Word"), (b"PK\x03\x04 cut off", "archive")],
)
def test_what_is_no_word_file_is_refused_in_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(data)
    (finding,) = docx.check(path)
    assert finding.rule == "docx-unreadable"
    assert words in finding.message


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("<w:document", "XML breaks off"),
        ('<!DOCTYPE w [<!ENTITY a "b">]><w/>', "document type"),
        ("<html/>", "contains no text"),
    ],
)
def test_a_hostile_part_is_refused_in_one_sentence(document: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", document)
    (finding,) = docx.check(path)
    assert words in finding.message


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(70):
            part.write(b" " * 1_000_000)
    (finding,) = docx.check(path)
    assert "unpacks" in finding.message


def test_findings_can_be_written_down(good: Path, tmp_path: Path) -> None:
    found = docx.check(plant(good, DEFECTS[0], tmp_path / "bad.docx"))
    assert b"docx-alt-missing" in msgspec.json.encode(found)


def test_a_table_whose_first_column_alone_heads_its_rows_needs_no_header_row(tmp_path: Path) -> None:
    def cell(words: str, scope: m.Scope | None = None) -> m.Cell:
        return m.Cell((m.Paragraph((m.Text(words),)),), scope=scope)

    rows = tuple(m.Row((cell(name, m.Scope.ROW), cell(value))) for name, value in (("Cases", "12"), ("Judges", "3")))
    table = m.Table((m.Column(), m.Column()), bodies=(rows,), caption=(m.Text("Key facts"),))
    about = m.Metadata(title="Facts", language="en", authors=(m.Contributor("A"),))
    publication = transforms.apply(m.Publication(about, body=(table,)), "facts")
    path = tmp_path / "facts.docx"
    writer.write(publication, write_context(tmp_path), writer.Options(page_numbers=writer.PageNumbers.NEVER), path)
    assert docx.check(path) == ()
    defect = Defect("", "docx-table-header", "word/document.xml", swap('w:firstRow="0"', 'w:firstRow="1"'))
    assert "docx-table-header" in {finding.rule for finding in docx.check(plant(path, defect, tmp_path / "bad.docx"))}
