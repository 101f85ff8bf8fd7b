"""Words between block elements: white space as HTML treats it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import At, Block, Figure, Image, Inline, Inlines, LineBreak, Paragraph, Text


def joined(nodes: Sequence[Inline]) -> list[Inline]:
    """Give the nodes with texts that follow each other made into one, and one space where two meet."""
    out: list[Inline] = []
    for node in nodes:
        last = out[-1] if out else None
        if isinstance(node, Text) and isinstance(last, Text):
            text = last.text + (node.text.lstrip(" ") if last.text.endswith(" ") else node.text)
            out[-1] = msgspec.structs.replace(last, text=text)
        else:
            out.append(node)
    return out


def trimmed(nodes: Sequence[Inline]) -> Inlines:
    """Give the nodes joined, without white space and line breaks at both ends."""
    out = joined(nodes)
    while out and (isinstance(out[0], LineBreak) or (isinstance(out[0], Text) and not out[0].text.strip(" "))):
        out.pop(0)
    while out and (isinstance(out[-1], LineBreak) or (isinstance(out[-1], Text) and not out[-1].text.strip(" "))):
        out.pop()
    if out and isinstance(out[0], Text):
        out[0] = msgspec.structs.replace(out[0], text=out[0].text.lstrip(" "))
    if out and isinstance(out[-1], Text):
        out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text.rstrip(" "))
    return tuple(out)


def paragraph_or_figure(at: At, words: Inlines) -> Block:
    """Give a figure when there is nothing but pictures, else a paragraph."""
    images = tuple(node for node in words if isinstance(node, Image))
    if images and all(
        isinstance(node, Image | LineBreak) or (isinstance(node, Text) and not node.text.strip()) for node in words
    ):
        return Figure(at=at, images=images)
    return Paragraph(at=at, children=words)
