"""Quotation marks by language (CLDR, delimiters)."""

from __future__ import annotations

from exporter.model.language_tags import fallbacks

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
    **dict.fromkeys(("zh-hant", "zh-tw", "zh-hk", "zh-mo"), ("「", "」", "『", "』")),
}
"""Outer and inner marks."""


def closing_marks(opening: str) -> frozenset[str]:
    """Return the marks that end a quotation which begins with a mark, in any language."""
    return frozenset(
        marks[index + 1].strip()
        for marks in (_DEFAULT, *_MARKS.values())
        for index in (0, 2)
        if marks[index].strip() == opening
    )


def quotation_marks(language: str, depth: int) -> tuple[str, str]:
    """Return the marks before and after a quotation; `depth` is the number of surrounding quotations."""
    tag = language.lower()
    four = next((_MARKS[shorter] for shorter in fallbacks(tag) if shorter in _MARKS), _DEFAULT)
    return (four[0], four[1]) if depth % 2 == 0 else (four[2], four[3])
