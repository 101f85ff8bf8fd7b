from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from PIL import Image as Raster

from exporter import model as m
from exporter.model.walk import walk
from exporter.parity.docx.extraction import additions
from exporter.readers import docx as docx_reader
from exporter.validate import docx as checks
from exporter.writers import docx
from tests.write_context import STYLES, Memory, Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen
from tests.writers.docx.conftest import Write
from tests.writers.docx.kitchen_sink import cell, p, row, section, t
from tests.writers.docx.soundness import WP, A, R, W, Word, faults, style_of, text, val

ADEC = "{http://schemas.microsoft.com/office/drawing/2017/decorative}"
ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"


def test_one_of_everything_is_sound(write: Write, folder: Pictures) -> None:
    word, written = write(publication=kitchen.publication(folder))
    assert faults(word) == []
    assert written.findings == () or [finding.rule for finding in written.findings] == ["docx-contents-unnumbered"]


@pytest.mark.parametrize(
    "above",
    [
        m.List((kitchen.item(p("One")), kitchen.item(p("Two")))),
        m.Aside((p("Seven are held."),), kind=m.AsideKind.BOX),
        p("Text."),
    ],
)
def test_a_table_without_a_caption_below_other_blocks_is_sound(write: Write, above: m.Block) -> None:
    table = m.Table((m.Column(), m.Column()), bodies=((row(cell("North"), cell("12")),),))
    word, _ = write(above, table)
    assert faults(word) == []
    assert "docx-empty-paragraph" not in {finding.rule for finding in checks.check(word.path)}


def test_the_same_publication_gives_the_same_bytes(write: Write, folder: Pictures) -> None:
    publication = kitchen.publication(folder)
    first = write(publication=publication)[0].path.read_bytes()
    word, _ = write(publication=publication)
    assert word.path.read_bytes() == first
    assert {entry.date_time for entry in word.entries} == {(1980, 1, 1, 0, 0, 0)}
    assert word.names[0] == "[Content_Types].xml"


def test_nothing_of_a_foreign_template_is_left(write: Write) -> None:
    word, _ = write(p("x"))
    assert not [name for name in word.names if re.search("thumbnail|stylesWithEffects|customXml", name)]
    everything = b"".join(word.data.values())
    assert b"python-docx" not in everything
    assert b"4F81BD" not in everything


def test_fonts_of_the_theme_are_named_too(write: Write) -> None:
    """LibreOffice replaces fonts that are not installed by those of the same kind only where they are named."""
    word, _ = write(p("x"))
    fonts = list(word.part("styles").iter(f"{W}rFonts"))
    named = {(each.get(f"{W}asciiTheme"), each.get(f"{W}ascii"), each.get(f"{W}hAnsi")) for each in fonts}
    assert {(theme, *names) for theme, *names in named if theme} == {
        ("majorHAnsi", "Source Sans 3", "Source Sans 3"),
        ("minorHAnsi", "Source Serif 4", "Source Serif 4"),
    }


def test_a_subtitle_without_a_title_is_the_title_of_the_properties(write: Write) -> None:
    word, _ = write(p("x"), metadata=m.Metadata(subtitle="Weekly Assignments", language="en"))
    assert word.parts["docProps/core.xml"].findtext("{*}title") == "Weekly Assignments"
    read = docx_reader.read(word.path.read_bytes(), "x.docx", styles=STYLES).publication.metadata
    assert (read.title, read.subtitle) == ("", "Weekly Assignments")


def test_the_properties_say_what_the_metadata_say(write: Write) -> None:
    word, _ = write(p("x"), metadata=kitchen.METADATA)
    core = {etree.QName(each).localname: each.text for each in word.parts["docProps/core.xml"]}
    assert core == {
        "title": "Double Injustice",
        "subject": "How the courts fail victims and the accused",
        "creator": "Ana Torres; Ben Okri",
        "keywords": "access to justice, Mexico",
        "description": "What 60 case files show.",
        "language": "en-GB",
        "identifier": kitchen.METADATA.identifier,
        "category": "Report",
        "created": "2026-03-01T00:00:00Z",
        "modified": "2026-03-01T00:00:00Z",
    }
    assert "Example Rights Organisation" in "".join(word.parts["docProps/app.xml"].itertext())


