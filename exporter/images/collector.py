"""Collection of the image files of a publication."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from exporter.findings import Finding, Rule
from exporter.images import formats
from exporter.images.paths import Folder, differs_in_case
from exporter.images.prepare import for_editions
from exporter.images.probe import probe
from exporter.images.probe_result import ImageInfo, ImageRefusedError
from exporter.images.rules import CASE, LOCATED, MOVING, TURNED, UNREADABLE
from exporter.model import Asset, Image, Node, Publication, Source
from exporter.model.walk import images, rewrite

_SAME_FORMAT = ("image/jpeg", formats.SVG)
"""Formats in which a prepared image stays; others become PNG."""


class CollectedImages(msgspec.Struct, frozen=True):
    """A publication with its images."""

    publication: Publication
    """Publication with `assets`, to which the sources of its images and cover refer, unless they were refused."""
    blobs: Mapping[str, bytes]
    """Bytes of the assets, by digest."""
    findings: tuple[Finding, ...] = ()
    """Errors for each use of an image that was refused, and findings about the others."""


def collect(publication: Publication, folder: Path, media: Mapping[str, bytes]) -> CollectedImages:
    """Collect the images of a publication.

    Args:
        publication: The tree; its images are collected in reading order, the cover first.
        folder: The publication's folder; no file outside of it is read, even through a link.
        media: Images embedded in the manuscript, by name; they take precedence over files.

    An `Image` whose file was refused keeps its source, and no asset has that name.
    """
    collector = _Collector(Folder(folder), media)
    cover = publication.metadata.cover
    if cover is not None:
        source = collector.name(cover.source, publication.metadata.source, "The cover image")
        metadata = msgspec.structs.replace(publication.metadata, cover=msgspec.structs.replace(cover, source=source))
        publication = msgspec.structs.replace(publication, metadata=metadata)
    for image in images(publication):
        collector.name(image.source, image.at.source, "The image")

    def rename(node: Node) -> Node:
        if isinstance(node, Image) and (name := collector.names.get(node.source, node.source)) != node.source:
            return msgspec.structs.replace(node, source=name)
        return node

    publication = msgspec.structs.replace(rewrite(publication, rename), assets=tuple(collector.assets.values()))
    return CollectedImages(publication, collector.blobs, tuple(collector.findings))


class _Collector:
    """Collector of assets and findings."""

    def __init__(self, folder: Folder, media: Mapping[str, bytes]) -> None:
        self.folder = folder
        self.media = media
        self.names: dict[str, str] = {}
        self.refused: dict[str, ImageRefusedError] = {}
        self.assets: dict[str, Asset] = {}
        self.blobs: dict[str, bytes] = {}
        self.findings: list[Finding] = []

    def name(self, written: str, source: Source | None, subject: str) -> str:
        """Return the name of the asset for the path `written`, or `written` itself if the image is refused."""
        if written not in self.names and written not in self.refused:
            try:
                self.names[written] = self._add(written, source, subject)
            except ImageRefusedError as refusal:
                self.refused[written] = refusal
        if written in self.names:
            return self.names[written]
        refused = self.refused[written]
        label = self._label(subject, written, source)
        self._report(refused.rule, f"{label} {refused.reason}.", source, refused.advice)
        return written

    def _label(self, subject: str, name: str, source: Source | None) -> str:
        """Return an image in messages: without a name if it is inside a file and its source says which it is."""
        is_located = name in self.media and source and source.place
        return subject if is_located else f"{subject} “{_truncate(name)}”"

    def _add(self, written: str, source: Source | None, subject: str) -> str:
        if written in self.media:
            name, data = written, self.media[written]
        else:
            name = self.folder.find(written)
            if differs_in_case(written, name):
                self._report(CASE, f"{subject} “{written}” is named “{name}” in the folder.", source)
            if name in self.assets:
                return name
            data = self.folder.read(name)
        info = probe(data, name)
        self._prepare(data, info)
        for rule, message in _remarks(info):
            self._report(rule, f"{self._label(subject, name, source)} {message}.", source)
        return name

    def _prepare(self, data: bytes, info: ImageInfo) -> None:
        asset = info.asset
        try:
            used = for_editions(data, info)
        except MemoryError:
            raise
        except Exception as error:  # any other exception of an encoder
            raise ImageRefusedError(
                UNREADABLE, "cannot be rotated, scaled or saved without its location data"
            ) from error
        if used is not data:
            kind = asset.media_type if asset.media_type in _SAME_FORMAT else "image/png"
            digest = hashlib.sha256(used).hexdigest()
            asset = msgspec.structs.replace(asset, digest=digest, media_type=kind, size=len(used))
        self.assets[asset.name] = asset
        self.blobs[asset.digest] = used

    def _report(self, rule: Rule, message: str, source: Source | None, advice: str = "") -> None:
        self.findings.append(rule.finding(message, source, advice=advice))


def _remarks(info: ImageInfo) -> Iterator[tuple[Rule, str]]:
    if info.is_rotated:
        yield TURNED, "is stored rotated or mirrored"
    if info.has_location:
        yield LOCATED, "contains its location (GPS)"
    if info.frames > 1:
        yield MOVING, f"is animated: it has {info.frames} frames"
    if info.is_animated:
        yield MOVING, "is an animated SVG file; the animation was removed"


def _truncate(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:60]}…{name[-15:]}"
