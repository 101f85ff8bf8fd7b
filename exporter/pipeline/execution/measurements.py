"""Measured speeds of this machine, kept in the store between runs: of steps, and of voice engines."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from exporter.pipeline.storage.store import Store

TABLE = "measurements"
_STEPS, _SAMPLES = 2000, 8
_CHARACTERS = 200_000.0
"""Characters of an engine after which older measurements count less."""
_TYPICAL = {"espeak-ng": 0.0002, "kokoro": 0.034, "piper": 0.006, "gtts": 0.02}
"""Seconds of work per character until an engine has been measured."""
_TYPICAL_ENGINE = 0.03


class EngineSpeed(msgspec.Struct, frozen=True, array_like=True):
    """Speed of a voice engine, as measured."""

    characters: float
    sound_seconds: float
    work_seconds: float
    """Of processor time; of waiting, if the engine is not on this machine."""

    def plus(self, other: EngineSpeed) -> EngineSpeed:
        """Return the speed over both measurements."""
        return EngineSpeed(
            self.characters + other.characters,
            self.sound_seconds + other.sound_seconds,
            self.work_seconds + other.work_seconds,
        )

    def weighed(self, share: float) -> EngineSpeed:
        """Return the same speed with a share of its weight."""
        return EngineSpeed(self.characters * share, self.sound_seconds * share, self.work_seconds * share)

    @property
    def work_per_sound(self) -> float:
        """Seconds of work per second of sound."""
        return self.work_seconds / self.sound_seconds if self.sound_seconds else 0.0


class _Sample(msgspec.Struct, frozen=True, array_like=True):
    characters: int
    seconds: float


class _Table(msgspec.Struct):
    publications: dict[str, _Sample] = {}
    """By publication and step."""
    steps: dict[str, list[_Sample]] = {}
    """The last ones of any publication, by step."""
    engines: dict[str, EngineSpeed] = {}


class Measurements:
    """Measurements of earlier runs and of this one.

    Args:
        store: Where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        try:
            self._table = msgspec.msgpack.decode(store.table(TABLE) or b"\x80", type=_Table)
        except msgspec.MsgspecError:
            self._table = _Table()
        self._changed = False

    @property
    def engines(self) -> Mapping[str, EngineSpeed]:
        """What each voice engine has done, by name."""
        return self._table.engines

    def seconds(self, publication: str, step: str, characters: int, typical: float) -> float:
        """Return how long a step will probably take.

        Args:
            publication: Slug.
            step: Name of the step.
            characters: Length of the text; 0 if it is unknown.
            typical: Seconds for a short text, if no such step has been measured.
        """
        if known := self._table.publications.get(f"{publication}/{step}"):
            samples: Iterable[_Sample] = [known]
        elif not (samples := self._table.steps.get(step, [])):
            return typical * max(1.0, characters / 20_000)
        # A step has costs that do not grow with the text: the least that was measured, at most a second.
        fixed = min(1.0, *(sample.seconds for sample in samples), 1.0)
        total = sum(sample.characters for sample in samples) or 1
        rate = sum(sample.seconds - fixed for sample in samples) / total
        return fixed + rate * (characters or total / len(list(samples)))

    def speech_seconds(self, characters: Mapping[str, int]) -> float:
        """Return the seconds of work for text that has to be spoken, by voice engine."""
        return sum(count * self._per_character(engine) for engine, count in characters.items())

    def _per_character(self, engine: str) -> float:
        if (done := self._table.engines.get(engine)) and done.characters:
            return done.work_seconds / done.characters
        return _TYPICAL.get(engine, _TYPICAL_ENGINE)

    def add_step(self, publication: str, step: str, characters: int, seconds: float) -> None:
        """Add the duration of a step, without what was spoken in it."""
        sample = _Sample(characters, seconds)
        self._table.publications.pop(f"{publication}/{step}", None)
        self._table.publications[f"{publication}/{step}"] = sample
        self._table.steps[step] = [*self._table.steps.get(step, []), sample][-_SAMPLES:]
        self._changed = True

    def add_speech(self, engine: str, done: EngineSpeed) -> None:
        """Add what a voice engine has done."""
        before = self._table.engines.get(engine, EngineSpeed(0, 0, 0))
        share = min(1.0, _CHARACTERS / (before.characters or 1))
        self._table.engines[engine] = before.weighed(share).plus(done)
        self._changed = True

    def save(self) -> None:
        """Write the measurements to the store, for the next run."""
        if self._changed:
            self._table.publications = dict(list(self._table.publications.items())[-_STEPS:])
            self._store.keep_table(TABLE, msgspec.msgpack.encode(self._table))


class SpokenText:
    """Measurement of what is spoken in a step, by voice engine."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engines: dict[str, EngineSpeed] = {}

    def add(self, engine: str, characters: int, sound_seconds: float, work_seconds: float) -> None:
        """Add an utterance; called on any thread."""
        with self._lock:
            before = self._engines.get(engine, EngineSpeed(0, 0, 0))
            self._engines[engine] = before.plus(EngineSpeed(characters, sound_seconds, work_seconds))

    def info(self) -> dict[str, Any]:
        """Return it as part of `StepResult.info`."""
        return {"speech": msgspec.to_builtins(self._engines)} if self._engines else {}
