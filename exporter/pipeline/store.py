"""The content-addressed store: objects under their SHA-256, records of steps under their keys, memos.

    <store>/CACHEDIR.TAG   marks the folder as a store that may be deleted
    <store>/objects/       bytes, under their digests
    <store>/records/       results of steps, under their keys
    <store>/memos/         costly parts of steps, under their keys
    <store>/tables/        fingerprints, measurements
    <store>/runs/          temporary folders of active runs, each with a lock
    <store>/details/       crash reports

Every file is written under a temporary name and renamed, so that it is complete or absent, whenever a process is
killed. When a file is read, its digest is checked; a damaged file counts as absent. The modification time of a record
or a memo is that of its last use, see `store_size`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from exporter.errors import DamagedObjectError, OutputError, UsageError

TAG = "CACHEDIR.TAG"
TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Intermediate results of exporter. Safe to delete.\n"
"""https://bford.info/cachedir/: backup programs skip such folders."""
FOLDERS = ("objects", "records", "memos", "tables", "runs", "details")
_DIGEST = 64
_READ_ONLY = 0o400 if os.name == "posix" else 0o600
"""Mode of objects. Windows replaces and removes no file that is read-only."""


class Store:
    """A store in an existing folder; `Store.open` creates one."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def open(cls, root: Path) -> Store:
        """Return the store in a folder, created if necessary, readable by its owner only.

        Raises:
            OutputError: It cannot be written.
            UsageError: The folder contains other files.
        """
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
        return cls(root)

    def path(self, digest: str) -> Path:
        """Return the path of the read-only file with this digest (SHA-256 in hex), whether it exists or not."""
        return self._spread("objects", digest)

    def put(self, data: bytes) -> str:
        """Store bytes; return their digest.

        Raises:
            OutputError: The store cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        with writing(self.root, "The store"):
            replace_file(self.path(digest), data, mode=_READ_ONLY)
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
            target = self.path(digest)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            path.replace(target)
        return digest, size

    def read(self, digest: str) -> bytes | None:
        """Return the bytes with this digest, or None if they are absent or damaged; damaged ones are removed."""
        try:
            data = self.path(digest).read_bytes()
        except OSError:
            return None
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
            try:
                with self.path(digest).open("rb") as file:
                    actual = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:
                actual = ""
            if actual != digest:
                self.discard(digest)
                raise DamagedObjectError(digest)

    def discard(self, digest: str) -> None:
        """Remove an object that is damaged, so that it is made again."""
        with suppress(OSError):
            self.path(digest).unlink()

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
        return self._read_sealed("records", key)

    def keep(self, key: str, record: bytes) -> None:
        """Store the record of a step under its key.

        Raises:
            OutputError: The store cannot be written.
        """
        with writing(self.root, "The store"):
            replace_file(self._spread("records", key), _seal(record))

    def table(self, name: str) -> bytes | None:
        """Return a table that only saves time, or None if it is absent or damaged."""
        try:
            return _unseal((self.root / "tables" / name).read_bytes())
        except OSError:
            return None

    def keep_table(self, name: str, data: bytes) -> None:
        """Store a table; failure to write it is ignored."""
        with suppress(OSError):
            replace_file(self.root / "tables" / name, _seal(data), sync=False)

    def memo(self, namespace: str) -> StoreCache:
        """Return the cache of a step for costly parts, separate from those of other steps.

        Args:
            namespace: Name of the step, with everything that determines its results besides the keys that it uses.
        """
        return StoreCache(self, namespace)

    def _spread(self, folder: str, name: str) -> Path:
        # In 256 folders: a folder of a hundred thousand files is slow to list.
        return self.root / folder / name[:2] / name[2:]

    def _read_sealed(self, folder: str, name: str) -> bytes | None:
        path = self._spread(folder, name)
        try:
            data = _unseal(path.read_bytes())
            os.utime(path)
        except OSError:
            return None
        return data


def is_store(root: Path) -> bool:
    """Return whether a folder is a store of exporter; other programs tag their caches, too, with other words."""
    try:
        return (root / TAG).read_bytes() == TAG_TEXT.encode()
    except OSError:
        return False


class StoreCache:
    """Cache of one step; implements `contracts.StepCache`."""

    def __init__(self, store: Store, namespace: str) -> None:
        self._store = store
        self._namespace = namespace
        self.used: set[str] = set()
        """Names of the memos that were read or written."""

    def get(self, key: str) -> bytes | None:
        """Return the bytes cached under `key`, or None if they are absent or damaged."""
        return self._store._read_sealed("memos", self._name(key))

    def holds(self, key: str) -> bool:
        """Return whether bytes are cached under `key`, damaged or not."""
        return self._store._spread("memos", self._name(key)).is_file()

    def put(self, key: str, data: bytes) -> None:
        """Cache `data` under `key`; failure to write it is ignored."""
        with suppress(OSError):
            # Without sync, as a step may write hundreds: the seal detects a truncated file.
            replace_file(self._store._spread("memos", self._name(key)), _seal(data), sync=False)

    def _name(self, key: str) -> str:
        name = hashlib.sha256(f"{self._namespace}\0{key}".encode()).hexdigest()
        self.used.add(name)
        return name


def replace_file(path: Path, data: bytes, *, mode: int = 0o600, sync: bool = True) -> None:
    """Write a file atomically: under a temporary name, flushed to the disk, then renamed.

    Raises:
        OSError: It cannot be written; no part of it remains.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


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


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + data


def _unseal(sealed: bytes) -> bytes | None:
    data = sealed[_DIGEST:]
    return data if sealed[:_DIGEST] == hashlib.sha256(data).hexdigest().encode() else None
