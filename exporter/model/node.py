"""What every node of the tree carries: where it stands, its language and its direction."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec


class Direction(StrEnum):
    """Base direction of a passage (HTML `dir`, Unicode UAX #9)."""

    LTR = "ltr"
    RTL = "rtl"


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in a manuscript, so that every finding can point at it."""

    file: str
    """Path of the file inside the publication's folder, with forward slashes."""
    line: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Line, from 1; 0 where the format has no lines."""
    place: str = ""
    """The place in words where the format has no lines: heading above, paragraph number, first words."""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} ({self.place})" if self.place else where


class At(msgspec.Struct, frozen=True, omit_defaults=True):
    """Identity, language, direction and source of a node."""

    id: str | None = None
    """Name that links point at, unique in the publication; None until somebody needs one."""
    language: str | None = None
    """BCP 47 tag; None inherits from the parent (WCAG 3.1.1, 3.1.2)."""
    direction: Direction | None = None
    """None inherits from the parent; set wherever the language changes the script's direction."""
    source: Source | None = None
    """Where the manuscript says it; None for nodes that the exporter made."""


NOWHERE = At()
"""The place of a node about which nothing is known."""


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True, gc=False):
    """Anything in the tree. Immutable; two nodes are equal when all they hold is equal."""

    at: At = NOWHERE
    """Identity, language, direction and source."""
