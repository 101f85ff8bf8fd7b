"""Base class of nodes, with their id, language, direction and source."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec


class Direction(StrEnum):
    """Base direction of text (HTML `dir`, Unicode UAX #9)."""

    LTR = "ltr"
    RTL = "rtl"


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """A position in a manuscript, for findings."""

    file: str
    """Path of the file inside the publication's folder, with forward slashes."""
    line: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Line, from 1; 0 if the format has no lines."""
    place: str = ""
    """Position in words if the format has no lines: heading above, paragraph number, first words."""
    anchor: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Number of the paragraph or drawing in the main part of a Word file, from 1; 0 if unknown.

    In a note, that of the paragraph that refers to it.
    """
    part: str = ""
    """Kind of the part of a Word file that contains it, such as `footnotes`; empty for the main part."""
    number: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Number of the paragraph in that part, counted as in the main part; 0 if unknown."""

    @property
    def is_in_words(self) -> bool:
        """Whether the position is in words, since the format has no lines."""
        return bool(self.place and not self.line)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} ({self.place})" if self.place else where


class At(msgspec.Struct, frozen=True, omit_defaults=True):
    """Id, language, direction and source of a node."""

    id: str | None = None
    """Target of links, unique in the publication, or None."""
    language: str | None = None
    """BCP 47 tag; None inherits from the parent (WCAG 3.1.1, 3.1.2)."""
    direction: Direction | None = None
    """None inherits from the parent; set wherever the language changes the script's direction."""
    source: Source | None = None
    """Position in the manuscript; None for nodes that the exporter created."""


NOWHERE = At()
"""Attributes of a node without any."""


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, gc=False):
    """A node of the tree; immutable, and equal to nodes with equal fields."""

    at: At = NOWHERE
    """Id, language, direction and source."""
