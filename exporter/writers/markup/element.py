"""Elements as text that is valid as both XML and HTML."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.model.characters import FORBIDDEN

Attributes = Mapping[str, str | None]
"""Names and values; None leaves the attribute out."""

VOID = frozenset({"br", "col", "hr", "img", "link", "meta"})
"""Void elements (HTML 13.1.2), the only ones written as `<br/>`."""

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Return `text` as character data; characters that XML forbids become U+FFFD."""
    return FORBIDDEN.sub("\ufffd", text).replace("\r", "").translate(_TEXT)


def attributes(values: Attributes) -> str:
    """Return the attributes of a start tag, each with a space before it."""
    return "".join(
        f' {name}="{FORBIDDEN.sub(chr(0xFFFD), value).translate(_VALUE)}"'
        for name, value in values.items()
        if value is not None
    )


def element(name: str, content: str = "", values: Attributes | None = None) -> str:
    """Return an element around `content`, which is markup."""
    start = f"<{name}{attributes(values or {})}"
    return f"{start}/>" if name in VOID else f"{start}>{content}</{name}>"
