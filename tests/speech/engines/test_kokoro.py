"""Kokoro where its files are not there, or are not what they should be; how it sounds is heard in tests/proof."""

from __future__ import annotations

import struct
import sys
import types
from pathlib import Path
from typing import Any

import langcodes
import pytest
from numpy import array

from exporter.speech.engines import EngineError, Quality, kokoro

VOICE = kokoro.voices()[0]


def test_without_its_files_it_is_missing_and_says_what_to_do() -> None:
    assert kokoro.missing() == "The natural voices of Kokoro are not installed. Run: make voices"


def test_half_of_its_files_are_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORTER_VOICES", str(tmp_path))
    (tmp_path / kokoro.NAME).mkdir()
    (tmp_path / kokoro.NAME / kokoro.MODEL).write_bytes(b"")
    assert kokoro.missing()


def test_nothing_leaves_the_machine_and_what_was_said_is_kept() -> None:
    assert not kokoro.NETWORK
    assert kokoro.KEEP


def test_every_voice_has_a_name_of_its_own_and_a_language() -> None:
    voices = kokoro.voices()
    assert len({voice.name for voice in voices}) == len(voices)
    assert all(langcodes.tag_is_valid(voice.language) for voice in voices)
    assert all(voice.name.split("/")[1] == voice.language for voice in voices)
    assert all(voice.quality is not Quality.PLAIN for voice in voices)


class Network:
    """Stands for the library; knows three sounds."""

    def __init__(self, samples: list[float] | None = None) -> None:
        self.tokenizer = self
        self.samples = samples
        self.asked: list[str] = []

    def known(self, sounds: str) -> str:
        return "".join(sound for sound in sounds if sound in "abc.… ")

    def create(self, sounds: str, _person: str, *, speed: float, is_phonemes: bool) -> tuple[Any, int]:
        assert speed == 1.0
        assert is_phonemes
        self.asked.append(sounds)
        if self.samples is None:
            raise ValueError("out of memory")
        return array(self.samples), kokoro.RATE


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are written in sounds as they stand."""
    monkeypatch.setattr(kokoro, "_phonemes", lambda text, _language: text)


@pytest.mark.usefixtures("written")
def test_what_the_network_cannot_say_is_an_error_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro, "_kokoro", Network)
    with pytest.raises(EngineError, match="Kokoro could not speak “abc”"):
        kokoro.speak("abc", VOICE, 1.0)


@pytest.mark.usefixtures("written")
def test_the_network_is_asked_for_the_sounds_that_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network([0.5, -0.5])
    monkeypatch.setattr(kokoro, "_kokoro", lambda: network)
    assert kokoro.speak("abcd.", VOICE, 1.0).pcm == struct.pack("<2h", 16384, -16384)
    assert network.asked == ["abc."]


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("text", ["", "…", "★ ☆"])
def test_a_text_without_words_gives_no_sound_and_no_error(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network()
    monkeypatch.setattr(kokoro, "_kokoro", lambda: network)
    assert kokoro.speak(text, VOICE, 1.0).pcm == b""
    assert network.asked == []


def test_words_of_another_language_have_no_flags_around_them() -> None:
    pytest.importorskip("phonemizer")
    loader = pytest.importorskip("espeakng_loader")
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    EspeakWrapper.set_library(loader.get_library_path())
    EspeakWrapper.set_data_path(loader.get_data_path())
    sounds = kokoro._phonemes("Un week-end (à Paris) sur Facebook.", "fr-fr")
    assert "(en)" not in sounds
    assert sounds.count("(") == 1


def test_the_network_laid_out_for_this_processor_is_taken_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPORTER_VOICES", str(tmp_path))
    folder = tmp_path / kokoro.NAME
    folder.mkdir()
    taken: list[str] = []

    class Library:
        @staticmethod
        def from_session(session: str, _styles: str) -> str:
            return session

    monkeypatch.setattr(kokoro, "session", lambda path: taken.append(path.name) or path.name)
    monkeypatch.setitem(sys.modules, "kokoro_onnx", types.SimpleNamespace(Kokoro=Library))
    monkeypatch.setattr(kokoro, "processor", lambda: "here")
    (folder / kokoro.OPTIMISED_MODEL.format("elsewhere")).touch()
    kokoro._loaded.__wrapped__()
    (folder / kokoro.OPTIMISED_MODEL.format("here")).touch()
    kokoro._loaded.__wrapped__()
    assert taken == ["model.onnx", "model-here.onnx"]


def test_what_the_processor_can_do_is_told_the_same_twice() -> None:
    assert kokoro.processor() == kokoro.processor()
