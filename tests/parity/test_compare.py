"""Every difference that is planted is found and named by its place; where there is none, nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from exporter import model as m
from exporter.inspect.pdf import PdfFile
from exporter.labels import Labels
from exporter.parity import RULES, DocumentMetadata, Extraction, Heading, Picture, added_words, diff
from exporter.parity.extraction import normal
from exporter.parity.pdf.contradictions import information
from exporter.parity.tree_extraction import extract_tree
from tests.parity.compared import compare
from tests.parity.editions import ALTS, HEADINGS, TITLE, docx, epub, pdf, publication
from tests.write_context import STYLES

Make = Callable[..., Path]
TEXT_EDITIONS = [pytest.param(make, id=make.__name__) for make in (epub, docx, pdf)]


def found(make: Make, folder: Path, *args: object, **settings: object) -> list[tuple[str, str]]:
    path = make(folder / f"book.{make.__name__}", *args, **settings)
    return [(finding.rule, finding.message) for finding in compare(publication(), {make.__name__: path})]


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_a_faithful_edition_has_no_finding(tmp_path: Path, make: Make) -> None:
    assert found(make, tmp_path) == []


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_a_missing_heading_is_found_with_its_line(tmp_path: Path, make: Make) -> None:
    path = make(tmp_path / f"book.{make.__name__}", (*HEADINGS[:3], HEADINGS[4]))
    findings = [each for each in compare(publication(), {"x": path}) if each.rule == "parity-headings"]
    assert [(each.message, str(each.source), each.edition) for each in findings] == [
        ("The heading “Police” is missing, after “Courts in “Chiapas””.", "a.md:40", "x")
    ]


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_another_word_in_a_heading_is_found(tmp_path: Path, make: Make) -> None:
    headings = (*HEADINGS[:3], (2, "Politics"), HEADINGS[4])
    assert ("parity-headings", "The heading “Police” reads “Politics”, after “Courts in “Chiapas””.") in found(
        make, tmp_path, headings
    )


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_a_heading_that_nobody_wrote_is_found(tmp_path: Path, make: Make) -> None:
    headings = ((1, "Preface"), *HEADINGS)
    assert ("parity-headings", "The heading “Preface” is not in the manuscript, at the beginning.") in found(
        make, tmp_path, headings
    )


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_another_order_of_headings_is_found(tmp_path: Path, make: Make) -> None:
    headings = (HEADINGS[1], HEADINGS[0], *HEADINGS[2:])
    assert {rule for rule, _ in found(make, tmp_path, headings)} >= {"parity-headings"}


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_another_level_is_found(tmp_path: Path, make: Make) -> None:
    headings = (*HEADINGS[:3], (3, "Police"), HEADINGS[4])
    assert ("parity-levels", "Heading “Police” has level 3; expected level 2.") in found(make, tmp_path, headings)


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_another_alt_text_is_found(tmp_path: Path, make: Make) -> None:
    alts: tuple[str, ...] = (ALTS[0], "A corridor.", *(("",) if make is epub else ()))
    assert found(make, tmp_path, HEADINGS, alts) == [
        ("parity-pictures", f"The picture “{ALTS[1]}” reads “A corridor.”, after “{ALTS[0]}”.")
    ]


def _with_note(*children: m.Block) -> Extraction:
    """Return the tree of a text of two pages with a note that nothing refers to."""
    pages = (m.PageBreak("1"), m.PageBreak("2"))
    about = m.Metadata(title="T", language="en")
    return extract_tree(m.Publication(about, body=pages, notes=(m.Note("n", children),)))


def test_an_edition_may_omit_pictures_of_a_note_that_nothing_refers_to() -> None:
    images = (m.Image("a.png", m.Described("A court.")), m.Image("b.png", m.Decorative()))
    tree = _with_note(m.Figure(images))
    for changes in ({}, {"pictures": (), "decorative": 0}):
        assert diff(tree, msgspec.structs.replace(tree, **changes), "x") == []
    other = msgspec.structs.replace(tree, pictures=(Picture("A prison."),), decorative=2)
    assert [finding.rule for finding in diff(tree, other, "x")] == ["parity-pictures", "parity-decorative"]


def test_pages_of_notes_may_be_anywhere_among_those_of_the_text() -> None:
    tree = _with_note(m.PageBreak("iii"))
    for pages, rules in (
        (("1", "iii", "2"), []),
        (("2", "1", "iii"), ["parity-pages"]),
        (("1", "2"), ["parity-pages"]),
    ):
        assert [finding.rule for finding in diff(tree, msgspec.structs.replace(tree, pages=pages), "x")] == rules


def test_a_heading_is_found_in_the_outline_by_its_level_although_another_has_the_same_text() -> None:
    headings = (Heading("Sum", 1), Heading("Sumx", 1, words="Sum"), Heading("Sum", 2))
    outline = (Heading("Sum", 1), Heading("Sum", 1), Heading("Sum", 2))
    assert diff(Extraction(outline=headings), Extraction(outline=outline), "x") == []


@pytest.mark.parametrize("make", TEXT_EDITIONS)
def test_a_lost_picture_is_found(tmp_path: Path, make: Make) -> None:
    alts: tuple[str, ...] = (ALTS[0], *(("",) if make is epub else ()))
    assert found(make, tmp_path, HEADINGS, alts) == [
        ("parity-pictures", f"The picture “{ALTS[1]}” is missing, after “{ALTS[0]}”.")
    ]


@pytest.mark.parametrize("make", [pytest.param(epub, id="epub"), pytest.param(docx, id="docx")])
def test_a_picture_that_lost_its_alt_is_found(tmp_path: Path, make: Make) -> None:
    alts: tuple[str | None, ...] = (ALTS[0], None, *(("",) if make is epub else ()))
    assert found(make, tmp_path, HEADINGS, alts) == [
        ("parity-pictures", f"The picture “{ALTS[1]}” reads “(not described)”, after “{ALTS[0]}”.")
    ]


def test_a_decorative_picture_that_speaks_is_found(tmp_path: Path) -> None:
    rules = [rule for rule, _ in found(epub, tmp_path, HEADINGS, (*ALTS, "An ornament."))]
    assert rules == ["parity-pictures", "parity-decorative"]


def test_title_and_language_are_compared() -> None:
    tree = extract_tree(publication())
    wrong = Extraction(title="Justice", language="es")
    assert [(each.rule, each.message) for each in diff(tree, wrong, "pdf")] == [
        ("parity-title", f"Title “Justice”; expected “{TITLE}”."),
        ("parity-language", "Language “es”; expected “en-GB”."),
    ]


def test_a_manuscript_without_title_and_language_is_not_contradicted_by_what_a_format_must_say() -> None:
    tree = msgspec.structs.replace(extract_tree(publication()), title="", short_title="", language="")
    said = msgspec.structs.replace(tree, title="Untitled", language="und")
    assert list(diff(tree, said, "epub")) == []
    assert [each.rule for each in diff(tree, Extraction(language="en"), "epub")] == ["parity-language"]


@pytest.mark.parametrize("title", [TITLE, "Justice Denied"])
def test_the_subtitle_may_be_left_out_of_the_title(title: str) -> None:
    assert diff(extract_tree(publication()), Extraction(title=title), "docx") == []


def test_a_heading_inside_a_heading_is_found(tmp_path: Path) -> None:
    import pikepdf

    path = pdf(tmp_path / "book.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        heading = next(
            each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H2"
        )
        inner = file.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.H2, P=heading, K=heading.K))
        heading.K = pikepdf.Array([inner])
        file.save()
    assert [each.rule for each in compare(publication(), {"pdf": path})] == ["parity-headings"]


def test_actual_text_stands_for_the_glyphs(tmp_path: Path) -> None:
    import pikepdf

    path = pdf(tmp_path / "book.pdf", ((1, "Sumary"), *HEADINGS[1:]))
    assert [rule for rule, _ in found(pdf, tmp_path, ((1, "Sumary"), *HEADINGS[1:]))] == [
        "parity-headings",
        "parity-outline",
    ]
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        elements = [each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H1"]
        elements[0].ActualText = "Summary"
        file.save()
    assert {each.rule for each in compare(publication(), {"pdf": path})} == {"parity-outline"}


def test_a_heading_that_the_bookmarks_lack_is_found_and_one_more_is_allowed() -> None:
    tree = extract_tree(publication())
    marks = (Heading("Contents", 1), *(Heading(text, level) for level, text in HEADINGS[:-1]))
    assert [each.message for each in diff(tree, Extraction(outline=marks), "pdf")] == [
        "Heading “What must change” is missing from the bookmarks or table of contents."
    ]


def test_glyphs_of_a_right_to_left_script_are_compared_letter_by_letter() -> None:
    tree = Extraction(headings=(Heading("العدالة المنكرة", 1),))
    backwards = Extraction(headings=(Heading("ةركنملا ةلادعلا", 1),), spaces_unreliable=True)
    other = Extraction(headings=(Heading("ةركنملا", 1),), spaces_unreliable=True)
    assert diff(tree, backwards, "pdf") == []
    assert [each.rule for each in diff(tree, other, "pdf")] == ["parity-headings"]


def test_the_cover_of_a_paged_document_is_no_picture_of_the_text() -> None:
    tree = Extraction(pictures=(Picture("Bars."),), cover=Picture("A court."))
    assert diff(tree, Extraction(pictures=(Picture("A court."), Picture("Bars."))), "pdf") == []
    assert diff(tree, Extraction(pictures=(Picture("Bars."),), cover=Picture("A court.")), "epub") == []
    wrong = diff(tree, Extraction(pictures=(Picture("Bars."),), cover=Picture("Cover")), "epub")
    assert [each.message for each in wrong] == ["The cover “A court.” reads “Cover”, at the beginning."]


def test_white_space_and_composed_letters_make_no_difference() -> None:
    assert normal("Cafe\u0301\u00a0 au\n lait\u200e ᠨᠡᠷ\u180eᠡ") == "Café au lait ᠨᠡᠷᠡ"


@pytest.mark.parametrize("suffix", [".pdf", ".epub", ".docx", ".m4b", ".mp3"])
def test_a_file_that_cannot_be_read_back_is_a_finding(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(b"not what it says")
    assert [each.rule for each in compare(publication(), {"x": path})] == ["parity-unreadable"]


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_joiners_that_have_no_glyph_are_not_missed_where_glyphs_are_read() -> None:
    wanted = Extraction(headings=(Heading("A family \N{MAN}\u200d\N{WOMAN} and می\u200cخواهم", 1),))
    got = Extraction(headings=(Heading("A family \N{MAN}\N{WOMAN} and میخواهم", 1),), spaces_unreliable=True)
    assert diff(wanted, got, "pdf") == []
    kept = Extraction(headings=(Heading("A family \N{MAN}\N{WOMAN} and میخواهم", 1),))
    assert [finding.rule for finding in diff(wanted, kept, "epub")] == ["parity-headings"]


def test_a_space_at_the_end_of_a_name_is_no_other_author() -> None:
    import pikepdf

    with pikepdf.new() as file:
        file.docinfo["/Author"] = "Ana , Bo\u00a0"
        opened = cast("PdfFile", SimpleNamespace(pdf=file))
        assert list(information(opened, DocumentMetadata(authors=("Ana", "Bo")))) == []
        assert len(list(information(opened, DocumentMetadata(authors=("Ana", "Bea"))))) == 1


def test_a_pdf_may_join_subjects_and_shows_no_heading_without_words() -> None:
    tree = Extraction(headings=(Heading("", 1), Heading("§", 1)), metadata=DocumentMetadata(subjects=("a,b", "c")))
    pdf = Extraction(
        headings=(Heading("§", 1),), metadata=DocumentMetadata(subjects=("a, b, c",)), spaces_unreliable=True
    )
    assert diff(tree, pdf, "pdf") == []
    lost = msgspec.structs.replace(pdf, headings=(), metadata=DocumentMetadata(subjects=("a, c",)))
    assert {finding.rule for finding in diff(tree, lost, "pdf")} == {"parity-headings", "parity-metadata"}


def test_the_words_of_an_imprint_may_be_written_without_a_space_beside_the_publisher() -> None:
    about = m.Metadata(title="报告", language="zh", publisher="公平观察")
    assert "公平观察出版" in added_words.of(m.Publication(about), Labels.load(STYLES, "zh")).around


@pytest.mark.parametrize(("title", "is_title"), [("", True), (" ", True), ("Justice", False)])
def test_the_first_heading_stands_for_a_missing_title(title: str, is_title: bool) -> None:
    sections = (m.Section((), ()), m.Section((m.Text("Hearing"),), ()), m.Section((m.Text("Ruling"),), ()))
    around = added_words.of(m.Publication(m.Metadata(title=title), body=sections), Labels.load(STYLES, "en")).around
    assert ("hearing" in around.casefold()) is is_title
    assert "ruling" not in around.casefold()
