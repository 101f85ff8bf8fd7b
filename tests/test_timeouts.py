"""Limits end what hangs, and not what others have left no time for."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from exporter import programs, timeouts
from exporter.errors import StepError


def load(monkeypatch: pytest.MonkeyPatch, processes: float) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (processes, processes, processes))
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.parametrize("processes", [0.0, 7.0, 400.0])
def test_a_limit_ends_however_busy_the_machine_is(monkeypatch: pytest.MonkeyPatch, processes: float) -> None:
    load(monkeypatch, processes)
    rung = threading.Event()
    with timeouts.Deadline(0.1, rung.set):
        assert rung.wait(60)


@pytest.mark.parametrize(("processes", "share"), [(0.0, 1.0), (2.0, 1.0), (4.0, 0.5), (20.0, 0.1), (900.0, 0.05)])
def test_a_second_counts_as_far_as_the_machine_had_it(
    monkeypatch: pytest.MonkeyPatch, processes: float, share: float
) -> None:
    load(monkeypatch, processes)
    assert timeouts.cpu_share() == pytest.approx(share)


def test_a_system_that_does_not_tell_its_load_counts_whole_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getloadavg")
    assert timeouts.cpu_share() == 1.0


def test_what_hangs_on_an_idle_machine_is_ended_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch, 0.0)
    begun = time.monotonic()
    with pytest.raises(StepError, match=r"did not finish within 0\.3 seconds and was stopped"):
        programs.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.3)
    assert time.monotonic() - begun < 30


def test_what_is_starved_by_others_has_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch, 40.0)
    done = programs.run([sys.executable, "-c", "import time; time.sleep(1); print('done')"], seconds=0.3)
    assert done.stdout.strip() == b"done"


def test_what_is_done_in_time_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch, 0.0)
    rung = threading.Event()
    with timeouts.Deadline(0.2, rung.set):
        pass
    assert not rung.wait(0.6)
    with timeouts.Deadline(None, rung.set):
        assert not rung.wait(0.3)
