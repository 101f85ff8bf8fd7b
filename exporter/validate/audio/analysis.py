"""A sound heard from its beginning to its end: how long, how loud, where it is silent."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from exporter.inspect.sound import MAX_HOURS, open_sound, stated_seconds

QUIET = -60.0
"""LUFS of 400 ms below which nothing is heard."""
_STEP = 0.1
"""Seconds between two measurements (EBU R 128)."""
_TOGETHER = 16
"""Frames after which the meters are asked: each question costs as much as a frame."""
_FINE = 96_000
"""Samples a second that leave nothing between them."""


class Chapter(NamedTuple):
    """A chapter as the file states it."""

    title: str
    begin: float
    """Seconds."""
    end: float


class AudioAnalysis(NamedTuple):
    """The measurements of a sound."""

    stated: float
    """Seconds that the file says it lasts; 0.0 when it does not say."""
    seconds: float
    """Seconds that were heard."""
    loudness: float
    """LUFS; minus infinity for silence."""
    peak: float
    """The largest sample, 1.0 for full scale."""
    top: float
    """The highest place of the wave, between samples too, 1.0 for full scale (ITU-R BS.1770-4, annex 2)."""
    quiet: tuple[tuple[float, float], ...]
    """Stretches of a second and more in which nothing is heard, begin and end in seconds."""
    tags: dict[str, str]
    """By name in small letters."""
    language: str
    """Of the sound, as the container states it; empty when it does not."""
    chapters: tuple[Chapter, ...]
    damaged: str
    """Why it could not be heard to its end; empty when it was."""

    def silent(self, begin: float, end: float) -> bool:
        """Return whether nothing is heard from one second to another."""
        # A chapter may be one short word and the pause behind it.
        loose = min(0.5, (end - begin) / 10)
        return any(first <= begin + loose and end - loose <= last for first, last in self.quiet)


def analyse(source: Path | IO[bytes]) -> AudioAnalysis:
    """Decode and measure a sound, a frame at a time.

    Raises:
        NoAudioError: It cannot be opened, or has no sound.
    """
    with open_sound(source) as container:
        stream = container.streams.audio[0]
        stated = stated_seconds(container) or 0.0
        measured = _measure(container, stream)
        tags = {name.lower(): value for name, value in {**container.metadata, **stream.metadata}.items()}
        return AudioAnalysis(
            stated,
            *measured[:5],
            tags,
            _language(tags),
            # ID3 keeps their order in a frame of its own (CTOC), and programs write them in any.
            tuple(sorted(_chapters(container), key=lambda chapter: (chapter.begin, chapter.end))),
            measured[5],
        )


def _language(tags: dict[str, str]) -> str:
    language = tags.get("language") or tags.get("tlan") or ""
    return "" if language in {"und", "xxx"} else language


def _chapters(container: Any) -> Iterator[Chapter]:
    for chapter in container.chapters():
        base = chapter["time_base"]
        title = str(chapter.get("metadata", {}).get("title", "")).strip()
        yield Chapter(title, float(chapter["start"] * base), float(chapter["end"] * base))


def _measure(container: Any, stream: Any) -> tuple[float, float, float, float, tuple[tuple[float, float], ...], str]:
    """Return seconds, loudness, largest sample, highest place, quiet stretches, and why it ended before its end."""
    import av

    meter = _Meter()
    damaged = ""
    decoded = 0.0
    try:
        for frame in container.decode(stream):
            decoded += frame.samples / frame.sample_rate
            if decoded > MAX_HOURS * 3600:
                damaged = f"it goes on for more than {MAX_HOURS} hours"
                break
            meter.push(frame)
    except av.FFmpegError as error:
        damaged = str(error.strerror or error)
    meter.end()
    return decoded, meter.loudness, meter.peak, meter.top, tuple(meter.quiet(decoded)), damaged


class _Meter:
    """FFmpeg's meter of EBU R 128, and beside it the places between samples, which that one finds at twice the cost."""

    def __init__(self) -> None:
        self._graph: Any = None
        self._between: Any = None
        self._shape: object = None
        self._waiting = 0
        self.loudness = -math.inf
        self.peak = 0.0
        self.top = 0.0
        self._blocks: list[bool] = []

    def push(self, frame: Any) -> None:
        shape = frame.format.name, frame.layout.name, frame.sample_rate
        if self._graph is None or shape != self._shape:
            # Some files change their rate or channels on the way; the meter goes on with the new ones.
            self._pull()
            self._make(frame)
            self._shape = shape
        frame.pts = None
        self._graph.push(frame)
        self._between.push(frame)
        self._waiting += 1
        if self._waiting >= _TOGETHER:
            self._pull()

    def end(self) -> None:
        # What lies between samples is not asked for the last ones: a resampler continues a sound that is cut off.
        if self._graph is not None:
            self._graph.push(None)
            self._pull()

    def quiet(self, seconds: float) -> Iterator[tuple[float, float]]:
        """Yield stretches of a second and more in which nothing is heard."""
        begin: int | None = None
        for number, loud in enumerate((*self._blocks, True)):
            if not loud and begin is None:
                begin = number
            elif loud and begin is not None:
                # A block tells of the 400 ms before its end, so it is quiet only 300 ms after the sound was.
                first = max(0.0, begin * _STEP - 0.3)
                last = seconds if number == len(self._blocks) else number * _STEP
                if last - first >= 1:
                    yield first, last
                begin = None

    def _make(self, frame: Any) -> None:
        self._graph = _chain(frame, ("ebur128", "metadata=1:peak=sample"))
        # ITU-R BS.1770-4, annex 2: four times as many samples; high rates have them already.
        finer = frame.sample_rate * (4 if frame.sample_rate < _FINE else 1)
        overall = ("astats", "metadata=1:measure_perchannel=none:measure_overall=Peak_level")
        self._between = _chain(frame, ("aresample", str(finer)), overall)

    def _pull(self) -> None:
        self._waiting = 0
        if self._graph is None:
            return
        for values in _frame_metadata(self._between):
            if "lavfi.astats.Overall.Peak_level" in values:
                self.top = max(self.top, 10 ** (float(values["lavfi.astats.Overall.Peak_level"]) / 20))
        for values in _frame_metadata(self._graph):
            if "lavfi.r128.M" in values:
                loud = float(values["lavfi.r128.M"])
                self._blocks.append(math.isfinite(loud) and loud > QUIET)
                self.loudness = float(values.get("lavfi.r128.I", "-70"))
                if self.loudness <= -70:
                    self.loudness = -math.inf
                self.peak = max(self.peak, float(values.get("lavfi.r128.sample_peak", "0")))


def _chain(frame: Any, *filters: tuple[str, str]) -> Any:
    """Return filters one behind the other that take frames such as this one."""
    from fractions import Fraction

    import av.filter

    graph = av.filter.Graph()
    last = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format.name,
        layout=frame.layout.name,
        time_base=Fraction(1, frame.sample_rate),
    )
    for name, arguments in (*filters, ("abuffersink", "")):
        node = graph.add(name, arguments)
        last.link_to(node)
        last = node
    graph.configure()
    return graph


def _frame_metadata(graph: Any) -> Iterator[dict[str, str]]:
    """Yield what is written on each frame that has gone through."""
    import av

    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield dict(frame.metadata)
