"""Symbols of formulas, for comparison."""

from __future__ import annotations

from typing import Any

from exporter.inspect.xml import parse
from exporter.parity import formula_parts
from exporter.parity.content import comparison_key
from exporter.parity.formula_parts import NOT_RENDERED


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
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in NOT_RENDERED:
            parts.append(structure(child))
        parts.append(_token(child.tail))
    looks = [value for key in _LOOKS if (value := element.get(key))]
    style = f"[{' '.join(looks)}]" if looks else ""
    return f"{element.tag.rpartition('}')[2]}{style}({''.join(parts)})"


_LOOKS = ("mathvariant", "mathsize", "mathcolor", "mathbackground", "linethickness")
"""Attributes that every edition keeps: links and styles within formulas are not written."""
_BRACKETS = str.maketrans("()", "⦅⦆")


def _token(text: str | None) -> str:
    return comparison_key(text or "").translate(_BRACKETS)


def structure_of(mathml: str) -> str:
    """Return the elements of a formula of the tree, or "" if it cannot be parsed."""
    root = _parse(mathml)
    return structure(root) if root is not None else ""


def parts_of(mathml: str) -> str:
    """Return the parts of a formula of the tree, or "" if it cannot be parsed."""
    root = _parse(mathml)
    return formula_parts.of_mathml(root) if root is not None else ""


def _parse(mathml: str) -> Any:
    from lxml import etree

    try:
        return parse(mathml.encode())
    except etree.XMLSyntaxError:
        return None


def _signs(element: Any) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in NOT_RENDERED:
            parts += _signs(child)
        parts.append(child.tail or "")
    return parts
