"""Access to MathML elements: names, characters, children, brackets (MathML 3, presentation elements)."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from exporter.writers.docx.xml import Element

GROUPS = frozenset({"mrow", "mstyle", "mpadded", "math", "merror", "mtd", "msqrt", "menclose", "mphantom"})
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


class UnknownFormulaError(Exception):
    """An element that cannot be converted."""


def local_name(node: Element) -> str:
    """Return the name of an element."""
    return etree.QName(node).localname


def all_text(node: Element) -> str:
    """Return all characters in an element."""
    return "".join(str(part) for part in node.itertext())


def characters(node: Element) -> str:
    """Return the visible characters of an element."""
    return all_text(node).strip().translate(_INVISIBLE)


def operator(node: Element) -> str:
    """Return the character of an operator, also inside groups with one child; empty for other elements."""
    while local_name(node) in GROUPS and len(node) == 1:
        node = node[0]
    return characters(node) if local_name(node) == "mo" else ""


def children_of(node: Element, count: int) -> list[Element]:
    """Return the children of an element.

    Raises:
        UnknownFormulaError: There are not `count` children.
    """
    children = list(node)
    if len(children) != count:
        raise UnknownFormulaError(local_name(node))
    return children


class Fenced(NamedTuple):
    """A row between brackets."""

    opening: str
    closing: str
    """Empty if there is none, as after the brace of cases."""
    inner: list[Element]


def fence(node: Element) -> Fenced | None:
    """Return a row between brackets or between a bracket and a table, or None if it is not one."""
    children = list(node)
    if len(children) < 2 or local_name(children[0]) != "mo":
        return None
    first, last = characters(children[0]), characters(children[-1]) if local_name(children[-1]) == "mo" else None
    if first and first not in _OPENING:
        return None
    table = local_name(children[1]) == "mtable"
    if last is None:
        return Fenced(first, "", children[1:]) if table and len(children) == 2 else None
    if last and last not in _CLOSING:
        return None
    stretches = any(_grows(bracket) for bracket in (children[0], children[-1]))
    return Fenced(first, last, children[1:-1]) if stretches or (table and len(children) == 3) else None


def _grows(bracket: Element) -> bool:
    return bracket.get("fence") == "true" or bracket.get("stretchy") == "true" or bracket.get("minsize") is not None


_OPENING = frozenset("([{|‖⟨⌈⌊")
_CLOSING = frozenset(")]}|‖⟩⌉⌋")
