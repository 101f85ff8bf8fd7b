"""Voice selection: a narrator for each language, and a voice for each speaker of the transcripts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from exporter.errors import MissingToolError, SettingsError
from exporter.findings import Finding, Rule, Severity
from exporter.labels import Labels
from exporter.model import Publication, Speaker
from exporter.speech import audio_credits
from exporter.speech.engines import LISTED, Engine, Gender, Voice, engine, engines

AUTO = "auto"
"""The setting for the best installed voice that needs no network."""

VOICE_MISSING = Rule(
    id="voice-missing",
    severity=Severity.WARNING,
    sentence="Each passage is read by a voice of its language.",
    advice="Install a voice engine that has the language, or check the language tag; exporter voices lists them.",
    clause="WCAG 3.1.2",
)
VOICE_USES_NETWORK = Rule(
    id="voice-network",
    severity=Severity.NOTE,
    sentence="The text stays on this machine while it is spoken.",
    advice="Choose another voice (--voice auto) for texts that must not leave the machine.",
)
VOICE_UNKNOWN = Rule(
    id="voice-unknown",
    severity=Severity.WARNING,
    sentence="Every voice that a manuscript names exists.",
    advice="Use a name that exporter voices --lang TAG lists, or female or male, or remove the name.",
)

_OTHER_LANGUAGE = 1000
_SAME_LANGUAGE = 9
"""Distance in CLDR up to which two tags are one language in two regions."""


class VoiceSelection:
    """The voices of one recording."""

    def __init__(self, publication: Publication, labels: Labels, requested: str = AUTO) -> None:
        """Choose voices.

        Args:
            publication: With the languages and speakers that need voices.
            labels: In its language.
            requested: `auto`, the name of an engine, or the name of a voice as `exporter voices` lists it.

        Raises:
            SettingsError: There is no such engine or voice.
            MissingToolError: The engine is not installed, or no voice speaks the language of the document.
        """
        self.findings: list[Finding] = []
        self._labels = labels
        self._language = publication.metadata.language or labels.language
        self._is_automatic = requested == AUTO
        self._engines = _usable_engines(requested)
        self._voices = [voice for engine_ in self._engines for voice in engine_.voices()]
        self._by_name = {voice.name: voice for voice in self._voices}
        self._narrator = self._by_name.get(requested) or _first_of(self._voices, requested)
        if "/" in requested and self._narrator is None:
            raise _unknown_voice(requested, self._engines)
        self._pools: dict[str, list[Voice]] = {}
        if not self._pool(self._language):
            raise MissingToolError(
                f"No installed voice speaks the language of the document ({self._language}).",
                advice=VOICE_MISSING.advice,
            )
        for engine_ in self._engines:
            if engine_.NETWORK and any(voice.engine == engine_.NAME for voice in self._pool(self._language)[:1]):
                self.findings.append(
                    VOICE_USES_NETWORK.finding(f"The text was sent to the servers of {engine_.TITLE}, as requested.")
                )
        self._slots: dict[str, int] = {}
        self.shared = self._assign(audio_credits.speakers(publication))

    def voice(self, language: str, speaker: str = "") -> Voice:
        """Return the voice of an utterance; `speaker` is empty for the narrator."""
        pool = self._pool(language)
        if not pool:
            pool = self._pool(self._language)
        slot = self._slots.get(speaker, 0)
        if slot < len(pool):
            return pool[slot]
        # If a language has fewer voices, speakers share one, but not that of the narrator if there is another.
        return pool[1 + (slot - 1) % (len(pool) - 1)] if len(pool) > 1 else pool[0]

    def engine(self, voice: Voice) -> Engine:
        """Return the engine of a voice."""
        return next(candidate for candidate in self._engines if voice.engine == candidate.NAME)

    def rate(self) -> int:
        """Return the sample rate of the recording, which is that of the narrator's engine."""
        return self.engine(self._pool(self._language)[0]).RATE

    def check(self, languages: Iterable[str]) -> None:
        """Add a finding for each language without a voice."""
        for language in sorted(set(languages)):
            if not self._pool(language):
                name = self._labels.language_name(self._language)
                self.findings.append(
                    VOICE_MISSING.finding(
                        f"No installed voice speaks “{language}”; its passages are read by a voice for {name}."
                    )
                )

    def narrator_credit(self) -> str:
        """Return the narrator for the closing credits: the engine and the language of the voice."""
        lead = self._pool(self._language)[0]
        return f"{self.engine(lead).TITLE} ({self._labels.language_name(lead.language)})"

    def _pool(self, language: str) -> list[Voice]:
        """Return the voices for a language, the narrator first; empty if there is none."""
        if language not in self._pools:
            self._pools[language] = self._voices_for(language)
        return self._pools[language]

    def _voices_for(self, language: str) -> list[Voice]:
        if self._narrator and _distance(language, self._narrator.language) <= _SAME_LANGUAGE:
            others = [
                voice
                for voice in self._voices
                if (voice.engine, voice.language) == (self._narrator.engine, self._narrator.language)
                and voice != self._narrator
            ]
            return [self._narrator, *others]
        order = {engine_.NAME: position for position, engine_ in enumerate(self._engines)}
        best: dict[tuple[str, str], tuple[int, int, int, int, str]] = {}
        for voice in self._voices:
            key = (voice.engine, voice.language)
            if key not in best:
                distance = _distance(language, voice.language)
                if distance <= _SAME_LANGUAGE:
                    is_preferred = order[voice.engine] == 0 or self._is_automatic
                    best[key] = (not is_preferred, voice.quality.rank, distance, order[voice.engine], voice.language)
        if not best:
            return []
        first, *alternatives = sorted(best, key=lambda key: best[key])
        pool = [voice for voice in self._voices if (voice.engine, voice.language) == first]
        if len(pool) == 1 and alternatives:
            # A voice of another engine is easier to distinguish than a second speaker with the narrator's voice.
            pool += [voice for voice in self._voices if (voice.engine, voice.language) == alternatives[0]]
        return pool

    def _assign(self, speakers: list[Speaker]) -> frozenset[str]:
        """Assign each speaker a voice, the same for the same name if possible; return the speakers who share one."""
        pool = self._pool(self._language)
        speaker_by_slot: dict[int, str] = {}
        shared: set[str] = set()
        for speaker in speakers:
            if audio_credits.is_narrator(speaker.name, self._labels):
                self._slots[speaker.name] = 0
                continue
            slots = self._suitable_slots(speaker, pool)
            start = int.from_bytes(hashlib.sha256(speaker.name.encode()).digest()[:4])
            preferred = [slots[(start + step) % len(slots)] for step in range(len(slots))]
            slot = next((candidate for candidate in preferred if candidate not in speaker_by_slot), preferred[0])
            if slot in speaker_by_slot or slot == 0:
                shared |= {speaker.name, speaker_by_slot.get(slot, speaker.name)}
            speaker_by_slot.setdefault(slot, speaker.name)
            self._slots[speaker.name] = slot
        return frozenset(shared)

    def _suitable_slots(self, speaker: Speaker, pool: list[Voice]) -> list[int]:
        """Return the indices of the voices in the pool that match the manuscript's request; never empty."""
        all_slots = list(range(1, len(pool))) or [0]
        requested = speaker.voice.strip()
        if not requested:
            return all_slots
        if requested.lower() in (Gender.FEMALE, Gender.MALE):
            return [slot for slot in all_slots if pool[slot].gender == requested.lower()] or all_slots
        named = [slot for slot, voice in enumerate(pool) if requested in _names(pool[slot])]
        if not named:
            self.findings.append(VOICE_UNKNOWN.finding(f"Unknown voice “{requested}” for {speaker.name}."))
        return named or all_slots


