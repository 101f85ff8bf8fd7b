"""Names of items in findings."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.parity.content import ContentItem

QUOTED = 60
"""Maximum number of characters quoted from a text."""


def quote_item(passage: ContentItem) -> str:
    """Return the beginning of the text of an item in quotation marks."""
    text = " ".join(passage.text.split())
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”"


def describe_item(passage: ContentItem) -> str:
    """Return the kind of an item with the beginning of its text."""
    if passage.kind in {"picture", "formula"} and passage.marks:
        return f"The {passage.kind} “{(passage.marks[0].target or '')[:QUOTED]}”"
    return f"The {passage.kind} {quote_item(passage)}"


def format_path(steps: Sequence[str]) -> str:
    """Return the steps of a path, the outermost first."""
    return " › ".join(steps) if steps else "nothing"
