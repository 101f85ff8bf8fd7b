"""Slugs and ids that are valid in all formats."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 40
"""Characters of a Word bookmark (ECMA-376 part 1, 17.13.6.2, as Word applies it)."""

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t",
})  # fmt: skip

# XML 1.0 (fifth edition), production NameStartChar and NameChar without the colon.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = re.compile(f"[{_START}][{_START}0-9.\u00b7\u0300-\u036f\u203f-\u2040-]*")
_NOT_NAME = re.compile(f"[^{_START}0-9.\u00b7\u0300-\u036f\u203f-\u2040-]+")


def is_id(text: str) -> bool:
    """Return whether `text` is a valid id in all formats: an XML NCName of at most 40 characters."""
    return len(text) <= MAX_LENGTH and _NCNAME.fullmatch(text) is not None


def valid_id(text: str) -> str:
    """Return an id with the fewest changes that make it valid, or an empty text if nothing remains."""
    name = _NOT_NAME.sub("-", text).strip("-.")
    if name and _NCNAME.match(name) is None:
        name = f"id-{name}"
    return name[:MAX_LENGTH].rstrip("-.")


def slug(text: str) -> str:
    """Return `text` as lower-case ASCII letters, digits and single hyphens, or an empty text without Latin letters.

    Accents are removed by Unicode decomposition (NFKD); a slug never begins with a digit and has at most 40
    characters, truncated between words if possible.
    """
    hyphenated = re.sub(r"[^a-z0-9]+", "-", re.sub("['’]", "", unaccented(text))).strip("-")
    if not re.search("[a-z]", hyphenated):
        return ""
    if hyphenated[0].isdigit():
        hyphenated = f"section-{hyphenated}"
    return shorten(hyphenated, MAX_LENGTH)


def unaccented(text: str) -> str:
    """Return a text in small letters without accents; Latin letters are those from a to z (ß is ss)."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def shorten(words: str, limit: int) -> str:
    """Return hyphenated words in at most `limit` characters, truncated between words if possible."""
    if len(words) <= limit:
        return words
    head, hyphen, _ = words[: limit + 1].rpartition("-")
    return (head if hyphen and len(head) > limit // 2 else words[:limit]).rstrip("-")


def ids_of_other_tools(title: str) -> tuple[str, ...]:
    """Return the ids that other tools generate for a heading, so that links written for them work.

    The first is that of code hosting sites (letters of all scripts, hyphens for spaces), the second that of Pandoc (the
    same from the first letter on).
    """
    characters = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " _-" or _is_mark(letter))
    hosted = characters.strip().replace(" ", "-")
    pandoc = "-".join("".join(letter for letter in title.lower() if letter.isalnum() or letter in " _-.").split())
    first = next((index for index, letter in enumerate(pandoc) if letter.isalpha()), len(pandoc))
    return tuple(dict.fromkeys(filter(None, (hosted, pandoc[first:]))))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")
