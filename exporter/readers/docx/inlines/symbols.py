"""Unicode characters for the characters of symbol fonts (17.3.3.30 sym)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from exporter.inspect.docx.xml import Element, name

_PRIVATE = range(0xF000, 0xF100)
"""Code points that Word writes for the codes of a symbol font."""
_UNDEFINED = "\ufffd"
_BLANK = " \N{NO-BREAK SPACE}\N{SOFT HYPHEN}"
"""Characters of text that stay what they are in a symbol font."""


@cache
def _tables() -> dict[str, dict[int, str]]:
    """Return what each symbol font shows, by the code of the character."""
    rows: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("symbol_fonts.toml").read_text("utf-8"))
    return {
        font: {code: shown for code, shown in enumerate("".join(lines), 0x20) if shown != _UNDEFINED}
        for font, lines in rows.items()
    }


def _table(font: str | None) -> dict[int, str] | None:
    return _tables().get((font or "").casefold().replace(" ", ""))


def _font_code(code: int) -> int:
    """Return the code in a symbol font of a code point: Word has private ones, other programs those of Windows-1252."""
    if code in _PRIVATE:
        return code - _PRIVATE.start
    encoded = chr(code).encode("cp1252", "ignore") if 0xFF < code < 0xD800 else b""
    return encoded[0] if encoded else code


def character(code: int, font: str | None) -> str | None:
    """Return the Unicode character for a code in a symbol font, or None if it is unknown."""
    table = _table(font)
    if table is not None:
        return table.get(_font_code(code))
    if code in _PRIVATE or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code)


def read(element: Element) -> str | None:
    """Return the Unicode character of `w:sym`, or None if it is unknown."""
    try:
        return character(int(element.get(name("char")) or "", 16), element.get(name("font")))
    except ValueError:
        return None


def translate(text: str, font: str | None) -> tuple[str, list[str]]:
    """Return text with what its font shows if it is a symbol font, and the characters for which that is unknown.

    Word shows letters that a symbol font does not have, such as Chinese ones, in another font; they stay.
    """
    table = _table(font)
    if table is None:
        return text, []
    shown = [letter if letter in _BLANK else table.get(_font_code(ord(letter)), "") for letter in text]
    unknown = (
        letter
        for letter, symbol in zip(text, shown, strict=True)
        if not symbol and (0x20 < ord(letter) < 0x100 or ord(letter) in _PRIVATE)
    )
    return "".join(symbol or letter for letter, symbol in zip(text, shown, strict=True)), list(dict.fromkeys(unknown))
