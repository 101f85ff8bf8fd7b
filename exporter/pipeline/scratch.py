"""Temporary folders of runs inside the store: locked during the run, so that others can remove those left behind."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from exporter.errors import UsageError
from exporter.pipeline.store import FOLDERS, Store, remove_tree, writing

try:
    import fcntl
except ImportError:  # Windows: a folder in use cannot be removed there anyhow
    fcntl = None  # type: ignore[assignment]  # the module is missing, which is tested before each use


_DAY = 86_400


@contextmanager
def run_folder(store: Store) -> Iterator[Path]:
    """Yield an empty folder for this run and remove it afterwards; folders of killed runs are removed too.

    Raises:
        OutputError: The store cannot be written.
    """
    sweep(store)
    name = secrets.token_hex(8)
    folder = store.root / "runs" / name
    # Locked before it gets the name that other runs examine.
    unlocked = folder.with_name(f".{name}")
    with writing(store.root, "The store"):
        unlocked.mkdir(mode=0o700)
        descriptor = os.open(unlocked / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        unlocked.rename(folder)
    try:
        yield folder
    finally:
        os.close(descriptor)
        remove_tree(folder)


@contextmanager
def named_copy(store: Store, digest: str, path: Path) -> Iterator[Path]:
    """Yield a copy of a file of the store under its published name, in a folder of its own, and remove it afterwards.

    A copy, since programs follow links to names without a suffix, and some write beside the files that they read.

    Args:
        store: The store that holds the file.
        digest: Digest of the file.
        path: Path of the copy; its folder must not exist yet.

    Raises:
        OutputError: It cannot be written.
    """
    with writing(path.parent, "The scratch folder"):
        path.parent.mkdir(parents=True)
        shutil.copyfile(store.path(digest), path)
    try:
        yield path
    finally:
        remove_tree(path.parent)


def sweep(store: Store) -> bool:
    """Remove the folders of killed runs; return whether no other run is active."""
    is_alone = True
    with suppress(OSError):
        for folder in (store.root / "runs").iterdir():
            if _is_abandoned(folder):
                remove_tree(folder)
            else:
                is_alone = False
    return is_alone


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


def _is_abandoned(folder: Path) -> bool:
    if folder.name.startswith("."):
        return folder.stat().st_mtime < time.time() - _DAY
    if not fcntl:
        return True
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
