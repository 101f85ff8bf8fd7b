"""Handling of SIGINT (Ctrl-C) and SIGTERM.

An exception out of a signal handler may rise anywhere: between the opening of a file and the statement that closes it,
or inside a finalizer, where Python drops it. So a use case that asks now and then whether it is to end does just that;
everything else is interrupted at once, and so is whoever does not get that far: by the second signal.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_received = threading.Event()
_polled = threading.Event()


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Handle a signal that asks the program to end.

    Raises:
        KeyboardInterrupt: Nobody asks for the signal, or it is not the first.
    """
    is_first = not _received.is_set()
    _received.set()
    if not (is_first and _polled.is_set()):
        raise KeyboardInterrupt


@contextmanager
def polled() -> Iterator[None]:
    """Keep the first signal for a block that asks `was_interrupted`.

    Raises:
        KeyboardInterrupt: At the end of the block, where the signal came too late to be asked for.
    """
    _polled.set()
    try:
        yield
    finally:
        _polled.clear()
    if was_interrupted():
        raise KeyboardInterrupt


def was_interrupted() -> bool:
    """Return whether the program has been asked to end."""
    return _received.is_set()
