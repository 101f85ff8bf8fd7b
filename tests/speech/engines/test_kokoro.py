"""Kokoro where its files are not there, or are not what they should be; how it sounds is heard in tests/proof."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import langcodes
import pytest

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


def test_what_the_network_cannot_say_is_an_error_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def create(self, *_: object, **__: object) -> object:
            raise ValueError("no phonemes")

    monkeypatch.setattr(kokoro, "_kokoro", Broken)
    with pytest.raises(EngineError, match="Kokoro could not say “…”"):
        kokoro.speak("…", VOICE, 1.0)


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
    (folder / kokoro.QUICK.format("elsewhere")).touch()
    kokoro._loaded.__wrapped__()
    (folder / kokoro.QUICK.format("here")).touch()
    kokoro._loaded.__wrapped__()
    assert taken == ["model.onnx", "model-here.onnx"]


def test_what_the_processor_can_do_is_told_the_same_twice() -> None:
    assert kokoro.processor() == kokoro.processor()
