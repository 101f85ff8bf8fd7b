"""What recording takes: five hours with eSpeak NG, a sentence that changed, and Kokoro on two cores against one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from rich.console import Console
from rich.table import Table

from exporter import transforms
from exporter.labels import Labels
from exporter.lexicon import Lexicons
from exporter.readers import markdown
from exporter.speech.engines import Voice, kokoro
from exporter.speech.script import build_script
from exporter.speech.synthesiser import Synthesiser
from exporter.speech.voice_selection import VoiceSelection
from tests.bench.cost import measure
from tests.proof import benchmark
from tests.speech.engines import small_voice

ROOT = Path(__file__).resolve().parents[2]
CPU, MEMORY = 240.0, 300.0
"""CPU seconds and MB that the whole benchmark may take with eSpeak NG, encoding included."""
FASTER = 1.9
"""How much faster two cores have to be than one."""
RUNS = 3
_SENTENCES = 12


def report(folder: Path) -> bool:
    """Print the figures; tell whether every target is met."""
    table = Table("what", "figure", "target", title="Recording")
    good = True
    for measured in (_espeak(folder), _changed(folder), _cores()):
        for what, figure, target, met in measured:
            table.add_row(what, figure if met else f"{figure} (missed)", target)
            good = good and met
    Console().print(table)
    return good


Row = tuple[str, str, str, bool]


def _espeak(folder: Path) -> Iterable[Row]:
    """Measure the audio edition of the benchmark, from an empty store, checks and report included."""
    source = benchmark.write(folder / "recorded")
    output = folder / "output-recorded"
    options = ["-o", str(output), "--store", str(folder / "store-recorded"), "--to", "audio", "--voice", "espeak-ng"]
    cost = measure([sys.executable, "-m", "exporter", "export", str(source), *options, "--progress", "none"])
    hours = _hours(output / "recorded" / "recorded.m4b") if cost.code == 0 else 0.0
    yield "benchmark with eSpeak NG", f"{hours:.1f} hours", "made", cost.code == 0
    yield "  CPU seconds", f"{cost.cpu:.0f}", f"at most {CPU:.0f}", cost.cpu <= CPU
    yield "  peak MB", f"{cost.memory:.0f}", f"at most {MEMORY:.0f}", cost.memory <= MEMORY


def _hours(path: Path) -> float:
    import av

    with av.open(str(path)) as opened:
        return (opened.duration or 0) / 1_000_000 / 3600


def _changed(folder: Path) -> Iterable[Row]:
    """Count what is spoken again when one sentence changes, with a voice that hums, so that it takes no time."""
    voice = small_voice.write(folder)
    text = benchmark.write(folder / "changed").read_text("utf-8")
    sentence = next(line for line in text.splitlines() if line[:1].isupper() and len(line) > 200).partition(".")[0]
    changed = text.replace(sentence, f"{sentence} again", 1)
    assert changed != text
    with mock.patch.dict(os.environ, EXPORTER_PIPER_VOICES=str(voice)):
        kept = _Kept()
        whole = _speak(text, kept)
        again = _speak(changed, kept)
    yield "sentences of the benchmark", f"{whole}", "many", whole > 1000
    yield "  spoken again after a change of one", f"{again}", "exactly 1", again == 1


class _Kept:
    """A memo that counts what is put into it."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self.count = 0

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def holds(self, key: str) -> bool:
        return key in self._kept

    def put(self, key: str, data: bytes) -> None:
        self.count += 1
        self._kept[key] = data


def _speak(text: str, kept: _Kept) -> int:
    """Speak a manuscript and give how many sentences were not kept already."""
    publication = transforms.apply(markdown.read(text.encode(), "manuscript.md").publication, "recorded")
    labels, lexicons = Labels.load(ROOT / "styles", publication.metadata.language), Lexicons(ROOT / "styles")
    studio = Synthesiser(VoiceSelection(publication, labels, "piper/hum"), lexicons, kept, 1.0)
    before = kept.count
    for utterance in build_script(publication, labels, lexicons).utterances:
        line = studio.request(utterance)
        if line.voice.engine == "piper":
            studio.speak(line)
    return kept.count - before


def _cores() -> Iterable[Row]:
    """Measure how long Kokoro takes for the same sentences on one core and on two."""
    target = f"at least {FASTER}"
    if problem := kokoro.missing():
        yield "Kokoro on two cores", problem, target, False
        return
    if len(os.sched_getaffinity(0)) < 2:
        yield "Kokoro on two cores", "there is one core", target, False
        return
    voice = kokoro.voices()[0]
    sentences = _some_sentences()
    kokoro.speak(sentences[0], voice, 1.0)
    # By turns, so that whatever else the machine does falls upon both.
    runs = [[_timed(sentences, voice, threads) for threads in (1, 2)] for _ in range(RUNS)]
    alone, together = (min(each) for each in zip(*runs, strict=True))
    ratio = alone.seconds / together.seconds
    told = f"load {os.getloadavg()[0]:.1f}, CPU × {together.cpu / alone.cpu:.2f}"
    yield "Kokoro on two cores, as fast as on one", f"{ratio:.2f} ({told})", target, ratio >= FASTER


class _Timed(NamedTuple):
    seconds: float
    cpu: float
    """CPU seconds: what they grow by on two cores is lost to the cores in each other's way, and to no lock."""


def _timed(sentences: list[str], voice: Voice, threads: int) -> _Timed:
    begin, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda text: kokoro.speak(text, voice, 1.0), sentences))
    return _Timed(time.perf_counter() - begin, time.process_time() - cpu)


def _some_sentences() -> list[str]:
    """Return sentences of one of our own publications, the longest first, so that both cores end together."""
    path = ROOT / "input" / "asylum-dispatch" / "manuscript.md"
    publication = markdown.read(path.read_bytes(), path.name).publication
    labels, lexicons = Labels.load(ROOT / "styles", publication.metadata.language), Lexicons(ROOT / "styles")
    texts = [
        each.spoken for each in build_script(publication, labels, lexicons).utterances if 20 < len(each.spoken) < 120
    ]
    return sorted(texts[:_SENTENCES], key=len, reverse=True)
