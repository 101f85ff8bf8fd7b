"""Language tags (BCP 47): whether they are valid, and the shorter ones that what is known about a language may have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

ADVICE = "Write a code such as en-GB, es-MX, fr, pt-BR, ar, ru or nah (Nahuatl), with hyphens."
"""Advice about an invalid tag."""
_LONGEST = 100
"""Characters of a tag; registered ones have at most 35 (RFC 5646, 4.4.1)."""


@lru_cache(maxsize=1024)
def problem(tag: str) -> str:
    """Return what is wrong with a tag, as the end of a sentence, or an empty text for a valid tag."""
    import langcodes

    if len(tag) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    if "_" in tag:
        return "has an underscore instead of a hyphen"
    if langcodes.tag_is_valid(tag):
        return ""
    return "is not registered"


def fallbacks(tag: str) -> Iterator[str]:
    """Yield a tag and then each one without its last subtags: `es-MX`, `es` (RFC 4647, 3.4).

    What is yielded can be in the name of a file: without other characters than letters, digits and hyphens, and of a
    tag that is too long only the beginning.
    """
    parts = list(takewhile(str.isalnum, tag[:_LONGEST].split("-")))
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


def written_fallbacks(tag: str) -> Iterator[str]:
    """Yield those of the fallbacks that are written in the same script: not `zh`, which is simplified, for `zh-TW`."""
    script = script_of(tag)
    return (shorter for shorter in fallbacks(tag) if script_of(shorter) == script)


@lru_cache(maxsize=1024)
def locale_of(tag: str) -> Locale | None:
    """Return the locale of a tag (CLDR), or of the longest shorter one that has one: English in China has English's."""
    from babel import Locale, UnknownLocaleError  # slow to import

    for shorter in fallbacks(tag.replace("_", "-")):
        with suppress(ValueError, UnknownLocaleError):
            return Locale.parse(shorter, sep="-")
    return None


@lru_cache(maxsize=1024)
def script_of(tag: str) -> str | None:
    """Return the ISO 15924 code of the script in which a language is usually written, or None if it is unknown."""
    import langcodes

    try:
        return langcodes.Language.get(tag).maximize().script
    except ValueError:
        return None


def language_of_script(script: str) -> str | None:
    """Return the language with most readers that is written in a script, or None if it is unknown."""
    import langcodes

    return langcodes.Language.make(script=script).maximize().language
