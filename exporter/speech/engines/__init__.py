"""Voice engines: the protocol and the registered modules.

An engine is a module in this package that implements `Engine`: its name on the command line, its voices, synthesis.
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
    """Quality of a voice."""

    PLAIN = "plain"
    """Clear, but audibly synthetic."""
    GOOD = "good"
    """Pleasant to listen to."""
    NATURAL = "natural"
    """Hard to distinguish from a human voice."""

    @property
    def rank(self) -> int:
        """Rank for the selection of voices; 0 is the best."""
        return ("natural", "good", "plain").index(self.value)


class Gender(StrEnum):
    """Perceived gender of a voice."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Voice(msgspec.Struct, frozen=True):
    """A synthetic voice."""

    name: str
    """Unique among all engines: the engine's name, a slash, the name of the voice in the engine."""
    engine: str
    language: str
    """BCP 47 tag."""
    gender: Gender
    quality: Quality
    licence: str
    """Licence of the voice: an SPDX expression, or its name if there is none."""
    title: str
    """Display name, without the language."""
    digest: str = ""
    """Digest of its files; empty if the version of the engine identifies it."""


class Sound(msgspec.Struct, frozen=True):
    """Synthesised speech."""

    pcm: bytes
    """Samples, signed 16 bits, little-endian, mono."""
    rate: int
    """Samples a second."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.rate


LISTED = "To see the voices for a language, such as Spanish: exporter voices --lang es"
"""Advice for an unknown voice."""


class EngineError(StepError):
    """Failure of a voice engine to synthesise a text."""


class Engine(Protocol):
    """Interface of a voice engine."""

    NAME: str
    TITLE: str
    """Display name."""
    RATE: int
    """Usual sample rate."""
    NETWORK: bool
    """Whether the text leaves the machine; such an engine is used only if the settings name it."""
    KEEP: bool
    """Whether clips are cached, because synthesis is slower than the cache."""

    def missing(self) -> str:
        """Return a message about what has to be installed; empty if nothing is missing."""
        ...

    def problems(self) -> tuple[str, ...]:
        """Return a message about each installed voice that cannot be used."""
        ...

    def version(self) -> str:
        """Return what determines the sound besides text, voice and speed, for cache keys."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices, in a fixed order."""
        ...

    def speak(self, text: str, voice: Voice, speed: float) -> Sound:
        """Synthesise a text, without noticeable silence around it.

        Args:
            text: Already normalised.
            voice: One of `voices()`.
            speed: 1.0 is the pace of a calm reader; 0.5-2.0.

        Raises:
            EngineError: Synthesis failed.
        """
        ...


def engines() -> Iterator[Engine]:
    """Yield every engine, sorted by name."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        loaded: Any = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(loaded, "speak"):
            yield cast(Engine, loaded)


def engine(name: str) -> Engine:
    """Return the engine with this name.

    Raises:
        SettingsError: There is none.
    """
    known = {candidate.NAME: candidate for candidate in engines()}
    if name not in known:
        advice = f"Engines: {', '.join(sorted(known))}. {LISTED}"
        raise SettingsError(f"Unknown voice “{name}”.", advice=advice)
    return known[name]


def installed() -> str:
    """Return a digest of the installed engines and their voices, on which a recording depends."""
    parts: list[str] = []
    for engine_ in engines():
        if not engine_.missing():
            voices = (
                [voice for voice in engine_.voices() if voice.digest] if engine_.KEEP and not engine_.NETWORK else []
            )
            parts += [engine_.NAME, engine_.version(), *(f"{voice.name} {voice.digest}" for voice in voices)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
