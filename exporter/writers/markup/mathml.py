"""Formulas as safe MathML or as SVG."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from xml.etree import ElementTree

from exporter.model import Inline, Math
from exporter.model.walk import plain_text
from exporter.writers.markup.element import attributes, escape

MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
_EM = 100.0
"""Font size of drawings, which are then scaled to the text."""
_ALTTEXT = re.compile(r'(<math [^>]*?alttext="([^"]*)")')
_FOREIGN = frozenset({"annotation", "annotation-xml", "maction", "script"})


def mathml(source: str, name: str) -> str | None:
    """Return a `<math>` element of nothing but MathML, with its name as `alttext`, or None if it cannot be read.

    Reading software without MathML reads out `alttext` (MathML Core 2.2.1; EPUB Accessibility 1.1, 3.4).
    """
    root = _parse(source)
    if root is None:
        return None
    root.set("xmlns", MATHML)
    if name:
        root.set("alttext", name)
    return _write(root, MATHML)


def name_alone(nodes: Iterable[Inline], markup: str) -> str:
    """Return the markup of a title; formulas that are all of it have names that count as its text (axe link-name)."""
    if all(isinstance(node, Math) or not plain_text(node) for node in nodes):
        return _ALTTEXT.sub(r'\1 aria-label="\2"', markup)
    return markup


def drawing(source: str, name: str) -> str | None:
    """Return an `<svg>` of the formula on the baseline and in the size of the text, or None if it cannot be drawn.

    Its attribute `data-mathml` contains the MathML, for formats that can have both.

    Args:
        source: The MathML.
        name: The text alternative (WCAG 1.1.1); if empty, the characters of the formula.
    """
    root = _parse(source)
    if root is None:
        return None
    plain = _parse(_write(root, MATHML))
    svg = _draw(plain, set("".join(root.itertext()))) if plain is not None else None
    drawn = _parse(svg) if svg else None
    if drawn is None:
        return None
    text = name or " ".join("".join(root.itertext()).split())
    _, top, width, height = (float(number) / _EM for number in drawn.attrib["viewBox"].split())
    style = f"width:{width:.3f}em;height:{height:.3f}em;vertical-align:{-(top + height):.3f}em"
    root.set("xmlns", MATHML)
    values = {
        "xmlns": SVG,
        "role": "img",
        "aria-label": text,
        "class": "formula-drawing",
        "data-mathml": _write(root, MATHML),
    }
    drawn.attrib = {"viewBox": drawn.attrib["viewBox"], **values}
    return _write(drawn, SVG).replace(" role=", f' style="{style}" role=', 1)


def _draw(root: ElementTree.Element, characters: set[str]) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # from how ziamath 0.13 finds its font
        from ziafont.config import config  # slow to import, and only needed for formulas
        from ziamath.zmath import Math
    config.svg2 = False  # a path for each glyph: shared ones would need identifiers unique in the document
    try:
        # A tree, not text, of which ziamath 0.13 drops everything from the first character to the last hyphen.
        formula = Math(_drawable(root), size=_EM)
        if any(not formula.font.glyphindex(character) for character in characters if not character.isspace()):
            return None
        return str(formula.svg())
    except (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, AssertionError):
        # For unknown MathML it raises any of these, for elements without their parts the last.
        return None


def _drawable(root: ElementTree.Element) -> ElementTree.Element:
    """Return a formula with minus signs instead of hyphens (MathML Core, "Layout of operators").

    Empty texts get a space: ziamath 0.13 cannot draw them.
    """
    for node in root.iter():
        if node.tag in {"mi", "mn", "mo", "ms", "mtext"} and not node.text:
            node.text = " "
        if node.tag in {"mo", "mn"} and node.text:
            node.text = node.text.replace("-", "\u2212")
    return root


def _parse(source: str) -> ElementTree.Element | None:
    if "<!" in source:  # no document types, hence no entities
        return None
    try:
        return ElementTree.fromstring(source)  # noqa: S314 - without a document type there is nothing to expand
    except ElementTree.ParseError:
        return None


def _write(node: ElementTree.Element, namespace: str) -> str:
    name = node.tag.rpartition("}")[2]
    values = {
        key: value
        for key, value in node.attrib.items()
        if "{" not in key and not key.startswith("on") and key not in {"href", "src", "style"}
    }
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) is None:
        return ""
    inside = escape(node.text or "")
    for child in node:
        foreign = child.tag.startswith("{") and not child.tag.startswith(f"{{{namespace}}}")
        if not foreign and child.tag.rpartition("}")[2] not in _FOREIGN:
            inside += _write(child, namespace)
        inside += escape(child.tail or "")
    return f"<{name}{attributes(values)}>{inside}</{name}>"
