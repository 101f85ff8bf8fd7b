"""Numbers of pages: those of the text, those in front of it in roman numerals, all others (DAISY 2.02, 2.1.3)."""

from __future__ import annotations

import re

NORMAL, FRONT, SPECIAL = "page-normal", "page-front", "page-special"
_ROMAN = re.compile(r"m{0,4}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)


def kind(label: str) -> str:
    """Return the class of a page."""
    if label.isdecimal():
        return NORMAL
    return FRONT if label and _ROMAN.fullmatch(label) else SPECIAL


def number(label: str) -> str:
    """Return the label as players sort it: a normal page in European digits."""
    return str(int(label)) if label.isdecimal() else label
