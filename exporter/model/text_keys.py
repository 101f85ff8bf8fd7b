"""Keys by which texts are compared, whatever their case, spaces and punctuation."""

from __future__ import annotations

import re


def letters_key(text: str) -> str:
    """Return the letters and digits of a text, in small letters and without spaces."""
    return "".join(filter(str.isalnum, text.casefold()))


def words_key(text: str) -> str:
    """Return the words of a text, in small letters and with a space between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def same_words(first: str, second: str) -> bool:
    """Return whether two texts have the same words in the same order, or are equal if they have none."""
    words = words_key(first)
    return words == words_key(second) and (bool(words) or first.strip() == second.strip())
