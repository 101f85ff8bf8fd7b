"""Formulas in Unified English Braille (Guidelines for Technical Material): MathML as cells."""

from __future__ import annotations

from typing import Any

from exporter.braille import liblouis
from exporter.braille.codes import UEB
from exporter.braille.liblouis import SPACE, is_defined
from exporter.xml_parser import xml_parser

_PASSAGE, _END_PASSAGE = "⠰⠰⠰", "⠰⠄"
"""Signs around a passage in grade 1, where letters and signs are no contractions (UEB, 5.4)."""
_WORD, _SYMBOL = "⠰⠰", "⠰"
"""Signs before a word and a letter in grade 1 (UEB, 5.2 and 5.3)."""
_CAPITAL = "⠠"
_FRACTION, _OVER, _END_FRACTION = "⠷", "⠨⠌", "⠾"
_ROOT, _END_ROOT = "⠩", "⠬"
_RAISED, _LOWERED = "⠔", "⠢"
_DIRECTLY_ABOVE, _DIRECTLY_BELOW = "⠨⠔", "⠨⠢"
_GROUP, _END_GROUP = "⠣", "⠜"
_SPACED = frozenset("=≠<>≤≥≈≡→⇒⇔∈∉⊂⊆∝∼")
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b")
_TRANSPARENT = frozenset({"math", "mrow", "mstyle", "mpadded", "mtd"})
_MAX_DEPTH = 60


class _UnknownError(Exception):
    """A formula that these rules do not cover."""


def translate(mathml: str) -> str | None:
    """Return a formula as cells, or None if it contains what these rules do not cover."""
    from lxml import etree

    parser = xml_parser()
    try:
        cells = _cells(etree.fromstring(mathml.encode(), parser), 0).strip(SPACE)
    except (etree.XMLSyntaxError, ValueError, _UnknownError):
        return None
    if not cells:
        return None
    if SPACE in cells:
        return f"{_PASSAGE}{cells}{_END_PASSAGE}"
    if len(cells.lstrip(_CAPITAL)) == 1:
        return f"{_SYMBOL}{cells}"
    return f"{_WORD}{cells}"


def _cells(node: Any, depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise _UnknownError
    tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
    if tag in {"mi", "mn", "mo", "mtext", "ms"}:
        return _token("".join(node.itertext()).strip(), is_operator=tag == "mo")
    parts = [_cells(child, depth + 1) for child in node if tag != "semantics"]
    match tag, parts:
        case "semantics", _:
            return _cells(node[0], depth + 1)
        case (("mspace" | ""), _):
            return ""
        case "mfrac", [top, bottom]:
            return f"{_FRACTION}{top}{_OVER}{bottom}{_END_FRACTION}"
        case "msqrt", _:
            return f"{_ROOT}{''.join(parts)}{_END_ROOT}"
        case "mroot", [base, index]:
            return f"{_ROOT}{_RAISED}{_item(index, node[1])}{base}{_END_ROOT}"
        case "msup", [base, power]:
            return f"{base}{_RAISED}{_item(power, node[1])}"
        case "msub", [base, index]:
            return f"{base}{_LOWERED}{_item(index, node[1])}"
        case "msubsup", [base, index, power]:
            return f"{base}{_LOWERED}{_item(index, node[1])}{_RAISED}{_item(power, node[2])}"
        case "munder", [base, below]:
            return f"{base}{_DIRECTLY_BELOW}{_item(below, node[1])}"
        case "munderover", [base, below, above]:
            return f"{base}{_DIRECTLY_BELOW}{_item(below, node[1])}{_DIRECTLY_ABOVE}{_item(above, node[2])}"
        case _ if tag in _TRANSPARENT:
            return "".join(parts)
        case _:
            raise _UnknownError  # tables, accents and others


def _item(cells: str, node: Any) -> str:
    """Return an index or exponent, in braille grouping if it is more than one item."""
    while len(node) == 1:
        node = node[0]
    return f"{_GROUP}{cells}{_END_GROUP}" if len(node) else cells


def _token(text: str, *, is_operator: bool) -> str:
    text = "".join(character for character in text if character not in _INVISIBLE)
    table = UEB.uncontracted
    if not all(is_defined(table, character) for character in text):
        raise _UnknownError
    # The passage is in grade 1 already.
    cells = liblouis.translate(table, text).removeprefix("⠰") if text else ""
    return f"{SPACE}{cells}{SPACE}" if is_operator and text in _SPACED else cells
