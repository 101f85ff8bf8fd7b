"""Builds that all processes of a run of the tests share."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


def build_once(folder: Path, build: Callable[[Path], Result]) -> Result:
    """Return the result of a build in a folder; only the first process that asks for it builds.

    Args:
        folder: Where the build writes; it is made if it is missing.
        build: Called with the folder; its result can be pickled.
    """
    kept = folder.with_name(f"{folder.name}.pickle")
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder.mkdir()
            kept.write_bytes(pickle.dumps(build(folder)))
    result: Result = pickle.loads(kept.read_bytes())
    return result