def test_a_report_has_a_title_page_then_front_then_contents_then_text(write: Write, folder: Pictures) -> None:
    word, _ = write(publication=kitchen.publication(folder))
    order = [style_of(each) for each in word.paragraphs()]
    assert order[:5] == ["Kind", "Title", "Subtitle", "Author", "Date"]
    assert order.index("Imprint") < order.index("TOCHeading") < order.index("Heading1")
    breaks = [text(each) for each in word.paragraphs() if each.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks[:3] == ["For those who are still waiting.", "Contents", "Summary"]
    page = "\n".join(map(text, word.paragraphs()[: order.index("TOCHeading")]))
    for words in ("By Ana Torres and Ben Okri", "1 March 2026", "Rights: CC BY 4.0", "formats@example.org", "español"):
        assert words in page


def test_a_logo_and_a_name_need_no_page_of_their_own(write: Write, folder: Pictures) -> None:
    full = kitchen.publication(folder)
    logo = next(node for node in walk(full) if isinstance(node, m.Figure))
    logo = m.Figure(images=logo.images[:1])
    word, _ = write(publication=msgspec.structs.replace(full, front=(logo, p("Open Ground Watch")), body=full.body))
    breaks = [text(each) for each in word.paragraphs() if each.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks[:2] == ["Contents", "Summary"]


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        (("Amman, 11 May 2026",), ["Contents", "Summary"]),
        (("Geneva", "Version 2"), ["Contents", "Summary"]),
        (("This is for those who wait.",), ["This is for those who wait.", "Contents", "Summary"]),
    ],
)
def test_a_place_beside_a_date_needs_no_page_of_its_own(
    words: tuple[str, ...], pages: list[str], write: Write, folder: Pictures
) -> None:
    full = kitchen.publication(folder)
    word, _ = write(publication=msgspec.structs.replace(full, front=tuple(map(p, words)), body=full.body))
    breaks = [text(each) for each in word.paragraphs() if each.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks[: len(pages)] == pages
    first = next(each for each in word.paragraphs() if text(each) == words[0])
    assert (first.find(f"{W}pPr/{W}spacing") is not None) is (pages[0] == "Contents")


def test_a_short_piece_begins_on_its_first_page_and_ends_with_its_imprint(write: Write) -> None:
    word, _ = write(
        section("One", p("text")), metadata=m.Metadata(title="T", kind=m.Kind.NEWS, rights="CC BY", language="en")
    )
    assert [style_of(each) for each in word.paragraphs()][-2:] == ["ImprintTitle", "Imprint"]
    assert word.document.find(f".//{W}pageBreakBefore") is None
    assert word.document.find(f".//{W}sdt") is None


def test_the_contents_are_a_filled_building_block_of_links(write: Write, folder: Pictures) -> None:
    word, _ = write(publication=kitchen.publication(folder))
    block = word.document.find(f".//{W}sdt")
    assert val(block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == "Table of Contents"
    lines = list(block.iter(f"{W}p"))
    assert [(style_of(each), text(each).rstrip("0123456789")) for each in lines[:4]] == [
        ("TOCHeading", "Contents"),
        ("TOC1", "Summary"),
        ("TOC1", "Findings"),
        ("TOC2", "Tables and figures"),
    ]
    headings = {val(mark, "name"): text(mark.getparent()) for mark in word.document.iter(f"{W}bookmarkStart")}
    assert [headings[val(line.find(f"{W}hyperlink"), "anchor")] for line in lines[1:]] == [
        text(line).rstrip("0123456789") for line in lines[1:]
    ]
    codes = [each.text.split()[0] for each in block.iter(f"{W}instrText")]
    assert codes == ["TOC", *["PAGEREF"] * (len(lines) - 1)]
    marks = [val(each, "fldCharType") for each in block.iter(f"{W}fldChar")]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") == len(lines)
    assert b"updateFields" not in word.data["word/settings.xml"]


def test_a_table_below_the_contents_has_space_above_it_and_not_in_its_first_cell(write: Write, tmp_path: Path) -> None:
    table = m.Table(columns=(m.Column(),), bodies=((row(cell("x")),),))
    chapters = tuple(section(title, p("text")) for title in "ABCDEFG")
    metadata = m.Metadata(title="T", kind=m.Kind.DISPATCH, language="en")
    front = (p("Front."),)
    publication = m.Publication(metadata, front=front, body=(table, *chapters))
    word, _ = write(publication=publication)
    block = word.document.find(f".//{W}sdt")
    assert val(list(block.iter(f"{W}p"))[-1].find(f"{W}pPr/{W}spacing"), "after") == "480"
    assert block.getnext().find(f".//{W}tc//{W}spacing") is None
    assert faults(word) == []
    read_ = docx_reader.read((tmp_path / "edition.docx").read_bytes(), "T.docx", styles=STYLES).publication
    assert [type(node) for node in (*read_.front, *read_.body[:1])] == [m.Paragraph, m.Table]


def test_the_depth_of_the_contents_is_a_setting(write: Write, folder: Pictures) -> None:
    publication = kitchen.publication(folder)
    none, _ = write(publication=publication, options=docx.Options(contents_depth=0))
    assert none.document.find(f".//{W}sdt") is None


def test_the_paper_is_a4_unless_letter_is_asked_for(write: Write) -> None:
    def size(word: Word) -> tuple[str | None, str | None]:
        page = word.body.find(f"{W}sectPr/{W}pgSz")
        return val(page, "w"), val(page, "h")

    assert size(write(p("x"))[0]) == ("11906", "16838")
    assert size(write(p("x"), options=docx.Options(page_size=docx.PageSize.LETTER))[0]) == ("12240", "15840")
    assert size(write(p("x"), options=docx.Options(page_size=docx.PageSize.A5))[0]) == ("8391", "11906")


def test_running_head_and_page_number_are_paragraphs_of_their_own(write: Write) -> None:
    word, _ = write(p("x"), metadata=kitchen.METADATA)
    assert text(word.part("header1")) == "Double Injustice"
    assert [each.text for each in word.part("footer1").iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]
    assert word.body.find(f"{W}sectPr/{W}titlePg") is not None


def test_every_picture_is_described_or_marked_decorative_and_in_line(write: Write, folder: Pictures) -> None:
    word, _ = write(publication=kitchen.publication(folder))
    found = [
        (each.get("descr"), each.find(f".//{ADEC}decorative") is not None) for each in word.document.iter(f"{WP}docPr")
    ]
    assert found == [
        ("A pen", False),
        ("Bar chart: cases rose from 4 to 88.", False),
        ("", True),
        ("A courthouse.", False),
        ("A rising line.", False),
    ]
    assert word.document.find(f".//{WP}anchor") is None


def test_a_picture_nobody_described_does_not_claim_to_be_decorative(write: Write, folder: Pictures) -> None:
    asset = folder.add("a.png", kitchen.raster("PNG", 50, 50), "image/png", 50, 50)
    word, _ = write(m.Figure(images=(m.Image(source="a.png", alt=m.Undescribed()),)), assets=(asset,))
    (properties,) = word.document.iter(f"{WP}docPr")
    assert properties.get("descr") is None
    assert properties.find(f".//{ADEC}decorative") is None


def test_a_caption_stays_with_its_picture_and_its_description_follows(write: Write, folder: Pictures) -> None:
    asset = folder.add("a.png", kitchen.raster("PNG", 50, 50), "image/png", 50, 50)
    picture = m.Image(source="a.png", alt=m.Described("x"))
    word, _ = write(m.Figure(images=(picture,), caption=t("Cases"), description=(p("In detail."),)), assets=(asset,))
    assert [style_of(each) for each in word.paragraphs()][2:] == [
        "Figure",
        "Caption",
        "DescriptionTitle",
        "Description",
    ]
    styles = {val(style, "styleId"): style for style in word.part("styles").iter(f"{W}style")}
    assert styles["Figure"].find(f"{W}pPr/{W}keepNext") is not None
    assert val(styles["Caption"].find(f"{W}name")) == "caption"


@pytest.mark.parametrize(("width", "rows"), [(40, [3]), (65, [2, 1]), (120, [1, 1, 1])])
def test_pictures_of_a_figure_stand_beside_each_other_where_they_fit(
    write: Write, folder: Pictures, width: float, rows: list[int]
) -> None:
    asset = folder.add("a.png", kitchen.raster("PNG", 50, 50), "image/png", 50, 50)
    images = (m.Image(source="a.png", alt=m.Described(word), width=width) for word in ("One", "Two", "Three"))
    word, _ = write(m.Figure(images=tuple(images), caption=t("Marks")), assets=(asset,))
    figures = [paragraph for paragraph in word.paragraphs() if style_of(paragraph) == "Figure"]
    assert [sum(1 for _ in paragraph.iter(f"{WP}inline")) for paragraph in figures] == rows
    assert faults(word) == []


@pytest.mark.parametrize(
    ("kind", "media_type", "suffix"),
    [
        ("WEBP", "image/webp", "jpeg"),
        ("TIFF", "image/tiff", "jpeg"),
        ("BMP", "image/bmp", "jpeg"),
        ("GIF", "image/gif", "gif"),
    ],
)
def test_formats_that_word_does_not_show_are_converted(
    write: Write, folder: Pictures, kind: str, media_type: str, suffix: str
) -> None:
    asset = folder.add("a", kitchen.raster(kind, 120, 80), media_type, 120, 80)
    word, _ = write(m.Figure(images=(m.Image(source="a", alt=m.Described("x")),)), assets=(asset,))
    (name,) = (name for name in word.names if "media" in name)
    assert name.endswith(suffix)
    assert Raster.open(io.BytesIO(word.data[name])).size == (120, 80)
    assert faults(word) == []


@pytest.mark.parametrize(
    ("kind", "media_type", "is_unchanged"), [("GIF", "image/gif", False), ("MPO", "image/jpeg", True)]
)
def test_word_shows_the_first_image_of_several(
    write: Write, folder: Pictures, kind: str, media_type: str, is_unchanged: bool
) -> None:
    first, second = (Raster.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=[second])
    asset = folder.add("a", out.getvalue(), media_type, 40, 30)
    word, _ = write(m.Figure(images=(m.Image(source="a", alt=m.Described("x")),)), assets=(asset,))
    (name,) = (name for name in word.names if "media" in name)
    # A photograph is shown without its second image; an animation would be played, and nobody could stop it.
    assert (word.data[name] == out.getvalue()) is is_unchanged
    assert is_unchanged or getattr(Raster.open(io.BytesIO(word.data[name])), "n_frames", 1) == 1


def test_a_picture_of_one_pixel_is_large_enough_to_be_found_again(write: Write, folder: Pictures) -> None:
    asset = folder.add("a", kitchen.raster("PNG", 1, 1), "image/png", 1, 1)
    word, _ = write(m.Figure(images=(m.Image(source="a", alt=m.Described("x")),)), assets=(asset,))
    assert not list(additions(word.part("document")))


def test_large_pictures_get_no_more_pixels_than_print_needs_and_only_once(write: Write, folder: Pictures) -> None:
    memo = Memory()
    asset = folder.add("a.png", kitchen.raster("PNG", 3000, 1500), "image/png", 3000, 1500)
    figure = m.Figure(images=(m.Image(source="a.png", alt=m.Described("x")),))
    word, _ = write(figure, assets=(asset,), memo=memo)
    (name,) = (name for name in word.names if "media" in name)
    width, height = Raster.open(io.BytesIO(word.data[name])).size
    assert 1300 < width < 1350
    assert width == 2 * height
    first = word.data[name]
    (key,) = memo
    memo[key] = b"png\n" + kitchen.raster("PNG", 7, 7)
    again, _ = write(figure, assets=(asset,), memo=memo)
    assert again.data[name] != first


def test_a_picture_is_as_wide_as_the_manuscript_says_and_never_wider_than_the_text(
    write: Write, folder: Pictures
) -> None:
    asset = folder.add("a.png", kitchen.raster("PNG", 1200, 600), "image/png", 1200, 600)
    figures = [m.Figure(images=(m.Image("a.png", m.Described("x"), width),)) for width in (30, 900)]
    word, _ = write(*figures, assets=(asset,))
    small, wide = [int(extent.get("cx")) / 36_000 for extent in word.document.iter(f"{WP}extent")]
    assert small == pytest.approx(30, abs=0.1)
    assert 100 < wide < 200


def test_a_drawing_is_there_as_svg_and_as_pixels_for_old_programs(write: Write, folder: Pictures) -> None:
    asset = folder.add("a.svg", kitchen.SVG, "image/svg+xml", 300, 120)
    word, written = write(m.Figure(images=(m.Image(source="a.svg", alt=m.Described("x")),)), assets=(asset,))
    (vector,) = word.document.iter(f"{ASVG}svgBlip")
    relations = word.relations("document")
    assert word.data["word/" + relations[vector.get(f"{R}embed")].get("Target")] == kitchen.SVG
    (blip,) = word.document.iter(f"{A}blip")
    picture = Raster.open(io.BytesIO(word.data["word/" + relations[blip.get(f"{R}embed")].get("Target")]))
    assert picture.size[0] / picture.size[1] == pytest.approx(300 / 120, rel=0.01)
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 3
    assert written.findings == ()


def test_a_missing_picture_leaves_its_alt_text(write: Write) -> None:
    word, written = write(m.Figure(images=(m.Image(source="gone.png", alt=m.Described("A courthouse.")),)))
    assert [text(each) for each in word.paragraphs()].count("A courthouse.") == 1
    assert word.paragraphs("Figure") == []
    assert "gone.png" in written.findings[0].message


def test_an_arabic_brief_runs_from_right_to_left(write: Write) -> None:
    word, _ = write(publication=kitchen.arabic())
    assert faults(word) == []
    assert all(each.find(f"{W}pPr/{W}bidi") is not None for each in word.paragraphs())
    assert word.body.find(f"{W}sectPr/{W}bidi") is not None
    assert word.document.find(f".//{W}bidiVisual") is not None
    assert val(word.part("settings").find(f"{W}themeFontLang"), "bidi") == "ar"
    latin = next(each for each in word.document.iter(f"{W}r") if text(each) == "Human Rights Watch")
    assert latin.find(f"{W}rPr/{W}rtl") is None
    assert val(latin.find(f"{W}rPr/{W}lang")) == "en"
    quote = next(each for each in word.part("styles").iter(f"{W}style") if val(each, "styleId") == "Quote")
    assert [etree.QName(each).localname for each in quote.find(f"{W}pPr/{W}pBdr")] == ["right"]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", sorted(path.stem for path in (STYLES / "themes").glob("*.css")))
def test_every_colour_of_the_styles_keeps_its_contrast(write: Write, theme: str) -> None:
    """WCAG 1.4.3: each text colour against each ground that it can stand on, in every theme."""
    word, _ = write(p("x"), options=docx.Options(theme=theme))
    styles = word.part("styles")
    grounds = {"FFFFFF", *(val(each, "fill") for each in styles.iter(f"{W}shd"))}
    colours = {val(each) for each in styles.iter(f"{W}color")}
    assert len(grounds) > 3
    assert len(colours) > 3
    for colour in colours:
        for ground in grounds:
            light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (colour, ground)


def test_colours_and_typefaces_are_those_of_the_theme(write: Write) -> None:
    house, _ = write(p("x"))
    other, _ = write(p("x"), options=docx.Options(theme="harbour"))

    def look(word: Word) -> tuple[str | None, list[str | None]]:
        styles = {val(style, "styleId"): style for style in word.part("styles").iter(f"{W}style")}
        faces = [each.get("typeface") for each in word.parts["word/theme/theme1.xml"].iter(f"{A}latin")]
        return val(styles["Heading1"].find(f"{W}rPr/{W}color")), faces

    assert look(house) == ("14304A", ["Source Sans 3", "Source Serif 4"])
    assert look(other) == ("0D4A43", ["Source Serif 4", "Source Sans 3"])
    for word in (house, other):
        styles = word.part("styles")
        values = [val(each) for each in styles.iter(f"{W}color")] + [
            val(each, "fill") for each in styles.iter(f"{W}shd")
        ]
        assert all(re.fullmatch("[0-9A-F]{6}", value or "") for value in values)


def test_a_theme_that_is_not_there_is_said_with_those_that_are(write: Write) -> None:
    from exporter.errors import SettingsError

    with pytest.raises(SettingsError, match="Unknown theme “sea”") as caught:
        write(p("x"), options=docx.Options(theme="sea"))
    assert "harbour, house" in caught.value.advice


def test_what_the_metadata_say_can_be_read_back_from_custom_properties(write: Write) -> None:
    word, _ = write(p("x"), metadata=kitchen.METADATA)
    kept = {each.get("name"): "".join(each.itertext()) for each in word.parts["docProps/custom.xml"]}
    assert kept["publication.kind"] == "report"
    assert kept["publication.identifier"] == kitchen.METADATA.identifier
    assert json.loads(kept["publication.authors"]) == [{"name": "Ana Torres"}, {"name": "Ben Okri"}]
    assert "publication.title" not in kept


def test_a_broken_style_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    import msgspec

    from exporter.errors import StepError

    styles = tmp_path / "styles"
    shutil.copytree(STYLES, styles)
    (styles / "docx" / "styles.xml").write_text("<broken")
    shop = msgspec.structs.replace(write_context(tmp_path), styles=styles)
    with pytest.raises(StepError, match=r"docx/styles\.xml"):
        docx.write(m.Publication(m.Metadata(title="T")), shop, docx.Options(), tmp_path / "x.docx")


@pytest.mark.slow
def test_libreoffice_opens_it_with_all_its_words(write: Write, folder: Pictures, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    word, _ = write(publication=kitchen.publication(folder))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(word.path)], check=True, capture_output=True, timeout=120)
    read = (tmp_path / "edition.fodt").read_text("utf-8")
    for words in (
        "Double Injustice",
        "Tables and figures",
        "México",
        "Elizabeth",
        "هذا نص عربي",
        "deeper",
        "First paragraph.",
    ):
        assert words in read


def test_a_table_cell_can_hold_lists_and_pictures(write: Write, folder: Pictures) -> None:
    asset = folder.add("a.png", kitchen.raster("PNG", 900, 50), "image/png", 900, 50)
    picture = m.Figure(images=(m.Image(source="a.png", alt=m.Described("x")),))
    listed = m.List(items=(m.ListItem(children=(p("one"),)),))
    table = m.Table(columns=(m.Column(), m.Column()), bodies=((row(m.Cell(children=(picture, listed)), cell("b")),),))
    word, _ = write(table, assets=(asset,))
    assert faults(word) == []
    width = int(next(word.document.iter(f"{WP}extent")).get("cx")) // 635
    assert width < int(val(next(word.document.iter(f"{W}gridCol")), "w"))


def test_the_cover_is_a_described_picture_and_the_imprint_begins_behind_it(write: Write, folder: Pictures) -> None:
    asset = folder.add("cover.png", kitchen.raster("PNG", 400, 600), "image/png", 400, 600)
    metadata = m.Metadata(
        title="T", kind=m.Kind.REPORT, language="en", rights="CC BY", cover=m.Cover("cover.png", m.Described("A door."))
    )
    word, _ = write(*(section(f"Part {n}", p("text")) for n in range(3)), metadata=metadata, assets=(asset,))
    (cover,) = word.paragraphs("Cover")
    assert next(cover.iter(f"{WP}docPr")).get("descr") == "A door."
    (imprint,) = word.paragraphs("ImprintTitle")
    assert imprint.find(f"{W}pPr/{W}pageBreakBefore") is not None
    height = int(next(cover.iter(f"{WP}extent")).get("cy")) // 635
    assert height < 0.6 * 16838


def test_easy_read_has_large_letters_without_serifs_and_italics_on_short_lines(write: Write) -> None:
    about = m.Metadata(title="Rights", kind=m.Kind.EASY_READ, language="en")
    word, _ = write(p(m.Emphasis(children=t("Everybody")), *t(" decides.")), metadata=about)
    styles = word.parts["word/styles.xml"]
    assert not list(styles.iter(f"{W}i"))
    assert {size.get(f"{W}val") for size in styles.find(f"{W}docDefaults").iter(f"{W}sz")} == {"28"}
    fonts = styles.find(f"{W}docDefaults//{W}rFonts")
    assert (fonts.get(f"{W}asciiTheme"), fonts.get(f"{W}ascii")) == ("majorHAnsi", "Source Sans 3")
    (emphasis,) = (style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Emphasis")
    assert [part.tag for part in emphasis.find(f"{W}rPr")] == [f"{W}b", f"{W}bCs"]
    page, margins = (next(word.document.iter(f"{W}{part}")) for part in ("pgSz", "pgMar"))
    line = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    assert line == pytest.approx(130 / 25.4 * 1440, abs=2)
    assert faults(word) == []
