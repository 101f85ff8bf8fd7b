"""The share of a drawing on which a filter works (Filter Effects 1, 8.2), as far as attributes tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fontTools.misc.transform import Offset, Transform

from exporter.images.svg_geometry import Box, around, length, numbers, path_box, transform_of, transformed
from exporter.images.svg_references import css_targets

if TYPE_CHECKING:
    from lxml.etree import _Element

_USUAL = 0.013
"""Share of the drawing that a region has of which nothing is known."""
_DEFAULT = "120%"
"""Width and height of a region (Filter Effects 1, 8.2)."""
_LETTER_WIDTH, _LINE_HEIGHT = 0.6, 1.2
"""Width of a letter and height of a line, relative to the size of the letters."""
_USUAL_SIZE = 16.0
_SIZE = re.compile(
    r"font(?:-size\s*:\s*([^;]{1,40})|\s*:[^;]{0,100}?\b(\d{0,9}\.?\d{1,9}(?:px|pt|pc|mm|cm|in|r?em|ex|%)))"
)
_SELECTED = re.compile(r"[.#]?[\w-]+|\*")
_MAX_STYLED = 60_000
"""Elements looked at for filters of style sheets; more with the smallest effect are refused anyway."""
_NOT_DRAWN = {"defs", "symbol", "clipPath", "mask", "marker", "pattern", "filter", "metadata"}
"""Elements whose content is not drawn where it stands."""
_TEXTS = {"text", "tspan", "textPath", "a"}


class Regions:
    """The regions of the filters of a drawing.

    Args:
        root: Its root element.
        by_id: Its elements.
    """

    def __init__(self, root: _Element, by_id: Mapping[str, _Element]) -> None:
        self._root = root
        self._by_id = by_id
        self._width, self._height = _page(root)
        self._boxes: dict[_Element, Box | None] = {}
        self._is_needed = next(root.iter("{*}filter"), None) is not None
        self._transforms: dict[_Element, Transform] = {}
        self._sizes: dict[str, float] = {}
        """The largest letters that style sheets give to a name of elements, a class or an identifier."""
        self._styled: dict[str, set[str]] = {}
        """The same names, for each identifier that style sheets reference."""
        self._left = _MAX_STYLED
        for style in root.iter("{*}style"):
            for rule in (style.text or "").split("}"):
                self._note_rule(*rule.rpartition("{")[::2])

    def _note_rule(self, selectors: str, text: str) -> None:
        last = [selector.split()[-1] for selector in selectors.split(",") if selector.strip()]
        names = [name for selector in last for name in _SELECTED.findall(selector)]
        size = _letter_size(text)
        for name in names if size else ():
            self._sizes[name] = max(self._sizes.get(name, 0), size)
        for target in css_targets(text):
            self._styled.setdefault(target.removeprefix("#"), set()).update(names)

    def measure(self, element: _Element) -> None:
        """Note the box around an element, after those of its children and of the element that it references."""
        if not self._is_needed or not self._width * self._height:
            return
        name = _name(element)
        boxes = [self._shape(element, name)]
        if name not in ("filter", "style"):
            boxes += [
                transformed(box, self._transform(child))
                for child in element
                if (box := self._boxes.get(child)) and _name(child) not in _NOT_DRAWN
            ]
        self._boxes[element] = _union([box for box in boxes if box])

    def share(self, filter_element: _Element, element: _Element) -> float:
        """Return the share of the drawing, at most 1, on which a filter of an element works."""
        width, height = filter_element.get("width", _DEFAULT), filter_element.get("height", _DEFAULT)
        box = self._boxes.get(element)
        if not self._width * self._height:
            return _USUAL
        if filter_element.get("filterUnits") == "userSpaceOnUse":
            region = Box(0, 0, length(width, self._width), length(height, self._height))
        elif box is None:
            return _USUAL
        else:
            region = Box(0, 0, box.width * length(width, 1), box.height * length(height, 1))
        for outer in (element, *element.iterancestors()):
            region = transformed(region, self._transform(outer))
        return _at_most_all(region.width / self._width) * _at_most_all(region.height / self._height)

    def mean_share(self, filter_element: _Element, parent: _Element) -> float:
        """Return the share for each element inside one whose style sheet has a filter."""
        names = self._styled.get(filter_element.get("id", ""), set())
        if self._left < 0:
            return 1.0
        inside = list(parent.iter("*"))
        self._left -= len(inside)
        return sum(self.share(filter_element, part) for part in inside if names & _names(part)) / len(inside)

    def _transform(self, element: _Element) -> Transform:
        if element not in self._transforms:
            result = transform_of(f"{element.get('transform', '')} {element.get('style', '')}")
            if _name(element) == "svg" and element is not self._root:
                result = result.transform(self._viewport(element, element))
            self._transforms[element] = result
        return self._transforms[element]

    def _viewport(self, drawing: _Element, frame: _Element) -> Transform:
        """Return the transformation of a drawing inside the drawing that is drawn for an element."""
        x, y = length(frame.get("x", "0"), self._width), length(frame.get("y", "0"), self._height)
        box = numbers(drawing.get("viewBox", ""))
        if len(box) != 4 or not box[2] * box[3]:
            return Offset(x, y)
        across = length(frame.get("width", drawing.get("width", "100%")), self._width) / box[2]
        down = length(frame.get("height", drawing.get("height", "100%")), self._height) / box[3]
        return Transform(across, 0, 0, down, x - across * box[0], y - down * box[1])

    def _shape(self, element: _Element, name: str) -> Box | None:
        """Return the box around what an element draws itself."""

        def across(key: str) -> float:
            return length(element.get(key, "0"), self._width)

        def down(key: str) -> float:
            return length(element.get(key, "0"), self._height)

        match name:
            case "rect" | "image" | "foreignObject":
                return Box(across("x"), down("y"), across("x") + across("width"), down("y") + down("height"))
            case "circle" | "ellipse":
                rx, ry = across("rx") or across("r"), down("ry") or across("r")
                return Box(across("cx") - rx, down("cy") - ry, across("cx") + rx, down("cy") + ry)
            case "line":
                return around([(across("x1"), down("y1")), (across("x2"), down("y2"))])
            case "path":
                return path_box(element.get("d", ""))
            case "polygon" | "polyline":
                return path_box(f"M{element.get('points', '')}")
            case "use":
                return self._copy(element)
            case _ if name in _TEXTS:
                return self._letters(element)
        return None

    def _copy(self, use: _Element) -> Box | None:
        """Return the box around the copy of an element."""
        href = next((str(value) for key, value in use.attrib.items() if str(key).rpartition("}")[2] == "href"), "")
        original = self._by_id.get(href.strip().removeprefix("#"))
        box = None if original is None else self._boxes.get(original)
        if original is None or box is None:
            return None
        if _name(original) in ("svg", "symbol"):
            return transformed(box, self._viewport(original, use))
        move = Offset(length(use.get("x", "0"), self._width), length(use.get("y", "0"), self._height))
        return transformed(box, move.transform(self._transform(original)))

    def _letters(self, element: _Element) -> Box | None:
        text = " ".join([element.text or "", *(child.tail or "" for child in element)])
        count = len(" ".join(text.split()))
        if not count:
            return None
        size = self._size(element)
        x, y = (self._position(element, key, whole) for key, whole in (("x", self._width), ("y", self._height)))
        half = count * size * _LETTER_WIDTH / 2
        x += {"middle": 0.0, "end": -half}.get(_inherited(element, "text-anchor"), half)
        return Box(x - half, y - size, x + half, y + size * (_LINE_HEIGHT - 1))

    @staticmethod
    def _position(element: _Element, key: str, whole: float) -> float:
        """Return the position of a text, or of the text around it."""
        for outer in (element, *element.iterancestors()):
            if _name(outer) not in _TEXTS:
                break
            if outer.get(key):
                return length(outer.get(key, ""), whole)
        return 0.0

    def _size(self, element: _Element) -> float:
        """Return the size of the letters of a text; of several in style sheets, the largest."""
        for outer in (element, *element.iterancestors()):
            size = (
                _letter_size(outer.get("style", ""))
                or max(self._sizes.get(name, 0) for name in _names(outer))
                or length(outer.get("font-size", ""), _USUAL_SIZE)
            )
            if size:
                return size
        return _USUAL_SIZE


def _at_most_all(share: float) -> float:
    """Return a share, or all if numbers are too large to tell."""
    return share if 0 <= share <= 1 else 1.0


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _names(element: _Element) -> set[str]:
    """Return what selectors may call an element."""
    classes = (f".{name}" for name in element.get("class", "").split())
    return {"*", _name(element), f"#{element.get('id', '')}", *classes}


def _letter_size(style: str) -> float:
    """Return the size of letters that declarations have, or 0."""
    match = _SIZE.search(style)
    return length(match[1] or match[2], _USUAL_SIZE) if match else 0.0


def _inherited(element: _Element, key: str) -> str:
    return next((value for outer in (element, *element.iterancestors()) if (value := outer.get(key))), "")


def _union(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return around([point for box in boxes for point in ((box.left, box.top), (box.right, box.bottom))])


def _page(root: _Element) -> tuple[float, float]:
    """Return the width and height of a drawing in its own units; 0, 0 if it does not say them."""
    box = numbers(root.get("viewBox", ""))
    if len(box) == 4:
        return abs(box[2]), abs(box[3])
    return length(root.get("width", "0"), 0), length(root.get("height", "0"), 0)
