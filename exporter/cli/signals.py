"""Handling of SIGINT (Ctrl-C) and SIGTERM.

A signal handler may raise an exception anywhere: between the opening of a file and the statement that closes it, or
in a finalizer, where Python discards it. A use case that regularly calls `was_interrupted` ends by itself after the
first signal; everything else is interrupted at once, and a use case that has not ended by the second signal.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_received = threading.Event()
_polled = threading.Event()


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Handle a signal that requests the end of the program.

    Raises:
        KeyboardInterrupt: The signal is not polled, or it is not the first.
    """
    is_first = not _received.is_set()
    _received.set()
    if not (is_first and _polled.is_set()):
        raise KeyboardInterrupt


@contextmanager
def polled() -> Iterator[None]:
    """Defer the first signal in a block that calls `was_interrupted`.

    Raises:
        KeyboardInterrupt: At the end of the block, if a signal was received.
    """
    _polled.set()
    try:
        yield
    finally:
        _polled.clear()
    if was_interrupted():
        raise KeyboardInterrupt


def was_interrupted() -> bool:
    """Return whether a signal has been received."""
    return _received.is_set()
