"""The structure tree while it is being built: one structure element per element of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.writers.pdf.tagging.marked_content import MarkedContent


class StructureElement:
    """A structure element (ISO 32000-1, 14.7.2) before it becomes a PDF object."""

    __slots__ = ("attributes", "entries", "id", "kids", "mathml", "parent", "refers", "type")

    def __init__(self, type_: str, parent: StructureElement | None) -> None:
        self.type = type_
        self.parent = parent
        self.kids: list[StructureElement | MarkedContent] = []
        self.entries: dict[str, str] = {}
        """Text entries: Lang, Alt, ActualText, E, T."""
        self.attributes: dict[str, dict[str, Any]] = {}
        """Attribute objects by owner: Layout, List, Table."""
        self.refers: list[StructureElement] = []
        """What it refers to: notes and the places that refer to them (ISO 32000-2, 14.7.2, Ref)."""
        self.id: str | None = None
        """Unique name, for headers of cells and for notes (ISO 14289-1, 7.9)."""
        self.mathml = ""
        """The source of a formula, to be attached to it."""

    def child(self, type_: str, *, at: int | None = None) -> StructureElement:
        """Add a structure element below this one, last or at index `at`, and give it."""
        kid = StructureElement(type_, self)
        if at is None:
            self.kids.append(kid)
        else:
            self.kids.insert(at, kid)
        return kid

    def elements(self) -> Iterator[StructureElement]:
        """Yield this element and all below it, parents first."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(kid for kid in reversed(element.kids) if isinstance(kid, StructureElement))

    def prune(self) -> bool:
        """Remove empty elements below this one, but for the cells of grids, and return whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, StructureElement) or kid.prune()]
        return bool(self.kids) or self.type in {"TD", "TH"}

    def contents(self) -> Iterator[MarkedContent]:
        """Yield the contents of this element and all below it, in order."""
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from kid.contents()
            else:
                yield kid
