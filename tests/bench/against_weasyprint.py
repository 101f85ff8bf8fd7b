"""The PDF edition against stock WeasyPrint on the same document, at several lengths."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.bench import manuscript
from tests.bench.cost import Cost, measure

CPU, MEMORY, SIZE = 0.80, 1.0, 1.0
"""Most that may be taken of what WeasyPrint takes."""
GROWTH = 1.25
"""Most that a further page may cost on the way to the longest document, of what it costs on the way to the next one."""
_PAGES_A_CHAPTER = 6.7


class Length(NamedTuple):
    """Both on a document of one length."""

    pages: int
    ours: Cost
    stock: Cost
    our_size: int
    stock_size: int
    stock_pages: int

    @property
    def ratios(self) -> tuple[float, float, float]:
        """CPU, memory and size, ours by theirs."""
        return (
            self.ours.cpu / self.stock.cpu,
            self.ours.memory / self.stock.memory,
            self.our_size / self.stock_size,
        )

    @property
    def good(self) -> bool:
        """Whether all targets are met."""
        return all(ratio <= most for ratio, most in zip(self.ratios, (CPU, MEMORY, SIZE), strict=True))


def compare(pages: int, folder: Path) -> Length | None:
    """Measure both on a document of about so many pages; None when one of them fails."""
    folder.mkdir()
    source = manuscript.write(folder / "source", max(1, round(pages / _PAGES_A_CHAPTER)))
    child = [sys.executable, "-m", "tests.bench.pages"]
    if measure([*child, "prepare", str(source), str(folder)]).code:
        return None
    # Once before the clock runs, so that both find the typefaces in the same cache.
    stock, ours = measure([*child, "stock", str(folder)]), measure([*child, "ours", str(folder)])
    if stock.code or ours.code:
        return None
    made, theirs = folder / "ours.pdf", folder / "stock.pdf"
    return Length(_count(made), ours, stock, made.stat().st_size, theirs.stat().st_size, _count(theirs))


def _count(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def report(lengths: list[int], folder: Path) -> bool:
    """Print the tables; tell whether every target is met."""
    title = f"PDF, ours / stock WeasyPrint (at most {CPU:.2f} of CPU, {MEMORY:.2f} of memory, {SIZE:.2f} of size)"
    table = Table("pages", "CPU s", "ratio", "peak MB", "ratio", "size MB", "ratio", title=title)
    found: list[Length] = []
    for pages in sorted(lengths):
        length = compare(pages, folder / f"pages-{pages}")
        if length is None:
            table.add_row(f"about {pages}", *["failed"] * 6)
            continue
        found.append(length)
        cpu, memory, size = length.ratios
        table.add_row(
            f"{length.pages} / {length.stock_pages}",
            f"{length.ours.cpu:.1f} / {length.stock.cpu:.1f}",
            _marked(cpu, CPU),
            f"{length.ours.memory:.0f} / {length.stock.memory:.0f}",
            _marked(memory, MEMORY),
            f"{length.our_size / 1e6:.2f} / {length.stock_size / 1e6:.2f}",
            _marked(size, SIZE),
        )
    console = Console()
    console.print(table)
    good = len(found) == len(lengths) and all(length.good for length in found)
    steps = [(after.ours.cpu - before.ours.cpu) / (after.pages - before.pages) for before, after in pairwise(found)]
    for (before, after), step in zip(pairwise(found), steps, strict=True):
        console.print(f"From {before.pages} to {after.pages} pages: {step * 1000:.0f} ms of CPU for each further page.")
    if len(steps) > 1:
        console.print(f"Growth, the last by the first: {_marked(steps[-1] / steps[0], GROWTH)} (at most {GROWTH:.2f})")
        good = good and steps[-1] / steps[0] <= GROWTH
    return good


def _marked(ratio: float, most: float) -> str:
    colour = "green" if ratio <= most else "red"
    return f"[{colour}]{ratio:.2f}[/]"
