"""A process of its own that reads documents, with a limit of time for each and of memory for all: it may die alone."""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection
from pathlib import Path

from tests.soak import trial
from tests.soak.kinds import KINDS

START = "spawn"
"""How processes are begun: afresh, so that nothing of this one weighs on them."""
PATIENCE = 10
"""Seconds beyond those that a document may take, until the process is ended."""


class Cell:
    """Reads documents of one kind by their numbers."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context(START)
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(self.kind, theirs), daemon=True)
        self._process.start()
        theirs.close()
        # What it imports takes long on a machine that does other things too, and is no part of reading.
        self._ours.recv()

    def reads(self, number: int) -> str:
        """Read the document with a number; gives what went wrong, empty when nothing did."""
        self._ours.send(number)
        said = ""
        if not self._ours.poll(trial.SECONDS + PATIENCE + 30):
            said = "it did not end in time, and could not be interrupted"
        else:
            try:
                return str(self._ours.recv())
            except EOFError:
                self._process.join(PATIENCE)
                said = f"it ended the process (exit code {self._process.exitcode})"
        self.close()
        self._start()
        return said

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._ours.close()


def _serve(kind: str, pipe: Connection) -> None:
    one = KINDS[kind]
    trial.reads(one.document(0), one.reader, one.suffix)  # so that all that it imports is there
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + one.megabytes * 1_000_000, resource.RLIM_INFINITY))
    pipe.send("ready")
    while True:
        try:
            number = pipe.recv()
        except EOFError:
            return
        pipe.send(trial.reads(one.document(number), one.reader, one.suffix))


def _address_space() -> int:
    """Return the bytes that this process has mapped."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()
