"""Voice files of Piper: a network (`NAME.onnx`) and its configuration (`NAME.onnx.json`) in the same folder.

Users can add such files to the folder `piper` of the voices folder. Language, speakers and licence are read from the
configuration and from the model card (`MODEL_CARD`), if there is one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

_MAX_CONFIG_SIZE, _MAX_CARD_SIZE = 4_000_000, 100_000
"""Bytes."""
_LICENCE = re.compile(r"^\W*licen[cs]e\W+(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_LOCAL_PHONEME_TYPES = ("espeak", "text")
"""Types of phonemes that need no download."""


class _Audio(msgspec.Struct, frozen=True):
    sample_rate: Annotated[int, msgspec.Meta(ge=8_000, le=48_000)]
    quality: str = ""


class _Espeak(msgspec.Struct, frozen=True):
    voice: str


class _Language(msgspec.Struct, frozen=True):
    code: str = ""


class VoiceConfig(msgspec.Struct, frozen=True):
    """Configuration of a network, as far as it is needed here."""

    audio: _Audio
    espeak: _Espeak
    num_symbols: Annotated[int, msgspec.Meta(ge=1)]
    num_speakers: Annotated[int, msgspec.Meta(ge=1)]
    phoneme_id_map: Mapping[str, tuple[int, ...]]
    phoneme_type: str = "espeak"
    language: _Language = _Language()
    speaker_id_map: Mapping[str, int] = {}


class VoiceFile(msgspec.Struct, frozen=True):
    """A voice, or several that share a network."""

    path: Path
    """The network."""
    config: VoiceConfig
    language: str
    """BCP 47 tag."""
    licence: str
    """From its model card; empty if there is none."""
    digest: str
    """SHA-256 of both files."""

    @property
    def name(self) -> str:
        """File name without its suffix."""
        return self.path.stem


def find_voice_files(paths: tuple[Path, ...]) -> tuple[tuple[VoiceFile, ...], tuple[str, ...]]:
    """Return the voices in folders or single files, sorted by name, and a message for each that cannot be used."""
    voices: dict[str, VoiceFile] = {}
    problems: list[str] = []
    for path_or_folder in paths:
        if path_or_folder.suffix == ".onnx" and not path_or_folder.is_file():
            problems.append(f"No such voice file: {path_or_folder}.")
        for path in [path_or_folder] if path_or_folder.is_file() else sorted(path_or_folder.glob("*.onnx")):
            try:
                voices.setdefault(path.stem, _read(path))
            except (OSError, ValueError) as error:
                problems.append(f"The voice file {path} cannot be used: {error}")
    return tuple(voices[name] for name in sorted(voices)), tuple(problems)


def _read(path: Path) -> VoiceFile:
    """Read a voice file.

    Raises:
        ValueError: It cannot be used; the message completes "The voice file … cannot be used:".
    """
    config_file = path.with_name(f"{path.name}.json")
    if not config_file.is_file():
        raise ValueError(f"{config_file.name} is missing. Put both files into one folder.")
    if config_file.stat().st_size > _MAX_CONFIG_SIZE:
        raise ValueError(f"{config_file.name} is too large.")
    data = config_file.read_bytes()
    try:
        config = msgspec.json.decode(data, type=VoiceConfig)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{config_file.name} is not the configuration of a Piper voice ({error}).") from error
    if config.phoneme_type not in _LOCAL_PHONEME_TYPES:
        raise ValueError(f"it needs phonemes of the type “{config.phoneme_type}”, which require a network.")
    highest = max((number for numbers in config.phoneme_id_map.values() for number in numbers), default=-1)
    if not 0 <= highest < config.num_symbols:
        raise ValueError(f"{config_file.name} contains phonemes that the voice does not have.")
    if any(not 0 <= number < config.num_speakers for number in config.speaker_id_map.values()):
        raise ValueError(f"{config_file.name} contains speakers that the voice does not have.")
    status = path.stat()
    network_digest = _digest(path, status.st_size, status.st_mtime_ns)
    digest = hashlib.sha256(network_digest.encode() + data).hexdigest()
    return VoiceFile(path, config, _language(config), _licence(path), digest)


@cache
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _language(config: VoiceConfig) -> str:
    """Return the language tag of a voice, from its language or its phonemes.

    Raises:
        ValueError: It states no valid language.
    """
    import langcodes

    for code in (config.language.code, config.espeak.voice):
        tag = code.replace("_", "-")
        if tag and langcodes.tag_is_valid(tag):
            return langcodes.standardize_tag(tag)
    raise ValueError("its language is not stated.")


def _licence(path: Path) -> str:
    for card in (path.with_name(f"{path.stem}.MODEL_CARD"), path.with_name("MODEL_CARD")):
        if card.is_file() and card.stat().st_size <= _MAX_CARD_SIZE:
            match = _LICENCE.search(card.read_text("utf-8", "replace"))
            return match.group(1) if match else ""
    return ""
