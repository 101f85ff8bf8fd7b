"""How much of the recordings a recogniser understands: the share of words that Whisper mishears, by voice and language.

Our own publications are read as the audio edition reads them. Minutes of each, spread over the whole of it, are heard
half a minute at a time, and what is heard is compared with the words of the manuscript and of the announcements.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from exporter.labels import Labels
from exporter.lexicon import Lexicons
from exporter.model import Publication
from exporter.readers import markdown
from exporter.speech import ffmpeg, pcm
from exporter.speech.engines import kokoro
from exporter.speech.script import build_script
from exporter.speech.synthesiser import SpeechRequest, Synthesiser
from exporter.speech.voice_selection import VoiceSelection
from tests.bench import alike, whisper

ROOT = Path(__file__).resolve().parents[2]
MOST = {("kokoro", "en"): 0.05, ("kokoro", "es"): 0.08}
"""Share of words that may be misheard, by engine and language."""
ENGINES = ("kokoro", "espeak-ng")
MINUTES = 3.0
_BETWEEN = 0.4
"""Seconds of silence between utterances."""


class Heard(NamedTuple):
    """A stretch of half a minute."""

    language: str
    """Without its region: of the passage, not of the publication."""
    said: list[str]
    heard: list[str]


class _Memo:
    """Keeps what was said during this run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def holds(self, key: str) -> bool:
        return key in self._kept

    def put(self, key: str, data: bytes) -> None:
        self._kept[key] = data


def report(minutes: float = MINUTES) -> bool:
    """Print the shares; tell whether none is larger than it may be."""
    if problem := kokoro.missing():
        Console(stderr=True).print(f"Recognition was not measured. {problem}")
        return False
    from jiwer import process_words

    found: dict[tuple[str, str], list[Heard]] = {}
    for path in sorted((ROOT / "input").glob("*/manuscript.md")):
        publication = markdown.read(path.read_bytes(), path.name).publication
        language = publication.metadata.language.partition("-")[0]
        if language not in ("en", "es"):
            continue
        for engine in ENGINES:
            for heard in _listen(publication, engine, minutes):
                found.setdefault((engine, heard.language), []).append(heard)
    table = Table("engine", "language", "words", "misheard", "at most", title="What Whisper base hears")
    good = True
    for (engine, language), stretches in sorted(found.items()):
        told = process_words([" ".join(each.said) for each in stretches], [" ".join(each.heard) for each in stretches])
        most = MOST.get((engine, language))
        good = good and (most is None or told.wer <= most)
        count = sum(len(each.said) for each in stretches)
        table.add_row(engine, language, f"{count}", f"{told.wer:.1%}", "" if most is None else f"{most:.0%}")
    Console().print(table)
    return good


def _listen(publication: Publication, engine: str, minutes: float) -> Iterator[Heard]:
    """Yield what is heard of a publication, read by an engine."""
    labels, lexicons = Labels.load(ROOT / "styles", publication.metadata.language), Lexicons(ROOT / "styles")
    cast = VoiceSelection(publication, labels, engine)
    studio = Synthesiser(cast, lexicons, _Memo(), 1.0)
    lines = [studio.request(each) for each in build_script(publication, labels, lexicons).utterances]
    groups = list(_groups([line for line in lines if line.voice.engine == engine]))
    wanted = max(1, round(minutes * 60 / whisper.LONGEST))
    for place in sorted({round(step * (len(groups) - 1) / max(1, wanted - 1)) for step in range(wanted)}):
        group, pcm = _spoken(groups[place], studio)
        lexicon = lexicons(group[0].utterance.language)
        language = lexicon.language.partition("-")[0]
        heard = whisper.hear(pcm, language)
        said = " ".join(line.utterance.spoken for line in group)
        yield Heard(language, alike.words(said, lexicon), alike.words(heard, lexicon))


def _spoken(group: list[SpeechRequest], studio: Synthesiser) -> tuple[list[SpeechRequest], bytes]:
    """Return as many lines as can be heard at once, one at least, and their sound."""
    samples = b""
    for count, line in enumerate(group):
        more = ffmpeg.resample(studio.speak(line), whisper.RATE) + pcm.silence(_BETWEEN, whisper.RATE)
        if count and len(samples) + len(more) > whisper.LONGEST * whisper.RATE * 2:
            return group[:count], samples
        samples += more
    return group, samples


def _groups(lines: list[SpeechRequest]) -> Iterator[list[SpeechRequest]]:
    """Yield lines that follow each other, in one language, that take about half a minute."""
    group: list[SpeechRequest] = []
    length = 0
    for line in lines:
        # A letter takes a voice a fifteenth of a second, at the slowest that is usual.
        fits = length + len(line.text) <= (whisper.LONGEST - 4) * 14
        if group and (not fits or line.utterance.language != group[0].utterance.language):
            yield group
            group, length = [], 0
        group.append(line)
        length += len(line.text) + 6
    if group:
        yield group
