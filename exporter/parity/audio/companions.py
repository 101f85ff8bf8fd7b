"""Audiobooks of the W3C, and what stands beside a recording: transcript and list of chapters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exporter.inspect.archive import Archive
from exporter.parity.audio import mp4
from exporter.parity.audio.recording import Chapter, Recording, TimedText, Track
from exporter.parity.extraction import DocumentMetadata, Heading, normal

MANIFEST = "publication.json"
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
    author: list[_Named] = []
    publisher: list[_Named] = []
    languages: list[str] = msgspec.field(default_factory=list, name="inLanguage")
    resources: list[_Resource] = []


def audiobook(path: Path) -> Recording:
    """Read an audiobook.

    Raises:
        ValueError, OSError, KeyError, mutagen.MutagenError, msgspec.MsgspecError: It is none.
    """
    with Archive(path) as archive:
        said = msgspec.json.decode(archive.read(MANIFEST), type=_Manifest)
        tracks = tuple(_track(archive, each) for each in said.order)
        contents = next((each.url for each in said.resources if each.rel == "contents"), None)
        outline = tuple(_entries(archive.read(contents))) if contents is not None else ()
    if not tracks:
        raise ValueError("the manifest names no file of sound")
    return Recording(
        tracks=tracks,
        title=normal(said.name),
        language=said.languages[0] if said.languages else "",
        about=DocumentMetadata(
            authors=tuple(normal(each.name) for each in said.author),
            publisher=normal("; ".join(each.name for each in said.publisher)),
            date=said.published,
            identifier=said.id,
            description=normal(said.description),
        ),
        outline=outline,
        titles=tuple(normal(each.name) for each in said.order),
    )


def _track(archive: Archive, resource: _Resource) -> Track:
    with archive.open_sound(resource.url) as file:
        (read,) = mp4.recording(file, resource.url).tracks
    transcript = next((each.url for each in resource.alternate if each.encoding == "text/vtt"), None)
    clips = _read_cues(archive.read(transcript)) if transcript is not None else None
    return msgspec.structs.replace(read, clips=clips, said=_seconds(resource.duration))


def _seconds(duration: str) -> float | None:
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)


def _entries(data: bytes) -> Iterator[Heading]:
    """Yield the entries of the page of contents, each with its depth."""
    from lxml.html import document_fromstring

    root: Any = document_fromstring(data)
    for link in root.xpath("//nav//li/a"):
        depth = sum(1 for each in link.iterancestors("ol"))
        yield Heading(normal(str(link.text_content())), depth)


# What stands beside a recording


def transcript(path: Path) -> Recording:
    """Read a transcript.

    Raises:
        ValueError, OSError: It is none.
    """
    return Recording(tracks=(Track(path.name, None, clips=_read_cues(path.read_bytes())),), listed=False)


class _Listed(msgspec.Struct):
    title: str
    begin: float = msgspec.field(name="startTime")
    end: float | None = msgspec.field(default=None, name="endTime")


class _Chapters(msgspec.Struct):
    version: str
    chapters: list[_Listed]
    title: str = ""
    author: str = ""


def chapters(path: Path) -> Recording:
    """Read a list of chapters for podcast players (JSON Chapters).

    Raises:
        OSError, msgspec.MsgspecError: It is none.
    """
    said = msgspec.json.decode(path.read_bytes(), type=_Chapters)
    listed = tuple(Chapter(normal(each.title), each.begin, each.end) for each in said.chapters)
    return Recording(
        tracks=(Track(path.name, None, listed),),
        title=normal(said.title),
        about=DocumentMetadata(publisher=normal(said.author)),
    )


# Transcripts (W3C WebVTT, 4)


_TIMES = re.compile(r"((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_LANGUAGE = re.compile(r"<lang(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")


def _read_cues(data: bytes) -> tuple[TimedText, ...]:
    """Return the cues of a transcript; a passage in the language of the whole names none.

    Raises:
        ValueError: It is none.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise ValueError("the transcript does not begin with WEBVTT")
    return tuple(_parse_cues(text))


def _parse_cues(text: str) -> Iterator[TimedText]:
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        place = next((number for number, line in enumerate(lines) if "-->" in line), None)
        times = _TIMES.match(lines[place].strip()) if place is not None else None
        if place is None or times is None:
            if place is not None:
                raise ValueError(f"a cue of the transcript has no times: {lines[place][:60]}")
            continue
        said = "\n".join(lines[place + 1 :])
        voice, language = _VOICE.search(said), _LANGUAGE.search(said)
        yield TimedText(
            text=html.unescape(_TAG.sub("", said)),
            begin=_clock_seconds(times[1]),
            end=_clock_seconds(times[2]),
            language=language[1].strip() if language else "",
            speaker=html.unescape(voice[1]).strip() if voice else "",
        )


def _clock_seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
