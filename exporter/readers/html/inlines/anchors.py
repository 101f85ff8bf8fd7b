"""Anchors: empty link targets, whose id goes to the block after them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import At, Inline, Inlines, Math, MathBlock, Paragraph, Span
from exporter.readers.html.inlines.whitespace import is_anchor, paragraph_or_figure, trim
from exporter.readers.sections import Flat, Heading


class Anchor(Heading, frozen=True, gc=False):
    """Link targets without a block, until the next block takes them; they are the empty spans of its title."""


def anchor(*spans: Inline) -> Anchor:
    """Return the link targets of empty spans."""
    return Anchor(at=At(source=spans[0].at.source), title=tuple(span for span in spans if span.at.id), level=0)


def append_blocks(out: list[Flat], blocks: Sequence[Flat]) -> None:
    """Append blocks; anchors before them, or a paragraph of anchors, give their ids to the first one."""
    match blocks:
        case [Paragraph(children=spans, at=At(id=None))] if is_anchor(spans):
            blocks = [anchor(*spans)]
    if out and blocks and isinstance(last := out[-1], Anchor):
        out.pop()
        blocks = [*_with_anchors(blocks[0], last.title), *blocks[1:]]
    out.extend(blocks)


def end_flow(out: list[Flat]) -> None:
    """Set the id of the last block, if it has none, to that of an anchor after it; others follow it."""
    if out and isinstance(last := out[-1], Anchor):
        out.pop()
        spans = last.title
        if out and spans and not out[-1].at.id:
            out[-1], spans = block_with_id(out[-1], spans[0].at.id), spans[1:]
        if spans:
            out.append(Paragraph(at=At(source=spans[0].at.source), children=spans))


def _with_anchors(block: Flat, spans: Inlines) -> tuple[Flat, ...]:
    """Return a block with the ids of anchors before it; if it has one, they are in its text, or before it."""
    if spans and not block.at.id and not isinstance(block, Anchor):
        block, spans = block_with_id(block, spans[0].at.id), spans[1:]
    if not spans:
        return (block,)
    match block:
        case Paragraph():
            return (msgspec.structs.replace(block, children=(*spans, *block.children)),)
        case Heading() if block.title or isinstance(block, Anchor):
            return (msgspec.structs.replace(block, title=(*spans, *block.title)),)
    return (Paragraph(at=At(source=spans[0].at.source), children=spans), block)


def lift_anchors(at: At, inlines: Inlines) -> tuple[At, Inlines]:
    """Return the attributes and inlines of a block with the id of an empty span before its text moved to the block."""
    while (
        len(inlines) > 1
        and isinstance(inlines[0], Span)
        and not inlines[0].children
        and not (at.id and inlines[0].at.id)
    ):
        at, inlines = at_with_id(at, at.id or inlines[0].at.id), trim(inlines[1:])
    return at, inlines


def at_with_id(at: At, name: str | None) -> At:
    """Return node attributes with another id."""
    return msgspec.structs.replace(at, id=name)


def block_with_id(block: Flat, name: str | None) -> Flat:
    """Return a block with another id."""
    return msgspec.structs.replace(block, at=at_with_id(block.at, name))


def with_id_of(outer: At, inner: At) -> At:
    """Return the attributes of a block, with the id of the block inside it if it has none."""
    return at_with_id(outer, outer.id or inner.id)


def split_at_formulas(inlines: Inlines) -> list[Flat]:
    """Return the paragraph of inlines, split at formulas that are displayed as blocks."""
    out: list[Flat] = []
    run: list[Inline] = []

    def end() -> None:
        if rest := trim(run):
            out.append(paragraph_or_figure(*lift_anchors(At(source=rest[0].at.source), rest)))
        run.clear()

    for node in inlines:
        if isinstance(node, Math) and 'display="block"' in node.mathml[:300]:
            end()
            out.append(MathBlock(at=node.at, mathml=node.mathml, tex=node.tex))
        else:
            run.append(node)
    end()
    return out
