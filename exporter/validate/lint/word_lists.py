"""Lists of words that rules look for, per language, from `words.toml`."""

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
    """Return the words of a table for the language of a passage, and the English ones, which turn up everywhere.

    Args:
        table: Name of the table in `words.toml`.
        language: BCP 47 tag; only its first part counts.
    """
    lists = _tables()[table]
    primary = language.partition("-")[0].lower()
    return frozenset((*lists.get(primary, ()), *lists[_DEFAULT]))


@cache
def by_language(table: str) -> Mapping[str, frozenset[str]]:
    """Return a table of `words.toml` whole: the words by the first part of the language's tag."""
    return {language: frozenset(listed) for language, listed in _tables()[table].items()}


def folded(text: str) -> str:
    """Return `text` in small letters, without marks around it and with single spaces, as `words.toml` has it."""
    return " ".join(text.casefold().split()).strip(" .,:;!¡?¿…»«›‹>→\"'“”‘’()[]،؛؟")
