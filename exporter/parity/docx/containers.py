"""What a paragraph stands in: quotations, boxes, turns, definitions, lists with their items.

Word has no element for most of these. Content controls say where one begins and ends that holds more than paragraphs;
everywhere else the style of a paragraph says it, and its numbering the list and the item.
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

ADDING = {"quote": "quote", "aside": "aside", "turn": "turn", "definition": "terms"}
"""Content controls, by their tag, that stand for something in the path of a passage."""
TELLING = frozenset({"transcript", "definitions", "description"})
"""Those that only say where something ends."""


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


class Open(msgspec.Struct):
    """A list whose items are being met."""

    number: int
    """Its identifier."""
    depth: int
    step: str
    item: int = 0
    """From 1."""


class ContainerState:
    """A container, and the lists that are open in it."""

    def __init__(self, kind: str, path: tuple[str, ...]) -> None:
        self.kind = kind
        """Where paragraphs stand whose style says the same."""
        self.path = path
        self.lists: list[Open] = []

    def inner(self, tag: str) -> ContainerState:
        """Return the frame of a content control with a tag; one that nobody knows is none."""
        what = tag.partition(" ")[0]
        if what in TELLING:
            return ContainerState(what, self.path)
        step = ADDING.get(what)
        return ContainerState(step, self.stands_in(step)) if step else ContainerState(self.kind, self.path)

    def stands_in(self, step: str) -> tuple[str, ...]:
        """Return the path of something in the frame, such as a quotation; boxes in boxes are told as one."""
        return self.path if step == "aside" and "aside" in self.path else (*self.path, step)

    def enter(self, number: int, depth: int, step: str) -> Open:
        """Begin an item of a list, and give the list."""
        while self.lists and self.lists[-1].depth > depth:
            self.lists.pop()
        if self.lists and self.lists[-1].depth == depth and self.lists[-1].number != number:
            self.lists.pop()
        if not self.lists or self.lists[-1].number != number or self.lists[-1].depth != depth:
            self.lists.append(Open(number, depth, step))
        self.lists[-1].item += 1
        return self.lists[-1]

    def go_on(self, depth: int) -> None:
        """Go on with the item of a level, from 0; -1 ends all lists."""
        if depth + 1 >= DEEPEST_CONTINUATION:
            return
        while self.lists and self.lists[-1].depth > depth:
            self.lists.pop()

    @property
    def within(self) -> tuple[str, ...]:
        """The path inside the innermost item."""
        steps = [step for each in self.lists for step in (each.step, f"item {each.item}")]
        return (*self.path, *steps)
