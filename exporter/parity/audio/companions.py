"""Audiobooks of the W3C, and the list of chapters beside a recording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.labels import direction_of
from exporter.parity.audio import cues, mp4, timing
from exporter.parity.audio.recording import Chapter, Recording, Track
from exporter.parity.content import letters
from exporter.parity.extraction import DocumentMetadata, Heading, normal
from exporter.parity.rules import CHAPTERS, CLIPS, DIRECTIONS, METADATA, PASSAGES, TEXT, TITLE, unexpected

MANIFEST = "publication.json"
_MODES = ["auditory", "textual"]
_FEATURES = frozenset({"tableOfContents", "structuralNavigation", "alternativeText", "transcript"})
_KNOWN = frozenset(
    {"@context", "conformsTo", "type", "id", "name", "author", "readBy", "publisher", "inLanguage", "datePublished"}
    | {"dateModified", "duration", "abridged", "description", "accessMode", "accessModeSufficient", "links"}
    | {"readingProgression"}
    | {"accessibilityFeature", "accessibilityHazard", "accessibilitySummary", "readingOrder", "resources"}
)
_KNOWN_OF_CHAPTERS = frozenset({"version", "title", "author", "chapters", "startTime", "endTime", "toc", "url", "img"})
"""What the files that are written state."""
_SUFFICIENT = [{"type": "ItemList", "itemListElement": ["auditory"]}]
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")


# Audiobooks (Publication Manifest; Audiobooks; Lightweight Packaging Format)


class _Named(msgspec.Struct):
    name: str = ""


class _Resource(msgspec.Struct):
    url: str
    name: str = ""
    duration: str = ""
    rel: str = ""
    encoding: str = msgspec.field(default="", name="encodingFormat")
    alternate: list[_Resource] = []


class _Manifest(msgspec.Struct):
    order: list[_Resource] = msgspec.field(name="readingOrder")
    name: str = ""
    id: str = ""
    description: str = ""
    published: str = msgspec.field(default="", name="datePublished")
    modified: str = msgspec.field(default="", name="dateModified")
    is_abridged: bool = msgspec.field(default=False, name="abridged")
    author: list[_Named] = []
    publisher: list[_Named] = []
    languages: list[str] = msgspec.field(default_factory=list, name="inLanguage")
    resources: list[_Resource] = []
    links: list[_Resource] = []
    type: str = ""
    context: list[Any] = msgspec.field(default=[], name="@context")
    sufficient: list[Any] = msgspec.field(default=[], name="accessModeSufficient")
    duration: str = ""
    progression: str = msgspec.field(default="", name="readingProgression")
    modes: list[str] = msgspec.field(default=[], name="accessMode")
    features: list[str] = msgspec.field(default=[], name="accessibilityFeature")
    hazards: list[str] = msgspec.field(default=[], name="accessibilityHazard")


def audiobook(path: Path) -> Recording:
    """Read an audiobook."""
    with Archive(path) as archive:
        data = archive.read(MANIFEST)
        manifest = msgspec.json.decode(data, type=_Manifest)
        read = [_track(archive, resource) for resource in manifest.order]
        contents = next((resource.url for resource in manifest.resources if resource.rel == "contents"), None)
        page = _Page(archive.read(contents)) if contents is not None else None
    tracks = tuple(track for track, _ in read)
    if not tracks:
        raise ValueError("the manifest names no file of sound")
    stated = manifest.context[-1] if manifest.context and isinstance(manifest.context[-1], dict) else {}
    languages = [*manifest.languages, stated.get("language", ""), page.language if page is not None else ""]
    directions = [stated.get("direction", ""), page.direction if page is not None else ""]
    return Recording(
        tracks=tracks,
        title=normal(manifest.name),
        language=_joined(languages),
        direction=_joined(directions) or None,
        metadata=DocumentMetadata(
            authors=tuple(normal(person.name) for person in manifest.author),
            publisher=normal("; ".join(person.name for person in manifest.publisher)),
            date=manifest.published,
            modified=manifest.modified,
            identifier=manifest.id,
            description=normal(manifest.description),
        ),
        outline=tuple(heading for heading, _, _ in page.entries) if page is not None else (),
        goals=tuple((file, begin) for _, file, begin in page.entries) if page is not None else (),
        titles=tuple(normal(resource.name) for resource in manifest.order),
        labels=(
            *((("toc", page.heading),) if page is not None else ()),
            *(("toc", normal(resource.name)) for resource in manifest.resources if resource.rel == "contents"),
        ),
        cover_alt=next((resource.name for resource in manifest.resources if resource.rel == "cover"), ""),
        alternates=tuple((normal(link.name), link.url) for link in manifest.links),
        contradictions=(
            *_contradictions(manifest, tracks),
            *_unknown(msgspec.json.decode(data), _KNOWN),
            *(page.contradictions(manifest.name) if page is not None else ()),
            *(finding for _, odd in read for finding in odd),
        ),
    )


def _joined(values: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(filter(None, values)))


def _unknown(stated: Any, known: frozenset[str]) -> Iterator[Finding]:
    """Yield what a file states that no edition states."""
    for name in sorted(set(stated) - known):
        yield unexpected(METADATA.finding(f"The file states “{name}”, which is not from the manuscript."))


def _contradictions(manifest: _Manifest, tracks: Sequence[Track]) -> Iterator[Finding]:
    """Yield what a manifest claims and the audiobook does not have."""
    length = sum(track.length or 0.0 for track in tracks)
    if abs((_seconds(manifest.duration) or 0.0) - length) > timing.SAID:
        yield CLIPS.finding(f"The audiobook is said to last {manifest.duration}; its tracks last {length:.1f} seconds.")
    if manifest.modes != _MODES or manifest.hazards != ["none"] or not set(manifest.features) <= _FEATURES:
        yield METADATA.finding("The manifest claims other modes, features or hazards than those of a recording.")
    if manifest.type != "Audiobook" or manifest.sufficient != _SUFFICIENT:
        yield METADATA.finding("The manifest does not say that it is an audiobook, for which hearing is sufficient.")
    for resource in manifest.order:
        if resource.encoding != "audio/mp4":
            yield METADATA.finding(f"The manifest says that {resource.url} is {resource.encoding or 'of no type'}.")
    if manifest.is_abridged:
        yield METADATA.finding("The manifest says that the text is abridged.")
    language = manifest.languages[0] if manifest.languages else ""
    if manifest.progression and manifest.progression != direction_of(language):
        yield DIRECTIONS.finding(f"The manifest says that it is read “{manifest.progression}”.")


def _track(archive: Archive, resource: _Resource) -> tuple[Track, tuple[Finding, ...]]:
    """Return a track with its transcript, and what that has besides cues."""
    with archive.open_sound(resource.url) as file:
        (read,) = mp4.recording(file, resource.url).tracks
    transcript = next((alternate.url for alternate in resource.alternate if alternate.encoding == "text/vtt"), None)
    clips, odd = cues.parse(archive.read(transcript)) if transcript is not None else (None, ())
    return msgspec.structs.replace(read, clips=clips, stated=_seconds(resource.duration)), odd


def _seconds(duration: str) -> float | None:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    hours, minutes, seconds = match.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)


class _Page:
    """The page of contents, which is shown when an audiobook is opened in a browser."""

    def __init__(self, data: bytes) -> None:
        from lxml.html import document_fromstring

        self._root: Any = document_fromstring(data)
        self.language = self._root.get("lang") or "nothing"
        self.direction = self._root.get("dir") or "nothing"
        self.heading = self._text("//nav//h2")
        self.entries = tuple(self._entries())
        """Each with its depth, its file and the seconds in it."""

    def contradictions(self, title: str) -> Iterator[Finding]:
        """Yield words besides title and contents, another title, passages in other languages."""
        for shown in (self._text("//title"), self._text("//h1")):
            if shown != normal(title):
                yield TITLE.finding(f"The page of contents has the title “{shown}”.")
        known = "".join(letters(text) for text in (title, self.heading, *(entry.text for entry, _, _ in self.entries)))
        if letters(self._text("//body")) != known:
            yield TEXT.finding("The page of contents has other words than the title and the chapters.")
        if self._root.xpath("//body//@lang | //body//@dir"):
            yield PASSAGES.finding("The page of contents has passages in other languages or directions.")

    def _text(self, path: str) -> str:
        return normal(" ".join(str(element.text_content()) for element in self._root.xpath(path)))

    def _entries(self) -> Iterator[tuple[Heading, str, float]]:
        for link in self._root.xpath("//nav//li/a"):
            depth = sum(1 for ancestor in link.iterancestors("ol"))
            file, _, time = (link.get("href") or "").partition("#t=")
            yield Heading(normal(str(link.text_content())), depth), file, float(time or 0)


# Chapters for podcast players


class _Listed(msgspec.Struct):
    title: str
    begin: float = msgspec.field(name="startTime")
    end: float | None = msgspec.field(default=None, name="endTime")
    is_shown: bool = msgspec.field(default=True, name="toc")
    url: str = ""
    image: str = msgspec.field(default="", name="img")


class _Chapters(msgspec.Struct):
    version: str
    chapters: list[_Listed]
    title: str = ""
    author: str = ""


def chapters(path: Path) -> Recording:
    """Read a list of chapters for podcast players (JSON Chapters)."""
    data = path.read_bytes()
    chapter_list = msgspec.json.decode(data, type=_Chapters)
    stated = msgspec.json.decode(data)
    listed = tuple(Chapter(normal(entry.title), entry.begin, entry.end) for entry in chapter_list.chapters)
    return Recording(
        tracks=(Track(path.name, None, listed),),
        title=normal(chapter_list.title),
        metadata=DocumentMetadata(publisher=normal(chapter_list.author)),
        contradictions=(
            *(
                CHAPTERS.finding(f"The chapter “{entry.title}” is hidden, or has an address or a picture.")
                for entry in chapter_list.chapters
                if not entry.is_shown or entry.url or entry.image
            ),
            *_unknown({*stated, *(key for entry in stated["chapters"] for key in entry)}, _KNOWN_OF_CHAPTERS),
        ),
    )
