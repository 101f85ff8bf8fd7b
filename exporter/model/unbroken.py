"""Texts that no line can hold, as they have thousands of letters or parts without a space between them."""

from __future__ import annotations

import re
from typing import NamedTuple, get_args

from exporter.model.inline import Inline, LineBreak, Text
from exporter.model.node import Node
from exporter.model.publication import Publication
from exporter.model.walk import walk

MAX_PARTS = 1_000
"""Parts without a space between them: emphasis, links, formulas; the longest known has 40."""
MAX_LETTERS = 50_000
"""Letters without a space between them; embedded files as text are as long, words are not."""
_BREAK = re.compile(r"[\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0003ffff]")
"""Characters beside which a line may end: spaces, and the letters of scripts without spaces."""
_INLINE = get_args(Inline)


class Unbroken(NamedTuple):
    """A text without spaces that is too long."""

    node: Node
    reason: str


def find_unbroken(publication: Publication) -> Unbroken | None:
    """Return the first text that is too long, or None if there is none."""
    parts = letters = 0
    for node in walk(publication):
        if not isinstance(node, _INLINE) or isinstance(node, LineBreak):
            parts = letters = 0
            continue
        parts += 1
        if isinstance(node, Text):
            pieces = _BREAK.split(node.text)
            longest = max(letters + len(pieces[0]), *map(len, pieces))
            parts, letters = (1, len(pieces[-1])) if len(pieces) > 1 else (parts, letters + len(pieces[0]))
            if longest > MAX_LETTERS:
                return Unbroken(node, f"a word of more than {MAX_LETTERS:,} letters")
        if parts > MAX_PARTS:
            return Unbroken(node, f"more than {MAX_PARTS:,} parts, such as emphasis and links, without a space")
    return None
