"""Formulas in words: a few rules over MathML, for recordings and for the text alternatives of editions."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exporter.lexicon import Lexicon, Lexicons
from exporter.model import Math, MathBlock, Publication
from exporter.xml_parser import xml_parser

_MAX_DEPTH = 60


def names(publication: Publication, styles: Path) -> Callable[[Math | MathBlock], str]:
    """Return a function that names a formula in words: screen readers spell out TeX, backslashes included (WCAG 1.1.1).

    Args:
        publication: The tree; its language is that of formulas without one.
        styles: The folder of styles, with the lexicons.
    """
    lexicons = Lexicons(styles)

    def name(formula: Math | MathBlock) -> str:
        language = formula.at.language or publication.metadata.language
        # The pause at the end of a part matters only where more follows.
        return formula_in_words(formula.mathml, formula.tex, lexicons(language)).rstrip(" ,")

    return name


def formula_in_words(mathml: str, tex: str, lexicon: Lexicon) -> str:
    """Return a formula in words, or its `alttext`, TeX or characters if the MathML has no words or cannot be parsed."""
    from lxml import etree

    try:
        parser = xml_parser()
        root = etree.fromstring(mathml.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return tex
    alt = str(root.get("alttext") or "")
    try:
        words = _tidy(_say(root, lexicon.maths, 0))
    except _TooDeepError:
        words = ""
    return words or alt or tex or " ".join(str(root.xpath("string()")).split())


def _tidy(words: str) -> str:
    """Return words without spaces before commas and without repeated commas."""
    return re.sub(r"(?:\s*,)+", ",", " ".join(words.split()))


class _TooDeepError(Exception):
    pass


def _say(node: Any, words: Any, depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise _TooDeepError
    tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
    text = (node.text or "").strip()
    parts = [] if tag in ("mi", "mn", "mo", "mtext", "ms") else [_say(child, words, depth + 1) for child in node]
    match tag, parts:
        case (("mo" | "mi" | "ms"), _):
            return str(words.get(text, "" if text in _SILENT else text))
        case (("mn" | "mtext"), _):
            return text
        case (("annotation" | "annotation-xml" | ""), _):
            return ""
        case "semantics", [first, *_]:
            return first
        case "msup", [base, power]:
            return f"{base} {_power(power, words)}"
        case "msub", [base, index]:
            return f"{base} {words.get('sub', '')} {index}"
        case "msubsup", [base, index, power]:
            return f"{base} {_bounds(index, power, words) if _is_big(node) else _sub_power(index, power, words)}"
        case "munderover", [base, low, high]:
            return f"{base} {_bounds(low, high, words)}"
        case "munder", [base, low]:
            return f"{base} {words.get('under', '')} {low}"
        case "mover", [base, mark]:
            return f"{base} {mark}"
        case "mfrac", [top, bottom]:
            return _fraction(top, bottom, words)
        case "msqrt", _:
            return f"{words.get('root', '')} {' '.join(parts)} {words.get('end_root', '')}"
        case "mroot", [base, index]:
            return f"{words.get('nth_root', '')} {index} {words.get('of', '')} {base} {words.get('end_root', '')}"
        case "mtr", _:
            return " , ".join(parts)
        case "mtable", _:
            return " ; ".join(parts)
        case _:
            return " ".join(parts)


_SILENT = frozenset({"\u2061", "\u2062", "\u2063", "\u2064", "", "|"})


def _power(power: str, words: Any) -> str:
    named = {"2": "squared", "3": "cubed"}.get(power)
    return str(words.get(named, power)) if named else raised(power, words)


def raised(exponent: str, words: Any) -> str:
    """Return an exponent with the words for it, which say where it stands if they have `{}`: 的{}次方."""
    power = str(words.get("power", ""))
    return power.format(exponent) if "{}" in power else f"{power} {exponent}"


def _sub_power(index: str, power: str, words: Any) -> str:
    return f"{words.get('sub', '')} {index} {_power(power, words)}"


def _bounds(low: str, high: str, words: Any) -> str:
    return f"{words.get('from', '')} {low} {words.get('to', '')} {high} {words.get('of', '')}"


def _is_big(node: Any) -> bool:
    return (node[0].text or "").strip() in "∑∏∫⋃⋂" if len(node) and (node[0].text or "").strip() else False


def _fraction(top: str, bottom: str, words: Any) -> str:
    """Return a fraction in words; one with more than a number or letter on a side also states its start and end."""
    plain = f"{top} {words.get('over', '')} {bottom}"
    if " " not in top.strip() + bottom.strip():
        return plain
    return f"{words.get('fraction', '')} {plain} {words.get('end_fraction', '')}"
