"""Who reads what: a voice for each language, and one of their own for the speakers of transcripts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from exporter.errors import MissingToolError, SettingsError
from exporter.findings import Finding, Rule, Severity
from exporter.labels import Labels
from exporter.model import Publication, Speaker
from exporter.speech import audio_credits
from exporter.speech.engines import LISTED, Engine, Gender, Voice, engine, engines

AUTO = "auto"
"""Take the best voice that is installed and needs no network."""

LANGUAGE_WITHOUT_VOICE = Rule(
    id="voice-missing",
    severity=Severity.WARNING,
    sentence="Each passage is read by a voice of its language.",
    advice="Install a voice engine that has the language, or check the language tag; exporter voices lists them.",
    clause="WCAG 3.1.2",
)
TEXT_LEAVES = Rule(
    id="voice-network",
    severity=Severity.NOTE,
    sentence="The text stays on this machine while it is spoken.",
    advice="Choose another voice (--voice auto) for what must not leave the machine.",
)
VOICE_UNKNOWN = Rule(
    id="voice-unknown",
    severity=Severity.WARNING,
    sentence="A voice that a manuscript asks for exists.",
    advice="Take a name that exporter voices --lang TAG lists, or female or male, or leave the choice to the exporter.",
)

_OTHER_LANGUAGE = 1000
_SAME_LANGUAGE = 9
"""Distance of CLDR up to which two tags are one language in two regions."""


class VoiceSelection:
    """The voices of one recording."""

    def __init__(self, publication: Publication, labels: Labels, wish: str = AUTO) -> None:
        """Choose voices.

        Args:
            publication: Whose languages and speakers need voices.
            labels: Fixed words in its language.
            wish: `auto`, the name of an engine, or the name of a voice as `exporter voices` lists it.

        Raises:
            SettingsError: The wish names no engine and no voice.
            MissingToolError: What was asked for is not installed, or no voice speaks the language of the document.
        """
        self.findings: list[Finding] = []
        self._labels = labels
        self._language = publication.metadata.language or labels.language
        self._free = wish == AUTO
        self._engines = _wanted(wish)
        self._voices = [voice for each in self._engines for voice in each.voices()]
        self._by_name = {voice.name: voice for voice in self._voices}
        self._lead = self._by_name.get(wish) or _first_of(self._voices, wish)
        if "/" in wish and self._lead is None:
            raise _unknown(wish, self._engines)
        self._pools: dict[str, list[Voice]] = {}
        if not self._pool(self._language):
            raise MissingToolError(
                f"No installed voice speaks the language of the document ({self._language}).",
                advice=LANGUAGE_WITHOUT_VOICE.advice,
            )
        for each in self._engines:
            if each.NETWORK and any(voice.engine == each.NAME for voice in self._pool(self._language)[:1]):
                self.findings.append(
                    TEXT_LEAVES.finding(f"{each.TITLE} was asked for: the text was sent to its servers.")
                )
        self._slots: dict[str, int] = {}
        self.shared = self._assign(audio_credits.speakers(publication))

    def voice(self, language: str, speaker: str = "") -> Voice:
        """Return who says an utterance; `speaker` is empty for the narrator."""
        pool = self._pool(language)
        if not pool:
            pool = self._pool(self._language)
        slot = self._slots.get(speaker, 0)
        if slot < len(pool):
            return pool[slot]
        # Where a language has fewer voices, speakers share, but not with the narrator while there is another one.
        return pool[1 + (slot - 1) % (len(pool) - 1)] if len(pool) > 1 else pool[0]

    def engine(self, voice: Voice) -> Engine:
        """Return the engine of a voice."""
        return next(each for each in self._engines if voice.engine == each.NAME)

    def rate(self) -> int:
        """Return the samples a second that the recording has: those of the narrator's engine."""
        return self.engine(self._pool(self._language)[0]).RATE

    def check(self, languages: Iterable[str]) -> None:
        """Add a finding for each language that nobody here speaks."""
        for language in sorted(set(languages)):
            if not self._pool(language):
                name = self._labels.language_name(self._language)
                self.findings.append(
                    LANGUAGE_WITHOUT_VOICE.finding(
                        f"No installed voice speaks “{language}”; its passages are read by a voice for {name}."
                    )
                )

    def credits(self) -> str:
        """Return who reads, for the words about the recording: the engine and the language it was made for."""
        lead = self._pool(self._language)[0]
        return f"{self.engine(lead).TITLE} ({self._labels.language_name(lead.language)})"

    def _pool(self, language: str) -> list[Voice]:
        """Return the voices for a language, the narrator's first; empty when nobody speaks it."""
        if language not in self._pools:
            self._pools[language] = self._find(language)
        return self._pools[language]

    def _find(self, language: str) -> list[Voice]:
        if self._lead and _distance(language, self._lead.language) <= _SAME_LANGUAGE:
            others = [
                voice
                for voice in self._voices
                if (voice.engine, voice.language) == (self._lead.engine, self._lead.language) and voice != self._lead
            ]
            return [self._lead, *others]
        order = {each.NAME: place for place, each in enumerate(self._engines)}
        best: dict[tuple[str, str], tuple[int, int, int, int, str]] = {}
        for voice in self._voices:
            key = (voice.engine, voice.language)
            if key not in best:
                distance = _distance(language, voice.language)
                if distance <= _SAME_LANGUAGE:
                    wanted = order[voice.engine] == 0 or self._free
                    best[key] = (not wanted, voice.quality.rank, distance, order[voice.engine], voice.language)
        if not best:
            return []
        first, *further = sorted(best, key=lambda key: best[key])
        pool = [voice for voice in self._voices if (voice.engine, voice.language) == first]
        if len(pool) == 1 and further:
            # A speaker who sounds like another machine is better told apart than one with the narrator's voice.
            pool += [voice for voice in self._voices if (voice.engine, voice.language) == further[0]]
        return pool

    def _assign(self, speakers: list[Speaker]) -> frozenset[str]:
        """Return each speaker a voice, the same one for the same name wherever it can be; returns who has to share."""
        pool = self._pool(self._language)
        taken: dict[int, str] = {}
        shared: set[str] = set()
        for speaker in speakers:
            if audio_credits.is_narrator(speaker.name, self._labels):
                self._slots[speaker.name] = 0
                continue
            slots = self._fitting(speaker, pool)
            start = int.from_bytes(hashlib.sha256(speaker.name.encode()).digest()[:4])
            turns = [slots[(start + step) % len(slots)] for step in range(len(slots))]
            slot = next((turn for turn in turns if turn not in taken), turns[0])
            if slot in taken or slot == 0:
                shared |= {speaker.name, taken.get(slot, speaker.name)}
            taken.setdefault(slot, speaker.name)
            self._slots[speaker.name] = slot
        return frozenset(shared)

    def _fitting(self, speaker: Speaker, pool: list[Voice]) -> list[int]:
        """Return the places in the pool that suit what the manuscript asks for; never empty."""
        every = list(range(1, len(pool))) or [0]
        wish = speaker.voice.strip()
        if not wish:
            return every
        if wish.lower() in (Gender.FEMALE, Gender.MALE):
            return [place for place in every if pool[place].gender == wish.lower()] or every
        named = [place for place, voice in enumerate(pool) if wish in _names(pool[place])]
        if not named:
            self.findings.append(
                VOICE_UNKNOWN.finding(f"{speaker.name} asks for a voice “{wish}” that does not exist.")
            )
        return named or every


