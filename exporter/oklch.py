"""Colours in OKLCH, in which equal steps of lightness look equal (CSS Color 4, 8.4), and their contrast."""

from __future__ import annotations

import math
from typing import NamedTuple


class Tone(NamedTuple):
    """A colour in OKLCH."""

    lightness: float
    """0 is black, 1 is white."""
    chroma: float
    """0 is grey; sRGB ends at about 0.3."""
    hue: float
    """Radians."""


def normal(value: str) -> str | None:
    """Return a CSS colour in any notation as `#rrggbb`, or None if it is not an opaque colour."""
    from tinycss2 import color3

    colour = color3.parse_color(value)
    if colour is None or isinstance(colour, str) or colour.alpha < 1:
        return None
    return _hexadecimal(colour.red, colour.green, colour.blue)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours of six hexadecimal digits, with or without `#`, 1-21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def tone(colour: str) -> Tone:
    """Return a colour in OKLCH."""
    red, green, blue = _linear(colour)
    # CSS Color 4, 18: linear sRGB to OKLab, with LMS between.
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Tone(lightness, math.hypot(a, b), math.atan2(b, a))


def to_hex(tone: Tone) -> str:
    """Return a tone as `#rrggbb`, with as much of its chroma as sRGB has at its lightness."""
    chroma = tone.chroma
    while True:
        channels = _channels(tone._replace(chroma=chroma))
        if chroma <= 0 or all(-0.001 <= channel <= 1.001 for channel in channels):
            return _hexadecimal(*(_encoded(min(1.0, max(0.0, channel))) for channel in channels))
        chroma -= 0.004


def _channels(tone: Tone) -> tuple[float, float, float]:
    a, b = tone.chroma * math.cos(tone.hue), tone.chroma * math.sin(tone.hue)
    long = (tone.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (tone.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (tone.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (channel / 255 for channel in bytes.fromhex(colour.removeprefix("#")))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    return float(channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hexadecimal(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))
