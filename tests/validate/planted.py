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
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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
from tests.validate import batches
from tests.validate.audio.test_planted import ARCHIVES, SOUNDS
from tests.validate.docx import planted as docx
from tests.validate.epub import planted as epub
from tests.validate.pdf.defects import DEFECTS as PDF_DEFECTS
from tests.validate.pdf.defects import Defect
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
    plant: Callable[[Path], Path]
    """Writes it into a folder of its own, and returns it."""
    expected: bool = True
    """Whether a check has to find it; else only a person can."""


class Shelf(NamedTuple):
    """A kind of file: a good one, and the spoilt ones made of it."""

    suffix: str
    good: Path | None
    """None: each case stands for itself, and nothing may be said of what is good about it."""
    cases: Sequence[Case]
    compared: Callable[[Path], int] | None = None
    """Gives how many differences to the manuscript there are."""


def pdf(folder: Path) -> Shelf:
    """Return the PDF and its defects."""
    made = make(folder)

    def plant(defect: Defect, folder: Path) -> Path:
        with pikepdf.open(made.path) as file:
            defect.plant(Book(file))
            file.save(folder / "spoilt.pdf")
        return folder / "spoilt.pdf"

    cases = [Case(defect.name, partial(plant, defect), bool(defect.found_by)) for defect in PDF_DEFECTS]
    return Shelf(".pdf", made.path, cases, _compared(made.publication, "pdf"))


def word(folder: Path) -> Shelf:
    """Return the Word file and its defects."""
    publication = kitchen.tidy(kitchen.publication(Pictures(folder / "pictures")))
    options = docx_writer.Options(page_numbers=docx_writer.PageNumbers.NEVER)
    good = folder / "good.docx"
    docx_writer.write(publication, write_context(folder), options, good)
    cases = [Case(defect.name, lambda own, d=defect: docx.plant(good, d, own / "bad.docx")) for defect in docx.DEFECTS]
    return Shelf(".docx", good, cases)


def book(folder: Path) -> Shelf:
    """Return the EPUB and its defects."""
    bench = Bench(folder)
    good = bench.write(epub_kitchen(bench), options=SILENT)[0]
    cases = [Case(defect.name, lambda own, d=defect: epub.plant(good, d, own / "bad.epub")) for defect in epub.DEFECTS]
    return Shelf(".epub", good, cases)


def sound(_: Path) -> Shelf:
    """Return recordings and their defects."""
    return Shelf(".m4b", None, [Case(name, plant) for name, (plant, _) in {**SOUNDS, **ARCHIVES}.items()])


def _compared(publication: Publication, edition: str) -> Callable[[Path], int]:
    return lambda path: len(compare(publication, {edition: path}))


ChecksFor = Callable[[str], list[Validator]]
"""Returns the checks for a type of file."""
KINDS = {"pdf": pdf, "docx": word, "epub": book, "sound": sound}


def look(shelf: Shelf, title: str, folder: Path, checks_for: ChecksFor) -> bool:
    """Print who finds what; tell whether all that has to be found is."""
    paths = []
    for number, case in enumerate(shelf.cases):
        own = folder / "planted" / str(number)
        own.mkdir(parents=True)
        paths.append(case.plant(own))
    checks = checks_for(shelf.suffix)
    names = [*(check.TITLE for check in checks), *([PARITY] if shelf.compared else [])]
    table = Table("defect", *names, title=title)
    totals: Counter[str] = Counter()
    anybody = 0
    good = True
    fitting = [checks if shelf.good else checks_for(TYPES.for_name(path.name)) for path in paths]
    asked = [(check, path) for checks, path in zip(fitting, paths, strict=True) for check in checks]
    with batches.one_ace(), batches.one_audit(folder), ThreadPoolExecutor(2) as pool:
        of_good = [(check, run_validator(check, shelf.good)) for check in checks if shelf.good]
        results = iter(list(pool.map(run_validator, *zip(*asked, strict=True))))
    before = {check.TITLE: said(result) for check, result in of_good}
    if silent := [check.TITLE for check, result in of_good if not (result.ran or check.missing())]:
        Console(width=150).print(f"{title}: not checked by {', '.join(silent)}")
        good = False
    for case, path, checks in zip(shelf.cases, paths, fitting, strict=True):
        row: list[str] = []
        for check, checked in zip(checks, results, strict=False):
            fresh = said(checked) - before.get(check.TITLE, Counter())
            row.append(("found" if fresh else "") if checked.ran else "not checked")
        if shelf.compared:
            row.append("found" if shelf.compared(path) else "")
        totals.update(name for name, verdict in zip(names, row, strict=True) if verdict == "found")
        seen = "found" in row
        anybody += seen
        good = good and (seen or not case.expected)
        table.add_row(case.name if seen or case.expected else f"{case.name} ({NOBODY})", *row)
    table.add_section()
    table.add_row(f"{table.row_count} defects, {anybody} found", *(str(totals[name]) for name in names))
    Console(width=150).print(table)
    return good


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

        def checks_for(file_type: str) -> list[Validator]:
            checks = validators_for(file_type, java=machine.address)
            return [check for check in checks if not (options.ours and check.EXTERNAL)]

        for kind in options.kind or KINDS:
            with tempfile.TemporaryDirectory() as folder:
                shelf = KINDS[kind](Path(folder))
                good = look(shelf, f"Defects in {kind}", Path(folder), checks_for) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
