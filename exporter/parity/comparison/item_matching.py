"""Matching of the items of the tree with those of an edition by their words: keys, the start of the text, ranges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from exporter.parity.content import ContentItem, comparison_key, letters

_OPENING = 12
"""Number of items by which the start of the text is recognised after cover and imprint."""
_BEGINNING = 3
"""Number of items of which one starts the text, counted with and without items without text."""
_WINDOW = 3 * _OPENING
"""Number of items of an edition that are searched for them, additions included."""
_MAX_STARTS = 50


def alignment_key(item: ContentItem) -> str:
    """Return the key by which items of the tree and an edition are matched."""
    if item.kind in {"picture", "formula"}:
        return f"{item.kind}:"
    return f"cell:{letters(item.text)}" if item.kind == "cell" else letters(item.text) or item.kind


def _opening_key(item: ContentItem) -> str:
    """Return the key by which the start of the text is found; the items of a cell may contain additions."""
    return "cell:" if item.kind == "cell" else alignment_key(item)


def identity(item: ContentItem) -> str:
    """Return the key by which a moved item is recognised; a key that ends in a symbol recognises none."""
    if item.kind == "picture":
        return f"picture:{letters(item.marks[0].target or '')}"
    return alignment_key(item) if letters(item.text) else "-"


def _wording(item: ContentItem) -> str:
    """Return the words of an item, or the description of a picture."""
    return comparison_key((item.marks[0].target or "") if item.kind == "picture" else item.text)


def start_of_text(expected: Sequence[ContentItem], actual: Sequence[ContentItem]) -> int:
    """Return the index where the text starts in the edition: the best match of the first items of the tree."""
    opening = [_opening_key(item) for item in expected[:_OPENING]]
    if not opening:
        return len(actual)
    # The keys of pictures are equal, and the first picture may be missing.
    keys_with_text = [key for item, key in zip(expected, opening, strict=False) if letters(item.text)]
    start_keys = {*opening[:_BEGINNING], *keys_with_text[:_BEGINNING]}
    actual_keys = [_opening_key(item) for item in actual]
    best, best_start = (0, False, 0, False), 0
    for start in [index for index, key in enumerate(actual_keys) if key in start_keys][:_MAX_STARTS]:
        window = actual_keys[start : start + _WINDOW]
        blocks = SequenceMatcher(None, opening, window, autojunk=False).get_matching_blocks()
        reach = max(block.b + block.size for block in blocks[:-1]) if len(blocks) > 1 else 0
        first, here = expected[opening.index(actual_keys[start])], actual[start]
        # The title on the cover may have the same letters as the first item, but other punctuation; and the picture
        # there, another description.
        is_exact = _wording(here) == _wording(first)
        # The first heading may have the words of the title of the box below it.
        is_same_kind = here.kind == first.kind and ("aside" in here.path) == ("aside" in first.path)
        score = (sum(block.size for block in blocks), is_same_kind, -reach, is_exact)
        if score > best:
            best, best_start = score, start
    return best_start


def matching_ranges(expected: Sequence[str], actual: Sequence[str], start: int) -> Iterator[tuple[range, range]]:
    """Yield pairs of equal or different ranges, in order; `start` is the first index of the actual side."""
    first, end = 0, 0
    shortest = min(len(expected), len(actual) - start)
    while first < shortest and expected[first] == actual[start + first]:
        first += 1
    while end < shortest - first and expected[-1 - end] == actual[-1 - end]:
        end += 1
    # Equal items at both ends are paired directly, since the time for the rest grows quadratically.
    yield range(first), range(start, start + first)
    expected_middle, actual_middle = expected[first : len(expected) - end], actual[start + first : len(actual) - end]
    for _, a, b, c, d in SequenceMatcher(None, expected_middle, actual_middle, autojunk=False).get_opcodes():
        yield range(first + a, first + b), range(start + first + c, start + first + d)
    yield range(len(expected) - end, len(expected)), range(len(actual) - end, len(actual))
