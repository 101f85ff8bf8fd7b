"""Covers: the picture that a recording or an EPUB shows in a catalogue, and its alt text (WCAG 1.1.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.inspect.archive import Archive, resolve
from exporter.inspect.epub import DC, OPF, Package
from exporter.inspect.sound import open_mp3, open_mp4
from exporter.inspect.xml import parse
from exporter.model import Described, Publication
from exporter.parity.content import letters
from exporter.parity.extraction import Picture, normal
from exporter.parity.rules import PICTURES
from exporter.parity.xhtml import elements

_QUOTED = 60


class _Resource(msgspec.Struct):
    url: str = ""
    rel: str = ""


class _Manifest(msgspec.Struct):
    resources: list[_Resource] = []


def check_recording(path: Path, expected: str) -> Iterator[Finding]:
    """Yield whether a recording shows another cover than its writer put into it, in any of its files.

    Args:
        path: An M4B, an archive of MP3 files or an audiobook.
        expected: Digest of the picture.
    """
    if {hashlib.sha256(data).hexdigest() for data in _pictures(path)} != {expected}:
        yield PICTURES.finding("The cover is missing, or is another picture.")


def _pictures(path: Path) -> Iterator[bytes]:
    """Yield the covers; nothing for a file that should have one and has none."""
    if path.suffix in {".m4a", ".m4b"}:
        with path.open("rb") as file:
            yield from map(bytes, (open_mp4(file).tags or {}).get("covr", ()))
        return
    with Archive(path) as archive:
        if "publication.json" in archive:
            manifest = msgspec.json.decode(archive.read("publication.json"), type=_Manifest)
            for resource in manifest.resources:
                if resource.rel == "cover":
                    with archive.open_sound(resource.url) as file:
                        yield file.read()
            return
        for name in archive.names:
            if name.endswith(".mp3"):
                with archive.open_sound(name) as file:
                    tags = open_mp3(file).tags
                yield from (frame.data for frame in tags.getall("APIC")) if tags else ()


def check_alt(publication: Publication, alt: str) -> Iterator[Finding]:
    """Yield whether a cover has another alt text than that of the manuscript; a drawn one has the title in it."""
    cover = publication.metadata.cover
    own = cover.alt.text if cover and isinstance(cover.alt, Described) else ""
    title = letters(publication.metadata.full_title)
    # A cover that cannot be opened is drawn, too.
    if (own or title) and normal(alt) != normal(own) and not (title and title in letters(alt)):
        message = f"The alt text of the cover is “{alt[:_QUOTED]}”."
        yield PICTURES.finding(message, publication.metadata.source)


def check_placed(
    publication: Publication, shown: Sequence[Picture], placed: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """Yield whether an edition has another cover than the file that was made of that of the manuscript, or none.

    Args:
        publication: The tree.
        shown: Pictures of which one is the cover; those with another alt text are none.
        placed: Digests of the files that the edition should have of each picture of the tree.
    """
    cover = publication.metadata.cover
    digests = (asset.digest for asset in publication.assets if cover and asset.name == cover.source)
    files = placed.get(next(digests, ""))
    alt = normal(cover.alt.text) if cover and isinstance(cover.alt, Described) else None
    covers = [picture for picture in shown if picture.alt in {alt, None}]
    if files and (not shown or (covers and all(picture.file not in files for picture in covers))):
        yield PICTURES.finding("The cover is missing, or is another picture.", publication.metadata.source)


def check_epub(path: Path) -> Iterator[Finding]:
    """Yield whether the cover of an EPUB is missing, is another than that of catalogues, or has another title."""
    with Archive(path) as archive:
        package = Package(archive)
        items = [item for item in package.items.values() if "cover-image" in (item.get("properties") or "").split()]
        listed = {package.path(item) for item in items}
        shown = set(_shown(archive, package))
        if listed != shown or not shown <= set(archive.names):
            yield PICTURES.finding("The cover is missing, or is another picture in catalogues than in the text.")
            return
        title = package.root.findtext(f"{OPF}metadata/{DC}title") or ""
        for name in listed:
            if name.endswith("images/cover.svg"):
                words = " ".join(parse(archive.read(name)).itertext())
                # A long title is shortened.
                if "…" not in words and letters(title) not in letters(words):
                    yield PICTURES.finding(f"The cover does not show the title “{title[:_QUOTED]}”.")


def _shown(archive: Archive, package: Package) -> Iterator[str]:
    """Yield the pictures of the document of the cover."""
    for key in package.spine:
        name = package.path(package.items[key])
        root: Any = parse(archive.read(name))
        body = next(root.iter("{*}body"), root)
        if "cover" in elements.kinds(body):
            yield from (resolve(name, image.get("src") or "") for image in body.iter("{*}img"))
