"""The process that steps run in: takes functions over a pipe, gives back what they return.

Started by `pool.py` as a fresh Python, not by multiprocessing: forking is unsafe beside the
threads of the command line, and multiprocessing's other ways import the main module of the program again in each child.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import signal
import struct
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, NamedTuple

from exporter.errors import ExporterError

HEAD = struct.Struct(">Q")
_report: Callable[[float], None] | None = None


class Progress(NamedTuple):
    """Part of a step is done."""

    share: float


class Returned(NamedTuple):
    """A step has ended well."""

    value: Any


class Refused(NamedTuple):
    """A step has ended with a sentence for people."""

    error: ExporterError


class Failed(NamedTuple):
    """A step has ended with a mistake of ours, or of a library."""

    what: str
    """One line."""
    details: str
    """The traceback."""
    memory: bool = False
    """Whether memory ran out."""


def send(pipe: IO[bytes], value: Any) -> None:
    """Send one value down a pipe."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(HEAD.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Return the next value of a pipe.

    Raises:
        EOFError: The other end is gone.
    """
    return pickle.loads(_exactly(pipe, HEAD.unpack(_exactly(pipe, HEAD.size))[0]))  # noqa: S301  # both ends are our own processes


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def progress(share: float) -> None:
    """Tell that a share (0-1) of the step is done; outside a worker, nobody listens."""
    if _report is not None:
        _report(share)


def main() -> None:
    """Work until the pipe closes."""
    global _report  # noqa: PLW0603  # one worker per process, and steps get no handle on it
    inward = os.fdopen(os.dup(0), "rb")
    outward = os.fdopen(os.dup(1), "wb")
    # What libraries print must not get between our values.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _yield_memory_first()
    # Trees are all leaves and no rings: looking for rings after each 700 new objects finds none and takes a tenth.
    gc.set_threshold(100_000, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lock = threading.Lock()
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def answer(value: Any) -> None:
        with lock:
            send(outward, value)

    _report = lambda share: answer(Progress(share))  # noqa: E731  # shorter than a function that says the same
    threading.Thread(target=_listen, args=(inward, jobs), daemon=True).start()
    while True:
        answer(_perform(*jobs.get()))


def _listen(pipe: IO[bytes], jobs: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            jobs.put(receive(pipe))
    except Exception:  # whatever it is, nobody is left to tell
        _leave()


def _leave() -> None:
    """The parent is gone: so go, with all programs that the step has started."""
    with suppress(AttributeError, OSError):
        if os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _perform(
    function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> Returned | Refused | Failed:
    try:
        return Returned(function(*arguments, **keywords))
    except ExporterError as error:
        return Refused(error)
    except MemoryError:
        return Failed("memory ran out", traceback.format_exc(), memory=True)
    except RecursionError:
        return Failed("something is nested too deeply", traceback.format_exc(limit=40))
    except BaseException as error:  # sys.exit in a step is a mistake like any other
        line = str(error).strip().splitlines()
        what = f"{type(error).__name__}: {line[0]}" if line else type(error).__name__
        return Failed(what, traceback.format_exc())


def _yield_memory_first() -> None:
    """When memory runs out, Linux should end this process, whose step can be told of, and not its parent."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:  # noqa: PTH123  # no path of ours
        file.write("600")