def refuse_unknown(requested: str) -> None:
    """Check that a voice exists, unless its engine is not installed.

    Raises:
        SettingsError: There is no such engine, or it is installed and has no such voice.
    """
    if requested == AUTO:
        return
    chosen = engine(requested.partition("/")[0])
    if "/" not in requested or chosen.missing():
        return
    voices = chosen.voices()
    if not any(voice.name == requested for voice in voices) and _first_of(voices, requested) is None:
        raise _unknown_voice(requested, [chosen])


def _unknown_voice(requested: str, candidates: Iterable[Engine]) -> SettingsError:
    problems = [problem for engine in candidates for problem in engine.problems()]
    return SettingsError(f"Unknown voice “{requested}”.", advice=" ".join((*problems, LISTED)))


def _first_of(voices: Iterable[Voice], file: str) -> Voice | None:
    """Return the first voice of a file with several voices, or None if the name is not that of a file."""
    return next((voice for voice in voices if "/" in file and voice.name.startswith(f"{file}/")), None)


def _names(voice: Voice) -> tuple[str, str, str]:
    """Return the names that a manuscript may use for a voice: in full, its last part, and its variant."""
    return voice.name, voice.name.rpartition("/")[2], voice.name.partition("+")[2]


def _usable_engines(requested: str) -> list[Engine]:
    """Return the engines that may be used, the requested one first."""
    local = [candidate for candidate in engines() if not candidate.NETWORK and not candidate.missing()]
    if requested == AUTO:
        return local
    chosen = engine(requested.partition("/")[0])
    if problem := chosen.missing():
        raise MissingToolError(problem)
    return [chosen, *(candidate for candidate in local if candidate.NAME != chosen.NAME)]


@cache
def _distance(text_language: str, voice_language: str) -> int:
    """Return the CLDR distance between the language of a text and that of a voice; 0 is the same."""
    import langcodes

    # A voice is not bound to a script: only the language has to match.
    spoken = "-".join(part for part in text_language.split("-") if not (len(part) == 4 and part.isalpha()))
    if spoken.split("-")[0].lower() not in (voice_language.split("-", maxsplit=1)[0].lower(), "zh", "no"):
        return _OTHER_LANGUAGE
    try:
        return langcodes.tag_distance(spoken, voice_language)
    except ValueError:
        return _OTHER_LANGUAGE
