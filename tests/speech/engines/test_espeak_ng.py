import hashlib
import multiprocessing
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.speech import pcm
from exporter.speech.engines import engine, engines, espeak_ng

SENTENCES = {
    "espeak-ng/en-us+n0": "Thousands of people wait for months before a judge hears them.",
    "espeak-ng/en-us+f1": "Joy and zeal: the judge measured every vision.",
    "espeak-ng/es-419+n0": "Miles de personas esperan meses antes de que un juez las escuche.",
    "espeak-ng/ar+n0": "ينتظر آلاف الأشخاص شهورًا قبل أن يسمعهم قاضٍ.",
    "espeak-ng/ar+m1": "وكان ينتظر وكل من معه.",
    "espeak-ng/fr+f2": "Des milliers de personnes attendent des mois.",
    "espeak-ng/ru+m1": "Тысячи людей ждут месяцами.",
}
VOICES = {voice.name: voice for voice in espeak_ng.voices()}


def digests(seed: int) -> dict[str, str]:
    """What each sentence sounds like when all are said three times in an order of its own."""
    names = sorted(SENTENCES) * 3
    random.Random(seed).shuffle(names)
    found: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        pcm = espeak_ng.speak(SENTENCES[name], VOICES[name], 1.0).pcm
        found[name].add(hashlib.sha256(pcm).hexdigest())
    assert all(len(each) == 1 for each in found.values()), "a sentence depends on what was said before"
    return {name: each.pop() for name, each in found.items()}


def test_a_sentence_sounds_the_same_whatever_was_said_before() -> None:
    assert digests(1) == digests(2)


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_sentence_sounds_the_same_in_another_process(method: str) -> None:
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply(digests, (3,)) == digests(4)


def test_it_starts_where_the_path_of_temporary_files_is_long(tmp_path: Path) -> None:
    place = tmp_path / ("x" * 130)
    place.mkdir()
    code = "from exporter.speech.engines import espeak_ng; print(len(espeak_ng.voices()))"
    process = [sys.executable, "-c", code]
    environment = os.environ | {"TMPDIR": str(place), "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(process, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (said.stdout.strip(), said.stderr) == (str(len(espeak_ng.voices())), "")


def test_every_language_that_is_listed_can_be_spoken() -> None:
    narrators = [voice for voice in espeak_ng.voices() if voice.name.endswith("+n0")]
    assert len(narrators) > 100
    # A language without numerals of its own may have nothing to say to these.
    silent = [voice.name for voice in narrators if espeak_ng.speak("1 2", voice, 1.0).seconds < 0.1]
    assert len(silent) < 4, silent


def test_speakers_sound_different() -> None:
    heard = {
        espeak_ng.speak("We waited for a year.", voice, 1.0).pcm
        for voice in espeak_ng.voices()
        if voice.name.startswith("espeak-ng/en-us+")
    }
    assert len(heard) == 7


def test_pace_changes_length() -> None:
    voice = VOICES["espeak-ng/en-us+n0"]
    slow, fast = (espeak_ng.speak("We waited for a year.", voice, speed).seconds for speed in (0.7, 1.4))
    assert slow > 1.5 * fast


def test_no_voice_clips() -> None:
    # Clipping would change the gain of what is said next.
    files = ("en-us", "es-419", "ar", "fr", "pt-br", "ru")
    names = [name for name in VOICES if name.removeprefix("espeak-ng/").partition("+")[0] in files]
    assert len(names) == 7 * len(files)
    for name in names:
        assert pcm.peak(espeak_ng.speak(SENTENCES["espeak-ng/en-us+n0"], VOICES[name], 1.0).pcm, 1) < 32_000, name


def test_engines_are_found_by_name() -> None:
    assert [each.NAME for each in engines()] == ["espeak-ng", "gtts", "kokoro", "piper"]
    assert engine("espeak-ng").NETWORK is False
    assert engine("gtts").NETWORK is True
