"""Anchors: empty link targets, whose id goes to the block after them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import At, Inline, Inlines, Math, MathBlock, Paragraph, Span
from exporter.readers.html.whitespace import paragraph_or_figure, trim
from exporter.readers.sections import Flat, Heading


class Anchor(Heading, frozen=True, gc=False):
    """A link target without a block, until the next block takes its id."""


def append_blocks(out: list[Flat], blocks: Sequence[Flat]) -> None:
    """Append blocks; an anchor before them gives its id to the first one."""
    if out and blocks and isinstance(out[-1], Anchor):
        anchor = out.pop()
        if anchor.at.id and blocks[0].at.id:
            out.append(anchor_paragraph(anchor.at))
        elif anchor.at.id:
            blocks = [block_with_id(blocks[0], anchor.at.id), *blocks[1:]]
    out.extend(blocks)


def anchor_paragraph(at: At) -> Paragraph:
    """Return a paragraph with only a link target, where no block can take its id."""
    return Paragraph(at=At(source=at.source), children=(Span(at=at, children=()),))


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
