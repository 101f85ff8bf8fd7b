"""The square picture of the podcast: whose it is, in the colours of `cover.toml`."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from exporter.labels import direction_of
from exporter.writers.cover_image import drawn, faces, lettering
from exporter.writers.xhtml.cover import theme, width, wrap

SIZE = 1400
"""Pixels; directories of podcasts want at least these."""
MARK = b"exporter podcast artwork "
"""In the file, followed by what it was drawn from."""
_MARGIN = 130
_LINE = 1.14
_TITLES = (190, 160, 134, 112, 94, 78)
_ROOM = 720
_WAVES = (70, 150, 240, 130, 310, 210, 90, 260, 170, 330, 120, 200, 80, 140, 60)
"""Heights of the bars that stand for a voice."""


def draw(title: str, language: str, styles: Path) -> str:
    """Return the picture as SVG; the same words give the same drawing.

    Args:
        title: Stands there in large letters; whose podcast it is.
        language: BCP 47 tag of the words.
        styles: The folder of styles.

    Raises:
        SettingsError: The colours of the cover cannot be read.
    """
    colours = theme(styles)
    rtl = direction_of(language).value == "rtl"
    room = SIZE - 2 * _MARGIN
    start = SIZE - _MARGIN if rtl else _MARGIN
    size = next((size for size in _TITLES if _fits(title, size, room)), _TITLES[-1])
    place = f'x="{start}" text-anchor="{"end" if rtl else "start"}"'
    parts = [
        f'<rect width="{SIZE}" height="{SIZE}" fill="{colours.background}"/>',
        f'<path d="M{SIZE} 0V{SIZE}H{SIZE * 0.35:g}L{SIZE * 0.9:g} 0Z" fill="#ffffff" fill-opacity="0.05"/>',
    ]
    top = 110.0
    for line in wrap(title, room / size):
        top += size * _LINE
        parts.append(
            f'<text {place} y="{top:g}" font-size="{size}" font-weight="700">{lettering(line, rtl=rtl)}</text>'
        )
    step = room / len(_WAVES)
    for number, height in enumerate(_WAVES):
        left = _MARGIN + number * step
        bottom = SIZE - _MARGIN
        parts.append(
            f'<rect x="{left:g}" y="{bottom - height}" width="{step * 0.42:g}" height="{height}" rx="{step * 0.21:g}" '
            f'fill="{colours.accent}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        f'fill="{colours.text}" font-family="{faces(language)}">' + "".join(parts) + "</svg>"
    )


def mark(svg: str) -> bytes:
    """Return what the picture of a drawing holds, by which it is known again without drawing it."""
    return MARK + hashlib.sha256(svg.encode()).hexdigest().encode()


def png(svg: str) -> bytes:
    """Return the picture of a drawing, with its mark.

    Raises:
        MissingToolError: The typefaces are not installed.
    """
    from PIL import Image, PngImagePlugin

    told = PngImagePlugin.PngInfo()
    told.add_text("Software", mark(svg).decode())
    out = io.BytesIO()
    picture = drawn(svg, SIZE).quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    # Directories want RGB, not a palette.
    picture.convert("RGB").save(out, "PNG", optimize=True, pnginfo=told)
    return out.getvalue()


def _fits(title: str, size: int, room: float) -> bool:
    lines = wrap(title, room / size)
    return len(lines) * size * _LINE <= _ROOM and all(width(line) <= room / size for line in lines)
