"""The Word and EPUB editions against pandoc's, from the same manuscript: 150 pages, 40 tables, 40 pictures, 300 notes.

pandoc's Word file has no page numbers in its contents and its EPUB no voice, so ours are measured without them. What
page numbers cost, which LibreOffice takes to lay out the pages, stands beside it and has no target: it is taken once
for a text, and can be turned off. pandoc compares and checks nothing, so ours are measured without that too; what it
takes stands beside it.
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
NAMES = {"docx": "Word edition", "epub": "EPUB"}
ALIKE = {"docx": '[docx]\npage_numbers = "never"\n', "epub": '[epub]\nepub_audio = "off"\n'}
"""Settings with which ours holds what pandoc's does."""


def report(edition: str, folder: Path) -> bool:
    """Print what both take for the benchmark of the proof; tell whether the targets are met."""
    source = benchmark.write(folder / "benchmark")
    settings = source.with_name("publication.toml")
    settings.unlink(missing_ok=True)
    pandoc = [pypandoc.get_pandoc_path(), str(source), "--resource-path", str(source.parent)]
    costs = {}
    if edition == "docx":
        costs["ours, pages numbered"] = _ours(edition, source, folder, "--check", "off")
    settings.write_text(ALIKE[edition], "utf-8")
    costs["ours, compared and checked"] = _ours(edition, source, folder, "--validators", "own")
    # By turns, so that whatever else the machine does falls upon both.
    runs = [
        (measure([*pandoc, "-o", str(folder / f"pandoc.{edition}")]), _ours(edition, source, folder, "--check", "off"))
        for _ in range(RUNS)
    ]
    costs["pandoc"], costs["ours"] = theirs, ours = tuple(min(each) for each in zip(*runs, strict=True))
    table = Table(NAMES[edition], "CPU s", "of pandoc's", "peak MB", "of pandoc's", title="Against pandoc")
    for name, cost in costs.items():
        figures = f"{cost.cpu:.2f}", f"{cost.cpu / theirs.cpu:.2f}", f"{cost.memory:.0f}"
        table.add_row(name, *figures, f"{cost.memory / theirs.memory:.2f}")
    Console().print(table)
    made = all(cost.code == 0 for cost in costs.values())
    return made and ours.cpu <= CPU * theirs.cpu and ours.memory <= MEMORY * theirs.memory


def _ours(edition: str, source: Path, folder: Path, *more: str) -> Cost:
    """Return what an export takes from an empty store, report and page included."""
    store = folder / f"store-pandoc-{edition}"
    options = ["-o", str(folder / "output-pandoc"), "--to", edition, "--progress", "none", "--store", str(store), *more]
    shutil.rmtree(store, ignore_errors=True)
    return measure([sys.executable, "-m", "exporter", "export", str(source), *options])
