"""Read and export documents that nobody wrote until the time is over; exit code 1 when one of them was too much.

What was too much is kept in a folder, with what went wrong, and its number makes it again.

usage: python -m tests.soak [--minutes N] [--kind NAME ...] [--first SEED] [--batch N] [--read-only]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.soak import trial
from tests.soak.cell import Cell
from tests.soak.kinds import KINDS


def main() -> int:
    """Run the soak."""
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    parser.add_argument("--first", type=int, default=None, help="number of the first document (default: by the clock)")
    parser.add_argument("--batch", type=int, default=6, help="documents that are exported together (default: 6)")
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), help="what to read (default: every kind)")
    parser.add_argument("--read-only", action="store_true", help="export nothing")
    wishes = parser.parse_args()
    console = Console()
    first = int(time.time()) * 1_000 if wishes.first is None else wishes.first
    end = time.monotonic() + wishes.minutes * 60
    cells = [Cell(kind) for kind in wishes.kind or KINDS]
    seed, read, exported = first, 0, 0
    wrong: dict[tuple[str, int], str] = {}
    console.print(
        f"Documents from number {first} on, for {wishes.minutes:g} minutes: {', '.join(c.kind for c in cells)}"
    )
    while time.monotonic() < end:
        for cell in cells:
            kind = KINDS[cell.kind]
            for number in range(seed, seed + wishes.batch * kind.read_for_each):
                if said := cell.reads(number):
                    wrong[cell.kind, number] = said
                read += 1
                if time.monotonic() > end:
                    break
            if wishes.read_only or time.monotonic() > end:
                continue
            made = [kind.document(number) for number in range(seed, seed + wishes.batch)]
            failed = trial.exports(made, kind.suffix)
            wrong |= {(cell.kind, seed + place): said for place, said in failed.items()}
            exported += wishes.batch
            console.print(
                f"{cell.kind}: {read:,} read, {exported:,} exported, {len(wrong)} of them too much", highlight=False
            )
        seed += wishes.batch * max(kind.read_for_each for kind in KINDS.values())
    console.print(f"{read:,} read, {exported:,} exported, {len(wrong)} of them too much", highlight=False)
    for cell in cells:
        cell.close()
    if wrong:
        folder = Path(tempfile.mkdtemp(prefix="soak-"))
        for (name, number), said in wrong.items():
            (folder / f"{name}-{number}{KINDS[name].suffix}").write_bytes(KINDS[name].document(number))
            (folder / f"{name}-{number}.txt").write_text(said, "utf-8")
            console.print(
                f"--kind {name} --first {number}: {said.strip().splitlines()[-1][:150]}", highlight=False, markup=False
            )
        console.print(f"What was too much is in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
