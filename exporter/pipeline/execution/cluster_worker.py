"""Steps on a worker of a cluster: in processes of the worker, with a copy of the store on its disk.

The worker is a process of Dask distributed in which exporter is installed. It shares no disk with other machines: what
a step reads is copied from the shared store, and what it makes is written to it.
"""

from __future__ import annotations

import tempfile
import threading
import time
from concurrent.futures import wait
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from exporter.config.store_settings import DEFAULT_STORE_LIMIT
from exporter.errors import StepError
from exporter.installation import which
from exporter.pipeline.execution.pool import StepPool
from exporter.pipeline.execution.worker import StepFunction
from exporter.pipeline.external_validators import ExternalValidators
from exporter.pipeline.file_writing import remove_tree
from exporter.pipeline.step import StepContext
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.results import StepResult, step_key
from exporter.pipeline.storage.store import Store
from exporter.pipeline.storage.store_size import shrink

if TYPE_CHECKING:
    from distributed import Worker

_POLL = 1.0
"""Seconds between two checks whether the result is still wanted, and between two reports of progress."""
_PROGRAMS = ("gs", "soffice")
_CLEANING = 600.0
"""Seconds between two checks of the size of the copy of the store."""


class ClusterRun(NamedTuple):
    """A run, as far as a worker has to know it."""

    store: str
    """Address of the shared store."""
    styles: tuple[tuple[str, str], ...]
    """Names and digests of the files of styles."""
    installation: str
    """Digest of what is installed, see `installation`."""
    topic: str
    """Under which progress is reported."""


def run_step(run: ClusterRun, function: StepFunction, inputs: msgspec.Struct, context: StepContext) -> StepResult:
    """Execute a step on this worker; called by Dask.

    Raises:
        StepError: The step failed, or the worker has another version of exporter.
    """
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()
    folder = Path(worker.local_directory)
    with _STARTING:
        machine = _machine(run.store, run.styles, folder)
    if machine.installation != run.installation:
        raise StepError(
            f"The worker {worker.address} has other software: exporter, Python, a library, a voice or a program.",
            advice="Install the same on all machines, best from one container image.",
        )
    scratch = Path(tempfile.mkdtemp(dir=folder))
    context = msgspec.structs.replace(
        context,
        store=machine.store.root,
        styles=machine.styles,
        scratch=scratch / "step",
        java=context.java and machine.validators.java(),
    )
    function = msgspec.structs.replace(function, label=(run.topic, *function.label))
    try:
        future = _pool(worker).submit(function, inputs, context)
        while not wait([future], _POLL).done:
            if not _is_wanted(worker, key):
                _end_pool()
        result: StepResult = future.result()
        return result
    finally:
        remove_tree(scratch)
        machine.limit_size()


def _is_wanted(worker: Worker, key: object) -> bool:
    """Return whether the result of a task is still expected: its export may have ended."""
    task = worker.state.tasks.get(key)
    return task is not None and task.state != "cancelled"


def installation(code: CodeDigest) -> str:
    """Return the digest of what is installed on this machine and affects editions: code, voices, and programs."""
    from exporter.speech import engines

    programs = [name for name in _PROGRAMS if which(name)]
    return step_key("installation", code=code.digest(), voices=engines.installed(), programs=programs)


class _Machine:
    """This worker, as the steps of a run share it."""

    def __init__(self, address: str, styles: tuple[tuple[str, str], ...], folder: Path) -> None:
        self.store = Store.open(folder / f"store-{_digest(address)}", address)
        self.installation = installation(CodeDigest(Fingerprints(self.store)))
        self.validators = ExternalValidators()
        self.styles = folder / f"styles-{_digest(styles)}"
        for name, digest in styles:
            path = self.styles / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.store.fetch(digest))
        self._cleaned = time.monotonic()

    def limit_size(self) -> None:
        """Remove what was not used for longest from the copy of the store, now and then."""
        if time.monotonic() > self._cleaned + _CLEANING:
            self._cleaned = time.monotonic()
            shrink(self.store, DEFAULT_STORE_LIMIT)


_machine = lru_cache(maxsize=4)(_Machine)
_STARTING = threading.Lock()
_thread = threading.local()
"""Each thread of the worker has a process for its steps, so that one that is no longer wanted can be ended alone."""


def _pool(worker: Worker) -> StepPool:
    if getattr(_thread, "pool", None) is None:
        folder = Path(tempfile.mkdtemp(dir=worker.local_directory))
        _thread.pool = StepPool(1, partial(_report, worker, {}), folder)
    pool: StepPool = _thread.pool
    return pool


def _end_pool() -> None:
    _thread.pool.shutdown(cancel_futures=True)
    _thread.pool = None


def _report(worker: Worker, reported: dict[str, float], label: tuple[str, ...], share: float) -> None:
    """Report the progress of a step to the export, at most once in a while."""
    if not share or time.monotonic() > reported.get("last", 0.0) + _POLL:
        reported["last"] = time.monotonic()
        topic, *step = label
        worker.log_event(topic, (*step, share))


def _digest(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:16]
