"""The content-addressed store: objects under their SHA-256, records of steps under their keys, memos.

    <store>/CACHEDIR.TAG   marks the folder as a store that may be deleted
    <store>/objects/       bytes, under their digests
    <store>/records/       results of steps, under their keys
    <store>/memos/         costly parts of steps, under their keys
    <store>/tables/        fingerprints, measurements
    <store>/temporary/     files that are being written
    <store>/runs/          temporary folders of active runs, each with a lock
    <store>/details/       crash reports

Every file is written under a temporary name and renamed, so that it is complete or absent, whenever a process is
killed. When a file is read, its digest is checked; a damaged file counts as absent. The modification time of a record
or a memo is that of its last use, see `store_size`.

A store that several machines share is a `SharedFolder`, of which each machine has a copy: a folder as above with the
file ADDRESS. Objects, records and memos are written to both, and read from the copy if it has them.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from exporter.errors import DamagedObjectError, UsageError
from exporter.pipeline.file_writing import replace_file, writing
from exporter.pipeline.storage.shared_folder import SharedFolder, shared_folder
from exporter.pipeline.storage.step_cache import StoreCache

TAG = "CACHEDIR.TAG"
TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Intermediate results of exporter. Safe to delete.\n"
"""https://bford.info/cachedir/: backup programs skip such folders."""
TEMPORARY = "temporary"
FOLDERS = ("objects", "records", "memos", "tables", TEMPORARY, "runs", "details")
ADDRESS = "ADDRESS"
"""File with the address of the store of which the folder is a copy."""
_DIGEST = 64
_ATTEMPTS = range(2)
"""An object that is damaged here may be sound in the shared folder, from where it is then copied."""
_READ_ONLY = 0o400 if os.name == "posix" else 0o600
"""Mode of objects. Windows replaces and removes no file that is read-only."""


