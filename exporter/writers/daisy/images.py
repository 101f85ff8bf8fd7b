"""The publication's pictures as players of every age can show them: JPEG, PNG and GIF, under short names."""

from __future__ import annotations

import io
from collections.abc import Iterable

from exporter.contracts import WriteContext
from exporter.findings import NOT_CARRIED, Finding
from exporter.model import Asset
from exporter.writers import svg_rendering
from exporter.writers.xhtml import images
from exporter.writers.xhtml.files import File
from exporter.writers.xhtml.images import PackageImage

SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}
PIXELS = 1600
"""Longest side of a picture."""
_INCHES = 5.0
"""Width at which a drawing becomes pixels."""


def prepare(assets: Iterable[Asset], context: WriteContext) -> tuple[dict[str, PackageImage], list[Finding]]:
    """Return the picture of every asset by `Asset.name`, without those that cannot be drawn, which are findings.

    Raises:
        SourceError: A file is not the picture that it says it is.
    """
    assets = tuple(assets)
    shown: dict[str, PackageImage] = {}
    findings: list[Finding] = []
    for number, (asset, picture) in enumerate(
        zip(assets, images.prepare(assets, context, PIXELS).values(), strict=True), 1
    ):
        made = _still(asset, picture.file, context)
        if made is None:
            message = f"The drawing “{asset.name}” cannot be shown; its description stands in its place."
            findings.append(NOT_CARRIED.finding(message, edition="daisy"))
            continue
        data, media_type = made
        name = f"p{number:03}"
        shown[asset.name] = PackageImage(File(f"{name}{SUFFIXES[media_type]}", name, media_type, data), picture.moving)
    return shown, findings


def _still(asset: Asset, file: File, context: WriteContext) -> tuple[bytes, str] | None:
    """Return bytes and media type; None for a drawing that cannot be drawn."""
    if file.media_type in SUFFIXES:
        return file.data, file.media_type
    if file.media_type == "image/svg+xml":
        png = svg_rendering.rasterise(asset, context, _INCHES)
        return (png, "image/png") if png else None
    from PIL import Image

    # What moves here is shown by its first picture.
    out = io.BytesIO()
    with Image.open(io.BytesIO(file.data)) as image:
        image.convert("RGBA").save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"
