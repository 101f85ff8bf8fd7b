"""Formulas of pages: MathML, and the TeX of KaTeX, MathJax, Pandoc, MediaWiki and WordPress."""

from __future__ import annotations

import re
from html import escape

from exporter.findings import quoted
from exporter.readers.html.markup.dom import Element, Node
from exporter.readers.rules import MATH_UNREADABLE, FindingCollector
from exporter.readers.tex import MAX_FORMULA, FormulaError, tex_to_mathml

FORMULA = "formula"
"""Element that replaces a formula; see `replace_formulas`."""
MATHML = "http://www.w3.org/1998/Math/MathML"
_TEX = frozenset({"application/x-tex", "tex", "latex", "text/x-tex", "application/x-latex"})
_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})
_WRAPPERS = frozenset({"katex", "katex-display", "katex-mathml", "mathjax", "mathjax_display", "mathjax_chtml"}) | {
    "mathjax_svg",
    "mjx-chtml",
    "mwe-math-element",
    "math",
}
_IGNORED = frozenset({"mathjax_preview", "mjx_assistive_mathml", "mathjax_error"})
_DELIMITED = re.compile(r"\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\]|\$\$(?P<dollars>.*)\$\$)\s*", re.DOTALL)
_STYLED = re.compile(r"\{\\displaystyle\s*(.*)\}", re.DOTALL)
_TEX_IMAGE = frozenset({"latex", "wp-katex-eq", "tex", "mwe-math-fallback-image-inline", "mathtex-equation"})
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_MAX_DEPTH = 100


def replace_formulas(root: Element, report: FindingCollector) -> None:
    """Replace each formula of a page by an element `formula` with `mathml`, `tex` and `display`."""
    for element in list(root.walk()):
        classes = set(element.classes) if "class" in element.attributes else set()
        is_wrapper = element.tag == "mjx-container" or bool(classes & _WRAPPERS)
        is_script = element.tag == "script" and element.get("type").startswith("math/")
        is_image = element.tag == "img" and bool(classes & _TEX_IMAGE) and bool(element.get("alt"))
        is_ignored = bool(classes & _IGNORED)
        if not (element.tag == "math" or is_wrapper or is_script or is_image or is_ignored) or not _is_attached(
            element, root
        ):
            continue
        if element.tag == "math":
            _replace_by_mathml(element, element, report)
        elif is_ignored:
            element.replace_with()
        elif is_script:
            _replace_script(element, report)
        elif is_wrapper:
            _replace_wrapper(element, report)
        else:
            _replace_by_tex(element, element.get("alt"), report, display="display" in element.get("class"))


def _is_attached(element: Element, root: Element) -> bool:
    return any(above is root for above in element.ancestors())


def _replace_wrapper(element: Element, report: FindingCollector) -> None:
    math = element.find("math")
    display = "display" in element.get("class") or element.get("display") in ("true", "block")
    if math is not None and len(element.text()) < 20 * MAX_FORMULA:
        outer = next((a for a in element.ancestors() if {"katex-display", "mathjax_display"} & set(a.classes)), None)
        _replace_by_mathml(element, math, report, display=display or outer is not None)
        return
    text = "".join(element.strings())
    if match := _DELIMITED.fullmatch(text):
        tex = match["inline"] or match["display"] or match["dollars"] or ""
        _replace_by_tex(element, tex, report, display=match["inline"] is None)
    elif {"math"} < set(element.classes) & {"math", "inline", "display"} and not any(element.elements()):
        # Pandoc writes TeX without delimiters.
        _replace_by_tex(element, text, report, display=display)


def _replace_script(element: Element, report: FindingCollector) -> None:
    written = "".join(element.strings())
    if "tex" in element.get("type"):
        # The script follows the formula that MathJax rendered from it.
        rendered = _previous_sibling(element)
        if rendered is not None and set(rendered.classes) & (_WRAPPERS | _IGNORED):
            rendered.replace_with()
        _replace_by_tex(element, written, report, display="mode=display" in element.get("type"))


def _previous_sibling(element: Element) -> Element | None:
    previous = None
    for child in element.parent.elements() if element.parent else ():
        if child is element:
            return previous
        previous = child
    return None


def _replace_by_tex(element: Element, written: str, report: FindingCollector, *, display: bool) -> None:
    tex = written.strip()
    if styled := _STYLED.fullmatch(tex):
        tex = styled[1].strip()
    tex = tex.strip("$").strip()
    try:
        markup = tex_to_mathml(tex, display=display)
    except FormulaError as error:
        report.add(MATH_UNREADABLE, element.line, f"The formula {quoted(tex)} is invalid: {error}.")
        element.replace_with(Element("code", {}, element.line, [tex]))
        return
    values = {"mathml": markup, "tex": tex, "display": "block" if display else ""}
    element.replace_with(Element(FORMULA, values | _common_attributes(element), element.line))


