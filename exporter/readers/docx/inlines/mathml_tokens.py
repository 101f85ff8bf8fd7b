"""MathML token elements of a formula (MathML 3, 3.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+[\u0300-\u036f]*|\s+|.", re.DOTALL)


def operator(symbol: str, *, stretchy: bool = False) -> str:
    """Return a symbol as `mo`."""
    attribute = ' stretchy="true"' if stretchy else ""
    return f"<mo{attribute}>{escape(symbol)}</mo>"


def tokens(text: str, variant: str, *, words: bool) -> Iterator[str]:
    """Yield the characters of a run as token elements.

    Args:
        text: The characters.
        variant: Value of `mathvariant`; "" for the default.
        words: Whether they are text instead of symbols.
    """
    if words:
        if text:
            yield f"<mtext>{escape(text)}</mtext>"
        return
    for token in _TOKEN.findall(text):
        if token.isspace():
            continue
        if token[0].isdigit():
            yield f"<mn>{escape(token)}</mn>"
        elif token[0].isalpha():
            yield from _names(token, variant)
        elif unicodedata.category(token[0]) in ("Mn", "Cf"):
            continue
        else:
            yield operator(token)


def _names(token: str, variant: str) -> Iterator[str]:
    """Yield letters as identifiers: upright ones as one (sin), italic ones letter by letter (a b)."""
    if variant == "normal":
        attribute = ' mathvariant="normal"' if len(token) == 1 else ""
        yield f"<mi{attribute}>{escape(token)}</mi>"
        return
    attribute = f' mathvariant="{variant}"' if variant else ""
    for letter in token:
        if unicodedata.combining(letter):
            continue
        yield f"<mi{attribute}>{escape(letter)}</mi>"
