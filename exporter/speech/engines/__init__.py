"""What a voice engine is, and which there are.

An engine is a module here that fits `Engine`: its name on the command line, its voices and what a voice says.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Protocol, cast

import msgspec

from exporter.errors import SettingsError, StepError


class Quality(StrEnum):
    """How a voice sounds."""

    PLAIN = "plain"
    """Clear, but one hears the machine."""
    GOOD = "good"
    """Pleasant to listen to."""
    NATURAL = "natural"
    """Hard to tell from a person."""

    @property
    def rank(self) -> int:
        """Weight for choosing; 0 is the best."""
        return ("natural", "good", "plain").index(self.value)


class Gender(StrEnum):
    """How listeners hear a voice."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Voice(msgspec.Struct, frozen=True):
    """Somebody who can read."""

    name: str
    """Unique among all engines: the engine's name, a slash, its own name for the voice."""
    engine: str
    language: str
    """BCP 47 tag."""
    gender: Gender
    quality: Quality
    licence: str
    """SPDX expression, or words where there is none, of the voice itself."""
    title: str
    """Name for people, without the language."""
    digest: str = ""
    """What decides its sound besides the engine's version; empty where that says it all."""


class Sound(msgspec.Struct, frozen=True):
    """What was said."""

    pcm: bytes
    """Samples, signed 16 bits, little-endian, one channel."""
    rate: int
    """Samples a second."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.rate


LISTED = "To see the voices for a language, such as Spanish: exporter voices --lang es"
"""Advice to those who name a voice that is not there."""


class EngineError(StepError):
    """A voice engine did not give sound for a text."""


class Engine(Protocol):
    """A voice engine."""

    NAME: str
    TITLE: str
    """Name for people."""
    RATE: int
    """Samples a second of most of its sound."""
    NETWORK: bool
    """Whether the text leaves the machine; such an engine is used only when it is asked for by name."""
    KEEP: bool
    """Whether a spoken sentence costs more than keeping it."""

    def missing(self) -> str:
        """Return a sentence on what has to be installed first; empty when nothing is missing."""
        ...

    def problems(self) -> tuple[str, ...]:
        """Return a sentence on each voice that is there and cannot be used."""
        ...

    def version(self) -> str:
        """Return what decides the sound besides text, voice and speed, for cache keys."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices, in an order that stays the same."""
        ...

    def speak(self, text: str, voice: Voice, speed: float) -> Sound:
        """Say a text, with no silence around it that matters.

        Args:
            text: Already normalised.
            voice: One of `voices()`.
            speed: 1.0 is the pace of a calm reader; 0.5-2.0.

        Raises:
            EngineError: There is no sound for it.
        """
        ...


def engines() -> Iterator[Engine]:
    """Yield every engine, by name."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        loaded: Any = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(loaded, "speak"):
            yield cast(Engine, loaded)


def engine(name: str) -> Engine:
    """Return the engine with this name.

    Raises:
        SettingsError: There is none.
    """
    known = {each.NAME: each for each in engines()}
    if name not in known:
        advice = f"Engines are: {', '.join(sorted(known))}. {LISTED}"
        raise SettingsError(f"There is no voice “{name}”.", advice=advice)
    return known[name]


def installed() -> str:
    """Return a digest of the engines that are there with their voices: it changes when a recording might."""
    parts: list[str] = []
    for each in engines():
        if not each.missing():
            own = [voice for voice in each.voices() if voice.digest] if each.KEEP and not each.NETWORK else []
            parts += [each.NAME, each.version(), *(f"{voice.name} {voice.digest}" for voice in own)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
