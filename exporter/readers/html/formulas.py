"""Formulas as pages write them: MathML, and what KaTeX, MathJax, Pandoc, MediaWiki and WordPress leave of TeX."""

from __future__ import annotations

import re
from html import escape

from exporter.findings import quoted
from exporter.readers.html.dom import Element, Node
from exporter.readers.rules import MATH_UNREADABLE, FindingCollector
from exporter.readers.tex import MAX_FORMULA, FormulaError, mathml

FORMULA = "formula"
"""An element of our own that stands where a formula was found; see `gather`."""
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
_LATEX_PICTURE = frozenset({"latex", "wp-katex-eq", "tex", "mwe-math-fallback-image-inline", "mathtex-equation"})
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_MAX_DEPTH = 100


def gather(root: Element, report: FindingCollector) -> None:
    """Put an element `formula` with `mathml`, `tex` and `display` in place of each formula of a page."""
    for element in list(root.walk()):
        classes = set(element.classes) if "class" in element.attributes else set()
        wrapper = element.tag == "mjx-container" or bool(classes & _WRAPPERS)
        script = element.tag == "script" and element.get("type").startswith("math/")
        picture = element.tag == "img" and bool(classes & _LATEX_PICTURE) and bool(element.get("alt"))
        ignored = bool(classes & _IGNORED)
        if not (element.tag == "math" or wrapper or script or picture or ignored) or not _is_attached(element, root):
            continue
        if element.tag == "math":
            _put(element, element, report)
        elif ignored:
            element.swap()
        elif script:
            _script(element, report)
        elif wrapper:
            _wrapper(element, report)
        else:
            _from_tex(element, element.get("alt"), report, display="display" in element.get("class"))


def _is_attached(element: Element, root: Element) -> bool:
    return any(above is root for above in element.ancestors())


def _wrapper(element: Element, report: FindingCollector) -> None:
    math = element.find("math")
    display = "display" in element.get("class") or element.get("display") in ("true", "block")
    if math is not None and len(element.text()) < 20 * MAX_FORMULA:
        outer = next((a for a in element.ancestors() if {"katex-display", "mathjax_display"} & set(a.classes)), None)
        _put(element, math, report, display=display or outer is not None)
        return
    words = "".join(element.strings())
    if found := _DELIMITED.fullmatch(words):
        tex = found["inline"] or found["display"] or found["dollars"] or ""
        _from_tex(element, tex, report, display=found["inline"] is None)
    elif {"math"} < set(element.classes) & {"math", "inline", "display"} and not any(element.elements()):
        # Pandoc's own, without delimiters.
        _from_tex(element, words, report, display=display)


def _script(element: Element, report: FindingCollector) -> None:
    written = "".join(element.strings())
    if "tex" in element.get("type"):
        # The script stands behind what it drew, which says the same once more.
        shown = _before(element)
        if shown is not None and set(shown.classes) & (_WRAPPERS | _IGNORED):
            shown.swap()
        _from_tex(element, written, report, display="mode=display" in element.get("type"))


def _before(element: Element) -> Element | None:
    found = None
    for child in element.parent.elements() if element.parent else ():
        if child is element:
            return found
        found = child
    return None


def _from_tex(element: Element, written: str, report: FindingCollector, *, display: bool) -> None:
    tex = written.strip()
    if styled := _STYLED.fullmatch(tex):
        tex = styled[1].strip()
    tex = tex.strip("$").strip()
    try:
        made = mathml(tex, display=display)
    except FormulaError as error:
        report.add(MATH_UNREADABLE, element.line, f"The formula {quoted(tex)} cannot be read: {error}.")
        element.swap(Element("code", {}, element.line, [tex]))
        return
    values = {"mathml": made, "tex": tex, "display": "block" if display else ""}
    element.swap(Element(FORMULA, values | _kept(element), element.line))


def _kept(element: Element) -> dict[str, str]:
    return {name: element.attributes[name] for name in ("id", "lang", "dir") if name in element.attributes}


def _put(place: Element, math: Element, report: FindingCollector, *, display: bool = False) -> None:
    """Put a `math` element in place of what stands around it."""
    tex = next((_plain(note) for note in math.walk() if note.tag == "annotation" and _is_tex(note)), "")
    if not any(_content(child) for child in math.children):
        if tex or math.get("alttext"):
            _from_tex(place, tex or math.get("alttext"), report, display=display)
        else:
            place.swap()
        return
    display = display or math.get("display") == "block" or math.get("mode") == "display"
    try:
        made = _written(math, display=display)
    except _TooDeepError:
        report.add(MATH_UNREADABLE, math.line, "This formula is nested too deeply; it was taken as words.")
        place.swap(" ".join(math.text().split())[:MAX_FORMULA])
        return
    values = {"mathml": made, "tex": tex, "display": "block" if display else ""}
    place.swap(Element(FORMULA, values | _kept(math), place.line))


def _is_tex(note: Element) -> bool:
    return note.get("encoding").lower() in _TEX


def _plain(note: Element) -> str:
    tex = "".join(note.strings()).strip()
    if styled := _STYLED.fullmatch(tex):
        tex = styled[1].strip()
    return tex if len(tex) <= MAX_FORMULA else ""


def _content(node: Node) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    if node.tag in _ANNOTATIONS:
        return False
    return node.tag in ("mspace", "mglyph", "none") or any(_content(child) for child in node.children)


class _TooDeepError(Exception):
    pass


def _written(math: Element, *, display: bool) -> str:
    attributes = {
        name: value
        for name, value in math.attributes.items()
        if name in ("alttext", "dir", "mathvariant", "title", "intent")
    }
    attributes = {"xmlns": MATHML, "display": "block" if display else "inline", **attributes}
    return _xml("math", attributes, math.children, 0)


def _xml(name: str, attributes: dict[str, str], children: list[Node], depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise _TooDeepError
    values = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    parts: list[str] = []
    for child in children:
        if isinstance(child, str):
            parts.append(escape(" ".join(child.split()), quote=False))
        elif child.tag == "semantics":
            # What counts is the formula itself; its annotations say it in other languages.
            own = [node for node in child.children if not isinstance(node, Element) or node.tag not in _ANNOTATIONS]
            own = [node for node in own if not isinstance(node, str) or node.strip()]
            parts.append(_xml("mrow", {}, own, depth + 1))
        elif child.tag not in _ANNOTATIONS and _NAME.fullmatch(child.tag) and _is_mathml(child):
            kept = {key: value for key, value in child.attributes.items() if _is_safe(key)}
            parts.append(_xml(child.tag, kept, child.children, depth + 1))
        elif child.tag not in ("script", "style"):
            words = child.text()
            text = escape(words, quote=False)
            parts.append(f"<mtext>{text}</mtext>" if words and name not in _LEAVES else text)
    return f"<{name}{values}>{''.join(parts)}</{name}>"


_LEAVES = frozenset({"mi", "mn", "mo", "ms", "mtext"})


def _is_mathml(element: Element) -> bool:
    return element.tag.startswith("m") or element.tag in ("none", "semantics")


def _is_safe(name: str) -> bool:
    """Return whether an attribute may stay: nothing that runs or leads elsewhere."""
    return _NAME.fullmatch(name) is not None and not name.lower().startswith(("on", "xmlns", "href", "style", "class"))
