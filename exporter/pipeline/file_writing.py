"""Writing of files at once and completely, and messages about what prevents it."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from exporter.errors import OutputError

TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""Names of files that are not complete."""


def temporary_name() -> str:
    """Return a name that no other file has."""
    return f".{secrets.token_hex(8)}.tmp"


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """Yield the path of a new file, to be renamed once it is complete; one that is not renamed is removed."""
    path = folder / temporary_name()
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink()


def replace_file(
    path: Path, data: bytes, *, mode: int = 0o600, sync: bool = True, temporary_folder: Path | None = None
) -> None:
    """Write a file atomically: under a temporary name, flushed to the disk, then renamed.

    Args:
        path: The file.
        data: Its content.
        mode: Its mode.
        sync: Whether it is flushed.
        temporary_folder: An existing folder on the same disk; by default, that of the file.

    Raises:
        OSError: It cannot be written; no part of it remains.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with temporary_file(temporary_folder or path.parent) as temporary:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)


@contextmanager
def writing(path: Path, name: str) -> Iterator[None]:
    """Turn errors of the file system inside the block into an error with advice.

    Args:
        path: The file or folder that is written.
        name: Its name in the message.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        yield
    except OSError as error:
        refuse(path, name, error)


def refuse(path: Path, name: str, error: OSError) -> NoReturn:
    """Raise the error with advice for an error of the file system."""
    advice = {
        errno.ENOSPC: "Free disk space and export again; finished steps are kept.",
        errno.EDQUOT: "Free space in your disk quota and export again; finished steps are kept.",
        errno.EROFS: "Use a folder on a writable disk.",
        errno.EACCES: "Change the permissions, close it in other programs, or use another folder.",
        errno.EPERM: "Change the permissions, or use another folder.",
        errno.ENOTDIR: "Use another folder: this name is that of a file.",
        errno.EEXIST: "Use another folder: this name is that of a file.",
    }.get(error.errno or 0, "")
    raise OutputError(f"{name} “{path}” cannot be written: {error.strerror or error}.", advice=advice) from error


def remove_tree(path: Path) -> None:
    """Remove a folder, including read-only files; files that cannot be removed stay."""
    shutil.rmtree(path, ignore_errors=True)
