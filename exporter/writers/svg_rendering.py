"""SVG as pixels, for programs and formats that show no SVG.

resvg renders static SVG 1.1 and much of SVG 2 without system libraries, the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache

from exporter.contracts import WriteContext
from exporter.model import Asset
from exporter.writers import fonts
from exporter.xml_parser import xml_parser

PRINT_DPI = 220
"""Pixels per inch of the printed width; Word's own default when it compresses images."""
_WIDEST = 4000
"""Greatest width in pixels."""


@lru_cache(maxsize=8)
def render(svg: str, width: int) -> bytes:
    """Return a drawing as PNG, with the bundled fonts, and others only for characters that they lack.

    Raises:
        ValueError: It cannot be rendered.
        MissingToolError: The fonts are not installed.
    """
    import resvg_py

    paths = [path for family in fonts.FAMILIES for path in fonts.files(family)]
    for supplement in fonts.supplements_for(svg):
        paths += supplement.files
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[str(path) for path in paths],
        font_family="Source Sans 3",
        serif_family="Source Serif 4",
        sans_serif_family="Source Sans 3",
        monospace_family="Source Code Pro",
    )


def parse(data: bytes) -> str:
    """Return an SVG file as text, without resolving entities.

    Raises:
        ValueError: It is not well-formed.
    """
    from lxml import etree

    parser = xml_parser()
    try:
        return etree.tostring(etree.fromstring(data, parser), encoding="unicode")
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def rasterise(asset: Asset, context: WriteContext, width: float) -> bytes | None:
    """Return an SVG as PNG, or None if it cannot be rendered.

    Args:
        asset: An SVG.
        context: Its file, and earlier results.
        width: Printed width in inches.
    """
    import resvg_py

    pixels = min(round(width * PRINT_DPI), _WIDEST)
    key = f"docx-drawing:1:{resvg_py.__version__}:{asset.digest}:{pixels}"
    png = context.memo.get(key)
    if png is None:
        try:
            png = render(parse(context.assets.path(asset.digest).read_bytes()), pixels)
        except ValueError:
            return None
        context.memo.put(key, png)
    return png
