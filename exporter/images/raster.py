"""Probing of images made of pixels."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from exporter.images import formats
from exporter.images.file_metadata import MARKER
from exporter.images.limits import MAX_EXIF, MAX_PIXELS, MAX_SCANS, MAX_WEBP_PIXELS
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import LIMIT, UNREADABLE

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION = 0x0112
GPS = 0x8825
"""Tags of EXIF 2.32."""
DEEP = frozenset({"I;16", "I;16L", "I;16B", "I;16N", "I", "F"})
"""Pillow's modes of greyscale in 16 or 32 bits."""
_XMP_GPS = b"exif:GPSLatitude"
_MOVING = frozenset({"image/gif", "image/webp", "image/png", "image/avif"})
_SMALLEST_SCALE = (64, 64)
_CHUNK = struct.Struct(">I4s")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the colour type of a PNG."""
_INFLATED = 1_000_000
"""Bytes that are inflated at a time."""
_START_OF_SCAN = b"\xff\xda"
_EXIF = b"Exif\0\0"
_DAMAGED = "is damaged or truncated"
_SAVE_AGAIN = "Open the image in a graphics program and save it again."


class Raster(NamedTuple):
    """Properties of an image made of pixels."""

    width: int
    height: int
    """As displayed."""
    is_rotated: bool
    has_location: bool
    is_deep: bool
    frames: int


def read(data: bytes, kind: str) -> Raster:
    """Return the properties of an image, which is decoded once.

    Args:
        data: The whole file.
        kind: Its media type.

    Raises:
        ImageRefusedError: It is damaged or too large.
    """
    from PIL import Image, UnidentifiedImageError  # slow to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns about files that are refused here
        try:
            if kind == "image/jpeg":
                _refuse_segments(data)
            with _refusing_truncated(), Image.open(io.BytesIO(data), formats=[formats.RASTERS[kind]]) as image:
                _refuse_large(*image.size, kind)
                width, height = image.size
                exif = image.getexif()
                is_rotated = exif.get(ORIENTATION, 1) in range(2, 9)
                if is_rotated and exif[ORIENTATION] >= 5 and kind != "image/tiff":  # Pillow rotates TIFF itself
                    width, height = height, width
                has_location = bool(exif.get_ifd(GPS)) or _XMP_GPS in data
                is_deep = image.mode in DEEP
                frames = int(getattr(image, "n_frames", 1)) if kind in _MOVING else 1
                _decode(image, data)
        except (ImageRefusedError, MemoryError):  # a lack of memory says nothing about the file
            raise
        except Image.DecompressionBombError as error:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_PIXELS // 1_000_000} million pixels") from error
        except UnidentifiedImageError as error:
            raise ImageRefusedError(UNREADABLE, _DAMAGED) from error
        except Exception as error:
            # Decoders raise any exception on hostile files; all of them mean that the file is damaged.
            reason = f"{_DAMAGED} ({_truncate(error)})" if str(error) else _DAMAGED
            raise ImageRefusedError(UNREADABLE, reason) from error
    return Raster(width, height, is_rotated, has_location, is_deep, frames)


def _refuse_large(width: int, height: int, kind: str) -> None:
    if width * height > (MAX_WEBP_PIXELS if kind == "image/webp" else MAX_PIXELS):
        raise ImageRefusedError(LIMIT, f"has {width:,} × {height:,} pixels, {width * height / 1e6:,.0f} million")
    if not (width and height):
        raise ImageRefusedError(UNREADABLE, "has no pixels")


def _refuse_segments(data: bytes) -> None:
    """Refuse a JPEG whose pixels are drawn, or whose EXIF data continue, again and again: each time costs as much."""
    scans, exif, position = 0, 0, 2
    while marker := MARKER.search(data, position):
        scans += marker[0] == _START_OF_SCAN
        exif += data.startswith(_EXIF, marker.end() + 2)
        position = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")
    if scans > MAX_SCANS:
        raise ImageRefusedError(LIMIT, f"has {scans:,} scans, at most {MAX_SCANS} are read", _SAVE_AGAIN)
    if exif > MAX_EXIF:
        raise ImageRefusedError(LIMIT, f"has {exif:,} parts of EXIF data, at most {MAX_EXIF} are read", _SAVE_AGAIN)


@contextmanager
def _refusing_truncated() -> Iterator[None]:
    """Make Pillow refuse truncated files, which WeasyPrint 70.0 allows for the whole process when it is imported."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decode(image: Image, data: bytes) -> None:
    from PIL import Image as PillowImage

    image.draft("RGB", _SMALLEST_SCALE)  # JPEG only: decoded at an eighth of its size
    image.load()
    if image.format == "PNG":
        # Loading accepts wrong checksums and a missing end, which other software refuses; verifying uses the image up.
        with PillowImage.open(io.BytesIO(data), formats=["PNG"]) as copy:
            copy.verify()
        _refuse_surplus(data)


def _refuse_surplus(data: bytes) -> None:
    """Refuse a PNG with more pixels than its size has, which other software inflates all the same (PNG, 10.1)."""
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    # Interlaced images have seven passes, each with rows of its own.
    expected = height * (1 + (width * depth * _CHANNELS[colour] + 7) // 8) + 7 * (height + 7) * 2
    inflater, size, position = zlib.decompressobj(), 0, 8
    while position + _CHUNK.size <= len(data) and not inflater.eof:
        length, name = _CHUNK.unpack_from(data, position)
        rest = data[position + 8 : position + 8 + length] if name == b"IDAT" else b""
        while rest and not inflater.eof:
            size += len(inflater.decompress(rest, _INFLATED))
            rest = inflater.unconsumed_tail
            if size > expected:
                raise ImageRefusedError(UNREADABLE, "contains more pixels than its size has")
        position += 12 + length


def _truncate(error: Exception) -> str:
    message = " ".join(str(error).split())
    return message if len(message) <= 80 else f"{message[:80]}…"
