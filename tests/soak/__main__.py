"""Read and export documents that nobody wrote until the time is over; exit code 1 when one of them was too much.

What was too much is kept in a folder, with what went wrong, and its number makes it again.

usage: python -m tests.soak [--minutes N] [--first SEED] [--batch N]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.soak import trial
from tests.soak.documents import document

READ_FOR_EACH = 40
"""Documents that are only read, for each one that is exported."""


def main() -> int:
    """Run the soak."""
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    parser.add_argument("--first", type=int, default=None, help="number of the first document (default: by the clock)")
    parser.add_argument("--batch", type=int, default=6, help="documents that are exported together (default: 6)")
    wishes = parser.parse_args()
    console = Console()
    first = int(time.time()) * 1_000 if wishes.first is None else wishes.first
    end = time.monotonic() + wishes.minutes * 60
    seed, exported = first, 0
    wrong: dict[int, str] = {}
    console.print(f"Documents from number {first} on, for {wishes.minutes:g} minutes")
    while time.monotonic() < end:
        for number in range(seed, seed + wishes.batch * READ_FOR_EACH):
            if said := trial.reads(document(number)):
                wrong[number] = said
        failed = trial.exports([document(number) for number in range(seed, seed + wishes.batch)])
        wrong |= {seed + place: said for place, said in failed.items()}
        exported += wishes.batch
        seed += wishes.batch * READ_FOR_EACH
        console.print(f"{seed - first:,} read, {exported:,} exported, {len(wrong)} of them too much", highlight=False)
    if wrong:
        folder = Path(tempfile.mkdtemp(prefix="soak-"))
        for number, said in wrong.items():
            (folder / f"{number}.md").write_bytes(document(number))
            (folder / f"{number}.txt").write_text(said, "utf-8")
        console.print(f"What was too much is in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
