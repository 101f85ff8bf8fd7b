"""What a player shows for a track: ID3 2.3 tags with the chapters inside it (ID3v2 Chapter Frame Addendum 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import OutputError
from exporter.model import Metadata
from exporter.speech.iso639 import three_letters
from exporter.writers.audio.cover import CoverImage
from exporter.writers.audio.recording import Track

_FRONT_COVER = 3
_TOP_LEVEL_ORDERED = 3
"""Flags of a table of contents: it is the root, and its entries are in order."""
_NO_OFFSET = 0xFFFFFFFF
_UTF16 = 1


class AlbumTags(msgspec.Struct, frozen=True):
    """What all tracks have in common."""

    count: int
    """Tracks."""
    metadata: Metadata
    narrator: str
    picture: CoverImage | None


def write(path: Path, track: Track, sleeve: AlbumTags) -> None:
    """Write the tags in front of the sound.

    Args:
        path: A file of packets alone.
        track: What is in it.
        sleeve: What it has in common with the others.

    Raises:
        OutputError: The file cannot be written.
    """
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    # mutagen has no annotations.
    new: Any = ID3
    tags = new()
    for frame in (*_texts(track, sleeve), *_chapters(track), *_pictures(sleeve.picture)):
        tags.add(frame)
    try:
        tags.save(str(path), v2_version=3, v1=0, padding=lambda _info: 0)
    except MutagenError as error:
        raise OutputError(f"The tags of the recording cannot be written: {error}.") from error


def _texts(track: Track, sleeve: AlbumTags) -> Iterator[Any]:
    from mutagen import id3

    kinds: Any = id3
    metadata = sleeve.metadata
    language = three_letters(metadata.language)
    authors = [person.name for person in metadata.authors] or [metadata.publisher]
    values = {
        "TIT2": track.title,
        "TALB": ": ".join(filter(None, (metadata.title, metadata.subtitle))),
        "TPE1": "; ".join(filter(None, authors)),
        "TPE2": metadata.publisher,
        "TRCK": f"{track.number}/{sleeve.count}",
        "TLAN": language,
        "TPUB": metadata.publisher,
        "TCOP": metadata.rights,
        "TCON": "Audiobook",
        "TYER": f"{metadata.date.year:04}" if metadata.date else "",
        "TLEN": str(round(track.length * 1000)),
    }
    for name, value in values.items():
        if value:
            yield getattr(kinds, name)(encoding=_UTF16, text=[value])
    yield kinds.TXXX(encoding=_UTF16, desc="NARRATOR", text=[sleeve.narrator])
    if metadata.description:
        yield kinds.COMM(encoding=_UTF16, lang=language, desc="", text=[metadata.description])


def _chapters(track: Track) -> Iterator[Any]:
    from mutagen import id3

    kinds: Any = id3
    names = [f"ch{place}" for place in range(len(track.marks))]
    titles = [kinds.TIT2(encoding=_UTF16, text=[track.title])]
    yield kinds.CTOC(element_id="toc", flags=_TOP_LEVEL_ORDERED, child_element_ids=names, sub_frames=titles)
    for name, mark in zip(names, track.marks, strict=True):
        yield kinds.CHAP(
            element_id=name,
            start_time=round(mark.begin * 1000),
            end_time=round(mark.end * 1000),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[kinds.TIT2(encoding=_UTF16, text=[mark.chapter.title])],
        )


def _pictures(picture: CoverImage | None) -> Iterator[Any]:
    from mutagen import id3

    kinds: Any = id3
    if picture:
        yield kinds.APIC(
            encoding=_UTF16,
            mime=picture.media_type,
            type=_FRONT_COVER,
            desc=picture.alt,
            data=picture.path.read_bytes(),
        )
