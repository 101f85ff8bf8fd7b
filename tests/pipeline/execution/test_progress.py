"""The remaining time, against runs whose length is known: every second of them is simulated."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from exporter.budgets import SPEECH_THREADS
from exporter.pipeline.execution import progress
from exporter.pipeline.execution.measurements import EngineSpeed, Measurements
from exporter.pipeline.execution.progress import ProgressEstimator
from exporter.pipeline.step import Step
from exporter.pipeline.storage.results import StepResult
from exporter.pipeline.storage.store import Store

PROCESSES = 2
TEXTS = {"pdf": 1.2e-4, "docx": 0.4e-4, "epub": 0.2e-4}
"""Seconds for a character, on the machine that is simulated."""
SPEECH = {"kokoro": 0.003, "espeak-ng": 0.0001}
LENGTHS = {"long": 300_000, "short": 12_000, "middle": 60_000}


@dataclass(eq=False)
class Task:
    """A step, and how long it takes on the machine that is simulated."""

    id: str
    publication: Any
    seconds: float
    speech: dict[str, EngineSpeed] = field(default_factory=dict)
    typical_seconds: float = 8.0
    unspoken: dict[str, int] | None = None
    done: float = 0.0

    @property
    def edition_name(self) -> str:
        return self.id.partition(":")[2]

    @property
    def length(self) -> float:
        return self.seconds + sum(done.work_seconds for done in self.speech.values()) / SPEECH_THREADS


def publication(slug: str, characters: int, **more: Any) -> Any:
    fields = {"manuscript": SimpleNamespace(slug=slug), "characters": characters, "before": None, "steps": {}}
    return SimpleNamespace(**fields | more)


def graphs(engine: str, slower: float) -> tuple[dict[Any, list[Any]], dict[Any, list[Any]]]:
    texts: dict[Any, list[Any]] = {}
    recordings: dict[Any, list[Any]] = {}
    for slug, characters in LENGTHS.items():
        first = publication(slug, characters, following={"audio"})
        second = publication(slug, characters, before=first)
        prepare = Task("prepare", first, 1.0)
        texts[prepare] = []
        for name, rate in TEXTS.items():
            write = Task(f"write:{name}", first, 0.5 + rate * characters * slower)
            texts[write] = [prepare]
            texts[Task(f"check:{name}", first, 1.0 + 0.3 * rate * characters)] = [write]
        tried = Task("write:audio", first, 0.5, typical_seconds=1.0, unspoken={engine: characters})
        texts[tried] = [prepare]
        first.steps = {task.id: task for task in texts if task.publication is first}
        spoken = EngineSpeed(characters, characters / 15, SPEECH[engine] * characters * slower)
        audio = Task("write:audio", second, 1.0 + 5e-5 * characters, {engine: spoken}, 12.0)
        recordings[audio] = []
        recordings[Task("check:audio", second, 1.0)] = [audio]
    return texts, recordings


class Machine:
    """A machine that executes two steps at a time, on a clock of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
        self.now = 1000.0
        self.store = store
        monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: self.now))

    def run(self, engine: str, slower: float = 1.0) -> list[tuple[float, float | None]]:
        """Return for each moment the seconds that have passed, and those that are estimated to remain."""
        texts, recordings = graphs(engine, slower)
        estimator = ProgressEstimator(Measurements(self.store), PROCESSES, texts, recordings)
        begin, curve = self.now, []
        for graph in (texts, recordings):
            estimator.begin(graph)
            waiting, ready, running = list(graph), list[Any](), list[Any]()
            ended: set[Any] = set()
            while waiting or ready or running:
                for task in [task for task in waiting if ended.issuperset(graph[task])]:
                    waiting.remove(task)
                    ready.append(task)
                    estimator.start(task)
                ready.sort(key=lambda task: task.id != "prepare")
                while ready and len(running) < PROCESSES:
                    running.append(ready.pop(0))
                    estimator.advance(running[-1], 0.0)
                # Two steps that speak share the threads of the machine.
                busy = sum(bool(task.speech) for task in running)
                self.now += 1.0
                for task in list(running):
                    task.done += 1.0 / (busy if task.speech else 1)
                    estimator.advance(task, task.done / task.length)
                    if task.done >= task.length:
                        running.remove(task)
                        ended.add(task)
                        info = {"speech": {name: list(_tuple(done)) for name, done in task.speech.items()}}
                        estimator.end(task, StepResult(info=info))
                curve.append((self.now - begin, estimator.remaining))
        estimator.save()
        return curve


