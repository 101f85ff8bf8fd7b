"""Voices that are offered, and samples of them with the beginning of a publication."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from exporter import service
from exporter.model import Metadata, Paragraph, Publication, Text
from exporter.studio.voices import beginning, offered
from tests.studio.test_flow import bring

WORDS = b"---\ntitle: A\nlang: es\n---\n\n# B\n\nEl agua es de todos.\n"


def test_voices_that_send_text_over_the_network_are_not_offered() -> None:
    voices = offered("es")
    assert voices
    assert {voice.language.partition("-")[0] for voice in voices} == {"es"}
    assert "gtts" not in {voice.engine for voice in voices}
    assert offered("tlh") == offered("") == ()


def test_a_sample_is_the_beginning_of_the_text_in_the_chosen_voice(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, str]] = []

    def say(text: str, target: Path, *, voice_name: str, language: str, styles: Path) -> None:
        said.append((text, voice_name))
        assert (language, styles.is_dir()) == ("es", True)
        target.write_bytes(b"RIFF")

    monkeypatch.setattr(service, "say", say)
    address = bring(browser, "a.md", WORDS)
    name = offered("es")[0].name
    for _ in range(2):
        answer = browser.get(f"{address}/sample.wav", params={"voice": name})
        assert answer.headers["content-type"] == "audio/wav"
    assert said == [("El agua es de todos.", name)], "it is spoken once"
    assert browser.get(f"{address}/sample.wav", params={"voice": "gtts/es"}).status_code == 404
    page = browser.get(f"{address}/editions").text
    assert f'<option value="{name}"' in page
    # Two voices with the same name differ in their region, and none is named after a program.
    shown = re.findall(r'<option value="\w[^"]*/[^"]*">([^<]+)</option>', page)
    assert len(set(shown)) == len(shown) == len(offered("es"))
    assert not [name for name in shown if re.search("kokoro|espeak|piper", name, re.IGNORECASE)]


def test_about_ten_seconds_are_spoken_up_to_the_end_of_a_word() -> None:
    tree = Publication(Metadata(), body=tuple(Paragraph((Text("word " * 20),)) for _ in range(5)))
    assert 120 < len(beginning(tree)) <= 150
    assert beginning(tree).endswith("word")
