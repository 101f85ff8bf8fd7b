"""Speech session of a publication: its voices, its script and its mixer."""

from __future__ import annotations

from copy import copy
from typing import Protocol, Self

from exporter.contracts import WriteContext
from exporter.lexicon import Lexicons
from exporter.model import Publication
from exporter.speech.codec import AAC, Codec
from exporter.speech.mix import Mixer
from exporter.speech.options import ColumnHeaders, NotePlacement, SpeechOptions
from exporter.speech.own_abbreviations import OwnAbbreviations
from exporter.speech.script import build_script
from exporter.speech.synthesiser import Synthesiser
from exporter.speech.voice_selection import VoiceSelection


class SpeechSettings(Protocol):
    """The speech settings of the audio edition."""

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
    @property
    def column_headers(self) -> ColumnHeaders: ...
    @property
    def voice_change_words(self) -> int: ...


class SpeechSession:
    """Voices, script and mixer of a recording; editions with the same settings share its segments through the cache."""

    def __init__(
        self,
        publication: Publication,
        context: WriteContext,
        settings: SpeechSettings,
        bitrate: int,
        codec: Codec = AAC,
    ) -> None:
        """Select voices and build the script.

        Args:
            publication: With IDs on its nodes.
            context: With labels, lexicons and cached recordings.
            settings: Speech settings.
            bitrate: Thousands of bits a second.
            codec: Audio codec.

        Raises:
            MissingToolError: The requested voice is not installed, or none speaks the language.
            SettingsError: There is no such voice, or a lexicon is invalid.
        """
        lexicons = Lexicons(context.styles)
        self.voice_selection = VoiceSelection(publication, context.labels, settings.voice)
        options = SpeechOptions(
            notes=settings.notes,
            announce_references=settings.note_references,
            list_from=settings.list_from,
            column_headers=settings.column_headers,
            voice_change_words=settings.voice_change_words,
            shared_voices=self.voice_selection.shared,
            read_by=self.voice_selection.narrator_credit(),
        )
        self.script = build_script(publication, context.labels, lexicons, options)
        self.voice_selection.check(utterance.language for utterance in self.script.utterances)
        self.rate = self.voice_selection.rate()
        """Samples a second."""
        self.bitrate = bitrate * 1000
        """Bits a second."""
        self.codec = codec
        self._synthesiser = Synthesiser(
            self.voice_selection,
            OwnAbbreviations(publication, lexicons),
            context.recordings,
            settings.speed,
            context.spoken,
        )
        self._context, self._speed = context, settings.speed
        self.mixer = self._mixer()

    def with_bitrate(self, bitrate: int) -> Self:
        """Return the same session at another bitrate, in thousands of bits a second."""
        other = copy(self)
        other.bitrate = bitrate * 1000
        other.mixer = other._mixer()
        return other

    def _mixer(self) -> Mixer:
        cache = self._context.recordings
        return Mixer(
            self._synthesiser,
            cache,
            self.codec,
            rate=self.rate,
            bitrate=self.bitrate,
            speed=self._speed,
            may_speak=self._context.may_speak,
        )
