"""Editions that flow, made by the writers with a voice that costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
import pytest

from exporter import images, transforms
from exporter import model as m
from exporter.pipeline.registry import discover
from exporter.readers import markdown
from exporter.speech import performance
from exporter.speech.encode import Stretch
from exporter.speech.mix import Clip, Recorded
from exporter.speech.utterance import Utterance
from tests.images.pictures import SVG, raster
from tests.workshop import Pictures, workshop

INPUT = Path(__file__).parents[2] / "input"
SLUGS = sorted(folder.name for folder in INPUT.iterdir() if folder.is_dir())
FLOWING = ("epub", "html", "daisy")
FRAME = 576


class Counting:
    """A mixer that lets each letter last a packet of any codec."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def record(self, utterances: Iterable[Utterance]) -> Iterator[Recorded]:
        clips: list[Clip] = []
        position = 0
        for each in utterances:
            length = len(each.text) * 2 * FRAME
            clips.append(Clip(position, position + length))
            position += length + 5 * FRAME
        yield Recorded(Stretch((b"\x01\x18\x20\x07",) * (position // FRAME + 5), {}), tuple(clips))

    further = record


@cache
def tree(slug: str) -> tuple[m.Publication, Mapping[str, bytes]]:
    """Read a publication as the export does; gives the tree and the bytes of its pictures."""
    folder = INPUT / slug
    read = markdown.read((folder / "manuscript.md").read_bytes(), "manuscript.md")
    gathered = images.gather(read.publication, folder, read.media)
    return transforms.apply(gathered.publication, slug), dict(gathered.blobs)


def drawn(publication: m.Publication, folder: Path) -> m.Publication:
    """Give a generated publication as writers get it, with the pictures that it may name in `folder/pictures`.

    Its language is one that a voice speaks.
    """
    pictures = Pictures(folder / "pictures")
    assets = (
        pictures.add("img/a.png", raster(), "image/png", 40, 20),
        pictures.add("img/b.svg", SVG.format("<path d='M0 0h9'/>").encode(), "image/svg+xml", 40, 20),
    )
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
    place = workshop(folder, publication.metadata.language, pictures=pictures, facts=facts)
    path = folder / f"book{edition.writer.SUFFIX}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(performance, "Mixer", Counting)
        # Typefaces take seconds and say nothing.
        options = edition.writer.Options(fonts=False) if name == "html" else edition.writer.Options()
        written = edition.writer.write(publication, place, options, path)
    return path, {f"{name}.{key}": value for key, value in written.facts.items()}
