"""Editions that flow, made by the writers with a voice that costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from exporter import model as m
from exporter import transforms
from exporter.pipeline.registry import discover
from tests.counting import Counting, spoken_by
from tests.publications import VOICES
from tests.trees import pictures_of_trees
from tests.write_context import Pictures, write_context

FLOWING = ("epub", "html", "daisy")


def drawn(publication: m.Publication, folder: Path) -> m.Publication:
    """Return a generated publication as writers get it, with the pictures that it may name in `folder/pictures`.

    Its language is one that a voice speaks.
    """
    _, assets = pictures_of_trees(folder)
    about = msgspec.structs.replace(publication.metadata, language="en", direction=m.Direction.LTR)
    return transforms.apply(msgspec.structs.replace(publication, metadata=about, assets=assets), "any")


def make(
    name: str,
    publication: m.Publication,
    folder: Path,
    blobs: Mapping[str, bytes] = {},
    facts: Mapping[str, bytes] | None = None,
) -> tuple[Path, dict[str, bytes]]:
    """Write an edition; gives its file and what it hands on to others."""
    pictures = Pictures(folder / "pictures")
    for digest, data in blobs.items():
        pictures.path(digest).write_bytes(data)
    (edition,) = discover().select([name])
    place = write_context(folder, publication.metadata.language, pictures=pictures, facts=facts)
    path = folder / f"book{edition.writer.SUFFIX}"
    with spoken_by(VOICES.get(name, Counting)):
        # Typefaces take seconds and say nothing.
        options = edition.writer.Options(fonts=False) if name == "html" else edition.writer.Options()
        written = edition.writer.write(publication, place, options, path)
    return path, {f"{name}.{key}": value for key, value in written.sidecars.items()}
