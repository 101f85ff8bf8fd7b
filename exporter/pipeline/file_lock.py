"""Locks of files and folders, which end with their process however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter.errors import OutputError

_PAUSE = 0.05
"""Seconds between two attempts to lock a folder."""
_PATIENCE = 120.0
"""Seconds to wait for a folder: another export copies its files within a few."""


def lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; return whether no other process has locked it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def locked_folder(folder: Path) -> Iterator[bool]:
    """Lock an existing folder, once no other export has locked it; yield whether the system can lock folders.

    Windows and some network drives cannot.

    Raises:
        OutputError: Another export has locked it for minutes.
    """
    if sys.platform == "win32":
        yield False
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _wait_for_lock(descriptor, folder)
    finally:
        os.close(descriptor)


def _wait_for_lock(descriptor: int, folder: Path) -> bool:
    import fcntl

    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True
    raise OutputError(
        f"Another export is writing to “{folder}”.", advice="Wait until it has finished, then export again."
    )
