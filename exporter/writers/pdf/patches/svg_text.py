"""Text in drawings, shaped as words.

Changes: `Node.text` and `Node.text_children` of `weasyprint.svg`.
Why: WeasyPrint draws the text of an SVG letter by letter, from left to right. So Arabic letters are not joined, Arabic
and Hebrew words are read backwards, and vowel signs of Devanagari or Thai are apart from their letters. Letters that
the drawing does not place by themselves are drawn as one run; spaced letters stay single where the script has no such
signs. Parts of a line (`tspan`) are drawn from left to right, too: those of a line from right to left are turned round.
What stands behind one is drawn twice where a text is drawn again.
Upstream: issue 2249 (open).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unicodedata import bidirectional
from unittest.mock import patch
from xml.etree.ElementTree import Element

from exporter.writers.pdf.complex_scripts import is_shaped

_POSITIONS = ("x", "y", "dx", "dy")


@contextmanager
def patched() -> Iterator[None]:
    """Draw letters without positions of their own as one run, and parts of a line in the direction of the line."""
    from weasyprint import svg

    def text(node: Any) -> str | None:
        words = node._etree_node.text
        return Text(words, node) if words else words

    original = svg.Node.text_children
    parts: dict[Any, list[Any]] = {}

    def text_children(node: Any, element: Any, trailing_space: bool, text_root: bool = False) -> tuple[list[Any], bool]:
        if node._etree_node in parts:
            # Drawn again, by `use` or on another page: what stands behind a part would be there twice.
            wrappers = map(svg.ElementWrapper.from_xml_root, parts[node._etree_node])
            return [svg.Node(wrapper, node._style) for wrapper in wrappers], trailing_space
        children, trailing_space = original(node, element, trailing_space, text_root)
        is_placed = any(name in child.attrib for child in children for name in _POSITIONS)
        if text_root and children and not is_placed and _is_right_to_left(node, children):
            first = Element("{http://www.w3.org/2000/svg}tspan")
            first.text, node._etree_node.text = node.text, ""
            children = [*reversed(children), svg.Node(svg.ElementWrapper.from_xml_root(first), node._style)]
            for child in children:
                child._etree_node.set("direction", "rtl")  # so that spaces are on the other side of words
        if text_root:
            parts[node._etree_node] = [child._etree_node for child in children]
        return children, trailing_space

    with patch.object(svg.Node, "text", property(text)), patch.object(svg.Node, "text_children", text_children):
        yield


def _is_right_to_left(node: Any, children: Iterable[Any]) -> bool:
    directions = set(map(bidirectional, "".join(part.text or "" for part in (node, *children))))
    return node.get("direction") == "rtl" or ("L" not in directions and not directions.isdisjoint({"R", "AL"}))


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
