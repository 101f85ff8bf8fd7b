"""The print edition: boxes, inks, spreads and addresses, as a printing house would look at them."""

from __future__ import annotations

import datetime
import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import pytest

from exporter import model as m
from exporter import programs
from exporter.parity.pdf import PRINT_EXTRACTOR
from exporter.validate import preflight
from exporter.writers import print as edition
from exporter.writers.pdf.options import PageSize
from exporter.writers.print import ghostscript, links
from exporter.writers.print.conditions import REGISTERED, Stock, condition
from tests.images.pictures import SVG
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.print.made import Made, box, chapters, columns, make

POINTS = 72 / 25.4


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same without Ghostscript, with chapters on right-hand pages."""
    folder = tmp_path_factory.mktemp("plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "which", lambda name: None)
        return make(folder, chapters="odd-page")


def test_the_file_says_that_it_is_pdf_x_4_and_for_which_press(printed: Made) -> None:
    assert printed.written.findings == ()
    with pikepdf.open(printed.path) as pdf:
        assert pdf.docinfo["/GTS_PDFXVersion"] == "PDF/X-4"
        assert pdf.docinfo["/Trapped"] == "/False"
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, intent.OutputConditionIdentifier) == ("/GTS_PDFX", "FOGRA39")
        assert intent.DestOutputProfile.N == 4
        assert str(pdf.Root.Lang) == "en"
        assert b"GTS_PDFXVersion" in pdf.Root.Metadata.read_bytes()


def test_each_page_has_its_trim_three_millimetres_of_bleed_and_a_slug(printed: Made) -> None:
    with pikepdf.open(printed.path) as pdf:
        for page in pdf.pages:
            trim, bleed, media = (box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
            assert trim[2] - trim[0] == pytest.approx(210 * POINTS, abs=0.1)
            assert trim[3] - trim[1] == pytest.approx(297 * POINTS, abs=0.1)
            assert [abs(a - b) for a, b in zip(trim, bleed, strict=True)] == pytest.approx([3 * POINTS] * 4, abs=0.05)
            assert all(abs(a - b) >= 20 for a, b in zip(media, bleed, strict=True))
            assert "/ArtBox" not in page


def test_a_bookmark_to_another_page_is_found(printed: Made, tmp_path: Path) -> None:
    assert [finding.rule for finding in PRINT_EXTRACTOR.extract(printed.path).contradictions] == []
    with pikepdf.open(printed.path) as pdf:
        with pdf.open_outline() as outline:
            first, last = outline.root[0], outline.root[-1]
            first.destination, last.destination = last.destination, first.destination
        pdf.save(tmp_path / "bad.pdf")
    rules = [finding.rule for finding in PRINT_EXTRACTOR.extract(tmp_path / "bad.pdf").contradictions]
    assert rules == ["parity-outline", "parity-outline"]


def test_there_is_nothing_to_click(printed: Made, plain: Made) -> None:
    for made in (printed, plain):
        with pikepdf.open(made.path) as pdf:
            assert not any("/Annots" in page for page in pdf.pages)


def test_a_preflight_finds_nothing_in_it(printed: Made) -> None:
    assert [str(finding) for finding in preflight.check(printed.path, ink=REGISTERED[Stock.COATED].limit)] == []


@pytest.fixture(scope="module")
def see_through(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Pages with a picture that is blended and masked; its metadata has characters beyond U+FFFF."""
    folder = tmp_path_factory.mktemp("see-through")
    pictures = Pictures(folder / "pictures")
    drawing = (
        "<g opacity='0.5'><path d='M0 0h20v20H0z' fill='red'/><path d='M9 9h20v20H9z' fill='blue'/></g>"
        "<mask id='m'><path d='M0 0h40v20H0z' fill='#888'/></mask><path d='M0 0h40v40H0z' mask='url(#m)'/>"
    )
    asset = pictures.add("a.svg", SVG.format(drawing).encode(), "image/svg+xml", 40, 40)
    figure = m.Figure((m.Image("a.svg", m.Described("Two squares")),))
    people = (m.Contributor("\U0001f600\U0001f680 & co"), m.Contributor("\U00020bb7\U00020bb7\U00020bb7"))
    date = datetime.date(2026, 3, 1)  # As that of `printed`.
    metadata = m.Metadata(title="\U00020bb7\U00020bb7", language="en", authors=people, date=date)
    return make(folder, m.Publication(metadata, body=(figure,), assets=(asset,)))


