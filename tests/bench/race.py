"""PDF, EPUB and Word of one report, by exporter and by its peers in turn, at several lengths.

The peers are pandoc, which writes EPUB and Word, with Typst, which makes a PDF of what pandoc writes, one after the
other as in a script; and stock WeasyPrint, for the PDF alone. None of them compares or checks, so exporter does not
either. A table and a chart are written to `output/bench`.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pypandoc
from rich.console import Console
from rich.table import Table

from tests.bench import manuscript
from tests.bench.cost import Cost, measure

PAGES = (10, 50, 150, 300)
WALL, MEMORY, PDF_WALL, EDIT = 1.5, 2.0, 0.5, 0.25
"""Most that exporter may take: of the peers' wall and memory, of WeasyPrint's wall, and after an edit of its own."""
_PAGES_A_CHAPTER = 6.7
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
SET = "exporter: PDF, EPUB, Word"
UNCHANGED = "exporter again, nothing changed"
EDITED = "exporter again, one sentence changed"
PEERS = "pandoc and Typst: PDF, EPUB, Word"
OUR_PDF = "exporter: PDF"
STOCK = "WeasyPrint: PDF"


class Entry(NamedTuple):
    """What one entrant took at one length."""

    pages: int
    name: str
    cost: Cost


def run(pages: int, folder: Path) -> Iterator[Entry]:
    """Yield what each entrant takes for a report of about so many pages."""
    source = manuscript.write(folder / "report", max(1, round(pages / _PAGES_A_CHAPTER)))
    every = ("pdf", "epub", "docx")
    shutil.rmtree(folder / "store", ignore_errors=True)
    yield Entry(pages, SET, _exporter(source, folder, *every))
    yield Entry(pages, PEERS, _pandoc_and_typst(source, folder))
    yield Entry(pages, UNCHANGED, _exporter(source, folder, *every))
    _edit(source)
    yield Entry(pages, EDITED, _exporter(source, folder, *every))
    shutil.rmtree(folder / "store")
    yield Entry(pages, OUR_PDF, _exporter(source, folder, "pdf"))
    child = [sys.executable, "-m", "tests.bench.pages"]
    if measure([*child, "prepare", str(source), str(folder)]).code == 0:
        yield Entry(pages, STOCK, measure([*child, "stock", str(folder)]))


def _exporter(source: Path, folder: Path, *editions: str) -> Cost:
    command = [sys.executable, "-m", "exporter", "export", str(source), "-o", str(folder / "output"), "--check", "off"]
    command += [word for edition in editions for word in ("--to", edition)]
    return measure([*command, "--progress", "none", "--store", str(folder / "store")])


def _pandoc_and_typst(source: Path, folder: Path) -> Cost:
    document = source.with_name("pandoc.typ")  # beside the pictures, which Typst reads from there
    pandoc = [pypandoc.get_pandoc_path(), str(source), "--resource-path", str(source.parent), "--standalone", "-o"]
    outputs = [document, folder / "pandoc.epub", folder / "pandoc.docx"]
    costs = [measure([*pandoc, str(output)]) for output in outputs]
    return sum(costs, measure([sys.executable, "-c", _TYPST, str(document), str(folder / "typst.pdf")]))


def _edit(source: Path) -> None:
    """Add a sentence to a paragraph in the middle of a report."""
    parts = source.read_text("utf-8").split("\n\n")
    headings = [number for number, part in enumerate(parts) if part.startswith("## ")]
    paragraph = headings[len(headings) // 2] + 1
    parts[paragraph] = f"Nobody had told them. {parts[paragraph]}"
    source.write_text("\n\n".join(parts), "utf-8")


def report(lengths: Sequence[int], folder: Path, output: Path) -> bool:
    """Print the table, write it and its chart to `output`, and return whether every target is met."""
    entries = [entry for pages in lengths for entry in run(pages, _made(folder / f"race-{pages}"))]
    table = Table("pages", "entrant", "seconds", "CPU s", "MB of all processes", title="Race")
    for entry in entries:
        table.add_row(str(entry.pages), entry.name, *_figures(entry.cost))
    console = Console()
    console.print(table)
    output.mkdir(parents=True, exist_ok=True)
    (output / "race.md").write_text(_markdown(entries), "utf-8")
    _chart(entries, output / "race.svg")
    missed = [
        line for pages in lengths for line in _missed({e.name: e.cost for e in entries if e.pages == pages}, pages)
    ]
    for line in missed:
        console.print(f"[red]{line}[/]")
    return not missed


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _figures(cost: Cost) -> tuple[str, str, str]:
    if cost.code:
        return ("failed",) * 3
    return f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.total_memory:.0f}"


def _missed(costs: dict[str, Cost], pages: int) -> Iterator[str]:
    """Yield the targets that are missed at one length, each in a line."""
    for name in (SET, UNCHANGED, EDITED, PEERS, OUR_PDF, STOCK):
        if name not in costs or costs[name].code:
            yield f"{pages} pages: failed: {name}"
            return
    for most, taken, of, what in (
        (WALL, costs[SET].wall, costs[PEERS].wall, "wall of the first build, of the peers'"),
        (MEMORY, costs[SET].total_memory, costs[PEERS].total_memory, "memory of the first build, of the peers'"),
        (PDF_WALL, costs[OUR_PDF].wall, costs[STOCK].wall, "wall of the PDF alone, of WeasyPrint's"),
        (EDIT, costs[EDITED].wall, costs[SET].wall, "wall after an edit, of the first build's"),
    ):
        if taken > most * of:
            yield f"{pages} pages: {what}: {taken / of:.2f} (at most {most:.2f})"


def _markdown(entries: list[Entry]) -> str:
    """Return the seconds of each entrant at each length as a table, with date and machine."""
    lengths = sorted({entry.pages for entry in entries})
    seconds = {(entry.name, entry.pages): _figures(entry.cost)[0] for entry in entries}
    lines = [
        "| seconds for | " + " | ".join(f"{pages} pages" for pages in lengths) + " |",
        "|:---|" + "---:|" * len(lengths),
    ]
    for name in dict.fromkeys(entry.name for entry in entries):
        lines.append(f"| {name} | " + " | ".join(seconds.get((name, pages), "–") for pages in lengths) + " |")
    date = datetime.now(UTC).date()
    lines.append(f"\n{date}; {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}.")
    return "\n".join(lines) + "\n"


def _chart(entries: list[Entry], path: Path) -> None:
    """Draw seconds by pages, a line for each entrant."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams.update({"svg.hashsalt": "race", "font.size": 11})
    figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
    for name, marker in zip(dict.fromkeys(entry.name for entry in entries), "osD^vP", strict=False):
        points = [(entry.pages, entry.cost.wall) for entry in entries if entry.name == name and not entry.cost.code]
        if points:
            axes.plot(*zip(*points, strict=True), marker=marker, label=name)
    axes.set(xlabel="pages", ylabel="seconds", title="From a manuscript to its files", xlim=(0, None), ylim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None, "Title": "Seconds by pages, for exporter and its peers"})
    plt.close(figure)
