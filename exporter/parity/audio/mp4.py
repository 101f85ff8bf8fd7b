"""MPEG-4 audio: its tags, its length and its two lists of chapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from exporter.findings import Finding
from exporter.inspect.mp4 import chapter_track, is_played_as_recorded, sound_language
from exporter.inspect.sound import open_mp4
from exporter.parity.audio.recording import Chapter, Recording, Track
from exporter.parity.extraction import DocumentMetadata, normal
from exporter.parity.rules import CLIPS, LANGUAGE, METADATA, unexpected
from exporter.speech.iso639 import alpha3_code

_AUDIOBOOK = "2"
"""The kind of media `stik` of audiobooks."""
FREE = "----:com.apple.iTunes:"
_NO_BOOK = METADATA.finding("Players list the recording with something else than audiobooks.")
_SAME = {"\xa9alb": "\xa9nam", "aART": "\xa9ART", "\xa9cmt": "ldes"}
"""Tags that different players show for the same thing."""
_KNOWN = frozenset(
    {
        "\xa9nam",
        "\xa9ART",
        "\xa9wrt",
        "\xa9gen",
        "\xa9day",
        "\xa9nrt",
        "\xa9pub",
        "pgap",
        "covr",
        "stik",
        "cprt",
        "desc",
        "ldes",
    }
    | {*_SAME, f"{FREE}LANGUAGE", f"{FREE}IDENTIFIER", f"{FREE}SERIES"}
)


def open_(path: Path) -> Recording:
    """Read an M4B or M4A."""
    with path.open("rb") as file:
        read = recording(file, path.name)
        kind = next(iter((open_mp4(file).tags or {}).get("stik", ())), "")
    return (
        read
        if str(kind) == _AUDIOBOOK
        else msgspec.structs.replace(read, contradictions=(*read.contradictions, _NO_BOOK))
    )


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
        description=tag("ldes"),
        series=tag(f"{FREE}SERIES"),
        metadata=DocumentMetadata(
            publisher=tag("\xa9pub"),
            date=tag("\xa9day"),
            identifier=tag(f"{FREE}IDENTIFIER"),
            rights=tag("cprt"),
        ),
        contradictions=(*_contradictions(tags, tag), *_language(file, tag(f"{FREE}LANGUAGE")), *playback(file, name)),
    )


def _language(file: BinaryIO, stated: str) -> Iterator[Finding]:
    """Yield whether players take the sound to be in another language than the tags state."""
    code = sound_language(file)
    if stated and code not in {"", "und", alpha3_code(stated)}:
        yield LANGUAGE.finding(f"The sound is marked as “{code}”, and the recording as “{stated}”.")


def playback(file: BinaryIO, name: str) -> Iterator[Finding]:
    """Yield whether players play the sound otherwise than it was recorded."""
    if not is_played_as_recorded(file):
        yield CLIPS.finding(f"Players play {name} at another speed or volume, or not with all of its tracks.")


def _contradictions(tags: Iterable[str], tag: Callable[[str], str]) -> Iterator[Finding]:
    """Yield tags that differ from those with the same meaning, and those that our recordings never have."""
    for key, same in _SAME.items():
        if tag(key) != tag(same):
            yield METADATA.finding(f"The tag “{key}” is “{tag(key)}”, the tag “{same}” is “{tag(same)}”.")
    if not tag("ldes").startswith(tag("desc")):
        yield METADATA.finding(f"The short description is another: “{tag('desc')}”.")
    for key in sorted(set(tags) - _KNOWN):
        yield unexpected(METADATA.finding(f"The tag “{key}” is not from the manuscript."))
    genre = tag("\xa9gen")
    if genre != "Audiobook":
        yield METADATA.finding(f"The genre is “{genre}”.")
