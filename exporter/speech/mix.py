"""Mixer: utterances to audio segments, synthesised, levelled, encoded, cached, and returned in order.

A segment begins at a heading, or when the previous one is about two minutes long, so a changed sentence costs one
segment. Segments are made by a few threads (FFmpeg and the voices release Python's lock), and no more of them are held
in memory than there are threads.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import msgspec

from exporter.budgets import SPEECH_THREADS
from exporter.contracts import StepCache
from exporter.errors import UnspokenError
from exporter.speech import encode, ffmpeg, loudness, pcm
from exporter.speech.codec import Codec
from exporter.speech.engines import Sound, Voice
from exporter.speech.synthesiser import ClipIssue, SpeechRequest, Synthesiser, find_issue
from exporter.speech.utterance import Utterance

_MAX_CHARACTERS = 1_600
"""Characters after which a segment ends: about two minutes."""
_LEVEL_REQUESTS = 24
"""Utterances of a voice whose loudness is measured to set its gain."""
_LEVEL_PAUSE = 0.5
"""Seconds of silence between them, as between sentences: the blocks of a meter that overlap a pause are less loud."""
_FINAL_PAUSE = 0.4
"""Seconds of silence at the end of the recording."""
_CACHE_FORMAT = "3"
"""Part of the cache keys; to be increased when segments are made in another way."""


class Clip(msgspec.Struct, frozen=True):
    """Position of an utterance in its segment."""

    begin: int
    """Samples from the start of the segment."""
    end: int
    issue: ClipIssue | None = None


class RecordedSegment(msgspec.Struct, frozen=True):
    """An encoded segment with its clips."""

    segment: encode.AudioSegment
    clips: tuple[Clip, ...]


class _Group(msgspec.Struct, frozen=True):
    requests: tuple[SpeechRequest, ...]
    last_pause: float
    """Seconds of silence after the last request."""


class _Level(NamedTuple):
    """The utterances that determine the gain of a voice."""

    voice: str
    requests: list[SpeechRequest]
    key: str


class _SpeechWork:
    """The requests whose sound is not in the cache.

    Args:
        requests: Those of which segments are made.
        synthesiser: With the cache.
        progress: Receives the fraction that is done.
    """

    def __init__(
        self, requests: Iterable[SpeechRequest], synthesiser: Synthesiser, progress: Callable[[float], None]
    ) -> None:
        unspoken = [request for request in requests if not synthesiser.is_spoken(request)]
        self._open = {id(request): len(request.text) for request in unspoken}
        self._total = self._left = sum(self._open.values())
        self._progress = progress
        self._lock = threading.Lock()
        characters = Counter[str]()
        for request in unspoken:
            characters[request.voice.engine] += len(request.text)
        self.characters: Mapping[str, int] = characters
        """Number of characters by voice engine."""

    def finish(self, request: SpeechRequest) -> None:
        """Record that a request has been spoken."""
        with self._lock:
            if characters := self._open.pop(id(request), 0):
                self._left -= characters
                self._progress(1 - self._left / self._total)


class Mixer:
    """Recorder of utterances in one codec, rate and bitrate."""

    def __init__(
        self,
        synthesiser: Synthesiser,
        cache: StepCache,
        codec: Codec,
        *,
        rate: int,
        bitrate: int,
        speed: float,
        may_speak: bool = True,
    ) -> None:
        self._synthesiser = synthesiser
        self._cache = cache
        self._may_speak = may_speak
        self._codec = codec
        self._rate = rate
        self._bitrate = bitrate
        self._speed = speed
        self._gains: dict[str, float] = {}
        self._work = _SpeechWork((), synthesiser, lambda _share: None)

    def record(
        self, utterances: Iterable[Utterance], progress: Callable[[float], None] = lambda _share: None
    ) -> Iterator[RecordedSegment]:
        """Yield the segments in order, with one clip for each utterance.

        Args:
            utterances: The script.
            progress: Receives the fraction of the speech that is done, 0-1, after each utterance, on any thread.

        Raises:
            EngineError: An engine returned no sound for an utterance.
            UnspokenError: An utterance is not in the cache, and nothing may be spoken.
        """
        self._gains = {}
        yield from self._record(utterances, progress)

    def record_more(self, utterances: Iterable[Utterance]) -> Iterator[RecordedSegment]:
        """Yield the segments of further utterances, as `record` does; voices recorded before keep their gain.

        Raises:
            EngineError: An engine returned no sound for an utterance.
            UnspokenError: An utterance is not in the cache, and nothing may be spoken.
        """
        yield from self._record(utterances, lambda _share: None)

    def _record(self, utterances: Iterable[Utterance], progress: Callable[[float], None]) -> Iterator[RecordedSegment]:
        requests = [self._synthesiser.request(utterance) for utterance in utterances]
        levels = self._levels([request for request in requests if request.voice.name not in self._gains])
        if unlevelled := [level for level in levels if not self._cache.holds(level.key)]:
            # Segments depend on the gains, so all that is not spoken is needed.
            self._work = _SpeechWork(requests, self._synthesiser, progress)
            self._refuse_to_speak()
        self._gains |= {level.voice: self._gain_of(level) for level in levels}
        missing = [r for group in _groups(requests) if not self._cache.holds(self._key(group)) for r in group.requests]
        if not unlevelled:
            self._work = _SpeechWork(missing, self._synthesiser, progress)
            self._refuse_to_speak()
        yield from self._segments(requests)

    def _refuse_to_speak(self) -> None:
        if self._work.characters and not self._may_speak:
            raise UnspokenError(self._work.characters)

    def _segments(self, requests: list[SpeechRequest]) -> Iterator[RecordedSegment]:
        queue: deque[tuple[str, Future[RecordedSegment] | RecordedSegment]] = deque()
        with ThreadPoolExecutor(SPEECH_THREADS, thread_name_prefix="speech") as pool:
            try:
                for group in _groups(requests):
                    key = self._key(group)
                    cached = self._cache.get(key)
                    queue.append((key, _decode(cached) or pool.submit(self._make, group)))
                    if len(queue) > SPEECH_THREADS:
                        yield self._finish(*queue.popleft())
                while queue:
                    yield self._finish(*queue.popleft())
            finally:
                pool.shutdown(cancel_futures=True)

    def _finish(self, key: str, segment: Future[RecordedSegment] | RecordedSegment) -> RecordedSegment:
        if isinstance(segment, RecordedSegment):
            return segment
        recorded = segment.result()
        self._cache.put(key, msgspec.msgpack.encode(recorded))
        return recorded

    def _levels(self, requests: list[SpeechRequest]) -> list[_Level]:
        """Return for each voice the utterances, spread over the whole text, that determine its gain."""
        by_voice: dict[str, list[SpeechRequest]] = {}
        for request in requests:
            by_voice.setdefault(request.voice.name, []).append(request)
        levels = []
        for name, voice_requests in by_voice.items():
            # The longest of each part of the text: single words say little about the loudness of a voice.
            step = max(1, len(voice_requests) // _LEVEL_REQUESTS)
            chosen = [
                max(voice_requests[at : at + step], key=lambda request: len(request.text))
                for at in range(0, len(voice_requests), step)
            ]
            key = self._cache_key("level", (self._synthesiser.key(request) for request in chosen))
            levels.append(_Level(name, chosen, key))
        return levels

    def _gain_of(self, level: _Level) -> float:
        cached = self._cache.get(level.key)
        if cached is None:
            with ThreadPoolExecutor(SPEECH_THREADS, thread_name_prefix="speech") as pool:
                spoken = [ffmpeg.resample(sound, self._rate) for sound in pool.map(self._speak, level.requests)]
            samples = pcm.silence(_LEVEL_PAUSE, self._rate).join(spoken)
            cached = repr(loudness.gain(samples, self._rate)).encode()
            self._cache.put(level.key, cached)
        return float(cached)

    def _speak(self, request: SpeechRequest) -> Sound:
        sound = self._synthesiser.speak(request)
        self._work.finish(request)
        return sound

    def _key(self, group: _Group) -> str:
        pauses = [repr(gap) for gap in _gaps(group)]
        parts = [f"{self._synthesiser.key(request)} {self._gain(request.voice)}" for request in group.requests]
        return self._cache_key("segment", [repr(self._codec), str(self._bitrate), *parts, *pauses])

    def _cache_key(self, kind: str, parts: Iterable[str]) -> str:
        import av

        common = (_CACHE_FORMAT, av.__version__, str(self._rate), repr(loudness.LIMITER))
        return f"{kind}-" + hashlib.sha256("\0".join((*common, *parts)).encode()).hexdigest()

    def _gain(self, voice: Voice) -> float:
        return self._gains[voice.name]

    def _make(self, group: _Group) -> RecordedSegment:
        clips: list[Clip] = []

        def pieces() -> Iterator[tuple[bytes, float]]:
            position = 0
            for request, gap in zip(group.requests, _gaps(group), strict=True):
                sound = self._speak(request)
                samples = ffmpeg.resample(sound, self._rate)
                clips.append(Clip(position, position + len(samples) // 2, find_issue(request.text, sound, self._speed)))
                yield samples, self._gain(request.voice)
                pause = pcm.silence(gap, self._rate)
                yield pause, self._gain(request.voice)
                position += (len(samples) + len(pause)) // 2

        segment = encode.encode(pieces(), self._codec, self._rate, self._bitrate)
        return RecordedSegment(segment, tuple(clips))


def _decode(cached: bytes | None) -> RecordedSegment | None:
    if cached is None:
        return None
    try:
        return msgspec.msgpack.decode(cached, type=RecordedSegment)
    except msgspec.MsgspecError:
        return None


def _groups(requests: list[SpeechRequest]) -> Iterator[_Group]:
    """Yield the requests in groups, one for each segment; every chapter begins one."""
    group: list[SpeechRequest] = []
    size = 0
    for request, following in zip(requests, [*requests[1:], None], strict=True):
        group.append(request)
        size += len(request.text)
        ends = following is None or following.utterance.chapter != request.utterance.chapter
        if ends or size > _MAX_CHARACTERS:
            yield _Group(tuple(group), _gap(request, following))
            group, size = [], 0


def _gap(request: SpeechRequest, following: SpeechRequest | None) -> float:
    """Return the silence after a request: the longer one of the pauses on both sides."""
    return max(request.utterance.after, following.utterance.before) if following else _FINAL_PAUSE


def _gaps(group: _Group) -> list[float]:
    inner = [_gap(request, following) for request, following in zip(group.requests, group.requests[1:], strict=False)]
    return [*inner, group.last_pause]
