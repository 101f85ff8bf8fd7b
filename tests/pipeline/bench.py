"""A place to export in: a folder of publications, an output folder, a store, and what was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from exporter import service
from exporter.config import GateLevel, Validators
from exporter.pipeline.events import AnyEvent, Ended, Found, Published, Removed, StepState
from exporter.pipeline.execution.pool import StepPool
from tests.pipeline.here import InThisProcess

PLUGINS = Path(__file__).parent / "plugins"
GOOD = "A title\nA paragraph.\n"
FRONT_MATTER = """---
title: A title
kind: report
author: Ana Author
publisher: House
date: 2026-01-31
lang: en
description: What it is about.
---
"""
"""The front matter of a Markdown manuscript with everything that is required."""


@dataclass
class Bench:
    """Where a test exports."""

    root: Path
    events: list[AnyEvent] = field(default_factory=list)
    processes: bool = False
    """Whether steps run in processes of their own, as they do for people: for tests of what happens to a process."""
    jobs: int = 2
    """Steps at a time; each process takes a while to start."""
    validators: Validators | None = Validators.OWN
    """None: as the settings say, which is all of them; those of others take seconds to start."""

    @property
    def input(self) -> Path:
        return self.root / "input"

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def store(self) -> Path:
        return self.root / "store"

    def write(self, slug: str, text: str | bytes = GOOD, name: str = "manuscript.lines") -> Path:
        path = self.input / slug / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def export(self, *editions: str, **more: object) -> service.Outcome:
        """Export everything and keep only the events of this run."""
        self.events = []
        request = {
            "sources": (self.input,),
            "output": self.output,
            "editions": editions or ("words", "other"),
            "store": self.store,
            "jobs": self.jobs,
            "gate": GateLevel.ERROR,
            "validators": self.validators,
        } | more
        pool = StepPool if self.processes else InThisProcess
        return service.export(service.Request(**request), self.events.append, pool)  # type: ignore[arg-type]  # a test's shorthand

    def states(self, publication: str = "") -> dict[str, StepState]:
        """How each step of the last run ended, `publication step` when there are several publications."""
        ended = [event for event in self.events if isinstance(event, Ended)]
        chosen = [event for event in ended if publication in ("", event.publication)]
        return {event.step: event.state for event in chosen}

    def worked(self) -> list[str]:
        """The steps that did work in the last run."""
        return [f"{e.publication} {e.step}" for e in self.events if isinstance(e, Ended) and e.state is StepState.MADE]

    def found(self) -> dict[str, str]:
        """Messages by rule."""
        return {event.finding.rule: str(event.finding) for event in self.events if isinstance(event, Found)}

    def changed(self) -> list[str]:
        """Names of the files that were written."""
        return [Path(e.file).name for e in self.events if isinstance(e, Published) and e.changed]

    def removed(self) -> list[str]:
        """Names of the files that were removed."""
        return [Path(e.file).name for e in self.events if isinstance(e, Removed)]

    def files(self, slug: str) -> dict[str, str]:
        """What stands in the output folder of a publication, without its report, its page and what belongs to them."""
        folder = self.output / slug
        return {
            path.name.removeprefix(f"{slug}."): path.read_text()
            for path in sorted(folder.iterdir() if folder.is_dir() else [])
            if path.name.startswith(slug) or "." not in path.name or path.suffix == ".txt"
        }
