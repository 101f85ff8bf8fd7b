"""Files from the store into a folder for everybody: all of them laid ready first, then each given its name at once.

Whoever is killed, and when: no file is ever half there; and until all of them lie ready, nothing has changed at all.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from exporter.errors import OutputError
from exporter.pipeline.context import PublishedFile, RunContext
from exporter.pipeline.results import StoredObject

_MODE = 0o644
"""Editions are for everybody; the store is not."""
_CHUNK = 1 << 20
_UNNAMED = re.compile(r"\.[0-9a-f]{16}\.tmp")
_HOUR = 3600


def publish_files(context: RunContext, folder: Path, files: Mapping[str, StoredObject]) -> tuple[PublishedFile, ...]:
    """Put files into a folder that exists; one that holds the right bytes already is left alone.

    Args:
        context: Whose store they are in.
        folder: Where they go.
        files: By name, in the order in which they are to appear.

    Raises:
        OutputError: A folder stands in the way of one, or one of the store is damaged; nothing has changed.
        OSError: The folder cannot be written.
    """
    _sweep(folder)
    ready: dict[str, Path] = {}
    try:
        for name, output in files.items():
            target = folder / name
            if not target.is_symlink() and context.fingerprints.holds(target, output.digest, folder):
                continue
            if target.is_dir() and not target.is_symlink():
                raise OutputError(f"A folder stands where “{target}” has to be.", advice="Move it away.")
            ready[name] = folder / f".{secrets.token_hex(8)}.tmp"
            if not _copy(context.store.path(output.digest), ready[name], output.digest):
                raise OutputError("A file of the store is damaged.", advice="Export again: it will be made anew.")
        for name, path in ready.items():
            path.replace(folder / name)
            context.fingerprints.remember(folder / name, files[name].digest)
    finally:
        for path in ready.values():
            with suppress(OSError):
                path.unlink()
    return tuple(PublishedFile(name, output, name in ready) for name, output in files.items())


def _copy(source: Path, target: Path, digest: str) -> bool:
    """Copy a file, comparing it on the way; False when it is damaged."""
    seen = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with source.open("rb") as old, os.fdopen(descriptor, "wb") as new:
        while chunk := old.read(_CHUNK):
            seen.update(chunk)
            new.write(chunk)
        new.flush()
        os.fsync(new.fileno())
    return seen.hexdigest() == digest


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed had laid ready; another that is at work now may need what is fresh."""
    for path in folder.iterdir():
        if _UNNAMED.fullmatch(path.name):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _HOUR:
                    path.unlink()
