"""The PDF: what a reader of the file finds in it, read with pikepdf, not with what wrote it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest

from exporter import model as m
from exporter import programs, transforms
from exporter.errors import SettingsError
from exporter.model.walk import headings
from exporter.writers import fonts, pdf
from exporter.writers.pdf.options import Notes, PageSize, When
from tests.parity.compared import compare
from tests.write_context import Memory, Pictures, write_context
from tests.writers import sample
from tests.writers.pdf.made import Made, make


def page_text(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt install poppler-utils")
    return programs.run(["pdftotext", str(path), "-"], seconds=60).stdout.decode()


def outline(file: pikepdf.Pdf) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []

    def within(items: Any, level: int) -> None:
        for item in items:
            out.append((level, item.title))
            within(item.children, level + 1)

    with file.open_outline() as root:
        within(root.root, 1)
    return out


def font_names(file: pikepdf.Pdf) -> set[str]:
    return {
        str(item.FontName).partition("+")[2]
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
    }


def test_the_bookmarks_are_the_headings_of_the_tree(everything: Made) -> None:
    with pikepdf.open(everything.path) as file:
        assert outline(file) == [(h.level, h.text) for h in headings(everything.publication)]


def test_nothing_is_found_wrong_with_a_sound_publication(everything: Made) -> None:
    assert everything.written.findings == ()


def test_only_our_typefaces_are_in_the_file_and_all_are_embedded(everything: Made) -> None:
    ours = tuple(family.name.replace(" ", "-") for family in fonts.FAMILIES)
    with pikepdf.open(everything.path) as file:
        names = font_names(file)
        assert any(name.startswith("Amiri") for name in names)
        assert all(name.startswith(ours) for name in names), names
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item or "/FontFile3" in item


def test_typefaces_of_the_machine_are_not_even_seen(tmp_path: Path) -> None:
    text = sample.p("漢字 in a text", id="p")
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(text,)))
    with pikepdf.open(made.path) as file:
        assert all(name.startswith(("Source", "Noto-Sans")) for name in font_names(file))


@pytest.mark.usefixtures("bundled_fonts")
def test_a_character_without_a_glyph_is_a_finding_with_its_place(tmp_path: Path) -> None:
    at = m.At(source=m.Source("manuscript.md", 12))
    text = m.Paragraph((m.Text("A 漢 and again 漢, but not \u00ad\u200d\u202f"),), at=at)
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(text,)))
    found = [(f.rule, str(f.source)) for f in made.written.findings]
    assert found == [("glyph-missing", "manuscript.md:12")]
    assert "U+6F22" in made.written.findings[0].message


@pytest.mark.usefixtures("bundled_fonts")
def test_a_script_without_a_typeface_is_one_finding_and_signs_are_named(tmp_path: Path) -> None:
    blocks = tuple(
        m.Paragraph((m.Text(words),), at=m.At(source=m.Source("manuscript.md", line)))
        for line, words in ((12, "司法公正人们等"), (14, "司法的可及性 🎉"))
    )
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="zh"), body=blocks))
    found = {str(f.source): f.message for f in made.written.findings}
    assert set(found) == {"manuscript.md:12", "manuscript.md:14"}
    assert "Missing glyphs: no font has 11 characters of simplified Chinese" in found["manuscript.md:12"]
    assert "U+1F389" in found["manuscript.md:14"]


def test_the_file_says_what_the_metadata_say(everything: Made) -> None:
    with pikepdf.open(everything.path) as file:
        info = {str(key): str(value) for key, value in file.docinfo.items()}
        assert info["/Title"] == "Waiting for a Judge: Remand and the right to a hearing in four districts"
        assert info["/Author"] == "Lucía Ortega, Samuel Adeyemi"
        assert info["/Keywords"] == "human rights, remand"
        assert info["/Subject"].startswith("How long people wait")
        assert info["/CreationDate"].startswith("D:20260301")
        assert file.Root.Lang == "en"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


def test_the_same_publication_gives_the_same_bytes(everything: Made, tmp_path: Path) -> None:
    assert make(tmp_path).path.read_bytes() == everything.path.read_bytes()


def test_notes_lead_to_their_text_and_back(everything: Made) -> None:
    with pikepdf.open(everything.path) as file:
        names = file.Root.Names.Dests.Names
        places = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
        targets = {
            str(annotation.Dest)
            for page in file.pages
            for annotation in page.get("/Annots", [])
            if "/Dest" in annotation
        }
    assert {"n1", "n2", "ref-1", "ref-1-2", "ref-2", "t1"} <= targets
    assert targets == set(places), "every link has its target, and nothing else is named"


def test_a_link_with_stressed_words_is_one_annotation(tmp_path: Path) -> None:
    link = m.Link((m.Text("a "), m.Emphasis((m.Text("stressed"),)), m.Text(" word")), "https://example.org/")
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(m.Paragraph((link,)),)))
    with pikepdf.open(made.path) as file:
        assert len(file.pages[0].Annots) == 1


def test_each_node_knows_its_page(everything: Made) -> None:
    pages = everything.pages
    with pikepdf.open(everything.path) as file:
        assert pages["labels"] == [str(number) for number in range(1, len(file.pages) + 1)]
    assert pages["nodes"]["n1"] == pages["nodes"]["p1"] == pages["nodes"]["summary"]
    assert pages["nodes"]["summary"] < pages["nodes"]["findings"] < pages["nodes"]["annex"]
    assert {"t1", "f1", "u2", "page-17"} <= set(pages["nodes"])


def test_the_note_of_a_line_is_on_its_page_and_none_is_lost(tmp_path: Path) -> None:
    # Enough lines with notes that page ends fall on every kind of line.
    count = 90
    notes = tuple(
        m.Note(id=f"n{i}", children=(sample.p(f"Source {i}, " + "with a page, " * (i % 5)),), at=m.At(id=f"note-{i}"))
        for i in range(count)
    )
    body = tuple(
        m.Paragraph(
            (
                m.Text(sample.PARAGRAPH[: 40 + 53 * (i % 6)]),
                m.NoteReference(f"n{i}", at=m.At(id=f"ref-{i}")),
                m.Text(" And on. " * 20),
            ),
            at=m.At(id=f"p{i}"),
        )
        for i in range(count)
    )
    nodes = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes)).pages["nodes"]
    assert [nodes.get(f"note-{i}") for i in range(count)] == [nodes[f"ref-{i}"] for i in range(count)]
    assert nodes["p89"] > 5


def test_the_number_of_a_note_that_nothing_refers_to_is_its_label(tmp_path: Path) -> None:
    notes = (m.Note("n", (sample.p("A note."),)),)
    publication = transforms.apply(m.Publication(m.Metadata(title="T", language="en"), notes=notes), "t")
    made = make(tmp_path, publication, notes=Notes.END)
    assert compare(publication, {"pdf": made.path}) == []


def test_notes_can_stand_behind_the_text(tmp_path: Path) -> None:
    made = make(tmp_path, notes=Notes.END)
    assert compare(made.publication, {"pdf": made.path}) == []  # they are read there too, not where the first stands
    assert made.pages["nodes"]["n1"] == made.pages["nodes"]["n2"] >= made.pages["nodes"]["page-17"]
    assert made.written.findings == ()


@pytest.mark.parametrize(
    ("size", "points"), [(PageSize.A4, (595, 842)), (PageSize.LETTER, (612, 792)), (PageSize.A5, (420, 595))]
)
def test_paper_can_be_chosen(size: PageSize, points: tuple[int, int], tmp_path: Path) -> None:
    text = m.Publication(m.Metadata(title="T", language="en"), body=(sample.p("Text."),))
    with pikepdf.open(make(tmp_path, text, page_size=size).path) as file:
        box = file.pages[0].mediabox
        assert (round(float(box[2])), round(float(box[3]))) == points


def test_short_pieces_begin_on_their_first_page_and_books_have_a_cover(tmp_path: Path) -> None:
    body = (sample.section("one", "One", sample.p("Text.")),)
    piece = m.Publication(m.Metadata(title="T", language="en", kind=m.Kind.BRIEF), body=body)
    assert make(tmp_path, piece).pages["nodes"]["one"] == 0
    assert make(tmp_path, sample.with_metadata(piece, kind=m.Kind.REPORT)).pages["nodes"]["one"] >= 1
    assert make(tmp_path, piece, cover=When.ALWAYS).pages["nodes"]["one"] >= 1


def test_only_a_long_piece_with_many_sections_has_a_list_of_contents(tmp_path: Path) -> None:
    def links(count: int, words: int, **options: Any) -> int:
        body = tuple(sample.section(f"s{i}", f"Part {i}", sample.p("word " * (words // count))) for i in range(count))
        piece = m.Publication(m.Metadata(title="T", language="en", kind=m.Kind.COMMENTARY), body=body)
        with pikepdf.open(make(tmp_path, piece, **options).path) as file:
            return sum(len(page.get("/Annots", [])) for page in file.pages)

    assert links(8, 1600) == 8
    assert links(8, 160) == links(3, 1600) == 0
    assert links(3, 160, contents=When.ALWAYS) == 3
    assert links(8, 1600, contents=When.NEVER) == 0


def test_arabic_pages_turn_from_right_to_left(tmp_path: Path) -> None:
    metadata = m.Metadata(title="العدالة", language="ar", direction=m.Direction.RTL, kind=m.Kind.BRIEF, publisher="دار")
    body = (sample.section("one", "الفصل", sample.p("نص قصير.")),)
    made = make(tmp_path, m.Publication(metadata, body=body))
    assert made.written.findings == ()
    with pikepdf.open(made.path) as file:
        assert file.Root.ViewerPreferences.Direction == "/R2L"
        assert file.Root.Lang == "ar"
        assert outline(file) == [(1, "الفصل")]
        assert all(name.startswith(("Amiri", "Almarai", "Source")) for name in font_names(file))


def test_pictures_are_no_finer_than_paper_can_show(tmp_path: Path) -> None:
    pictures, memory = Pictures(tmp_path / "pictures"), Memory()
    context = write_context(tmp_path, pictures=pictures, memory=memory)
    asset = pictures.add("big.jpg", sample.picture(6000, 3000, "JPEG"), "image/jpeg", 6000, 3000)
    figure = m.Figure((m.Image("big.jpg", m.Described("Bars")),), at=m.At(id="f"))
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(figure,), assets=(asset,))
    widths = []
    for resolution in (300, 150):
        pdf.write(publication, context, pdf.Options(picture_resolution=resolution), tmp_path / "made.pdf")
        with pikepdf.open(tmp_path / "made.pdf") as file:
            widths += [
                int(item.Width)
                for item in file.objects
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
            ]
    assert widths == [1772, 886]
    assert len(memory) == 2, "what was reduced is remembered"


def test_a_picture_that_cannot_be_drawn_is_an_error_not_a_gap(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", b"no picture", "image/png", 10, 10)
    figure = m.Figure((m.Image("a.png", m.Described("Bars")),))
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(figure,), assets=(asset,))
    context = write_context(tmp_path, pictures=pictures)
    findings = pdf.write(publication, context, pdf.Options(), tmp_path / "made.pdf").findings
    assert [(f.rule, f.severity) for f in findings] == [("picture-not-printed", "error")]
    assert findings[0].message.startswith("The picture “a.png” cannot be printed: ")


def test_a_picture_that_is_not_there_leaves_its_description(tmp_path: Path) -> None:
    figure = m.Figure((m.Image("no where.png", m.Described("Bars that fall")),))
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(figure,)))
    (finding,) = made.written.findings
    assert finding.rule == "not-carried"
    assert finding.message == "Image not found: “no where.png”; its description is used instead."
    assert "Bars that fall" in page_text(made.path)


def test_no_word_of_a_cell_is_too_long_for_the_page(tmp_path: Path) -> None:
    words = ("a" * 100, "b" * 100, "c" * 400)
    table = m.Table(
        (m.Column(), m.Column()),
        head=(m.Row((sample.cell(words[0], m.Scope.COLUMN), sample.cell("short", m.Scope.COLUMN))),),
        bodies=((m.Row((sample.cell(words[1]), sample.cell(words[2]))),),),
    )
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(table,)))
    with pikepdf.open(made.path) as file:
        width = float(file.pages[-1].mediabox[2])
    boxes = programs.run(["pdftotext", "-bbox", str(made.path), "-"], seconds=60).stdout.decode()
    assert all(float(right) < width for right in re.findall(r'xMax="([\d.]+)"', boxes))
    text = page_text(made.path)
    assert all(text.count(word[0]) >= len(word) for word in words)


def test_a_hostile_link_is_no_link_in_the_file(tmp_path: Path) -> None:
    body = (
        m.Paragraph(
            (m.Link((m.Text("x"),), "javascript:app.alert(1)"), m.Link((m.Text("y"),), "https://example.org/"))
        ),
    )
    contact = m.Contact("Us", "a@example.org", "javascript:app.alert(2)")
    related = (m.Related("R", "file:///etc/passwd"), m.Related("S", "javascript:app.alert(3)"))
    metadata = m.Metadata(title="T", language="en", contact=contact, related=related)
    made = make(tmp_path, m.Publication(metadata, body=body))
    assert [finding.rule for finding in made.written.findings] == ["link-refused"]
    with pikepdf.open(made.path) as file:
        assert [str(a.A.URI) for page in file.pages for a in page.get("/Annots", [])] == [
            "https://example.org/",
            "mailto:a@example.org",
        ]


def test_an_unknown_theme_is_named_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Unknown theme “night”.*house"):
        make(tmp_path, theme="night")


@pytest.mark.parametrize("options", [{"page_size": "a3"}, {"text_size": 2}, {"theme": "../x"}, {"colour": "red"}])
def test_settings_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, pdf.Options)


def test_a_formula_is_named_in_words_not_in_signs_that_a_screen_reader_spells_out(tmp_path: Path) -> None:
    formula = m.MathBlock(sample.MATHML, r"\frac{n}{N} = 0.62")
    meta = m.Metadata(title="Shares", language="en", kind=m.Kind.BRIEF)
    made = make(tmp_path, m.Publication(metadata=meta, body=(formula,)))
    with pikepdf.open(made.path) as file:
        alts = [str(e.Alt) for e in file.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Formula"]
    assert alts == ["n over N equals 0.62"]
