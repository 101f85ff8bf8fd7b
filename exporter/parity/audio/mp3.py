"""An album of MP3 files in one archive, with its playlist: tags, chapters and lengths, read with mutagen."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from exporter.inspect.archive import Archive
from exporter.inspect.sound import open_mp3
from exporter.parity.audio.recording import Chapter, Recording, Track
from exporter.parity.extraction import DocumentMetadata, normal

PLAYLIST = "playlist.m3u8"
_MILLI = 1000


def track(file: BinaryIO, name: str) -> tuple[Track, Any]:
    """Read an MP3, and give it with its tags."""
    opened = open_mp3(file)
    tags: Any = opened.tags or {}
    frames = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time) if opened.tags else []
    chapters = tuple(
        Chapter(normal(str(title)), frame.start_time / _MILLI, frame.end_time / _MILLI)
        for frame in frames
        for title in frame.sub_frames.getall("TIT2")
    )
    stated = str(tags.get("TLEN", ""))
    return Track(name, opened.info.length, chapters, stated=int(stated) / _MILLI if stated.isdigit() else None), tags


def single(path: Path) -> Recording:
    """Read one MP3 that is the whole recording."""
    with path.open("rb") as file:
        read, tags = track(file, path.name)
    return Recording(
        tracks=(read,), title=normal(str(tags.get("TIT2", ""))), language=str(tags.get("TLAN", "")) or None
    )


def album(path: Path) -> Recording:
    """Read an album; its tracks are heard in the order of the playlist."""
    with Archive(path) as archive:
        lines = archive.read(PLAYLIST).decode("utf-8", "replace").splitlines()
        names = [line for line in lines if line and not line.startswith("#")]
        shown = [line for line in lines if line.startswith("#EXTINF:")]
        read = []
        for name in names:
            with archive.open_sound(name) as file:
                read.append(track(file, name))
    if not read:
        raise ValueError("the playlist names no file")
    tags = read[0][1]
    about = DocumentMetadata(
        publisher=_tag(tags, "TPUB"),
        rights=_tag(tags, "TCOP"),
    )
    return Recording(
        tracks=tuple(track_ for track_, _ in read),
        title=_tag(tags, "TALB"),
        credits=_tag(tags, "TPE1"),
        about=about,
        titles=tuple(normal(line.partition(",")[2]) for line in shown),
    )


def _tag(tags: Any, name: str) -> str:
    return normal(str(tags.get(name, "")))
