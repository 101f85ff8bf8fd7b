"""Pool of processes that run steps, as an Executor.

Unlike in `ProcessPoolExecutor`, a process that crashes or hangs affects only its own step: each process runs one step
at a time, so the step is known, and the others continue. Unlike in Pebble's pool, the programs that a step has started
end with it (`test_a_writer_that_hangs_is_given_up_with_all_that_it_started`), the most urgent step runs next, and steps
report their progress.
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
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple

from exporter.errors import StepError
from exporter.pipeline.execution.step_errors import StepCrashError, StepMemoryError, StepTimeoutError
from exporter.pipeline.execution.worker import Answer, Failed, Progress, Refused, Returned, StepFunction, receive, send
from exporter.timeouts import Deadline

_START = "from exporter.pipeline.execution import worker; worker.main()"
_ENDING = 5.0
"""Seconds that a process has to end once its pipe is closed."""
_LOG_TAIL = 20_000
"""Bytes of the output of a crashed process that go into the details."""
_OUT_OF_MEMORY = (
    "MemoryError",
    "memory allocation of",
    "failed to allocate",
    "std::bad_alloc",
    "Cannot allocate memory",
)
"""What Python, Rust, GLib and C++ print when a process ends since it gets no more memory."""


class StepPool(Executor):
    """Pool of processes that run the functions passed to `submit`.

    Args:
        size: Number of processes.
        progress: Receives the `label` of a function and the share (0-1) of its work that is done, on another thread.
        temporary: Folder of their temporary files, which a killed process leaves behind; None: that of the system.

    Of functions with the same weight (`StepFunction`), the one submitted first runs next.
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
        self._threads = [_WorkerThread(self._jobs, progress, temporary) for _ in range(size)]
        for thread in self._threads:
            thread.start()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Submit a function of a module or a `StepFunction`, with arguments that can be pickled, to a process.

        Raises:
            RuntimeError: The pool has been shut down.
        """
        if self._closed:
            raise RuntimeError("the pool has been shut down")
        step = function if isinstance(function, StepFunction) else StepFunction(function)
        job = _Job(Future(), step, arguments, keywords)
        self._jobs.put((-step.weight, next(self._count), job))
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes.

        Args:
            wait: Whether to wait for running steps.
            cancel_futures: Whether to cancel waiting steps and kill running ones.
        """
        self._closed = True
        if cancel_futures:
            with suppress(queue.Empty):
                while True:
                    _, _, job = self._jobs.get_nowait()
                    if job is not None:
                        job.future.cancel()
            for thread in self._threads:
                thread.kill()
        for _ in self._threads:
            self._jobs.put((math.inf, next(self._count), None))
        if wait:
            for thread in self._threads:
                thread.join()


class _Job(NamedTuple):
    future: Future[Any]
    function: StepFunction
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]


_Waiting = queue.PriorityQueue[tuple[float, int, _Job | None]]
"""Smallest tuple first; None ends a thread and comes after all jobs."""


def _memory_error(job: _Job) -> StepMemoryError:
    limit = job.function.memory
    return StepMemoryError(f"needed more {f'than {limit / 1e6:.0f} MB of memory' if limit else 'memory than there is'}")


class _WorkerThread(threading.Thread):
    """One process, restarted after it dies, and the thread that communicates with it."""

    def __init__(self, jobs: _Waiting, progress: Callable[[Any, float], None], temporary: Path | None) -> None:
        super().__init__(daemon=True)
        self._temporary = temporary
        self._jobs = jobs
        self._progress = progress
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._guard = threading.Lock()
        self._job: _Job | None = None
        """The job at work."""
        self._timed_out = False
        self._killed = False

    def run(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                value = self._do(job)
            except BaseException as error:  # raised again where the result of the future is requested
                job.future.set_exception(error)
            else:
                job.future.set_result(value)
        self._close()

    def kill(self) -> None:
        """Kill the process, and do not start another."""
        with self._guard:
            self._killed = True
            self._kill()

    def _do(self, job: _Job) -> Any:
        process = self._start(job)
        try:
            with Deadline(job.function.seconds, partial(self._time_out, job)):
                answer = self._exchange(process, job)
        except (EOFError, OSError):
            raise self._error_of(process, job) from None
        except BaseException:
            # The answer may still be on its way: it must not become that of the next job.
            self._close()
            raise
        finally:
            with self._guard:
                self._job = None
        if answer.is_process_large:
            self._close()
        match answer.content:
            case Returned(value):
                return value
            case Refused(error):
                raise error
            case Failed(message, details, memory):
                if memory:
                    # A process that ran out of memory is not reliable enough for another step.
                    self._close()
                    raise _memory_error(job)
                raise StepCrashError(message, details)

    def _exchange(self, process: subprocess.Popen[bytes], job: _Job) -> Answer:
        """Send a job to the process, and return its answer."""
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, (job.function, job.arguments, job.keywords))
        message: Any = Progress(0.0)
        while isinstance(message, Progress):
            with suppress(Exception):  # a display that fails must not harm the step
                self._progress(job.function.label, message.share)
            message = receive(process.stdout)
        answer: Answer = message
        return answer

    def _start(self, job: _Job) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._killed:
                raise StepError("The export was interrupted.")
            self._job, self._timed_out = job, False
            if self._process is None or self._process.poll() is not None:
                self._log = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
                environment = dict(os.environ)
                environment["PYTHONPATH"] = os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path)
                # The order of sets must not affect the result of a step.
                environment["PYTHONHASHSEED"] = "0"
                if self._temporary:
                    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._temporary))
                self._process = subprocess.Popen(
                    [sys.executable, "-X", "faulthandler", "-c", _START],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._log,
                    env=environment,
                    # A group of its own: only the parent receives Ctrl-C, and programs that a step starts end with it.
                    start_new_session=True,
                )
            return self._process

    def _time_out(self, job: _Job) -> None:
        with self._guard:
            if job is self._job:
                self._timed_out = True
                self._kill()

    def _error_of(self, process: subprocess.Popen[bytes], job: _Job) -> StepError:
        # Its pipe is closed, so it ends; whatever keeps it, the others must not wait for it.
        with suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING)
        self._kill()
        code = process.wait()
        output = self._output()
        timed_out = self._timed_out
        self._close()
        if self._killed:
            return StepError("The export was interrupted.")
        if timed_out:
            return StepTimeoutError(f"timed out after {job.function.seconds:g} seconds")
        if any(sign in output for sign in _OUT_OF_MEMORY):
            return _memory_error(job)
        if code == -9:
            return StepCrashError("was killed by the system, most likely because memory ran out", output)
        if code < 0:
            with suppress(ValueError):
                return StepCrashError(f"crashed ({signal.Signals(-code).name})", output)
        return StepCrashError(f"ended without a result (exit code {code})", output)

    def _output(self) -> str:
        if self._log is None:
            return ""
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - _LOG_TAIL))
        return self._log.read().decode("utf-8", "replace")

    def _kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (AttributeError, OSError):
                self._process.kill()

    def _close(self) -> None:
        """Kill the process, and close its pipes."""
        with self._guard:
            if self._process is None:
                return
            self._kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._log):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process = None
            self._log = None
