"""The file of a manuscript, which is read up to a size."""

from __future__ import annotations

from pathlib import Path

from exporter.errors import SourceError
from exporter.files import read_regular
from exporter.model import Source

MAXIMUM_SIZE = 256_000_000
"""Bytes of a manuscript with the images inside it; readers of plain text have lower limits."""


def read_manuscript(path: Path, file: str) -> bytes:
    """Return the bytes of a manuscript.

    Args:
        path: The manuscript.
        file: How messages name it.

    Raises:
        SourceError: It cannot be read, or is too large.
    """
    try:
        data = read_regular(path, path.parent, limit=MAXIMUM_SIZE + 1)
    except OSError as error:
        raise SourceError(f"The manuscript cannot be read: {error.strerror}.", source=Source(file)) from error
    refuse_larger(len(data), file)
    return data


def refuse_larger(size: int, file: str) -> None:
    """Refuse a manuscript of more bytes than the limit.

    Raises:
        SourceError: It has more.
    """
    if size > MAXIMUM_SIZE:
        raise SourceError(
            f"The manuscript is larger than {MAXIMUM_SIZE // 1_000_000} megabytes.",
            advice="Split it into parts.",
            source=Source(file),
        )
