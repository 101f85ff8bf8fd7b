"""Word lists by language, from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_DEFAULT = "en"


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


def folded(text: str) -> str:
    """Return `text` in small letters, without punctuation around it and with single spaces, as in `words.toml`."""
    return " ".join(text.casefold().split()).strip(" .,:;!¡?¿…»«›‹>→\"'“”‘’()[]،؛؟")
