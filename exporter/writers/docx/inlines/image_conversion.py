"""Conversion of images to formats that Word supports, with no more pixels than print needs.

`exporter.images` has already rotated them and removed location data.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, NamedTuple

from exporter.contracts import WriteContext
from exporter.errors import StepError
from exporter.model import Asset
from exporter.writers import svg_rendering
from exporter.writers.svg_rendering import PRINT_DPI

if TYPE_CHECKING:
    from PIL import Image

_TOLERANCE = 1.25
"""Factor of the needed pixels above which an image is downscaled."""
_QUALITY = 88
_SUFFIXES = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif"}
_UNCHANGED = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
_PLACEHOLDER_COLOUR = (226, 231, 235)


class EncodedImage(NamedTuple):
    """An encoded image for the package."""

    data: bytes
    suffix: str
    """png, jpeg or gif; also the subtype of its media type."""


def prepare(asset: Asset, context: WriteContext, width: float) -> EncodedImage:
    """Return a raster image for Word.

    Args:
        asset: An image in a format of Pillow.
        context: With its bytes and cached conversions.
        width: Printed width in inches.

    Raises:
        StepError: The image cannot be read.
    """
    import PIL

    pixels = round(width * PRINT_DPI)
    key = f"docx-picture:2:{PIL.__version__}:{asset.digest}:{pixels}"
    cached = context.memo.get(key)
    if cached is None:
        image = _convert(asset, context, pixels)
        context.memo.put(key, image.suffix.encode() + b"\n" + image.data)
        return image
    suffix, _, data = cached.partition(b"\n")
    return EncodedImage(data, suffix.decode())


def rasterise(asset: Asset, context: WriteContext, width: float) -> EncodedImage | None:
    """Return the pixels of an SVG, or None if it cannot be rendered.

    Args:
        asset: An SVG.
        context: With its bytes and cached conversions.
        width: Printed width in inches.
    """
    png = svg_rendering.rasterise(asset, context, width)
    return EncodedImage(png, "png") if png else None


def placeholder(width: int, height: int) -> EncodedImage:
    """Return an empty image of the right shape, for programs that cannot show the SVG."""
    from PIL import Image

    out = io.BytesIO()
    shape = (max(round(width / max(width, height) * 64), 1), max(round(height / max(width, height) * 64), 1))
    Image.new("RGB", shape, _PLACEHOLDER_COLOUR).save(out, "PNG", optimize=True)
    return EncodedImage(out.getvalue(), "png")


def _convert(asset: Asset, context: WriteContext, pixels: int) -> EncodedImage:
    from PIL import Image

    data = context.assets.path(asset.digest).read_bytes()
    try:
        with warnings.catch_warnings():
            # Pillow's warning about decompression bombs is an error here.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                return _fit(image, data, _UNCHANGED.get(asset.media_type), pixels)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise StepError(f"Unreadable image “{asset.name}”: {error}.", advice="Save it again as PNG or JPEG.") from error


def _fit(image: Image.Image, data: bytes, kind: str | None, pixels: int) -> EncodedImage:
    # Of an animated image, the first frame: Word plays the others, and nobody can stop them (WCAG 2.2.2). The second
    # image of a JPEG, from many cameras, is not shown.
    is_animated = kind != "JPEG" and getattr(image, "n_frames", 1) > 1
    if kind and not (is_animated or image.width > pixels * _TOLERANCE or image.mode == "CMYK"):
        return EncodedImage(data, _SUFFIXES[kind])
    return _encode(image, kind, pixels)


def _encode(image: Image.Image, kind: str | None, pixels: int) -> EncodedImage:
    from PIL import Image

    is_transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    is_photograph = kind == "JPEG" or (kind is None and not is_transparent)
    image = image.convert("RGB" if is_photograph else "RGBA" if is_transparent else "RGB")
    if image.width > pixels * _TOLERANCE:
        height = max(round(image.height * pixels / image.width), 1)
        image = image.resize((pixels, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if is_photograph:
        image.save(out, "JPEG", quality=_QUALITY, optimize=True)
        return EncodedImage(out.getvalue(), "jpeg")
    image.save(out, "PNG", optimize=True)
    return EncodedImage(out.getvalue(), "png")
