"""Finished editions of all publications, each made once for all tests and all their processes."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter.model import Publication
from exporter.service import formats
from tests.proof import benchmark
from tests.proof.validators import ROOT
from tests.publications import INPUT, manuscript
from tests.publications import SLUGS as PUBLICATIONS

BENCHMARK = "benchmark"
SLUGS = (*PUBLICATIONS, BENCHMARK)
"""Every publication of the house, and a long report made by rule."""

RECORDINGS = ("audio", "mp3", "audiobook", "daisy", "chapters", "transcript")
SPOKEN = ("pdf", "epub", *RECORDINGS)
SILENT = tuple(row.name for row in formats()[1] if row.name not in {*RECORDINGS, "sign-language"})
"""All editions that are read; those beside an original are made of translations."""
NATURAL_VOICE = "asylum-dispatch"
"""The publication that is read by a natural voice; the others are read by eSpeak NG, a thousand times faster."""
PDF_2 = ("pdf", "large-print")


class BuiltEditions:
    """Finished editions, exported when they are asked for first, as a person would: through the command line.

    Every export compares each edition with its manuscript and asks all validators; `test_publications.py` reads what
    they said, so that no other test asks them again.

    Args:
        folder: Shared by all processes of one run of the tests.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def silent(self, slug: str) -> Path:
        """Return the folder with all editions that are read.

        Args:
            slug: A folder of `input/`, or `BENCHMARK`.
        """
        return self._export(slug, "silent", *SILENT, arguments=("--epub-audio", "off"))

    def silent_book(self, slug: str) -> Path:
        """Return the EPUB with the pages of the PDF and without a voice."""
        return self.silent(slug) / f"{slug}.epub"

    def spoken(self, slug: str) -> Path:
        """Return the folder with the editions that are heard, and the PDF whose pages they name."""
        voice = () if slug == NATURAL_VOICE else ("--voice", "espeak-ng")
        return self._export(slug, "spoken", *SPOKEN, arguments=voice)

    def spoken_book(self, slug: str) -> Path:
        """Return the EPUB with the voice of the audio edition."""
        return self.spoken(slug) / f"{slug}.epub"

    def pdf_2(self, slug: str) -> Path:
        """Return the folder with the PDFs that keep PDF/UA-2."""
        return self._export(slug, "pdf-2", *PDF_2, arguments=("--pdf-standard", "ua-2"))

    def _export(self, slug: str, name: str, *editions: str, arguments: tuple[str, ...] = ()) -> Path:
        output = self.folder / name
        with self._alone(slug):
            source = self._source(slug)
            if not (output / slug / "report.json").exists():
                to = [part for edition in editions for part in ("--to", edition)]
                command = [sys.executable, "-m", "exporter", "export", str(source), "-o", str(output), *to, *arguments]
                options = ["--store", str(self.folder / "store"), "--progress", "none"]
                result = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
                assert result.returncode == 0, result.stdout + result.stderr
        return output / slug

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
