"""Processes that lay out chapters from the end of a document while it is laid out from its beginning.

Each is a copy of the process that lays out the document, with all its boxes. It lays out and draws one chapter, puts it
into the cache, and ends. A chapter that a process fails to lay out is laid out with the rest of the document.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_STUCK = 10.0
"""Seconds without progress after which a process is ended: a lock that a thread held during the fork stays closed."""


class ChapterProcesses:
    """The processes of one layout.

    Args:
        most: How many there may be at a time. Only Linux has processes that begin as copies and are safe to use; such a
            process ends with the thread that started it.
        chapters: Numbers of the items that a chapter begins with that always begins a page.
        is_kept: Whether the pages from an item on are in the cache, if they begin as a page of an index does.
    """

    def __init__(self, most: int, chapters: list[int], is_kept: Callable[[int, int], bool]) -> None:
        can_start = sys.platform == "linux" and threading.current_thread() is threading.main_thread()
        self._most = most if can_start else 0
        self._chapters, self._is_kept = chapters, is_kept
        self.first_page = 0
        """Index of the page with which the first of the chapters begins; 0 before it is known."""
        self._running: dict[int, int] = {}
        """IDs of processes by the number of the item that the chapter begins with."""

    def offer(self, index: int, beginning: int | None, keep: Callable[[int], None]) -> None:
        """Start processes, if there may be more, for chapters that are not in the cache.

        Args:
            index: Index of the page that is laid out next.
            beginning: Number of the item that it begins with, if a part may begin there.
            keep: Lays out the chapter that begins with an item of a number, and puts it into the cache.
        """
        if beginning in self._chapters:
            self.first_page = self.first_page or index
            self._chapters = self._chapters[self._chapters.index(beginning) + 1 :]
        while self.first_page and self._chapters and self._are_free():
            chapter = self._chapters.pop()
            if not self._is_kept(self.first_page, chapter):
                self._start(chapter, keep)

    def wait(self, chapter: int) -> None:
        """Wait for the process that was started for a chapter, if there is one."""
        process = self._running.pop(chapter, 0)
        before, since = _processor_time(process) if process else "", time.monotonic()
        while process and not os.waitpid(process, os.WNOHANG)[0]:
            time.sleep(0.005)
            if time.monotonic() - since > _STUCK:
                if before == (before := _processor_time(process)):
                    os.kill(process, signal.SIGKILL)
                since = time.monotonic()

    def end(self) -> None:
        """End all processes."""
        for process in self._running.values():
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self._running.clear()

    def _are_free(self) -> bool:
        """Return whether another process may be started."""
        for chapter, process in list(self._running.items()):
            if os.waitpid(process, os.WNOHANG)[0]:
                del self._running[chapter]
        return len(self._running) < self._most

    def _start(self, chapter: int, keep: Callable[[int], None]) -> None:
        with warnings.catch_warnings():
            # Python warns of locks that other threads may hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process:
            self._running[chapter] = process
            return
        code = 1
        try:
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            keep(chapter)
            code = 0
        finally:
            os._exit(code)


def _processor_time(process: int) -> str:
    """Return the time that a process has used processors, in a form that changes with it."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return " ".join(fields[11:13])
