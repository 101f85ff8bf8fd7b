"""Lengths, transformations and the boxes around shapes of a drawing (SVG 2, 8.5, 9.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import cos, inf, radians, sin, tan
from typing import NamedTuple

_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(%|[a-z]*)")
_UNITS = {"in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16, "em": 16, "rem": 16, "ex": 8}
"""Pixels of each unit (CSS Values 3, 6.2); letters are taken to have the usual size."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COMMAND = re.compile(r"([mlhvcsqtaMLHVCSQTA])([^a-df-zA-DF-Z]*)")
_COUNTS = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}
"""Numbers of each command of a path."""
_FUNCTION = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Matrix(NamedTuple):
    """A transformation."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def after(self, other: Matrix) -> Matrix:
        """Return what another transformation and then this one do."""
        a, b, c, d, e, f = self
        return Matrix(
            a * other.a + c * other.b,
            b * other.a + d * other.b,
            a * other.c + c * other.d,
            b * other.c + d * other.d,
            a * other.e + c * other.f + e,
            b * other.e + d * other.f + f,
        )

    def of(self, box: Box) -> Box:
        """Return the box around a transformed box."""
        corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        return around((self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f) for x, y in corners)


def numbers(text: str) -> list[float]:
    return list(map(float, _NUMBER.findall(text)))


def length(text: str, whole: float) -> float:
    """Return a length in pixels, of which a percentage is a share of a whole; 0 if it is none."""
    match = _LENGTH.match(text[:40])
    if not match:
        return 0.0
    return float(match[1]) * (whole / 100 if match[2] == "%" else _UNITS.get(match[2], 1))


def matrix(transform: str) -> Matrix:
    """Return a list of transformations as one."""
    result = Matrix()
    for kind, values in _FUNCTION.findall(transform):
        given = numbers(values)
        if given:
            result = result.after(_function(kind, given))
    return result


def _function(kind: str, given: list[float]) -> Matrix:
    first, second = given[0], given[1] if len(given) > 1 else None
    match kind:
        case "matrix" if len(given) == 6:
            return Matrix(*given)
        case "translate":
            return Matrix(e=first, f=second or 0)
        case "scale":
            return Matrix(a=first, d=first if second is None else second)
        case "rotate":
            angle = radians(first % 360)
            turned = Matrix(cos(angle), sin(angle), -sin(angle), cos(angle))
            x, y = given[1:3] if len(given) == 3 else (0, 0)
            return Matrix(e=x, f=y).after(turned).after(Matrix(e=-x, f=-y))
        case "skewX":
            return Matrix(c=tan(radians(first % 360)))
        case "skewY":
            return Matrix(b=tan(radians(first % 360)))
    return Matrix()


def around(points: Iterable[tuple[float, float]]) -> Box:
    """Return the box around points."""
    left = top = inf
    right = bottom = -inf
    for x, y in points:
        left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
    return Box(left, top, right, bottom)


def path_box(path: str) -> Box | None:
    """Return the box around a path, with the control points of its curves."""
    box = around(_points(path))
    return None if box.left == inf else box


def _points(path: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for command in _COMMAND.finditer(path):
        kind, values = command.groups()
        count = _COUNTS[kind.lower()]
        given = (float(number[0]) for number in _NUMBER.finditer(values))
        for group in zip(*[given] * count, strict=False):
            left, top = (x, y) if kind.islower() else (0.0, 0.0)
            if count == 1:
                x, y = (left + group[0], y) if kind in "hH" else (x, top + group[0])
                yield x, y
                continue
            pairs = group[-2:] if count == 7 else group
            for index in range(0, len(pairs), 2):
                x, y = left + pairs[index], top + pairs[index + 1]
                yield x, y
