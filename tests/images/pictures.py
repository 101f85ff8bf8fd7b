"""Picture files made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

from exporter.images.probe import probe
from exporter.model import Asset

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">{}</svg>'
)


def inspect(data: bytes, name: str) -> Asset:
    return probe(data, name).asset


def raster(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def photograph(*, orientation: int = 1, located: bool = False, kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    if located:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (19.0, 25.0, 57.0)
    return raster(kind, exif=exif)


def turned(mode: str, kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new(mode, (40, 20)).save(out, kind, exif=exif)
    return out.getvalue()


def deep(mode: str, kind: str) -> bytes:
    """Return three pixels from dark to light, in more than 256 steps."""
    image = Image.new(mode, (3, 1))
    for x, value in enumerate((1_000, 30_000, 60_000)):
        image.putpixel((x, 0), value)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def animation(kind: str = "GIF") -> bytes:
    out = io.BytesIO()
    first, *others = (Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue"))
    first.save(out, kind, save_all=True, append_images=others)
    return out.getvalue()


def giant_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few hundred bytes that say they hold 900 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def svg(inside: str = "") -> bytes:
    return SVG.format(inside).encode()
