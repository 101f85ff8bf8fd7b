"""How passages are called in findings."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.parity.content import ContentItem

QUOTED = 60
"""Characters that are quoted of a text."""


def quote(passage: ContentItem) -> str:
    """Return the beginning of its words in quotation marks."""
    text = " ".join(passage.text.split())
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”"


def named(passage: ContentItem) -> str:
    """Return its kind and its words."""
    if passage.kind in {"picture", "formula"} and passage.marks:
        return f"The {passage.kind} “{(passage.marks[0].target or '')[:QUOTED]}”"
    return f"The {passage.kind} {quote(passage)}"


def listed(things: Sequence[str]) -> str:
    """Return things from outside to inside."""
    return " › ".join(things) if things else "nothing"
