"""Utterances to one recording, stretch by stretch: spoken, levelled, encoded, kept, and handed on in order.

A stretch begins at a heading, or where the one before has grown to a minute or two, so a changed sentence costs one
stretch. Stretches are made by a few threads (FFmpeg and the voices work outside Python's lock) and never wait in
memory in greater number than there are threads to make them.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec

from exporter.contracts import StepCache
from exporter.speech import encode, ffmpeg, loudness, pcm
from exporter.speech.codec import Codec
from exporter.speech.engines import Voice
from exporter.speech.synthesiser import ClipIssue, SpeechRequest, Synthesiser, find_issue
from exporter.speech.utterance import Utterance

_LONGEST = 1_600
"""Characters after which a stretch ends at the next utterance: about two minutes."""
_HEARD = 24
"""Utterances of a voice that are heard to set its level."""
_BETWEEN = 0.5
"""Seconds of silence between them, as between sentences: what a meter hears beside a pause counts as less loud."""
_END = 0.4
"""Seconds of silence at the end of the recording."""
_FORM = "3"
"""To be counted up when a stretch is made in another way, so that nothing kept before is used."""


class Clip(msgspec.Struct, frozen=True):
    """Where an utterance stands in its stretch."""

    begin: int
    """Samples from the start of the stretch."""
    end: int
    issue: ClipIssue | None = None


class RecordedSegment(msgspec.Struct, frozen=True):
    """A stretch with its clips."""

    stretch: encode.AudioSegment
    clips: tuple[Clip, ...]


class _Part(msgspec.Struct, frozen=True):
    lines: tuple[SpeechRequest, ...]
    last_pause: float
    """Seconds of silence after the last line."""


class Mixer:
    """Makes the recording."""

    def __init__(
        self, studio: Synthesiser, memo: StepCache, codec: Codec, *, rate: int, bitrate: int, speed: float
    ) -> None:
        self._studio = studio
        self._memo = memo
        self._codec = codec
        self._rate = rate
        self._bitrate = bitrate
        self._speed = speed
        self._gains: dict[str, float] = {}

    def record(self, utterances: Iterable[Utterance]) -> Iterator[RecordedSegment]:
        """Yield the stretches in order; their clips follow the utterances one for one.

        Raises:
            EngineError: An engine gave no sound for an utterance.
        """
        lines = [self._studio.line(utterance) for utterance in utterances]
        self._gains = self._levels(lines)
        yield from self._stretches(lines)

    def further(self, utterances: Iterable[Utterance]) -> Iterator[RecordedSegment]:
        """Yield what is said besides, as `record` does; voices that have been recorded keep their level.

        Raises:
            EngineError: An engine gave no sound for an utterance.
        """
        lines = [self._studio.line(utterance) for utterance in utterances]
        self._gains |= self._levels([line for line in lines if line.voice.name not in self._gains])
        yield from self._stretches(lines)

    def _stretches(self, lines: list[SpeechRequest]) -> Iterator[RecordedSegment]:
        workers = min(4, os.cpu_count() or 1)
        waiting: deque[tuple[str, Future[RecordedSegment] | RecordedSegment]] = deque()
        with ThreadPoolExecutor(workers, thread_name_prefix="speech") as pool:
            try:
                for part in _parts(lines):
                    key = self._key(part)
                    kept = self._memo.get(key)
                    waiting.append((key, _read(kept) or pool.submit(self._make, part)))
                    if len(waiting) > workers:
                        yield self._finish(*waiting.popleft())
                while waiting:
                    yield self._finish(*waiting.popleft())
            finally:
                pool.shutdown(cancel_futures=True)

    def _finish(self, key: str, made: Future[RecordedSegment] | RecordedSegment) -> RecordedSegment:
        if isinstance(made, RecordedSegment):
            return made
        recorded = made.result()
        self._memo.put(key, msgspec.msgpack.encode(recorded))
        return recorded

    def _levels(self, lines: list[SpeechRequest]) -> dict[str, float]:
        """Return the gain of each voice, from utterances of its own that are spread over the whole text."""
        by_voice: dict[str, list[SpeechRequest]] = {}
        for line in lines:
            by_voice.setdefault(line.voice.name, []).append(line)
        gains: dict[str, float] = {}
        for name, own in by_voice.items():
            # The longest of each stretch of text: single words say little about a voice.
            step = max(1, len(own) // _HEARD)
            some = [max(own[at : at + step], key=lambda line: len(line.text)) for at in range(0, len(own), step)]
            key = self._key_of("level", (self._studio.key(line) for line in some))
            kept = self._memo.get(key)
            if kept is None:
                pause = pcm.silence(_BETWEEN, self._rate)
                samples = pause.join(ffmpeg.resample(self._studio.speak(line), self._rate) for line in some)
                kept = repr(loudness.gain(samples, self._rate)).encode()
                self._memo.put(key, kept)
            gains[name] = float(kept)
        return gains

    def _key(self, part: _Part) -> str:
        pauses = [repr(gap) for gap in _gaps(part)]
        parts = [f"{self._studio.key(line)} {self._gain(line.voice)}" for line in part.lines]
        return self._key_of("stretch", [repr(self._codec), str(self._bitrate), *parts, *pauses])

    def _key_of(self, what: str, parts: Iterable[str]) -> str:
        import av

        head = (_FORM, av.__version__, str(self._rate), repr(loudness.LIMITER))
        return f"{what}-" + hashlib.sha256("\0".join((*head, *parts)).encode()).hexdigest()

    def _gain(self, voice: Voice) -> float:
        return self._gains[voice.name]

    def _make(self, part: _Part) -> RecordedSegment:
        clips: list[Clip] = []

        def pieces() -> Iterator[tuple[bytes, float]]:
            position = 0
            for line, gap in zip(part.lines, _gaps(part), strict=True):
                heard = self._studio.speak(line)
                samples = ffmpeg.resample(heard, self._rate)
                clips.append(Clip(position, position + len(samples) // 2, find_issue(line.text, heard, self._speed)))
                yield samples, self._gain(line.voice)
                pause = pcm.silence(gap, self._rate)
                yield pause, self._gain(line.voice)
                position += (len(samples) + len(pause)) // 2

        stretch = encode.encode(pieces(), self._codec, self._rate, self._bitrate)
        return RecordedSegment(stretch, tuple(clips))


def _read(kept: bytes | None) -> RecordedSegment | None:
    if kept is None:
        return None
    try:
        return msgspec.msgpack.decode(kept, type=RecordedSegment)
    except msgspec.MsgspecError:
        return None


def _parts(lines: list[SpeechRequest]) -> Iterator[_Part]:
    """Cut the lines into stretches; every chapter begins one."""
    part: list[SpeechRequest] = []
    size = 0
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        part.append(line)
        size += len(line.text)
        ends = following is None or following.utterance.chapter != line.utterance.chapter
        if ends or size > _LONGEST:
            yield _Part(tuple(part), _gap(line, following))
            part, size = [], 0


def _gap(line: SpeechRequest, following: SpeechRequest | None) -> float:
    """Return the silence after a line: the longer one of what both sides want."""
    return max(line.utterance.after, following.utterance.before) if following else _END


def _gaps(part: _Part) -> list[float]:
    inner = [_gap(line, following) for line, following in zip(part.lines, part.lines[1:], strict=False)]
    return [*inner, part.last_pause]
