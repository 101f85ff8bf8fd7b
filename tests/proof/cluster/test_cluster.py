"""Publications exported by a cluster, and all that may happen to it meanwhile: the same bytes as on one machine."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import archive
from tests.proof.cluster.machines import ROOT, Machines
from tests.proof.running_export import RunningExport

EDITIONS = ("--to", "epub,html", "--validators", "own")


@pytest.fixture(scope="module", params=[3, pytest.param(200, marks=pytest.mark.soak)])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manuscripts: a few, and an archive in `make soak`."""
    folder = tmp_path_factory.mktemp("input")
    archive.write(folder, request.param)
    return folder


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The output of the same export on one machine."""
    folder = tmp_path_factory.mktemp("alone")
    command = [sys.executable, "-m", "exporter", "export", str(source), "-o", str(folder / "output")]
    command += ["--store", str(folder / "store"), "--progress", "none", *EDITIONS]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    paths = (path for path in (folder / "output").rglob("*") if path.is_file())
    return {path.relative_to(folder / "output").as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    with Machines(tmp_path / "machines") as cluster:
        yield cluster


def is_same(actual: dict[str, bytes], expected: dict[str, bytes]) -> bool:
    assert actual.keys() == expected.keys()
    assert [name for name in expected if actual[name] != expected[name]] == []
    return True


def test_a_worker_that_is_killed_and_one_that_is_slow(
    machines: Machines, source: Path, expected: dict[str, bytes]
) -> None:
    first, _ = machines.start_worker(), machines.start_worker()
    export = RunningExport(machines.export("client", source, *EDITIONS))
    export.wait_for_editions(1)
    first.kill()
    slow = machines.start_worker()
    time.sleep(3)
    slow.send_signal(signal.SIGSTOP)
    time.sleep(5)
    slow.send_signal(signal.SIGCONT)
    export.succeeds()
    assert is_same(machines.contents("output"), expected)


def test_a_scheduler_that_is_restarted_and_a_store_that_is_away(
    machines: Machines, source: Path, expected: dict[str, bytes]
) -> None:
    machines.start_worker()
    machines.start_worker()
    export = RunningExport(machines.export("client", source, *EDITIONS))
    export.wait_for_editions(1)
    machines.proxy.stop()
    time.sleep(10)
    machines.proxy.start()
    machines.scheduler.kill()
    machines.scheduler.wait()
    # Workers end with their scheduler; a service manager starts them again.
    for worker in machines.workers:
        worker.wait(60)
    machines.start_scheduler()
    machines.start_worker()
    machines.start_worker()
    export.succeeds()
    assert is_same(machines.contents("output"), expected)


def test_two_clients_at_once_and_one_that_is_killed(
    machines: Machines, source: Path, expected: dict[str, bytes]
) -> None:
    machines.start_worker()
    machines.start_worker()
    killed = RunningExport(machines.export("killed", source, *EDITIONS))
    killed.wait_for_editions(1)
    killed.end(signal.SIGKILL)
    both = [RunningExport(machines.export(name, source, *EDITIONS)) for name in ("first", "second")]
    for export in both:
        export.succeeds()
    assert is_same(machines.contents("output"), expected)
    again = RunningExport(machines.export("third", source, *EDITIONS))
    again.succeeds()
    assert [step for step in again.made() if step != "publish"] == []
    assert is_same(machines.contents("output"), expected)
