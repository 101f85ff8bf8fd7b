"""Which check finds which planted defect, ours and those from outside, in PDF, Word, EPUB and recordings.

A check finds a defect when it says something of the spoilt file that it does not say of the good one. Comparing with
the manuscript (parity) is a check too. Those that are not installed are told as such, and never as silent.

usage: python -m tests.validate.planted [--kind pdf|docx|epub|sound ...] [--ours]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pikepdf
from rich.console import Console
from rich.table import Table

from exporter.model import Publication
from exporter.validate.file_types import FileTypes
from exporter.validate.java import JvmServer
from exporter.validate.validators import ValidationResult, Validator, run_validator, validators_for
from exporter.writers import docx as docx_writer
from tests.parity.compared import compare
from tests.validate.audio.test_planted import ARCHIVES, SOUNDS
from tests.validate.docx import planted as docx
from tests.validate.epub import planted as epub
from tests.validate.pdf.defects import DEFECTS as PDF_DEFECTS
from tests.validate.pdf.planting import Book
from tests.write_context import Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen
from tests.writers.epub.books import SILENT, Bench
from tests.writers.epub.books import kitchen_sink as epub_kitchen
from tests.writers.pdf.made import make

TYPES = FileTypes({})
PARITY = "parity"
NOBODY = "only a person can"


class Case(NamedTuple):
    """A spoilt file."""

    name: str
    path: Path
    expected: bool
    """Whether a check has to find it; else only a person can."""


class Shelf(NamedTuple):
    """A kind of file: a good one, and the spoilt ones made of it."""

    suffix: str
    good: Path | None
    """None: each case stands for itself, and nothing may be said of what is good about it."""
    cases: Iterator[Case]
    compared: Callable[[Path], int] | None = None
    """Gives how many differences to the manuscript there are."""


def pdf(folder: Path) -> Shelf:
    """Return the PDF and its defects."""
    made = make(folder)

    def cases() -> Iterator[Case]:
        for defect in PDF_DEFECTS:
            path = folder / "spoilt.pdf"
            with pikepdf.open(made.path) as file:
                defect.plant(Book(file))
                file.save(path)
            yield Case(defect.name, path, bool(defect.found_by))

    return Shelf(".pdf", made.path, cases(), _compared(made.publication, "pdf"))


def word(folder: Path) -> Shelf:
    """Return the Word file and its defects."""
    publication = kitchen.tidy(kitchen.publication(Pictures(folder / "pictures")))
    options = docx_writer.Options(page_numbers=docx_writer.PageNumbers.NEVER)
    good = folder / "good.docx"
    docx_writer.write(publication, write_context(folder), options, good)
    cases = (Case(each.name, docx.plant(good, each, folder / "bad.docx"), expected=True) for each in docx.DEFECTS)
    return Shelf(".docx", good, cases)


def book(folder: Path) -> Shelf:
    """Return the EPUB and its defects."""
    bench = Bench(folder)
    good = bench.write(epub_kitchen(bench), options=SILENT)[0]
    cases = (Case(each.name, epub.plant(good, each, folder / "bad.epub"), expected=True) for each in epub.DEFECTS)
    return Shelf(".epub", good, cases)


def sound(folder: Path) -> Shelf:
    """Return recordings and their defects."""
    cases = (Case(name, make_it(folder), expected=True) for name, (make_it, _) in {**SOUNDS, **ARCHIVES}.items())
    return Shelf(".m4b", None, cases)


def _compared(publication: Publication, edition: str) -> Callable[[Path], int]:
    return lambda path: len(compare(publication, {edition: path}))


KINDS = {"pdf": pdf, "docx": word, "epub": book, "sound": sound}


def look(shelf: Shelf, title: str, machine: str, *, outside: bool) -> bool:
    """Print who finds what; tell whether all that has to be found is."""
    checks = [check for check in validators_for(shelf.suffix, java=machine) if outside or not check.EXTERNAL]
    before = {check.TITLE: said(run_validator(check, shelf.good)) if shelf.good else Counter() for check in checks}
    names = [*(check.TITLE for check in checks), *([PARITY] if shelf.compared else [])]
    table = Table("defect", *names, title=title)
    totals: Counter[str] = Counter()
    anybody = 0
    good = True
    for case in shelf.cases:
        row: list[str] = []
        fitting = (
            checks
            if shelf.good
            else [c for c in validators_for(TYPES.for_name(case.path.name), java=machine) if outside or not c.EXTERNAL]
        )
        for check, checked in zip(fitting, performed(fitting, case.path), strict=True):
            fresh = said(checked) - before.get(check.TITLE, Counter())
            row.append(("found" if fresh else "") if checked.ran else "not checked")
        if shelf.compared:
            row.append("found" if shelf.compared(case.path) else "")
        totals.update(name for name, verdict in zip(names, row, strict=True) if verdict == "found")
        seen = "found" in row
        anybody += seen
        good = good and (seen or not case.expected)
        table.add_row(case.name if seen or case.expected else f"{case.name} ({NOBODY})", *row)
    table.add_section()
    table.add_row(f"{table.row_count} defects, {anybody} found", *(str(totals[name]) for name in names))
    Console(width=150).print(table)
    return good


def performed(checks: list[Validator], path: Path) -> list[ValidationResult]:
    """Let checks judge a file: ours first, then those from outside, which are programs of their own, at once."""
    ours = [run_validator(check, path) for check in checks if not check.EXTERNAL]
    with ThreadPoolExecutor(8) as pool:
        return [*ours, *pool.map(lambda check: run_validator(check, path), checks[len(ours) :])]


def said(checked: ValidationResult) -> Counter[tuple[str, str]]:
    """Return what a check says, by rule and clause."""
    return Counter((finding.rule, finding.clause) for finding in checked.findings)


def main() -> int:
    """Print the tables; exit code 1 when a defect that has to be found is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", action="append", choices=tuple(KINDS), help="only this kind of file")
    parser.add_argument("--ours", action="store_true", help="ask no validator from outside")
    options = parser.parse_args()
    good = True
    with JvmServer() as machine:
        for kind in options.kind or KINDS:
            with tempfile.TemporaryDirectory() as folder:
                shelf = KINDS[kind](Path(folder))
                good = look(shelf, f"Defects in {kind}", machine.address, outside=not options.ours) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
