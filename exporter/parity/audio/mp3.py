"""An album of MP3 files in one archive, with its playlist: tags, chapters and lengths, read with mutagen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.inspect.sound import open_mp3
from exporter.parity.audio.recording import Chapter, Recording, Track
from exporter.parity.extraction import DocumentMetadata, normal
from exporter.parity.rules import CHAPTERS, CLIPS, HEADINGS, METADATA, TITLE, unexpected

PLAYLIST = "playlist.m3u8"
_NAMED = "#PLAYLIST:"
_MILLI = 1000
_SECOND = 1.5
_OF_TRACK = frozenset({"TIT2", "TRCK", "TLEN", "CTOC"})
_OF_ALBUM = frozenset({"TALB", "TPE1", "TPE2", "TLAN", "TCON", "TPUB", "TCOP", "TDRC", "COMM", "APIC", "TXXX"})
"""Tags of one track, and those that all tracks have in common (ID3v2.3, 4)."""


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
        others = sorted({name for name in archive.names if name.endswith(".mp3")}.difference(names))
    if not read:
        raise ValueError("the playlist names no file")
    tags = read[0][1]
    metadata = DocumentMetadata(publisher=_tag(tags, "TPUB"), rights=_tag(tags, "TCOP"))
    return Recording(
        tracks=tuple(track_ for track_, _ in read),
        title=_tag(tags, "TALB"),
        credits=_tag(tags, "TPE1"),
        metadata=metadata,
        titles=tuple(normal(line.partition(",")[2]) for line in shown),
        description=normal("".join(str(frame) for frame in tags.getall("COMM"))),
        year=_tag(tags, "TDRC"),
        alpha3=_tag(tags, "TLAN"),
        cover_alt=next((frame.desc for frame in tags.getall("APIC")), ""),
        contradictions=(
            *(HEADINGS.finding(f"“{name}” is not in the playlist.") for name in others),
            *_contradictions([tags for _, tags in read]),
            *_of_album(tags, next((line for line in lines if line.startswith(_NAMED)), _NAMED)),
            *_lengths([track_ for track_, _ in read], shown),
        ),
    )


def _of_album(tags: Any, name: str) -> Iterator[Finding]:
    """Yield tags of the whole that differ from those with the same meaning, and those that recordings never have."""
    if not _tag(tags, "TALB").startswith(title := normal(name.removeprefix(_NAMED))):
        yield TITLE.finding(f"The playlist has the title “{title}”.")
    if _tag(tags, "TCON") != "Audiobook":
        yield METADATA.finding(f"The genre is “{_tag(tags, 'TCON')}”.")
    if _tag(tags, "TPE2") != _tag(tags, "TPUB"):
        yield METADATA.finding(f"The artist of the album is “{_tag(tags, 'TPE2')}”.")
    for key in sorted(_beside_chapters(tags)):
        if key.partition(":")[0] not in _OF_TRACK | _OF_ALBUM:
            yield unexpected(METADATA.finding(f"The tag “{key}” is not from the manuscript."))


def _table(number: int, tags: Any) -> Iterator[Finding]:
    """Yield whether a player that goes by the table of chapters of a track meets others than those of the track."""
    frames = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    tables = tags.getall("CTOC")
    if [list(table.child_element_ids) for table in tables] != [[frame.element_id for frame in frames]]:
        yield CHAPTERS.finding(f"The table of chapters of track {number} does not list them in their order.")
    titles = {normal(str(title)) for table in tables for title in table.sub_frames.getall("TIT2")}
    if titles - {normal(str(tags.get("TIT2", "")))}:
        yield CHAPTERS.finding(f"The table of chapters of track {number} has another title.")


def _contradictions(tags: Sequence[Any]) -> Iterator[Finding]:
    """Yield tags of tracks that are not those of their chapter, their place and the album."""
    for number, own in enumerate(tags, 1):
        yield from _table(number, own)
        for key in sorted(_beside_chapters(own) & _beside_chapters(tags[0])):
            if key.partition(":")[0] in _OF_ALBUM and _value(own[key]) != _value(tags[0][key]):
                yield METADATA.finding(f"Track {number} has another tag {key} than the first one.")
        for key in sorted(_beside_chapters(own) ^ _beside_chapters(tags[0])):
            yield METADATA.finding(f"Track {number} and the first one do not both have the tag {key}.")
        if str(own.get("TRCK", "")) != f"{number}/{len(tags)}":
            yield METADATA.finding(f"Track {number} says that it is {own.get('TRCK', 'none')}.")
        first = min(own.getall("CHAP"), key=lambda frame: frame.start_time, default=None)
        title = normal(str(own.get("TIT2", "")))
        if first is not None and title not in {normal(str(text)) for text in first.sub_frames.getall("TIT2")}:
            yield HEADINGS.finding(f"Track {number} has the title “{title}”.")


def _value(frame: Any) -> object:
    return getattr(frame, "data", None) or str(frame)


def _beside_chapters(tags: Any) -> set[str]:
    return {key for key in tags if not key.startswith("CHAP")}


def _lengths(tracks: Sequence[Track], shown: Sequence[str]) -> Iterator[Finding]:
    """Yield tracks whose length is another in the playlist, where it is in whole seconds."""
    for track_, line in zip(tracks, shown, strict=False):
        stated = line.removeprefix("#EXTINF:").partition(",")[0]
        if track_.length is None or not stated.isdigit() or abs(int(stated) - track_.length) > _SECOND:
            yield CLIPS.finding(f"The playlist says that “{track_.name}” lasts {stated} seconds.")


def _tag(tags: Any, name: str) -> str:
    return normal(str(tags.get(name, "")))
