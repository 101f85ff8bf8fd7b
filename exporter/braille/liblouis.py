"""The library liblouis, through ctypes: text to cells and back."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, islice, pairwise
from typing import Any

from exporter import installation
from exporter.errors import MissingToolError, StepError

SPACE = "\u2800"
ITALIC, BOLD = 1, 4
"""Types of form (`formtype` of liblouis.h)."""
_DOTS_IO, _UNICODE_BRAILLE, _NO_UNDEFINED = 4, 64, 128
_DOTS = 0x8000
"""Bit of a number whose lower bits are the dots of a cell."""
_CELLS_PER_CHARACTER = 8
"""Cells for a character, at first."""
_LOG_NOTHING = 60000


def install() -> str:
    """Return how to install liblouis, a sentence."""
    return f"Run: {installation.install_command('liblouis')}"


def library_path() -> str:
    """Return the path or name of the library; empty if it is not installed."""
    return installation.library_path("louis")


@cache
def _library() -> Any:
    path = library_path()
    if not path:
        raise MissingToolError("liblouis, which translates text into braille, is not installed.", advice=install())
    library = ctypes.CDLL(path)
    library.lou_version.restype = ctypes.c_char_p
    library.lou_setLogLevel(_LOG_NOTHING)
    return library


def version() -> str:
    """Return the version of liblouis; empty if it is not installed."""
    return str(_library().lou_version().decode()) if library_path() else ""


def translate(table: str, text: str, forms: Sequence[int] = ()) -> str:
    """Return text as cells; a character that the table does not define has none.

    Args:
        table: File name of the table.
        text: The text, with spaces only between words.
        forms: Type of form of each character; empty for plain text.

    Raises:
        MissingToolError: liblouis is not installed.
        StepError: The table is not installed, or the text cannot be translated.
    """
    return _translate(table, text, forms)[0]


def translate_parts(table: str, parts: Sequence[str], forms: Sequence[int] = ()) -> list[str]:
    """Return the cells of the parts of a text, which is translated as a whole; spaces at its ends become one cell.

    The cells of a contraction belong to the part with its first character, signs of emphasis to the text after them.

    Args:
        table: File name of the table.
        parts: The parts, with single spaces between words.
        forms: Type of form of each character; empty for plain text.

    Raises:
        MissingToolError: liblouis is not installed.
        StepError: The table is not installed, or the text cannot be translated.
    """
    text = "".join(parts)
    inner = text.strip(" ")
    if not inner:
        return [SPACE if text else "", *[""] * (len(parts) - 1)]
    first = len(text) - len(text.lstrip(" "))
    end = first + len(inner)
    cells, positions = _translate(table, inner, forms[first:end])
    before = SPACE * bool(first)
    whole = before + cells + SPACE * text.endswith(" ")
    starts = accumulate(map(len, parts[:-1]), initial=0)
    cuts = [0]
    for start in islice(starts, 1, None):
        cut = 0 if start < first else len(whole) if start > end else len(before) + len(cells)
        cuts.append(max(cuts[-1], len(before) + positions[start - first] if first <= start < end else cut))
    return [whole[cut:following] for cut, following in pairwise((*cuts, len(whole)))]


def _translate(table: str, text: str, forms: Sequence[int]) -> tuple[str, list[int]]:
    """Return text as cells, and for each character the index of the first of its cells."""
    if not text:
        return "", []
    positions = (ctypes.c_int * (len(text) + 1))()
    mode = _DOTS_IO | _UNICODE_BRAILLE | _NO_UNDEFINED
    cells = _run(_library().lou_translate, table, text, (positions, None, None, mode), forms)
    return cells, positions[: len(text)]


def back_translate(table: str, cells: str) -> str:
    """Return cells as text, as far as the code is unambiguous.

    Raises:
        MissingToolError: liblouis is not installed.
        StepError: The table is not installed, or the cells cannot be translated.
    """
    dots = "".join(chr(_DOTS | ord(cell) & 0xFF) for cell in cells)
    return _run(_library().lou_backTranslateString, table, dots, (_DOTS_IO | _NO_UNDEFINED,)) if cells else ""


@lru_cache(maxsize=4096)
def is_defined(table: str, character: str) -> bool:
    """Return whether a table has cells for a character."""
    return character.isspace() or bool(translate(table, character).strip(SPACE))


def _run(function: Any, table: str, text: str, last: tuple[Any, ...], forms: Sequence[int] = ()) -> str:
    """Return the result of a function of liblouis; `last` are its arguments after those that all have."""
    library = _library()
    size = library.lou_charSize()
    encoding = "utf-32-le" if size == 4 else "utf-16-le"
    data = text.encode(encoding, "replace")
    length = len(data) // size
    capacity = length * _CELLS_PER_CHARACTER + 64
    while True:
        source = ctypes.create_string_buffer(data + b"\0" * size)
        target = ctypes.create_string_buffer(capacity * size)
        consumed, written = ctypes.c_int(length), ctypes.c_int(capacity)
        # It is written to, as far as the result reaches.
        types = (ctypes.c_ushort * capacity)(*forms) if forms else None
        done = function(
            table.encode(), source, ctypes.byref(consumed), target, ctypes.byref(written), types, None, *last
        )
        if not done:
            raise StepError(
                f"liblouis cannot translate with the table {table}.", advice=f"Install its tables. {install()}"
            )
        if consumed.value >= length or capacity > length * _CELLS_PER_CHARACTER * 16:
            return target.raw[: written.value * size].decode(encoding, "replace")
        capacity *= 2
