"""Progress and remaining time of a run, from what is left of it and the measured speeds of this machine."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from graphlib import TopologicalSorter
from typing import NamedTuple

from exporter.budgets import SPEECH_THREADS
from exporter.pipeline.execution.measurements import EngineSpeed, Measurements
from exporter.pipeline.step import Graph, Step
from exporter.pipeline.storage.results import StepResult

_PRIOR = 0.1
"""Share of a part of the run whose estimate counts as much as its measured progress."""
_UNREPORTED = 0.9
"""Share of a step that may be done without being reported."""
_PAUSE = 0.2
"""Seconds between two calculations of the remaining time, at least."""
_CALCULATION = 0.02
"""Part of the time that calculations may take: those of thousands of steps are long."""


class _Load(NamedTuple):
    """Expected or remaining work of a step."""

    seconds: float
    speech: float = 0.0
    """Seconds of speech, which several threads share."""

    def part(self, share: float) -> _Load:
        """Return a fraction of it."""
        return _Load(self.seconds * share, self.speech * share)

    @property
    def duration(self) -> float:
        """Seconds, if nothing else runs."""
        return self.seconds + self.speech / SPEECH_THREADS


_LoadOf = Callable[[Step], _Load]


class _Part:
    """The text editions of a run, or what follows them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.order = tuple(TopologicalSorter(graph).static_order())
        self.began: float | None = None
        self.elapsed = 0.0
        """Seconds of the part, if it has ended."""

    def seconds(self, load_of: _LoadOf, processes: int) -> float:
        """Return how long some of its work takes: that of the processors, but at least the longest chain of steps."""
        loads = {step: load_of(step) for step in self.order}
        total = sum(load.seconds for load in loads.values()) / processes
        total += sum(load.speech for load in loads.values()) / SPEECH_THREADS
        ends: dict[Step, float] = {}
        for step in self.order:
            ends[step] = loads[step].duration + max((ends[need] for need in self.graph[step]), default=0.0)
        return max(total, *ends.values(), 0.0)


