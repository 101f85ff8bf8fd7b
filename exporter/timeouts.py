"""Timeouts that allow for the load of the machine, so that other processes do not use them up."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

_MIN_SHARE = 0.05
"""Minimum share of a second that counts, so that a timeout ends after at most twenty times its length."""
_INTERVAL = 1.0
"""Seconds between two measurements of the load."""
_EPSILON = 1e-6
"""Remaining seconds that are rounding errors."""


class Deadline:
    """A context manager that calls a function on another thread when its block times out.

    A second counts by the available share of the machine: if three times as many processes are ready to run as there
    are processors, by a third. So a block that times out hangs, and does not only lack processor time.

    Args:
        seconds: Timeout on an otherwise idle machine; None for none.
        on_timeout: Function to call.
    """

    def __init__(self, seconds: float | None, on_timeout: Callable[[], None]) -> None:
        self._seconds = seconds
        self._on_timeout = on_timeout
        self._is_over = threading.Event()

    def __enter__(self) -> Self:
        if self._seconds is not None:
            threading.Thread(target=self._watch, args=(self._seconds,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_over.set()

    def _watch(self, remaining: float) -> None:
        while remaining > _EPSILON:
            share = cpu_share()
            pause = min(remaining / share, _INTERVAL)
            if self._is_over.wait(pause):
                return
            remaining -= pause * share
        if not self._is_over.is_set():
            self._on_timeout()


def cpu_share() -> float:
    """Return the share of a processor that is available to a process, 0-1."""
    try:
        load = os.getloadavg()[0]
    except (AttributeError, OSError):  # not available on Windows
        return 1.0
    return max(_MIN_SHARE, min(1.0, (os.cpu_count() or 1) / max(load, 1.0)))
