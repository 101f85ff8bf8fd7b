"""Locks of files, which end with their process however it ends: `flock` on POSIX, `msvcrt.locking` on Windows."""

from __future__ import annotations

import importlib
import os

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the module is missing, which is tested before each use


def lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; return whether no other process has locked it."""
    try:
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt = importlib.import_module("msvcrt")
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
