"""Images of the publication as files in core media types (EPUB 3.3, 3.2)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from typing import Any, assert_never

import msgspec

from exporter.contracts import WriteContext
from exporter.contracts.sidecars import PlacedPictures
from exporter.errors import SourceError
from exporter.inspect.motion import moves
from exporter.model import Alt, Asset, Decorative, Described, Source, Undescribed
from exporter.writers.xhtml.files import File
from exporter.xml_parser import xml_parser

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}
"""Core media types of images and their suffixes."""

WEBP = "image/webp"
"""A core media type only since EPUB 3.3; a still image is converted for older apps."""

SCALED = {"image/jpeg": "JPEG", "image/png": "PNG"}
"""Types that are scaled down if too large, with their names in Pillow; a GIF, which may be animated, is not changed."""

JPEG_QUALITY = 85
SETTINGS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": JPEG_QUALITY, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
}
"""Options of Pillow for each format."""
FEW_COLOURS = 4096
"""Number of colours above which an image is a photograph and becomes JPEG; others stay sharp as PNG."""


class PackageImage(msgspec.Struct, frozen=True):
    """An image of the package."""

    file: File
    moving: bool
    """Whether it is animated, so that it may flash."""


class _Converted(msgspec.Struct, frozen=True):
    media_type: str
    moving: bool
    data: bytes


def prepare(assets: Iterable[Asset], context: WriteContext, pixels: int) -> dict[str, PackageImage]:
    """Return the image of every asset by `Asset.name`, with a longest side of at most `pixels`.

    Raises:
        SourceError: A file is not an image of its media type.
    """
    return {asset.name: _image(number, asset, context, pixels) for number, asset in enumerate(assets, start=1)}


def placed(assets: Iterable[Asset], pictures: Mapping[str, PackageImage]) -> PlacedPictures:
    """Return which file the edition has of every picture, for the parity check."""
    files = {asset.digest: pictures[asset.name].file.data for asset in assets if asset.name in pictures}
    return PlacedPictures({digest: (hashlib.sha256(data).hexdigest(),) for digest, data in files.items()})


def alt(alt: Alt) -> str | None:
    """Return the `alt` attribute of an image, or None if it has no alt text."""
    match alt:
        case Described(text):
            return text
        case Decorative():
            return ""
        case Undescribed():
            return None
        case _:
            assert_never(alt)


def _image(number: int, asset: Asset, context: WriteContext, pixels: int) -> PackageImage:
    # The bytes depend on all parts of the key; the codecs change with the version of Pillow.
    key = f"epub-picture 3 {asset.digest} {asset.media_type} {pixels} {_pillow_version()}"
    earlier = context.memo.get(key)
    if earlier is not None:
        converted = msgspec.msgpack.decode(earlier, type=_Converted)
    else:
        converted = _convert(asset, context.assets.path(asset.digest).read_bytes(), pixels)
        context.memo.put(key, msgspec.msgpack.encode(converted))
    name = f"picture-{number:03}"
    file = File(f"images/{name}{SUFFIXES[converted.media_type]}", name, converted.media_type, converted.data)
    return PackageImage(file, converted.moving)


def _pillow_version() -> str:
    from PIL import __version__

    return __version__


def _convert(asset: Asset, data: bytes, pixels: int) -> _Converted:
    if asset.media_type == "image/svg+xml":
        return _check_svg(asset, data)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            moving = getattr(image, "is_animated", False)
            fits = max(image.size) <= pixels
            plain = image.mode != "CMYK" and (moving or asset.media_type != WEBP)
            if plain and asset.media_type in SUFFIXES and (fits or moving or asset.media_type not in SCALED):
                return _Converted(asset.media_type, moving, data)
            return _encode(asset, image, pixels)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _unreadable(asset) from error


def _unreadable(asset: Asset) -> SourceError:
    return SourceError(
        f"Image not readable as {asset.media_type}: “{asset.name}”.",
        advice="Save it again as PNG or JPEG.",
        source=Source(asset.name),
    )


def _encode(asset: Asset, image: Any, pixels: int) -> _Converted:
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    clear = "A" in image.getbands() or "transparency" in image.info
    if image.mode not in {"1", "L", "RGB", "RGBA"}:
        image = image.convert("RGBA" if clear else "RGB")
        profile = profile if asset.media_type in SUFFIXES else None
    form = SCALED.get(asset.media_type) or ("PNG" if clear or _few_colours(image) else "JPEG")
    if max(image.size) > pixels:
        image = image.convert("L") if image.mode == "1" else image
        image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, form, icc_profile=profile, **SETTINGS[form])
    media_type = next(kind for kind, name in SCALED.items() if name == form)
    return _Converted(media_type, False, out.getvalue())


def _few_colours(image: Any) -> bool:
    return image.mode == "1" or image.getcolors(FEW_COLOURS) is not None


SVG = "{http://www.w3.org/2000/svg}"


def _check_svg(asset: Asset, data: bytes) -> _Converted:
    """Return an SVG unchanged; those with scripts or external references are refused when assets are collected."""
    from lxml import etree

    parser = xml_parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(asset) from error
    if root.tag != f"{SVG}svg":
        raise _unreadable(asset)
    return _Converted(asset.media_type, moves(data), data)
