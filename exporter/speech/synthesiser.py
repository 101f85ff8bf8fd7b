"""Synthesiser of single utterances: normalised, spoken by a voice or read from the cache, and checked."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from enum import StrEnum

import msgspec

from exporter.contracts import StepCache
from exporter.lexicon import Lexicon
from exporter.speech import ffmpeg, pcm
from exporter.speech.engines import EngineError, Sound, Voice
from exporter.speech.normalisation.symbols import name_symbols
from exporter.speech.normalise import normalise
from exporter.speech.utterance import Utterance
from exporter.speech.voice_selection import VoiceSelection


class ClipIssue(StrEnum):
    """Defect of a clip."""

    SILENT = "silent"
    SHORT = "short"
    LONG = "long"
    NOISE = "noise"


class SpeechRequest(msgspec.Struct, frozen=True):
    """An utterance with its voice and the text for the engine."""

    utterance: Utterance
    text: str
    """Normalised text."""
    voice: Voice
    fallback_text: str = ""
    """Names of the symbols in `text`, if it has no words; used if the engine returns silence."""


_SILENCE_PEAK = 150
"""Highest peak of silence, of 32768."""
_MIN_PER_LETTER = 0.018
"""Seconds that the fastest voice needs for a letter."""
_MAX_PER_LETTER, _MAX_PER_SYMBOL = 0.45, 1.6
"""Seconds that the slowest voice needs for a letter, and for a digit or symbol, which becomes a word or more."""
_TOLERANCE = 2.0
_MIN_FOR_NOISE = 1.0
"""Seconds from which a clip is checked for noise; a single vowel is as steady as noise."""


class Synthesiser:
    """Synthesiser of speech requests; safe for use by several threads."""

    def __init__(
        self,
        voice_selection: VoiceSelection,
        lexicon: Callable[[str], Lexicon],
        cache: StepCache,
        speed: float,
        spoken: Callable[[str, int, float, float], None] = lambda _engine, _characters, _sound, _work: None,
    ) -> None:
        self._voice_selection = voice_selection
        self._lexicon = lexicon
        self._cache = cache
        self._speed = speed
        self._spoken = spoken
        self._lock = threading.Lock()

    def request(self, utterance: Utterance) -> SpeechRequest:
        """Return the request for an utterance: its voice and normalised text."""
        voice = self._voice_selection.voice(utterance.language, utterance.speaker)
        lexicon = self._lexicon(utterance.language)
        text = normalise(utterance.spoken, lexicon)
        return SpeechRequest(utterance, text, voice, "" if any(map(str.isalnum, text)) else name_symbols(text, lexicon))

    def key(self, request: SpeechRequest) -> str:
        """Return the cache key of a request."""
        engine = self._voice_selection.engine(request.voice)
        parts = (
            engine.NAME,
            engine.version(),
            f"{request.voice.name}{request.voice.digest}",
            f"{self._speed:.3f}",
            request.text,
            *filter(None, (request.fallback_text,)),
        )
        return "speech-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def is_spoken(self, request: SpeechRequest) -> bool:
        """Return whether the sound of a request is in the cache."""
        return self._voice_selection.engine(request.voice).KEEP and self._cache.holds(self.key(request))

    def speak(self, request: SpeechRequest) -> Sound:
        """Return the sound of a request, without silence around it.

        Raises:
            EngineError: The engine returned none; the error has the source of the text.
        """
        engine = self._voice_selection.engine(request.voice)
        if not engine.KEEP:
            return self._synthesise(request)
        key = self.key(request)
        with self._lock:
            cached = self._cache.get(key)
        if cached is not None and (sound := ffmpeg.decode_flac(cached)) is not None:
            return sound
        sound = self._synthesise(request)
        if find_issue(request.text, sound, self._speed) is None:
            data = ffmpeg.encode_flac(sound)
            with self._lock:
                self._cache.put(key, data)
        return sound

    def _synthesise(self, request: SpeechRequest) -> Sound:
        engine = self._voice_selection.engine(request.voice)
        # The work of a server is not of this machine: its answer is waited for.
        clock = time.monotonic if engine.NETWORK else time.thread_time
        began = clock()
        try:
            sound = engine.speak(request.text, request.voice, self._speed)
            if request.fallback_text and not pcm.is_audible(sound.pcm, _SILENCE_PEAK):
                sound = engine.speak(request.fallback_text, request.voice, self._speed)
        except EngineError as error:
            error.source = error.source or request.utterance.source
            raise
        self._spoken(engine.NAME, len(request.text), sound.seconds, clock() - began)
        return Sound(pcm.trim(sound.pcm), sound.rate)


def find_issue(text: str, sound: Sound, speed: float) -> ClipIssue | None:
    """Return the defect of a clip, or None if there is none.

    Args:
        text: The text that was requested.
        sound: The clip.
        speed: The requested pace.
    """
    if not pcm.is_audible(sound.pcm, _SILENCE_PEAK):
        return ClipIssue.SILENT
    letters = sum(char.isalpha() for char in text)
    symbols = sum(not char.isalpha() and not char.isspace() for char in text)
    if sound.seconds < letters * _MIN_PER_LETTER / speed:
        return ClipIssue.SHORT
    if sound.seconds > _TOLERANCE + (letters * _MAX_PER_LETTER + symbols * _MAX_PER_SYMBOL) / speed:
        return ClipIssue.LONG
    if sound.seconds >= _MIN_FOR_NOISE and pcm.is_steady(sound.pcm, sound.rate):
        return ClipIssue.NOISE
    return None
