"""Characters that XML forbids (XML 1.0, 2.2), and with it EPUB and Word; tabs and line ends are valid."""

from __future__ import annotations

import re
from typing import Any

import msgspec

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Characters for private use, whose meaning depends on the font."""
_MAY_BE_FORBIDDEN = re.compile(rb"\\(?:u00[01]|[bf])|\xef\xbf[\xbe\xbf]")
"""In JSON; also in a text with a backslash."""


def first_forbidden(value: Any) -> str:
    """Return the first forbidden character in the texts of lists, maps and structs, or ""."""
    try:
        data = msgspec.json.encode(value)
        if not _MAY_BE_FORBIDDEN.search(data):
            return ""
    except UnicodeEncodeError:  # half of a pair of UTF-16
        pass
    return next(filter(None, map(_first, _texts(msgspec.to_builtins(value)))), "")


def without_forbidden(value: Any) -> Any:
    """Return texts, lists and maps without forbidden characters."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, dict):
        return {without_forbidden(key): without_forbidden(item) for key, item in value.items()}
    return [without_forbidden(item) for item in value] if isinstance(value, list | tuple) else value


def _first(text: str) -> str:
    match = FORBIDDEN.search(text)
    return match[0] if match else ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return [text for item in value for text in _texts(item)] if isinstance(value, list | tuple) else []
