"""Processes for checks that are kept from one to the next: to start one takes longer than a check."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from exporter import service
from exporter.pipeline.execution import worker
from exporter.pipeline.execution.scheduler import Progress
from exporter.pipeline.file_writing import remove_tree

_IMPORTED = ("exporter.pipeline.steps", "exporter.readers.docx.document", "exporter.validate.lint")
"""What takes longest to import, done before the first check."""


class KeptProcesses:
    """The processes of checks; an instance stands where `StepPool` does.

    Args:
        pool: Starts processes.
    """

    def __init__(self, pool: service.Pool) -> None:
        self._pool = pool
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self._idle: list[_KeptProcess] = []

    def __call__(self, _size: int, progress: Progress, _temporary: Path) -> Executor:
        """Return the executor of a run: a process that no other run uses."""
        with self._lock:
            process = self._idle.pop() if self._idle else self._start()
        process.progress = progress
        return process

    def started(self) -> service.Pool:
        """Return what gives a run a process that is started for it; afterwards it is kept for others."""
        with self._lock:
            process = self._start()
        return lambda _size, _progress, _temporary: process

    def close(self) -> None:
        """End the processes that no run uses."""
        for process in self._idle:
            process.end()
        if self._folder:
            remove_tree(self._folder)

    def _start(self) -> _KeptProcess:
        self._folder = self._folder or Path(tempfile.mkdtemp(prefix="exporter-studio-"))
        return _KeptProcess(self._pool, self._folder, self._keep)

    def _keep(self, process: _KeptProcess) -> None:
        with self._lock:
            self._idle.append(process)


class _KeptProcess(Executor):
    """The executor of one run after the other."""

    def __init__(self, pool: service.Pool, folder: Path, keep: Callable[[_KeptProcess], None]) -> None:
        self.progress: Progress = lambda _label, _share: None
        self._keep = keep
        self._executor = pool(1, self._report, folder)
        self._executor.submit(worker.load, _IMPORTED)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        return self._executor.submit(function, *arguments, **keywords)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Keep the process, unless what it is doing is cancelled."""
        if cancel_futures:
            self._executor.shutdown(wait, cancel_futures=True)
        else:
            self._keep(self)

    def _report(self, label: Any, share: float) -> None:
        self.progress(label, share)

    def end(self) -> None:
        """End the process."""
        self._executor.shutdown(cancel_futures=True)
