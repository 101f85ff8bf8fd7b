"""One utterance at a time: its text made readable, a voice found, spoken or taken from what was kept, and checked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from enum import StrEnum

import msgspec

from exporter.contracts import StepCache
from exporter.lexicon import Lexicon
from exporter.speech import flac, pcm
from exporter.speech.engines import EngineError, Sound, Voice
from exporter.speech.normalisation.symbols import signs
from exporter.speech.normalise import normalise
from exporter.speech.utterance import Utterance
from exporter.speech.voice_selection import VoiceSelection


class ClipIssue(StrEnum):
    """What can be wrong with a clip."""

    SILENT = "silent"
    SHORT = "short"
    LONG = "long"
    NOISE = "noise"


class SpeechRequest(msgspec.Struct, frozen=True):
    """An utterance on its way to sound."""

    utterance: Utterance
    text: str
    """As the engine is given it."""
    voice: Voice
    instead: str = ""
    """What the engine is given where it makes no sound of `text`: the names of its signs."""


_QUIET = 150
"""Loudest sample under which nobody hears anything, of 32768."""
_FASTEST = 0.018
"""Seconds that the quickest voice needs for a letter."""
_SLOWEST_LETTER, _SLOWEST_SIGN = 0.45, 1.6
"""Seconds that the slowest voice needs for a letter, and for a digit or a sign that becomes a word or more."""
_SLACK = 2.0
_JUDGED = 1.0
"""Seconds that a clip has to last for noise to be told from speech: a vowel alone is steady too."""


class Synthesiser:
    """Speaks lines; may be used by several threads."""

    def __init__(self, cast: VoiceSelection, lexicon: Callable[[str], Lexicon], memo: StepCache, speed: float) -> None:
        self._cast = cast
        self._lexicon = lexicon
        self._memo = memo
        self._speed = speed
        self._lock = threading.Lock()

    def line(self, utterance: Utterance) -> SpeechRequest:
        """Return an utterance with what the engine is given and the voice that says it."""
        voice = self._cast.voice(utterance.language, utterance.speaker)
        lexicon = self._lexicon(utterance.language)
        text = normalise(utterance.spoken, lexicon)
        return SpeechRequest(utterance, text, voice, "" if any(map(str.isalnum, text)) else signs(text, lexicon))

    def key(self, line: SpeechRequest) -> str:
        """Return the name of all that decides the sound of a line."""
        engine = self._cast.engine(line.voice)
        parts = (
            engine.NAME,
            engine.version(),
            f"{line.voice.name}{line.voice.digest}",
            f"{self._speed:.3f}",
            line.text,
            *filter(None, (line.instead,)),
        )
        return "speech-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def speak(self, line: SpeechRequest) -> Sound:
        """Return the sound of a line, silence around it cut off.

        Raises:
            EngineError: The engine gave none; it says where the text stands.
        """
        engine = self._cast.engine(line.voice)
        if not engine.KEEP:
            return self._synthesise(line)
        key = self.key(line)
        with self._lock:
            kept = self._memo.get(key)
        if kept is not None and (heard := flac.decode(kept)) is not None:
            return heard
        heard = self._synthesise(line)
        if find_issue(line.text, heard, self._speed) is None:
            data = flac.encode(heard)
            with self._lock:
                self._memo.put(key, data)
        return heard

    def _synthesise(self, line: SpeechRequest) -> Sound:
        engine = self._cast.engine(line.voice)
        try:
            heard = engine.speak(line.text, line.voice, self._speed)
            if line.instead and not pcm.is_heard(heard.pcm, _QUIET):
                heard = engine.speak(line.instead, line.voice, self._speed)
        except EngineError as error:
            error.source = error.source or line.utterance.source
            raise
        return Sound(pcm.trim(heard.pcm), heard.rate)


def find_issue(text: str, heard: Sound, speed: float) -> ClipIssue | None:
    """Return what is wrong with a clip for its text; None when nothing is.

    Args:
        text: What was to be said.
        heard: What was said.
        speed: The pace that was asked for.
    """
    if not pcm.is_heard(heard.pcm, _QUIET):
        return ClipIssue.SILENT
    letters = sum(char.isalpha() for char in text)
    signs = sum(not char.isalpha() and not char.isspace() for char in text)
    if heard.seconds < letters * _FASTEST / speed:
        return ClipIssue.SHORT
    if heard.seconds > _SLACK + (letters * _SLOWEST_LETTER + signs * _SLOWEST_SIGN) / speed:
        return ClipIssue.LONG
    if heard.seconds >= _JUDGED and pcm.is_steady(heard.pcm, heard.rate):
        return ClipIssue.NOISE
    return None
