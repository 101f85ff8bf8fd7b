"""Words between block elements: white space as HTML treats it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from exporter.model import (
    At,
    Block,
    Emphasis,
    Figure,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Paragraph,
    Span,
    Strong,
    Text,
)
from exporter.readers.html.dom import is_blank

_MERGED = (Strong, Emphasis)
"""Word processors cut what is marked into pieces; two that touch are one."""


def joined(nodes: Sequence[Inline]) -> list[Inline]:
    """Return the nodes with texts that follow each other made into one, and one space where two meet."""
    out: list[Inline] = []
    group: list[Inline] = []
    for node in nodes:
        if group and not _together(group[0], node):
            out.append(_one(group))
            group = []
        group.append(node)
    if group:
        out.append(_one(group))
    return out


def _together(first: Inline, node: Inline) -> bool:
    if isinstance(first, Text):
        return isinstance(node, Text)
    same = isinstance(node, _MERGED) and type(node) is type(first)
    return same and first.at.id is None and _alike(node.at, first.at)


def _one(group: list[Inline]) -> Inline:
    first = group[0]
    if len(group) == 1:
        return first
    if isinstance(first, Text):
        spaced = False
        parts: list[str] = []
        for node in group:
            assert isinstance(node, Text)
            parts.append(node.text.lstrip(" ") if spaced else node.text)
            spaced = parts[-1].endswith(" ") or (spaced and not parts[-1])
        return msgspec.structs.replace(first, text="".join(parts))
    children = [child for node in group for child in getattr(node, "children", ())]
    assert isinstance(first, _MERGED)
    return msgspec.structs.replace(first, children=tuple(joined(children)))


def _alike(at: At, other: At) -> bool:
    return at.id is None and at.language == other.language and at.direction == other.direction


def trimmed(nodes: Sequence[Inline]) -> Inlines:
    """Return the nodes joined, without white space that is not seen and without line breaks at both ends."""
    out = _collapsed(joined(nodes), [True])
    while out and (isinstance(out[0], LineBreak) or (isinstance(out[0], Text) and is_blank(out[0].text))):
        out.pop(0)
    while out and (isinstance(out[-1], LineBreak) or (isinstance(out[-1], Text) and is_blank(out[-1].text))):
        out.pop()
    if out and isinstance(out[0], Text):
        out[0] = msgspec.structs.replace(out[0], text=out[0].text.lstrip(" "))
    if out and isinstance(out[-1], Text):
        out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(" "))
    return tuple(out)


def _collapsed(nodes: Sequence[Inline], state: list[bool]) -> list[Inline]:
    """Return nodes with one space where several meet across elements (CSS Text 3, 4.1.1).

    Args:
        nodes: What stands side by side.
        state: Whether what stands before ends in a space, or begins a line.
    """
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text):
            text = node.text.lstrip(" ") if state[0] else node.text
            if text:
                state[0] = text.endswith(" ")
                out.append(node if text is node.text else msgspec.structs.replace(node, text=text))
        elif isinstance(node, LineBreak):
            if out and isinstance(out[-1], Text):
                out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(" "))
            out.append(node)
            state[0] = True
        elif (children := getattr(node, "children", None)) is not None:
            parent: Any = node
            inside = tuple(_collapsed(children, state))
            if inside or node.at.id or isinstance(node, Link):
                out.append(node if inside == children else msgspec.structs.replace(parent, children=inside))
        else:
            out.append(node)
            state[0] = False
    return out


def paragraphs(words: Inlines) -> list[Inlines]:
    """Return words cut where two line breaks follow each other: somebody's way to begin a paragraph."""
    if not any(_breaks(one) and _breaks(other) for one, other in pairwise(_without_blanks(words))):
        return [words]
    parts: list[list[Inline]] = [[]]
    breaks = 0
    for node in words:
        if isinstance(node, LineBreak):
            breaks += 1
            parts[-1].append(node)
        elif isinstance(node, Text) and is_blank(node.text):
            parts[-1].append(node)
        else:
            if breaks > 1:
                parts.append([])
            breaks = 0
            parts[-1].append(node)
    return [part for part in map(trimmed, parts) if part]


def _breaks(node: Inline) -> bool:
    return isinstance(node, LineBreak)


def _without_blanks(words: Inlines) -> list[Inline]:
    return [node for node in words if not (isinstance(node, Text) and is_blank(node.text))]


def is_anchor(words: Inlines) -> bool:
    """Return whether nothing stands there but places that links lead to."""
    return bool(words) and all(
        (isinstance(node, Span) and not node.children) or (isinstance(node, Text) and is_blank(node.text))
        for node in words
    )


def paragraph_or_figure(at: At, words: Inlines) -> Block:
    """Return a figure when there is nothing but pictures, else a paragraph."""
    images = tuple(node for node in words if isinstance(node, Image))
    if images and all(
        isinstance(node, Image | LineBreak) or (isinstance(node, Text) and is_blank(node.text)) for node in words
    ):
        return Figure(at=at, images=images)
    return Paragraph(at=at, children=words)
