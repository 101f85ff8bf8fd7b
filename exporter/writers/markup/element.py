"""Elements as text that is valid as both XML and HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

Attributes = Mapping[str, str | None]
"""Names and values; None leaves the attribute out."""

VOID = frozenset({"br", "col", "hr", "img", "link", "meta"})
"""Void elements (HTML 13.1.2), the only ones written as `<br/>`."""

# Characters that XML forbids, even as references (XML 1.0, production 2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Return `text` as character data; characters that XML forbids become U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text).replace("\r", "").translate(_TEXT)


def attributes(values: Attributes) -> str:
    """Return the attributes of a start tag, each with a space before it."""
    return "".join(
        f' {name}="{_ILLEGAL.sub(chr(0xFFFD), value).translate(_VALUE)}"'
        for name, value in values.items()
        if value is not None
    )


def element(name: str, content: str = "", values: Attributes | None = None) -> str:
    """Return an element around `content`, which is markup."""
    start = f"<{name}{attributes(values or {})}"
    return f"{start}/>" if name in VOID else f"{start}>{content}</{name}>"
