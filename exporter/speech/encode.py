"""A stretch of the recording: clips and silences, levelled, limited, measured and encoded, all in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from exporter.speech import ffmpeg, loudness
from exporter.speech.codec import Codec


class AudioSegment(msgspec.Struct, frozen=True):
    """What an encoder made of a stretch."""

    packets: tuple[bytes, ...]
    """Packets of `Codec.frame` samples; with the first the encoder starts."""
    blocks: dict[int, int]
    """Loudness, as `loudness.Blocks`."""


def encode(pieces: Iterable[tuple[bytes, float]], codec: Codec, rate: int, bitrate: int) -> AudioSegment:
    """Encode samples with a gain in dB each, one behind the other.

    Stretches are encoded apart and joined packet to packet. A stretch ends in silence, so that its last packet and the
    start of the next encoder overlap in nothing; what is encoded begins at the first sample of its stretch once a
    player has skipped one packet at the start of the file.
    """
    packets: list[bytes] = []
    blocks: dict[int, int] = {}
    encoder = codec.opened(rate, bitrate)
    fifo = _Frames(codec.frame)
    for made in _levelled(pieces, rate, codec.gain):
        step = loudness.block(made.metadata)
        if step is not None:
            blocks[step] = blocks.get(step, 0) + 1
        packets += _packets(encoder, fifo.add(made))
    packets += _packets(encoder, fifo.rest())
    packets += [bytes(packet) for packet in encoder.encode(None)]
    return AudioSegment(tuple(packets), blocks)


def _levelled(pieces: Iterable[tuple[bytes, float]], rate: int, last: float) -> Iterator[Any]:
    """Yield frames of 100 ms, levelled, limited, measured, and raised by the gain that the encoder takes away."""
    shape = ("aformat", f"sample_fmts=fltp:sample_rates={rate}")
    raised = [loudness.volume(last)] if last else []
    chain = ffmpeg.Chain(rate, [loudness.LIMITER, loudness.METER, shape, *raised], "fltp")
    levels: dict[float, ffmpeg.Chain] = {}
    for pcm, gain in pieces:
        if gain not in levels:
            levels[gain] = ffmpeg.Chain(rate, [loudness.volume(gain), ("aformat", "sample_fmts=fltp")])
        for made in levels[gain].push(pcm):
            yield from chain.push_frame(made)
    yield from chain.end()


class _Frames:
    """Cuts frames to the size of a packet."""

    def __init__(self, size: int) -> None:
        import av

        self._size = size
        self._fifo = av.AudioFifo()

    def add(self, made: Any) -> list[Any]:
        made.pts = None
        self._fifo.write(made)
        return list(self._fifo.read_many(self._size))

    def rest(self) -> list[Any]:
        last = self._fifo.read(0, partial=True)
        return [last] if last else []


def _packets(encoder: Any, frames: Iterable[Any]) -> Iterator[bytes]:
    for frame in frames:
        frame.pts = None
        for packet in encoder.encode(frame):
            yield bytes(packet)
