"""Changes in Word files: each is read back, and nothing else differs."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter.errors import SourceError
from exporter.model.walk import images, plain_text, rewrite, walk
from exporter.readers import docx
from exporter.revise import (
    AltText,
    Change,
    DecorativeImage,
    HeaderRows,
    HeadingLevel,
    Language,
    LongDescription,
    MetadataField,
    PassageLanguage,
    Revision,
    SpeakerName,
    TableCaption,
    Title,
    revise,
)
from tests.readers.docx.files import (
    PLANTED,
    cell,
    custom_properties,
    numbering,
    p,
    package,
    part,
    picture,
    r,
    read,
    row,
    style,
    table,
    zipped,
)
from tests.report.test_word_comments import parts_of, with_damage
from tests.write_context import STYLES

ALT = "Two columns: “2024” & <2025>, 48 %"
BODY = (
    p("The title", "Title")
    + p("Beginnings", "Heading1")
    + p("Words before the picture.")
    + p(picture(""))
    + p(picture('descr="A square"'))
    + p("<w:r><w:rPr><w:b/></w:rPr><w:t>Only bold</w:t></w:r>")
    + p("More words, so that there is a text.")
    + table(row("Year", "Number"), row("2024", "12"), row("2025", "14"))
    + "<w:sectPr/>"
)


def revised(tmp_path: Path, data: bytes, *changes: Change, name: str = "manuscript.docx") -> tuple[Revision, bytes]:
    path = tmp_path / name
    path.write_bytes(data)
    revision = revise(path, changes)
    return revision, revision.files.get(name, data)


def read_again(data: bytes) -> m.Publication:
    return docx.read(data, "manuscript.docx", styles=STYLES).publication


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = parts_of(before), parts_of(after)
    return {name for name in new if new[name] != old.get(name)} | (set(old) - set(new))


def source_of(node: m.Node) -> m.Source:
    assert node.at.source is not None
    return node.at.source


def with_alts(publication: m.Publication, *alts: m.Alt) -> m.Publication:
    """Return a tree in which the images have these alternatives."""
    given = iter(alts)

    def replaced(node: m.Node) -> m.Node:
        return msgspec.structs.replace(node, alt=next(given)) if isinstance(node, m.Image) else node

    return rewrite(publication, replaced)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("anchor", [False, True])
def test_an_alt_text_is_the_only_difference(tmp_path: Path, strict: bool, anchor: bool) -> None:
    data = package(BODY.replace(picture(""), picture("", anchor=anchor)), strict=strict)
    before = read_again(data)
    first, second = images(before)
    revision, after = revised(tmp_path, data, AltText(source_of(first), ALT), DecorativeImage(source_of(second)))
    assert all(result.file == "manuscript.docx" for result in revision.results)
    assert read_again(after) == with_alts(before, m.Described(ALT), m.Decorative())
    assert changed_parts(data, after) == {"word/document.xml"}
    # And back: what was decorative is described.
    _, again = revised(tmp_path, after, AltText(source_of(second), "A square"), AltText(source_of(first), "One"))
    assert read_again(again) == with_alts(before, m.Described("One"), m.Described("A square"))


def test_the_bytes_around_an_alt_text_stay(tmp_path: Path) -> None:
    data = package(BODY)
    first, _ = images(read_again(data))
    _, after = revised(tmp_path, data, AltText(source_of(first), ALT))
    document = parts_of(after)["word/document.xml"].decode()
    added = re.search(' descr="Two.*?"', document)
    assert added
    assert document.replace(added[0], "").encode() == parts_of(data)["word/document.xml"]


def test_both_copies_of_alternate_content_are_described(tmp_path: Path) -> None:
    old = '<w:pict><v:shapetype id="t"/><v:shape id="s" type="#t"><v:imagedata r:id="rIdPic"/></v:shape></w:pict>'
    new = picture("")[len("<w:r>") : -len("</w:r>")]
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = package(p("Words.") + p(both))
    (image,) = images(read_again(data))
    _, after = revised(tmp_path, data, AltText(source_of(image), "A square"))
    document = parts_of(after)["word/document.xml"].decode()
    assert document.count('descr="A square"') == document.count('<v:shape alt="A square" id="s"') == 1
    _, plain = revised(tmp_path, after, DecorativeImage(source_of(image)))
    assert '<v:shape alt="" id="s"' in parts_of(plain)["word/document.xml"].decode()
    assert [image.alt for image in images(read_again(plain))] == [m.Decorative()]


def test_a_picture_in_a_text_box_is_described_in_both_copies_of_the_box(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{p('In the box.')}{p(picture(''))}</w:txbxContent>"
    new = (
        '<w:drawing><wp:inline><wp:docPr id="7" name="Box"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:shape id="s"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = package(p("Words.") + p(both) + p(picture("")))
    first, _ = images(read_again(data))
    _, after = revised(tmp_path, data, AltText(source_of(first), "A square"))
    assert [image.alt for image in images(read_again(after))] == [m.Described("A square"), m.Undescribed()]
    document = parts_of(after)["word/document.xml"].decode()
    assert document.count('descr="A square"') == 2
    assert '<wp:docPr id="7" name="Box"/>' in document


def test_old_drawings_are_described_and_cannot_be_decorative(tmp_path: Path) -> None:
    shape = '<v:shape id="s{0}" alt="old"><v:imagedata r:id="rIdPic"/></v:shape>'
    data = package(p("Words.") + p(f"<w:r><w:pict>{shape.format(1)}{shape.format(2)}</w:pict></w:r>"))
    _, second = images(read_again(data))
    revision, after = revised(tmp_path, data, AltText(source_of(second), "New", index=1))
    assert [image.alt for image in images(read_again(after))] == [m.Described("old"), m.Described("New")]
    revision, after = revised(tmp_path, data, DecorativeImage(source_of(second), index=1))
    assert after == data
    assert not revision.files
    assert "no mark for decorative images" in revision.results[0].reason


def test_images_that_are_not_in_the_text_have_a_reason(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{p(picture(""))}</w:footnote>'
    data = package(
        p('<w:r><w:t>Words.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={
            "footnotes.xml": part("footnotes", notes),
            "_rels/footnotes.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                'Id="rIdPic" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
                'Target="media/a.png"/></Relationships>'
            ),
        },
    )
    (image,) = images(read_again(data))
    revision, _ = revised(tmp_path, data, AltText(source_of(image), "Text"))
    assert "in a note" in revision.results[0].reason
    assert not revision.results[0].is_applied


def tables_of(publication: m.Publication) -> list[m.Table]:
    return [node for node in walk(publication) if isinstance(node, m.Table)]


def test_header_rows_are_set_and_removed(tmp_path: Path) -> None:
    data = package(BODY.replace("<w:trPr></w:trPr>", "", 1))
    (found,) = tables_of(read_again(data))
    assert not found.head
    _, after = revised(tmp_path, data, HeaderRows(source_of(found), 2))
    (found,) = tables_of(read_again(after))
    assert [plain_text(row.cells[0].children[0]) for row in found.head] == ["Year", "2024"]
    assert changed_parts(data, after) == {"word/document.xml"}
    _, fewer = revised(tmp_path, after, HeaderRows(source_of(found), 1))
    assert len(tables_of(read_again(fewer))[0].head) == 1
    _, none = revised(tmp_path, fewer, HeaderRows(source_of(found), 0))
    assert not tables_of(read_again(none))[0].head
    revision, _ = revised(tmp_path, data, HeaderRows(source_of(found), 3))
    assert "has 3 rows" in revision.results[0].reason


def test_header_rows_of_a_table_inside_a_cell(tmp_path: Path) -> None:
    inner = table(row("a", "b"), row("c", "d"))
    data = package(p("Words.") + table(row("x", cell(p("before") + inner + p("after"))), row("y", "z")))
    inside = tables_of(read_again(data))[-1]
    _, after = revised(tmp_path, data, HeaderRows(source_of(inside), 1))
    assert [len(found.head) for found in tables_of(read_again(after))] == [0, 1]


@pytest.mark.parametrize("strict", [False, True])
def test_a_caption_is_written_above_its_table(tmp_path: Path, strict: bool) -> None:
    data = package(BODY, strict=strict)
    (before,) = tables_of(read_again(data))
    _, after = revised(tmp_path, data, TableCaption(source_of(before), "Wells & pumps, <2025>"))
    (captioned,) = tables_of(read_again(after))
    assert plain_text(captioned.caption) == "Wells & pumps, <2025>"
    assert [len(row.cells) for group in captioned.groups for row in group] == [2, 2, 2]
    assert changed_parts(data, after) <= {"word/document.xml", "word/styles.xml"}


@pytest.mark.parametrize(
    ("tag", "attribute", "first", "second"),
    [("es-MX", "val", "El ", "agua"), ("fa", "bidi", "آب ", "پاک"), ("zh-Hans", "eastAsia", "水", "资源")],
)
def test_the_language_of_a_passage_is_that_of_its_runs(
    tmp_path: Path, tag: str, attribute: str, first: str, second: str
) -> None:
    bold = f"<w:r><w:rPr><w:b/><w:lang w:val='en-GB'/></w:rPr><w:t>{second}</w:t></w:r>"
    data = package(p("Words.") + p(f"<w:r><w:t>{first}</w:t></w:r>{bold}") + p("More."))
    passage = next(n for n in walk(read_again(data)) if isinstance(n, m.Paragraph) and second in plain_text(n))
    _, after = revised(tmp_path, data, PassageLanguage(source_of(passage), tag))
    text = parts_of(after)["word/document.xml"].decode()
    assert text.count(f'w:{attribute}="{tag}"') == 2
    assert changed_parts(data, after) == {"word/document.xml"}
    assert tag in {node.at.language for node in walk(read_again(after))}
    other = "ar" if attribute == "val" else "es"
    revision, after = revised(tmp_path, data, PassageLanguage(source_of(passage), other))
    assert revision.results[0].is_applied == (attribute == "eastAsia")
    assert attribute == "eastAsia" or revision.results[0].reason.startswith("The language has another script")


def test_a_speaker_is_spelt_otherwise_across_runs(tmp_path: Path) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    data = package(p("Words.") + p(bold.format("AN") + bold.format("A &amp; Co: x") + "<w:r><w:t> Two.</w:t></w:r>"))
    turn = next(n for n in walk(read_again(data)) if isinstance(n, m.Paragraph) and "Two" in plain_text(n))
    _, after = revised(tmp_path, data, SpeakerName(source_of(turn), "ANA & Co", "Ana & Co"))
    text = parts_of(after)["word/document.xml"].decode()
    assert "<w:t>Ana &amp; Co</w:t>" in text
    assert "<w:t>: x</w:t>" in text
    assert changed_parts(data, after) == {"word/document.xml"}
    revision, _ = revised(tmp_path, data, SpeakerName(source_of(turn), "Two", "Three"))
    assert "does not begin" in revision.results[0].reason


def headings_of(publication: m.Publication) -> list[str]:
    return [plain_text(node.title) for node in walk(publication) if isinstance(node, m.Section)]


def test_a_bold_line_becomes_a_heading_and_text_again(tmp_path: Path) -> None:
    data = package(BODY)
    bold = next(
        n for n in walk(read_again(data)) if isinstance(n, m.Paragraph) and plain_text(n.children) == "Only bold"
    )
    _, after = revised(tmp_path, data, HeadingLevel(source_of(bold), 2))
    assert headings_of(read_again(after)) == ["Beginnings", "Only bold"]
    assert changed_parts(data, after) == {"word/document.xml"}
    _, deeper = revised(tmp_path, after, HeadingLevel(source_of(bold), 5))
    assert changed_parts(after, deeper) == {"word/document.xml", "word/styles.xml"}
    assert '<w:name w:val="heading 5"/>' in parts_of(deeper)["word/styles.xml"].decode()
    _, plain = revised(tmp_path, deeper, HeadingLevel(source_of(bold), 0))
    assert read_again(plain) == read_again(data)


@pytest.mark.parametrize(
    "properties",
    ["", "<w:pPr/>", '<w:pPr><w:spacing w:after="0"/></w:pPr>', '<w:pPr><w:keepNext/><w:spacing w:after="0"/></w:pPr>'],
)
def test_a_new_heading_leaves_the_numbers_of_the_others(tmp_path: Path, properties: str) -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="4"/></w:pPr>'
    bold = f"<w:p>{properties}<w:r><w:rPr><w:b/></w:rPr><w:t>Abbreviations</w:t></w:r></w:p>"
    body = p("Words.") + bold + p("More words.") + p("Introduction", "Numbered") + p("Words and words.")
    styles = style("Numbered", "heading 5", numbered)
    data = package(body, styles=styles, parts={"numbering.xml": numbering("upperRoman")})
    assert headings_of(read_again(data)) == ["I. Introduction"]
    _, after = revised(tmp_path, data, HeadingLevel(m.Source("manuscript.docx", anchor=2), 5))
    assert headings_of(read_again(after)) == ["Abbreviations", "I. Introduction"]
    document = parts_of(after)["word/document.xml"].decode()
    assert document.index('<w:pStyle w:val="Numbered"/>') < document.index('<w:numId w:val="0"/>')


@pytest.mark.parametrize("strict", [False, True])
def test_a_file_without_styles_gets_the_style_of_the_heading(tmp_path: Path, strict: bool) -> None:
    files = parts_of(package(p("Words.") + "<w:p/>" + p("<w:r><w:t>More.</w:t></w:r>"), strict=strict))
    del files["word/styles.xml"]
    files["word/_rels/document.xml.rels"] = re.sub(
        rb'<Relationship Id="rIdStyles".*?/>', b"", files["word/_rels/document.xml.rels"]
    )
    data = zipped(files)
    _, after = revised(tmp_path, data, HeadingLevel(m.Source("manuscript.docx", anchor=3), 1), Language("es"))
    publication = read_again(after)
    assert headings_of(publication) == ["More."] or publication.metadata.title == "More."
    assert publication.metadata.language == "es"
    assert b"/word/styles.xml" in parts_of(after)["[Content_Types].xml"]


def test_the_title_is_in_the_properties(tmp_path: Path) -> None:
    data = package(p("Words and more words."), parts=PLANTED)
    revision, after = revised(tmp_path, data, Title("Water & power"))
    assert revision.results[0].file == "manuscript.docx"
    assert read_again(after).metadata.title == "Water & power"
    assert changed_parts(data, after) == {"docProps/core.xml"}
    without = package(p("Words and more words."))
    _, after = revised(tmp_path, without, Title("Water & power"))
    assert read_again(after).metadata.title == "Water & power"
    assert changed_parts(without, after) == {"docProps/core.xml", "_rels/.rels", "[Content_Types].xml"}


def test_a_title_that_the_text_overrides_is_in_the_settings_too(tmp_path: Path) -> None:
    revision, after = revised(tmp_path, package(BODY), Title("Another title"))
    assert revision.results[0].file == "publication.toml"
    assert revision.files["publication.toml"].decode() == '[metadata]\ntitle = "Another title"\n'
    assert read_again(after).metadata.title == "The title"


FIELDS: dict[str, object] = {
    "subtitle": "Below it",
    "kind": "brief",
    "publisher": "Ministry",
    "date": "2026-03-01",
    "identifier": "https://doi.org/10.1000/1",
    "description": "What it says.",
    "rights": "CC BY 4.0",
    "series": "Series",
    "place": "Bogotá, Colombia",
    "certifier": "Somebody",
    "keywords": ("water", "power"),
    "authors": ("Ana Ruiz", "Bo Li"),
}


def test_other_metadata_are_custom_properties_as_the_reader_reads_them(tmp_path: Path) -> None:
    data = package(BODY, parts={"/docProps/custom.xml": custom_properties(Kind="x", Checked="yes")})
    changes = [MetadataField(name, value) for name, value in FIELDS.items()]  # type: ignore[arg-type]
    revision, after = revised(tmp_path, data, *changes)
    assert {result.file for result in revision.results} == {"manuscript.docx"}
    metadata = read_again(after).metadata
    assert (metadata.kind, str(metadata.date), metadata.place) == (m.Kind.BRIEF, "2026-03-01", "Bogotá, Colombia")
    assert [author.name for author in metadata.authors] == ["Ana Ruiz", "Bo Li"]
    custom = parts_of(after)["docProps/custom.xml"].decode()
    assert custom.count('name="Kind"') == 1
    assert 'name="Checked"><vt:lpwstr>yes<' in custom
    assert len(set(re.findall('pid="(.*?)"', custom))) == custom.count("<property ")
    _, removed = revised(tmp_path, after, *(MetadataField(name, "") for name in FIELDS))
    assert read_again(removed).metadata == read_again(data).metadata


def test_what_word_has_no_place_for_is_in_the_settings(tmp_path: Path) -> None:
    revision, after = revised(
        tmp_path,
        package(BODY),
        MetadataField("contact", {"email": "formats@example.org"}),
        MetadataField("authors", ({"name": "Ana Ruiz", "role": "trl"},)),
        MetadataField("unknown", "x"),
        MetadataField("date", "yesterday"),
        Language("english"),
    )
    assert [result.file for result in revision.results] == ["publication.toml"] * 2 + [""] * 3
    assert after == package(BODY)
    assert revision.files["publication.toml"].decode() == (
        '[metadata]\ncontact = {email = "formats@example.org"}\nauthors = [{name = "Ana Ruiz", role = "trl"}]\n'
    )
    assert all(result.reason for result in revision.results[2:])


def test_settings_keep_their_lines_and_override_what_is_changed(tmp_path: Path) -> None:
    written = (
        '# Ours\n[export]\neditions = ["pdf"] # only\n\n[metadata]\ntitle = "Old"   # provisional\n# lang = "en"\n'
    )
    (tmp_path / "publication.toml").write_bytes(written.replace("\n", "\r\n").encode())
    revision, after = revised(tmp_path, package(p("Words.")), Title("New"), Language("es"))
    assert [result.file for result in revision.results] == ["manuscript.docx"] * 2
    expected = written.replace('"Old"', '"New"').replace("\n", "\r\n").encode()
    assert revision.files["publication.toml"] == expected
    assert read_again(after).metadata.title == "New"


def test_settings_that_would_apply_to_another_manuscript_are_not_created(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Other\n\nText.\n")
    revision, _ = revised(tmp_path, package(BODY), MetadataField("contact", {"email": "a@b.org"}), name="report.docx")
    assert "would apply to “other.md”, too" in revision.results[0].reason


@pytest.mark.parametrize("tag", ["es-MX", "ar", "ja"])
def test_the_language_is_that_of_the_text_which_was_marked_as_the_old_one(tmp_path: Path, tag: str) -> None:
    body = (
        p(r("Texto de la página principal del informe, sin marca."))
        + p(r("Texto marcado como inglés.", '<w:lang w:val="en-GB"/>'))
        + p(r("Ein deutscher Satz.", '<w:lang w:val="de-DE"/>'))
    )
    if tag == "ar":
        body = body.replace("Texto", "نص عربي طويل للاختبار")
    data = package(body)
    revision, after = revised(tmp_path, data, Language(tag))
    assert revision.results[0].is_applied
    if revision.results[0].file == "manuscript.docx":
        assert read_again(after).metadata.language == tag
    assert '<w:lang w:val="de-DE"/>' in parts_of(after)["word/document.xml"].decode()
    if tag == "es-MX":
        assert revision.results[0].file == "manuscript.docx"
        marks = re.findall('<w:lang w:val="(.*?)"', parts_of(after)["word/document.xml"].decode())
        assert marks == ["es-MX", "de-DE"]
        paragraphs = [n for n in walk(read_again(after)) if isinstance(n, m.Paragraph)]
        assert [n.at.language for n in paragraphs] == [None, None, "de-DE"]


def test_a_long_description_has_no_place(tmp_path: Path) -> None:
    data = package(BODY)
    first, _ = images(read_again(data))
    revision, _ = revised(tmp_path, data, LongDescription(source_of(first), "Long."))
    assert "no field for a long description" in revision.results[0].reason


def test_the_last_of_several_changes_of_the_same_counts(tmp_path: Path) -> None:
    data = package(BODY)
    first, _ = images(read_again(data))
    revision, after = revised(
        tmp_path, data, DecorativeImage(source_of(first)), AltText(source_of(first), "One"), Title("A"), Title("B")
    )
    assert [result.is_applied for result in revision.results] == [False, True, False, True]
    assert next(iter(images(read_again(after)))).alt == m.Described("One")


@pytest.mark.parametrize("suffix", ["docm", "dotx"])
def test_other_kinds_of_word_files(tmp_path: Path, suffix: str) -> None:
    files = parts_of(package(BODY)) | {"word/vbaProject.bin": b"\0macro"}
    data = zipped(files)
    first, _ = images(read_again(data))
    _, after = revised(tmp_path, data, AltText(source_of(first), "One"), name=f"report.{suffix}")
    assert changed_parts(data, after) == {"word/document.xml"}


def test_a_signed_file_is_not_changed(tmp_path: Path) -> None:
    files = parts_of(package(BODY)) | {"_xmlsignatures/origin.sigs": b""}
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    signature = f'<Relationship Id="rIdS" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"</Relationships>", signature.encode())
    data = zipped(files)
    first, _ = images(read_again(data))
    revision, after = revised(tmp_path, data, AltText(source_of(first), "One"), MetadataField("kind", "brief"))
    assert after == data
    assert "is signed" in revision.results[0].reason
    assert revision.results[1].file == "publication.toml"


def test_a_damaged_picture_stops_the_change(tmp_path: Path) -> None:
    data = with_damage(package(BODY))
    path = tmp_path / "manuscript.docx"
    path.write_bytes(data)
    with pytest.raises(SourceError):
        revise(path, [AltText(m.Source("manuscript.docx", anchor=5), "One")])


def test_a_file_of_another_format_with_the_name_of_a_word_file(tmp_path: Path) -> None:
    flat = re.sub(rb"<\?xml.*?\?>", b"", parts_of(package(BODY))["word/document.xml"]).decode()
    data = (
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{flat}</pkg:xmlData></pkg:part></pkg:package>'
    ).encode()
    revision, after = revised(tmp_path, data, HeadingLevel(m.Source("manuscript.docx", anchor=3), 2))
    assert "save it as .docx" in revision.results[0].reason
    assert after == data


def test_utf_16_and_single_quotes_and_other_prefixes(tmp_path: Path) -> None:
    body = p("Words.") + p(picture("descr='old' title='t'"))
    files = parts_of(package(body))
    document = files["word/document.xml"].decode().replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
    data = zipped({**files, "word/document.xml": document.encode("utf-16")})
    (image,) = images(read_again(data))
    _, after = revised(tmp_path, data, AltText(source_of(image), ALT), HeadingLevel(m.Source("", anchor=1), 2))
    assert next(iter(images(read_again(after)))).alt == m.Described(ALT)
    assert read(p("Words.", "Heading2") + p(picture(f'descr="{"x"}"'))).publication.body
    assert b'<x:pStyle x:val="Heading2"/>' in parts_of(after)["word/document.xml"]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("agua es", ["agua", " es"]),
        ("El  agua", ["El ", "agua"]),
        ("es de", [" es", " de"]),
        ("todos", ["todos"]),
        ("more", ["more"]),
    ],
)
def test_words_of_a_paragraph_are_divided_from_its_runs(tmp_path: Path, words: str, marked: list[str]) -> None:
    runs = (
        "<w:r><w:t xml:space='preserve'>They said: El </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>agua</w:t></w:r>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t xml:space='preserve'> es de</w:t><w:br/><w:t>todos &amp; more.</w:t></w:r>"
    )
    data = package(p("Words.") + p(runs))
    before = next(n for n in walk(read_again(data)) if isinstance(n, m.Paragraph) and "agua" in plain_text(n))
    _, after = revised(tmp_path, data, PassageLanguage(source_of(before), "es", words))
    assert changed_parts(data, after) == {"word/document.xml"}
    paragraph = next(n for n in walk(read_again(after)) if isinstance(n, m.Paragraph) and "agua" in plain_text(n))
    assert plain_text(paragraph) == plain_text(before)
    spoken = "".join(plain_text(node) + " " for node in walk(paragraph) if node.at.language == "es")
    assert spoken.split() == "".join(marked).split()
    assert {type(node) for node in walk(paragraph)} >= {type(node) for node in walk(before)}


def test_words_that_a_paragraph_does_not_contain_are_not_marked(tmp_path: Path) -> None:
    data = package(p("Words."))
    source = source_of(next(n for n in walk(read_again(data)) if isinstance(n, m.Paragraph)))
    revision, _ = revised(tmp_path, data, PassageLanguage(source, "es", "Nada"))
    assert "does not contain" in revision.results[0].reason
