"""Every picture of a publication: found, looked at, and named once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from exporter.findings import Finding, Rule
from exporter.images.paths import Folder, differs_in_case
from exporter.images.prepare import for_editions
from exporter.images.probe import probe
from exporter.images.probe_result import ImageInfo, ImageRefusedError
from exporter.images.rules import CASE, LOCATED, MOVING, TURNED, UNREADABLE
from exporter.model import Asset, Image, Node, Publication, Source
from exporter.model.walk import images, rewrite


class Gathered(msgspec.Struct, frozen=True):
    """A publication with its pictures."""

    publication: Publication
    """With `assets`, and with every `Image.source` and the cover's naming one of them, unless that one was refused."""
    blobs: Mapping[str, bytes]
    """The bytes of every asset, by digest."""
    findings: tuple[Finding, ...] = ()
    """One for each place that names a picture which cannot be used (error), and what is worth knowing of the others."""


def gather(publication: Publication, folder: Path, media: Mapping[str, bytes]) -> Gathered:
    """Find the pictures that the publication names.

    Args:
        publication: The tree; pictures are looked for in reading order, the cover first.
        folder: The publication's folder; no file outside it is read, whatever a name says or a link points at.
        media: Pictures that the manuscript carries inside itself, by name; they win over files.

    An Image whose file was refused keeps its source, and no asset has that name.
    """
    found = _Search(Folder(folder), media)
    cover = publication.metadata.cover
    if cover is not None:
        source = found.name(cover.source, publication.metadata.source, "The cover picture")
        metadata = msgspec.structs.replace(publication.metadata, cover=msgspec.structs.replace(cover, source=source))
        publication = msgspec.structs.replace(publication, metadata=metadata)
    for image in images(publication):
        found.name(image.source, image.at.source, "The picture")

    def rename(node: Node) -> Node:
        if isinstance(node, Image) and (true := found.names.get(node.source, node.source)) != node.source:
            return msgspec.structs.replace(node, source=true)
        return node

    publication = msgspec.structs.replace(rewrite(publication, rename), assets=tuple(found.assets.values()))
    return Gathered(publication, found.blobs, tuple(found.findings))


class _Search:
    def __init__(self, folder: Folder, media: Mapping[str, bytes]) -> None:
        self.folder = folder
        self.media = media
        self.names: dict[str, str] = {}
        self.refused: dict[str, ImageRefusedError] = {}
        self.assets: dict[str, Asset] = {}
        self.blobs: dict[str, bytes] = {}
        self.findings: list[Finding] = []

    def name(self, written: str, source: Source | None, what: str) -> str:
        """Return the name of the asset that the manuscript calls `written`; `written` itself when it is refused."""
        if written not in self.names and written not in self.refused:
            try:
                self.names[written] = self._take(written, source, what)
            except ImageRefusedError as refusal:
                self.refused[written] = refusal
        if written in self.names:
            return self.names[written]
        refused = self.refused[written]
        self._say(refused.rule, f"{what} “{_short(written)}” {refused.what}.", source, refused.advice)
        return written

    def _take(self, written: str, source: Source | None, what: str) -> str:
        if written in self.media:
            true, data = written, self.media[written]
        else:
            true = self.folder.find(written)
            if differs_in_case(written, true):
                self._say(CASE, f"{what} “{written}” is called “{true}” in the folder.", source)
            if true in self.assets:
                return true
            data = self.folder.read(true)
        verdict = probe(data, true)
        self._keep(data, verdict)
        for rule, message in _remarks(verdict):
            self._say(rule, f"{what} “{true}” {message}.", source)
        return true

    def _keep(self, data: bytes, verdict: ImageInfo) -> None:
        asset = verdict.asset
        try:
            used = for_editions(data, verdict)
        except Exception as error:  # an encoder's own, whatever it is
            raise ImageRefusedError(UNREADABLE, "cannot be turned upright or freed of its location data") from error
        if used is not data:
            kind = asset.media_type if asset.media_type == "image/jpeg" else "image/png"
            digest = hashlib.sha256(used).hexdigest()
            asset = msgspec.structs.replace(asset, digest=digest, media_type=kind, size=len(used))
        self.assets[asset.name] = asset
        self.blobs[asset.digest] = used

    def _say(self, rule: Rule, message: str, source: Source | None, advice: str = "") -> None:
        self.findings.append(rule.finding(message, source, advice=advice))


def _remarks(verdict: ImageInfo) -> Iterator[tuple[Rule, str]]:
    if verdict.turned:
        yield TURNED, "is stored on its side or mirrored"
    if verdict.located:
        yield LOCATED, "says where it was taken (GPS)"
    if verdict.frames > 1:
        yield MOVING, f"moves: it holds {verdict.frames} frames"


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:60]}…{name[-15:]}"
