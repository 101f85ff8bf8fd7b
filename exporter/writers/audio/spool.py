"""Encoded packets on their way to the container, on disk: the chapters have to be known before the first is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from exporter.speech.encode import FRAME


class Spool:
    """A file of packets, written once, then read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sizes: list[int] = []
        self._file = path.open("wb")

    @property
    def samples(self) -> int:
        """Length of what has been added, in samples."""
        return len(self._sizes) * FRAME

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, packets: Iterable[bytes]) -> None:
        """Add packets."""
        for packet in packets:
            self._sizes.append(len(packet))
            self._file.write(packet)

    def packets(self) -> Iterator[bytes]:
        """Give the packets in order; nothing can be added afterwards."""
        self._file.close()
        with self._path.open("rb") as file:
            for size in self._sizes:
                yield file.read(size)
