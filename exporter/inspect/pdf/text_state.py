"""Text state, and whether glyphs that are drawn in it can be read (ISO 32000-2, 9.3, 9.4.4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from exporter.inspect.pdf import values
from exporter.inspect.pdf.fonts import Font
from exporter.inspect.pdf.geometry import Matrix, times

OPERATORS = "Tc Tr Ts Tw Tz"
_INVISIBLE = frozenset({3, 7})
"""Rendering modes in which glyphs are neither filled nor stroked (9.3.6)."""
_STROKED = frozenset({1, 2, 5, 6})
_SMALLEST = 2.0
"""Points: letters below this are dots."""
_NARROWEST, _WIDEST = 0.4, 2.5
"""Width of letters as a share of that which their font has."""
_SLANT = 1.0
"""Shear beyond which letters lie on their side."""
_CLOSEST, _FARTHEST = -0.3, 2.0
"""Space between letters, as a share of the size of the font."""
_BACK = 400
"""Thousandths of the size by which a glyph that begins in the middle of the one before it is moved back."""
_FEW = 3
_TURN = math.radians(20)


class TextState(NamedTuple):
    """Parameters of text."""

    font: Font | None = None
    size: float = 0.0
    mode: int = 0
    scaling: float = 1.0
    spacing: float = 0.0
    rise: float = 0.0

    def changed(self, operator: str, operand: Any) -> TextState:
        """Return the parameters after an operator."""
        number = float(operand)
        match operator:
            case "Tr":
                return self._replace(mode=values.integer(operand) or 0)
            case "Tz":
                return self._replace(scaling=number / 100)
            case "Tc":
                return self._replace(spacing=number)
            case "Ts":
                return self._replace(rise=number)
        return self

    @property
    def is_invisible(self) -> bool:
        return self.mode in _INVISIBLE

    @property
    def is_stroked(self) -> bool:
        return self.mode in _STROKED

    def height(self, line: Matrix, page: Matrix) -> float:
        """Return the size of the font in points of the page."""
        return self.size * math.hypot(*times(line, page)[2:4])

    def matrix(self, line: Matrix, page: Matrix) -> Matrix:
        """Return the text rendering matrix."""
        return times((self.size * self.scaling, 0, 0, self.size, 0, self.rise), times(line, page))

    def is_readable(self, matrix: Matrix, shown: Sequence[Any]) -> bool:
        """Return whether letters of strings are neither mirrored, squeezed or tiny, nor lie upon each other."""
        a, b, c, d, *_ = matrix
        area, width = a * d - b * c, math.hypot(a, b)
        height = area / width if width else 0.0
        if min(width, height) < _SMALLEST or not _NARROWEST <= width / height <= _WIDEST:
            return False
        if abs(a * c + b * d) / area > _SLANT or not _CLOSEST <= self.spacing / (self.size or 1) <= _FARTHEST:
            return False
        moves = [part for part in shown if isinstance(part, int | Decimal)]
        return sum(move >= _BACK for move in moves) < max(_FEW, len(moves) / 2)


def is_turned(matrix: Matrix) -> bool:
    """Return whether lines of text run in another direction than to the right."""
    return abs(math.atan2(matrix[1], matrix[0])) > _TURN
