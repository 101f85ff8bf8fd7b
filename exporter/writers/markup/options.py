"""Options of markup that editions choose."""

from __future__ import annotations

from enum import Enum


class NoteStyle(Enum):
    """Position of notes."""

    PAGE = "page"
    """In the text at their first reference, for CSS to float to the foot of the page."""
    DOCUMENT = "document"
    """Apart from the text; the caller writes them with `Markup.note` or `Markup.notes`."""


class MathStyle(Enum):
    """Format of formulas."""

    MATHML = "mathml"
    SVG = "svg"
    """A drawing with a text alternative, for renderers without MathML."""
