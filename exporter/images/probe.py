"""Look at a picture file without trusting it."""

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
"""Pillow's names of grey in 16 or 32 bits."""
_XMP_GPS = b"exif:GPSLatitude"
_MOVING = frozenset({"image/gif", "image/webp", "image/png", "image/avif"})
_SMALLEST_SCALE = (64, 64)


def inspect(data: bytes, name: str) -> Asset:
    """Return what a picture file is: media type, size in pixels as it is seen, digest of `data`.

    Args:
        data: The whole file.
        name: What the manuscript calls it, for the asset and for messages.

    Raises:
        SourceError: No format of ours, damaged, too large, or a drawing that is more than a drawing.
    """
    try:
        return probe(data, name).asset
    except ImageRefusedError as refusal:
        raise SourceError(f"The picture “{name}” {refusal.what}.", advice=refusal.advice) from refusal


def probe(data: bytes, name: str) -> ImageInfo:
    """Return all that is known of a picture file.

    Raises:
        Refusal: It cannot be used.
    """
    if not data:
        raise ImageRefusedError(UNREADABLE, "is an empty file")
    if len(data) > MAX_BYTES:
        raise ImageRefusedError(LIMIT, f"has {len(data) / 1e6:,.0f} MB")
    kind = formats.media_type(data)
    if not kind:
        raise ImageRefusedError(FORMAT, f"is {formats.described(data)}")
    if kind == formats.SVG:
        width, height = svg.size(data)
        return ImageInfo(_asset(data, name, kind, width, height))
    return _raster(data, name, kind)


def _asset(data: bytes, name: str, kind: str, width: int, height: int) -> Asset:
    return Asset(name, hashlib.sha256(data).hexdigest(), kind, width, height, len(data))


def _raster(data: bytes, name: str, kind: str) -> ImageInfo:
    from PIL import Image, UnidentifiedImageError  # heavy: at use

    damaged = "is damaged or cut off"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns about what is refused here in words
        try:
            with _strictly(), Image.open(io.BytesIO(data), formats=[formats.RASTERS[kind]]) as picture:
                _refuse_giants(*picture.size)
                width, height = picture.size
                exif = picture.getexif()
                turned = exif.get(ORIENTATION, 1) in range(2, 9)
                if turned and exif[ORIENTATION] >= 5 and kind != "image/tiff":  # Pillow turns TIFF by itself
                    width, height = height, width
                located = bool(exif.get_ifd(GPS)) or _XMP_GPS in data
                deep = picture.mode in DEEP
                frames = int(getattr(picture, "n_frames", 1)) if kind in _MOVING else 1
                _read_to_the_end(picture, data)
        except ImageRefusedError:
            raise
        except Image.DecompressionBombError as error:
            raise ImageRefusedError(LIMIT, f"has more than {MAX_PIXELS // 1_000_000} million pixels") from error
        except UnidentifiedImageError as error:
            raise ImageRefusedError(UNREADABLE, damaged) from error
        except Exception as error:
            # Decoders raise whatever a hostile file makes of them; each of these means the same to a writer.
            raise ImageRefusedError(UNREADABLE, f"{damaged} ({_brief(error)})" if str(error) else damaged) from error
    return ImageInfo(_asset(data, name, kind, width, height), turned, located, deep, frames)


def _refuse_giants(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageRefusedError(LIMIT, f"has {width:,} × {height:,} pixels, {width * height / 1e6:,.0f} million")
    if not (width and height):
        raise ImageRefusedError(UNREADABLE, "has no pixels")


@contextmanager
def _strictly() -> Iterator[None]:
    """Have Pillow refuse what is cut off: WeasyPrint 70.0 tells it to forgive, for the whole process, once imported."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _read_to_the_end(picture: Image, data: bytes) -> None:
    from PIL import Image as pillow  # noqa: N813  the name stands for the library here

    picture.draft("RGB", _SMALLEST_SCALE)  # JPEG alone: decoded at an eighth of its size
    picture.load()
    if picture.format == "PNG":
        # Loading forgives wrong checksums and a missing end, other readers do not; verifying spends the picture.
        with pillow.open(io.BytesIO(data), formats=["PNG"]) as copy:
            copy.verify()


def _brief(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words if len(words) <= 80 else f"{words[:80]}…"
