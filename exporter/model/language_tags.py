"""Tags of languages (BCP 47)."""

from __future__ import annotations

from functools import cache

ADVICE = "Write a code such as en-GB, es-MX, fr, pt-BR, ar, ru or nah (Nahuatl), with hyphens."
"""To somebody whose tag is none."""


@cache
def problem(tag: str) -> str:
    """Say what is wrong with a tag, as the end of a sentence; empty when nothing is."""
    import langcodes

    if "_" in tag:
        return "has an underscore instead of a hyphen"
    if langcodes.tag_is_valid(tag):
        return ""
    return "is no code that is registered"
