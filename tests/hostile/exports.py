"""Exports of one publication again and again, each time with another title, that are killed or have no room."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.pipeline.bench import PLUGINS

ROOT = Path(__file__).parents[2]
_TITLE = re.compile(rb"Title (\d+)")


class Exports:
    """A publication with two editions, its output folder, store and temporary folder.

    Args:
        root: An empty folder.
        editions: Their names.
    """

    def __init__(self, root: Path, editions: str = "words,other") -> None:
        self.root = root
        self.editions = editions
        self.places = {name: root / name for name in ("output", "store", "temporary")}
        for folder in self.places.values():
            folder.mkdir(exist_ok=True)

    @property
    def folder(self) -> Path:
        """The folder of the publication in the output."""
        return self.places["output"] / "one"

    def write(self, title: int) -> None:
        """Write the manuscript with a title of this number."""
        manuscript = self.root / "input" / "one" / "manuscript.lines"
        manuscript.parent.mkdir(parents=True, exist_ok=True)
        manuscript.write_text(f"Title {title}\nA paragraph.\n", "utf-8")

    def begin(self) -> subprocess.Popen[str]:
        """Begin an export."""
        command = [sys.executable, "-m", "exporter", "export", "input", "--output", "output", "--store", "store"]
        return subprocess.Popen(
            [*command, "--to", self.editions, "--jobs", "2", "--progress", "none", "--validators", "own"],
            cwd=self.root,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, PLUGINS))), "TMPDIR": str(self.places["temporary"])},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self) -> tuple[int, str]:
        """Export; return the exit code and what was printed."""
        process = self.begin()
        printed, _ = process.communicate(timeout=300)
        return process.returncode, printed

    def titles(self) -> set[int]:
        """Return the numbers of the titles in all files of the publication."""
        files = [path.read_bytes() for path in self.folder.iterdir()]
        return {int(number) for data in files for number in _TITLE.findall(data)}

    def published(self) -> dict[str, bytes]:
        """Return the files in the output folder, hidden ones too, by their paths."""
        output = self.places["output"]
        return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}

    def left(self) -> list[str]:
        """Return what only a run that is active needs."""
        # Python tries the folder with a file of five bytes, which a kill may leave.
        temporary = (path for path in self.places["temporary"].iterdir() if path.is_dir() or path.stat().st_size > 5)
        found = [*temporary, *(self.places["store"] / "runs").iterdir()]
        found += [path for name in ("output", "store") for path in self.places[name].rglob(".*")]
        return sorted(str(path.relative_to(self.root)) for path in found)
