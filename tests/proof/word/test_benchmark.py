"""A report of about 150 pages in Word: everything that was written is counted."""

from __future__ import annotations

from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import is_on, name
from tests.proof.benchmark import COUNTS
from tests.proof.built_editions import BENCHMARK, BuiltEditions

RTL_RUNS = 20
"""One passage in Arabic in each of the chapters."""


def test_everything_that_was_written_is_counted(built: BuiltEditions) -> None:
    word = DocxFile(built.silent(BENCHMARK) / f"{BENCHMARK}.docx")
    document = word.document
    notes = word.part("footnotes")
    assert notes is not None
    tables = list(document.iter(name("tbl")))
    rows = list(document.iter(name("tr")))
    pictures = list(document.iter(name("wp:docPr")))
    decorative = [each for each in pictures if next(each.iter(name("adec:decorative")), None) is not None]
    assert sum(word.level(paragraph) > 0 for paragraph in document.iter(name("p"))) == COUNTS.headings
    assert len(tables) == COUNTS.tables
    assert len(rows) == COUNTS.rows
    assert sum(is_on(row.find(f"{name('trPr')}/{name('tblHeader')}")) for row in rows) == COUNTS.tables
    assert sum(table.find(f"{name('tblPr')}/{name('tblCaption')}") is not None for table in tables) == COUNTS.tables
    assert sum(not note.get(name("type")) for note in notes.iter(name("footnote"))) == COUNTS.notes
    assert len(list(document.iter(name("footnoteReference")))) == COUNTS.notes
    assert sum(bool(each.get("descr")) for each in pictures) == COUNTS.described
    assert len(decorative) == COUNTS.decorative
    # Passages, and the marks that end their paragraphs or notes not among them.
    runs = [run for run in document.iter(name("r")) if run.find(f"{name('rPr')}/{name('lang')}") is not None]
    assert len(runs) == COUNTS.passages
    assert len(list(document.iter(name("m:oMath")))) == COUNTS.formulas
    rtl = [run for run in runs if run.find(f"{name('rPr')}/{name('rtl')}") is not None]
    assert len(rtl) == RTL_RUNS
    styles = [word.style(paragraph) for paragraph in document.iter(name("p"))]
    assert styles.count("Speaker") == styles.count("Turn") == COUNTS.turns


def test_the_contents_say_the_pages_of_all_their_headings(built: BuiltEditions) -> None:
    word = DocxFile(built.silent(BENCHMARK) / f"{BENCHMARK}.docx")
    control = next(word.document.iter(name("sdt")))
    numbers = []
    for link in control.iter(name("hyperlink")):
        shown = [run.findtext(name("t")) for run in link.iter(name("r")) if run.find(name("t")) is not None]
        numbers.append(int(shown[-1] or 0))
    assert len(numbers) == COUNTS.headings
    assert numbers == sorted(numbers)
    assert 100 < numbers[-1] < 200
