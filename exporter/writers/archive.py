"""ZIP archives whose bytes depend only on their files: without dates and owners, in the given order."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from exporter.errors import OutputError

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Date of every entry, the earliest possible one."""
_COMPRESSED = frozenset({".mp3", ".m4a", ".jpg", ".jpeg", ".png"})
"""Suffixes of files that are compressed already."""


def write(target: Path, files: Iterable[tuple[str, bytes | Path]]) -> None:
    """Write an archive.

    Args:
        target: Path of the archive.
        files: Name in the archive and content, as bytes or as a file.

    Raises:
        OutputError: The disk is full, or a file cannot be read.
    """
    try:
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files:
                entry = zipfile.ZipInfo(name, EARLIEST)
                entry.external_attr = 0o644 << 16
                is_compressed = Path(name).suffix in _COMPRESSED
                entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
                if isinstance(content, Path):
                    with content.open("rb") as source, archive.open(entry, "w") as copy:
                        shutil.copyfileobj(source, copy, 1 << 20)
                else:
                    archive.writestr(entry, content)
    except OSError as error:
        raise OutputError(f"The archive cannot be written: {error.strerror or error}.") from error
