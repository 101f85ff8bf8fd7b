"""Colours and shapes of a page, as far as they decide whether text is seen (ISO 32000-2, 8.4 to 8.6)."""

from __future__ import annotations

from typing import Any, NamedTuple

from exporter.inspect.pdf import values

OPERATORS = "BI ID EI g rg k cs sc scn gs w re m l c v y W W* n"
_WHITE = 0.99
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
_MIDDLE = 0.3
"""Height of the middle of small letters above their base line, as a share of the size of the font."""
_THIN = 0.5
"""Share of the size of the font below which a rectangle is a line through text, which does not cover it."""
_LETTER = 0.3
"""Width of a letter at least, on average, as a share of the size of the font."""
_POINTS = frozenset({"m", "l", "c", "v", "y"})
_UNSEEN = 0.02
"""Opacity of what is not seen."""
_USUAL = {"/BM": {"Normal", "Compatible"}, "/SMask": {"None"}}
"""Values of entries of a graphics state with which it is painted over what is below."""
MAX_COMPARISONS = 1_000_000
"""Rectangles with texts of a page that are compared."""
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


class Box(NamedTuple):
    """A rectangle on a page, in points."""

    left: float
    foot: float
    right: float
    top: float

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.foot <= y <= self.top

    def wider(self, by: float) -> Box:
        """Return it with an edge of a width around it."""
        return Box(self.left - by, self.foot - by, self.right + by, self.top + by)

    def within(self, other: Box) -> Box:
        """Return the part of it that is in another."""
        return Box(*map(max, self[:2], other[:2]), *map(min, self[2:], other[2:]))


PAGE = Box(-1e6, -1e6, 1e6, 1e6)


class Paint(NamedTuple):
    """Parameters of the graphics state that decide what a shape or a glyph hides or shows."""

    is_white: bool = False
    opacity: float = 1.0
    is_plain: bool = True
    """Whether it is painted over what is below, without a soft mask (11.3.5, 11.6.5)."""
    is_pattern: bool = False
    line_width: float = 1.0
    clip: Box | None = PAGE
    """None if it is no rectangle."""

    def changed(self, operator: str, operands: Any, states: Any) -> Paint:
        """Return the parameters after an operator; other colours than those of devices are not told to be white."""
        if operator == "w":
            return self._replace(line_width=float(operands[0]))
        if operator == "gs":
            state = values.get(states, str(operands[0]))
            opacity = values.get(state, "/ca")
            is_plain = all(
                values.get(state, entry) is None or values.name(values.get(state, entry)) in usual
                for entry, usual in _USUAL.items()
            )
            return self._replace(opacity=self.opacity if opacity is None else float(opacity), is_plain=is_plain)
        numbers = [float(operand) for operand in operands] if operator in {"g", "rg", "k"} else [0.0]
        return self._replace(
            is_pattern=operator == "scn" and bool(values.name(operands[-1])),
            is_white=all(number <= 1 - _WHITE for number in numbers)
            if operator == "k"
            else all(number >= _WHITE for number in numbers),
        )


class Shown(NamedTuple):
    """Text that has been shown: where it begins, its size, and what holds it."""

    x: float
    y: float
    size: float
    parts: list[str]
    position: int


class Painting:
    """Shapes, pictures and texts of a page so far."""

    def __init__(self) -> None:
        self._grounds: list[Box] = []
        """Shapes and pictures in other colours than white."""
        self._shown: list[Shown] = []
        self._rectangles: list[Box] = []
        self._points: list[Point] = []
        self._clips = False
        self._left = MAX_COMPARISONS

    def path(self, operator: str, operands: Any, matrix: Matrix) -> None:
        """Add to the path, or make it the clipping path when it is ended."""
        if operator in _POINTS:
            self._points.append(_moved(float(operands[-2]), float(operands[-1]), matrix))
        elif operator == "re":
            x, y, width, height = map(float, operands)
            self._rectangles.append(_box(x, y, width, height, matrix))
        else:
            self._clips = self._clips or operator.startswith("W")

    def end_path(self, operator: str, paint: Paint) -> Paint:
        """Paint the path, and return the parameters with the clip that it may be."""
        is_rectangle = len(self._rectangles) == 1 and not self._points
        corners = [corner for box in self._rectangles for corner in (box[:2], box[2:])] + self._points
        if operator in _FILLS and corners:
            shape = _around(corners)
            if not paint.is_white:
                self._grounds.append(shape)
            is_opaque = paint.opacity == 1 and paint.is_plain and not paint.is_pattern
            if is_rectangle and paint.clip is not None and is_opaque:
                self._cover(shape.within(paint.clip))
        if operator in _STROKES and corners:
            self._grounds.append(_around(corners).wider(paint.line_width))
        if self._clips:
            clip = self._rectangles[0].within(paint.clip) if is_rectangle and paint.clip is not None else None
            paint = paint._replace(clip=clip)
        self._rectangles, self._points, self._clips = [], [], False
        return paint

    def form(self, box: Any, matrix: Matrix, paint: Paint) -> Paint:
        """Return the parameters in a form, which is drawn inside its box only (8.10.2)."""
        left, foot, right, top = map(float, box)
        if paint.clip is None:
            return paint
        return paint._replace(clip=_box(left, foot, right - left, top - foot, matrix).within(paint.clip))

    def picture(self, matrix: Matrix) -> None:
        """Add a picture, which may be the ground of white text (8.9.5)."""
        self._grounds.append(_box(0, 0, 1, 1, matrix))

    def shading(self) -> None:
        """Add a shading, which may be anywhere."""
        self._grounds.append(PAGE)

    def is_seen(self, x: float, y: float, size: float, paint: Paint) -> bool:
        """Return whether text that begins at a place is seen; white text may be on any ground after it in its line."""
        if paint.opacity <= _UNSEEN or not paint.is_white:
            return paint.opacity > _UNSEEN
        middle = y + size * _MIDDLE
        self._left -= len(self._grounds)
        return self._left <= 0 or any(box.foot <= middle <= box.top and box.right > x for box in self._grounds)

    def show(self, text: Shown) -> None:
        """Remember text, which something may cover later; where text after other text begins is not known."""
        if not self._shown or (self._shown[-1].x, self._shown[-1].y) != (text.x, text.y):
            self._shown.append(text)

    def _cover(self, box: Box) -> None:
        self._left -= len(self._shown)
        for text in self._shown if self._left > 0 else ():
            is_high = box.top - box.foot > text.size * _THIN
            # To its end at least, if its letters are narrow.
            end = text.x + len(text.parts[text.position]) * text.size * _LETTER
            if is_high and box.contains(text.x, text.y + text.size * _MIDDLE) and box.right >= end:
                text.parts[text.position] = ""


def matrix_of(operands: Any) -> Matrix:
    """Return the matrix that six numbers are."""
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def times(left: Matrix, right: Matrix) -> Matrix:
    """Return the product of two matrices: the effect of the left one, and then of the right one."""
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(x: float, y: float, width: float, height: float, matrix: Matrix) -> Box:
    return _around([_moved(x + across, y + up, matrix) for across in (0, width) for up in (0, height)])


def _around(points: list[Any]) -> Box:
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))
