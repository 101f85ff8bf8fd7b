"""Items, the boxes that a part may begin with, in the order of the document, and the parts made of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from exporter.writers.pdf.parts.records import CachedPart
from exporter.writers.pdf.patches.page_breaks import LONG_CHAPTER


class Item(NamedTuple):
    """A child of `body` or `main` before it is laid out."""

    box: Any
    parents: tuple[Any, ...]
    """The boxes around it, from the outermost."""

    def resume_at(self, levels_above: int = 0) -> dict[int, Any] | None:
        """Return where a layout is resumed that goes on with this item, in the form of WeasyPrint.

        Args:
            levels_above: How many elements around it begin with it.
        """
        resume_at: dict[int, Any] | None = None
        path = (*self.parents, self.box)
        steps = [_index(parent, child) for parent, child in itertools.pairwise(path)]
        for index in reversed(steps[: len(steps) - levels_above]):
            resume_at = {index: resume_at}
        return resume_at

    @property
    def is_long_chapter(self) -> bool:
        """Whether it is a chapter that begins a page wherever it is, and not the first one."""
        classes = (self.box.element.get("class") or "").split()
        return LONG_CHAPTER in classes and self.parents[-1].children[0] is not self.box


class Part(NamedTuple):
    """A part of a document that is laid out."""

    first_page: int
    end_page: int
    first_item: int
    end_item: int
    key: str
    """Empty if it cannot be kept."""
    levels_above: int
    """How many elements around the next part begin with it."""
    next_page: dict[str, Any]
    cached: CachedPart | None
    """The part in the cache, if it came from there."""


def items(root: Any) -> tuple[Item, ...]:
    """Return the items of a tree of boxes; none if it is not that of a document of ours."""
    return tuple(_items(root, ()))


def _items(box: Any, parents: tuple[Any, ...]) -> Iterator[Item]:
    for child in getattr(box, "children", ()):
        if child.element_tag in {"body", "main"}:
            yield from _items(child, (*parents, box))
        elif child.element is not None and parents:
            yield Item(child, (*parents, box))


def resumed(root: Any, resume_at: dict[int, Any] | None) -> tuple[Any, int] | None:
    """Return the box of the item that a layout goes on with and its `levels_above`; None if it goes on inside one."""
    box = root
    while resume_at is not None:
        ((index, resume_at),) = resume_at.items()
        if box.element_tag not in {"html", "body", "main"} or index >= len(box.children):
            return None
        box = box.children[index]
    levels_above = 0
    while box.element_tag in {"html", "body", "main"}:
        if not box.children:
            return None
        box, levels_above = box.children[0], levels_above + 1
    return box, levels_above


def _index(parent: Any, child: Any) -> int:
    return next(index for index, other in enumerate(parent.children) if other is child)
