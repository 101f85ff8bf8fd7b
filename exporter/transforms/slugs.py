"""Names made of words: ids that a person can read, in letters that every format takes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
"""Characters that a Word bookmark may have (ECMA-376 part 1, 17.13.6.2, as Word applies it)."""

# Letters that Unicode does not take apart into a base letter and a mark.
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
    """Return whether every format takes `text` as an id: an XML NCName of at most 40 characters."""
    return len(text) <= LONGEST and _NCNAME.fullmatch(text) is not None


def mended_id(text: str) -> str:
    """Return the author's id with as little changed as every format asks for; empty when nothing of it can stay."""
    name = _NOT_NAME.sub("-", text).strip("-.")
    if name and _NCNAME.match(name) is None:
        name = f"id-{name}"
    return name[:LONGEST].rstrip("-.")


def slug(text: str) -> str:
    """Return `text` as lower-case ASCII letters, digits and single hyphens; empty when it has no Latin letters.

    Accents fall away through Unicode's decomposition (NFKD); a slug never begins with a digit and has at most 40
    characters, cut between words where possible.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", "-", re.sub("['’]", "", plain)).strip("-")
    if not re.search("[a-z]", words):
        return ""
    if words[0].isdigit():
        words = f"section-{words}"
    return shortened(words, LONGEST)


def shortened(words: str, longest: int) -> str:
    """Return hyphenated `words` in at most `longest` characters, cut between words where there is more than one."""
    if len(words) <= longest:
        return words
    head, hyphen, _ = words[: longest + 1].rpartition("-")
    return (head if hyphen and len(head) > longest // 2 else words[:longest]).rstrip("-")


def spellings(title: str) -> tuple[str, ...]:
    """Return the ids that other tools make of a heading, so that links written for them are found.

    First as code hosting sites do (all letters of any script, blanks as hyphens), then as Pandoc does (the same from
    the first letter on).
    """
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " _-" or _is_mark(letter))
    hosted = kept.strip().replace(" ", "-")
    pandoc = "-".join("".join(letter for letter in title.lower() if letter.isalnum() or letter in " _-.").split())
    first = next((place for place, letter in enumerate(pandoc) if letter.isalpha()), len(pandoc))
    return tuple(dict.fromkeys(filter(None, (hosted, pandoc[first:]))))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")
