"""PCM samples: silence, trimming, peaks, and detection of noise."""

from __future__ import annotations

import sys
from array import array
from itertools import islice

_BLOCK = 3 * 1024
"""Samples in a block; a multiple of three."""
_SYLLABLE_GAP = 0.02
"""Seconds of a gap between two syllables."""
_NOISE_RATIO = 0.3
"""Fraction of the highest peak that the quietest tenth of a noise exceeds (0.35 and more; speech at most 0.2)."""
_NOISE_STEP = 9
"""Step between the samples that are read to detect noise."""


def silence(seconds: float, rate: int) -> bytes:
    """Return `seconds` of silence, to the nearest sample."""
    return bytes(2 * round(seconds * rate))


def trim(pcm: bytes) -> bytes:
    """Return samples without digital silence at both ends, except for a short margin."""
    keep = 64
    left = len(pcm) - len(pcm.lstrip(b"\0"))
    right = len(pcm.rstrip(b"\0"))
    left = max(0, left - left % 2 - keep)
    right = min(len(pcm), right + right % 2 + keep)
    return pcm[left:right] if right > left else b""


def peak(pcm: bytes, step: int = 3) -> int:
    """Return the largest of every `step`-th sample, 0-32768."""
    chosen = _samples(pcm)[::step]
    if not chosen:
        return 0
    lowest, highest = min(chosen), max(chosen)
    return max(-lowest, highest)


def is_audible(pcm: bytes, threshold: int) -> bool:
    """Return whether any third sample reaches `threshold` (0-32768)."""
    samples = _samples(pcm)
    return any(_reaches(samples[start : start + _BLOCK : 3], threshold) for start in range(0, len(samples), _BLOCK))


def is_steady(pcm: bytes, rate: int) -> bool:
    """Return whether a sound has no dips as between syllables: a noise, a hum, a tone."""
    size = 2 * round(_SYLLABLE_GAP * rate)
    starts = range(0, len(pcm) - size + 1, size)
    low = _NOISE_RATIO * max(1, peak(pcm, _NOISE_STEP))
    dips = (None for start in starts if peak(pcm[start : start + size], _NOISE_STEP) < low)
    # Speech has more dips than a noise within its first words, so few blocks are read.
    return bool(starts) and sum(1 for _ in islice(dips, len(starts) // 10 + 1)) <= len(starts) // 10


def _reaches(samples: array[int], threshold: int) -> bool:
    return bool(samples) and (min(samples) <= -threshold or max(samples) >= threshold)


def _samples(pcm: bytes) -> array[int]:
    samples = array("h", pcm[: len(pcm) - len(pcm) % 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
