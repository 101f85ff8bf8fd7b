"""Formulas as one line of text, where no markup is possible: bookmarks, running headers, chapters of a recording.

The notation is that of Unicode Technical Note 28 (UnicodeMath): `a/b`, `√(x+1)`, `x²`, `x_i`.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from exporter.xml_parser import xml_parser

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DEPTH = 60
_MARKUP = re.compile(r"<annotation.*?</annotation[^>]*>|<[^>]*>", re.DOTALL)
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ANNOTATIONS = frozenset({"annotation", "annotation-xml", ""})
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ASCII_NUMBER = re.compile("[0-9]+")
_SIGN = re.compile(r"\W")
_INVISIBLE = re.compile("[\u2061-\u2064]")


@lru_cache(maxsize=1024)
def linear_formula(mathml: str) -> str:
    """Return a formula as one line of text; one that cannot be parsed as its characters."""
    from lxml import etree

    parser = xml_parser()
    try:
        text = _linear(etree.fromstring(mathml.encode(), parser), 0)
    except (etree.XMLSyntaxError, ValueError):
        text = html.unescape(_MARKUP.sub("", mathml))
    return " ".join(text.split())


def _linear(node: _Element, depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise ValueError(f"a formula of more than {_MAX_DEPTH} levels")
    tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
    if tag in _TOKENS:
        return _INVISIBLE.sub("", "".join(map(str, node.itertext())))
    parts = [] if tag in _ANNOTATIONS else [_linear(child, depth + 1) for child in node]
    match tag, parts:
        case "semantics", [first, *_]:
            return first
        case "mfrac", [top, bottom]:
            return f"{_group(top)}/{_group(bottom)}"
        case "msqrt", _:
            return f"√{_group(''.join(parts))}"
        case "mroot", [base, index]:
            return f"{_raised(index).removeprefix('^')}√{_group(base)}"
        case "msup", [base, power]:
            return base + _raised(power)
        case (("msub" | "munder"), [base, index]):
            return base + _lowered(index)
        case (("msubsup" | "munderover"), [base, index, power]):
            return base + _lowered(index) + _raised(power)
        case "mtr", _:
            return ", ".join(parts)
        case "mtable", _:
            return "; ".join(parts)
        case _:
            return "".join(parts)


def _group(text: str) -> str:
    """Return a part in parentheses if it is more than a number or a name."""
    return f"({text})" if _SIGN.search(text) and not (text.startswith("(") and text.endswith(")")) else text


def _raised(text: str) -> str:
    if _ASCII_NUMBER.fullmatch(text):
        return text.translate(_SUPERSCRIPTS)
    # A prime or an asterisk is written after its base.
    return text if len(text) == 1 and _SIGN.match(text) else f"^{_group(text)}"


def _lowered(text: str) -> str:
    return text.translate(_SUBSCRIPTS) if _ASCII_NUMBER.fullmatch(text) else f"_{_group(text)}"
