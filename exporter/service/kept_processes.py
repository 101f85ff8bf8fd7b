"""Processes that are kept from one run to the next: to start one takes longer than a check, or than a changed page."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from exporter.pipeline.execution import worker
from exporter.pipeline.execution.scheduler import Progress
from exporter.pipeline.file_writing import remove_tree

Pool = Callable[[int, Progress, Path], Executor]
"""Returns the executor of the steps, for a number of processes, a receiver of progress and a temporary folder."""


class KeptProcesses:
    """The processes of runs; an instance stands where `StepPool` does.

    Args:
        pool: Starts processes.
        imported: Modules that each process imports before its first run.
    """

    def __init__(self, pool: Pool, imported: Sequence[str] = ()) -> None:
        self._pool = pool
        self._imported = imported
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self._idle: list[KeptExecutor] = []

    def __call__(self, size: int, progress: Progress, _temporary: Path) -> Executor:
        """Return the executor of a run: processes that no other run uses; those that do not suit any more end."""
        with self._lock:
            suitable = (size, _installed())
            for idle in [idle for idle in self._idle if (idle.size, idle.installed) != suitable]:
                self._idle.remove(idle)
                idle.end()
            executor = self._idle.pop() if self._idle else self._start(size)
        executor.progress = progress
        return executor

    def started(self) -> Pool:
        """Return what gives a run a process that is started for it; afterwards it is kept for others."""
        with self._lock:
            process = self._start(1)
        return lambda _size, _progress, _temporary: process

    def close(self) -> None:
        """End the processes that no run uses."""
        for executor in self._idle:
            executor.end()
        if self._folder:
            remove_tree(self._folder)

    def _start(self, size: int) -> KeptExecutor:
        self._folder = self._folder or Path(tempfile.mkdtemp(prefix="exporter-"))
        # Systems remove old files of temporary folders.
        self._folder.mkdir(exist_ok=True)
        executor = KeptExecutor(self._pool, size, self._folder, self._keep)
        if self._imported:
            executor.submit(worker.load, self._imported)
        return executor

    def _keep(self, executor: KeptExecutor) -> None:
        with self._lock:
            self._idle.append(executor)


class KeptExecutor(Executor):
    """The executor of one run after the other."""

    def __init__(self, pool: Pool, size: int, folder: Path, keep: Callable[[KeptExecutor], None]) -> None:
        self.size, self.installed = size, _installed()
        self.progress: Progress = lambda _label, _share: None
        self._keep = keep
        self._executor = pool(size, self._report, folder)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        return self._executor.submit(function, *arguments, **keywords)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Keep the processes, unless what they are doing is cancelled."""
        if cancel_futures:
            self._executor.shutdown(wait, cancel_futures=True)
        else:
            self._keep(self)

    def _report(self, label: Any, share: float) -> None:
        self.progress(label, share)

    def end(self) -> None:
        """End the processes."""
        self._executor.shutdown(cancel_futures=True)


def _installed() -> tuple[int, ...]:
    """Return when packages were installed last, in nanoseconds: processes remember which fonts there are."""
    folders = (Path(name) for name in sys.path)
    return tuple(
        folder.stat().st_mtime_ns for folder in folders if folder.name.endswith("-packages") and folder.is_dir()
    )
