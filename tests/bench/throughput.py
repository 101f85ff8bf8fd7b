"""Throughput: an archive as web pages, Word files and EPUBs, by one export and by a loop over pandoc.

The export without checks does what the loop does; the one that compares and checks stands beside it. Neither has a
target; an archive in which nothing has changed takes two seconds of work at most, and all of it little memory.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import pypandoc
from rich.console import Console
from rich.table import Table

from tests import archive
from tests.bench.cost import Cost, measure

COUNT = 200
EDITIONS = ("html", "docx", "epub")
UNCHANGED = 2.0
"""Seconds of CPU that an export takes at most when nothing has changed."""
MEGABYTES = 1_000
"""Memory of all processes together, as the export is told."""


def report(folder: Path, count: int = COUNT) -> bool:
    """Print what both take for an archive; tell whether the targets are met."""
    source = folder / "archive"
    manuscripts = archive.write(source, count)
    costs = {
        "loop over pandoc": _loop(manuscripts, folder / "archive-pandoc"),
        "ours": _ours(source, folder / "archive-plain", "--check", "off"),
        "ours, compared and checked": _ours(source, folder / "archive-checked"),
        "the same, unchanged": _ours(source, folder / "archive-checked"),
    }
    title = f"{count} publications as {', '.join(EDITIONS)}"
    table = Table("archive", "CPU s", "s", "a minute", "peak MB", title=title)
    for name, cost in costs.items():
        figures = f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{count / cost.wall * 60:.0f}", f"{cost.total_memory:.0f}"
        table.add_row(name, *figures)
    Console().print(table)
    made = not any(cost.code for cost in costs.values())
    is_small = max(cost.total_memory for cost in costs.values()) <= MEGABYTES
    return made and is_small and costs["the same, unchanged"].cpu <= UNCHANGED


def _loop(manuscripts: Sequence[Path], target: Path) -> Cost:
    """Return what a shell takes that calls pandoc for each file."""
    target.mkdir()
    pandoc = shlex.quote(pypandoc.get_pandoc_path())
    lines = (
        f"cd {shlex.quote(str(path.parent))} && {pandoc} {path.name} --standalone --embed-resources "
        f"-o {shlex.quote(str(target / path.parent.name))}.{edition} || exit 1"
        for path in manuscripts
        for edition in EDITIONS
    )
    script = target / "loop.sh"
    script.write_text("\n".join(lines) + "\n", "utf-8")
    return measure(["sh", str(script)])


def _ours(source: Path, target: Path, *more: str) -> Cost:
    """Return what an export takes, report, pages and catalogue included."""
    options = ["-o", str(target), "--store", f"{target}-store", "--to", ",".join(EDITIONS), "--progress", "none"]
    options += ["--validators", "own", "--memory", str(MEGABYTES), "--epub-audio", "off", *more]
    return measure([sys.executable, "-m", "exporter", "export", str(source), *options])
