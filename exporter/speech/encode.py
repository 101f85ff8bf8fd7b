"""Encoding of audio segments: clips and pauses, levelled, limited, measured and encoded in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from exporter.speech import ffmpeg, loudness
from exporter.speech.codec import Codec


class AudioSegment(msgspec.Struct, frozen=True):
    """An encoded part of a recording."""

    packets: tuple[bytes, ...]
    """Packets of `Codec.frame` samples; the first one holds the encoder delay."""
    blocks: dict[int, int]
    """Loudness, as `loudness.Blocks`."""


def encode(clips: Iterable[tuple[bytes, float]], codec: Codec, rate: int, bitrate: int) -> AudioSegment:
    """Encode clips, each with its gain in dB, as one segment.

    Segments are encoded separately and joined packet to packet. A segment ends in silence, so its last packet and the
    delay of the next encoder overlap in silence only; once a player has skipped one packet at the start of the file,
    each segment begins at its first sample.
    """
    packets: list[bytes] = []
    blocks: dict[int, int] = {}
    encoder = codec.open_encoder(rate, bitrate)
    cutter = _FrameCutter(codec.frame)
    for frame in _level(clips, rate, codec.gain):
        step = loudness.block_level(frame.metadata)
        if step is not None:
            blocks[step] = blocks.get(step, 0) + 1
        packets += _packets(encoder, cutter.add(frame))
    packets += _packets(encoder, cutter.rest())
    packets += [bytes(packet) for packet in encoder.encode(None)]
    return AudioSegment(tuple(packets), blocks)


def _level(clips: Iterable[tuple[bytes, float]], rate: int, final_gain: float) -> Iterator[Any]:
    """Yield frames of 100 ms, levelled, limited, measured, and raised by `final_gain`."""
    sample_format = ("aformat", f"sample_fmts=fltp:sample_rates={rate}")
    final_filters = [loudness.volume(final_gain)] if final_gain else []
    chain = ffmpeg.FilterChain(rate, [loudness.LIMITER, loudness.METER, sample_format, *final_filters], "fltp")
    level_chains: dict[float, ffmpeg.FilterChain] = {}
    for pcm, gain in clips:
        if gain not in level_chains:
            level_chains[gain] = ffmpeg.FilterChain(rate, [loudness.volume(gain), ("aformat", "sample_fmts=fltp")])
        for frame in level_chains[gain].push(pcm):
            yield from chain.push_frame(frame)
    yield from chain.end()


class _FrameCutter:
    """A queue of samples that returns frames of the size of a packet."""

    def __init__(self, size: int) -> None:
        import av

        self._size = size
        self._fifo = av.AudioFifo()

    def add(self, frame: Any) -> list[Any]:
        frame.pts = None
        self._fifo.write(frame)
        return list(self._fifo.read_many(self._size))

    def rest(self) -> list[Any]:
        last = self._fifo.read(0, partial=True)
        return [last] if last else []


def _packets(encoder: Any, frames: Iterable[Any]) -> Iterator[bytes]:
    for frame in frames:
        frame.pts = None
        for packet in encoder.encode(frame):
            yield bytes(packet)
