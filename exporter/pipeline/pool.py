"""Runs steps in processes of their own, as an Executor.

Unlike `ProcessPoolExecutor`, a process that crashes or hangs takes nothing with it but its own step: each process has
one step at a time, so it is known which one it was, and the others go on.
"""

from __future__ import annotations

import itertools
import math
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from exporter.errors import StepError
from exporter.pipeline.worker import Failed, Progress, Refused, Returned, receive, send
from exporter.timeouts import Deadline

_START = "from exporter.pipeline import worker; worker.main()"
_LOG_TAIL = 20_000
"""Bytes of what a crashed process printed that go into the details."""


class StepCrashError(StepError):
    """A step failed in a way that is no fault of the manuscript; `details` is for those who mend it."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class StepTimeoutError(StepError):
    """A step ran out of time."""


class StepPool(Executor):
    """Processes that run functions given to `submit`.

    Args:
        size: How many at the same time.
        progress: Hears the `label` of a function and the share of its work that is done (0-1), on another thread.
        temporary: Where their temporary files lie, since a process that is ended leaves them; None: the system decides.

    A function may have the attributes `seconds`, its time limit, `label`, and `weight`: the heaviest that waits is run
    next, and among equals the one that has waited longest.
    """

    def __init__(
        self,
        size: int,
        progress: Callable[[Any, float], None] = lambda _label, _share: None,
        temporary: Path | None = None,
    ) -> None:
        self._jobs: _Waiting = queue.PriorityQueue()
        self._count = itertools.count()
        self._closed = False
        self._lanes = [_Lane(self._jobs, progress, temporary) for _ in range(size)]
        for lane in self._lanes:
            lane.start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Run a function of a module, with arguments that can be pickled, in one of the processes.

        Raises:
            RuntimeError: The pool has been shut down.
        """
        if self._closed:
            raise RuntimeError("the pool has been shut down")
        job = _Job(Future(), function, arguments, keywords)
        self._jobs.put((-job.weight, next(self._count), job))
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes.

        Args:
            wait: Whether to wait for steps that run.
            cancel_futures: Whether to drop steps that wait and to kill those that run.
        """
        self._closed = True
        if cancel_futures:
            with suppress(queue.Empty):
                while True:
                    _, _, job = self._jobs.get_nowait()
                    if job is not None:
                        job.future.cancel()
            for lane in self._lanes:
                lane.kill()
        for _ in self._lanes:
            self._jobs.put((math.inf, next(self._count), None))
        if wait:
            for lane in self._lanes:
                lane.join()


class _Job(NamedTuple):
    future: Future[Any]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]

    @property
    def seconds(self) -> float | None:
        return getattr(self.function, "seconds", None)

    @property
    def weight(self) -> float:
        return getattr(self.function, "weight", 0.0)


_Waiting = queue.PriorityQueue[tuple[float, int, _Job | None]]
"""The lightest tuple comes first; None ends a lane, and comes after all jobs."""


class _Lane(threading.Thread):
    """One process, made anew when it dies, and the thread that talks to it."""

    def __init__(self, jobs: _Waiting, progress: Callable[[Any, float], None], temporary: Path | None) -> None:
        super().__init__(daemon=True)
        self._temporary = temporary
        self._jobs = jobs
        self._progress = progress
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._guard = threading.Lock()
        self._late = False
        self._killed = False

    def run(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                value = self._do(job)
            except BaseException as error:  # it belongs to whoever waits for the future
                job.future.set_exception(error)
            else:
                job.future.set_result(value)
        self._put_away()

    def kill(self) -> None:
        """End the process now, and do not start another."""
        with self._guard:
            self._killed = True
            self._end()

    def _do(self, job: _Job) -> Any:
        process = self._ensured()
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(EOFError, OSError), Deadline(job.seconds, self._too_late):
            send(process.stdin, (job.function, job.arguments, job.keywords))
            while True:
                match receive(process.stdout):
                    case Progress(share):
                        self._progress(getattr(job.function, "label", None), share)
                    case Returned(value):
                        return value
                    case Refused(error):
                        raise error
                    case Failed(what, details, memory):
                        if memory:
                            # What is left of a process without memory is not to be trusted with another step.
                            self._put_away()
                        raise StepCrashError(what, details)
        raise self._death(process, job)

    def _ensured(self) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._killed:
                raise StepError("The export was interrupted.")
            self._late = False
            if self._process is None or self._process.poll() is not None:
                self._log = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
                environment = dict(os.environ)
                environment["PYTHONPATH"] = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)
                # The order of sets must not change what a step writes.
                environment["PYTHONHASHSEED"] = "0"
                if self._temporary:
                    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._temporary))
                self._process = subprocess.Popen(
                    [sys.executable, "-X", "faulthandler", "-c", _START],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log,
                    env=environment,
                    # A group of its own: Ctrl-C reaches the parent alone, and programs that a step starts end with it.
                    start_new_session=True,
                )
            return self._process

    def _too_late(self) -> None:
        with self._guard:
            self._late = True
            self._end()

    def _death(self, process: subprocess.Popen[bytes], job: _Job) -> StepError:
        code = process.wait()
        printed = self._printed()
        late = self._late
        self._put_away()
        if self._killed:
            return StepError("The export was interrupted.")
        if late:
            return StepTimeoutError(f"did not finish within {job.seconds:g} seconds")
        if code == -9:
            return StepCrashError("was ended by the system, most likely because memory ran out", printed)
        if code < 0:
            with suppress(ValueError):
                return StepCrashError(f"crashed ({signal.Signals(-code).name})", printed)
        return StepCrashError(f"ended without a result (exit code {code})", printed)

    def _printed(self) -> str:
        if self._log is None:
            return ""
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - _LOG_TAIL))
        return self._log.read().decode("utf-8", "replace")

    def _end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (AttributeError, OSError):
                self._process.kill()

    def _put_away(self) -> None:
        """End the process, and close what leads to it."""
        with self._guard:
            if self._process is None:
                return
            self._end()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._log):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process = None
            self._log = None
