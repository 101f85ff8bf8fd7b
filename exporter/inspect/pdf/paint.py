"""Colours and opacity of what is painted (ISO 32000-2, 8.4, 8.6, 11)."""

from __future__ import annotations

from typing import Any, NamedTuple

from exporter.inspect.pdf import values
from exporter.inspect.pdf.geometry import PAGE, Box

_USUAL = {"/BM": {"Normal", "Compatible"}, "/SMask": {"None"}}
"""Values of entries of a graphics state with which it is painted over what is below."""


class Paint(NamedTuple):
    """Parameters of the graphics state that decide what a shape or a glyph hides or shows."""

    luminance: float = 0.0
    """Of the colour that shapes and glyphs are filled with (WCAG 2.2, relative luminance)."""
    opacity: float = 1.0
    is_plain: bool = True
    """Whether it is painted over what is below, without a soft mask (11.3.5, 11.6.5)."""
    is_pattern: bool = False
    line_width: float = 1.0
    clip: Box = PAGE
    """What is around the clipping path."""
    is_clip_rectangle: bool = True
    is_masked: bool = False
    """Whether a soft mask decides what is seen (11.6.5)."""

    def changed(self, operator: str, operands: Any, states: Any) -> Paint:
        """Return the parameters after an operator; colours of one number that are no grey count as dark."""
        if operator == "w":
            return self._replace(line_width=float(operands[0]))
        if operator == "gs":
            return self._in_state(values.get(states, str(operands[0])))
        is_pattern = operator == "scn" and bool(values.name(operands[-1]))
        numbers = [] if is_pattern or operator == "cs" else [float(operand) for operand in operands]
        is_known = operator in {"g", "rg", "k"} or len(numbers) > 1
        return self._replace(is_pattern=is_pattern, luminance=_luminance(numbers) if is_known else 0.0)

    def _in_state(self, state: Any) -> Paint:
        opacity, mask = values.get(state, "/ca"), values.get(state, "/SMask")
        is_plain = all(
            values.get(state, entry) is None or values.name(values.get(state, entry)) in usual
            for entry, usual in _USUAL.items()
        )
        return self._replace(
            opacity=self.opacity if opacity is None else float(opacity),
            is_plain=is_plain,
            is_masked=self.is_masked if mask is None else values.name(mask) != "None",
        )


def _luminance(numbers: list[float]) -> float:
    """Return the relative luminance of a grey, an RGB colour or one of four inks."""
    if len(numbers) == 4:
        *inks, black = numbers
        numbers = [(1 - ink) * (1 - black) for ink in inks]
    red, green, blue = (_linear(number) for number in (numbers if len(numbers) == 3 else numbers[:1] * 3))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    channel = min(max(channel, 0.0), 1.0)
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
