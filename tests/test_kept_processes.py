"""Processes that are kept from one run to the next."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from exporter import service
from exporter.config import styles_folder
from exporter.service import kept_processes
from exporter.studio.warm_up import read_once, warm_up
from tests.pipeline.here import InThisProcess


def test_a_process_serves_one_run_after_the_other_until_one_is_cancelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[InThisProcess] = []

    class Process(InThisProcess):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            ended.append(self)

    started: list[Process] = []
    sizes: list[int] = []

    def start(size: int, progress: Callable[[Any, float], None], folder: Path) -> Executor:
        sizes.append(size)
        assert folder.is_dir()
        started.append(Process(size, progress, folder))
        return started[-1]

    kept = service.KeptProcesses(start)
    kept.started()(1, lambda _label, _share: None, tmp_path).shutdown()
    told: list[tuple[str, float]] = []
    for number in range(2):
        run = kept(1, lambda label, share: told.append((label, share)), tmp_path)
        assert run.submit(max, 1, 2).result() == 2
        started[0]._progress(f"step {number}", 0.5)
        run.shutdown()
    assert told == [("step 0", 0.5), ("step 1", 0.5)]
    assert len(started) == 1
    both = [kept(1, lambda _label, _share: None, tmp_path) for _ in range(2)]
    assert len(started) == 2
    both[0].shutdown(cancel_futures=True)
    both[1].shutdown()
    assert ended == [started[0]]
    larger = kept(2, lambda _label, _share: None, tmp_path)
    assert ended == started[:2], "nobody would use the smaller one again"
    larger.shutdown()
    monkeypatch.setattr(kept_processes, "_installed", lambda: (1,))
    kept(2, lambda _label, _share: None, tmp_path).shutdown()
    assert ended == started[:3], "it does not know the fonts that have been installed"
    kept.close()
    assert ended == started
    assert sizes == [1, 1, 2, 2]


def test_a_process_has_checked_a_manuscript_before_anybody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = service.KeptProcesses(InThisProcess)
    outcomes: list[service.Outcome] = []
    check = service.check
    monkeypatch.setattr(service, "check", lambda *arguments: outcomes.append(check(*arguments)))
    warm_up(kept.started(), styles_folder(), lambda: False)
    kept.close()
    (publication,) = outcomes[0].publications
    assert publication.tree
    assert {"alt-missing", "table-headless"} <= {finding.rule for finding in publication.findings}
    read_once()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt):
        warm_up(kept.started(), styles_folder(), lambda: True)
