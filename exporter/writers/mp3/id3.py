"""ID3 2.3 tags of a track, with its chapters (ID3v2 Chapter Frame Addendum 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import OutputError
from exporter.model import Metadata
from exporter.speech.iso639 import alpha3_code
from exporter.writers.audio.recording import Track
from exporter.writers.cover_image import CoverPicture

_FRONT_COVER = 3
_TOP_LEVEL_ORDERED = 3
"""Flags of the table of contents: top-level, and ordered."""
_NO_OFFSET = 0xFFFFFFFF
_UTF16 = 1


class AlbumTags(msgspec.Struct, frozen=True):
    """The tags that all tracks share."""

    count: int
    """Number of tracks."""
    metadata: Metadata
    narrator: str
    cover: CoverPicture


def write(path: Path, track: Track, album: AlbumTags) -> None:
    """Write the tags before the sound.

    Args:
        path: A file of packets only.
        track: The track in it.
        album: The tags that all tracks share.

    Raises:
        OutputError: The file cannot be written.
    """
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    # mutagen has no annotations.
    new: Any = ID3
    tags = new()
    for frame in (*_text_frames(track, album), *_chapter_frames(track), _image_frame(album.cover)):
        tags.add(frame)
    try:
        tags.save(str(path), v2_version=3, v1=0, padding=lambda _info: 0)
    except MutagenError as error:
        raise OutputError(f"The tags of the recording cannot be written: {error}.") from error


def _text_frames(track: Track, album: AlbumTags) -> Iterator[Any]:
    from mutagen import id3

    kinds: Any = id3
    metadata = album.metadata
    language = alpha3_code(metadata.language)
    authors = [person.name for person in metadata.authors] or [metadata.publisher]
    values = {
        "TIT2": track.title,
        "TALB": metadata.full_title,
        "TPE1": "; ".join(filter(None, authors)),
        "TPE2": metadata.publisher,
        "TRCK": f"{track.number}/{album.count}",
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
    yield kinds.TXXX(encoding=_UTF16, desc="NARRATOR", text=[album.narrator])
    if metadata.description:
        yield kinds.COMM(encoding=_UTF16, lang=language, desc="", text=[metadata.description])


def _chapter_frames(track: Track) -> Iterator[Any]:
    from mutagen import id3

    kinds: Any = id3
    names = [f"ch{index}" for index in range(len(track.chapters))]
    titles = [kinds.TIT2(encoding=_UTF16, text=[track.title])]
    yield kinds.CTOC(element_id="toc", flags=_TOP_LEVEL_ORDERED, child_element_ids=names, sub_frames=titles)
    for name, timed in zip(names, track.chapters, strict=True):
        yield kinds.CHAP(
            element_id=name,
            start_time=round(timed.begin * 1000),
            end_time=round(timed.end * 1000),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[kinds.TIT2(encoding=_UTF16, text=[timed.chapter.title])],
        )


def _image_frame(image: CoverPicture) -> Any:
    from mutagen import id3

    kinds: Any = id3
    return kinds.APIC(
        encoding=_UTF16, mime=image.media_type, type=_FRONT_COVER, desc=image.description, data=image.data
    )
