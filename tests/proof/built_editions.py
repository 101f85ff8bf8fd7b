"""Finished editions of all publications, each made once for all tests and all their processes."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter.model import Publication
from tests.proof import benchmark
from tests.proof.validators import ROOT
from tests.publications import INPUT, manuscript
from tests.publications import SLUGS as PUBLICATIONS

BENCHMARK = "benchmark"
SLUGS = (*PUBLICATIONS, BENCHMARK)
"""Every publication of the house, and a long report made by rule."""

SILENT = ("--epub-audio", "off")


class Shelf:
    """Makes editions when they are asked for first, as a person would: through the command line.

    Args:
        folder: Shared by all processes of one run of the tests.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def editions(self, slug: str, *names: str, arguments: tuple[str, ...] = ()) -> Path:
        """Return the folder with the editions of a publication that are named, made together.

        An EPUB that is made with the PDF has its pages; made with the audio edition, its voice.

        Args:
            slug: A folder of `input/`, or `BENCHMARK`.
            names: As after `--to`.
            arguments: Further ones of `exporter export`.
        """
        output = self.folder / "-".join((*sorted(names), *(part.strip("-") for part in arguments)))
        with self._alone(slug):
            source = self._source(slug)
            if not (output / slug / "report.json").exists():
                to = [part for name in names for part in ("--to", name)]
                command = [sys.executable, "-m", "exporter", "export", str(source), "-o", str(output), *to, *arguments]
                options = ["--store", str(self.folder / "store"), "--progress", "none"]
                made = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
                assert made.returncode == 0, made.stdout + made.stderr
        return output / slug

    def edition(self, slug: str, suffix: str, *names: str) -> Path:
        """Return one file, such as that with `suffix` `.epub`, made together with the editions `names`."""
        return self.editions(slug, *names) / f"{slug}{suffix}"

    def silent_book(self, slug: str) -> Path:
        """Return the EPUB with the pages of the PDF and without a voice: made in seconds, however long the text."""
        return self.editions(slug, "pdf", "epub", arguments=SILENT) / f"{slug}.epub"

    def pages_of_silent_book(self, slug: str) -> Path:
        """Return the PDF that was made together with it."""
        return self.silent_book(slug).with_suffix(".pdf")

    def tree(self, slug: str) -> Publication:
        """Return a publication; identifiers are those of the editions."""
        with self._alone(slug):
            source = self._source(slug)
        return manuscript(slug, source.parent).publication

    def _source(self, slug: str) -> Path:
        if slug != BENCHMARK:
            return INPUT / slug
        source = self.folder / BENCHMARK
        if not (source / "manuscript.md").exists():
            benchmark.write(source)
        return source

    @contextmanager
    def _alone(self, slug: str) -> Iterator[None]:
        with (self.folder / f"{slug}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
