"""Voices of the network: asked for by whoever exports, never by a manuscript."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from exporter.config import SettingsLayer
from exporter.errors import ExitCode, SettingsError
from exporter.pipeline.registry import discover
from exporter.pipeline.settings import PublicationSettings
from tests.pipeline.bench import FRONT_MATTER, Bench

HEAD = FRONT_MATTER.removesuffix("---\n") + "{}---\n\n# Part\n\nText.\n"
VOICE = {"audio": {"voice": "gtts/en"}}


def is_refused(
    *layers: SettingsLayer, house: SettingsLayer | None = None, command: SettingsLayer | None = None
) -> bool:
    try:
        ask(*layers, house=house, command=command)
    except SettingsError:
        return True
    return False


def ask(
    *layers: SettingsLayer,
    house: SettingsLayer | None = None,
    command: SettingsLayer | None = None,
    edition: str = "audio",
) -> None:
    registry = discover()
    publisher: Any = SimpleNamespace(publisher_settings=house, command_line_settings=command)
    every = tuple(layer for layer in (*layers, house, command) if layer)
    PublicationSettings(every).refuse_network(publisher, next(one for one in registry.editions if one.name == edition))


@pytest.mark.parametrize("file", ["manuscript.md", "publication.toml"])
def test_a_manuscript_alone_cannot_send_its_text(file: str) -> None:
    layer = SettingsLayer(file, VOICE, '[audio]\nvoice = "gtts/en"\n')
    with pytest.raises(SettingsError, match="sends its text to Google") as caught:
        ask(layer)
    assert str(caught.value.source) == f"{file}:2"
    assert "--voice gtts/en" in caught.value.advice


def test_the_command_line_and_the_publisher_may() -> None:
    assert not is_refused(SettingsLayer("manuscript.md", VOICE), command=SettingsLayer("", VOICE))
    assert not is_refused(house=SettingsLayer("house.toml", VOICE))


def test_a_manuscript_asks_in_vain_where_another_voice_is_chosen() -> None:
    command = SettingsLayer("", {"audio": {"voice": "espeak-ng"}})
    assert not is_refused(SettingsLayer("manuscript.md", VOICE), command=command)


def test_a_voice_of_the_machine_needs_no_consent() -> None:
    assert not is_refused(SettingsLayer("manuscript.md", {"audio": {"voice": "espeak-ng"}}))


@pytest.mark.parametrize(
    ("edition", "options", "code"),
    [
        ("audio", {}, ExitCode.SETTINGS),
        ("epub", {"epub_audio": "on"}, ExitCode.SETTINGS),
        ("transcript", {}, ExitCode.SETTINGS),
        pytest.param("epub", {}, ExitCode.DONE, marks=pytest.mark.proof),
    ],
)
def test_the_recording_is_stopped_with_its_line(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, edition: str, options: dict[str, str], code: ExitCode
) -> None:
    bench.write("one", HEAD.format("export:\n  audio:\n    voice: gtts/en\n"), "manuscript.md")
    outcome = bench.export(edition, options=options)
    publication = outcome.publications[0]
    assert publication.code is code, publication.findings
    messages = [str(finding) for finding in publication.findings if "Google" in finding.message]
    assert len(messages) == (code is ExitCode.SETTINGS)
    assert all(message.startswith("manuscript.md:11") for message in messages)
    assert Path(bench.output).exists()
