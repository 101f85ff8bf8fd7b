from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from exporter.pipeline.dependencies import DependencyTracker
from tests.pipeline.bench import PLUGINS, Bench

_closure = DependencyTracker._closure


@pytest.fixture(scope="session")
def closures() -> dict[frozenset[str], dict[str, str]]:
    """What modules lean on, for all tests of a process: each has a store of its own, and none changes our source."""
    return {}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closures: dict[frozenset[str], dict[str, str]]) -> Bench:
    """A place to export in, with readers and writers that fail in every way."""

    def known(self: DependencyTracker, modules: Iterable[str]) -> dict[str, str]:
        start = frozenset(modules)
        if start not in closures:
            closures[start] = _closure(self, start)
        return closures[start]

    monkeypatch.setattr(DependencyTracker, "_closure", known)
    monkeypatch.syspath_prepend(str(PLUGINS))
    return Bench(tmp_path)
