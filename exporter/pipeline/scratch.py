"""The folder of one run inside the store, locked while the run lives, so that others can tell and sweep."""

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
    fcntl = None  # type: ignore[assignment]  # the module is missing, and asked for before each use


_DAY = 86_400


@contextmanager
def run_folder(store: Store) -> Iterator[Path]:
    """Return an empty folder for this run, removed afterwards; those of runs that were killed are removed too.

    Raises:
        OutputError: The store cannot be written.
    """
    sweep(store)
    name = secrets.token_hex(8)
    folder = store.root / "runs" / name
    # Locked before it has a name that a sweeper looks at.
    unborn = folder.with_name(f".{name}")
    with writing(store.root, "The store"):
        unborn.mkdir(mode=0o700)
        descriptor = os.open(unborn / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        unborn.rename(folder)
    try:
        yield folder
    finally:
        os.close(descriptor)
        remove_tree(folder)


@contextmanager
def named_copy(store: Store, digest: str, path: Path) -> Iterator[Path]:
    """Return a copy of a file of the store under a name that says what it is, in a folder of its own, and remove it.

    A copy, since programs follow links to names that say nothing, and some write where they read.

    Args:
        store: Where it is.
        digest: Of the file.
        path: The name that it gets; its folder must not exist yet.

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
    """Remove what killed runs left behind; False when another run is going on."""
    alone = True
    with suppress(OSError):
        for folder in (store.root / "runs").iterdir():
            if _abandoned(folder):
                remove_tree(folder)
            else:
                alone = False
    return alone


def empty(store: Store) -> int:
    """Empty the store and give the bytes that were freed.

    Raises:
        UsageError: Another run uses it.
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


def _abandoned(folder: Path) -> bool:
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
