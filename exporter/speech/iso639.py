"""Codes of languages for the formats that know no BCP 47."""

from __future__ import annotations


def three_letters(language: str) -> str:
    """Return the ISO 639-2 code of a BCP 47 tag; `und` when there is none."""
    import langcodes

    try:
        return langcodes.Language.get(language).to_alpha3(variant="T") if language else "und"
    except (LookupError, ValueError):
        return "und"
