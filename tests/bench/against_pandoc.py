"""The Word edition against pandoc's, from the same manuscript: 150 pages, 40 tables, 40 pictures, 300 notes.

pandoc's has no page numbers in its contents, so ours is measured without them; what they cost, which LibreOffice takes
to lay out the pages, stands beside it and has no target: it is taken once for a text, and can be turned off.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pypandoc
from rich.console import Console
from rich.table import Table

from tests.bench.cost import Cost, measure
from tests.proof import benchmark

CPU, MEMORY = 1.0, 1.0
"""How much of pandoc's ours may take."""
RUNS = 3


def report(folder: Path) -> bool:
    """Print what both take for the benchmark of the proof; tell whether the targets are met."""
    source = benchmark.write(folder / "benchmark")
    pandoc = [pypandoc.get_pandoc_path(), str(source), "--resource-path", str(source.parent)]
    theirs = min(measure([*pandoc, "-o", str(folder / "pandoc.docx")]) for _ in range(RUNS))
    settings = source.with_name("publication.toml")
    settings.write_text('[docx]\npage_numbers = "never"\n', "utf-8")
    without = _ours(source, folder, RUNS)
    settings.unlink()
    numbered = _ours(source, folder, 1)
    table = Table("Word edition", "CPU s", "of pandoc's", "peak MB", "of pandoc's", title="Against pandoc")
    for name, cost in (("pandoc", theirs), ("ours", without), ("ours, pages numbered", numbered)):
        figures = f"{cost.cpu:.2f}", f"{cost.cpu / theirs.cpu:.2f}", f"{cost.memory:.0f}"
        table.add_row(name, *figures, f"{cost.memory / theirs.memory:.2f}")
    Console().print(table)
    made = all(cost.code == 0 for cost in (theirs, without, numbered))
    return made and without.cpu <= CPU * theirs.cpu and without.memory <= MEMORY * theirs.memory


def _ours(source: Path, folder: Path, runs: int) -> Cost:
    """Give the least that an export takes from an empty store, checks and report included."""
    store = folder / "store-word"
    options = ["-o", str(folder / "output-word"), "--to", "docx", "--progress", "none", "--store", str(store)]
    costs = []
    for _ in range(runs):
        shutil.rmtree(store, ignore_errors=True)
        costs.append(measure([sys.executable, "-m", "exporter", "export", str(source), *options]))
    return min(costs)
