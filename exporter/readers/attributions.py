"""Attributions of block quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from exporter.model import At, Blocks, Emphasis, Inlines, LineBreak, Paragraph, Quote, Span, Strong, Text
from exporter.readers.sections import Flat

DASH = re.compile(r"\s*(?:[—―]|--+|–(?=\s))\s*")
"""Dash before an attribution."""


def read_quote(at: At, blocks: Sequence[Flat], nest: Callable[[Sequence[Flat]], Blocks]) -> Quote:
    """Return a quotation; its last paragraph or line is the attribution if it begins with a dash.

    Dialogue in which several paragraphs begin with a dash stays as it is.
    """
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return Quote(at=at, children=nest(blocks))
    if len(blocks) > 1 and begins_with_dash(last.children):
        before = blocks[-2]
        if not (isinstance(before, Paragraph) and begins_with_dash(before.children)):
            return Quote(at=at, children=nest(blocks[:-1]), attribution=without_dash(last.children))
    if not begins_with_dash(last.children):
        text, attribution = _split_last_line(last.children)
        if attribution:
            paragraph = msgspec.structs.replace(last, children=text)
            return Quote(at=at, children=nest([*blocks[:-1], paragraph]), attribution=attribution)
    return Quote(at=at, children=nest(blocks))


def begins_with_dash(inlines: Inlines) -> bool:
    match inlines:
        case (Text(text), *_):
            return DASH.match(text) is not None
        case (Emphasis(children) | Strong(children) | Span(children), *_):
            return begins_with_dash(children)
    return False


def without_dash(inlines: Inlines) -> Inlines:
    """Return inlines without the dash at their beginning, which may be in italics or in a passage of a language."""
    if not begins_with_dash(inlines):
        return inlines
    first, *rest = inlines
    if isinstance(first, Text):
        text = DASH.sub("", first.text, count=1)
        return (msgspec.structs.replace(first, text=text), *rest) if text else tuple(rest)
    assert isinstance(first, Emphasis | Strong | Span), "begins with a dash"
    children = without_dash(first.children)
    return (msgspec.structs.replace(first, children=children), *rest) if children else tuple(rest)


def _split_last_line(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """Split a last line with a dash from inlines; only hard breaks end lines, as soft ones are spaces already."""
    for index in range(len(inlines) - 1, 0, -1):
        if isinstance(inlines[index], LineBreak):
            after = inlines[index + 1 :]
            return (inlines[:index], without_dash(after)) if begins_with_dash(after) else (inlines, ())
    return inlines, ()
