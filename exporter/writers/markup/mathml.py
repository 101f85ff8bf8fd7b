"""Formulas: MathML made safe, or drawn as SVG."""

from __future__ import annotations

import re
import warnings
from xml.etree import ElementTree

from exporter.writers.markup.element import attributes, escape

MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
_EM = 100.0
"""Size at which formulas are drawn; the drawing is then scaled to the text."""
_FOREIGN = frozenset({"annotation", "annotation-xml", "maction", "script"})


def source_text(source: str, tex: str) -> str:
    """Return a formula as the characters it was written in."""
    return f"<code>{escape(tex or source)}</code>"


def mathml(source: str, name: str) -> str | None:
    """Return a `<math>` element with nothing but MathML in it and its name as `alttext`; None when it cannot be read.

    `alttext` is what reading software without MathML says (MathML Core 2.2.1; EPUB Accessibility 1.1, 3.4).
    """
    root = _parse(source)
    if root is None:
        return None
    root.set("xmlns", MATHML)
    if name:
        root.set("alttext", name)
    return _write(root, MATHML)


def drawing(source: str, name: str) -> str | None:
    """Return an `<svg>` of the formula on the base line of the text around it and in its size.

    Its attribute `data-mathml` holds the MathML, for formats that can carry both.

    Args:
        source: The MathML.
        name: What reading software says in its place (WCAG 1.1.1); its characters when there is none.

    None when it cannot be drawn.
    """
    root = _parse(source)
    if root is None:
        return None
    plain = _parse(_write(root, MATHML))
    svg = _drawn(plain, set("".join(root.itertext()))) if plain is not None else None
    picture = _parse(svg) if svg else None
    if picture is None:
        return None
    words = name or " ".join("".join(root.itertext()).split())
    _, top, width, height = (float(number) / _EM for number in picture.attrib["viewBox"].split())
    style = f"width:{width:.3f}em;height:{height:.3f}em;vertical-align:{-(top + height):.3f}em"
    root.set("xmlns", MATHML)
    named = {
        "xmlns": SVG,
        "role": "img",
        "aria-label": words,
        "class": "formula-drawing",
        "data-mathml": _write(root, MATHML),
    }
    picture.attrib = {"viewBox": picture.attrib["viewBox"], **named}
    return _write(picture, SVG).replace(" role=", f' style="{style}" role=', 1)


def _drawn(root: ElementTree.Element, characters: set[str]) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # ziamath 0.13 finds its font in a way that ages
        from ziafont.config import config  # heavy, and only publications with formulas need them
        from ziamath.zmath import Math
    config.svg2 = False  # each glyph as a path of its own: shared ones would need identifiers, unique in the document
    try:
        # No text: in one, ziamath 0.13 drops all from the first sign to the last hyphen.
        formula = Math(_with_minus(root), size=_EM)
        if any(not formula.font.glyphindex(character) for character in characters if not character.isspace()):
            return None
        return str(formula.svg())
    except (ValueError, LookupError, AttributeError, TypeError, ArithmeticError):
        # What it raises on MathML that it does not know follows no plan.
        return None


def _with_minus(root: ElementTree.Element) -> ElementTree.Element:
    """Return a formula whose hyphens are drawn as signs of minus (MathML Core, "Layout of operators")."""
    for node in root.iter():
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
