"""The marks around a short quotation, as the language of the text around it has them (CLDR, delimiters)."""

from __future__ import annotations

_DEFAULT = ("“", "”", "‘", "’")
_MARKS = {
    "ar": ("”", "“", "’", "‘"),
    "cs": ("„", "“", "‚", "‘"),
    "de": ("„", "“", "‚", "‘"),
    "el": ("«", "»", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "fa": ("«", "»", "‹", "›"),
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "he": ("”", "”", "’", "’"),
    "it": ("«", "»", "“", "”"),
    "ja": ("「", "」", "『", "』"),
    "pl": ("„", "”", "«", "»"),
    "pt-pt": ("«", "»", "“", "”"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
}


def marks(language: str, depth: int) -> tuple[str, str]:
    """Return the marks before and after a quotation; `depth` counts the quotations around it, from 0."""
    tag = language.lower()
    four = _MARKS.get(tag) or _MARKS.get(tag.split("-")[0]) or _DEFAULT
    return (four[0], four[1]) if depth % 2 == 0 else (four[2], four[3])
