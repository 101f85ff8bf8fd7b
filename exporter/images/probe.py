"""Probing of untrusted image files."""

from __future__ import annotations

import hashlib

from exporter.images import formats, raster, svg
from exporter.images.limits import MAX_BYTES
from exporter.images.probe_result import ImageInfo, ImageRefusedError
from exporter.images.rules import FORMAT, LIMIT, UNREADABLE
from exporter.model import Asset


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
        drawing = svg.read(data)
        asset = _asset(data, name, kind, drawing.width, drawing.height)
        return ImageInfo(asset, drawing=drawing.data, is_animated=drawing.is_animated, frames=drawing.frames)
    pixels = raster.read(data, kind)
    return ImageInfo(
        _asset(data, name, kind, pixels.width, pixels.height),
        is_rotated=pixels.is_rotated,
        has_location=pixels.has_location,
        is_deep=pixels.is_deep,
        frames=pixels.frames,
    )


def _asset(data: bytes, name: str, kind: str, width: int, height: int) -> Asset:
    return Asset(name, hashlib.sha256(data).hexdigest(), kind, width, height, len(data))
