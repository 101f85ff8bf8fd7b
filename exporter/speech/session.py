"""A publication ready to be spoken: its voices, its script, and what makes sound of it."""

from __future__ import annotations

from copy import copy
from typing import Protocol, Self

from exporter.contracts import WriteContext
from exporter.lexicon import Lexicons
from exporter.model import Publication
from exporter.speech.codec import AAC, Codec
from exporter.speech.mix import Mixer
from exporter.speech.options import NotePlacement, SpeechOptions
from exporter.speech.script import build_script
from exporter.speech.synthesiser import Synthesiser
from exporter.speech.voice_selection import VoiceSelection


class SpeechSettings(Protocol):
    """What the settings of the audio edition say about the way it is spoken."""

    @property
    def voice(self) -> str: ...
    @property
    def speed(self) -> float: ...
    @property
    def notes(self) -> NotePlacement: ...
    @property
    def note_references(self) -> bool: ...
    @property
    def list_from(self) -> int: ...


class SpeechSession:
    """Two editions that are given the same wishes share every stretch of the recording through the memo."""

    def __init__(
        self, publication: Publication, context: WriteContext, wishes: SpeechSettings, bitrate: int, codec: Codec = AAC
    ) -> None:
        """Choose voices and write the script.

        Args:
            publication: With ids on its nodes.
            context: Whose labels, lexicons and recordings are used.
            wishes: How it is spoken.
            bitrate: Thousands of bits a second.
            codec: How the sound is packed.

        Raises:
            MissingToolError: The voice that was asked for is not installed, or none speaks the language.
            SettingsError: There is no such voice, or a lexicon is wrong.
        """
        lexicons = Lexicons(context.styles)
        self.cast = VoiceSelection(publication, context.labels, wishes.voice)
        options = SpeechOptions(
            notes=wishes.notes,
            announce_references=wishes.note_references,
            list_from=wishes.list_from,
            shared_voices=self.cast.shared,
            read_by=self.cast.credits(),
        )
        self.script = build_script(publication, context.labels, lexicons, options)
        self.cast.check(utterance.language for utterance in self.script.utterances)
        self.rate = self.cast.rate()
        """Samples a second."""
        self.bitrate = bitrate * 1000
        """Bits a second."""
        self.codec = codec
        self._studio = Synthesiser(self.cast, lexicons, context.recordings, wishes.speed)
        self._workshop, self._speed = context, wishes.speed
        self.mixer = self._mixer()

    def at(self, bitrate: int) -> Self:
        """Return the same performance packed at another rate, in thousands of bits a second."""
        other = copy(self)
        other.bitrate = bitrate * 1000
        other.mixer = other._mixer()
        return other

    def _mixer(self) -> Mixer:
        memo = self._workshop.recordings
        return Mixer(self._studio, memo, self.codec, rate=self.rate, bitrate=self.bitrate, speed=self._speed)
