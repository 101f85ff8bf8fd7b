"""The publications of `input/`: their trees, and their editions, each made once for all tests of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from exporter import images, transforms
from exporter.contracts import WriteResult
from exporter.findings import Finding
from exporter.model import Publication
from exporter.pipeline.registry import discover
from exporter.readers import markdown
from tests.counting import Counting, CountingMp3, spoken_by
from tests.shared_builds import build_once
from tests.write_context import Pictures, write_context

INPUT = Path(__file__).parents[1] / "input"
VERSIONS = {"presentacion-comite", "submission-easy-read"}
"""A translation with the structure of its original, and an easy-read version: their editions show little else."""
ALL = sorted(folder.name for folder in INPUT.iterdir() if folder.is_dir())
SLUGS = [slug for slug in ALL if slug not in VERSIONS]
SHORT = {"arabic-brief", "asylum-dispatch"}
"""Publications of a thousand words, one from right to left."""
LONG = {"access-to-justice-report", "handbook"}
"""Publications that take a page engine many seconds, and that a voice reads for half an hour and more."""


VOICES = {"audio": Counting, "epub": Counting, "daisy": CountingMp3}


def all_of(tested: Iterable[str]) -> list[Any]:
    """Return all publications as parameters of a test: `make test` takes some, `make proof` others, `make soak` all."""
    rest = {slug: (pytest.mark.proof, *([pytest.mark.soak] if slug == "handbook" else [])) for slug in SLUGS}
    return [pytest.param(slug, marks=() if slug in tested else rest[slug]) for slug in SLUGS]


class Manuscript(NamedTuple):
    """A publication as the export reads it."""

    publication: Publication
    blobs: Mapping[str, bytes]
    """The bytes of its pictures, by digest."""
    findings: tuple[Finding, ...]


@cache
def manuscript(slug: str, root: Path = INPUT) -> Manuscript:
    """Read a manuscript and its pictures; identifiers are those of the editions."""
    folder = root / slug
    read = markdown.read((folder / "manuscript.md").read_bytes(), "manuscript.md")
    gathered = images.collect(read.publication, folder, read.media)
    publication = transforms.apply(gathered.publication, slug)
    return Manuscript(publication, dict(gathered.blobs), (*read.findings, *gathered.findings))


def tree(slug: str) -> tuple[Publication, Mapping[str, bytes]]:
    """Return a publication, and the bytes of its pictures."""
    return manuscript(slug)[:2]


def laid_out(slug: str, folder: Path) -> Pictures:
    """Put the pictures of a publication into a folder."""
    pictures = Pictures(folder)
    for digest, data in tree(slug)[1].items():
        pictures.path(digest).write_bytes(data)
    return pictures


class Edition(NamedTuple):
    """An edition that was made."""

    publication: Publication
    path: Path
    written: WriteResult


class Editions:
    """Editions with the options of a first export; books are read by a voice that costs nothing.

    Args:
        folder: Shared by all processes of one run of the tests.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, slug: str, name: str) -> Edition:
        """Return an edition, which is made when it is asked for first."""
        publication = tree(slug)[0]
        (edition,) = discover().select([name])
        folder = self._folder / f"{slug}-{name}"
        path = folder / f"{slug}{edition.writer.SUFFIX}"

        def build(folder: Path) -> WriteResult:
            pictures = laid_out(slug, folder / "pictures")
            context = write_context(folder, publication.metadata.language, pictures=pictures)
            # Font subsets take seconds and are tested elsewhere.
            options = edition.writer.Options(**({"fonts": False} if name == "html" else {}))
            with spoken_by(VOICES[name]) if name in VOICES else nullcontext():
                return edition.writer.write(publication, context, options, path)

        return Edition(publication, path, build_once(folder, build))
