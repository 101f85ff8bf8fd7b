"""Page numbers of the contents: LibreOffice counts them where it is; where it is not, a finding says so."""

from __future__ import annotations

import itertools
import stat
from pathlib import Path

import msgspec
import pytest

from exporter import libreoffice
from exporter import model as m
from exporter.writers import docx
from exporter.writers.docx import page_numbers
from tests.write_context import Memory
from tests.writers.docx.conftest import Write
from tests.writers.docx.kitchen_sink import p, section
from tests.writers.docx.soundness import W, Word, text, val

REPORT = m.Metadata(title="Pages", kind=m.Kind.REPORT, language="en")
CHAPTERS = tuple(
    section(f"Chapter {number}", *(p("Some words of a chapter. " * 60) for _ in range(8))) for number in range(4)
)


def numbers(word: Word) -> list[str]:
    """Return what the contents show behind each heading."""
    shown = []
    for link in word.document.find(f".//{W}sdt").iter(f"{W}hyperlink"):
        runs = list(link.iter(f"{W}r"))
        tab = next(index for index, run in enumerate(runs) if run.find(f"{W}tab") is not None)
        shown.append("".join(text(run) for run in runs[tab:]))
    return shown


def program(folder: Path, script: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.proof
@pytest.mark.slow
def test_libreoffice_counts_the_pages_once(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    if libreoffice.program() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    memo = Memory()
    word, written = write(*CHAPTERS, metadata=REPORT, options=docx.Options(), memo=memo)
    found = [int(number) for number in numbers(word)]
    assert found == sorted(found)
    assert found[0] == 3
    assert len(set(found)) == len(CHAPTERS)
    assert written.findings == ()
    footer = word.part("footer1")
    assert int(text(footer).rpartition(" ")[2]) >= found[-1]
    assert memo.puts == 2 + len(CHAPTERS)
    monkeypatch.setattr(page_numbers, "_lay_out", lambda *_: pytest.fail("laid out again"))
    again, _ = write(*CHAPTERS, metadata=REPORT, options=docx.Options(), memo=memo)
    assert numbers(again) == numbers(word)


def test_without_libreoffice_the_contents_are_filled_without_numbers_and_that_is_said(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    word, written = write(*CHAPTERS, metadata=REPORT, options=docx.Options())
    assert numbers(word) == [""] * len(CHAPTERS)
    assert [finding.rule for finding in written.findings] == ["docx-contents-unnumbered"]
    assert "libreoffice-writer-nogui" in written.findings[0].message


def test_after_a_change_only_its_chapter_is_laid_out_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts: list[Word] = []

    def paged(word: Word) -> dict[str, int]:
        """Return the page of each bookmark, with one page for each part."""
        marks = [mark.get(f"{W}name") for mark in word.document.iter(f"{W}bookmarkStart")]
        return dict(zip(marks, itertools.accumulate(str(mark).startswith("_Part") for mark in marks), strict=True))

    def look(_: Path, draft: Path) -> page_numbers.CountedPages:
        drafts.append(Word(draft))
        pages = paged(drafts[-1])
        return page_numbers.CountedPages(max(pages.values()), pages)

    def publication(third: str, note: str = "Note", kind: m.NoteKind = m.NoteKind.FOOTNOTE) -> m.Publication:
        notes = (m.Note(id="n0", children=(p("Note 0."),)), m.Note(id="n1", children=(p(f"{note} 1."),), kind=kind))
        marked = (m.Paragraph(children=(m.Text("Marked"), m.NoteReference(note.id))) for note in notes)
        chapters = list(CHAPTERS)
        for number, paragraph in zip((1, 2), marked, strict=True):
            words = third if number == 2 else "Before."
            chapters[number] = section(f"Chapter {number}", p(words), paragraph, *CHAPTERS[number].children)
        return m.Publication(metadata=REPORT, body=tuple(chapters), notes=notes)

    monkeypatch.setattr(libreoffice, "program", lambda: Path("/bin/true"))
    monkeypatch.setattr(page_numbers, "_lay_out", look)
    memo = Memory()
    first, _ = write(publication=publication("Before."), options=docx.Options(), memo=memo)
    second, _ = write(publication=publication("After."), options=docx.Options(), memo=memo)
    assert numbers(first) == numbers(second) == ["3", "4", "5", "6"]
    # The title page, with the headers of a first page, and the chapter with its note under its own number.
    whole, changed = drafts
    assert [name for name in paged(changed) if name.startswith("_Part")] == ["_Part0", "_Part4"]
    assert "After." in text(changed.document)
    assert [text(note).split()[0] for note in changed.part("footnotes") if not note.get(f"{W}type")] == ["2"]
    (mark,) = changed.document.iter(f"{W}footnoteReference")
    assert (mark.get(f"{W}customMarkFollows"), text(mark.getparent())) == ("1", "2")
    assert not list(whole.document.iter(f"{W}instrText"))
    # A longer note changes its chapter, too; endnotes are behind all of them.
    write(publication=publication("After.", "Longer note"), options=docx.Options(), memo=memo)
    assert [name for name in paged(drafts[2]) if name.startswith("_Part")] == ["_Part0", "_Part4"]
    write(publication=publication("After.", kind=m.NoteKind.ENDNOTE), options=docx.Options(), memo=memo)
    assert [name for name in paged(drafts[3]) if name.startswith("_Part")] == ["_Part0"]


def test_long_chapters_begin_pages_where_there_is_a_title_page(write: Write) -> None:
    def breaks(metadata: m.Metadata) -> list[str]:
        word, _ = write(*CHAPTERS, section("Short", p("Few words.")), metadata=metadata)
        breaking = word.document.findall(f".//{W}pageBreakBefore")
        return [text(mark.getparent().getparent()) for mark in breaking]

    assert breaks(REPORT)[-3:] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert breaks(msgspec.structs.replace(REPORT, kind=m.Kind.NEWS)) == []


@pytest.mark.parametrize(("words", "begins"), [(5, False), (400, True)])
def test_few_words_before_the_first_chapter_are_not_alone_on_a_page(write: Write, words: int, *, begins: bool) -> None:
    word, _ = write(p("Words " * words), *CHAPTERS, metadata=REPORT)
    breaking = [text(mark.getparent().getparent()) for mark in word.document.findall(f".//{W}pageBreakBefore")]
    assert ("Chapter 0" in breaking) is begins
    assert breaking[-3:] == ["Chapter 1", "Chapter 2", "Chapter 3"]


@pytest.mark.parametrize("script", ["echo 'it broke' >&2; exit 1", "exit 0", "exit 81"])
def test_a_libreoffice_that_fails_costs_the_numbers_and_nothing_else(
    script: str, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: program(tmp_path, script))
    memo = Memory()
    word, written = write(*CHAPTERS, metadata=REPORT, options=docx.Options(), memo=memo)
    assert numbers(word) == [""] * len(CHAPTERS)
    assert [finding.rule for finding in written.findings] == ["docx-contents-unnumbered"]
    assert "LibreOffice failed" in written.findings[0].message
    assert memo == {}


def test_a_libreoffice_that_hangs_is_stopped(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: program(tmp_path, "exec sleep 60"))
    monkeypatch.setattr(page_numbers, "_SECONDS", 0.3)
    _, written = write(*CHAPTERS, metadata=REPORT, options=docx.Options())
    assert "did not finish" in written.findings[0].message


def test_nothing_is_laid_out_for_a_document_without_contents(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_numbers, "_lay_out", lambda *_: pytest.fail("laid out"))
    _, written = write(p("x"), options=docx.Options())
    assert written.findings == ()


def test_the_edition_is_made_anew_when_libreoffice_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: program(tmp_path, "exit 0"))
    assert "soffice" in docx.external_state(docx.Options())["libreoffice"]
    assert docx.external_state(docx.Options(page_numbers=docx.PageNumbers.NEVER)) == {}


def test_the_draft_that_is_laid_out_holds_no_pictures(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(_: Path, draft: Path) -> page_numbers.CountedPages:
        seen.extend(Word(draft).names)
        starts = {f"_Part{number}": number + 1 for number in range(2 + len(CHAPTERS))}
        return page_numbers.CountedPages(6, starts | {f"_Toc{number:09}": number + 2 for number in range(1, 5)})

    monkeypatch.setattr(libreoffice, "program", lambda: Path("/bin/true"))
    monkeypatch.setattr(page_numbers, "_lay_out", look)
    word, _ = write(*CHAPTERS, metadata=REPORT, options=docx.Options())
    assert numbers(word) == ["3", "4", "5", "6"]
    assert "word/document.xml" in seen
    assert val(word.document.find(f".//{W}sdt/{W}sdtPr/{W}id")) == "1"


def test_parts_that_libreoffice_does_not_find_cost_the_numbers(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: Path("/bin/true"))
    monkeypatch.setattr(page_numbers, "_lay_out", lambda *_: page_numbers.CountedPages(7, {"_Part0": 1}))
    memo = Memory()
    word, written = write(*CHAPTERS, metadata=REPORT, options=docx.Options(), memo=memo)
    assert numbers(word) == [""] * len(CHAPTERS)
    assert "did not find all parts" in written.findings[0].message
    assert memo == {}
