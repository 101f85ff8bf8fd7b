"""Small work on samples: silence cut off, silence made, the loudest one found, noise told from speech."""

from __future__ import annotations

import sys
from array import array
from itertools import islice

_STRETCH = 3 * 1024
"""Samples looked at together; a multiple of three."""
_SYLLABLE = 0.02
"""Seconds short enough to lie between two syllables."""
_STEADY = 0.3
"""Share of the loudest peak that the quietest tenth of a noise reaches: 0.35 and more; that of speech at most 0.2."""
_SOME = 9
"""One of so many samples is looked at for noise: enough, since a noise is loud everywhere."""


def silence(seconds: float, rate: int) -> bytes:
    """Return so many seconds of nothing, to the nearest sample."""
    return bytes(2 * round(seconds * rate))


def trim(pcm: bytes) -> bytes:
    """Take away samples of exactly nothing at both ends, keeping a few so that no sound is cut."""
    keep = 64
    left = len(pcm) - len(pcm.lstrip(b"\0"))
    right = len(pcm.rstrip(b"\0"))
    left = max(0, left - left % 2 - keep)
    right = min(len(pcm), right + right % 2 + keep)
    return pcm[left:right] if right > left else b""


def peak(pcm: bytes, step: int = 3) -> int:
    """Return the largest of every `step`-th sample, 0-32768."""
    some = _samples(pcm)[::step]
    if not some:
        return 0
    lowest, highest = min(some), max(some)
    return max(-lowest, highest)


def is_heard(pcm: bytes, least: int) -> bool:
    """Return whether some third sample is as loud as `least` (0-32768); looks no further than to the first one."""
    samples = _samples(pcm)
    return any(_reaches(samples[start : start + _STRETCH : 3], least) for start in range(0, len(samples), _STRETCH))


def is_steady(pcm: bytes, rate: int) -> bool:
    """Return whether a sound goes on without the dips that there are between syllables: a noise, a hum, a tone."""
    size = 2 * round(_SYLLABLE * rate)
    starts = range(0, len(pcm) - size + 1, size)
    low = _STEADY * max(1, peak(pcm, _SOME))
    dips = (None for start in starts if peak(pcm[start : start + size], _SOME) < low)
    # Speech has as many dips as there may be within its first words.
    return bool(starts) and sum(1 for _ in islice(dips, len(starts) // 10 + 1)) <= len(starts) // 10


def _reaches(samples: array[int], least: int) -> bool:
    return bool(samples) and (min(samples) <= -least or max(samples) >= least)


def _samples(pcm: bytes) -> array[int]:
    samples = array("h", pcm[: len(pcm) - len(pcm) % 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