class Store:
    """A store in an existing folder; `Store.open` creates one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._root = str(root)

    @cached_property
    def shared(self) -> SharedFolder | None:
        """The folder that several machines share and of which this one is a copy, or None."""
        try:
            return shared_folder((self.root / ADDRESS).read_text("utf-8"))
        except FileNotFoundError:
            return None

    @classmethod
    def open(cls, root: Path, address: str = "") -> Store:
        """Return the store in a folder, created if necessary, readable by its owner only.

        Args:
            root: The folder.
            address: Address of the shared folder of which it is a copy; empty for a store of this machine only.

        Raises:
            OutputError: It cannot be written.
            UsageError: The folder contains other files, or the address is of an unknown kind.
        """
        if address:
            shared_folder(address).check()
        with writing(root, "The store"):
            root.parent.mkdir(parents=True, exist_ok=True)
            root.mkdir(mode=0o700, exist_ok=True)
            # Listed first: another process may be creating the same store at this moment.
            others = [path for path in root.iterdir() if path.suffix != ".tmp"]
            if not is_store(root):
                if others:
                    raise UsageError(
                        f"“{root}” cannot be the store: it contains other files.",
                        advice="Use an empty folder, or one that does not exist yet.",
                    )
                root.chmod(0o700)
                replace_file(root / TAG, TAG_TEXT.encode())
            for name in FOLDERS:
                (root / name).mkdir(mode=0o700, exist_ok=True)
            if not os.access(root / "runs", os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if address:
                replace_file(root / ADDRESS, address.encode())
        return cls(root)

    def path(self, digest: str) -> Path:
        """Return the path of the read-only file with this digest (SHA-256 in hex), whether it exists or not."""
        path = self._spread("objects", digest)
        if self.shared and not path.is_file():
            with writing(self.root, "The store"):
                path.parent.mkdir(mode=0o700, exist_ok=True)
                self.shared.fetch_object(self._name(path), path, digest, mode=_READ_ONLY)
        return path

    def put(self, data: bytes) -> str:
        """Store bytes; return their digest.

        Raises:
            OutputError: The store cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        self._write(self._spread("objects", digest), data, mode=_READ_ONLY)
        return digest

    def take(self, path: Path) -> tuple[str, int]:
        """Move a file into the store; return its digest and size in bytes.

        Raises:
            OutputError: The store cannot be written.
        """
        with writing(self.root, "The store"):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            size = path.stat().st_size
            path.chmod(_READ_ONLY)
            target = self._spread("objects", digest)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            path.replace(target)
        if self.shared:
            self.shared.send(self._name(target), target)
        return digest, size

    def read(self, digest: str) -> bytes | None:
        """Return the bytes with this digest, or None if they are absent or damaged; damaged ones are removed."""
        for _ in _ATTEMPTS:
            with suppress(OSError):
                data = self.path(digest).read_bytes()
                if hashlib.sha256(data).hexdigest() == digest:
                    return data
            self.discard(digest)
        return None

    def require(self, digests: Iterable[str]) -> None:
        """Check that objects are present and undamaged.

        Raises:
            DamagedObjectError: One is not.
        """
        for digest in digests:
            if not any(self._is_sound(digest) for _ in _ATTEMPTS):
                raise DamagedObjectError(digest)

    def _is_sound(self, digest: str) -> bool:
        """Return whether an object is present and undamaged; a damaged one is removed."""
        with suppress(OSError), self.path(digest).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == digest:
                return True
        self.discard(digest)
        return False

    def discard(self, digest: str) -> None:
        """Remove an object that is damaged, so that it is made again, or copied again from the shared folder."""
        with suppress(OSError):
            self._spread("objects", digest).unlink()

    def fetch(self, digest: str) -> bytes:
        """Return the bytes with this digest, which an earlier step has stored.

        Raises:
            DamagedObjectError: They are absent or damaged.
        """
        data = self.read(digest)
        if data is None:
            raise DamagedObjectError(digest)
        return data

    def record(self, key: str) -> bytes | None:
        """Return the record of a step under its key, or None if it is absent or damaged."""
        return self.read_sealed("records", key)

    def keep(self, key: str, record: bytes) -> None:
        """Store the record of a step under its key.

        Raises:
            OutputError: The store cannot be written.
        """
        self.write_sealed("records", key, record)

    def memo(self, namespace: str) -> StoreCache:
        """Return the cache of a step for costly parts, separate from those of other namespaces."""
        return StoreCache(self, namespace)

    def table(self, name: str) -> bytes | None:
        """Return a table that only saves time, or None if it is absent or damaged."""
        try:
            return _unseal((self.root / "tables" / name).read_bytes())
        except OSError:
            return None

    def keep_table(self, name: str, data: bytes) -> None:
        """Store a table; failure to write it is ignored."""
        with suppress(OSError):
            self._replace(self.root / "tables" / name, _seal(data), sync=False)

    def _spread(self, folder: str, name: str) -> Path:
        # In 256 folders: a folder of a hundred thousand files is slow to list.
        # A run asks thousands of times: one path takes a third of the time of three.
        return Path(f"{self._root}/{folder}/{name[:2]}/{name[2:]}")

    def _name(self, path: Path) -> str:
        """Return the name of a file in the shared folder."""
        return path.relative_to(self.root).as_posix()

    def _write(self, path: Path, data: bytes, *, mode: int = 0o600, sync: bool = True) -> None:
        with writing(self.root, "The store"):
            self._replace(path, data, mode=mode, sync=sync)
        if self.shared:
            self.shared.write(self._name(path), data)

    def read_sealed(self, folder: str, name: str) -> bytes | None:
        """Return the content of a file with its digest in front, or None if it is absent or damaged."""
        path = self._spread(folder, name)
        with suppress(OSError):
            data = _unseal(path.read_bytes())
            os.utime(path)
            if data is not None or not self.shared:
                return data
        sealed = self.shared.read(self._name(path)) if self.shared else None
        if sealed is None or (data := _unseal(sealed)) is None:
            return None
        with suppress(OSError):
            self._replace(path, sealed, sync=False)
        return data

    def _replace(self, path: Path, data: bytes, *, mode: int = 0o600, sync: bool = True) -> None:
        replace_file(path, data, mode=mode, sync=sync, temporary_folder=self.root / TEMPORARY)

    def write_sealed(self, folder: str, name: str, data: bytes, *, sync: bool = True) -> None:
        """Write a file with its digest in front.

        Raises:
            OutputError: The store cannot be written.
        """
        self._write(self._spread(folder, name), _seal(data), sync=sync)

    def holds_sealed(self, folder: str, name: str) -> bool:
        """Return whether there is such a file, damaged or not."""
        path = self._spread(folder, name)
        return path.is_file() or (self.shared is not None and self.shared.holds(self._name(path)))


def is_store(root: Path) -> bool:
    """Return whether a folder is a store of exporter; other programs tag their caches, too, with other words."""
    try:
        return (root / TAG).read_bytes() == TAG_TEXT.encode()
    except OSError:
        return False


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + data


def _unseal(sealed: bytes) -> bytes | None:
    data = sealed[_DIGEST:]
    return data if sealed[:_DIGEST] == hashlib.sha256(data).hexdigest().encode() else None
