"""What a paragraph stands in: quotations, boxes, turns, definitions, lists with their items.

Word has no element for most of these. Content controls say where one begins and ends that holds more than paragraphs;
everywhere else the style of a paragraph says it, and its numbering the list and the item.
"""

from __future__ import annotations

import msgspec

from exporter.parity.docx.styles import DEEPEST_CONTINUATION

ADDING = {"quote": "quote", "aside": "aside", "turn": "turn", "definition": "terms"}
"""Content controls, by their tag, that stand for something in the path of a passage."""
TELLING = frozenset({"transcript", "definitions", "description"})
"""Those that only say where something ends."""


class Open(msgspec.Struct):
    """A list whose items are being met."""

    number: str
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

    def enter(self, number: str, depth: int, step: str) -> Open:
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
