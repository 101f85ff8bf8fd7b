"""Piper with a small voice of our own, and voice files as users have them: one missing, changed, of another kind."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from exporter import service
from exporter.errors import ExporterError, SettingsError
from exporter.labels import Labels
from exporter.model import Metadata, Publication, Speaker, Transcript, Turn
from exporter.speech.engines import EngineError, Quality, Voice, installed, piper
from exporter.speech.voice_selection import VoiceSelection
from tests.speech.engines import small_voice

STYLES = Path(__file__).resolve().parents[3] / "styles"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EXPORTER_VOICES", str(tmp_path))
    made = tmp_path / "piper"
    made.mkdir()
    return made


def cast(wish: str = "auto", language: str = "en-US") -> VoiceSelection:
    publication = Publication(Metadata(language=language))
    return VoiceSelection(publication, Labels.load(STYLES, language), wish)


def test_without_a_voice_it_is_missing_and_says_where_voices_go(folder: Path) -> None:
    assert piper.missing() == f"No Piper voices in {folder}."
    assert piper.voices() == ()


def test_a_voice_is_listed_with_its_language_quality_and_licence(folder: Path) -> None:
    small_voice.write(folder)
    (folder / "MODEL_CARD").write_text("# Model card\n\n* Language: en_US\n\n## Dataset\n\n* License: CC0\n", "utf-8")
    assert piper.missing() == ""
    (voice,) = piper.voices()
    assert (voice.name, voice.language, voice.quality, voice.licence) == ("piper/hum", "en-US", Quality.GOOD, "CC0")


def test_without_a_card_nothing_is_said_about_the_licence(folder: Path) -> None:
    small_voice.write(folder)
    assert piper.voices()[0].licence == "licence not stated"


def test_what_is_said_depends_on_the_text_and_the_pace(folder: Path) -> None:
    small_voice.write(folder)
    (voice,) = piper.voices()
    said = piper.speak("We waited for a year.", voice, 1.0)
    assert said.rate == 16_000
    assert piper.speak("We waited for two years.", voice, 1.0).pcm != said.pcm
    assert piper.speak("We waited for a year.", voice, 2.0).seconds == pytest.approx(said.seconds / 2, rel=0.05)


def test_several_threads_hear_the_same(folder: Path) -> None:
    small_voice.write(folder)
    (voice,) = piper.voices()
    texts = ["We waited.", "Nobody came.", "A judge heard them."] * 4
    alone = [piper.speak(text, voice, 1.0).pcm for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: piper.speak(text, voice, 1.0).pcm, texts)) == alone


def test_speakers_of_one_file_are_voices_of_their_own(folder: Path) -> None:
    small_voice.write(folder, "choir", speakers=3)
    voices = piper.voices()
    assert [voice.name for voice in voices] == ["piper/choir/p0", "piper/choir/p1", "piper/choir/p2"]
    assert len({piper.speak("We waited.", voice, 1.0).pcm for voice in voices}) == 3
    assert cast("piper/choir").voice("en-US").name == "piper/choir/p0"


def test_a_text_gives_words_and_never_sounds(folder: Path) -> None:
    small_voice.write(folder)
    (voice,) = piper.voices()
    assert piper.speak("[[abcabcabcabcabc]]", voice, 1.0).pcm == piper.speak("[ [abcabcabcabcabc]]", voice, 1.0).pcm


def test_auto_takes_it_before_a_plain_voice_and_a_language_needs_its_own(folder: Path) -> None:
    small_voice.write(folder)
    chosen = cast()
    assert chosen.voice("en-US").engine == "piper"
    assert chosen.voice("es").engine == "espeak-ng"


def test_what_is_installed_changes_with_the_voices(folder: Path) -> None:
    before = installed()
    path = small_voice.write(folder)
    there = installed()
    assert there != before
    path.write_bytes(small_voice.network(speakers=2))
    os.utime(path, ns=(1, 1))
    assert installed() not in (before, there)
    path.unlink()
    assert installed() == before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"phoneme_type": "pinyin"}, "it needs phonemes of the type “pinyin”, which require a network."),
        ({"num_symbols": 3}, "hum.onnx.json contains phonemes that the voice does not have."),
        ({"audio": {"sample_rate": "fast"}}, "hum.onnx.json is not the configuration of a Piper voice"),
        ({"speaker_id_map": {"p7": 7}}, "hum.onnx.json contains speakers that the voice does not have."),
        ({"language": {}, "espeak": {"voice": "!!"}}, "its language is not stated."),
    ],
)
def test_a_file_that_does_not_fit_is_one_sentence(folder: Path, changes: dict[str, object], message: str) -> None:
    small_voice.write(folder, **changes)
    assert message in piper.missing()
    assert piper.missing().startswith(f"The voice file {folder / 'hum.onnx'} cannot be used: ")


def test_a_network_alone_is_one_sentence_and_the_others_are_there(folder: Path) -> None:
    small_voice.write(folder)
    (folder / "lonely.onnx").write_bytes(small_voice.network())
    assert [voice.name for voice in piper.voices()] == ["piper/hum"]
    assert piper.missing() == ""
    (problem,) = piper.problems()
    assert "lonely.onnx.json is missing." in problem
    with pytest.raises(SettingsError, match="Unknown voice “piper/lonely”") as refused:
        cast("piper/lonely")
    assert problem in (refused.value.advice or "")


def test_what_is_no_json_is_one_sentence(folder: Path) -> None:
    small_voice.write(folder).with_name("hum.onnx.json").write_bytes(b"\xff\xfe{")
    assert "is not the configuration of a Piper voice" in piper.missing()


@pytest.mark.parametrize("data", [b"", b"no network at all", small_voice.network()[:200]])
def test_a_network_that_is_none_is_one_sentence(folder: Path, data: bytes) -> None:
    small_voice.write(folder).write_bytes(data)
    with pytest.raises(EngineError, match=r"hum\.onnx is damaged or not a Piper voice\."):
        piper.speak("We waited.", piper.voices()[0], 1.0)


def test_files_that_do_not_belong_together_are_one_sentence(folder: Path) -> None:
    small_voice.write(folder, speakers=2).write_bytes(small_voice.network())
    with pytest.raises(EngineError, match=r"does not match its \.json file\."):
        piper.speak("We waited.", piper.voices()[0], 1.0)


def test_a_voice_that_went_away_is_one_sentence(folder: Path) -> None:
    path = small_voice.write(folder)
    (voice,) = piper.voices()
    path.unlink()
    with pytest.raises(EngineError, match="The voice file of “piper/hum” was removed"):
        piper.speak("We waited.", voice, 1.0)


def test_a_text_without_words_gives_no_sound(folder: Path) -> None:
    small_voice.write(folder)
    assert piper.speak(" ", piper.voices()[0], 1.0).pcm == b""


def test_a_file_named_on_the_command_line_is_heard_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPORTER_PIPER_VOICES", "")
    path = small_voice.write(tmp_path, "mine")
    wish = service.voice_named(str(path))
    assert wish == "piper/mine"
    said_by, seconds = service.say("We waited.", tmp_path / "voice.wav", voice_name=wish)
    assert isinstance(said_by, Voice)
    assert said_by.name == "piper/mine"
    assert seconds > 0.1


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORTER_PIPER_VOICES", "")
    wish = service.voice_named(str(tmp_path / "nobody.onnx"))
    with pytest.raises(ExporterError, match=f"No such voice file: {tmp_path / 'nobody.onnx'}"):
        service.say("We waited.", tmp_path / "voice.wav", voice_name=wish)


def test_a_name_is_no_file() -> None:
    assert service.voice_named("kokoro/es/ef_dora") == "kokoro/es/ef_dora"


def test_where_an_engine_has_one_voice_speakers_have_those_of_another(folder: Path) -> None:
    small_voice.write(folder)
    turns = tuple(Turn(speaker=Speaker(name=name), children=()) for name in ("Ana", "Leo"))
    publication = Publication(Metadata(language="en-US"), body=(Transcript(turns=turns),))
    chosen = VoiceSelection(publication, Labels.load(STYLES, "en-US"))
    said_by = [chosen.voice("en-US", name) for name in ("", "Ana", "Leo")]
    assert [voice.engine for voice in said_by] == ["piper", "espeak-ng", "espeak-ng"]
    assert len(set(said_by)) == 3
    assert not chosen.shared