def _common_attributes(element: Element) -> dict[str, str]:
    return {name: element.attributes[name] for name in ("id", "lang", "dir") if name in element.attributes}


def _replace_by_mathml(outer: Element, math: Element, report: FindingCollector, *, display: bool = False) -> None:
    """Replace the outer element of a `math` element by its formula."""
    tex = next((_tex_of(note) for note in math.walk() if note.tag == "annotation" and _is_tex(note)), "")
    if not any(_has_content(child) for child in math.children):
        if tex or math.get("alttext"):
            _replace_by_tex(outer, tex or math.get("alttext"), report, display=display)
        else:
            if any(node.tag == "mglyph" for node in math.walk()):
                report.add(
                    MATH_UNREADABLE, math.line, "This formula consists of images without alt text; it was left out."
                )
            outer.replace_with()
        return
    display = display or math.get("display") == "block" or math.get("mode") == "display"
    try:
        markup = _serialise_math(math, display=display)
    except _TooDeepError:
        report.add(MATH_UNREADABLE, math.line, "This formula is nested too deeply; it was read as text.")
        outer.replace_with(" ".join(math.text().split())[:MAX_FORMULA])
        return
    values = {"mathml": markup, "tex": tex, "display": "block" if display else ""}
    outer.replace_with(Element(FORMULA, values | _common_attributes(math), outer.line))


def _is_tex(note: Element) -> bool:
    return note.get("encoding").lower() in _TEX


def _tex_of(note: Element) -> str:
    tex = "".join(note.strings()).strip()
    if styled := _STYLED.fullmatch(tex):
        tex = styled[1].strip()
    return tex if len(tex) <= MAX_FORMULA else ""


def _has_content(node: Node) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    if node.tag in _ANNOTATIONS:
        return False
    return bool(_alt_of_glyph(node)) or any(_has_content(child) for child in node.children)


def _alt_of_glyph(node: Element) -> str:
    """Return the text of an image in place of a character (MathML 3, 3.2.1.2)."""
    return node.get("alt").strip() if node.tag == "mglyph" else ""


class _TooDeepError(Exception):
    """A formula that is nested too deeply."""


def _serialise_math(math: Element, *, display: bool) -> str:
    attributes = {
        name: value
        for name, value in math.attributes.items()
        if name in ("alttext", "dir", "mathvariant", "title", "intent")
    }
    attributes = {"xmlns": MATHML, "display": "block" if display else "inline", **attributes}
    return _serialise("math", attributes, math.children, 0)


def _serialise(name: str, attributes: dict[str, str], children: list[Node], depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise _TooDeepError
    values = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    parts: list[str] = []
    for child in children:
        if isinstance(child, str) or child.tag == "mglyph":
            words = " ".join((child if isinstance(child, str) else _alt_of_glyph(child)).split())
            text = escape(words, quote=False)
            parts.append(f"<mtext>{text}</mtext>" if text and name not in _TOKENS else text)
        elif child.tag == "semantics":
            # The annotations repeat the formula in other notations.
            presentation = [
                node for node in child.children if not isinstance(node, Element) or node.tag not in _ANNOTATIONS
            ]
            presentation = [node for node in presentation if not isinstance(node, str) or node.strip()]
            parts.append(_serialise("mrow", {}, presentation, depth + 1))
        elif child.tag not in _ANNOTATIONS and _NAME.fullmatch(child.tag) and _is_mathml(child):
            safe = {key: value for key, value in child.attributes.items() if _is_safe(key)}
            parts.append(_serialise(_written_name(child), safe, child.children, depth + 1))
        elif child.tag not in ("script", "style"):
            content = child.text()
            text = escape(content, quote=False)
            parts.append(f"<mtext>{text}</mtext>" if content and name not in _TOKENS else text)
    return f"<{name}{values}>{''.join(parts)}</{name}>"


_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})


def _written_name(element: Element) -> str:
    """Return the name that an element is written with; formulas inside the text of a formula are parts of it."""
    has_formula = element.tag in _TOKENS and any(
        _is_mathml(child) for child in element.elements() if child.tag != "mglyph"
    )
    return "mrow" if has_formula or element.tag == "math" else element.tag


def _is_mathml(element: Element) -> bool:
    return element.tag.startswith("m") or element.tag in ("none", "semantics")


def _is_safe(name: str) -> bool:
    """Return whether an attribute neither runs code nor links elsewhere."""
    return _NAME.fullmatch(name) is not None and not name.lower().startswith(("on", "xmlns", "href", "style", "class"))
