"""Word lists by language, from `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_DEFAULT = "en"
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def words(table: str, language: str) -> frozenset[str]:
    """Return the words of a table for the language of a passage, and the English ones, which occur in all languages.

    Args:
        table: Name of the table in `words.toml`.
        language: BCP 47 tag; only its first part counts.
    """
    lists = _tables()[table]
    primary = language.partition("-")[0].lower()
    return frozenset((*lists.get(primary, ()), *lists[_DEFAULT]))


@cache
def by_language(table: str) -> Mapping[str, frozenset[str]]:
    """Return a whole table of `words.toml`: its words by the primary subtag of their language."""
    return {language: frozenset(words_) for language, words_ in _tables()[table].items()}


def all_words(table: str) -> frozenset[str]:
    """Return the words of a table in all languages, for text whose language is not known yet."""
    return frozenset().union(*by_language(table).values())


def folded(text: str) -> str:
    """Return `text` in small letters, without punctuation around it and with single spaces, as in `words.toml`."""
    # The small letter of İ is i with a dot of its own.
    return " ".join(text.casefold().replace("i\u0307", "i").split()).strip(
        " .,:;!¡?¿…»«›‹>→\"'“”‘’()[]،؛؟。，、：；！？《》「」【】（）"
    )


def other_language(text: str, language: str, *, is_short: bool) -> str:
    """Return the language of the small words of a text; empty if it may be the stated one, or the text is too short.

    Args:
        text: The text.
        language: BCP 47 tag of the language in which it is stated to be.
        is_short: Whether it is set off from others, so that a few words are enough.
    """
    words_ = [word.casefold() for word in _WORD.findall(text)]
    stated = language.lower().partition("-")[0]
    small_words = by_language("small_words")
    if stated not in small_words or len(words_) < (4 if is_short else 8):
        return ""
    counts = {tag: sum(word in listed for word in words_) for tag, listed in small_words.items()}
    stated_count = counts.pop(stated)
    likely = max(counts, key=lambda tag: counts[tag])
    distinct = small_words[likely].intersection(words_)
    # Verse and lists have syllables such as “o” and “la”, which are words of several languages.
    is_enough = counts[likely] >= len(words_) * 0.2 and len(distinct) >= 2 and any(len(word) > 2 for word in distinct)
    return likely if is_enough and stated_count * 4 <= counts[likely] else ""
