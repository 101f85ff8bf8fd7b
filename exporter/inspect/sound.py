"""Sound files opened for checks: with FFmpeg to decode them, with mutagen to read their tags."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

MAX_CHANNELS = 8
SAMPLE_RATES = range(1000, 400_001)
"""Samples a second."""
MAX_HOURS = 200
"""Length beyond which a file is no recording of a publication."""
ID3_NARRATOR = "TXXX:NARRATOR"
"""mutagen's key of the narrator: ID3 has no frame for it, so it is in one for texts with names (ID3v2.4.0, 4.2.6)."""


class NoAudioError(Exception):
    """A file has no sound that can be decoded; the message says why."""


@contextmanager
def open_sound(source: Path | IO[bytes]) -> Iterator[Any]:
    """Open a sound file, and yield the container, which has at least one audio stream.

    Raises:
        NoAudioError: It cannot be opened or decoded, or its sound is none of a publication.
    """
    import av

    file = str(source) if isinstance(source, Path) else source
    try:
        with av.open(file, "r", metadata_errors="replace") as container:
            if not container.streams.audio:
                raise NoAudioError("it has no sound")
            stream = container.streams.audio[0]
            if not 1 <= stream.channels <= MAX_CHANNELS or stream.rate not in SAMPLE_RATES:
                raise NoAudioError(f"it has {stream.channels} channels of {stream.rate} samples a second")
            yield container
    except (av.FFmpegError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise NoAudioError(str(reason)[:120].rstrip(".")) from error


def stated_seconds(container: Any) -> float | None:
    """Return the length that an open container states, or None if it states none."""
    import av

    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float(container.duration) / av.time_base if container.duration else None


def open_mp3(file: BinaryIO) -> Any:
    """Return an MP3 file with its ID3 tags, as mutagen reads it.

    Raises:
        mutagen.MutagenError: It is no MP3.
    """
    from mutagen.mp3 import MP3

    return MP3(fileobj=file)  # type: ignore[no-untyped-call]  # mutagen has few types


def open_mp4(file: BinaryIO) -> Any:
    """Return an MPEG-4 file with its tags and chapter list, as mutagen reads it.

    Raises:
        mutagen.MutagenError: It is no MPEG-4.
    """
    from mutagen.mp4 import MP4

    return MP4(fileobj=file)  # type: ignore[no-untyped-call]  # mutagen has few types
