"""Ctrl-C and its like: heard once, never lost.

Python drops an exception that rises inside a finalizer or a callback of its own, and a signal may arrive just there. So
that it was heard is kept as well, for those who look now and then.
"""

from __future__ import annotations

import threading
from types import FrameType

_heard = threading.Event()


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Handle a signal that asks the program to end.

    Raises:
        KeyboardInterrupt: Always.
    """
    _heard.set()
    raise KeyboardInterrupt


def was_interrupted() -> bool:
    """Return whether somebody has asked the program to end."""
    return _heard.is_set()
