"""Widths of images as manuscripts write them, in millimetres."""

from __future__ import annotations

import re

TEXT_WIDTH = 150.0
"""What a percentage is of, in millimetres: the width of figures on A4, within 3 % of that in the Word edition."""
_MILLIMETRES = {
    "mm": 1,
    "cm": 10,
    "in": 25.4,
    "pt": 25.4 / 72,
    "px": 25.4 / 96,
    "": 25.4 / 96,
    "%": TEXT_WIDTH / 100,
}
"""By unit (CSS Values 4, 6.2); a number without a unit is in pixels (HTML 4.8.19)."""
_WIDTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s*(mm|cm|in|pt|px|%|)\s*", re.IGNORECASE)
_DIMENSION = re.compile(r"\s*\d{1,6}(?:\.\d{0,6})?%?")
_LEAST = 0.5
"""Millimetres below which a width is an error."""


def read_width(text: str) -> float | None:
    """Return a width such as `30mm`, `3cm`, `120px` or `50%` in millimetres, or None if it is not one."""
    match = _WIDTH.fullmatch(text)
    width = float(match[1]) * _MILLIMETRES[match[2].lower()] if match else 0
    return round(width, 1) if width >= _LEAST else None


def read_dimension(text: str) -> float | None:
    """Return an attribute `width` of HTML in millimetres; what follows its number is ignored (HTML 2.3.4.4)."""
    match = _DIMENSION.match(text)
    return read_width(match[0].replace(".%", "%").removesuffix(".")) if match else None
