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


class Slow:
    """Takes a minute, whatever its time limit."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __call__(self) -> None:
        time.sleep(60)


class Greedy:
    """Takes three times the memory that it may."""

    def __init__(self, memory: int) -> None:
        self.memory = memory

    def __call__(self) -> int:
        return len(bytearray(3 * self.memory))


def keep(size: int) -> int:
    """Keep so many bytes for good, and return the number of the process."""
    _kept.append(b"x" * size)
    return os.getpid()


_kept: list[bytes] = []


class Telling:
    """Tells how far it is."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self) -> None:
        progress(0.25)
        progress(1.0)


class Weighted:
    """Gives its weight back, after a moment."""

    def __init__(self, weight: float) -> None:
        self.weight = weight

    def __call__(self) -> float:
        time.sleep(0.2)
        return self.weight
