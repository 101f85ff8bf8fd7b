"""Lengths, transformations and the boxes around shapes of a drawing (SVG 2, 8.5, 9.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import inf, radians
from typing import NamedTuple

from fontTools.misc.transform import Transform

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


def transformed(box: Box, transform: Transform) -> Box:
    """Return the box around a transformed box."""
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    return around(transform.transformPoints(corners))


def numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return list(map(float, _NUMBER.findall(text)))


def length(text: str, whole: float) -> float:
    """Return a length in pixels, of which a percentage is a share of a whole; 0 if it is none."""
    match = _LENGTH.match(text[:40])
    if not match:
        return 0.0
    return float(match[1]) * (whole / 100 if match[2] == "%" else _UNITS.get(match[2], 1))


def transform_of(text: str) -> Transform:
    """Return a list of transformations as one, which carries them out from the last to the first."""
    result = Transform()
    for kind, values in _FUNCTION.findall(text):
        match kind, numbers(values):
            case "matrix", [_, _, _, _, _, _] as matrix:
                result = result.transform(matrix)
            case "translate", [x, *more]:
                result = result.translate(x, more[0] if more else 0)
            case "scale", [x, *more]:
                result = result.scale(x, more[0] if more else x)
            case "rotate", [angle, *more]:
                x, y = more if len(more) == 2 else (0, 0)
                result = result.translate(x, y).rotate(radians(angle % 360)).translate(-x, -y)
            case "skewX", [angle, *_]:
                result = result.skew(x=radians(angle % 360))
            case "skewY", [angle, *_]:
                result = result.skew(y=radians(angle % 360))
    return result


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
