"""Places on pages: matrices and rectangles (ISO 32000-2, 8.3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from exporter.inspect.pdf import values

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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

    @property
    def area(self) -> float:
        return max(self.right - self.left, 0) * max(self.top - self.foot, 0)


PAGE = Box(-1e6, -1e6, 1e6, 1e6)


def page_box(page: Any) -> Box:
    """Return the part of a page that is shown (7.7.3.3, 14.11.2)."""
    box = PAGE
    for name in ("/MediaBox", "/CropBox"):
        sides = [values.plain(side) for side in values.items(values.get(page, name))]
        if len(sides) == 4 and all(isinstance(side, int | float) for side in sides):
            box = box.within(around([sides[:2], sides[2:]]))
    return box


def matrix_of(operands: Any) -> Matrix:
    """Return the matrix that six numbers are."""
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def times(left: Matrix, right: Matrix) -> Matrix:
    """Return the product of two matrices: the effect of the left one, and then of the right one."""
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(x: float, y: float, matrix: Matrix) -> Point:
    """Return a place on the page."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(x: float, y: float, width: float, height: float, matrix: Matrix) -> Box:
    """Return what is around a rectangle on the page."""
    return around([moved(x + across, y + up, matrix) for across in (0, width) for up in (0, height)])


def around(points: list[Any]) -> Box:
    """Return the rectangle around points."""
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))
