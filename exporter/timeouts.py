"""Time limits that belong to the work alone: a machine that is busy with something else does not use them up."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

_LEAST = 0.05
"""Share of a second that counts at least: whatever else goes on, a limit ends within twenty times its length."""
_LOOK = 1.0
"""Seconds between two looks at the load."""
_NOTHING = 1e-6
"""Seconds that are none: what is left over by rounding."""


class Deadline:
    """Calls a function on another thread when the work inside the context has had its time.

    A second counts as far as the machine had it to give: where three times as many processes want to run as there are
    processors, a third of it. So what a limit ends has hung, and was not merely starved.

    Args:
        seconds: Of a machine that does nothing else; None: there is no limit.
        late: What is called.
    """

    def __init__(self, seconds: float | None, late: Callable[[], None]) -> None:
        self._seconds = seconds
        self._late = late
        self._over = threading.Event()

    def __enter__(self) -> Self:
        if self._seconds is not None:
            threading.Thread(target=self._watch, args=(self._seconds,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()

    def _watch(self, left: float) -> None:
        while left > _NOTHING:
            now = cpu_share()
            pause = min(left / now, _LOOK)
            if self._over.wait(pause):
                return
            left -= pause * now
        if not self._over.is_set():
            self._late()


def cpu_share() -> float:
    """Return the share of the machine that one process can have just now, 0-1."""
    try:
        wanted = os.getloadavg()[0]
    except (AttributeError, OSError):  # Windows does not say
        return 1.0
    return max(_LEAST, min(1.0, (os.cpu_count() or 1) / max(wanted, 1.0)))
