"""Everything that is painted on a page, forms, patterns and glyph drawings included (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from exporter.inspect.pdf.geometry import IDENTITY, Matrix, matrix_of, times
from exporter.inspect.pdf.streams import check_operators
from exporter.inspect.pdf.values import FILLS, SHOWING, STROKES
from exporter.validate.preflight.colours import Space

_DEEPEST = 12
_DEVICE = {
    "g": ("fill", "/DeviceGray"),
    "G": ("stroke", "/DeviceGray"),
    "rg": ("fill", "/DeviceRGB"),
    "RG": ("stroke", "/DeviceRGB"),
    "k": ("fill", "/DeviceCMYK"),
    "K": ("stroke", "/DeviceCMYK"),
}


class PaintedObject(NamedTuple):
    """One thing painted."""

    what: str
    """`text`, `fill`, `stroke`, `image`, `shading` or `mask`."""
    space: Space
    values: tuple[float, ...]
    """Of the colour; empty for pictures and shadings."""
    thing: Any = None
    """The picture or shading."""
    size: tuple[float, float] = (0, 0)
    """Of a picture, in points."""


class _State(NamedTuple):
    matrix: Matrix
    fill: Space
    stroke: Space
    fill_values: tuple[float, ...] = (0,)
    stroke_values: tuple[float, ...] = (0,)
    pattern: Any = None
    """Of the fill."""
    rendering: int = 0
    """Of text; 3 is invisible."""

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of a picture that is painted, in points."""
        a, b, c, d, *_ = self.matrix
        return math.hypot(a, b), math.hypot(c, d)


def painted(page: pikepdf.Page) -> Iterator[PaintedObject]:
    """Yield what is painted on a page, in order.

    Raises:
        pikepdf.PdfError: A content stream cannot be read.
    """
    grey = Space(pikepdf.Name("/DeviceGray"))
    yield from _Interpreter()(page, page.obj.get("/Resources", page.resources), _State(IDENTITY, grey, grey), 0)


def drawn(glyph: Any, font: Any) -> Iterator[PaintedObject]:
    """Yield what is painted by a glyph of a Type 3 font."""
    grey = Space(pikepdf.Name("/DeviceGray"))
    yield from _Interpreter()(glyph, font.get("/Resources"), _State(IDENTITY, grey, grey), 0)


class _Interpreter:
    def __init__(self) -> None:
        self._inside: set[tuple[int, int]] = set()

    def __call__(self, stream: Any, resources: Any, state: _State, depth: int) -> Iterator[PaintedObject]:
        stack: list[_State] = []
        check_operators(getattr(stream, "obj", stream))
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            operands = list(instruction.operands)
            match operator:
                case "q":
                    stack.append(state)
                case "Q" if stack:
                    state = stack.pop()
                case "cm" if len(operands) == 6:
                    state = state._replace(matrix=times(matrix_of(operands), state.matrix))
                case "Tr" if operands:
                    state = state._replace(rendering=int(operands[0]))
                case "Do" if operands:
                    yield from self._object(_named(resources, "/XObject", operands[0]), resources, state, depth)
                case "sh" if operands:
                    shading = _named(resources, "/Shading", operands[0])
                    if shading is not None:
                        yield PaintedObject("shading", Space(shading.get("/ColorSpace"), resources), (), shading)
                case "INLINE IMAGE":
                    yield _inline(operands[0], resources, state)
                case _ if operator in _DEVICE or operator in {"cs", "CS", "sc", "scn", "SC", "SCN"}:
                    state = _coloured(state, operator, operands, resources)
                case _ if operator in FILLS | STROKES | SHOWING:
                    yield from self._marks(operator, state, resources, depth)
                case _:
                    pass

    def _marks(self, operator: str, state: _State, resources: Any, depth: int) -> Iterator[PaintedObject]:
        if operator in SHOWING:
            if state.rendering in {0, 2, 4, 6}:
                yield PaintedObject("text", state.fill, state.fill_values)
            if state.rendering in {1, 2, 5, 6}:
                yield PaintedObject("stroke", state.stroke, state.stroke_values)
            return
        if operator in FILLS:
            if state.pattern is not None:
                yield from self._pattern(state, resources, depth)
            else:
                yield PaintedObject("fill", state.fill, state.fill_values)
        if operator in STROKES:
            yield PaintedObject("stroke", state.stroke, state.stroke_values)

    def _pattern(self, state: _State, resources: Any, depth: int) -> Iterator[PaintedObject]:
        pattern = state.pattern
        if pattern.get("/PatternType") == 2:
            shading = pattern.get("/Shading", {})
            yield PaintedObject("shading", Space(shading.get("/ColorSpace"), resources), (), shading)
        else:
            yield from self._within(pattern, pattern.get("/Resources", resources), state._replace(pattern=None), depth)

    def _object(self, thing: Any, resources: Any, state: _State, depth: int) -> Iterator[PaintedObject]:
        if not isinstance(thing, pikepdf.Stream):
            return
        if thing.get("/Subtype") == "/Form":
            inner = state._replace(matrix=times(matrix_of(thing.get("/Matrix", IDENTITY)), state.matrix))
            yield from self._within(thing, thing.get("/Resources", resources), inner, depth)
        elif thing.get("/Subtype") == "/Image":
            if thing.get("/ImageMask"):
                yield PaintedObject("mask", state.fill, state.fill_values, thing, state.size)
            else:
                yield PaintedObject("image", Space(thing.get("/ColorSpace"), resources), (), thing, state.size)

    def _within(self, stream: Any, resources: Any, state: _State, depth: int) -> Iterator[PaintedObject]:
        name = stream.objgen
        if depth < _DEEPEST and name not in self._inside:
            self._inside.add(name)
            yield from self(stream, resources, state, depth + 1)
            self._inside.discard(name)


def _coloured(state: _State, operator: str, operands: list[Any], resources: Any) -> _State:
    if operator in _DEVICE:
        target, name = _DEVICE[operator]
        return _set(state, target, Space(pikepdf.Name(name)), _numbers(operands))
    target = "fill" if operator.islower() else "stroke"
    if operator in {"cs", "CS"}:
        space = Space(operands[0] if operands else None, resources)
        first = (0.0, 0.0, 0.0, 1.0) if space.inks else (0.0,) * space.components
        return _set(state, target, space, first)
    space = state.fill if target == "fill" else state.stroke
    pattern = None
    if operands and isinstance(operands[-1], pikepdf.Name):
        pattern = _named(resources, "/Pattern", operands[-1])
    changed = _set(state, target, space, _numbers(operands))
    return changed._replace(pattern=pattern) if target == "fill" else changed


def _set(state: _State, target: str, space: Space, values: tuple[float, ...]) -> _State:
    if target == "fill":
        return state._replace(fill=space, fill_values=values, pattern=None)
    return state._replace(stroke=space, stroke_values=values)


def _inline(image: Any, resources: Any, state: _State) -> PaintedObject:
    space = image.obj.get("/ColorSpace", image.obj.get("/CS"))
    return PaintedObject("image", Space(space, resources), (), None, state.size)


def _numbers(operands: list[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in operands if not isinstance(value, pikepdf.Object))


def _named(resources: Any, kind: str, name: Any) -> Any:
    resource = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return resource.get(str(name)) if isinstance(resource, pikepdf.Dictionary) else None
