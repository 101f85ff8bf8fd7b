"""ZIP archives opened within limits: EPUB, Word, audiobooks, talking books (APPNOTE.TXT 6.3)."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self, cast
from urllib.parse import unquote

from exporter.inspect import limits
from exporter.inspect.limits import LimitError

_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


_EARLIEST = (1980, 1, 1, 0, 0, 0)
_INCOMPRESSIBLE = 0.9
"""Share of its size to which a member was compressed."""


class ArchiveError(ValueError):
    """An archive is damaged, encrypted or no archive; the message says why."""


class Archive:
    """The members of a ZIP archive, read on demand.

    Args:
        file: The archive: a path, or an open file, which is not closed here.

    Raises:
        ArchiveError: It cannot be opened.
        LimitError: It has more members, or members of a larger total size, than the limits allow.
    """

    def __init__(self, file: Path | BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _DAMAGED as error:
            raise ArchiveError(str(error)) from error
        members = self._zip.infolist()
        self.names = tuple(member.filename for member in members)
        """Names of the members, in the order of the archive."""
        self.encrypted = any(member.flag_bits & 1 for member in members)
        """Whether a member needs a password."""
        self._read: set[str] = set()
        self._left = limits.MAX_READ
        try:
            if len(members) > limits.MAX_MEMBERS:
                raise LimitError(f"The archive holds {len(members):,} files; the limit is {limits.MAX_MEMBERS:,}.")
            if sum(member.file_size for member in members) > limits.MAX_ARCHIVE:
                raise LimitError(
                    f"The archive is too large: it unpacks to more than {limits.MAX_ARCHIVE // 1_000_000_000} GB."
                )
        except LimitError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __contains__(self, name: object) -> bool:
        return name in self._zip.NameToInfo

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()

    def unpacked_size(self, suffix: str) -> int:
        """Return the bytes to which the members unpack whose names end in `suffix`, as the archive says."""
        return sum(member.file_size for member in self._zip.infolist() if member.filename.endswith(suffix))

    def size(self, name: str) -> int:
        """Return the bytes to which a member unpacks, as the archive says; no more are read.

        Raises:
            KeyError: There is no such member.
        """
        return self._zip.getinfo(name).file_size

    def read(self, name: str, limit: int | None = None) -> bytes:
        """Return the bytes of a member.

        Args:
            name: Name in the archive.
            limit: The most bytes it may unpack to; `MAX_TEXT` by default.

        Raises:
            KeyError: There is no such member.
            ArchiveError: The member is damaged or encrypted.
            LimitError: The member, or all that was read so far, is larger than the limits allow.
        """
        limit = limits.MAX_TEXT if limit is None else limit
        member = self._zip.getinfo(name)
        if member.file_size > limit:
            raise LimitError(f"“{name}” is too large: it unpacks to more than {limit // 1_000_000} MB.")
        if name not in self._read:
            self._read.add(name)
            self._left -= member.file_size
        if self._left < 0:
            raise LimitError(f"The texts are too large: they unpack to more than {limits.MAX_READ // 1_000_000} MB.")
        try:
            with self._zip.open(member) as file:
                # A member may unpack to more than it says, which is not unpacked if a size is given.
                return file.read(member.file_size + 1)
        except _DAMAGED as error:
            raise ArchiveError(str(error)) from error

    @contextmanager
    def open_sound(self, name: str) -> Iterator[BinaryIO]:
        """Open a sound, which may be hours long, for reading in any order.

        Raises:
            KeyError: There is no such member.
            ArchiveError: The member is damaged or encrypted.
            LimitError: It is compressed more than any sound can be.
        """
        member = self._zip.getinfo(name)
        if member.file_size > limits.MAX_TEXT and member.file_size > limits.MAX_SOUND_RATIO * member.compress_size:
            raise LimitError(f"“{name}” is too large: no sound can be compressed so much.")
        try:
            with self._zip.open(member) as file:
                yield cast(BinaryIO, file)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            # zipfile raises NotImplementedError for compressions that it does not know.
            raise ArchiveError(str(error)) from error


def resolve(base: str, reference: str) -> str:
    """Return the name of the member that a reference in the member `base` points to, without a fragment."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(reference.partition("#")[0])))


def with_members(data: bytes, members: Mapping[str, bytes]) -> bytes:
    """Return an archive in which members are replaced or added, and all others are the same.

    Args:
        data: The archive.
        members: Contents by name; new ones are added at the end.

    Raises:
        ArchiveError: A member is damaged.
    """
    out = io.BytesIO()
    waiting = dict(members)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in source.NameToInfo.values():
                content = waiting.pop(info.filename, None)
                content = source.read(info) if content is None else content
                if info.compress_size > _INCOMPRESSIBLE * info.file_size:
                    # To compress photographs again would take longer than all else.
                    info.compress_type = zipfile.ZIP_STORED
                target.writestr(info, content)
            for name, content in waiting.items():
                target.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    except _DAMAGED as error:
        raise ArchiveError(str(error)) from error
    return out.getvalue()
