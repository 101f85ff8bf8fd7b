"""Containers of paragraphs: quotations, asides, turns, definitions, lists with their items.

Word has no element for most of these. A container that contains more than paragraphs is a content control; elsewhere
the style of a paragraph determines its container, and its numbering the list and the item.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from exporter.inspect.docx import Numbering
from exporter.parity.content import list_step
from exporter.parity.docx.styles import DEEPEST_CONTINUATION

_LIST_STYLES = {
    **{"bullet": "bullet", "decimal": "decimal", "lowerLetter": "lower-alpha", "upperLetter": "upper-alpha"},
    **{"lowerRoman": "lower-roman", "upperRoman": "upper-roman"},
}

_STEPS = {"quote": "quote", "aside": "aside", "turn": "turn", "definition": "terms"}
"""Steps in the path of a content item, by the tag of a content control."""
_BOUNDARIES = frozenset({"transcript", "definitions", "description"})
"""Content controls that only mark the end of something."""


class ListLevel(NamedTuple):
    """Numbering of the items of one level of a list."""

    style: str
    start: int
    step: str
    """Step in the path of the items."""


def list_level(numbering: Numbering, instance: int, depth: int) -> ListLevel:
    """Return a level, from 0, of a list; the items of an undefined list have no numbers."""
    level = numbering.level(instance, depth)
    if level is None:
        return ListLevel("undefined", 1, list_step("undefined", ""))
    style = _LIST_STYLES.get(level.format, level.format)
    return ListLevel(style, level.start, list_step(style, level.text))


class OpenList(msgspec.Struct):
    """A list whose items are being read."""

    instance: int
    """Its identifier."""
    depth: int
    step: str
    item: int = 0
    """From 1."""


class ContainerState:
    """A container, and the open lists in it."""

    def __init__(self, kind: str, path: tuple[str, ...]) -> None:
        self.kind = kind
        """Kind of container; paragraphs whose style determines the same kind belong to it."""
        self.path = path
        self.lists: list[OpenList] = []

    def inner(self, tag: str) -> ContainerState:
        """Return the state inside a content control with a tag, the same one if the tag is unknown."""
        kind = tag.partition(" ")[0]
        if kind in _BOUNDARIES:
            return ContainerState(kind, self.path)
        step = _STEPS.get(kind)
        return ContainerState(step, self.path_of(step)) if step else ContainerState(self.kind, self.path)

    def path_of(self, step: str) -> tuple[str, ...]:
        """Return the path of a container in this one, such as a quotation; nested asides count as one."""
        return self.path if step == "aside" and "aside" in self.path else (*self.path, step)

    def enter(self, instance: int, depth: int, step: str) -> OpenList:
        """Begin an item of a list and return the list."""
        while self.lists and self.lists[-1].depth > depth:
            self.lists.pop()
        if self.lists and self.lists[-1].depth == depth and self.lists[-1].instance != instance:
            self.lists.pop()
        if not self.lists or self.lists[-1].instance != instance or self.lists[-1].depth != depth:
            self.lists.append(OpenList(instance, depth, step))
        self.lists[-1].item += 1
        return self.lists[-1]

    def continue_item(self, depth: int) -> None:
        """Continue the item of a level, from 0; -1 ends all lists."""
        if depth + 1 >= DEEPEST_CONTINUATION:
            return
        while self.lists and self.lists[-1].depth > depth:
            self.lists.pop()

    @property
    def item_path(self) -> tuple[str, ...]:
        """The path inside the innermost item."""
        steps = [step for open_list in self.lists for step in (open_list.step, f"item {open_list.item}")]
        return (*self.path, *steps)
