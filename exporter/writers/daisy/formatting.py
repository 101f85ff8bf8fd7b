"""Page numbers and times as DAISY 2.02 writes them."""

from __future__ import annotations

import re

NORMAL, FRONT, SPECIAL = "page-normal", "page-front", "page-special"
_ROMAN = re.compile(r"m{0,4}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)


def kind(label: str) -> str:
    """Return the class of a page: of the text, before it in roman numerals, other (DAISY 2.02, 2.1.3)."""
    if label.isdecimal():
        return NORMAL
    return FRONT if label and _ROMAN.fullmatch(label) else SPECIAL


def number(label: str) -> str:
    """Return a page label in the form by which players sort: that of a normal page in European digits."""
    return str(int(label)) if label.isdecimal() else label


def clock(milliseconds: int) -> str:
    """Return a time in hours, minutes, seconds and thousandths (SMIL 1.0, Clock values): 01:02:03.004."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{whole_seconds(seconds)}.{rest:03}"


def whole_seconds(seconds: int) -> str:
    """Return a time in whole seconds, as in `ncc:totalTime`: 01:02:03."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def offset(milliseconds: int) -> str:
    """Return a time in seconds: 3723.004s."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}s"
