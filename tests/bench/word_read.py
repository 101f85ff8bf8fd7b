"""Reading the Word edition of the benchmark back into a tree, against pandoc: python -m tests.bench.word_read FILE."""

from __future__ import annotations

import sys
from pathlib import Path

CPU = 0.5
"""How much of pandoc's ours may take."""
RUNS = 3
STYLES = Path(__file__).parents[2] / "styles"


def report(edition: Path) -> bool:
    """Print what both take to read a Word file; tell whether the target is met."""
    import pypandoc  # here, so that the process that is measured does not load them
    from rich.console import Console

    from tests.bench.cost import measure

    ours = min(measure([sys.executable, "-m", "tests.bench.word_read", str(edition)]) for _ in range(RUNS))
    tree = edition.with_suffix(".tree.json")
    command = [pypandoc.get_pandoc_path(), str(edition), "-t", "json", "-o", str(tree)]
    theirs = min(measure(command) for _ in range(RUNS))
    Console().print(
        f"Reading the Word edition: {ours.cpu:.2f} CPU s, {ours.cpu / theirs.cpu:.2f} of pandoc's; "
        f"{ours.memory:.0f} MB, {ours.memory / theirs.memory:.2f} of pandoc's.",
        highlight=False,
    )
    return ours.code == theirs.code == 0 and ours.cpu <= CPU * theirs.cpu


def main() -> None:
    """Read one file."""
    from exporter.readers import docx

    docx.read(Path(sys.argv[1]).read_bytes(), "benchmark.docx", styles=STYLES)


if __name__ == "__main__":
    main()
