"""FFmpeg as a library: frames of our samples, chains of filters, and sound of any kind brought to one rate."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exporter.speech.engines import Sound

if TYPE_CHECKING:
    import av

_STEP = 1 << 16
"""Samples that go through a chain at once."""


def frame(pcm: bytes, rate: int, pts: int) -> av.AudioFrame:
    """Return samples as a frame that begins at sample `pts`."""
    import av

    made = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    made.planes[0].update(pcm + bytes(made.planes[0].buffer_size - len(pcm)))
    made.sample_rate = rate
    made.pts = pts
    made.time_base = Fraction(1, rate)
    return made


class Chain:
    """Filters one behind the other, from mono samples of 16 bits, or from frames of another format."""

    def __init__(self, rate: int, filters: Sequence[tuple[str, str]], kind: str = "s16") -> None:
        import av
        import av.filter

        self._rate = rate
        self._position = 0
        self._ended = (av.error.BlockingIOError, av.error.EOFError)
        self._graph = av.filter.Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=rate, format=kind, layout="mono", time_base=Fraction(1, rate)
        )
        last = self._source
        for name, arguments in filters:
            each = self._graph.add(name, arguments)
            last.link_to(each)
            last = each
        self._sink = self._graph.add("abuffersink")
        last.link_to(self._sink)
        self._graph.configure()

    def push(self, pcm: bytes) -> Iterator[Any]:
        """Put samples in and give the frames that come out."""
        for start in range(0, len(pcm), _STEP * 2):
            yield from self.push_frame(frame(pcm[start : start + _STEP * 2], self._rate, 0))

    def push_frame(self, made: Any) -> Iterator[Any]:
        """Put one frame in, right behind the last one, and give the frames that come out."""
        made.pts = self._position
        made.time_base = Fraction(1, self._rate)
        self._position += made.samples
        self._source.push(made)
        yield from self._pull()

    def end(self) -> Iterator[Any]:
        """Yield what is still inside."""
        self._source.push(None)
        yield from self._pull()

    def _pull(self) -> Iterator[Any]:
        while True:
            try:
                yield self._sink.pull()
            except self._ended:
                return


def through(pcm: bytes, rate: int, filters: Sequence[tuple[str, str]]) -> bytes:
    """Return samples as they leave filters whose last one puts out mono samples of 16 bits."""
    chain = Chain(rate, filters)
    out = [samples(each) for each in chain.push(pcm)]
    out += [samples(each) for each in chain.end()]
    return b"".join(out)


def samples(made: Any) -> bytes:
    """Return the samples of a mono frame of 16 bits."""
    return bytes(made.planes[0])[: made.samples * 2]


def resample(sound: Sound, rate: int) -> bytes:
    """Return the samples of a sound at another rate."""
    if sound.rate == rate:
        return sound.pcm
    return through(
        sound.pcm, sound.rate, [("aresample", f"{rate}"), ("aformat", f"sample_fmts=s16:sample_rates={rate}")]
    )


def decode(data: bytes, rate: int, kind: str | None = None) -> Sound:
    """Return the sound of a file in memory as mono at `rate`.

    Args:
        data: The file.
        rate: Samples a second wanted.
        kind: FFmpeg's name of its format; None lets it find out.

    Raises:
        ValueError: It is no sound file, or a damaged one.
    """
    import av

    out: list[bytes] = []
    try:
        with av.open(io.BytesIO(data), "r", format=kind) as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            for each in container.decode(audio=0):
                out += [samples(part) for part in resampler.resample(each)]
            out += [samples(part) for part in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(str(error)) from error
    return Sound(b"".join(out), rate)
