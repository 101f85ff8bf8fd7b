"""Processes: one step each, crashes and time limits included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporter.errors import SourceError
from exporter.model import Source
from exporter.pipeline.execution.pool import StepPool
from exporter.pipeline.execution.step_errors import StepCrashError, StepMemoryError, StepTimeoutError
from exporter.pipeline.execution.worker import StepFunction
from tests.pipeline import tasks


@pytest.fixture
def pool() -> Iterator[StepPool]:
    with StepPool(2) as made:
        yield made


def test_values_come_back(pool: StepPool) -> None:
    assert [future.result() for future in [pool.submit(pow, 2, exponent) for exponent in range(8)]] == [
        2**exponent for exponent in range(8)
    ]


def test_temporary_files_of_the_processes_lie_where_they_are_told_to(tmp_path: Path) -> None:
    with StepPool(1, temporary=tmp_path) as pool:
        assert pool.submit(tempfile.gettempdir).result() == str(tmp_path)


def test_an_error_for_people_comes_back_whole(pool: StepPool) -> None:
    with pytest.raises(SourceError) as caught:
        pool.submit(tasks.refuse).result()
    assert caught.value.source == Source("a.md", 3)
    assert caught.value.advice == "Mend it."


def test_a_crash_fails_its_step_alone_and_the_process_is_made_anew(pool: StepPool) -> None:
    crash = pool.submit(os._exit, 7)
    neighbours = [pool.submit(tasks.double, number) for number in range(4)]
    with pytest.raises(StepCrashError, match="exit code 7"):
        crash.result()
    assert [future.result() for future in neighbours] == [0, 2, 4, 6]


def test_a_time_limit_holds_for_its_step_alone(pool: StepPool) -> None:
    slow = pool.submit(StepFunction(tasks.slow, seconds=0.5))
    assert pool.submit(tasks.double, 4).result() == 8
    with pytest.raises(StepTimeoutError):
        slow.result()
    assert pool.submit(tasks.double, 5).result() == 10


def test_nesting_and_memory_without_end_are_said_in_words(pool: StepPool) -> None:
    with pytest.raises(StepCrashError, match="nested too deeply"):
        pool.submit(tasks.recurse).result()
    with pytest.raises(StepMemoryError, match="more memory than there is"):
        pool.submit(tasks.starve).result()
    with pytest.raises(StepCrashError, match="SystemExit"):
        pool.submit(tasks.leave).result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_limit_of_memory_holds_for_its_step_alone(pool: StepPool) -> None:
    with pytest.raises(StepMemoryError, match=r"needed more than 200 MB of memory"):
        pool.submit(StepFunction(tasks.greedy, memory=200_000_000), 600_000_000).result()
    assert pool.submit(tasks.double, 5).result() == 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_an_error_of_any_kind_without_memory_is_one_of_memory(pool: StepPool) -> None:
    with pytest.raises(StepMemoryError, match=r"needed more than 200 MB of memory"):
        pool.submit(StepFunction(tasks.fill_and_fail, memory=200_000_000), 180_000_000).result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory is of a process alone")
def test_a_process_that_keeps_much_memory_is_replaced_after_its_step() -> None:
    with StepPool(1) as pool:
        small, large, new = [pool.submit(tasks.keep, size).result() for size in (1, 450_000_000, 1)]
    assert small == large != new


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_nothing_outlives_exporter_when_it_is_killed(tmp_path: Path) -> None:
    command = ["sh", "-c", f"sleep 61 & echo $! >{tmp_path}/pid; wait"]
    process = subprocess.Popen(
        [sys.executable, "-c", f"from exporter import programs; programs.run({command}, seconds=99)"]
    )
    file = tmp_path / "pid"
    wait_until(lambda: file.is_file() and file.read_text().strip())
    process.kill()
    process.wait()
    pid = file.read_text().strip()
    wait_until(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2])


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_heaviest_that_waits_is_run_next() -> None:
    ended: list[float] = []
    with StepPool(1) as pool:
        for weight in (9, 1, 5, 3):
            pool.submit(StepFunction(tasks.wait, weight=weight), weight).add_done_callback(
                lambda future: ended.append(future.result())
            )
    assert ended == [9, 5, 3, 1]


def test_progress_is_heard() -> None:
    heard: list[tuple[object, float]] = []
    with StepPool(1, lambda label, share: heard.append((label, share))) as pool:
        pool.submit(StepFunction(tasks.tell, label=("label",))).result()
    assert heard == [(("label",), 0.0), (("label",), 0.25), (("label",), 1.0)]


def test_a_display_that_fails_harms_no_step() -> None:
    def broken(_label: object, _share: float) -> None:
        raise BrokenPipeError

    with StepPool(1, broken) as pool:
        assert pool.submit(StepFunction(tasks.tell, label=("label",))).result(timeout=30) is None
        assert pool.submit(tasks.double, 2).result(timeout=30) == 4


def test_shutting_down_at_once_ends_what_runs_and_drops_what_waits() -> None:
    pool = StepPool(1)
    running = pool.submit(StepFunction(tasks.slow, seconds=60))
    waiting = pool.submit(tasks.double, 1)
    time.sleep(0.2)
    pool.shutdown(cancel_futures=True)
    assert running.exception() is not None
    assert waiting.cancelled()
    with pytest.raises(RuntimeError):
        pool.submit(tasks.double, 1)
