"""What verification costs: by check, and with one Java machine for all files against one for each.

usage: python -m tests.bench.verification FILE...    judges the files by veraPDF and EPUBCheck, in one machine
"""

from __future__ import annotations

import operator
import subprocess
import sys
from collections import defaultdict
from functools import reduce
from pathlib import Path

from rich.console import Console
from rich.table import Table

from exporter.pipeline.registry import discover
from exporter.validate.file_types import FileTypes
from exporter.validate.java import JvmServer
from exporter.validate.validators import run_validator, validators_for
from tests.bench.cost import measure

ROOT = Path(__file__).parents[2]
EDITIONS = ("pdf", "large-print", "print", "epub", "docx")
TYPES = FileTypes(discover().by_suffix)
IN_JAVA = ("verapdf", "epubcheck")


def samples(folder: Path) -> list[Path]:
    """Return the editions of all publications of the house; the EPUB is silent, which is quicker to make."""
    to = [part for name in EDITIONS for part in ("--to", name)]
    command = [sys.executable, "-m", "exporter", "export", str(ROOT / "input"), "-o", str(folder / "samples"), *to]
    options = ["--epub-audio", "off", "--store", str(folder / "store-samples"), "--progress", "none"]
    subprocess.run([*command, *options], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    ends = (".pdf", ".epub", ".docx")
    return sorted(path for path in (folder / "samples").rglob("*") if path.name.endswith(ends))


def by_check(files: list[Path]) -> bool:
    """Print what each check takes for all files; tell whether all of them ran."""
    seconds: dict[str, list[float]] = defaultdict(list)
    silent: set[str] = set()
    with JvmServer() as machine:
        for path in files:
            for check in validators_for(TYPES.for_name(path.name), java=machine.address):
                done = run_validator(check, path)
                if done.ran:
                    seconds[check.TITLE].append(done.seconds)
                else:
                    silent.add(f"{check.TITLE}: {done.reason}")
    table = Table("check", "files", "s in all", "s a file", "slowest", title="Verification of all samples, by check")
    for title, each in sorted(seconds.items(), key=lambda pair: -sum(pair[1])):
        table.add_row(title, str(len(each)), f"{sum(each):.1f}", f"{sum(each) / len(each):.2f}", f"{max(each):.2f}")
    Console().print(table)
    for reason in sorted(silent):
        Console().print(f"not checked: {reason}")
    return not silent


def warm_against_cold(files: list[Path]) -> bool:
    """Print what Java takes for all files in one machine, and in one for each; tell whether one is cheaper."""
    java = [path for path in files if any(check.NAME in IN_JAVA for check in validators_for(TYPES.for_name(path.name)))]
    command = [sys.executable, "-m", "tests.bench.verification"]
    warm = measure([*command, *map(str, java)])
    cold = reduce(operator.add, (measure([*command, str(path)]) for path in java))
    table = Table("", "CPU s", "peak MB", title=f"veraPDF and EPUBCheck over {len(java)} files")
    for title, cost in (("one machine for all", warm), ("one process a file", cold)):
        table.add_row(title, f"{cost.cpu:.1f}" if not cost.code else "failed", f"{cost.memory:.0f}")
    table.add_row("ratio", f"{warm.cpu / cold.cpu:.2f}", f"{warm.memory / cold.memory:.2f}")
    Console().print(table)
    return not warm.code and not cold.code and warm.cpu < cold.cpu


def report(folder: Path) -> bool:
    """Print both tables; tell whether everything ran and one machine is cheaper."""
    files = samples(folder)
    return by_check(files) & warm_against_cold(files)


def main(paths: list[str]) -> int:
    """Check files by what is written in Java; exit code 1 when one was not judged."""
    good = True
    with JvmServer() as machine:
        for path in map(Path, paths):
            for check in validators_for(TYPES.for_name(path.name), java=machine.address):
                if check.NAME in IN_JAVA:
                    good = run_validator(check, path).ran and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
