"""Measure each edition of a long report in a process of its own, from an empty store.

usage: python -m tests.bench [--chapters N] [--to EDITION ...]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.bench import manuscript

EDITIONS = ("pdf", "epub", "docx", "audio")


class Cost(NamedTuple):
    """What a command took, its child processes included."""

    cpu: float
    """Seconds, user and system."""
    memory: float
    """Peak of the largest process, MB."""
    code: int


def measure(command: list[str]) -> Cost:
    """Run a command and give what it cost."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    stderr = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.stderr.buffer.write(stderr[-2000:])
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def ours(edition: str, source: Path, folder: Path) -> tuple[Cost, int]:
    """Export one edition from an empty store; give its cost and its size in bytes."""
    output = folder / f"output-{edition}"
    command = [sys.executable, "-m", "exporter", "export", str(source), "-o", str(output), "--to", edition]
    cost = measure([*command, "--store", str(folder / f"store-{edition}"), "--progress", "none"])
    reports = ("report.html", "report.json")
    return cost, sum(f.stat().st_size for f in output.rglob("*") if f.is_file() and f.name not in reports)


def pandoc(suffix: str, source: Path, folder: Path) -> tuple[Cost, int]:
    """Convert the same manuscript with pandoc."""
    target = folder / f"pandoc{suffix}"
    cost = measure(["pandoc", str(source), "-o", str(target), "--resource-path", str(source.parent)])
    return cost, target.stat().st_size if target.exists() else 0


def main() -> int:
    """Print the table; exit code 1 when an edition could not be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=20, help="7 pages each (default: 20)")
    parser.add_argument("--to", action="append", choices=EDITIONS, help="only this edition")
    options = parser.parse_args()
    table = Table("edition", "CPU s", "peak MB", "size MB", "against pandoc (CPU)")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = manuscript.write(folder / "bench-report", options.chapters)
        for edition in options.to or EDITIONS:
            cost, size = ours(edition, source, folder)
            ratio = "no such peer"
            if edition in ("epub", "docx"):
                ratio = "not measured: pandoc is not installed"
                if shutil.which("pandoc"):
                    peer, _ = pandoc(f".{edition}", source, folder)
                    ratio = f"{cost.cpu / peer.cpu:.2f}x of {peer.cpu:.1f} s"
            failed = failed or cost.code != 0
            figures = f"{cost.cpu:.1f}", f"{cost.memory:.0f}", f"{size / 1e6:.1f}"
            table.add_row(edition, *(figures if cost.code == 0 else ("failed",) * 3), ratio)
    Console().print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