class ProgressEstimator:
    """Estimator of the progress and the remaining time of a run.

    Args:
        measurements: Of earlier runs, to which those of this run are added.
        processes: Number of steps that are executed at a time.
        texts: The steps of the text editions.
        recordings: The steps that follow them, if text has to be spoken.
    """

    def __init__(self, measurements: Measurements, processes: int, texts: Graph, recordings: Graph) -> None:
        self._measurements = measurements
        self._processes = processes
        self._parts = [_Part(texts), _Part(recordings)]
        self._ended: set[Step] = set()
        self._idle: set[Step] = set()
        """Steps that have ended without work."""
        self._shares: dict[Step, tuple[float, float]] = {}
        """The fraction that is done, and when it was reported."""
        self._started: dict[Step, float] = {}
        self._queued: set[Step] = set()
        """Steps that have started of which no process has reported yet that it executes them."""
        self._speaking: dict[Step, float] = {}
        """Steps that speak, with the time of the speech clock at their start."""
        self._speech_time = 0.0, time.monotonic()
        """The time of the speech clock, and when it was read."""
        self._calculated: tuple[float, float | None] = (-math.inf, None)
        """When the remaining time is calculated again, and what it was."""
        self._share = 0.0
        self._begin = time.monotonic()

    def begin(self, graph: Graph) -> None:
        """Record that a part of the run begins, whose steps are known now."""
        number = next(n for n, part in enumerate(self._parts) if part.began is None)
        for part in self._parts[:number]:
            part.elapsed = time.monotonic() - (part.began or 0.0)
        self._parts[number] = _Part(graph)
        self._parts[number].began = time.monotonic()

    def start(self, step: Step) -> None:
        """Record that a step is executed as soon as a process is free."""
        self._ended.discard(step)
        self._started[step] = time.monotonic()
        self._queued.add(step)

    def advance(self, step: Step, share: float) -> None:
        """Record the fraction (0-1) of a step that is done, at first none; may be called on any thread."""
        if step in self._queued:
            self._started[step] = time.monotonic()
            if self._expected(step).speech:
                self._speaking[step] = self._speech_clock()
            self._queued.discard(step)
        self._shares[step] = min(max(share, 0.0), 1.0), time.monotonic()

    def end(self, step: Step, result: StepResult | None) -> float:
        """Record that a step has ended; return its duration in seconds.

        Args:
            step: The step.
            result: Its result, if it was executed and succeeded.
        """
        self._shares.pop(step, None)
        self._queued.discard(step)
        began = self._started.pop(step, None)
        if began is None and step not in self._ended:
            self._idle.add(step)
        self._ended.add(step)
        if began is None:
            return 0.0
        seconds = time.monotonic() - began
        alone = self._speech_clock() - self._speaking.pop(step) if step in self._speaking else seconds
        if result is not None:
            spoken = {name: EngineSpeed(*done) for name, done in result.info.get("speech", {}).items()}
            for engine, done in spoken.items():
                self._measurements.add_speech(engine, done)
            seconds_of_speech = sum(done.work_seconds for done in spoken.values()) / SPEECH_THREADS
            rest = max(0.1, alone - seconds_of_speech)
            self._measurements.add_step(_slug(step), _name(step), step.publication.characters, rest)
        return seconds

    def _speech_clock(self) -> float:
        """Return the time of a clock that is as much slower as there are steps that speak and share the processors."""
        before, now = self._speech_time
        self._speech_time = before + (time.monotonic() - now) / (len(self._speaking) or 1), time.monotonic()
        return self._speech_time[0]

    def weight(self, step: Step) -> float:
        """Return the seconds that a step will probably take."""
        return self._expected(step).duration

    @property
    def share(self) -> float:
        """The fraction of the run that is done, 0-1; it never decreases."""
        remaining = self.remaining
        if remaining is not None:
            elapsed = time.monotonic() - self._begin
            self._share = max(self._share, elapsed / (elapsed + remaining) if remaining else 1.0)
        return self._share

    @property
    def remaining(self) -> float | None:
        """The remaining seconds, or None while they cannot be estimated."""
        due, remaining = self._calculated
        now = time.monotonic()
        if now >= due or self._is_over():
            remaining = self._remaining()
            self._calculated = now + max(_PAUSE, (time.monotonic() - now) / _CALCULATION), remaining
        return remaining

    def _is_over(self) -> bool:
        """Return whether all steps that are known have ended."""
        return len(self._ended) >= sum(len(part.graph) for part in self._parts if part.began is not None)

    def _remaining(self) -> float | None:
        if any(step.id == "prepare" and step not in self._ended for step in self._parts[0].graph):
            return None
        return sum(map(self._remaining_of, self._parts))

    def _remaining_of(self, part: _Part) -> float:
        left = part.seconds(self._left, self._processes)
        if part.began is None:
            return left
        whole = part.seconds(self._expected, self._processes)
        elapsed = part.elapsed or time.monotonic() - part.began
        # How the part goes in comparison with the estimate, which counts as a tenth of it.
        pace = (elapsed + _PRIOR * whole) / (whole - left + _PRIOR * whole) if whole else 1.0
        return left * pace

    def _expected(self, step: Step) -> _Load:
        """Return the work of a step; none if it turned out that it has nothing to do."""
        if step in self._idle or not _is_expected(step):
            return _Load(0.0)
        characters = step.publication.characters
        seconds = self._measurements.seconds(_slug(step), _name(step), characters, step.typical_seconds)
        before = step.publication.before
        tried = before.steps.get(step.id) if before else None
        speech = self._measurements.speech_seconds((tried and tried.unspoken) or {})
        # The threads that speak also mix and encode.
        return _Load(0.0, speech + seconds * SPEECH_THREADS) if speech else _Load(seconds)

    def _left(self, step: Step) -> _Load:
        if step in self._ended:
            return _Load(0.0)
        expected, started = self._expected(step), self._started.get(step)
        if started is None or step in self._queued:
            return expected
        share, reported = self._shares.get(step, (0.0, started))
        if expected.seconds:
            # Between its reports a step goes on, too; those of speech are many.
            share = max(share, min(_UNREPORTED, share + (time.monotonic() - reported) / expected.seconds))
        return expected.part(1.0 - share)

    def save(self) -> None:
        """Write the measurements to the store, for the next run."""
        self._measurements.save()


def _is_expected(step: Step) -> bool:
    """Return whether a step will probably be executed: one that follows the text editions only if it is known to."""
    before = step.publication.before
    if before is None:
        return True
    return step.edition_name in before.following if step.edition_name else bool(before.following)


def _slug(step: Step) -> str:
    return step.publication.manuscript.slug


def _name(step: Step) -> str:
    """Return the name under which a step is measured: with and without recordings, it does other work."""
    return f"recordings/{step.id}" if step.publication.before else f"texts/{step.id}"
