"""The content-addressed store: objects under their SHA-256, records of steps under their keys, memos.

    <store>/CACHEDIR.TAG   says that this folder is ours and may be thrown away
    <store>/objects/       bytes, under their digest
    <store>/records/       what a step made, under its key
    <store>/memos/         costly parts of steps, under their key
    <store>/tables/        fingerprints, durations
    <store>/runs/          scratch of runs that are going on, each with a lock
    <store>/details/       what to send us when something crashed

Everything is written under a temporary name and renamed, so that a file is either there in full or not at all, whoever
is killed when. What is read is compared with a digest; what does not fit is as good as absent.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from exporter.errors import OutputError, StepError, UsageError

TAG = "CACHEDIR.TAG"
TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Intermediate results of the exporter. Safe to delete.\n"
"""https://bford.info/cachedir/: backup programs leave such folders out."""
FOLDERS = ("objects", "records", "memos", "tables", "runs", "details")
_DIGEST = 64


class Store:
    """A store in a folder that exists; `Store.open` makes one."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def open(cls, root: Path) -> Store:
        """Return the store in a folder, made if need be, readable by its owner alone.

        Raises:
            OutputError: It cannot be written.
            UsageError: The folder holds other things than a store.
        """
        with writing(root, "The store"):
            root.parent.mkdir(parents=True, exist_ok=True)
            root.mkdir(mode=0o700, exist_ok=True)
            # Looked at first: another exporter may be making the same store at this moment.
            others = [path for path in root.iterdir() if path.suffix != ".tmp"]
            if not (root / TAG).is_file():
                if others:
                    raise UsageError(
                        f"The folder “{root}” holds other things, so that it cannot be the store.",
                        advice="Name an empty folder, or one that does not exist yet.",
                    )
                root.chmod(0o700)
                replace_file(root / TAG, TAG_TEXT.encode())
            for name in FOLDERS:
                (root / name).mkdir(mode=0o700, exist_ok=True)
            if not os.access(root / "runs", os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return cls(root)

    def path(self, digest: str) -> Path:
        """Return the read-only file with these bytes (SHA-256 in hex), whether it is there or not."""
        return self._spread("objects", digest)

    def put(self, data: bytes) -> str:
        """Keep bytes and give their digest.

        Raises:
            OutputError: The store cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        with writing(self.root, "The store"):
            replace_file(self.path(digest), data, mode=0o400)
        return digest

    def take(self, path: Path) -> tuple[str, int]:
        """Move a file into the store and give its digest and size in bytes.

        Raises:
            OutputError: The store cannot be written.
        """
        with writing(self.root, "The store"):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            size = path.stat().st_size
            path.chmod(0o400)
            target = self.path(digest)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            path.replace(target)
        return digest, size

    def read(self, digest: str) -> bytes | None:
        """Return the bytes with this digest; None when they are absent or damaged."""
        try:
            data = self.path(digest).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def fetch(self, digest: str) -> bytes:
        """Return the bytes with this digest, which an earlier step put there.

        Raises:
            StepError: They are absent or damaged.
        """
        data = self.read(digest)
        if data is None:
            raise StepError(
                "A file of the store is damaged.", advice="Export again; if it happens again, run: exporter clean"
            )
        return data

    def record(self, key: str) -> bytes | None:
        """Return what was kept for a step under its key; None when there is nothing sound."""
        return self._read_sealed("records", key)

    def keep(self, key: str, record: bytes) -> None:
        """Keep what a step made under its key.

        Raises:
            OutputError: The store cannot be written.
        """
        with writing(self.root, "The store"):
            replace_file(self._spread("records", key), _seal(record))

    def table(self, name: str) -> bytes | None:
        """Return a table that spares work but that nothing depends on; None when there is nothing sound."""
        try:
            return _unseal((self.root / "tables" / name).read_bytes())
        except OSError:
            return None

    def keep_table(self, name: str, data: bytes) -> None:
        """Keep a table; that it cannot be kept is no harm."""
        with suppress(OSError):
            replace_file(self.root / "tables" / name, _seal(data), sync=False)

    def memo(self, room: str) -> StoreMemo:
        """Return the memos of a step, apart from those of other steps.

        Args:
            room: Names the step and the versions of all that decides its work besides the keys it uses itself.
        """
        return StoreMemo(self, room)

    def _spread(self, folder: str, name: str) -> Path:
        # 256 folders: file systems and people dislike folders of a hundred thousand files.
        return self.root / folder / name[:2] / name[2:]

    def _read_sealed(self, folder: str, name: str) -> bytes | None:
        try:
            return _unseal(self._spread(folder, name).read_bytes())
        except OSError:
            return None


class StoreMemo:
    """Memos of one step, as `contracts.StepCache` wants them."""

    def __init__(self, store: Store, room: str) -> None:
        self._store = store
        self._room = room

    def get(self, key: str) -> bytes | None:
        """Return what was kept under `key`; None when there is nothing sound."""
        return self._store._read_sealed("memos", self._name(key))

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`; that it cannot be kept is no harm."""
        with suppress(OSError):
            # Hundreds in one step: no sync, as the seal tells a torn file.
            replace_file(self._store._spread("memos", self._name(key)), _seal(data), sync=False)

    def _name(self, key: str) -> str:
        return hashlib.sha256(f"{self._room}\0{key}".encode()).hexdigest()


def replace_file(path: Path, data: bytes, *, mode: int = 0o600, sync: bool = True) -> None:
    """Write a file under a temporary name, see it onto the disk and give it its name.

    Raises:
        OSError: It cannot be written; nothing of it is left.
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
def writing(path: Path, what: str) -> Iterator[None]:
    """Turn a refusal of the file system into a sentence.

    Args:
        path: What is written.
        what: What to call it.

    Raises:
        OutputError: Something inside could not be written.
    """
    try:
        yield
    except OSError as error:
        refuse(path, what, error)


def refuse(path: Path, what: str, error: OSError) -> NoReturn:
    """Raise the sentence for a file system error."""
    advice = {
        errno.ENOSPC: "Make room on the disk and export again; what was finished is kept.",
        errno.EDQUOT: "Make room in your quota and export again; what was finished is kept.",
        errno.EROFS: "Name a folder on a disk that can be written.",
        errno.EACCES: "Give yourself the right to write there, or name another folder.",
        errno.EPERM: "Give yourself the right to write there, or name another folder.",
        errno.ENOTDIR: "Name another folder: a file stands in the way.",
        errno.EEXIST: "Name another folder: a file stands in the way.",
    }.get(error.errno or 0, "")
    raise OutputError(f"{what} “{path}” cannot be written: {error.strerror or error}.", advice=advice) from error


def remove_tree(path: Path) -> None:
    """Remove a folder, read-only files included; what cannot be removed stays."""
    shutil.rmtree(path, ignore_errors=True)


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + data


def _unseal(sealed: bytes) -> bytes | None:
    data = sealed[_DIGEST:]
    return data if sealed[:_DIGEST] == hashlib.sha256(data).hexdigest().encode() else None
