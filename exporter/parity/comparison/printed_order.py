"""Order of the text on pages for paper, which have no structure tree: paragraphs stand one after another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from exporter import model as m
from exporter.findings import Finding
from exporter.model.walk import plain_text, walk
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.content import letters
from exporter.parity.rules import ORDER, TEXT

_LIGATURE = re.compile("f+[a-z]?|t[ti]")
"""Letters that a font may draw as one, whose characters Ghostscript does not write."""
SIGNS = frozenset({"Mc", "Mn"})
"""Categories of the signs of letters, as in Hindi, with which they become one glyph."""
_PIECE = re.compile(".{18}")
"""Letters by which a paragraph is known; a second piece of them is needed, as a page may end in any of them."""


def diff_order(publication: m.Publication, pages: Sequence[str]) -> Iterator[Finding]:
    """Yield the first paragraph that is nowhere on the pages, or stands before the one that precedes it in the text.

    Args:
        publication: The tree.
        pages: What is drawn on each page.
    """
    drawn, here = "".join(map(letters, pages)), 0
    for node, pieces in _paragraphs((*publication.front, *publication.body)):
        following = [position for piece in pieces if (position := drawn.find(piece, here)) >= 0]
        if following:
            here = min(following)
            continue
        is_drawn = any(piece in drawn for piece in pieces)
        rule, where = (ORDER, "stands before what precedes it") if is_drawn else (TEXT, "is not on the pages")
        yield rule.finding(f"The paragraph “{plain_text(node)[:QUOTED]}” {where}.", node.at.source)
        return


def is_drawn_otherwise(letter: str) -> bool:
    """Return whether letters are drawn from right to left, or with signs."""
    return unicodedata.bidirectional(letter) in {"R", "AL", "AN"} or unicodedata.category(letter) in SIGNS


def pieces_of(text: str) -> list[str]:
    """Return the letters of a text between those that a font may draw as one."""
    return _LIGATURE.split(letters(text))


def _paragraphs(nodes: Iterable[m.Node]) -> Iterator[tuple[m.Node, tuple[str, ...]]]:
    """Yield headings and paragraphs with pieces of their letters, if these are long enough to know them by."""
    for node in nodes:
        match node:
            case m.Section(title, content):
                yield from _known(node, title)
                yield from _paragraphs(content)
            case m.Paragraph(content):
                yield from _known(node, content)
            case m.List(items):
                yield from _paragraphs(chain.from_iterable(item.children for item in items))
            case m.Quote(content):
                yield from _paragraphs(content)


def _known(node: m.Node, inlines: Iterable[m.Node]) -> Iterator[tuple[m.Node, tuple[str, ...]]]:
    texts = [inline.text for inline in walk(inlines) if isinstance(inline, m.Text)]
    stretches = (stretch for text in texts for stretch in pieces_of(text))
    pieces = tuple(piece for stretch in stretches for piece in _PIECE.findall(stretch))
    if len(pieces) > 1 and not any(is_drawn_otherwise(letter) for text in texts for letter in text):
        yield node, pieces
