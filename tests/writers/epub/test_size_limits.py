"""How large a book is, and what rate its sound is brought to."""

from __future__ import annotations

import pytest

from exporter.writers.epub.size_limits import check, lower
from exporter.writers.xhtml.files import File


@pytest.mark.parametrize(
    ("bitrate", "size", "room", "rate"),
    [
        (48, 100, 100, None),
        (48, 101, 100, 28),
        (28, 101, 100, 24),
        (24, 101, 100, None),
        (48, 10, -5, 28),
    ],
)
def test_sound_for_which_there_is_no_room_is_brought_to_the_next_lower_rate(
    bitrate: int, size: int, room: int, rate: int | None
) -> None:
    assert lower(bitrate, size, room) == rate


def test_what_takes_most_of_a_large_book_is_named() -> None:
    files = (File("a.m4a", "a", "audio/mp4", bytes(900)), File("b.png", "b", "image/png", bytes(800)))
    (finding,) = check(files, 2_000_001, 2)
    assert finding.rule == "epub-too-large"
    assert "the recording takes" in finding.message
    assert check(files, 2_000_000, 2) == ()
