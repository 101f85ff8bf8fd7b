"""Names of languages in messages."""

from __future__ import annotations

_WITH_CLOSE_LANGUAGES = frozenset(("es", "it", "pt", "ru", "tr", "uk"))
"""Languages for which others without a list of words are taken: Catalan, Corsican, Galician, Belarusian, Azeri."""


def language_name(language: str) -> str:
    """Return the English name of a language, or its tag."""
    from babel import Locale

    return Locale("en").languages.get(language.partition("-")[0]) or language


def likely_name(language: str) -> str:
    """Return the name of a language that a passage seems to be in, and whether it may be one that is close to it."""
    name = language_name(language)
    return f"{name}, or a language close to it" if language in _WITH_CLOSE_LANGUAGES else name
