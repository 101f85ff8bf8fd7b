"""Running text before its translation: pieces of one style."""

from __future__ import annotations

import msgspec

from exporter import model as m


class Style(msgspec.Struct, frozen=True):
    """Properties of text, inherited from the inlines around it."""

    language: str
    form: int = 0
    plain: bool = False
    """Whether emphasis is left out."""
    literal: bool = False
    """Whether it is written without contractions: code, addresses."""
    quotations: int = 0


class Edge(msgspec.Struct, frozen=True):
    """The start or end of an inline node among cells."""

    node: m.Inline
    is_end: bool = False


class Piece(msgspec.Struct, frozen=True):
    """Text of one style, cells, or an edge."""

    text: str = ""
    style: Style | None = None
    source: m.Source | None = None
    cells: str = ""
    edge: Edge | None = None
