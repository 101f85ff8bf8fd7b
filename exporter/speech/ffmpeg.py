"""FFmpeg as a library: audio frames, filter chains, resampling, decoding, and FLAC."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exporter.speech.engines import Sound

if TYPE_CHECKING:
    import av

_STEP = 1 << 16
"""Samples that are pushed into a chain at once."""


def frame(pcm: bytes, rate: int, pts: int) -> av.AudioFrame:
    """Return samples as a frame that begins at sample `pts`."""
    import av

    audio_frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    audio_frame.planes[0].update(pcm + bytes(audio_frame.planes[0].buffer_size - len(pcm)))
    audio_frame.sample_rate = rate
    audio_frame.pts = pts
    audio_frame.time_base = Fraction(1, rate)
    return audio_frame


class FilterChain:
    """A chain of filters for mono samples of 16 bits, or for frames of another format."""

    def __init__(self, rate: int, filters: Sequence[tuple[str, str]], sample_format: str = "s16") -> None:
        import av
        import av.filter

        self._rate = rate
        self._position = 0
        self._ended = (av.error.BlockingIOError, av.error.EOFError)
        self._graph = av.filter.Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=rate, format=sample_format, layout="mono", time_base=Fraction(1, rate)
        )
        last = self._source
        for name, arguments in filters:
            filter_ = self._graph.add(name, arguments)
            last.link_to(filter_)
            last = filter_
        self._sink = self._graph.add("abuffersink")
        last.link_to(self._sink)
        self._graph.configure()

    def push(self, pcm: bytes) -> Iterator[Any]:
        """Push samples and yield the frames that come out."""
        for start in range(0, len(pcm), _STEP * 2):
            yield from self.push_frame(frame(pcm[start : start + _STEP * 2], self._rate, 0))

    def push_frame(self, frame: Any) -> Iterator[Any]:
        """Push one frame, directly after the last one, and yield the frames that come out."""
        frame.pts = self._position
        frame.time_base = Fraction(1, self._rate)
        self._position += frame.samples
        self._source.push(frame)
        yield from self._pull()

    def end(self) -> Iterator[Any]:
        """Yield the remaining frames."""
        self._source.push(None)
        yield from self._pull()

    def _pull(self) -> Iterator[Any]:
        while True:
            try:
                yield self._sink.pull()
            except self._ended:
                return


def apply_filters(pcm: bytes, rate: int, filters: Sequence[tuple[str, str]]) -> bytes:
    """Return samples after filters, the last of which returns mono samples of 16 bits."""
    chain = FilterChain(rate, filters)
    chunks = [samples(frame) for frame in chain.push(pcm)]
    chunks += [samples(frame) for frame in chain.end()]
    return b"".join(chunks)


def samples(frame: Any) -> bytes:
    """Return the samples of a mono frame of 16 bits."""
    return bytes(frame.planes[0])[: frame.samples * 2]


def resample(sound: Sound, rate: int) -> bytes:
    """Return the samples of a sound at another rate."""
    if sound.rate == rate:
        return sound.pcm
    return apply_filters(
        sound.pcm, sound.rate, [("aresample", f"{rate}"), ("aformat", f"sample_fmts=s16:sample_rates={rate}")]
    )


def decode(data: bytes, rate: int, container_format: str | None = None) -> Sound:
    """Return the sound of a file in memory as mono at `rate`.

    Args:
        data: The file.
        rate: Samples a second wanted.
        container_format: Its format, as FFmpeg names it; None to detect it.

    Raises:
        ValueError: It is not a sound file, or it is damaged.
    """
    import av

    chunks: list[bytes] = []
    try:
        with av.open(io.BytesIO(data), "r", format=container_format) as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            for frame in container.decode(audio=0):
                chunks += [samples(resampled) for resampled in resampler.resample(frame)]
            chunks += [samples(resampled) for resampled in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(str(error)) from error
    return Sound(b"".join(chunks), rate)


def encode_flac(sound: Sound) -> bytes:
    """Return the sound as a FLAC file; the same sound gives the same bytes."""
    import av

    target = io.BytesIO()
    with av.open(target, "w", format="flac", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=sound.rate)
        stream.layout = "mono"
        stream.format = "s16"
        stream.codec_context.options = {"flags": "+bitexact"}
        size = 4096
        for start in range(0, len(sound.pcm), size * 2):
            for packet in stream.encode(frame(sound.pcm[start : start + size * 2], sound.rate, start // 2)):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return target.getvalue()


def decode_flac(data: bytes) -> Sound | None:
    """Return the sound of a FLAC file, or None if it is damaged."""
    import av

    chunks: list[bytes] = []
    try:
        with av.open(io.BytesIO(data), "r", format="flac") as container:
            rate = container.streams.audio[0].rate
            chunks.extend(samples(frame) for frame in container.decode(audio=0))
    except (av.FFmpegError, IndexError):
        return None
    return Sound(b"".join(chunks), rate) if rate else None
