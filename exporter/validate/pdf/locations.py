"""Locations in a PDF as messages name them, and words as checks compare them."""

from __future__ import annotations

import unicodedata

from exporter.inspect.pdf import Node
from exporter.model.text_keys import letters_key

QUOTED = 60


def location_of(node: Node) -> str:
    """Return the page and the path of an element."""
    page = node.page
    return f"page {page + 1}, {node.path}" if page is not None else node.path


def on_page(page: int | None) -> str:
    """Return the place that a page is; its index counts from 0."""
    return f"page {page + 1}" if page is not None else ""


def quote(text: str) -> str:
    """Return the beginning of a text in quotation marks."""
    words = " ".join(text.split())
    return f"“{words[:QUOTED]}…”" if len(words) > QUOTED else f"“{words}”"


_LIKE_QUOTES = dict.fromkeys((0x02BB, 0x02BC))
"""Letters, as of Uzbek, that fonts draw with the glyphs of quotation marks."""


def letters(text: str) -> str:
    """Return letters and digits alone, without case."""
    return letters_key(unicodedata.normalize("NFKC", text).translate(_LIKE_QUOTES))
