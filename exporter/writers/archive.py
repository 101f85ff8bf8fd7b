"""A zip archive whose bytes depend on its files alone: no dates, no owners, in the order given."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from exporter.errors import OutputError

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the first that a zip can hold."""
_PACKED = frozenset({".mp3", ".m4a", ".jpg", ".jpeg", ".png"})
"""Files that would not become smaller."""


def write(target: Path, files: Iterable[tuple[str, bytes | Path]]) -> None:
    """Write an archive.

    Args:
        target: Where it goes.
        files: Name inside the archive, and content: bytes, or where they lie.

    Raises:
        OutputError: The disk is full, or a file cannot be read.
    """
    try:
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in files:
                entry = zipfile.ZipInfo(name, EARLIEST)
                entry.external_attr = 0o644 << 16
                stored = Path(name).suffix in _PACKED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                if isinstance(content, Path):
                    with content.open("rb") as source, archive.open(entry, "w") as packed:
                        shutil.copyfileobj(source, packed, 1 << 20)
                else:
                    archive.writestr(entry, content)
    except OSError as error:
        raise OutputError(f"The archive cannot be written: {error.strerror or error}.") from error
