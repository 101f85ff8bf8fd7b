"""New words of a text that is written with markup: only what differs is edited, and the markup around it stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from exporter.revise.refusal import RefusedError

_TOKENS = re.compile(r"\w+|\s|[^\w\s]")
_NOT_FOUND = RefusedError("The text was not found as it was read.", "Change it in your document.")
FIXED = RefusedError(
    "The change is in what the program counts or fills in itself, such as the number of a caption.",
    "Leave that as it is, or change it in your document.",
)


class Letter(NamedTuple):
    """A character of a text as it is written, or markup among them."""

    character: str
    """Empty for markup."""
    written: str
    is_fixed: bool = False
    """Whether a program writes it, such as a number that is counted."""


def reword(letters: Sequence[Letter], old: str, new: str, escape: Callable[[str], str]) -> list[str]:
    """Return how each letter is written for new words, and last what follows them.

    Args:
        letters: The text as it is written.
        old: The words as they were read.
        new: The new words.
        escape: Returns characters as they are written.

    Raises:
        RefusedError: It has other words, or a fixed letter would change.
    """
    written = [letter.written for letter in letters] + [""]
    indexes: list[int] = []
    for index, letter in enumerate(letters):
        is_repeated = not indexes or letters[indexes[-1]].character.isspace()
        if letter.character and not (letter.character.isspace() and is_repeated):
            indexes.append(index)
    while indexes and letters[indexes[-1]].character.isspace():
        indexes.pop()
    known = "".join(" " if letters[index].character.isspace() else letters[index].character for index in indexes)
    if known != " ".join(old.split()):
        raise _NOT_FOUND
    before, after = (_TOKENS.findall(text) for text in (known, " ".join(new.split())))
    starts = [0, *accumulate(map(len, before))]
    for kind, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            span = indexes[starts[first] : starts[last]]
            if any(letters[index].is_fixed for index in span):
                raise FIXED
            text = escape("".join(after[begin:end]))
            for index in span:
                written[index] = ""
            if span:
                written[span[0]] = text
            else:
                _insert(letters, written, indexes, starts[first], text)
    return written


def drop_first(letters: Sequence[Letter], count: int) -> str:
    """Return a text as it is written without its first letters; markup stays."""
    parts = []
    for letter in letters:
        if count and letter.character:
            count -= 1
        else:
            parts.append(letter.written)
    return "".join(parts)


def _insert(letters: Sequence[Letter], written: list[str], indexes: list[int], position: int, text: str) -> None:
    """Insert a text before a letter: into the text before it, or into that which it begins."""
    around = [(indexes[n], n < position) for n in (position - 1, position) if 0 <= n < len(indexes)]
    editable = next(((index, is_before) for index, is_before in around if not letters[index].is_fixed), None)
    if editable is not None:
        index, is_before = editable
        written[index] = f"{written[index]}{text}" if is_before else f"{text}{written[index]}"
    elif position == len(indexes):
        written[-1] += text
    elif text:
        raise FIXED
