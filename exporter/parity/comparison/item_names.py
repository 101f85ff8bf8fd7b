"""Names of items in findings."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.parity.content import ContentItem, letters

QUOTED = 60
"""Maximum number of characters quoted from a text."""
CONTEXT = 20
"""Minimum number of characters quoted before a difference."""


def quote_item(item: ContentItem) -> str:
    """Return the beginning of the text of an item in quotation marks."""
    return _quote(" ".join(item.text.split()))


def quote_difference(expected: str, actual: str) -> str:
    """Return a text in quotation marks; if it differs only after its start, from there, with what is expected."""
    texts = [" ".join(text.split()) for text in (expected, actual)]
    pairs = enumerate(zip(*texts, strict=False))
    shared = next((index for index, (first, second) in pairs if first != second), min(map(len, texts)))
    start = texts[0].rfind(" ", 0, max(0, shared - CONTEXT)) + 1
    if shared <= QUOTED - CONTEXT or not start:
        return _quote(texts[1])
    expected_part, actual_part = (f"“…{_quote(text[start:])[1:]}" for text in texts)
    return f"{actual_part} instead of {expected_part}"


def quote_from(text: str, count: int) -> str:
    """Return a text in quotation marks from the word after a number of its letters (`content.letters`)."""
    for index, character in enumerate(text):
        count -= len(letters(character))
        if count < 0:
            return _quote(text[index:])
    return _quote(text)


def _quote(text: str) -> str:
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”"


def describe_item(item: ContentItem) -> str:
    """Return the kind of an item with the beginning of its text."""
    if item.kind in {"picture", "formula"} and item.marks:
        return f"The {item.kind} “{(item.marks[0].target or '')[:QUOTED]}”"
    return f"The {item.kind} {quote_item(item)}"


def format_path(steps: Sequence[str]) -> str:
    """Return the steps of a path, the outermost first."""
    return " › ".join(steps) if steps else "nothing"
