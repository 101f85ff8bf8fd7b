"""What takes long to free is freed while a process has nothing to do, or before the next work of the kind."""

from __future__ import annotations

import queue
import threading
import weakref

import pytest

from exporter.cycle_collector import free_later, without_cycle_collector
from exporter.pipeline.execution import worker


class Tree:
    """Something large."""


def kept() -> weakref.ref[Tree]:
    tree = Tree()
    free_later(tree)
    return weakref.ref(tree)


def test_what_is_kept_is_freed_before_the_next_work_of_the_kind() -> None:
    tree = kept()
    assert tree() is not None
    with without_cycle_collector():
        assert tree() is None


def test_a_process_without_a_job_frees_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_IDLE", 0.01)
    tree = kept()
    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    jobs.put("at once")
    assert worker._next(jobs) == "at once"
    assert tree() is not None
    threading.Timer(0.2, jobs.put, ["later"]).start()
    assert worker._next(jobs) == "later"
    assert tree() is None
