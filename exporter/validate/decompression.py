"""Files that unpack to far more than any publication: refused before anything reads them."""

from __future__ import annotations

import zipfile
import zlib
from typing import Any

from exporter.inspect.pdf import values

STREAM = 300_000_000
"""Bytes that a stream of a PDF may unpack to."""
PART = 64_000_000
"""Bytes that one text of an archive may unpack to."""
WHOLE = 4_000_000_000
"""Bytes that a whole archive may unpack to."""
_RATIO = 1032
"""Times that Deflate makes something smaller at most."""
_STEP = 1 << 20


class DecompressionError(ValueError):
    """A file unpacks to more than it may; the message is a sentence."""


def look_into_pdf(pdf: Any) -> None:
    """Check that no stream of an open PDF unpacks to more than it may; pictures are not unpacked by checks.

    Raises:
        BombError: One does.
    """
    import pikepdf

    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") == pikepdf.Name.Image:
            continue
        names = [values.name(each) for each in values.items(thing.get("/Filter"))]
        packed = sum(name in {"FlateDecode", "Fl"} for name in names)
        try:
            raw = thing.read_raw_bytes() if packed else b""
        except (pikepdf.PdfError, RuntimeError):
            continue
        if packed and len(raw) * _RATIO**packed > STREAM and _unpacked(raw, packed) > STREAM:
            number = thing.objgen[0]
            raise DecompressionError(
                f"Object {number} unpacks to more than {STREAM // 1_000_000} MB, which no page needs."
            )


def _unpacked(data: bytes, times: int) -> int:
    """Return how many bytes come out of some layers of Deflate; it stops soon after `STREAM`."""
    layers = [zlib.decompressobj() for _ in range(times)]
    total = 0

    def through(chunk: bytes, layer: int) -> bool:
        """Push a chunk through the layers below; False when there is too much."""
        nonlocal total
        if layer == times:
            total += len(chunk)
            return total <= STREAM
        while chunk:
            out = layers[layer].decompress(chunk, _STEP)
            chunk = layers[layer].unconsumed_tail
            if not out and not chunk:
                return True
            if not through(out, layer + 1):
                return False
        return True

    try:
        through(data, 0)
    except zlib.error:
        return total
    return total


def look_into_archive(archive: zipfile.ZipFile) -> None:
    """Check that an archive unpacks to no more than it may.

    Raises:
        BombError: It does not.
    """
    if sum(entry.file_size for entry in archive.infolist()) > WHOLE:
        raise DecompressionError(
            f"Its archive unpacks to more than {WHOLE // 1_000_000_000} GB, which no publication needs."
        )


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a text of an archive.

    Raises:
        KeyError: It is not there.
        BombError: It unpacks to more than it may.
        zipfile.BadZipFile: It is damaged.
    """
    entry = archive.getinfo(name)
    if entry.file_size > PART:
        raise DecompressionError(f"“{name}” unpacks to more than {PART // 1_000_000} MB, which no text needs.")
    return archive.read(entry)
