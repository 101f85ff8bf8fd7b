"""A folder that several machines reach, through fsspec: `s3://bucket/folder`, `file:///mnt/folder` and others.

Each file appears at once and complete: object stores do that by themselves, in file systems it is renamed. What fails
is repeated for some minutes, since a store that is away for a while must not end an export of days.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from exporter.errors import MissingToolError, OutputError, UsageError
from exporter.installation import pip_command
from exporter.pipeline.file_writing import temporary_file, temporary_name

Value = TypeVar("Value")
_PATIENCE = 300.0
"""Seconds for which an operation is repeated."""
_PAUSE = 1.0
"""Seconds before it is repeated."""
INSTALL = f"Install what clusters need: {pip_command('distributed', 'fsspec', 's3fs')}"


class SharedFolder:
    """A folder at an address.

    Args:
        address: Protocol and path; libraries take credentials from where each protocol has them, such as the
            environment variables of AWS.

    Raises:
        UsageError: The protocol is unknown.
        MissingToolError: The library for it is not installed.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            import fsspec
            from fsspec.implementations.local import LocalFileSystem
        except ImportError as error:
            raise MissingToolError(f"“{address}” needs the package fsspec.", advice=INSTALL) from error
        try:
            self._files, self._root = fsspec.url_to_fs(address, use_listings_cache=False)
        except ImportError as error:
            raise MissingToolError(f"“{address}” needs another package: {error}.", advice=INSTALL) from error
        except ValueError as error:
            raise UsageError(
                f"Unknown kind of address: “{address}”.", advice="Use s3://bucket/folder or file:///folder."
            ) from error
        self._has_renaming = isinstance(self._files, LocalFileSystem)

    def check(self) -> None:
        """Check at once that files can be written.

        Raises:
            OutputError: They cannot.
        """
        name = temporary_name()
        try:
            self._write(name, lambda path: self._files.pipe_file(path, b""))
            self._files.rm_file(self._path(name))
        except Exception as error:  # of any library
            raise self._error(error) from error

    def read(self, name: str) -> bytes | None:
        """Return the content of a file, or None if there is none."""
        return self._read(lambda: self._files.cat_file(self._path(name)))

    def fetch(self, name: str, path: Path) -> bool:
        """Copy a file to `path` on this machine; return whether there is one."""
        return self._read(lambda: self._files.get_file(self._path(name), str(path)) or True) or False

    def fetch_object(self, name: str, path: Path, digest: str, *, mode: int) -> None:
        """Copy a file to `path`, if there is one and its content has this digest; a damaged one is removed here.

        Raises:
            OSError: `path` cannot be written; no part of it remains.
        """
        with temporary_file(path.parent) as temporary:
            if not self.fetch(name, temporary):
                return
            with temporary.open("rb") as file:
                is_damaged = hashlib.file_digest(file, "sha256").hexdigest() != digest
            if is_damaged:
                self.remove(name)
                return
            temporary.chmod(mode)
            temporary.replace(path)

    def holds(self, name: str) -> bool:
        """Return whether there is a file."""
        return self._read(lambda: self._files.isfile(self._path(name))) or False

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._repeat(lambda: self._write(name, lambda path: self._files.pipe_file(path, data)))

    def send(self, name: str, path: Path) -> str:
        """Copy a file of this machine here; return its state."""

        def send() -> str:
            self._write(name, lambda target: self._files.put_file(str(path), target))
            return _state(self._files.info(self._path(name)))

        return self._repeat(send)

    def remove(self, name: str) -> None:
        """Remove a file, if there is one."""
        self._read(lambda: self._files.rm_file(self._path(name)))

    def states(self, under: str = "") -> Mapping[str, str]:
        """Return the state of each file in it, or in a folder in it, by name: the same state is the same content."""
        infos = self._read(lambda: self._files.find(self._path(under).rstrip("/"), detail=True)) or {}
        start = len(self._root.rstrip("/")) + 1
        return {path[start:]: _state(info) for path, info in infos.items()}

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    def _write(self, name: str, write: Callable[[str], object]) -> None:
        path = self._path(name)
        if not self._has_renaming:
            write(path)
            return
        self._files.makedirs(self._files._parent(path), exist_ok=True)
        temporary = f"{self._files._parent(path)}/{temporary_name()}"
        write(temporary)
        Path(temporary).replace(path)

    def _read(self, operation: Callable[[], Value]) -> Value | None:
        """Return the result of an operation, or None if its file does not exist."""

        def attempt() -> Value | None:
            try:
                return operation()
            except FileNotFoundError:
                return None

        return self._repeat(attempt)

    def _repeat(self, operation: Callable[[], Value]) -> Value:
        """Return the result of an operation.

        Raises:
            OutputError: It has failed for minutes, or will always fail.
        """
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                return operation()
            except Exception as error:  # of any library
                if isinstance(error, PermissionError | FileNotFoundError) or time.monotonic() > deadline:
                    raise self._error(error) from error
                time.sleep(_PAUSE)

    def _error(self, error: Exception) -> OutputError:
        return OutputError(
            f"“{self.address}” cannot be used: {error}.".replace("..", "."),
            advice="Check the address, the network and the credentials, then export again; finished steps are kept.",
        )


shared_folder = lru_cache(SharedFolder)
"""The folder at an address, with the same connections for all steps in a process."""


def _state(info: Mapping[str, Any]) -> str:
    tag = info.get("ETag") or info.get("etag")
    return str(tag or (info.get("size"), info.get("mtime") or info.get("created")))
