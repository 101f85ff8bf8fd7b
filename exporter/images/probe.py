"""Probing of untrusted image files."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exporter.errors import SourceError
from exporter.images import formats, svg
from exporter.images.limits import MAX_BYTES, MAX_PIXELS
from exporter.images.probe_result import ImageInfo, ImageRefusedError
from exporter.images.rules import FORMAT, LIMIT, UNREADABLE
from exporter.model import Asset

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


def inspect(data: bytes, name: str) -> Asset:
    """Return the asset of an image file: media type, size in pixels as displayed, digest of `data`.

    Args:
        data: The whole file.
        name: Path as written in the manuscript, for the asset and for messages.

    Raises:
        SourceError: The format is unsupported, or the file is damaged, too large or an unsafe SVG.
    """
    try:
        return probe(data, name).asset
    except ImageRefusedError as refusal:
        raise SourceError(f"The image “{name}” {refusal.reason}.", advice=refusal.advice) from refusal


def probe(data: bytes, name: str) -> ImageInfo:
    """Return the properties of an image file.

    Raises:
        ImageRefusedError: The file cannot be used.
    """
    if not data:
        raise ImageRefusedError(UNREADABLE, "is an empty file")
    if len(data) > MAX_BYTES:
        raise ImageRefusedError(LIMIT, f"has {len(data) / 1e6:,.0f} MB")
    kind = formats.media_type(data)
    if not kind:
        raise ImageRefusedError(FORMAT, f"is {formats.describe(data)}")
    if kind == formats.SVG:
        width, height = svg.size(data)
        return ImageInfo(_asset(data, name, kind, width, height))
    return _raster(data, name, kind)


def _asset(data: bytes, name: str, kind: str, width: int, height: int) -> Asset:
    return Asset(name, hashlib.sha256(data).hexdigest(), kind, width, height, len(data))


def _raster(data: bytes, name: str, kind: str) -> ImageInfo:
    from PIL import Image, UnidentifiedImageError  # slow to import

    damaged = "is damaged or truncated"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns about files that are refused here
        try:
            with _refusing_truncated(), Image.open(io.BytesIO(data), formats=[formats.RASTERS[kind]]) as image:
                _refuse_large(*image.size)
                width, height = image.size
                exif = image.getexif()
                is_rotated = exif.get(ORIENTATION, 1) in range(2, 9)
                if is_rotated and exif[ORIENTATION] >= 5 and kind != "image/tiff":  # Pillow rotates TIFF itself
                    width, height = height, width
                has_location = bool(exif.get_ifd(GPS)) or _XMP_GPS in data
                is_deep = image.mode in DEEP
                frames = int(getattr(image, "n_frames", 1)) if kind in _MOVING else 1
                _decode(image, data)
        except ImageRefusedError:
            raise
        except Image.DecompressionBombError as error:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_PIXELS // 1_000_000} million pixels") from error
        except UnidentifiedImageError as error:
            raise ImageRefusedError(UNREADABLE, damaged) from error
        except Exception as error:
            # Decoders raise any exception on hostile files; all of them mean that the file is damaged.
            raise ImageRefusedError(UNREADABLE, f"{damaged} ({_truncate(error)})" if str(error) else damaged) from error
    return ImageInfo(_asset(data, name, kind, width, height), is_rotated, has_location, is_deep, frames)


def _refuse_large(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageRefusedError(LIMIT, f"has {width:,} × {height:,} pixels, {width * height / 1e6:,.0f} million")
    if not (width and height):
        raise ImageRefusedError(UNREADABLE, "has no pixels")


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


def _truncate(error: Exception) -> str:
    message = " ".join(str(error).split())
    return message if len(message) <= 80 else f"{message[:80]}…"
