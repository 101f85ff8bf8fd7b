"""The square artwork of the podcast: its title in the colours of `cover.toml`."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from exporter.labels import direction_of
from exporter.writers.cover_image import font_families, line_text, render_opaque
from exporter.writers.drawn_cover import fitting_size, theme, wrap

SIZE = 1400
"""Pixels; podcast directories require at least 1400."""
MARK = b"exporter podcast artwork "
"""Text in the file, followed by the digest of its drawing."""
_MARGIN = 130
_LINE = 1.14
_TITLES = (190, 160, 134, 112, 94, 78)
_TITLE_HEIGHT = 720
_WAVES = (70, 150, 240, 130, 310, 210, 90, 260, 170, 330, 120, 200, 80, 140, 60)
"""Heights of the bars of the waveform."""


def draw(title: str, language: str, styles: Path) -> str:
    """Return the artwork as SVG; the same title gives the same drawing.

    Args:
        title: Title of the podcast.
        language: BCP 47 tag of the title.
        styles: The folder of styles.

    Raises:
        SettingsError: The colours of the cover cannot be read.
    """
    colours = theme(styles)
    rtl = direction_of(language).value == "rtl"
    available = SIZE - 2 * _MARGIN
    start = SIZE - _MARGIN if rtl else _MARGIN
    size = fitting_size(title, _TITLES, available, _TITLE_HEIGHT / _LINE)
    position = f'x="{start}" text-anchor="{"end" if rtl else "start"}"'
    parts = [
        f'<rect width="{SIZE}" height="{SIZE}" fill="{colours.background}"/>',
        f'<path d="M{SIZE} 0V{SIZE}H{SIZE * 0.35:g}L{SIZE * 0.9:g} 0Z" fill="#ffffff" fill-opacity="0.05"/>',
    ]
    top = 110.0
    for line in wrap(title, available / size, int(_TITLE_HEIGHT / (size * _LINE))):
        top += size * _LINE
        parts.append(
            f'<text {position} y="{top:g}" font-size="{size}" font-weight="700">{line_text(line, rtl=rtl)}</text>'
        )
    step = available / len(_WAVES)
    for number, height in enumerate(_WAVES):
        left = _MARGIN + number * step
        bottom = SIZE - _MARGIN
        parts.append(
            f'<rect x="{left:g}" y="{bottom - height}" width="{step * 0.42:g}" height="{height}" rx="{step * 0.21:g}" '
            f'fill="{colours.accent}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        f'fill="{colours.text}" font-family="{font_families(language)}">' + "".join(parts) + "</svg>"
    )


def mark(svg: str) -> bytes:
    """Return the text in the file of a drawing, by which it is recognised without rendering it again."""
    return MARK + hashlib.sha256(svg.encode()).hexdigest().encode()


def png(svg: str) -> bytes:
    """Return a drawing as PNG with its mark.

    Raises:
        MissingToolError: The fonts are not installed.
    """
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_text("Software", mark(svg).decode())
    out = io.BytesIO()
    image = render_opaque(svg, SIZE).quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    # Directories require RGB, not a palette.
    image.convert("RGB").save(out, "PNG", optimize=True, pnginfo=info)
    return out.getvalue()
