"""Small work on samples."""

from __future__ import annotations

import struct

import pytest

from exporter.speech import sound


def _pcm(*samples: int) -> bytes:
    return struct.pack(f"<{len(samples)}h", *samples)


@pytest.mark.parametrize("loud", [150, -150, 32_767, -32_768])
@pytest.mark.parametrize("before", [0, 3, 30_000])
def test_a_loud_sample_is_heard_wherever_it_stands(loud: int, before: int) -> None:
    assert sound.is_heard(_pcm(*[0] * before, loud, *[0] * 10), 150)


def test_what_is_too_soft_is_not_heard() -> None:
    assert not sound.is_heard(_pcm(*[149, -149] * 20_000), 150)
    assert not sound.is_heard(b"", 150)


def test_what_is_heard_agrees_with_the_peak() -> None:
    wave = _pcm(*(number * 7 % 4_001 - 2_000 for number in range(20_000)))
    top = sound.peak(wave)
    assert sound.is_heard(wave, top)
    assert not sound.is_heard(wave, top + 1)
