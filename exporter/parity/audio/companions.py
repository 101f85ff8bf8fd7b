"""Audiobooks of the W3C, and the files beside a recording: transcript and list of chapters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.labels import direction_of
from exporter.parity.audio import mp4, timing
from exporter.parity.audio.recording import Chapter, Recording, TimedText, Track
from exporter.parity.extraction import DocumentMetadata, Heading, normal
from exporter.parity.rules import CHAPTERS, CLIPS, DIRECTIONS, METADATA, TRANSCRIPT

MANIFEST = "publication.json"
_MODES = ["auditory", "textual"]
_FEATURES = frozenset({"tableOfContents", "structuralNavigation", "alternativeText", "transcript"})
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
    duration: str = ""
    progression: str = msgspec.field(default="", name="readingProgression")
    modes: list[str] = msgspec.field(default=[], name="accessMode")
    features: list[str] = msgspec.field(default=[], name="accessibilityFeature")
    hazards: list[str] = msgspec.field(default=[], name="accessibilityHazard")


def audiobook(path: Path) -> Recording:
    """Read an audiobook."""
    with Archive(path) as archive:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=_Manifest)
        tracks = tuple(_track(archive, resource) for resource in manifest.order)
        contents = next((resource.url for resource in manifest.resources if resource.rel == "contents"), None)
        entries = tuple(_entries(archive.read(contents))) if contents is not None else ()
    if not tracks:
        raise ValueError("the manifest names no file of sound")
    return Recording(
        tracks=tracks,
        title=normal(manifest.name),
        language=manifest.languages[0] if manifest.languages else "",
        metadata=DocumentMetadata(
            authors=tuple(normal(person.name) for person in manifest.author),
            publisher=normal("; ".join(person.name for person in manifest.publisher)),
            date=manifest.published,
            modified=manifest.modified,
            identifier=manifest.id,
            description=normal(manifest.description),
        ),
        outline=tuple(heading for heading, _, _ in entries),
        goals=tuple((file, begin) for _, file, begin in entries),
        titles=tuple(normal(resource.name) for resource in manifest.order),
        contradictions=tuple(_contradictions(manifest, tracks)),
    )


def _contradictions(manifest: _Manifest, tracks: Sequence[Track]) -> Iterator[Finding]:
    """Yield what a manifest claims and the audiobook does not have."""
    length = sum(track.length or 0.0 for track in tracks)
    if abs((_seconds(manifest.duration) or 0.0) - length) > timing.SAID:
        yield CLIPS.finding(f"The audiobook is said to last {manifest.duration}; its tracks last {length:.1f} seconds.")
    if manifest.modes != _MODES or manifest.hazards != ["none"] or not set(manifest.features) <= _FEATURES:
        yield METADATA.finding("The manifest claims other modes, features or hazards than those of a recording.")
    if manifest.is_abridged:
        yield METADATA.finding("The manifest says that the text is abridged.")
    language = manifest.languages[0] if manifest.languages else ""
    if manifest.progression and manifest.progression != direction_of(language):
        yield DIRECTIONS.finding(f"The manifest says that it is read “{manifest.progression}”.")


def _track(archive: Archive, resource: _Resource) -> Track:
    with archive.open_sound(resource.url) as file:
        (read,) = mp4.recording(file, resource.url).tracks
    transcript = next((alternate.url for alternate in resource.alternate if alternate.encoding == "text/vtt"), None)
    clips = _read_cues(_decode(archive.read(transcript))) if transcript is not None else None
    return msgspec.structs.replace(read, clips=clips, stated=_seconds(resource.duration))


def _seconds(duration: str) -> float | None:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    hours, minutes, seconds = match.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)


def _entries(data: bytes) -> Iterator[tuple[Heading, str, float]]:
    """Yield the entries of the page of contents, each with its depth, its file and the seconds in it."""
    from lxml.html import document_fromstring

    root: Any = document_fromstring(data)
    for link in root.xpath("//nav//li/a"):
        depth = sum(1 for ancestor in link.iterancestors("ol"))
        file, _, time = (link.get("href") or "").partition("#t=")
        yield Heading(normal(str(link.text_content())), depth), file, float(time or 0)


# Files beside a recording


def transcript(path: Path) -> Recording:
    """Read a transcript."""
    text = _decode(path.read_bytes())
    odd = _BESIDE_CUES.search(text)
    return Recording(
        tracks=(Track(path.name, None, clips=_read_cues(text)),),
        listed=False,
        contradictions=(TRANSCRIPT.finding(f"The transcript has a style or a place of a cue: “{odd[0]}”."),)
        if odd
        else (),
    )


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
    chapter_list = msgspec.json.decode(path.read_bytes(), type=_Chapters)
    listed = tuple(Chapter(normal(entry.title), entry.begin, entry.end) for entry in chapter_list.chapters)
    return Recording(
        tracks=(Track(path.name, None, listed),),
        title=normal(chapter_list.title),
        metadata=DocumentMetadata(publisher=normal(chapter_list.author)),
        contradictions=tuple(
            CHAPTERS.finding(f"The chapter “{entry.title}” is hidden, or has an address or a picture.")
            for entry in chapter_list.chapters
            if not entry.is_shown or entry.url or entry.image
        ),
    )


# Transcripts (W3C WebVTT, 4)


_TIMES = re.compile(r"((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_LANGUAGE = re.compile(r"<lang(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_BESIDE_CUES = re.compile(r"(?<=\n\n)(?:STYLE|REGION)[ \t]*$|-->[ \t]+[\d:.]+[ \t]+\S.*$|<[cbiu][.>].*$", re.MULTILINE)
"""A block of styles or a region, settings of a cue, or a style in it; a line of a cue is no block."""
_TAG = re.compile(r"<[^>]*>")


def _decode(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _read_cues(text: str) -> tuple[TimedText, ...]:
    """Return the cues of a transcript; a passage in the language of the whole names none."""
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise ValueError("the transcript does not begin with WEBVTT")
    return tuple(_join_cues(_parse_cues(text)))


def _join_cues(cues: Iterable[tuple[str, TimedText]]) -> Iterator[TimedText]:
    """Yield the utterances that cues are parts of: the identifiers of these begin with the same number."""
    for _, group in groupby(enumerate(cues), key=lambda entry: entry[1][0].partition(".")[0] or f"cue {entry[0]}"):
        first, *others = [cue for _, (_, cue) in group]
        words = " ".join(cue.text for cue in (first, *others))
        yield msgspec.structs.replace(first, text=words, end=others[-1].end) if others else first


def _parse_cues(text: str) -> Iterator[tuple[str, TimedText]]:
    """Yield cues with their identifiers."""
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        index = next((number for number, line in enumerate(lines) if "-->" in line), None)
        times = _TIMES.match(lines[index].strip()) if index is not None else None
        if re.match(r"NOTE(?:[ \t]|$)", lines[0]):  # a comment
            continue
        if index is None or times is None:
            if index is not None:
                raise ValueError(f"a cue of the transcript has no times: {lines[index][:60]}")
            continue
        content = "\n".join(lines[index + 1 :])
        voice, language = _VOICE.search(content), _LANGUAGE.search(content)
        cue = TimedText(
            text=html.unescape(_TAG.sub("", content)),
            begin=_clock_seconds(times[1]),
            end=_clock_seconds(times[2]),
            language=language[1].strip() if language else "",
            speaker=html.unescape(voice[1]).strip() if voice else "",
        )
        yield "\n".join(lines[:index]), cue


def _clock_seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
