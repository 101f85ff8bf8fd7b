"""Processes that lay out chapters from the end of a document while it is laid out from its beginning.

Each is a copy of the process that lays out the document, with all its boxes. It lays out and draws one chapter, puts it
into the cache, and ends. A chapter that a process fails to lay out is laid out with the rest of the document.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_STUCK = 10.0
"""Seconds without any work after which a process is ended: a lock that a thread held during the fork stays closed."""


class ChapterProcesses:
    """The processes of one document.

    Args:
        most: How many there may be at a time. Only Linux has processes that begin as copies and are safe to use.
    """

    def __init__(self, most: int) -> None:
        self._most = most if sys.platform == "linux" else 0
        self._running: dict[int, int] = {}
        """IDs of processes by the number of the item that the chapter begins with."""

    def are_free(self) -> bool:
        """Return whether another process may be started."""
        for item, process in list(self._running.items()):
            if os.waitpid(process, os.WNOHANG)[0]:
                del self._running[item]
        return len(self._running) < self._most

    def start(self, item: int, work: Callable[[], None]) -> None:
        """Start a process that does the work for an item."""
        with warnings.catch_warnings():
            # Python warns of locks that other threads hold, which are those of the transport of progress.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process:
            self._running[item] = process
            return
        code = 1
        try:
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            work()
            code = 0
        finally:
            os._exit(code)

    def wait(self, item: int) -> None:
        """Wait for the process that was started for an item, if there is one."""
        process = self._running.pop(item, 0)
        work, since = "", time.monotonic()
        while process and not os.waitpid(process, os.WNOHANG)[0]:
            time.sleep(0.005)
            if time.monotonic() - since > _STUCK:
                if work == (work := _work(process)):
                    os.kill(process, signal.SIGKILL)
                since = time.monotonic()

    def close(self) -> None:
        """End all processes."""
        for process in self._running.values():
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self._running.clear()


def _work(process: int) -> str:
    """Return the time that a process has worked, in a form that changes with it."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return " ".join(fields[11:13])
