"""What can be read, what can be made, and the voices."""

from __future__ import annotations

from typing import Any

import msgspec

from exporter.pipeline.registry import discover
from exporter.speech import engines
from exporter.speech.engines import Voice


class FormatRow(msgspec.Struct, frozen=True):
    """A manuscript format."""

    name: str
    suffixes: tuple[str, ...]


class EditionRow(msgspec.Struct, frozen=True):
    """An edition."""

    name: str
    suffix: str
    media_type: str
    about: str
    """First sentence of the writer's documentation."""
    options: dict[str, str]
    """Settings and their defaults, as TOML writes them."""


def formats() -> tuple[tuple[FormatRow, ...], tuple[EditionRow, ...], tuple[str, ...]]:
    """Give the manuscript formats, the editions, and what could not be loaded, in sentences."""
    registry = discover()
    rows = tuple(
        EditionRow(
            edition.name,
            edition.writer.SUFFIX,
            edition.writer.MEDIA_TYPE,
            (edition.writer.__doc__ or "").strip().partition("\n")[0],
            {key: _toml(value) for key, value in msgspec.to_builtins(edition.writer.Options()).items()},
        )
        for edition in registry.editions
    )
    readers = tuple(
        FormatRow(one.module.partition(":")[0].rpartition(".")[2], tuple(one.reader.SUFFIXES))
        for one in registry.formats
    )
    return readers, rows, tuple(f"{finding.message} {finding.advice}" for finding in registry.findings)


def _toml(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class VoiceGroup(msgspec.Struct, frozen=True):
    """The voices of one engine."""

    title: str
    missing: str
    """What has to be installed first, a sentence; empty when nothing is missing."""
    voices: tuple[Voice, ...]


def voices() -> tuple[VoiceGroup, ...]:
    """Give the voices of the audio edition, engine by engine."""
    groups = []
    for engine in engines.engines():
        missing = engine.missing()
        network = " (needs the network, and sends the text out)" if engine.NETWORK else ""
        title = f"{engine.NAME}: {engine.TITLE}{network}"
        groups.append(VoiceGroup(title, missing, () if missing else engine.voices()))
    return tuple(groups)
