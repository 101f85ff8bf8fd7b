"""Validation of language tags (BCP 47)."""

from __future__ import annotations

from functools import cache

ADVICE = "Write a code such as en-GB, es-MX, fr, pt-BR, ar, ru or nah (Nahuatl), with hyphens."
"""Advice about an invalid tag."""
_LONGEST = 100
"""Characters of a tag; registered ones have at most 35 (RFC 5646, 4.4.1)."""


@cache
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
