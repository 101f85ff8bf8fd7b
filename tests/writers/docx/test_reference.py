"""A Word file of the house as a model."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import msgspec
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from exporter.contracts import WriteResult
from exporter.errors import SettingsError
from exporter.validate import docx as checks
from exporter.writers import docx
from tests.write_context import Memory, Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen
from tests.writers.docx.soundness import A, R, W, Word, style_of, text, val

Export = Callable[..., tuple[Word, WriteResult]]


KEPT = Memory()
"""Pictures that are made smaller once for all tests."""


def model(**changes: bool) -> bytes:
    """Return a model with a page, colours, a numbered heading style, a picture in its head and a foot of its own."""
    document = python_docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(17), Cm(24)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x7A, 0, 0x3C)
    document.styles["Normal"].font.size = Pt(10)
    document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(8)
    if changes.get("pale"):
        document.styles["Heading 2"].font.color.rgb = RGBColor(0xBB, 0xBB, 0xBB)
    head = section.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(kitchen.raster("PNG", 40, 20)), width=Cm(2))
    head.add_run(" The House")
    section.footer.paragraphs[0].text = "Foot of the house"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def altered(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, change(content) if entry.filename == part else content)
    return out.getvalue()


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def run(data: bytes, publication=None) -> tuple[Word, WriteResult]:
        pictures = Pictures(tmp_path / "pictures")
        publication = publication or kitchen.publication(pictures)
        shop = msgspec.structs.replace(
            write_context(tmp_path, publication.metadata.language, pictures=pictures, memory=KEPT),
            files={"house.docx": data},
        )
        options = docx.Options(reference="house.docx", page_numbers=docx.PageNumbers.NEVER)
        written = docx.write(publication, shop, options, tmp_path / "edition.docx")
        return Word(tmp_path / "edition.docx"), written

    return run


def broken(word: Word) -> list[str]:
    """Return what does not hold together; what the model looks like is its own affair."""
    sound = ("part-missing", "style-missing", "list-missing", "target-missing", "bookmark", "grid", "order", "field")
    return [str(each) for each in checks.check(word.path) if each.rule.removeprefix("docx-") in sound]


def styles(word: Word) -> dict[str, object]:
    return {val(style, "styleId"): style for style in word.part("styles").iter(f"{W}style")}


def test_the_model_is_named_as_a_file_of_the_settings() -> None:
    assert docx.option_files(docx.Options(reference="house.docx")) == {"reference": "house.docx"}
    assert docx.option_files(docx.Options()) == {}


def test_its_styles_page_head_and_foot_are_used(export: Export) -> None:
    word, _ = export(model())
    assert broken(word) == []
    size = word.body.find(f"{W}sectPr/{W}pgSz")
    assert (val(size, "w"), val(size, "h")) == ("9638", "13606")
    assert text(word.part("house-header1")) == " The House"
    (blip,) = word.part("house-header1").iter(f"{A}blip")
    target = word.relations("house-header1")[blip.get(f"{R}embed")].get("Target")
    assert word.data[f"word/{target}"] == kitchen.raster("PNG", 40, 20)
    assert "Foot of the house" in {text(word.parts[name]) for name in word.names if "footer" in name}
    heading = styles(word)["Heading1"]
    assert val(heading.find(f"{W}rPr/{W}color")) == "7A003C"


def test_styles_that_it_lacks_are_added_in_its_colour(export: Export) -> None:
    word, _ = export(model())
    found = styles(word)
    assert {"Speaker", "Turn", "AsideWarning", "ReportTable", "TableHeadingRow", "Kind"} <= set(found)
    assert val(found["AsideTitle"].find(f"{W}rPr/{W}color")) == "7A003C"
    ids = [val(style, "styleId") for style in word.part("styles").iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    defaults = [style for style in word.part("styles").iter(f"{W}style") if val(style, "default")]
    assert len([style for style in defaults if val(style, "type") == "paragraph"]) == 1


def test_a_style_of_its_own_with_our_name_is_used_under_our_identifier(export: Export) -> None:
    word, _ = export(model())
    assert val(styles(word)["TableText"].find(f"{W}rPr/{W}sz")) == "16"


def test_identifiers_in_another_language_are_found_by_name(export: Export) -> None:
    data = altered(model(), "word/styles.xml", lambda xml: xml.replace(b'"Heading1"', b'"berschrift1"'))
    word, _ = export(data)
    assert broken(word) == []
    assert val(styles(word)["Heading1"].find(f"{W}rPr/{W}color")) == "7A003C"
    assert "berschrift1" not in styles(word)
    assert word.paragraphs("Heading1")


def test_a_style_that_only_has_our_identifier_steps_aside(export: Export) -> None:
    data = altered(
        model(),
        "word/styles.xml",
        lambda xml: re.sub(
            rb"</w:styles>",
            b'<w:style w:type="paragraph" w:styleId="Speaker"><w:name w:val="Loudspeaker"/></w:style></w:styles>',
            xml,
        ),
    )
    word, _ = export(data)
    assert val(styles(word)["Speaker"].find(f"{W}name")) == "Speaker"
    assert val(styles(word)["SpeakerOfTheHouse"].find(f"{W}name")) == "Loudspeaker"


def test_lists_that_its_styles_use_are_taken_over_and_ours_come_after(export: Export) -> None:
    def number(xml: bytes) -> bytes:
        found = re.search(rb'w:styleId="Heading1".*?<w:pPr>', xml, re.DOTALL)
        assert found
        with_list = found.group() + b'<w:numPr><w:numId w:val="3"/></w:numPr>'
        plain = re.sub(rb"<w:keepNext/>", b"", xml[found.end() :], count=1)
        return xml[: found.start()] + with_list + plain

    word, _ = export(altered(model(), "word/styles.xml", number))
    numbers = [int(val(each, "numId")) for each in word.part("numbering").iter(f"{W}num")]
    assert 3 in numbers
    used = {int(val(each)) for each in word.document.iter(f"{W}numId")}
    assert used
    assert min(used) > 3
    assert len(numbers) == len(set(numbers))


def test_the_language_of_the_text_replaces_that_of_the_model(export: Export) -> None:
    word, _ = export(model(), kitchen.arabic())
    languages = list(word.part("styles").iter(f"{W}lang"))
    assert [val(each, "bidi") for each in languages] == ["ar"]
    assert word.body.find(f"{W}sectPr/{W}bidi") is not None
    assert broken(word) == []


def test_pale_styles_are_reported(export: Export) -> None:
    _, written = export(model(pale=True))
    pale = [finding.message for finding in written.findings if finding.rule == "docx-reference-pale"]
    assert any("heading 2" in message and "#BBBBBB" in message for message in pale)
    assert not any("heading 1" in message for message in pale)


def test_headings_stay_headings_where_the_model_says_no_level(export: Export) -> None:
    data = altered(model(), "word/styles.xml", lambda xml: re.sub(rb"<w:outlineLvl [^>]*/>", b"", xml))
    word, _ = export(data)
    assert [val(styles(word)[f"Heading{n}"].find(f"{W}pPr/{W}outlineLvl")) for n in (1, 2, 3)] == ["0", "1", "2"]


def test_what_would_fetch_or_run_something_is_left_behind(export: Export) -> None:
    def linked(xml: bytes) -> bytes:
        return re.sub(
            rb'Target="media/image1.png"',
            b'Target="https://example.org/spy.png" TargetMode="External"',
            xml,
        )

    word, _ = export(altered(model(), "word/_rels/header1.xml.rels", linked))
    everything = b"".join(word.data.values())
    assert b"spy.png" not in everything
    assert text(word.part("house-header1")) == " The House"
    assert broken(word) == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"nothing", "no document of Word"),
        (altered(model(), "word/styles.xml", lambda xml: b"<broken"), "XML breaks off"),
        (
            altered(
                model(), "word/styles.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml[xml.index(b"<w:") :]
            ),
            "type",
        ),
        (
            altered(model(), "word/document.xml", lambda xml: re.sub(rb'w:left="\d+"', b'w:left="9000"', xml)),
            "no space",
        ),
        (
            altered(
                model(),
                "word/header1.xml",
                lambda xml: xml.replace(
                    b"</w:p>", b'<w:r><w:instrText> INCLUDEPICTURE "https://x" </w:instrText></w:r></w:p>', 1
                ),
            ),
            "external content",
        ),
    ],
    ids=["no archive", "broken", "entities", "no room", "a field that fetches"],
)
def test_a_model_that_is_none_or_hostile_is_refused_in_one_sentence(export: Export, data: bytes, why: str) -> None:
    with pytest.raises(SettingsError, match=why) as caught:
        export(data)
    assert "house.docx" in caught.value.message


def test_the_bytes_are_the_same_every_time(export: Export) -> None:
    first = export(model())[0].path.read_bytes()
    assert export(model())[0].path.read_bytes() == first


def test_headings_of_the_contents_and_the_text_have_styles_that_exist(export: Export) -> None:
    word, _ = export(model())
    assert {style_of(each) for each in word.paragraphs()} <= set(styles(word))
