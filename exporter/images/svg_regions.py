"""The share of a drawing on which a filter works (Filter Effects 1, 8.2), as far as attributes tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_USUAL = 0.05
"""Share of the drawing that an element has whose size would have to be computed, such as text."""
_DEFAULT = "120%"
"""Width and height of a region (Filter Effects 1, 8.2)."""
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:[eE][-+]?\d+)?)(%?)")
_COMMAND = re.compile(r"([mlhvcsqtaMLHVCSQTA])([^a-df-zA-DF-Z]*)")
_COUNTS = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}
"""Numbers of each command of a path."""
_SCALE = re.compile(r"(scale|matrix)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class Regions:
    """The regions of the filters of a drawing.

    Args:
        root: Its root element.
    """

    def __init__(self, root: _Element) -> None:
        self._width, self._height = _page(root)
        self._areas: dict[_Element, float] = {}

    def share(self, filter_element: _Element, element: _Element) -> float:
        """Return the share of the drawing, at most 1, on which a filter of an element works."""
        if not self._width * self._height:
            return _USUAL
        width, height = filter_element.get("width", _DEFAULT), filter_element.get("height", _DEFAULT)
        if filter_element.get("filterUnits") == "userSpaceOnUse":
            area = _length(width, self._width) * _length(height, self._height)
        else:
            area = self._area(element) * _length(width, 1) * _length(height, 1)
        for around in (element, *element.iterancestors()):
            area *= _scale(around)
        return min(1.0, area / (self._width * self._height))

    def _area(self, element: _Element) -> float:
        """Return the area of an element in its own units; that of a group is at most the sum of its elements."""
        if element not in self._areas:
            inside = sum(self._area(child) * _scale(child) for child in element)
            self._areas[element] = _area_of_shape(element, self._width, self._height) + inside
        return self._areas[element]


def _area_of_shape(shape: _Element, width: float, height: float) -> float:
    match str(shape.tag).rpartition("}")[2]:
        case "rect" | "image":
            return _length(shape.get("width", "0"), width) * _length(shape.get("height", "0"), height)
        case "circle" | "ellipse":
            radii = [shape.get(key, shape.get("r", "0")) for key in ("rx", "ry")]
            return 4 * _length(radii[0], width) * _length(radii[1], height)
        case "path" | "polygon" | "polyline":
            return _extent(shape.get("d", "") or f"M{shape.get('points', '')}")
        case "text" | "use":
            return _USUAL * width * height
    return 0.0


def _extent(path: str) -> float:
    """Return the area around a path, with the control points of its curves (SVG 2, 9.3)."""
    x = y = 0.0
    points = []
    for command, values in _COMMAND.findall(path):
        count = _COUNTS[command.lower()]
        numbers = list(map(float, _NUMBER.findall(values)))
        for group in _in_groups(numbers, count):
            left, top = (x, y) if command.islower() else (0.0, 0.0)
            if count == 1:
                pairs = [(left + group[0], y) if command in "hH" else (x, top + group[0])]
            else:
                pairs = [(left + a, top + b) for a, b in _in_groups(group[-2:] if count == 7 else group, 2)]
            x, y = pairs[-1]
            points += pairs
    if not points:
        return 0.0
    across, down = ([point[side] for point in points] for side in (0, 1))
    return (max(across) - min(across)) * (max(down) - min(down))


def _in_groups(numbers: Sequence[float], count: int) -> Iterator[Sequence[float]]:
    for start in range(0, len(numbers) - count + 1, count):
        yield numbers[start : start + count]


def _page(root: _Element) -> tuple[float, float]:
    """Return the width and height of a drawing in its own units; 0, 0 if it does not say them."""
    box = _NUMBER.findall(root.get("viewBox", ""))
    if len(box) == 4:
        return abs(float(box[2])), abs(float(box[3]))
    return _length(root.get("width", "0"), 0), _length(root.get("height", "0"), 0)


def _length(text: str, whole: float) -> float:
    match = _LENGTH.match(text[:40])
    return float(match[1]) * (whole / 100 if match[2] else 1) if match else 0.0


def _scale(element: _Element) -> float:
    """Return by how much the transformations of an element enlarge areas."""
    scale: float = 1.0
    for kind, values in _SCALE.findall(element.get("transform", "")):
        numbers = [float(number) for number in _NUMBER.findall(values)]
        if kind == "scale" and numbers:
            scale *= abs(numbers[0] * numbers[-1])
        elif len(numbers) == 6:
            scale *= abs(numbers[0] * numbers[3] - numbers[1] * numbers[2])
    return scale
