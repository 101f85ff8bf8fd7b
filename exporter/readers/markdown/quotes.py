"""Quotations set apart, and who said them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.model import Inlines, LineBreak, Paragraph, Quote, Text
from exporter.readers.markdown.branches import Branch
from exporter.readers.markdown.context import Context
from exporter.readers.outline import Flat

_DASH = re.compile(r"\s*(?:[—―]|--+|–(?=\s))\s*")


def read_quote(branch: Branch, inside: Sequence[Flat], context: Context) -> Quote:
    """Give a quotation; a last paragraph or line that begins with a dash says whose words they are.

    Dialogue in which several paragraphs begin with a dash stays as it is.
    """
    at = context.at(branch.line)
    last = inside[-1] if inside else None
    if not isinstance(last, Paragraph):
        return Quote(at=at, children=context.nest(inside))
    if len(inside) > 1 and _begins_with_dash(last.children):
        before = inside[-2]
        if not (isinstance(before, Paragraph) and _begins_with_dash(before.children)):
            return Quote(at=at, children=context.nest(inside[:-1]), attribution=_without_dash(last.children))
    if not _begins_with_dash(last.children):
        words, attribution = _last_line(last.children)
        if attribution:
            rest = msgspec.structs.replace(last, children=words)
            return Quote(at=at, children=context.nest([*inside[:-1], rest]), attribution=attribution)
    return Quote(at=at, children=context.nest(inside))


def mark_attribution(branch: Branch) -> None:
    """Keep the line end before a last line that begins with a dash and a capital: it is no mere space."""
    paragraph = branch.children[-1] if branch.children else None
    if paragraph is None or paragraph.kind != "paragraph":
        return
    tokens = paragraph.children[0].token.children or []
    for before, after in zip(reversed(tokens[:-1]), reversed(tokens), strict=False):
        if before.type in ("softbreak", "hardbreak"):
            dash = _DASH.match(after.content) if after.type == "text" else None
            if dash and not after.content[dash.end() :][:1].islower():
                before.type = "hardbreak"
            return


def _begins_with_dash(words: Inlines) -> bool:
    return bool(words) and isinstance(words[0], Text) and _DASH.match(words[0].text) is not None


def _without_dash(words: Inlines) -> Inlines:
    first = words[0]
    assert isinstance(first, Text)
    text = _DASH.sub("", first.text, count=1)
    return (msgspec.structs.replace(first, text=text), *words[1:]) if text else words[1:]


def _last_line(words: Inlines) -> tuple[Inlines, Inlines]:
    """Split a last line with a dash off; a line end that means nothing is a space by now, so only hard ones count."""
    for index in range(len(words) - 1, 0, -1):
        if isinstance(words[index], LineBreak):
            after = words[index + 1 :]
            return (words[:index], _without_dash(after)) if _begins_with_dash(after) else (words, ())
    return words, ()
