"""Loudness of speech and its normalisation to the level of talking books (ITU-R BS.1770-4, EBU R 128)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from exporter.speech import ffmpeg

TARGET = -19.0
"""LUFS of a mono recording."""
TOLERANCE = 1.0
"""LU."""
CEILING = -3.0
"""Maximum true peak in dBTP."""
_LIMIT = 0.53
"""Maximum sample peak after the limiter (-5.5 dBFS): headroom for peaks between samples, and for the AAC encoder, which
adds up to 2 dB to natural voices at 48 kbit/s."""
_STEPS = 10
"""Gains are rounded to 1/2 dB and blocks counted in steps of 1/10 LU, so that a changed word changes nothing else."""

LIMITER = ("alimiter", f"limit={_LIMIT}:level=0:attack=3:release=60:latency=1")
METER = ("ebur128", "metadata=1")
"""Writes the loudness of the last 400 ms on each frame of 100 ms: the blocks that BS.1770 gates."""

Blocks = Mapping[int, int]
"""Number of blocks by loudness, in tenths of LU."""


def block_level(metadata: Mapping[str, str]) -> int | None:
    """Return the loudness of the block that a frame of the meter ends, or None if there is none or it is silent."""
    value = metadata.get("lavfi.r128.M")
    if value is None:
        return None
    level = float(value)
    return round(level * _STEPS) if math.isfinite(level) and level > -70 else None


def integrated(blocks: Blocks) -> float:
    """Return the loudness of a programme in LUFS; minus infinity for silence."""

    def mean(threshold: float) -> float:
        gated = [(step, count) for step, count in blocks.items() if step / _STEPS > threshold]
        total = sum(count for _, count in gated)
        if not total:
            return -math.inf
        power = sum(count * 10 ** ((step / _STEPS + 0.691) / 10) for step, count in gated)
        return 10 * math.log10(power / total) - 0.691

    return mean(mean(-70.0) - 10.0)


def measure(pcm: bytes, rate: int, filters: Sequence[tuple[str, str]] = ()) -> float:
    """Return the loudness of samples in LUFS, after `filters`; short ones are repeated."""
    shortest = 3 * rate * 2
    if 0 < len(pcm) < shortest:
        pcm *= math.ceil(shortest / len(pcm))
    chain = ffmpeg.FilterChain(rate, [*filters, METER])
    counts: dict[int, int] = {}
    for frame in (*chain.push(pcm), *chain.end()):
        step = block_level(frame.metadata)
        if step is not None:
            counts[step] = counts.get(step, 0) + 1
    return integrated(counts)


def gain(pcm: bytes, rate: int) -> float:
    """Return the gain in dB, in halves, that brings samples to the target; 0 for silence; at most 30.

    The limiter reduces it, so the output of the limiter is measured and the difference added.
    """
    gain_db = 0.0
    for _ in range(3):
        level = measure(pcm, rate, [volume(gain_db), LIMITER])
        if not math.isfinite(level):
            return 0.0
        gain_db = max(-30.0, min(30.0, gain_db + TARGET - level))
    return round(gain_db * 2) / 2


def volume(decibels: float) -> tuple[str, str]:
    """Return a volume filter whose result is not clipped at full scale."""
    return ("volume", f"{decibels}dB:precision=float")


def add_blocks(counts: Iterable[Blocks]) -> dict[int, int]:
    """Return the sum of the blocks of several segments."""
    total: dict[int, int] = {}
    for blocks in counts:
        for step, count in blocks.items():
            total[step] = total.get(step, 0) + count
    return total
