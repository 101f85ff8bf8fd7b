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
    root = _parse(mathml)
    return signs(root) if root is not None else ""


def structure(element: Any) -> str:
    """Return the rendered elements of a MathML element, nested, with their symbols."""
    parts = [comparison_key(element.text or "")]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _NOT_RENDERED:
            parts.append(structure(child))
        parts.append(comparison_key(child.tail or ""))
    return f"{element.tag.rpartition('}')[2]}({''.join(parts)})"


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
