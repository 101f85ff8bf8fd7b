"""Preparation of images for editions: upright, in 8 bits, no larger than print needs, and without location data."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exporter.images.file_metadata import without_metadata
from exporter.images.limits import MAX_EDITION_PIXELS
from exporter.images.probe_result import ImageInfo

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 95
_STRIP = 1_000_000
"""Pixels that are converted at a time."""
_WHITE = 65_535
"""White in 16 bits."""
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})


def for_editions(data: bytes, info: ImageInfo) -> bytes:
    """Return the bytes for editions; `data` itself if nothing changes.

    An SVG is rebuilt. A rotated photograph is stored upright, as Word and several EPUB reading systems ignore EXIF.
    What JPEG and PNG say of their photographer, camera and place is removed without changing pixels; images in other
    formats with location data become PNG, and so do greyscale images of more than 8 bits. Very large images are scaled
    down here, once, so that no edition needs the memory that they take.
    """
    kind = info.asset.media_type
    if info.drawing:
        return info.drawing
    if info.is_deep:
        return _as_8_bits(data)
    is_large = info.frames == 1 and info.asset.width * info.asset.height > MAX_EDITION_PIXELS
    if info.is_rotated or is_large or (info.has_location and kind not in ("image/jpeg", "image/png")):
        return _redrawn(data, kind)
    return without_metadata(data, kind)


def _as_8_bits(data: bytes) -> bytes:
    from PIL import Image, ImageOps  # slow to import

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            darkest, brightest = _black_and_white(image.mode, *_extremes(image))
            scale = 255 / (brightest - darkest)
            grey = Image.new("L", image.size)
            for strip in _strips(image):
                # Converting without scaling would turn all values above 255 into white.
                scaled = image.crop(strip).convert("F").point(lambda value: value * scale - darkest * scale)
                grey.paste(scaled.convert("L"), strip)
            grey.getexif().update(image.getexif())
            _scaled(ImageOps.exif_transpose(grey)).save(out, "PNG", exif=b"")
    return out.getvalue()


def _strips(image: Image, multiple: int = 1) -> Iterator[tuple[int, int, int, int]]:
    """Yield the boxes of strips of an image, which are converted one at a time to save memory."""
    rows = max(1, _STRIP // image.width // multiple) * multiple
    for top in range(0, image.height, rows):
        yield 0, top, image.width, min(top + rows, image.height)


def _extremes(image: Image) -> tuple[float, float]:
    lowest, highest = math.inf, -math.inf
    for strip in _strips(image):
        low, high = image.crop(strip).convert("F").getextrema()
        assert isinstance(low, float)
        assert isinstance(high, float)
        lowest, highest = min(lowest, low), max(highest, high)
    return lowest, highest


def _black_and_white(mode: str, darkest: float, brightest: float) -> tuple[float, float]:
    """Return the values of black and white: those of 16 bits, or the extremes of other modes."""
    if mode.startswith("I;16") or (mode == "I" and darkest >= 0 and 255 < brightest <= _WHITE):
        return 0, _WHITE
    return (darkest, brightest) if brightest > darkest else (darkest, darkest + 1)


def _redrawn(data: bytes, kind: str) -> bytes:
    """Return an image upright and no larger than print needs, in its format if that is JPEG, else as PNG."""
    from PIL import Image, ImageOps, JpegImagePlugin  # slow to import

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            colour_profile = image.info.get("icc_profile")
            sampling = max(JpegImagePlugin.get_sampling(image), 0) if kind == "image/jpeg" else 0
            upright = ImageOps.exif_transpose(_scaled(image))
            if kind == "image/jpeg":
                bare = {"icc_profile": colour_profile, "exif": b"", "comment": b""}
                upright.save(out, "JPEG", quality=_QUALITY, subsampling=sampling, **bare)
            elif upright.mode in _PNG_MODES:
                upright.save(out, "PNG", icc_profile=colour_profile, exif=b"")
            else:  # the profile is for a colour mode that PNG does not support
                upright.convert("RGB").save(out, "PNG", exif=b"")
    return out.getvalue()


def _scaled(image: Image) -> Image:
    """Return an image with no more pixels than editions may have, which take whole numbers of its own together."""
    factor = math.ceil(math.sqrt(image.width * image.height / MAX_EDITION_PIXELS))
    if factor <= 1:
        return image
    from PIL.Image import new as new_image

    mode = _averaged_mode(image)
    scaled = new_image(mode, (-(-image.width // factor), -(-image.height // factor)))
    scaled.info = image.info
    for strip in _strips(image, factor):
        part = image.crop(strip).convert(mode).reduce(factor)
        scaled.paste(part, (0, strip[1] // factor))
    return scaled


def _averaged_mode(image: Image) -> str:
    """Return the mode in which the pixels of an image can be averaged: not numbers of colours in a palette."""
    if image.mode in ("P", "PA"):
        return "RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB"
    return "L" if image.mode == "1" else image.mode