def test_what_is_see_through_is_blended_in_inks_and_masked_by_lightness(see_through: Made) -> None:
    assert [str(finding) for finding in preflight.check(see_through.path)] == []
    with pikepdf.open(see_through.path) as pdf:
        groups = [each.Group for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Group" in each]
        masks = [each.SMask.G.Group for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and _masked(each)]
    assert {str(each.get("/CS")) for each in masks} == {"/DeviceGray"}
    assert "/DeviceCMYK" in {str(each.get("/CS")) for each in groups}


def test_glyphs_without_a_character_have_one_that_is_not_seen() -> None:
    """Ghostscript leaves out the characters of a font with such a glyph, as of an accent that is drawn by itself."""
    pdf, fonts = pydyf.PDF(), pydyf.Stream([b"begincmap", b"<0001> <>", b"<0002> <0041>"])
    pdf.add_object(fonts)
    ghostscript.name_glyphs(pdf)
    assert fonts.stream == [b"begincmap", b"<0001> <2060>", b"<0002> <0041>"]


@pytest.mark.usefixtures("poppler")
def test_letters_with_several_signs_are_whole(tmp_path: Path) -> None:
    text = "Ἐπειδὴ ἡ παραγνώριση καὶ ἡ περιφρόνηση τῶν δικαιωμάτων τοῦ ἀνθρώπου"
    publication = m.Publication(m.Metadata(title="T", language="el-polyton"), body=(sample.p(text),))
    path = make(tmp_path, publication).path
    words = programs.run(["pdftotext", str(path), "-"], seconds=60).stdout.decode()
    assert unicodedata.normalize("NFC", text) in unicodedata.normalize("NFC", " ".join(words.split()))


def test_two_publications_of_a_day_have_permanent_identifiers_of_their_own(printed: Made, see_through: Made) -> None:
    """ISO 32000-2, 14.4: files with the same first identifier are versions of one."""
    with pikepdf.open(printed.path) as one, pikepdf.open(see_through.path) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_two_rare_characters_of_a_text_are_in_the_metadata(see_through: Made) -> None:
    extraction = PRINT_EXTRACTOR.extract(see_through.path)
    assert extraction.title == "\U00020bb7\U00020bb7"
    assert extraction.metadata is not None
    assert extraction.metadata.authors == ("\U0001f600\U0001f680 & co", "\U00020bb7\U00020bb7\U00020bb7")
    assert not [finding for finding in extraction.contradictions if finding.rule == "parity-metadata"]


def _masked(state: Any) -> bool:
    return isinstance(state.get("/SMask"), pikepdf.Dictionary) and "/G" in state.SMask


def test_the_text_is_black_ink_alone(printed: Made) -> None:
    """DeviceGray is black ink in PDF; four inks under small type would never stay in register."""
    with pikepdf.open(printed.path) as pdf:
        fills = []
        for page in pdf.pages[4:]:
            fill: Any = None
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in {"g", "k"}:
                    fill = tuple(round(float(value), 2) for value in operands)
                elif str(operator) in {"Tj", "TJ"}:
                    fills.append(fill)
    solid = [fill for fill in fills if fill in {(0.0,), (0.0, 0.0, 0.0, 1.0)}]
    assert len(solid) > len(fills) / 2


def test_chapters_begin_on_right_hand_pages_and_empty_pages_say_nothing(plain: Made) -> None:
    found = chapters(plain.path, ["Executive summary", "Findings", "Annex"])
    assert len(found) == 3
    assert all(number % 2 for number in found.values())
    with pikepdf.open(plain.path) as pdf:
        texts = [
            any(str(each.operator) in {"Tj", "TJ"} for each in pikepdf.parse_content_stream(page)) for page in pdf.pages
        ]
    assert not all(texts), "some left-hand page stays empty"
    assert all(texts[number - 1] for number in found.values())


def test_margins_are_mirrored_and_wider_at_the_spine(plain: Made) -> None:
    lefts: dict[bool, list[float]] = {True: [], False: []}
    with pikepdf.open(plain.path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            found = list(columns(page))
            if number > 4 and found:
                lefts[number % 2 == 1].append(min(found))
    right, left = min(lefts[True]), min(lefts[False])
    assert right - left == pytest.approx(8 * POINTS, abs=1)


def test_crop_marks_stand_clear_of_the_bleed_or_are_left_out(plain: Made, tmp_path: Path) -> None:
    with pikepdf.open(plain.path) as pdf:
        page = pdf.pages[2]
        bleed = box(page, "/BleedBox")
        marks = page.Contents[-1].read_bytes().decode().splitlines()
        lines = [[float(part) for part in line.split() if part[-1].isdigit()] for line in marks if line.endswith("S")]
    assert len(lines) == 8
    for x, y, *_ in lines:
        assert not (bleed[0] - 1 < x < bleed[2] + 1 and bleed[1] - 1 < y < bleed[3] + 1)
    short = m.Publication(m.Metadata(title="S", language="en"), body=(sample.section("a", "A", sample.p("Words.")),))
    with pytest.MonkeyPatch.context() as patch, pikepdf.open(unmarked(patch, tmp_path, short)) as pdf:
        assert box(pdf.pages[0], "/MediaBox") == box(pdf.pages[0], "/BleedBox")


def unmarked(patch: pytest.MonkeyPatch, folder: Path, publication: m.Publication) -> Path:
    patch.setattr(shutil, "which", lambda name: None)
    return make(folder, publication, marks=False).path


def test_without_ghostscript_it_is_rgb_and_says_so(plain: Made) -> None:
    (finding,) = plain.written.findings
    assert finding.rule == "print-rgb"
    assert "Ghostscript" in finding.message
    assert "apt-get install" in finding.advice
    with pikepdf.open(plain.path) as pdf:
        assert "RGB" in str(pdf.docinfo["/Title"])
        assert "/GTS_PDFXVersion" not in pdf.docinfo
    # What follows from it is not told again as faults of the file.
    assert [finding.rule for finding in preflight.check(plain.path)] == ["press-rgb"]
    facts = PRINT_EXTRACTOR.extract(plain.path, None)
    assert facts.title is not None
    assert "RGB" not in facts.title


def test_a_ghostscript_that_fails_costs_the_inks_and_not_the_edition(tmp_path: Path) -> None:
    program = tmp_path / "gs"
    program.write_text("#!/bin/sh\necho 'Unrecoverable error: rangecheck in PDFX' >&2\nexit 1\n")
    program.chmod(0o755)
    if condition(edition.Options()).profile is None:
        pytest.skip("The colour profiles are not installed: apt install colord-data")
    short = m.Publication(m.Metadata(title="S", language="en"), body=(sample.section("a", "A", sample.p("Words.")),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "which", lambda name, **_more: str(program))
        made = make(tmp_path, short)
    (finding,) = made.written.findings
    assert finding.rule == "print-rgb"
    assert "rangecheck in PDFX" in finding.message
    with pikepdf.open(made.path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "S (RGB)"


def test_what_is_installed_decides_whether_it_is_made_anew() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "which", lambda name: None)
        without = edition.external_state(edition.Options())
    assert without["ghostscript"] == ""
    assert json.dumps(without)
    if condition(edition.Options()).ready:
        assert edition.external_state(edition.Options()) != without


@pytest.mark.proof
def test_the_same_bytes_come_out_twice(printed: Made, tmp_path: Path) -> None:
    assert make(tmp_path / "again").path.read_bytes() == printed.path.read_bytes()


@pytest.mark.parametrize(("number", "mark"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (702, "zz")])
def test_addresses_are_lettered(number: int, mark: str) -> None:
    assert links.letters(number) == mark


@pytest.mark.parametrize(
    ("words", "address", "same"),
    [
        ("example.org", "https://www.example.org/", True),
        ("https://example.org/a", "https://example.org/a", True),
        ("desk@example.org", "mailto:desk@example.org", True),
        ("the report", "https://example.org/report", False),
    ],
)
def test_an_address_is_not_printed_twice(words: str, address: str, same: bool) -> None:
    assert links.says(words, address) is same


def markup(*blocks: m.Block) -> str:
    from exporter.labels import Labels
    from exporter.writers.markup.options import NoteStyle
    from tests.write_context import STYLES

    publication = m.Publication(m.Metadata(language="en"), body=blocks)
    made = links.PrintMarkup(publication, Labels.load(STYLES, "en"), href=lambda name: name, notes=NoteStyle.PAGE)
    return made.blocks(blocks)


def link(words: str, target: str) -> m.Link:
    return m.Link((m.Text(words),), target)


def test_an_address_has_one_note_in_a_chapter_and_a_new_one_in_the_next() -> None:
    one, other = link("one", "https://example.org/one"), link("other", "https://example.org/other")
    told = markup(
        sample.section("a", "A", sample.p(one, " and ", other, " and ", one)), sample.section("b", "B", sample.p(other))
    )
    assert told.count("<aside") == 3
    assert [told.count(f'<sup class="noteref-mark">{mark}</sup>') for mark in "ab"] == [3, 1]
    assert "href" not in told
    assert "example.org/other" in told


def test_a_place_in_the_text_is_named_by_its_page() -> None:
    told = markup(sample.section("a", "A", sample.p(link("the method", "#a"))))
    assert 'data-before=" (page " data-after=")"' in told.replace(" data-after", " data-after")
    assert "<aside" not in told


@pytest.mark.parametrize(
    ("options", "identifier"),
    [
        ({}, "FOGRA39"),
        ({"paper": Stock.UNCOATED}, "FOGRA47"),
        ({"page_size": PageSize.LETTER}, "CGATS TR 006"),
        ({"paper": Stock.US_WEB}, "CGATS TR 003"),
    ],
)
def test_paper_decides_the_printing_condition(options: dict[str, Any], identifier: str) -> None:
    assert condition(edition.Options(**options)).registered.identifier == identifier


def test_a_note_that_is_referred_to_twice_is_not_taken_for_lost(tmp_path: Path) -> None:
    """On paper it has only one of its links back."""
    body = (sample.section("a", "A", sample.p("One", m.NoteReference("n")), sample.p("Two", m.NoteReference("n"))),)
    notes = (m.Note("n", (sample.p("The note."),)),)
    made = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body, notes=notes))
    assert "notes-moved" not in {finding.rule for finding in made.written.findings}
