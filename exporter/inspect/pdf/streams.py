"""The limits on the size of the streams of a PDF (ISO 32000-1, 7.3.8), and on the operators of a page (7.8.2)."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from exporter.inspect import limits
from exporter.inspect.limits import LimitError
from exporter.inspect.pdf import values

_DEFLATE_RATIO = 1032
"""The highest compression of Deflate."""
_CHUNK = 1 << 20
_BYTES_PER_OPERATOR = 2
"""The fewest: a letter and a space."""
_WORD = re.compile(rb"[A-Za-z*'\"]+")
"""An operator, or what looks like one inside a string."""


_is_limited: ContextVar[bool] = ContextVar("is_limited", default=False)


def check_streams(pdf: Any) -> None:
    """Check that no stream decompresses to more than the limit; images are not decompressed by anything here.

    Args:
        pdf: The open `pikepdf.Pdf`.

    Raises:
        LimitError: A stream does.
    """
    import pikepdf

    for stream in pdf.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") == pikepdf.Name.Image:
            continue
        filters = [values.name(item) for item in values.items(stream.get("/Filter"))]
        layers = sum(name in {"FlateDecode", "Fl"} for name in filters)
        try:
            data = stream.read_raw_bytes() if layers else b""
        except (pikepdf.PdfError, RuntimeError):
            continue
        limit = limits.MAX_STREAM
        if layers and len(data) * _DEFLATE_RATIO**layers > limit and _decompressed_size(data, layers) > limit:
            number = stream.objgen[0]
            raise LimitError(f"Object {number} unpacks to more than {limit // 1_000_000} MB, which no page needs.")


def _decompressed_size(data: bytes, layers: int) -> int:
    """Return how many bytes some layers of Deflate hold; counting ends soon after the limit."""
    decompressors = [zlib.decompressobj() for _ in range(layers)]
    total = 0

    def decompress(chunk: bytes, layer: int) -> bool:
        """Decompress a chunk from a layer on, and return whether the total is still within the limit."""
        nonlocal total
        if layer == layers:
            total += len(chunk)
            return total <= limits.MAX_STREAM
        while chunk:
            out = decompressors[layer].decompress(chunk, _CHUNK)
            chunk = decompressors[layer].unconsumed_tail
            if not out and not chunk:
                return True
            if not decompress(out, layer + 1):
                return False
        return True

    try:
        decompress(data, 0)
    except zlib.error:
        return total
    return total


@contextmanager
def limited_operators() -> Iterator[None]:
    """Limit the operators of each page that is read within.

    Those of our own editions, whose images have limits, are read to the end.
    """
    token = _is_limited.set(True)
    try:
        yield
    finally:
        _is_limited.reset(token)


def check_operators(stream: Any, left: int = limits.MAX_OPERATORS) -> None:
    """Check that a page or a form of a file of others has no more operators than the limit.

    Each takes hundreds of bytes when it is read.

    Args:
        stream: The dictionary of the page, or the stream of the form.
        left: Operators that the page may still have.

    Raises:
        LimitError: It has more.
    """
    import pikepdf

    if not _is_limited.get():
        return
    parts = [stream] if isinstance(stream, pikepdf.Stream) else values.items(values.get(stream, "/Contents"))
    streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
    repeats = Counter(part.objgen for part in streams)
    for key, part in {part.objgen: part for part in streams}.items():
        try:
            data = part.read_bytes()
        except (pikepdf.PdfError, RuntimeError):
            continue
        most = len(data) // _BYTES_PER_OPERATOR
        if most * repeats[key] > left:
            most = sum(1 for _ in _WORD.finditer(data))
        left -= most * repeats[key]
        if left < 0:
            raise LimitError(f"A page has more than {limits.MAX_OPERATORS:,} operators, which no page needs.")
