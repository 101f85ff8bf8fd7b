"""Safe opening of files in untrusted folders: only regular files inside the folder, without blocking."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path


class UnsafeFileError(OSError):
    """A path that is a symbolic link out of its folder, or not a regular file."""

    def __init__(self, reason: str) -> None:
        super().__init__(0, reason)


class OutsideFolderError(UnsafeFileError):
    """A path that is a symbolic link out of its folder."""


def has_readable_name(path: Path) -> bool:
    """Return whether the name of a file or folder, and of all around it, is UTF-8, so that messages can quote it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def open_regular(path: Path, folder: Path | None = None) -> BufferedReader:
    """Return a regular file opened for reading.

    A pipe never blocks, and a device is never opened.

    Args:
        path: The file; symbolic links are followed.
        folder: Folder that the links may not leave; None for a file that the user gave.

    Raises:
        OutsideFolderError: A link leads out of the folder.
        UnsafeFileError: The path is a folder, a pipe, a socket or a device, or its links form a loop.
        OSError: The file does not exist or cannot be read.
    """
    try:
        target = path.resolve(strict=True)
    except RuntimeError as error:  # a loop of links, before Python 3.13
        raise UnsafeFileError("its symbolic links form a loop") from error
    if folder is not None and not target.is_relative_to(folder.resolve()):
        raise OutsideFolderError("it is a symbolic link that leads out of its folder")
    _refuse_special(target.lstat())
    # The file may have been replaced since it was checked, so the same rules apply when it is opened.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(target, flags)
    try:
        _refuse_special(os.fstat(descriptor))
    except BaseException:  # Ctrl-C, too
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path, folder: Path | None = None, *, limit: int = -1) -> bytes:
    """Return the bytes of a regular file (see `open_regular`).

    Args:
        path: The file.
        folder: Folder that its links may not leave.
        limit: Maximum number of bytes to read; all by default.

    Raises:
        OSError: The file cannot be opened, see `open_regular`.
    """
    with open_regular(path, folder) as file:
        return file.read(limit)


def _refuse_special(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeFileError("it is a folder, a pipe or a device, not a file")