def _tuple(done: EngineSpeed) -> tuple[float, float, float]:
    return done.characters, done.sound_seconds, done.work_seconds


def errors(curve: list[tuple[float, float | None]]) -> list[float]:
    """Return how far each estimate is off, from the tenth part of the run on, as a share of what really remained.

    Of the last seconds, a second more or less is no error.
    """
    total = curve[-1][0]
    return [
        abs((left if left is not None else 1e9) - (total - passed)) / (total - passed)
        for passed, left in curve
        if total / 10 <= passed <= total - 5
    ]


@pytest.mark.parametrize("engine", SPEECH)
@pytest.mark.parametrize("slower", [1.0, 2.0])
def test_the_remaining_time_is_known_within_a_third_from_the_tenth_part_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, engine: str, slower: float
) -> None:
    machine = Machine(monkeypatch, Store.open(tmp_path / "store"))
    machine.run(engine)
    wrong = errors(machine.run(engine, slower))
    assert sorted(wrong)[int(0.95 * len(wrong))] < 0.3
    # Of one machine, also at every moment.
    if slower == 1.0:
        assert max(wrong) < 0.3


def test_nothing_is_said_before_the_texts_are_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    curve = Machine(monkeypatch, Store.open(tmp_path / "store")).run("kokoro")
    assert curve[0][1] is None
    assert curve[10][1] is not None


def test_the_share_never_decreases_and_ends_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shares: list[float] = []
    advance = ProgressEstimator.advance

    def noted(self: ProgressEstimator, step: Step, share: float) -> None:
        advance(self, step, share)
        shares.append(self.share)

    monkeypatch.setattr(ProgressEstimator, "advance", noted)
    Machine(monkeypatch, Store.open(tmp_path / "store")).run("espeak-ng")
    assert shares == sorted(shares)
    assert shares[-1] > 0.95


def test_a_step_that_hangs_until_its_limit_is_never_said_to_be_nearly_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine = Machine(monkeypatch, Store.open(tmp_path / "store"))
    step: Any = Task("write:pdf", publication("long", 12_000), 90.0)
    estimator = ProgressEstimator(Measurements(machine.store), PROCESSES, {step: []}, {})
    estimator.begin({step: []})
    estimator.start(step)
    estimator.advance(step, 0.0)
    remaining, shares = [], []
    for _ in range(90):
        machine.now += 1.0
        remaining.append(estimator.remaining or 0.0)
        shares.append(estimator.share)
    assert shares == sorted(shares)
    assert shares[-1] < 0.95
    assert min(remaining) > 0.5
    assert remaining[-1] > 2 * min(remaining), "the longer it takes, the later it will probably end"
    estimator.end(step, None)
    machine.now += 1.0
    assert (estimator.remaining, estimator.share) == (0.0, 1.0)


def test_engines_are_measured_and_what_was_long_ago_counts_less(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store.open(tmp_path / "store")
    Machine(monkeypatch, store).run("kokoro")
    measured = Measurements(store).engines["kokoro"]
    assert measured.work_per_sound == pytest.approx(0.003 * 15)
    Machine(monkeypatch, store).run("kokoro", slower=2.0)
    measured = Measurements(store).engines["kokoro"]
    assert 0.003 * 15 * 1.5 < measured.work_per_sound < 0.003 * 15 * 2
