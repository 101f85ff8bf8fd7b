"""Spool of encoded packets on disk, since a container needs the chapters before the first packet."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self


def digest(packets: Iterable[bytes]) -> str:
    """Return the digest of packets, by which the parity check knows them."""
    hashed = hashlib.blake2b(digest_size=16)
    for packet in packets:
        hashed.update(packet)
    return hashed.hexdigest()


class Spool:
    """A file of packets of `frame` samples each, first written, then read."""

    def __init__(self, path: Path, frame: int) -> None:
        self._frame = frame
        self._path = path
        self._ends = array("Q", [0])
        self._file = path.open("wb")

    @property
    def count(self) -> int:
        """Number of packets."""
        return len(self._ends) - 1

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self.count * self._frame

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, packets: Iterable[bytes]) -> None:
        """Add packets."""
        for packet in packets:
            self._ends.append(self._ends[-1] + len(packet))
            self._file.write(packet)

    def packets(self, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """Yield the packets from `first` up to, but not including, `last`; nothing can be added afterwards."""
        self._file.close()
        last = self.count if last is None else last
        with self._path.open("rb") as file:
            file.seek(self._ends[first])
            for number in range(first, last):
                yield file.read(self._ends[number + 1] - self._ends[number])
