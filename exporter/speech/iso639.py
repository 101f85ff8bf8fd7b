"""ISO 639-2 language codes, for formats without BCP 47 tags."""

from __future__ import annotations


def alpha3_code(language: str) -> str:
    """Return the ISO 639-2 code of a BCP 47 tag, or `und` if there is none."""
    import langcodes

    try:
        return langcodes.Language.get(language).to_alpha3(variant="T") if language else "und"
    except (LookupError, ValueError):
        return "und"
