"""Places that links lead to: an empty one in front of a block is the block itself."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import At, Inline, Inlines, Math, MathBlock, Paragraph, Span
from exporter.readers.html.whitespace import paragraph_or_figure, trimmed
from exporter.readers.sections import Flat, Heading


class Anchor(Heading, frozen=True, gc=False):
    """A place that links lead to, until the next block takes its id."""


def add(out: list[Flat], made: Sequence[Flat]) -> None:
    """Add blocks; an anchor before them gives the first one its id."""
    if out and made and isinstance(out[-1], Anchor):
        anchor = out.pop()
        if anchor.at.id and made[0].at.id:
            out.append(placed(anchor.at))
        elif anchor.at.id:
            made = [with_id(made[0], anchor.at.id), *made[1:]]
    out.extend(made)


def placed(at: At) -> Paragraph:
    """Return a paragraph that is nothing but a place, where no block can take its id."""
    return Paragraph(at=At(source=at.source), children=(Span(at=at, children=()),))


def lifted(at: At, words: Inlines) -> tuple[At, Inlines]:
    """Return a block the id of an empty place in front of its words."""
    while len(words) > 1 and isinstance(words[0], Span) and not words[0].children and not (at.id and words[0].at.id):
        at, words = with_name(at, at.id or words[0].at.id), trimmed(words[1:])
    return at, words


def with_name(at: At, name: str | None) -> At:
    """Return a place with another id."""
    return msgspec.structs.replace(at, id=name)


def with_id(block: Flat, name: str | None) -> Flat:
    """Return a block with another id."""
    return msgspec.structs.replace(block, at=with_name(block.at, name))


def first_of(outer: At, inner: At) -> At:
    """Return the place of an element whose words became a block with a place of its own."""
    return with_name(outer, outer.id or inner.id)


def around_formulas(words: Inlines) -> list[Flat]:
    """Return a paragraph, cut where a formula stands on a line of its own."""
    out: list[Flat] = []
    run: list[Inline] = []

    def end() -> None:
        if rest := trimmed(run):
            out.append(paragraph_or_figure(*lifted(At(source=rest[0].at.source), rest)))
        run.clear()

    for node in words:
        if isinstance(node, Math) and 'display="block"' in node.mathml[:300]:
            end()
            out.append(MathBlock(at=node.at, mathml=node.mathml, tex=node.tex))
        else:
            run.append(node)
    end()
    return out
