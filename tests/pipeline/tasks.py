"""Functions for other processes."""

from __future__ import annotations

import os
import sys
import time
from typing import NoReturn

from exporter.errors import SourceError
from exporter.model import Source
from exporter.pipeline.execution.worker import progress


def double(number: int) -> int:
    return 2 * number


def refuse() -> NoReturn:
    raise SourceError("It is broken.", advice="Mend it.", source=Source("a.md", 3))


def recurse() -> None:
    recurse()


def starve() -> NoReturn:
    raise MemoryError


def leave() -> NoReturn:
    sys.exit(3)


def slow() -> None:
    """Take a minute, whatever the time limit."""
    time.sleep(60)


def greedy(memory: int) -> int:
    """Take so many bytes."""
    return len(bytearray(memory))


def fill_and_fail(size: int) -> None:
    """Fail for another reason than memory, with much of it in use."""
    filled = bytearray(size)
    raise TypeError(f"no room beside {len(filled)} bytes")


def keep(size: int) -> int:
    """Keep so many bytes for good, and return the number of the process."""
    _kept.append(b"x" * size)
    return os.getpid()


_kept: list[bytes] = []


def tell() -> None:
    """Tell how far it is."""
    progress(0.25)
    progress(1.0)


def wait(weight: float) -> float:
    """Return the weight, after a moment."""
    time.sleep(0.2)
    return weight
