"""Styles that are used instead of elements: bold, italics, superscript, subscript, strikethrough.

Exports of word processors have no `strong` or `em`, but classes such as `c3` in the style sheet of the page.
"""

from __future__ import annotations

import re

from exporter.readers.html.markup.dom import Element

_SELECTOR = re.compile(r"\s*(?:span|p|a|font|td|li)?\.([A-Za-z_][\w-]*)\s*")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_PROPERTIES = frozenset(
    {"font-weight", "font-style", "vertical-align", "text-decoration", "text-decoration-line", "display"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_STYLES = 500_000
"""Characters of all style sheets that are read."""
_BOLD = re.compile(r"bold(?:er)?|[6-9]00")

Styles = dict[str, dict[str, str]]
"""Properties by class."""


def read_stylesheets(root: Element) -> Styles:
    """Return the properties of single classes in the style sheets of a page."""
    styles: Styles = {}
    remaining = _MAX_STYLES
    for element in root.walk():
        if element.tag != "style" or remaining <= 0:
            continue
        text = "".join(element.strings())[:remaining]
        remaining -= len(text)
        conditional = False
        for rule in text.split("}"):
            selectors, brace, body = rule.rpartition("{")
            # Conditional rules (@media), such as those for paper or small screens, are ignored.
            conditional = bool(brace) and (conditional or "{" in selectors)
            selectors = selectors.rpartition("*/")[2].rpartition(";")[2]
            values = _values(body) if brace and not conditional and "." in selectors else {}
            values.pop("display", None)  # scripts and small screens change it
            for selector in selectors.split(",") if values else ():
                if name := _SELECTOR.fullmatch(selector):
                    styles.setdefault(name[1].lower(), {}).update(values)
    return styles


def _values(body: str) -> dict[str, str]:
    pairs = _DECLARATION.findall(body[:4000])
    return {
        name.lower(): value.replace("!important", "").strip().lower()
        for name, value in pairs
        if name.lower() in _PROPERTIES
    }


def properties_of(element: Element, styles: Styles) -> dict[str, str]:
    """Return the properties of an element, by its classes and its `style`."""
    properties: dict[str, str] = {}
    if styles:
        for name in element.classes:
            properties.update(styles.get(name, {}))
    written = element.attributes.get("style")
    if written:
        properties.update(_values(written))
    return properties


def is_hidden(element: Element) -> bool:
    """Return whether the `style` of an element hides it."""
    return _HIDDEN.search(element.attributes.get("style", "")) is not None


def elements_for(element: Element, styles: Styles) -> list[str]:
    """Return the tags of the elements that correspond to the style of an element: strong, em, sup, sub, s."""
    properties = properties_of(element, styles)
    if not properties:
        return []
    tags = []
    if _BOLD.fullmatch(properties.get("font-weight", "")):
        tags.append("strong")
    if properties.get("font-style") in ("italic", "oblique"):
        tags.append("em")
    if properties.get("vertical-align") in ("super", "sub"):
        tags.append("sup" if properties["vertical-align"] == "super" else "sub")
    if "line-through" in properties.get("text-decoration", "") + properties.get("text-decoration-line", ""):
        tags.append("s")
    return tags


def undoes_emphasis(element: Element) -> bool:
    """Return whether style undoes a `b` or `i`, such as `<b style="font-weight: normal">` of some editors."""
    properties = _values(element.attributes.get("style", ""))
    weight, slope = properties.get("font-weight", ""), properties.get("font-style", "")
    return (element.tag == "b" and weight in ("normal", "400")) or (element.tag == "i" and slope == "normal")
