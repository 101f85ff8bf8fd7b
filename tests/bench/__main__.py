"""Measure each edition of a long report in a process of its own, from an empty store.

The PDF is also measured against stock WeasyPrint on the same document, at several lengths, and the Word and EPUB
editions against pandoc; what recording takes, and how well a recogniser understands it, are measured too. Exit code 1
when one takes more of anything than it should, is understood less, or when an edition cannot be made.
Last come what verification costs, of all samples, twenty people in one studio, an archive of 200 publications against a
loop over pandoc, and a race of PDF, EPUB and Word with pandoc, Typst and WeasyPrint.

usage: python -m tests.bench [--chapters N] [--to EDITION ...] [--pages N ...] [--verification | --race | --studio |
                             --archive [COUNT]]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import (
    against_pandoc,
    against_weasyprint,
    manuscript,
    natural,
    race,
    recognition,
    recording,
    studio_load,
    throughput,
    verification,
    word_read,
)
from tests.bench.cost import Cost, measure

EDITIONS = ("pdf", "epub", "docx", "audio")
PAGES = (50, 150, 300)
OUTPUT = Path("output/bench")
"""Where the table and the chart of the race are written."""


def ours(edition: str, source: Path, folder: Path) -> tuple[Cost, int]:
    """Export one edition from an empty store; give its cost and its size in bytes."""
    output = folder / f"output-{edition}"
    command = [sys.executable, "-m", "exporter", "export", str(source), "-o", str(output), "--to", edition]
    cost = measure([*command, "--store", str(folder / f"store-{edition}"), "--progress", "none"])
    reports = ("report.html", "report.json")
    return cost, sum(f.stat().st_size for f in output.rglob("*") if f.is_file() and f.name not in reports)


def editions(names: tuple[str, ...], chapters: int, folder: Path) -> bool:
    """Print what each edition takes, checks and report included; tell whether all could be made."""
    table = Table("edition", "CPU s", "peak MB", "size MB", title=f"Exports of {chapters} chapters")
    good = True
    source = manuscript.write(folder / "bench-report", chapters)
    for edition in names:
        cost, size = ours(edition, source, folder)
        good = good and cost.code == 0
        figures = f"{cost.cpu:.1f}", f"{cost.memory:.0f}", f"{size / 1e6:.1f}"
        table.add_row(edition, *(figures if cost.code == 0 else ("failed",) * 3))
    Console().print(table)
    return good


def main() -> int:
    """Print the tables; exit code 1 when an edition could not be made or a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chapters", type=int, default=20, help="7 pages each (default: 20)")
    parser.add_argument("--to", action="append", choices=EDITIONS, help="only this edition")
    parser.add_argument("--pages", type=int, nargs="*", help=f"lengths for the PDF (default: {PAGES}; none: leave out)")
    minutes = f"of each publication that a recogniser hears (default: {recognition.MINUTES:g})"
    parser.add_argument("--minutes", type=float, default=recognition.MINUTES, help=minutes)
    parser.add_argument("--verification", action="store_true", help="only what verification costs")
    parser.add_argument("--race", action="store_true", help=f"only the race, at --pages (default: {race.PAGES})")
    parser.add_argument("--studio", action="store_true", help="only twenty people in one studio")
    parser.add_argument("--archive", type=int, nargs="?", const=throughput.COUNT, help="only an archive of COUNT")
    options = parser.parse_args()
    if options.archive:
        with tempfile.TemporaryDirectory() as name:
            return int(not throughput.report(Path(name), options.archive))
    if options.studio:
        return int(not studio_load.report())
    if options.verification or options.race:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            good = (
                race.report(options.pages or race.PAGES, folder, OUTPUT)
                if options.race
                else verification.report(folder)
            )
            return int(not good)
    pages = options.pages if options.pages is not None else list(PAGES) if "pdf" in (options.to or EDITIONS) else []
    # With lengths alone, only they are measured.
    names = tuple(options.to or (() if options.pages else EDITIONS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = editions(names, options.chapters, folder) if names else True
        good = (against_weasyprint.report(pages, folder) if pages else True) and good
        for edition in against_pandoc.NAMES:
            if edition in names:
                good = against_pandoc.report(edition, folder) and good
        if "audio" in names:
            with natural.voices():
                good = recording.report(folder) and good
                good = recognition.report(options.minutes) and good
        for edition in (folder / "output-pandoc").rglob("*.docx"):
            good = word_read.report(edition) and good
        if options.to is None and options.pages is None:
            good = verification.report(folder) and good
            good = studio_load.report() and good
            good = throughput.report(folder) and good
            good = race.report(race.PAGES, folder, OUTPUT) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
