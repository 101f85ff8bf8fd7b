"""Texts in Chinese characters and kana, which are written without spaces between words."""

from __future__ import annotations

import re

HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for character classes of regular expressions."""
_KANA = "\u3040-\u30ff"
_OPENING, _CLOSING = "《〈「『（【“‘", "。，、；：？！…—》〉」』）】”’"
_CHARACTER = re.compile(f"[{HAN}{_KANA}]")
_SEAM = re.compile(f"(?<=[{HAN}])(?=[A-Za-z\\d])|(?<=[A-Za-z\\d])(?=[{HAN}])")
_PART = re.compile(rf"[{_OPENING}]*(?:[{HAN}{_KANA}]|[^\s{HAN}{_KANA}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*\s*|\S\s*")
"""A character or a word of another script, with the marks before and after it, at which no line is divided."""
_WIDE = f"{HAN}\u3000-\u30ff\uff00-\uff60"
_SPACE_BESIDE = re.compile(f"(?<=[{_WIDE}]) | (?=[{_WIDE}])")
_CHARACTERS_PER_WORD = 2
_LETTERS_PER_CHARACTER = 2
"""Letters of other scripts that a character is as wide as; it also takes as long to read aloud, at least."""


def has_characters(text: str) -> bool:
    """Return whether a text has Chinese characters or kana."""
    return not text.isascii() and _CHARACTER.search(text) is not None


def set_apart(text: str) -> str:
    """Return a text with spaces between Chinese characters and the letters and digits of other scripts."""
    return text if text.isascii() else _SEAM.sub(" ", text)


def line_parts(text: str) -> list[str]:
    """Return the parts of a text between which lines may end, each with the space after it."""
    return _PART.findall(text) if has_characters(text) else [f"{word} " for word in text.split()]


def join_lines(text: str) -> str:
    """Return a text with single spaces, and none beside characters, where a line may end without one."""
    joined = " ".join(text.split())
    return _SPACE_BESIDE.sub("", joined) if has_characters(text) else joined


def count_words(text: str) -> int:
    """Return the number of words of a text; two Chinese characters or kana count as one."""
    if not has_characters(text):
        return len(text.split())
    others, count = _CHARACTER.subn(" ", text)
    return len([word for word in others.split() if any(map(str.isalnum, word))]) + -(-count // _CHARACTERS_PER_WORD)


def count_letters(text: str) -> int:
    """Return the length of a text in letters; a Chinese character or kana counts as two."""
    return len(text) + (_LETTERS_PER_CHARACTER - 1) * (0 if text.isascii() else len(_CHARACTER.findall(text)))


def format_length(text: str) -> str:
    """Return the length of a text in words, for messages about limits."""
    return f"{len(text)} characters{', of which Chinese ones count twice' if has_characters(text) else ''}"
