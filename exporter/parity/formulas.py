"""Formulas, sign by sign."""

from __future__ import annotations

from typing import Any

from exporter.inspect.xml import parse
from exporter.parity.content import comparison_key

_BESIDE = ("annotation", "annotation-xml", "maction")
"""What stands in a formula and is no part of it (MathML 3, 5.1)."""


def signs(element: Any) -> str:
    """Return the signs of a formula in MathML, in order."""
    return comparison_key("".join(_signs(element)))


def signs_of(mathml: str) -> str:
    """Return the signs of a formula as the tree holds it; nothing for one that cannot be read."""
    from lxml import etree

    try:
        return signs(parse(mathml.encode()))
    except etree.XMLSyntaxError:
        return ""


def _signs(element: Any) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _BESIDE:
            parts += _signs(child)
        parts.append(child.tail or "")
    return parts
