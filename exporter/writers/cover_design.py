"""Background of a drawn cover: its hue by the kind of the publication, its pattern by the title.

The same publication always has the same cover. The pattern is a lighter or darker tone of the background, chosen so
that text and accent keep their contrast with both (WCAG 1.4.3).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator

import msgspec

from exporter.model import Direction, Kind, Metadata
from exporter.oklch import contrast, normal, to_hex, tone

READABLE = 4.6
"""Least contrast of text and accent; WCAG 1.4.3 requires 4.5, which rounding must not miss."""
_HUES = {
    Kind.REPORT: 0,
    Kind.COMMENTARY: 45,
    Kind.NEWS: 85,
    Kind.DISPATCH: 130,
    Kind.SUBMISSION: -40,
    Kind.BRIEF: -75,
    Kind.MANUAL: -115,
    Kind.EASY_READ: 160,
}
"""Degrees between the hue of the theme and that of a kind (OKLCH)."""
_JITTER = 14
"""Degrees by which publications of one kind differ at most."""
_PATTERN = 0.1
"""Difference of lightness between pattern and background."""
_LEAST_CHROMA = 0.03
"""Of a pattern: white and black have no hue."""
_STEP = 0.01
_UNIT = 1000
"""Width of a cover in the units of the patterns, whose height is 1500."""


class CoverDesign(msgspec.Struct, frozen=True):
    """Colours as `#rrggbb`, and the pattern of a cover."""

    background: str
    tone: str
    """Colour of the pattern."""
    pattern: str
    """SVG elements in 1000 × 1500 units."""

    def svg(self, width: float, height: float, direction: Direction) -> str:
        """Return the background and its pattern as SVG, mirrored for scripts from right to left."""
        scale_x, scale_y = width / _UNIT, height / (_UNIT * 1.5)
        mirror = f"translate({width:g} 0) scale({-scale_x:g} {scale_y:g})"
        transform = mirror if direction is Direction.RTL else f"scale({scale_x:g} {scale_y:g})"
        return (
            f'<rect width="{width:g}" height="{height:g}" fill="{self.background}"/>'
            f'<g transform="{transform}" fill="{self.tone}" color="{self.tone}">{self.pattern}</g>'
        )


def design(metadata: Metadata, background: str, text: str, accent: str) -> CoverDesign:
    """Return the design of the cover of a publication from the colours of the theme."""
    numbers = _numbers(metadata.full_title)
    pattern = _PATTERNS[next(numbers) % len(_PATTERNS)]
    turn = _HUES.get(metadata.kind, 0) if metadata.kind else 0
    colours = _colours(turn + next(numbers) % (2 * _JITTER + 1) - _JITTER, background, text, accent)
    return CoverDesign(*colours, "".join(pattern(numbers)))


def _colours(degrees: int, background: str, text: str, accent: str) -> tuple[str, str]:
    """Return the background in another hue, and the colour of the pattern; those of the theme if none is readable."""
    plain, letters, mark = normal(background), normal(text), normal(accent)
    if not (plain and letters and mark):
        return background, background
    start = tone(plain)
    start = start._replace(hue=start.hue + math.radians(degrees))
    is_light = tone(letters).lightness < start.lightness
    pattern = start._replace(chroma=max(start.chroma, _LEAST_CHROMA))
    shift = 0.0
    while 0 <= start.lightness + shift <= 1:
        lightness = start.lightness + shift
        pair = (
            to_hex(start._replace(lightness=lightness)),
            to_hex(pattern._replace(lightness=lightness - _PATTERN / 2 if is_light else lightness + _PATTERN)),
        )
        if all(contrast(colour, other) >= READABLE for colour in pair for other in (letters, mark)):
            return pair
        # Away from the text: a dark cover becomes darker, a light one lighter.
        shift += _STEP if is_light else -_STEP
    return background, background


def _numbers(seed: str) -> Iterator[int]:
    """Yield numbers from 0 to 255 that depend on a text only."""
    digest = seed.encode()
    while True:
        digest = hashlib.sha256(digest).digest()
        yield from digest


def _slant(numbers: Iterator[int]) -> Iterator[str]:
    top, foot = 700 + next(numbers), 100 + next(numbers)
    yield f'<path d="M1000 0V1500H{foot}L{top} 0Z"/>'


def _circles(numbers: Iterator[int]) -> Iterator[str]:
    x, y = 650 + next(numbers), 1000 + next(numbers)
    for ring in range(5):
        yield (
            f'<circle cx="{x}" cy="{y}" r="{90 + ring * 130}" fill="none" '
            f'stroke="currentColor" stroke-width="{18 + next(numbers) // 8}"/>'
        )


def _bands(numbers: Iterator[int]) -> Iterator[str]:
    rise = 300 + next(numbers) * 2
    y = 1000 + next(numbers)
    for _band in range(4):
        height = 70 + next(numbers) // 2
        yield f'<path d="M0 {y}L1000 {y - rise}V{y - rise + height}L0 {y + height}Z"/>'
        y += height + 90


def _waves(numbers: Iterator[int]) -> Iterator[str]:
    for y in range(800, 1500, 150):
        rise = 40 + next(numbers) // 2
        first = 250 + next(numbers)
        yield (
            f'<path d="M0 {y}C{first} {y - rise} {first + 100} {y + rise} 1000 {y - rise // 2}'
            f'V{y + 40}C{first + 100} {y + rise + 70} {first} {y - rise + 60} 0 {y + 50}Z"/>'
        )


def _squares(numbers: Iterator[int]) -> Iterator[str]:
    # Fewer at the start, where lines of text begin.
    for row in range(7):
        for column in range(8):
            if next(numbers) < column * 24 + row * 12 - 40:
                yield f'<rect x="{20 + column * 122}" y="{640 + row * 122}" width="106" height="106"/>'


def _triangles(numbers: Iterator[int]) -> Iterator[str]:
    for peak in range(3):
        x, width = peak * 320 + next(numbers), 260 + next(numbers)
        yield f'<path d="M{x - width} 1500L{x} {620 + next(numbers) * 2}L{x + width} 1500Z"/>'


_PATTERNS: tuple[Callable[[Iterator[int]], Iterator[str]], ...] = (
    _slant,
    _circles,
    _bands,
    _waves,
    _squares,
    _triangles,
)
