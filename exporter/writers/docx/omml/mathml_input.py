"""MathML as it is read: kinds of elements, their characters, their parts (MathML 3, presentation elements)."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from exporter.writers.docx.xml import Element

GROUPS = frozenset({"mrow", "mstyle", "mpadded", "math", "merror", "mtd", "msqrt", "menclose", "mphantom"})
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


class UnknownFormulaError(Exception):
    """The formula holds an element that has no rule here."""


def kind(node: Element) -> str:
    """Return the name of an element."""
    return etree.QName(node).localname


def text(node: Element) -> str:
    """Return all characters under an element."""
    return "".join(str(part) for part in node.itertext())


def characters(node: Element) -> str:
    """Return the characters that are shown."""
    return text(node).strip().translate(_INVISIBLE)


def operator(node: Element) -> str:
    """Return the sign of an operator, looked for inside groups of one; empty for anything else."""
    while kind(node) in GROUPS and len(node) == 1:
        node = node[0]
    return characters(node) if kind(node) == "mo" else ""


def parts(node: Element, count: int) -> list[Element]:
    """Return the children of an element that has to have so many.

    Raises:
        UnknownFormulaError: It has not.
    """
    found = list(node)
    if len(found) != count:
        raise UnknownFormulaError(kind(node))
    return found


class Fenced(NamedTuple):
    """A row that stands between brackets."""

    opening: str
    closing: str
    """Empty where there is none, as after the brace of cases."""
    inner: list[Element]


def fence(node: Element) -> Fenced | None:
    """Return what brackets hold when a row begins with one and ends with one, or with a table."""
    children = list(node)
    if len(children) < 2 or kind(children[0]) != "mo":
        return None
    first, last = characters(children[0]), characters(children[-1]) if kind(children[-1]) == "mo" else None
    if first and first not in _OPENING:
        return None
    table = kind(children[1]) == "mtable"
    if last is None:
        return Fenced(first, "", children[1:]) if table and len(children) == 2 else None
    if last and last not in _CLOSING:
        return None
    marked = any(_grows(each) for each in (children[0], children[-1]))
    return Fenced(first, last, children[1:-1]) if marked or (table and len(children) == 3) else None


def _grows(sign: Element) -> bool:
    return sign.get("fence") == "true" or sign.get("stretchy") == "true" or sign.get("minsize") is not None


_OPENING = frozenset("([{|‖⟨⌈⌊")
_CLOSING = frozenset(")]}|‖⟩⌉⌋")
