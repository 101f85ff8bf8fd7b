"""Temporary folders of runs inside the store.

Each has a file beside it that is locked during the run, so that other runs can remove what a killed one left behind.
"""

from __future__ import annotations

import math
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from exporter.errors import UsageError
from exporter.pipeline import file_lock
from exporter.pipeline.file_writing import remove_tree, writing
from exporter.pipeline.storage.store import FOLDERS, TEMPORARY, Store

_DAY = 86_400
_LOCK = ".lock"


@contextmanager
def run_folder(store: Store) -> Iterator[Path]:
    """Yield an empty folder for this run and remove it afterwards; folders of killed runs are removed too.

    Raises:
        OutputError: The store cannot be written.
    """
    sweep(store)
    folder = store.root / "runs" / secrets.token_hex(8)
    # Beside the folder, since Windows renames and removes no folder with a file that is open.
    lock_file = folder.with_suffix(_LOCK)
    with writing(store.root, "The store"):
        descriptor = os.open(lock_file, os.O_CREAT | os.O_RDWR, 0o600)
        # Locked before the folder exists that other runs examine.
        file_lock.lock(descriptor)
        folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        remove_tree(folder)
        os.close(descriptor)
        lock_file.unlink(missing_ok=True)


@contextmanager
def named_copy(store: Store, digest: str, path: Path) -> Iterator[Path]:
    """Yield a copy of a file of the store under its published name, in a folder of its own, and remove it afterwards.

    A copy, since programs follow links to names without a suffix, and some write beside the files that they read. Its
    bytes are checked.

    Args:
        store: The store that holds the file.
        digest: Digest of the file.
        path: Path of the copy; its folder must not exist yet.

    Raises:
        OutputError: It cannot be written.
        DamagedObjectError: The file of the store is damaged.
    """
    store.require([digest])
    with writing(path.parent, "The scratch folder"):
        path.parent.mkdir(parents=True)
        shutil.copyfile(store.path(digest), path)
    try:
        yield path
    finally:
        remove_tree(path.parent)


def sweep(store: Store) -> bool:
    """Remove what killed runs have left; return whether no other run is active."""
    if _active_runs(store):
        return False
    for path in (store.root / TEMPORARY).glob("*"):
        with suppress(OSError):
            path.unlink()
    return True


def active_since(store: Store) -> float:
    """Return when the oldest active run began, in seconds since 1970; infinity if none is active."""
    return min(_active_runs(store), default=math.inf)


def _active_runs(store: Store) -> list[float]:
    """Return when each active run began, and remove the folders of all others."""
    active: list[float] = []
    for path in (store.root / "runs").glob("*"):
        lock_file = path.with_suffix(_LOCK)
        with suppress(OSError):  # a run that ends meanwhile removes its own
            if path == lock_file:
                if not path.with_suffix("").exists() and path.stat().st_mtime < time.time() - _DAY:
                    path.unlink()
            elif _is_locked(lock_file):
                active.append(lock_file.stat().st_mtime)
            else:
                remove_tree(path)
                lock_file.unlink(missing_ok=True)
    return active


def empty(store: Store) -> int:
    """Empty the store; return the number of bytes freed.

    Raises:
        UsageError: Another run is using it.
    """
    if not sweep(store):
        raise UsageError("Another export is using the store.", advice="Wait until it has finished, then clean.")
    freed = 0
    for name in FOLDERS:
        folder = store.root / name
        for path in folder.rglob("*"):
            with suppress(OSError):
                freed += path.lstat().st_size if path.is_file() else 0
        remove_tree(folder)
    with suppress(OSError):
        (store.root / "CACHEDIR.TAG").unlink()
        store.root.rmdir()
    return freed


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return not file_lock.lock(descriptor)
    finally:
        os.close(descriptor)
