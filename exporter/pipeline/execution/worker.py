"""Worker process of steps: receives functions over a pipe, sends back their results.

Started by `pool.py` as a new Python process, not by multiprocessing: forking is unsafe beside the threads of the
command line, and the other start methods of multiprocessing import the main module again in each child.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from exporter.budgets import limited_memory
from exporter.cycle_collector import free
from exporter.errors import ExporterError

_PR_SET_PDEATHSIG = 1
HEAD = struct.Struct(">Q")
_LARGE = 400_000_000
"""Bytes that a process may keep after a job; libraries and fonts take 150 million."""
_FULL = 0.8
"""Share of its memory that a step has taken when another error than that of memory means that it ran out."""
_IDLE = 1.0
"""Seconds without a job after which memory is freed."""
_report: Callable[[float], None] | None = None


class StepFunction(msgspec.Struct, frozen=True):
    """A function of a module, with its limits and its place among others."""

    run: Callable[..., Any]
    seconds: float | None = None
    """Timeout."""
    memory: int | None = None
    """Bytes that it may use."""
    label: tuple[str, ...] = ()
    """Publication and ID of the step, under which its progress is reported."""
    weight: float = 0.0
    """The waiting function of the largest weight runs first."""
    reads_input: bool = False
    """Whether it reads files of the input."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Do the work."""
        return self.run(*arguments, **keywords)


class Progress(NamedTuple):
    """Progress of a step."""

    share: float


class Returned(NamedTuple):
    """Result of a step."""

    value: Any


class Refused(NamedTuple):
    """Error of a step with a message for users."""

    error: ExporterError


class Failed(NamedTuple):
    """Crash of a step, due to a bug in exporter or in a library."""

    message: str
    """One line."""
    details: str
    """The traceback."""
    memory: bool = False
    """Whether memory ran out."""


class Answer(NamedTuple):
    """Answer to a job."""

    content: Returned | Refused | Failed
    is_process_large: bool
    """Whether the process keeps so much memory that a new one should do the next job."""


def send(pipe: IO[bytes], value: Any) -> None:
    """Send one value over a pipe."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(HEAD.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Return the next value from a pipe.

    Raises:
        EOFError: The other end is closed.
    """
    return pickle.loads(_exactly(pipe, HEAD.unpack(_exactly(pipe, HEAD.size))[0]))  # noqa: S301  # both ends are processes of exporter


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def progress(share: float) -> None:
    """Report the fraction (0-1) of the step that is done; has no effect outside a worker."""
    if _report is not None:
        _report(share)


def load(modules: Iterable[str]) -> None:
    """Import modules before a step needs them."""
    for name in modules:
        importlib.import_module(name)


def main() -> None:
    """Run steps until the pipe is closed."""
    global _report  # noqa: PLW0603  # one worker per process, and steps have no reference to it
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    # The output of libraries must not mix with the values on the pipe.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _die_with_parent()
    _raise_oom_score()
    # Trees have no reference cycles: a search after each 700 new objects finds none and takes a tenth of the time.
    gc.set_threshold(100_000, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lock = threading.Lock()
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def reply(value: Any) -> None:
        with lock:
            send(outgoing, value)

    _report = lambda share: reply(Progress(share))  # noqa: E731  # shorter than a function
    threading.Thread(target=_listen, args=(incoming, jobs), daemon=True).start()
    while True:
        content = _perform(*_next(jobs))
        reply(Answer(content, _is_large()))
        del content


def _next(jobs: queue.SimpleQueue[Any]) -> Any:
    """Return the next job; if there is none for a while, free what the last one has left."""
    with suppress(queue.Empty):
        return jobs.get(timeout=_IDLE)
    free()
    return jobs.get()


def _is_large() -> bool:
    """Return whether this process keeps more memory after a job than a new one should begin with."""
    if _resident() > _LARGE:
        gc.collect()
    return _resident() > _LARGE


def _resident() -> int:
    """Return the bytes in memory that are of this process alone (proc(5), statm); 0 on other systems than Linux.

    Unlike what counts as data, these are without the stacks of threads, of which libraries reserve many.
    """
    if sys.platform != "linux":
        return 0
    _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_text("ascii").split())
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _listen(pipe: IO[bytes], jobs: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            jobs.put(receive(pipe))
    except Exception:  # of any kind: no parent is left to report it to
        _leave()


def _leave() -> None:
    """Exit after the parent has ended, with all programs that the step has started."""
    with suppress(AttributeError, OSError):
        if os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _perform(
    function: StepFunction, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> Returned | Refused | Failed:
    try:
        with limited_memory(function.memory):
            return Returned(function(*arguments, **keywords))
    except ExporterError as error:
        return Refused(error)
    except RecursionError:
        return Failed("something is nested too deeply", traceback.format_exc(limit=40))
    except BaseException as error:  # sys.exit in a step is a bug like any other
        # Python itself and libraries that are loaded raise errors of any kind where there is no memory left.
        if isinstance(error, MemoryError) or (function.memory and _resident() > _FULL * function.memory):
            return Failed("memory ran out", traceback.format_exc(), memory=True)
        lines = str(error).strip().splitlines()
        message = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
        return Failed(message, traceback.format_exc())


def _die_with_parent() -> None:
    """Make Linux kill this process when its parent ends, even in code that does not let other threads run."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _raise_oom_score() -> None:
    """Make Linux kill this process before its parent when memory runs out, since its step can be reported."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("600", "ascii")
