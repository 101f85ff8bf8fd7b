"""Python's memory, where many objects are created: no search for cycles of references, and freed when there is time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_collector() -> Iterator[None]:
    """Turn the collector off, and then on again if it was; also as a decorator.

    It walks over all objects again and again and finds nearly nothing. The next collection finds what is left. What was
    kept to be freed later is freed now.
    """
    free()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_kept: list[object] = []


def free_later(*objects: object) -> None:
    """Keep objects until `free` is called: to free many takes long, and most processes end before."""
    _kept.extend(objects)


def free() -> None:
    """Free what was kept."""
    _kept.clear()
