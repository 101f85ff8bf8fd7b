"""White space between and inside inlines, as HTML treats it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from exporter import model as m
from exporter.readers.html.markup.dom import is_blank

_MERGEABLE = (m.Strong, m.Emphasis)
"""Inlines that are merged with adjacent ones of the same type, as word processors split formatted text."""


def merge(nodes: Sequence[m.Inline]) -> list[m.Inline]:
    """Return inlines with adjacent texts merged, and with one space where two texts meet."""
    out: list[m.Inline] = []
    group: list[m.Inline] = []
    for node in nodes:
        if group and not _is_mergeable(group[0], node):
            out.append(_merge_group(group))
            group = []
        group.append(node)
    if group:
        out.append(_merge_group(group))
    return out


def _is_mergeable(first: m.Inline, node: m.Inline) -> bool:
    if isinstance(first, m.Text):
        return isinstance(node, m.Text)
    is_same_type = isinstance(node, _MERGEABLE) and type(node) is type(first)
    return is_same_type and first.at.id is None and _has_same_attributes(node.at, first.at)


def _merge_group(group: list[m.Inline]) -> m.Inline:
    first = group[0]
    if len(group) == 1:
        return first
    if isinstance(first, m.Text):
        ends_in_space = False
        parts: list[str] = []
        for node in group:
            assert isinstance(node, m.Text)
            parts.append(node.text.lstrip(" ") if ends_in_space else node.text)
            ends_in_space = parts[-1].endswith(" ") or (ends_in_space and not parts[-1])
        return msgspec.structs.replace(first, text="".join(parts))
    children = [child for node in group for child in getattr(node, "children", ())]
    assert isinstance(first, _MERGEABLE)
    return msgspec.structs.replace(first, children=tuple(merge(children)))


def _has_same_attributes(at: m.At, other: m.At) -> bool:
    return at.id is None and at.language == other.language and at.direction == other.direction


def trim(nodes: Sequence[m.Inline]) -> m.Inlines:
    """Return merged inlines, without collapsed white space and without line breaks at both ends."""
    out = _collapse(merge(nodes), [True])
    while out and (isinstance(out[0], m.LineBreak) or (isinstance(out[0], m.Text) and is_blank(out[0].text))):
        out.pop(0)
    while out and (isinstance(out[-1], m.LineBreak) or (isinstance(out[-1], m.Text) and is_blank(out[-1].text))):
        out.pop()
    if out and isinstance(out[0], m.Text):
        out[0] = msgspec.structs.replace(out[0], text=out[0].text.lstrip(" "))
    if out and isinstance(out[-1], m.Text):
        out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(" "))
    return tuple(out)


def _collapse(nodes: Sequence[m.Inline], state: list[bool]) -> list[m.Inline]:
    """Return inlines with one space where several meet across elements (CSS Text 3, 4.1.1).

    Args:
        nodes: Adjacent inlines.
        state: Whether the text before ends in a space, or the line begins here.
    """
    out: list[m.Inline] = []
    for node in nodes:
        if isinstance(node, m.Text):
            text = node.text.lstrip(" ") if state[0] else node.text
            if text:
                state[0] = text.endswith(" ")
                out.append(node if text is node.text else msgspec.structs.replace(node, text=text))
        elif isinstance(node, m.LineBreak):
            if out and isinstance(out[-1], m.Text):
                out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(" "))
            out.append(node)
            state[0] = True
        elif (children := getattr(node, "children", None)) is not None:
            parent: Any = node
            collapsed = tuple(_collapse(children, state))
            if collapsed or node.at.id or isinstance(node, m.Link):
                out.append(node if collapsed == children else msgspec.structs.replace(parent, children=collapsed))
        else:
            out.append(node)
            state[0] = False
    return out


def split_paragraphs(inlines: m.Inlines) -> list[m.Inlines]:
    """Return inlines split at double line breaks, which authors use to begin a paragraph."""
    visible = [node for node in inlines if not (isinstance(node, m.Text) and is_blank(node.text))]
    if not any(isinstance(node, m.LineBreak) and isinstance(after, m.LineBreak) for node, after in pairwise(visible)):
        return [inlines]
    parts: list[list[m.Inline]] = [[]]
    breaks = 0
    for node in inlines:
        if isinstance(node, m.LineBreak):
            breaks += 1
            parts[-1].append(node)
        elif isinstance(node, m.Text) and is_blank(node.text):
            parts[-1].append(node)
        else:
            if breaks > 1:
                parts.append([])
            breaks = 0
            parts[-1].append(node)
    return [part for part in map(trim, parts) if part]


def is_anchor(inlines: m.Inlines) -> bool:
    """Return whether inlines consist of empty spans, the targets of links."""
    return bool(inlines) and all(
        (isinstance(node, m.Span) and not node.children) or (isinstance(node, m.Text) and is_blank(node.text))
        for node in inlines
    )


def paragraph_or_figure(at: m.At, inlines: m.Inlines) -> m.Block:
    """Return a figure if the inlines are images, or a paragraph."""
    images = tuple(node for node in inlines if isinstance(node, m.Image))
    if images and all(
        isinstance(node, m.Image | m.LineBreak) or (isinstance(node, m.Text) and is_blank(node.text))
        for node in inlines
    ):
        return m.Figure(at=at, images=images)
    return m.Paragraph(at=at, children=inlines)
