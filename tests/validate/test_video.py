"""A video is complete and has moving pictures."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from exporter.validate import video


def box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", 8 + len(data), kind) + data


def mp4(handler: bytes) -> bytes:
    """Return a file with a track of a type, without samples."""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))
    return box(b"ftyp", b"isom", bytes(4)) + box(b"moov", track) + box(b"mdat", bytes(50))


def test_a_video_with_moving_pictures_is_good(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(mp4(b"vide"))
    assert video.check(tmp_path / "a.mp4") == ()


@pytest.mark.parametrize("data", [mp4(b"soun"), mp4(b"vide")[:-9], b"", bytes(100)])
def test_what_cannot_be_watched_is_found(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(data)
    assert [finding.rule for finding in video.check(tmp_path / "a.mp4")] == ["video-unreadable"]
