"""Shapes and pictures of a page, as far as they decide whether text is seen (ISO 32000-2, 8.5, 8.9)."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from exporter.inspect.pdf import values
from exporter.inspect.pdf.geometry import PAGE, Box, Matrix, Point, around, box_of, moved
from exporter.inspect.pdf.page_content import ENOUGH_CONTRAST, MarkedText
from exporter.inspect.pdf.paint import Paint
from exporter.inspect.pdf.values import FILLS, STROKES

OPERATORS = "BI ID EI g rg k cs sc scn gs w re m l c v y W W* n"
_MIDDLE = 0.3
"""Height of the middle of small letters above their base line, as a share of the size of the font."""
_THIN = 0.5
"""Share of the size of the font below which a rectangle is a line through text, which does not cover it."""
_LETTER = 0.3
"""Width of a letter at least, on average, as a share of the size of the font."""
_POINTS = frozenset({"m", "l", "c", "v", "y"})
_UNSEEN = 0.02
"""Opacity of what is not seen."""
FAINT = 2.0
"""Contrast ratio below which text can hardly be read (WCAG 2.2, 1.4.3, asks for more than twice as much)."""
_INDISCERNIBLE = 1.2
"""Contrast ratio below which text is not seen."""
_SMALLEST_PICTURE = 5.0
"""Points of the longer side of a picture that can be made out."""
_DENSITY = 4
"""Pixels in a point of a picture that is small on purpose, at most."""
_STRETCHED = 1.1
"""Proportion of a picture, beside its own, from which it is distorted."""
_SEVERAL = 8
"""Characters of a text that is more than glyphs and marks that are drawn apart."""
_SEEN = 0.5
"""Share of a picture that is seen at least, if it does not fill an area of other proportions."""
_FILLING = 0.04
"""Share of one that does: of a portrait nine times as high as wide above the text."""
_MIDDLES = 0.02
"""Share of the side of a picture by which the middle of what is seen of it may be beside its own."""
MAX_COMPARISONS = 1_000_000
"""Rectangles with texts of a page that are compared."""


class Shown(NamedTuple):
    """Text that has been shown: where it begins, its size, and how many characters it has."""

    x: float
    y: float
    size: float
    length: int
    is_level: bool

    @classmethod
    def of(cls, words: str, matrix: Matrix) -> Shown:
        """Return it for words with a text rendering matrix."""
        _, b, c, d, x, y = matrix
        return cls(x, y, math.hypot(c, d), len(words), not b and not c)

    @property
    def middle(self) -> float:
        return self.y + self.size * _MIDDLE


class Painting:
    """Shapes, pictures and texts of a page so far."""

    def __init__(self) -> None:
        self._grounds: list[tuple[Box, float | None]] = []
        """Shapes with their luminance, and pictures, of which it is not known."""
        self._shown: list[tuple[Shown, list[str], int]] = []
        self._pictures: list[tuple[Box, MarkedText]] = []
        self._begun: dict[tuple[float, float], str] = {}
        """Words by where they begin."""
        self._rectangles: list[Box] = []
        self._points: list[Point] = []
        self._clips = False
        self._left = MAX_COMPARISONS

    def path(self, operator: str, operands: Any, matrix: Matrix) -> None:
        """Add to the path, or make it the clipping path when it is ended."""
        if operator in _POINTS:
            self._points.append(moved(float(operands[-2]), float(operands[-1]), matrix))
        elif operator == "re":
            x, y, width, height = map(float, operands)
            self._rectangles.append(box_of(x, y, width, height, matrix))
        else:
            self._clips = self._clips or operator.startswith("W")

    def end_path(self, operator: str, paint: Paint) -> Paint:
        """Paint the path, and return the parameters with the clip that it may be."""
        is_rectangle = len(self._rectangles) == 1 and not self._points
        corners = [corner for box in self._rectangles for corner in (box[:2], box[2:])] + self._points
        if operator in FILLS and corners:
            shape = around(corners)
            self._grounds.append((shape, None if paint.is_pattern else paint.luminance))
            if is_rectangle and not paint.is_pattern:
                self._cover(shape, paint)
        if operator in STROKES and corners:
            self._grounds.append((around(corners).wider(paint.line_width), None))
        if self._clips and corners:
            clip = around(corners).within(paint.clip)
            paint = paint._replace(clip=clip, is_clip_rectangle=is_rectangle and paint.is_clip_rectangle)
        self._rectangles, self._points, self._clips = [], [], False
        return paint

    def form(self, box: Any, matrix: Matrix, paint: Paint) -> Paint:
        """Return the parameters in a form, which is drawn inside its box only (8.10.2)."""
        left, foot, right, top = map(float, box)
        return paint._replace(clip=box_of(left, foot, right - left, top - foot, matrix).within(paint.clip))

    def picture(self, matrix: Matrix, paint: Paint, picture: Any) -> str:
        """Add a picture, which may be the ground of white text (8.9.5); return what is wrong with it, or nothing.

        Args:
            matrix: Where its unit square is drawn.
            paint: The graphics state.
            picture: The image object; None for one that is written among the operators.
        """
        a, b, c, d, *_ = matrix
        box = box_of(0, 0, 1, 1, matrix)
        self._grounds.append((box, None))
        width, height = values.get(picture, "/Width"), values.get(picture, "/Height")
        if a <= 0 or d <= 0 or abs(b) > a or abs(c) > d:
            return "is mirrored or turned"
        if max(a, d) < _SMALLEST_PICTURE < max(width or 0, height or 0) / _DENSITY:
            return "is too small to be seen"
        if not _is_whole(box, box.within(paint.clip)) or paint.opacity <= _UNSEEN or paint.is_masked:
            return "is cut or hidden"
        if width and height and not 1 / _STRETCHED <= a * height / (d * width) <= _STRETCHED:
            return "is stretched"
        if values.is_array(values.get(picture, "/Decode")) or values.is_array(values.get(picture, "/Mask")):
            return "has other colours than its own"
        return ""

    def shading(self, paint: Paint) -> None:
        """Add a shading, which fills all that is not clipped."""
        self._grounds.append((PAGE, None))
        self._cover(paint.clip, paint)

    def contrast(self, text: Shown, paint: Paint, is_stroked: bool) -> float:
        """Return the contrast ratio of text on a page if it is low, and 0 where text is not seen.

        Where it is faint on a page, it may be on any ground after it in its line.
        """
        if paint.opacity <= _UNSEEN or paint.is_masked or not _is_inside(text, paint.clip):
            return 0
        contrast = _contrast(paint.luminance, 1.0)
        if is_stroked or paint.is_pattern or contrast >= FAINT:
            return ENOUGH_CONTRAST
        self._left -= len(self._grounds)
        if self._left <= 0 or any(
            box.foot <= text.middle <= box.top
            and box.right > text.x
            and (luminance is None or _contrast(luminance, paint.luminance) >= FAINT)
            for box, luminance in self._grounds
        ):
            return ENOUGH_CONTRAST
        return contrast if contrast >= _INDISCERNIBLE else 0

    def is_upon_other(self, text: Shown, words: str) -> bool:
        """Return whether a text begins where another one begins, so that neither can be read; marks may do so."""
        if text.length < _SEVERAL:
            return False
        return self._begun.setdefault((round(text.x, 1), round(text.y, 1)), words) != words

    def show(self, text: Shown, parts: list[str]) -> None:
        """Remember text, the last of some parts, which something may cover later.

        Where text after other text begins is not known.
        """
        if not self._shown or self._shown[-1][0][:2] != text[:2]:
            self._shown.append((text, parts, len(parts) - 1))

    def hold(self, picture: MarkedText, matrix: Matrix) -> None:
        """Remember marked content in which a picture is drawn, which something may cover later."""
        self._pictures.append((box_of(0, 0, 1, 1, matrix), picture))

    def _cover(self, area: Box, paint: Paint) -> None:
        """Remember that what was painted before in an area is not seen, if it is painted over."""
        if paint.opacity < 1 or not paint.is_plain or not paint.is_clip_rectangle:
            return
        box = area.within(paint.clip)
        self._left -= len(self._pictures)
        for drawn, picture in self._pictures if self._left > 0 else ():
            if drawn.within(box).area > drawn.area * _SEEN:
                picture.picture_fault = "is covered"
        self._left -= len(self._shown)
        for text, parts, position in self._shown if self._left > 0 else ():
            is_high = box.top - box.foot > text.size * _THIN
            # To its end at least, if its letters are narrow.
            end = text.x + text.length * text.size * _LETTER
            if is_high and box.contains(text.x, text.middle) and box.right >= end:
                parts[position] = ""


def _is_whole(box: Box, seen: Box) -> bool:
    """Return whether most of a picture is seen, or its middle from one edge to the other (CSS `object-fit: cover`)."""
    if seen.area >= box.area * _SEEN:
        return True
    sides = ((box.left, box.right, seen.left, seen.right), (box.foot, box.top, seen.foot, seen.top))
    is_centred = all(
        abs(start + end - first - last) <= 2 * _MIDDLES * (end - start) for start, end, first, last in sides
    )
    shares = [(last - first) / (end - start) for start, end, first, last in sides]
    return is_centred and min(shares) >= _FILLING and max(shares) >= 1 - _MIDDLES


def _is_inside(text: Shown, clip: Box) -> bool:
    """Return whether some of a text may be inside a rectangle; its end is not known."""
    longest = (text.length + 1) * text.size
    if not text.is_level:
        around = Box(text.x, text.y, text.x, text.y).wider(longest)
        return around.within(clip).area > 0
    return clip.foot <= text.middle <= clip.top and clip.left - longest <= text.x <= clip.right


def _contrast(first: float, second: float) -> float:
    """Return the contrast ratio of two luminances."""
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
