"""Archives that somebody may have tampered with, opened with limits."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote

LARGEST = 64 * 2**20
"""Bytes of one document, unpacked."""
ALL = 512 * 2**20
"""Bytes of all that is read of an archive, unpacked."""

LONGEST = 4 * 2**30
"""Bytes of a file of sound: more than a week."""
PACKED = 10
"""How many times smaller packing can make silence and hiss."""


class Archive:
    """The files in a ZIP archive, by their names."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._left = ALL
        self.names = frozenset(packed.namelist())

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            KeyError: There is none of this name.
            ValueError: It is larger than any document of ours.
        """
        size = self._packed.getinfo(name).file_size
        self._left -= size
        if size > LARGEST or self._left < 0:
            raise ValueError(f"“{name}” is too large to be read")
        with self._packed.open(name) as file:
            return file.read(LARGEST)

    @contextmanager
    def sound(self, name: str) -> Iterator[BinaryIO]:
        """Open a file of sound, which may be hours long and is read here and there.

        Raises:
            KeyError: There is none of this name.
            ValueError: It is larger than any recording, or unpacks to far more than it takes, as no sound does.
        """
        entry = self._packed.getinfo(name)
        if entry.file_size > LONGEST or (entry.file_size > LARGEST and entry.file_size > PACKED * entry.compress_size):
            raise ValueError(f"“{name}” is too large to be read")
        with self._packed.open(entry) as file:
            yield cast(BinaryIO, file)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive.

    Raises:
        OSError, zipfile.BadZipFile: It is none.
    """
    with zipfile.ZipFile(path) as packed:
        yield Archive(packed)


def joined(base: str, reference: str) -> str:
    """Return the name of the file that a document of the name `base` refers to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(reference)))
