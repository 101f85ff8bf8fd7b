"""MPEG-4 audio: its tags, its length and its two lists of chapters."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from exporter.inspect.mp4 import chapter_track
from exporter.inspect.sound import open_mp4
from exporter.parity.audio.recording import Chapter, Recording, Track
from exporter.parity.extraction import DocumentMetadata, normal

FREE = "----:com.apple.iTunes:"


def open_(path: Path) -> Recording:
    """Read an M4B or M4A."""
    with path.open("rb") as file:
        return recording(file, path.name)


def recording(file: BinaryIO, name: str) -> Recording:
    """Read an M4B or M4A."""
    opened = open_mp4(file)
    tags = opened.tags or {}

    def tag(key: str) -> str:
        value = next(iter(tags.get(key, ())), "")
        return normal(bytes(value).decode(errors="replace") if isinstance(value, bytes) else str(value))

    listed = tuple(Chapter(normal(chapter.title), chapter.start) for chapter in opened.chapters or ())
    track = chapter_track(file)
    shown = listed if track is None else tuple(Chapter(normal(title), begin, end) for title, begin, end in track)
    return Recording(
        tracks=(Track(name, opened.info.length, shown, None if track is None else listed),),
        title=tag("\xa9nam"),
        language=tag(f"{FREE}LANGUAGE"),
        credits=tag("\xa9ART"),
        about=DocumentMetadata(
            publisher=tag("\xa9pub"),
            date=tag("\xa9day"),
            identifier=tag(f"{FREE}IDENTIFIER"),
            rights=tag("cprt"),
        ),
    )
