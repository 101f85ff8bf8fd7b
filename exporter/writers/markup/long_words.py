"""Words of table cells that are so long that they may break anywhere, so that their column fits on the page."""

from __future__ import annotations

import re

from exporter.model import Cell, Text
from exporter.model.walk import plain_text, walk
from exporter.writers.markup.element import element, escape

# Not in scripts without spaces, whose lines break between letters (Unicode Standard Annex 14).
_LONG_WORD = re.compile(
    r"([^\s\u0E00-\u0EFF\u2E80-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\U00020000-\U0003FFFF]{30,})"
)


def mark(text: str) -> str:
    """Return a text as markup with an element around each long word."""
    parts = _LONG_WORD.split(text)
    parts[::2] = map(escape, parts[::2])
    parts[1::2] = (element("span", escape(word), {"class": "long"}) for word in parts[1::2])
    return "".join(parts)


def is_joined(cell: Cell) -> bool:
    """Return whether a long word of a cell consists of several nodes."""
    texts = [node.text for node in walk(cell) if isinstance(node, Text)]
    return len(_LONG_WORD.findall(plain_text(cell))) > sum(len(_LONG_WORD.findall(text)) for text in texts)
