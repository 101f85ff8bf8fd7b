"""Recordings whose headers make players play them otherwise than they were recorded (ISO/IEC 14496-12)."""

from __future__ import annotations

import io
import struct

import pytest

from exporter.inspect.mp4 import is_played_as_recorded


def box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def recording(
    rate: int = 0x10000, volume: int = 0x100, own: int = 0x100, flags: int = 3, tied: bytes = b"tref"
) -> bytes:
    """Return the tables of a recording with a track of chapters."""

    def track(kind: bytes, *more: bytes) -> bytes:
        header = bytes(3) + bytes([flags]) + bytes(32) + struct.pack(">H", own)
        return box(b"trak", box(b"tkhd", header), *more, box(b"mdia", box(b"hdlr", bytes(8), kind)))

    whole = box(b"mvhd", bytes(20), struct.pack(">IH", rate, volume))
    return box(b"moov", whole, track(b"soun", box(tied, box(b"chap", bytes(4)))), track(b"text"))


def test_a_recording_is_played_as_it_was_recorded() -> None:
    assert is_played_as_recorded(io.BytesIO(recording()))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(recording(rate=0x18000), id="another speed"),
        pytest.param(recording(volume=0), id="no volume"),
        pytest.param(recording(own=16), id="a lower volume of its track"),
        pytest.param(recording(flags=2), id="a track that is off"),
        pytest.param(recording(tied=b"free"), id="chapters beside another track"),
    ],
)
def test_other_speeds_volumes_and_tracks_are_found(other: bytes) -> None:
    assert not is_played_as_recorded(io.BytesIO(other))
