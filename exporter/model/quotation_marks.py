"""Quotation marks by language (CLDR, delimiters)."""

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
"""Outer and inner marks."""


def quotation_marks(language: str, depth: int) -> tuple[str, str]:
    """Return the marks before and after a quotation; `depth` is the number of surrounding quotations."""
    tag = language.lower()
    four = _MARKS.get(tag) or _MARKS.get(tag.split("-")[0]) or _DEFAULT
    return (four[0], four[1]) if depth % 2 == 0 else (four[2], four[3])
