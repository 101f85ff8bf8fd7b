"""Who said the words of a quotation set apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from exporter.model import At, Blocks, Inlines, LineBreak, Paragraph, Quote, Text
from exporter.readers.sections import Flat

DASH = re.compile(r"\s*(?:[—―]|--+|–(?=\s))\s*")
"""What stands before the name of who said it."""


def read_quote(at: At, inside: Sequence[Flat], nest: Callable[[Sequence[Flat]], Blocks]) -> Quote:
    """Return a quotation; a last paragraph or line that begins with a dash says whose words they are.

    Dialogue in which several paragraphs begin with a dash stays as it is.
    """
    last = inside[-1] if inside else None
    if not isinstance(last, Paragraph):
        return Quote(at=at, children=nest(inside))
    if len(inside) > 1 and _begins_with_dash(last.children):
        before = inside[-2]
        if not (isinstance(before, Paragraph) and _begins_with_dash(before.children)):
            return Quote(at=at, children=nest(inside[:-1]), attribution=without_dash(last.children))
    if not _begins_with_dash(last.children):
        words, attribution = _last_line(last.children)
        if attribution:
            rest = msgspec.structs.replace(last, children=words)
            return Quote(at=at, children=nest([*inside[:-1], rest]), attribution=attribution)
    return Quote(at=at, children=nest(inside))


def _begins_with_dash(words: Inlines) -> bool:
    return bool(words) and isinstance(words[0], Text) and DASH.match(words[0].text) is not None


def without_dash(words: Inlines) -> Inlines:
    """Return words without the dash that they begin with."""
    if not _begins_with_dash(words):
        return words
    first = words[0]
    assert isinstance(first, Text)
    text = DASH.sub("", first.text, count=1)
    return (msgspec.structs.replace(first, text=text), *words[1:]) if text else words[1:]


def _last_line(words: Inlines) -> tuple[Inlines, Inlines]:
    """Split a last line with a dash off; a line end that means nothing is a space by now, so only hard ones count."""
    for index in range(len(words) - 1, 0, -1):
        if isinstance(words[index], LineBreak):
            after = words[index + 1 :]
            return (words[:index], without_dash(after)) if _begins_with_dash(after) else (words, ())
    return words, ()