def refuse_unknown(wish: str) -> None:
    """Refuse a wish that names no voice at all; one that has only not been installed yet may pass.

    Raises:
        SettingsError: There is no such engine, or it is here and has no such voice.
    """
    if wish == AUTO:
        return
    chosen = engine(wish.partition("/")[0])
    if "/" not in wish or chosen.missing():
        return
    voices = chosen.voices()
    if not any(voice.name == wish for voice in voices) and _first_of(voices, wish) is None:
        raise _unknown(wish, [chosen])


def _unknown(wish: str, asked: Iterable[Engine]) -> SettingsError:
    problems = [problem for engine in asked for problem in engine.problems()]
    return SettingsError(f"There is no voice “{wish}”.", advice=" ".join((*problems, LISTED)))


def _first_of(voices: Iterable[Voice], file: str) -> Voice | None:
    """Return the first of the voices that share a file, when a wish names the file."""
    return next((voice for voice in voices if "/" in file and voice.name.startswith(f"{file}/")), None)


def _names(voice: Voice) -> tuple[str, str, str]:
    """Return what a manuscript may call a voice: its whole name, the last part of it, and what follows the language."""
    return voice.name, voice.name.rpartition("/")[2], voice.name.partition("+")[2]


def _wanted(wish: str) -> list[Engine]:
    """Return the engines that may be used, the wanted one first."""
    local = [each for each in engines() if not each.NETWORK and not each.missing()]
    if wish == AUTO:
        return local
    chosen = engine(wish.partition("/")[0])
    if problem := chosen.missing():
        raise MissingToolError(problem)
    return [chosen, *(each for each in local if each.NAME != chosen.NAME)]


def _distance(wanted: str, offered: str) -> int:
    """Return how far a voice's language is from a text's, as CLDR counts; 0 is the same."""
    import langcodes

    # A voice reads one script or another: it is the language that has to fit.
    spoken = "-".join(part for part in wanted.split("-") if not (len(part) == 4 and part.isalpha()))
    if spoken.split("-")[0].lower() not in (offered.split("-", maxsplit=1)[0].lower(), "zh", "no"):
        return _OTHER_LANGUAGE
    try:
        return langcodes.tag_distance(spoken, offered)
    except ValueError:
        return _OTHER_LANGUAGE
