"""Locks of files, which end with their process however it ends: `flock` on POSIX, `msvcrt.locking` on Windows."""

from __future__ import annotations

import os
import sys


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
