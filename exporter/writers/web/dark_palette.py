"""Dark colours derived from a theme: its hues, on dark backgrounds, with sufficient contrast (WCAG 1.4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exporter.oklch import Tone, contrast, to_hex, tone

READABLE = 5.0
"""Contrast of text with each of its backgrounds; WCAG 1.4.3 requires 4.5."""
CLEAR = 9.0
"""Contrast of running text."""


class _Background(NamedTuple):
    lightness: float
    chroma: float
    """Greatest chroma."""


_BACKGROUNDS = {
    "paper": _Background(0.185, 0.012),
    "tint": _Background(0.235, 0.018),
    "warm": _Background(0.245, 0.022),
    "alert": _Background(0.255, 0.032),
}
_FIELDS = {"field": _Background(0.27, 0.06), "field-light": _Background(0.31, 0.06)}
_LINES = {"hairline": _Background(0.42, 0.02), "rule": _Background(0.66, 0.05), "gold": _Background(0.76, 0.13)}
_TEXTS = {"ink": (0.9, 0.01, CLEAR), "muted": (0.7, 0.02, READABLE)}
_COLOURED = ("accent", "link", "heading")
_CHROMA = 0.13
"""Greatest chroma of text on a dark background, above which it seems to glow."""


def dark(colours: Mapping[str, str]) -> dict[str, str]:
    """Return the dark counterparts of the colours of a theme, as `#rrggbb`.

    Args:
        colours: All colours of the theme by name.
    """
    tones = {name: tone(value) for name, value in colours.items()}
    theme_hue = tones["field"].hue
    dark_colours: dict[str, str] = {}
    for name, background in _BACKGROUNDS.items():
        own = tones[name]
        # White has no hue; its dark counterpart has that of the theme.
        hue = theme_hue if name == "paper" or own.chroma < 0.004 else own.hue
        dark_colours[name] = to_hex(Tone(background.lightness, background.chroma, hue))
    for name, background in (*_FIELDS.items(), *_LINES.items()):
        chroma = min(tones[name].chroma, background.chroma)
        dark_colours[name] = to_hex(Tone(background.lightness, chroma, tones[name].hue))
    backgrounds = [dark_colours[name] for name in _BACKGROUNDS]
    for name, (start, chroma, least) in _TEXTS.items():
        dark_colours[name] = lighten(Tone(start, chroma, theme_hue), backgrounds, least)
    for name in _COLOURED:
        own = tones[name]
        dark_colours[name] = lighten(Tone(0.68, min(own.chroma, _CHROMA), own.hue), backgrounds, READABLE)
    fields = [dark_colours[name] for name in _FIELDS]
    for name in ("on-field", "on-field-muted", "on-field-accent"):
        dark_colours[name] = lighten(tones[name], fields, READABLE)
    return dark_colours


def lighten(start: Tone, backgrounds: Sequence[str], least: float) -> str:
    """Return a tone as `#rrggbb`, made lighter until its contrast with every background is sufficient."""
    lightness = start.lightness
    colour = to_hex(start)
    while lightness < 1 and min(contrast(colour, background) for background in backgrounds) < least:
        lightness = min(1.0, lightness + 0.01)
        colour = to_hex(start._replace(lightness=lightness))
    return colour
