"""Python's collector of reference cycles, turned off where many objects are created, and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_collector() -> Iterator[None]:
    """Turn the collector off, and then on again if it was; also as a decorator.

    It walks over all objects again and again and finds nearly nothing. The next collection finds what is left.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
