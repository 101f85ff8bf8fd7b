"""Processes that lay out the chapters of a document, side by side.

Each is a copy of the process that lays out the document, with all its boxes. One after the other, it takes a chapter
that no process has taken yet, lays it out and draws it, and puts it into the cache. A chapter that a process fails to
lay out is laid out with the rest of the document.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_STUCK = 10.0
"""Seconds without progress after which a process is ended: a lock that a thread held during the fork stays closed."""
_NUMBER = struct.Struct("I")
_MOST_CHAPTERS = 10_000
"""Numbers of so many chapters fit into a pipe of 64 KB, into which they are written at once."""


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
        self._running: list[int] = []
        """IDs of the processes."""
        self._awaited: set[int] = set()
        """The chapters that are not done yet."""
        self._done = -1
        """The pipe with the chapters that are done."""

    def offer(self, index: int, beginning: int | None, keep: Callable[[Iterator[int]], None]) -> None:
        """Start the processes if the first chapter begins, and several are not in the cache.

        Args:
            index: Index of the page that is laid out next.
            beginning: Number of the item that it begins with, if a part may begin there.
            keep: Lays out the chapters that begin with items of some numbers, and puts them into the cache.
        """
        if self.first_page or beginning not in self._chapters:
            return
        self.first_page = index
        chapters = [chapter for chapter in self._chapters if chapter >= beginning and not self._is_kept(index, chapter)]
        count = min(self._most, len(chapters))
        if count > 1:
            self._start(count, chapters[:_MOST_CHAPTERS], keep)

    def wait(self, chapter: int) -> None:
        """Wait until a chapter is done, if a process was started for it."""
        while chapter in self._awaited:
            before = self._processor_times()
            if not select.select([self._done], [], [], _STUCK)[0]:
                if before == self._processor_times():
                    self._kill()
            elif data := os.read(self._done, _NUMBER.size):
                self._awaited.discard(*_NUMBER.unpack(data))
            else:  # all processes have ended
                self._awaited.clear()

    def end(self) -> None:
        """End all processes."""
        self._kill()
        for process in self._running:
            with suppress(ChildProcessError):  # the program that started exporter may ignore the end of processes
                os.waitpid(process, 0)
        if self._running:
            os.close(self._done)
        self._running.clear()
        self._awaited.clear()

    def _kill(self) -> None:
        for process in self._running:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _processor_times(self) -> list[list[str]]:
        """Return the times that the processes have used processors, in a form that changes with them."""
        files = (Path(f"/proc/{process}/stat") for process in self._running)
        stats = (file.read_text("ascii", "replace") for file in files if file.exists())
        return [stat.rpartition(")")[2].split()[11:13] for stat in stats]

    def _start(self, count: int, chapters: list[int], keep: Callable[[Iterator[int]], None]) -> None:
        waiting, queue = os.pipe()
        self._done, done = os.pipe()
        os.write(queue, b"".join(map(_NUMBER.pack, chapters)))
        os.close(queue)
        self._awaited = set(chapters)
        while len(self._running) < count:
            with warnings.catch_warnings():
                # Python warns of locks that other threads may hold.
                warnings.simplefilter("ignore", DeprecationWarning)
                try:
                    process = os.fork()
                except OSError:  # no more processes, or no memory for one: fewer do it
                    break
            if not process:
                _run(waiting, done, keep)
            self._running.append(process)
        os.close(waiting)
        os.close(done)


def _run(waiting: int, done: int, keep: Callable[[Iterator[int]], None]) -> None:
    """Run in a process of its own: keep chapters until none is left, and end."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with suppress(Exception):  # of any kind: the chapter is laid out with the rest of the document
            keep(_taken(waiting, done))
    finally:
        os._exit(0)


def _taken(waiting: int, done: int) -> Iterator[int]:
    """Yield chapters from a pipe, and write each into another when the next one is asked for."""
    while data := os.read(waiting, _NUMBER.size):
        yield from _NUMBER.unpack(data)
        os.write(done, data)
