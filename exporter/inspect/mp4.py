"""Tracks of MPEG-4 files, in the tables of the file (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAX_ENTRIES = 100_000
"""Entries of a table, and boxes of a file."""
_HEADER = 8
_NORMAL_RATE, _FULL_VOLUME = 0x00010000, 0x0100
"""Numbers of fixed point."""


class Chapter(NamedTuple):
    """A chapter of the track."""

    title: str
    begin: float
    """Seconds."""
    end: float


class _Box(NamedTuple):
    kind: bytes
    begin: int
    """Where its content begins."""
    end: int


def _boxes(file: BinaryIO, begin: int, end: int) -> Iterator[_Box]:
    """Yield the boxes in a stretch of the file (ISO/IEC 14496-12, 4.2)."""
    for _ in range(MAX_ENTRIES):
        if begin + _HEADER > end:
            return
        file.seek(begin)
        size, kind = struct.unpack(">I4s", file.read(_HEADER))
        header = _HEADER
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            header = 16
        size = size or end - begin
        if size < header or begin + size > end:
            raise ValueError("a box of the file is cut off")
        yield _Box(kind, begin + header, begin + size)
        begin += size


def _find(file: BinaryIO, box: _Box, *path: bytes) -> _Box | None:
    for kind in path:
        inner_box = next((inner for inner in _boxes(file, box.begin, box.end) if inner.kind == kind), None)
        if inner_box is None:
            return None
        box = inner_box
    return box


def chapter_track(file: BinaryIO) -> tuple[Chapter, ...] | None:
    """Return the chapters of the text track that players show, or None if there is none.

    Raises:
        ValueError, struct.error: The file is damaged.
    """
    track = _track(file, b"text")
    return tuple(_chapters(file, track)) if track else None


def has_pictures(file: BinaryIO) -> bool:
    """Return whether a file has a track of moving pictures.

    Raises:
        ValueError, struct.error: The file is damaged.
    """
    return _track(file, b"vide") is not None


def sound_language(file: BinaryIO) -> str:
    """Return the ISO 639-2 code of the language of the sound (ISO/IEC 14496-12, 8.4.2); empty if it has none.

    Raises:
        ValueError, struct.error: The file is damaged.
    """
    position = _language_position(file, b"soun")
    if position is None:
        return ""
    file.seek(position)
    (code,) = struct.unpack(">H", file.read(2))
    return "".join(chr((code >> shift & 31) + 0x60) for shift in (10, 5, 0))


def is_played_as_recorded(file: BinaryIO) -> bool:
    """Return whether players play all of the sound at its speed and volume (ISO/IEC 14496-12, 8.2.2, 8.3.2), and show
    the chapters beside it (8.3.3).

    Raises:
        ValueError, struct.error: The file is damaged.
    """
    movie = next((box for box in _boxes(file, 0, file.seek(0, 2)) if box.kind == b"moov"), None)
    track = _track(file, b"soun")
    headers = [_find(file, box, kind) if box else None for box, kind in ((movie, b"mvhd"), (track, b"tkhd"))]
    if track is None or None in headers:
        return False
    whole, own = (_data(file, header) for header in headers if header)
    # Version 1 has times of 64 bits.
    rate, volume = struct.unpack_from(">IH", whole, 32 if whole[:1] == b"\1" else 20)
    (own_volume,) = struct.unpack_from(">H", own, 48 if own[:1] == b"\1" else 36)
    is_enabled = bool(own[3] & 1)
    has_chapters = _track(file, b"text") is None or _find(file, track, b"tref", b"chap") is not None
    return (rate, volume, own_volume) == (_NORMAL_RATE, _FULL_VOLUME, _FULL_VOLUME) and is_enabled and has_chapters


def set_chapter_language(file: BinaryIO, code: str) -> None:
    """Set the language of the chapter track, if there is one, to an ISO 639-2 code (ISO/IEC 14496-12, 8.4.2).

    Raises:
        ValueError, struct.error: The file is damaged.
    """
    position = _language_position(file, b"text")
    if position is not None:
        file.seek(position)
        first, second, third = (ord(letter) - 0x60 for letter in code)
        file.write(struct.pack(">H", first << 10 | second << 5 | third))


def _language_position(file: BinaryIO, handler_type: bytes) -> int | None:
    """Return where the language of the first track of a type is stated."""
    track = _track(file, handler_type)
    header = _find(file, track, b"mdia", b"mdhd") if track else None
    return None if header is None else header.begin + (32 if _data(file, header)[:1] == b"\1" else 20)


def _track(file: BinaryIO, handler_type: bytes) -> _Box | None:
    """Return the first track of a type (ISO/IEC 14496-12, 8.4.3)."""
    # All boxes, since the sound may be cut off after complete tables.
    whole = list(_boxes(file, 0, file.seek(0, 2)))
    movie = next((child for child in whole if child.kind == b"moov"), None)
    tracks = [child for child in _boxes(file, movie.begin, movie.end) if child.kind == b"trak"] if movie else []
    for track in tracks:
        handler = _find(file, track, b"mdia", b"hdlr")
        if handler is not None and _data(file, handler)[8:12] == handler_type:
            return track
    return None


def _data(file: BinaryIO, box: _Box) -> bytes:
    file.seek(box.begin)
    return file.read(box.end - box.begin)


def _table(file: BinaryIO, track: _Box, kind: bytes) -> bytes:
    box = _find(file, track, b"mdia", b"minf", b"stbl", kind)
    if box is None:
        raise ValueError("the chapter track has no tables")
    return _data(file, box)


def _numbers(data: bytes, begin: int, entry_size: int, form: str) -> list[tuple[int, ...]]:
    (count,) = struct.unpack_from(">I", data, begin)
    if count > MAX_ENTRIES:
        raise ValueError("a table of the chapter track is too long")
    return [struct.unpack_from(form, data, begin + 4 + index * entry_size) for index in range(count)]


def _chapters(file: BinaryIO, track: _Box) -> Iterator[Chapter]:
    header = _find(file, track, b"mdia", b"mdhd")
    scale = _data(file, header) if header is not None else b""
    # Version 1 has times of 64 bits (8.4.2).
    (ticks,) = struct.unpack_from(">I", scale, 20 if scale[:1] == b"\1" else 12)
    durations = [
        length
        for count, length in _numbers(_table(file, track, b"stts"), 4, 8, ">II")
        for _ in range(min(count, MAX_ENTRIES))
    ]
    sizes_of = _table(file, track, b"stsz")
    (size, count) = struct.unpack_from(">II", sizes_of, 4)
    sizes = [size] * min(count, MAX_ENTRIES) if size else [length for (length,) in _numbers(sizes_of, 8, 4, ">I")]
    begin = 0
    for index, (offset, length) in enumerate(zip(_offsets(file, track, sizes), durations, strict=False)):
        file.seek(offset)
        sample = file.read(sizes[index])
        (length_of_title,) = struct.unpack_from(">H", sample)
        end = begin + length
        yield Chapter(sample[2 : 2 + length_of_title].decode(errors="replace"), begin / ticks, end / ticks)
        begin = end


def _offsets(file: BinaryIO, track: _Box, sizes: list[int]) -> Iterator[int]:
    """Yield where each sample lies (8.7.4 stsc, 8.7.5 stco)."""
    box = _find(file, track, b"mdia", b"minf", b"stbl", b"co64")
    chunks = (
        _numbers(_data(file, box), 4, 8, ">Q")
        if box is not None
        else _numbers(_table(file, track, b"stco"), 4, 4, ">I")
    )
    runs = _numbers(_table(file, track, b"stsc"), 4, 12, ">III")
    sample = 0
    for number, (chunk,) in enumerate(chunks, 1):
        offset = chunk
        held = next((count for first, count, _ in reversed(runs) if first <= number), 0)
        for _ in range(held):
            if sample >= len(sizes):
                return
            yield offset
            offset += sizes[sample]
            sample += 1
