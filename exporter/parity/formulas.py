"""Symbols of formulas, for comparison."""

from __future__ import annotations

import re
from typing import Any

from exporter.inspect.xml import parse
from exporter.parity.content import comparison_key, letters

_NOT_RENDERED = ("annotation", "annotation-xml", "maction")
"""Elements within a formula that are not rendered (MathML 3, 5.1)."""


def signs(element: Any) -> str:
    """Return the symbols of a MathML element, in order."""
    return comparison_key("".join(_signs(element)))


def signs_of(mathml: str) -> str:
    """Return the symbols of a formula of the tree, or "" if it cannot be parsed."""
    root = _parse(mathml)
    return signs(root) if root is not None else ""


def structure(element: Any) -> str:
    """Return the rendered elements of a MathML element, nested, with their symbols."""
    parts = [_token(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _NOT_RENDERED:
            parts.append(structure(child))
        parts.append(_token(child.tail))
    variant = element.get("mathvariant")
    style = f"[{variant}]" if variant else ""
    return f"{element.tag.rpartition('}')[2]}{style}({''.join(parts)})"


_TOKEN = re.compile(r"m(?:[ino]|text|s)(?:\[[^]]*\])?\(([^()]*)\)")
_BRACKETS = str.maketrans("()", "⦅⦆")


def _token(text: str | None) -> str:
    return comparison_key(text or "").translate(_BRACKETS)


def fractions(described: str) -> list[str]:
    """Return numerator and denominator of each fraction of a formula, as their letters in alphabetical order.

    Args:
        described: Its elements, as of `structure`.
    """
    all_fractions: list[str] = []
    start = described.find("mfrac(")
    while start >= 0:
        parts: list[str] = [""]
        depth = 0
        for character in described[start + len("mfrac(") :]:
            depth += (character == "(") - (character == ")")
            if depth < 0:
                break
            parts[-1] += character
            if depth == 0 and character == ")":
                parts.append("")
        all_fractions.append("/".join("".join(sorted(letters("".join(_TOKEN.findall(part))))) for part in parts[:2]))
        start = described.find("mfrac(", start + 1)
    return sorted(all_fractions)


def structure_of(mathml: str) -> str:
    """Return the elements of a formula of the tree, or "" if it cannot be parsed."""
    root = _parse(mathml)
    return structure(root) if root is not None else ""


def _parse(mathml: str) -> Any:
    from lxml import etree

    try:
        return parse(mathml.encode())
    except etree.XMLSyntaxError:
        return None


def _signs(element: Any) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _NOT_RENDERED:
            parts += _signs(child)
        parts.append(child.tail or "")
    return parts
