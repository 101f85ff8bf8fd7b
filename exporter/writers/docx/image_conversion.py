"""Pictures made fit for Word: formats that it shows and no more pixels than print needs.

They come upright and without location data from `exporter.images`.
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

_SLACK = 1.25
"""How many times more pixels a picture may have before it is made smaller."""
_QUALITY = 88
_SUFFIXES = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif"}
_AS_THEY_ARE = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
_FALLBACK_SHADE = (226, 231, 235)


class EncodedImage(NamedTuple):
    """A picture as it goes into the package."""

    data: bytes
    suffix: str
    """png, jpeg or gif; also the subtype of its media type."""


def prepare(asset: Asset, context: WriteContext, width: float) -> EncodedImage:
    """Return a raster picture for Word.

    Args:
        asset: Anything that Pillow reads.
        context: Where its bytes and earlier conversions are.
        width: Printed width in inches.

    Raises:
        StepError: The picture cannot be read.
    """
    import PIL

    pixels = round(width * PRINT_DPI)
    key = f"docx-picture:1:{PIL.__version__}:{asset.digest}:{pixels}"
    kept = context.memo.get(key)
    if kept is None:
        picture = _convert(asset, context, pixels)
        context.memo.put(key, picture.suffix.encode() + b"\n" + picture.data)
        return picture
    suffix, _, data = kept.partition(b"\n")
    return EncodedImage(data, suffix.decode())


def draw(asset: Asset, context: WriteContext, width: float) -> EncodedImage | None:
    """Return the pixels of an SVG, or None if it cannot be rendered.

    Args:
        asset: An SVG.
        context: Where its bytes and earlier drawings are.
        width: Printed width in inches.
    """
    png = svg_rendering.rasterise(asset, context, width)
    return EncodedImage(png, "png") if png else None


def blank(width: int, height: int) -> EncodedImage:
    """Return a plain ground of the right shape, for programs that cannot show what lies above it."""
    from PIL import Image

    out = io.BytesIO()
    shape = (max(round(width / max(width, height) * 64), 1), max(round(height / max(width, height) * 64), 1))
    Image.new("RGB", shape, _FALLBACK_SHADE).save(out, "PNG", optimize=True)
    return EncodedImage(out.getvalue(), "png")


def _convert(asset: Asset, context: WriteContext, pixels: int) -> EncodedImage:
    from PIL import Image

    data = context.assets.path(asset.digest).read_bytes()
    try:
        with warnings.catch_warnings():
            # Pillow's guard against pictures that are bombs; here it stops the picture.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                return _fit(image, data, _AS_THEY_ARE.get(asset.media_type), pixels)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise StepError(
            f"The picture “{asset.name}” cannot be read: {error}.", advice="Save it again as PNG or JPEG."
        ) from error


def _fit(image: Image.Image, data: bytes, kind: str | None, pixels: int) -> EncodedImage:
    moving = kind == "GIF" and getattr(image, "n_frames", 1) > 1
    if kind and (moving or not (image.width > pixels * _SLACK or image.mode == "CMYK")):
        return EncodedImage(data, _SUFFIXES[kind])
    return _encode(image, kind, pixels)


def _encode(image: Image.Image, kind: str | None, pixels: int) -> EncodedImage:
    from PIL import Image

    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    photograph = kind == "JPEG" or (kind is None and not transparent)
    image = image.convert("RGB" if photograph else "RGBA" if transparent else "RGB")
    if image.width > pixels * _SLACK:
        height = max(round(image.height * pixels / image.width), 1)
        image = image.resize((pixels, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if photograph:
        image.save(out, "JPEG", quality=_QUALITY, optimize=True)
        return EncodedImage(out.getvalue(), "jpeg")
    image.save(out, "PNG", optimize=True)
    return EncodedImage(out.getvalue(), "png")
