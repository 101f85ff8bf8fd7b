"""Digests of files, computed again only if the status of the file has changed."""

from __future__ import annotations

import hashlib
import math
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from exporter.files import open_regular
from exporter.pipeline.storage.store import Store

TABLE = "fingerprints"
_RESOLUTION = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was read may change again under the same time stamp (FAT)."""
_FRESH = 1.0
"""Seconds for which the list of the files of a folder is valid: a large run asks for it thousands of times."""
_MAXIMUM_AGE = 60
"""Days after which an unused entry is removed."""
_DAY = 86_400


class _Entry(msgspec.Struct, array_like=True):
    status: tuple[int, ...]
    digest: str
    read: int
    """Time of reading, in nanoseconds."""
    used: int
    """Day of the last request for it."""


class Fingerprints:
    """Digests by path; `save` writes them to the store for the next run."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._today = int(time.time()) // _DAY
        self._folders: dict[tuple[str, ...], tuple[float, Mapping[str, str]]] = {}
        """Digests of the files of folders, and when they were read."""
        try:
            self._entries = msgspec.msgpack.decode(store.table(TABLE) or b"\x80", type=dict[str, _Entry])
        except msgspec.MsgspecError:
            self._entries = {}

    def digest(self, path: Path, folder: Path | None = None) -> str:
        """Return the SHA-256 of a regular file, in hex.

        Args:
            path: The file.
            folder: Folder outside which no link may point.

        Raises:
            OSError: It cannot be opened, see `open_regular`.
        """
        status = path.stat()
        now = _status(status)
        entry = self._entries.get(str(path))
        if entry is not None and entry.status == now and max(now[1], now[2]) < entry.read - _RESOLUTION:
            entry.used = self._today
            return entry.digest
        read = time.time_ns()
        with open_regular(path, folder) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._entries[str(path)] = _Entry(now, digest, read, self._today)
        return digest

    def folder(self, root: Path, leave_out: Iterable[str] = (), *, is_fresh: bool = False) -> Mapping[str, str]:
        """Return the digests of the files under a folder, by path inside it; hidden ones and `leave_out` are not read.

        Args:
            root: The folder.
            leave_out: Paths inside it, of files or folders.
            is_fresh: Whether it is read again, even if it was read a moment ago.
        """
        key = (str(root), *leave_out)
        read, digests = self._folders.get(key, (-math.inf, {}))
        now = time.monotonic()
        if is_fresh or now > read + _FRESH:
            digests = self._read_folder(root, key[1:])
            self._folders[key] = now, digests
        return digests

    def _read_folder(self, root: Path, leave_out: Iterable[str]) -> Mapping[str, str]:
        excluded = {str(root / path) for path in leave_out}
        digests: dict[str, str] = {}
        stack = [(str(root), "")]
        while stack:
            folder, inside = stack.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.path in excluded or entry.name.startswith((".", "__pycache__")):
                        continue
                    if entry.is_dir():
                        stack.append((entry.path, f"{inside}{entry.name}/"))
                    else:
                        digests[inside + entry.name] = self.digest(Path(entry.path))
        return dict(sorted(digests.items()))

    def remember(self, path: Path, digest: str) -> None:
        """Record the digest of a file that this process has just written and that no other process writes."""
        now = _status(path.stat())
        self._entries[str(path)] = _Entry(now, digest, time.time_ns() + 2 * _RESOLUTION, self._today)

    def holds(self, path: Path, digest: str, folder: Path | None = None) -> bool:
        """Return whether a file exists with these bytes; a link that points outside `folder` does not count."""
        try:
            return self.digest(path, folder) == digest
        except OSError:
            return False

    def save(self) -> None:
        """Write the digests to the store."""
        fresh = {path: entry for path, entry in self._entries.items() if entry.used > self._today - _MAXIMUM_AGE}
        self._store.keep_table(TABLE, msgspec.msgpack.encode(fresh))


def _status(status: os.stat_result) -> tuple[int, ...]:
    # The change time cannot be set by hand, unlike the modification time.
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
