"""Symbols of formulas, for comparison."""

from __future__ import annotations

from typing import Any

from exporter.inspect.xml import parse
from exporter.parity.content import comparison_key

_NOT_RENDERED = ("annotation", "annotation-xml", "maction")
"""Elements within a formula that are not rendered (MathML 3, 5.1)."""


def signs(element: Any) -> str:
    """Return the symbols of a MathML element, in order."""
    return comparison_key("".join(_signs(element)))


def signs_of(mathml: str) -> str:
    """Return the symbols of a formula of the tree, or "" if it cannot be parsed."""
    from lxml import etree

    try:
        return signs(parse(mathml.encode()))
    except etree.XMLSyntaxError:
        return ""


def _signs(element: Any) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _NOT_RENDERED:
            parts += _signs(child)
        parts.append(child.tail or "")
    return parts
