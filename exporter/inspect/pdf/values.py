"""PDF objects as Python values, whatever stands where something else should stand."""

from __future__ import annotations

from functools import cache
from typing import Any

MAX_NESTING = 8
"""Arrays and dictionaries inside each other, in the value of an attribute."""
FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
"""Operators that fill and draw paths, and that show text (ISO 32000-2, 8.5.3, 9.4.3)."""


def is_dictionary(thing: Any) -> bool:
    """Return whether it is a dictionary; that of a stream counts."""
    return isinstance(thing, _dictionaries())


@cache
def _dictionaries() -> tuple[type, ...]:
    import pikepdf

    return pikepdf.Dictionary, pikepdf.Stream


def is_array(thing: Any) -> bool:
    """Return whether it is an array."""
    import pikepdf

    return isinstance(thing, pikepdf.Array)


def get(thing: Any, key: str) -> Any:
    """Return an entry of a dictionary; None when there is none, or no dictionary."""
    return thing.get(key) if is_dictionary(thing) else None


def items(thing: Any) -> list[Any]:
    """Return the entries of an array; a single thing as a list of one, nothing as an empty list."""
    if thing is None:
        return []
    return list(thing) if is_array(thing) else [thing]


def text(thing: Any) -> str | None:
    """Return a text string; None when it is none."""
    import pikepdf

    if isinstance(thing, str):
        return thing
    return str(thing) if isinstance(thing, pikepdf.String) else None


def name(thing: Any) -> str:
    """Return a name without its slash; empty when it is none."""
    import pikepdf

    return str(thing)[1:] if isinstance(thing, pikepdf.Name) else ""


def integer(thing: Any) -> int | None:
    """Return a whole number; None when it is none."""
    return thing if isinstance(thing, int) and not isinstance(thing, bool) else None


def plain(thing: Any, nesting: int = MAX_NESTING) -> Any:
    """Return names and strings as text, numbers as numbers, arrays as lists and dictionaries as mappings."""
    import pikepdf

    if isinstance(thing, pikepdf.Name):
        return str(thing)[1:]
    if isinstance(thing, pikepdf.String):
        return str(thing)
    if isinstance(thing, bool | int):
        return thing
    if is_array(thing):
        return [plain(item, nesting - 1) for item in thing] if nesting else []
    if isinstance(thing, pikepdf.Dictionary):
        return {key[1:]: plain(value, nesting - 1) for key, value in thing.items()} if nesting else {}
    try:
        return float(thing)
    except (TypeError, ValueError):
        return None
