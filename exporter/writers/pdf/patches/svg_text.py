"""Text in drawings, shaped as words.

Changes: `Node.text` of `weasyprint.svg`.
Why: WeasyPrint draws the text of an SVG letter by letter, from left to right. So Arabic letters are not joined, Arabic
and Hebrew words are read backwards, and vowel signs of Devanagari or Thai are apart from their letters. Letters that
the drawing does not place by themselves are drawn as one run; spaced letters stay single where the script has no such
signs.
Upstream: issue 2249 (open).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from exporter.writers.pdf.complex_scripts import is_shaped

_POSITIONS = ("x", "y", "dx", "dy")


@contextmanager
def patched() -> Iterator[None]:
    """Draw letters without positions of their own as one run."""
    from weasyprint import svg

    def text(node: Any) -> str | None:
        words = node._etree_node.text
        return Text(words, node) if words else words

    with patch.object(svg.Node, "text", property(text)):
        yield


class Text(str):
    """A text that is iterated by runs: single letters with positions of their own, then all others."""

    placed: int
    """Index of the last letter with a position of its own."""

    def __new__(cls, words: str, node: Any) -> Text:
        text = super().__new__(cls, words)
        text.placed = max(len(str(node.get(name, "")).replace(",", " ").split()) for name in _POSITIONS) - 1
        is_spaced = node.get("letter-spacing") or node.get("textLength")
        if node.get("rotate") or (is_spaced and not is_shaped(words)):
            text.placed = len(words)
        return text

    def __iter__(self) -> Iterator[str]:
        first = max(0, self.placed)
        yield from str(self[:first])
        if first < len(self):
            yield self[first:]
