"""How loud speech is heard to be, and what brings it to the level of talking books (ITU-R BS.1770-4, EBU R 128)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from exporter.speech import ffmpeg

TARGET = -19.0
"""LUFS of a mono recording."""
TOLERANCE = 1.0
"""LU."""
CEILING = -3.0
"""dBTP that no peak exceeds."""
_LIMIT = 0.53
"""Sample peak that the limiter lets through (-5.5 dBFS): room for what lies between samples, and for the AAC encoder,
which adds up to 2 dB to natural voices at 48 kbit/s."""
_STEPS = 10
"""Gains are rounded to 1/2 dB and blocks counted in steps of 1/10 LU, so that a changed word changes nothing else."""

LIMITER = ("alimiter", f"limit={_LIMIT}:level=0:attack=3:release=60:latency=1")
METER = ("ebur128", "metadata=1")
"""Writes the loudness of the last 400 ms on each frame of 100 ms: the blocks that BS.1770 gates."""

Blocks = Mapping[int, int]
"""How many blocks were so loud, in tenths of LU."""


def block(metadata: Mapping[str, str]) -> int | None:
    """Return the loudness of the block that a frame of the meter ends; None when it ends none or is silent."""
    value = metadata.get("lavfi.r128.M")
    if value is None:
        return None
    loud = float(value)
    return round(loud * _STEPS) if math.isfinite(loud) and loud > -70 else None


def integrated(blocks: Blocks) -> float:
    """Return the loudness of a programme in LUFS; minus infinity for silence."""

    def mean(threshold: float) -> float:
        kept = [(step, count) for step, count in blocks.items() if step / _STEPS > threshold]
        total = sum(count for _, count in kept)
        if not total:
            return -math.inf
        power = sum(count * 10 ** ((step / _STEPS + 0.691) / 10) for step, count in kept)
        return 10 * math.log10(power / total) - 0.691

    return mean(mean(-70.0) - 10.0)


def measure(pcm: bytes, rate: int, filters: Sequence[tuple[str, str]] = ()) -> float:
    """Return the loudness of samples in LUFS, after `filters`; short ones are heard several times."""
    shortest = 3 * rate * 2
    if 0 < len(pcm) < shortest:
        pcm *= math.ceil(shortest / len(pcm))
    chain = ffmpeg.Chain(rate, [*filters, METER])
    counted: dict[int, int] = {}
    for made in (*chain.push(pcm), *chain.end()):
        step = block(made.metadata)
        if step is not None:
            counted[step] = counted.get(step, 0) + 1
    return integrated(counted)


def gain(pcm: bytes, rate: int) -> float:
    """Return the gain in dB, in halves, that brings samples to the target; 0 for silence; at most 30.

    The limiter takes some of it away again, so what leaves the limiter is measured and the rest added.
    """
    wanted = 0.0
    for _ in range(3):
        loud = measure(pcm, rate, [volume(wanted), LIMITER])
        if not math.isfinite(loud):
            return 0.0
        wanted = max(-30.0, min(30.0, wanted + TARGET - loud))
    return round(wanted * 2) / 2


def volume(decibels: float) -> tuple[str, str]:
    """Return the filter that makes samples louder; its result is not cut off at full scale."""
    return ("volume", f"{decibels}dB:precision=float")


def add(counts: Iterable[Blocks]) -> dict[int, int]:
    """Return the blocks of several stretches together."""
    total: dict[int, int] = {}
    for counted in counts:
        for step, count in counted.items():
            total[step] = total.get(step, 0) + count
    return total
