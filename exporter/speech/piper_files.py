"""Voice files of Piper: a network (`NAME.onnx`) and, beside it, what it was made for (`NAME.onnx.json`).

Anybody may put such files into the folder `piper` of the folder of voices; what is said about them here is read from
the second file and from the card (`MODEL_CARD`) that comes with many.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

_LARGEST_CONFIG, _LARGEST_CARD = 4_000_000, 100_000
"""Bytes."""
_LICENCE = re.compile(r"^\W*licen[cs]e\W+(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_CAN_BE_READ = ("espeak", "text")
"""Ways of writing text in sounds that need nothing fetched."""


class _Audio(msgspec.Struct, frozen=True):
    sample_rate: Annotated[int, msgspec.Meta(ge=8_000, le=48_000)]
    quality: str = ""


class _Espeak(msgspec.Struct, frozen=True):
    voice: str


class _Language(msgspec.Struct, frozen=True):
    code: str = ""


class Config(msgspec.Struct, frozen=True):
    """What the file beside a network says; more than this is the library's business."""

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
    config: Config
    language: str
    """BCP 47 tag."""
    licence: str
    """As its card says; empty when there is none."""
    digest: str
    """SHA-256 of both files."""

    @property
    def name(self) -> str:
        """Name without what follows the point."""
        return self.path.stem


def find(places: tuple[Path, ...]) -> tuple[tuple[VoiceFile, ...], tuple[str, ...]]:
    """Return the voices of folders, or of single files, by name, and a sentence on each that cannot be used."""
    found: dict[str, VoiceFile] = {}
    problems: list[str] = []
    for place in places:
        if place.suffix == ".onnx" and not place.is_file():
            problems.append(f"There is no voice file {place}.")
        for path in [place] if place.is_file() else sorted(place.glob("*.onnx")):
            try:
                found.setdefault(path.stem, _read(path))
            except (OSError, ValueError) as error:
                problems.append(f"The voice file {path} cannot be used: {error}")
    return tuple(found[name] for name in sorted(found)), tuple(problems)


def _read(path: Path) -> VoiceFile:
    """Return what is known about a voice file.

    Raises:
        ValueError: It cannot be used; the message is the second half of a sentence for people.
    """
    beside = path.with_name(f"{path.name}.json")
    if not beside.is_file():
        raise ValueError(f"{beside.name}, which belongs to it, is not beside it. Put both files into one folder.")
    if beside.stat().st_size > _LARGEST_CONFIG:
        raise ValueError(f"{beside.name} is far larger than such a file is.")
    data = beside.read_bytes()
    try:
        config = msgspec.json.decode(data, type=Config)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{beside.name} is not what a Piper voice has beside it ({error}).") from error
    if config.phoneme_type not in _CAN_BE_READ:
        raise ValueError(f"it needs its text in “{config.phoneme_type}”, which cannot be made without a network.")
    highest = max((number for numbers in config.phoneme_id_map.values() for number in numbers), default=-1)
    if not 0 <= highest < config.num_symbols:
        raise ValueError(f"{beside.name} names sounds that the voice does not have.")
    if any(not 0 <= number < config.num_speakers for number in config.speaker_id_map.values()):
        raise ValueError(f"{beside.name} names speakers that the voice does not have.")
    status = path.stat()
    sound = _digest(path, status.st_size, status.st_mtime_ns)
    digest = hashlib.sha256(sound.encode() + data).hexdigest()
    return VoiceFile(path, config, _language(config), _licence(path), digest)


@cache
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _language(config: Config) -> str:
    """Return the tag of what is spoken: as the voice says, else as its sounds are written."""
    import langcodes

    for code in (config.language.code, config.espeak.voice):
        tag = code.replace("_", "-")
        if tag and langcodes.tag_is_valid(tag):
            return langcodes.standardize_tag(tag)
    raise ValueError("it does not say which language it speaks.")


def _licence(path: Path) -> str:
    for card in (path.with_name(f"{path.stem}.MODEL_CARD"), path.with_name("MODEL_CARD")):
        if card.is_file() and card.stat().st_size <= _LARGEST_CARD:
            said = _LICENCE.search(card.read_text("utf-8", "replace"))
            return said.group(1) if said else ""
    return ""
