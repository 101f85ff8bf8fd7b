"""What the style sheet inside a page and `style` say that changes what words mean: bold, italics, raised, struck.

Exports of word processors know no `strong` and no `em`; they say it by classes such as `c3`.
"""

from __future__ import annotations

import re

from exporter.readers.html.dom import Element

_SELECTOR = re.compile(r"\s*(?:span|p|a|font|td|li)?\.([A-Za-z_][\w-]*)\s*")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_NAMES = frozenset(
    {"font-weight", "font-style", "vertical-align", "text-decoration", "text-decoration-line", "display"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX = 500_000
"""Characters of all style sheets that are looked at."""
_BOLD = re.compile(r"bold(?:er)?|[6-9]00")

Styles = dict[str, dict[str, str]]
"""What is said of a class, by its name."""


def sheet(root: Element) -> Styles:
    """Return what the style sheets of a page say of single classes."""
    styles: Styles = {}
    room = _MAX
    for element in root.walk():
        if element.tag != "style" or room <= 0:
            continue
        text = "".join(element.strings())[:room]
        room -= len(text)
        conditional = False
        for rule in text.split("}"):
            selectors, brace, body = rule.rpartition("{")
            # What holds for paper or for small screens alone (@media) says nothing of the words.
            conditional = bool(brace) and (conditional or "{" in selectors)
            selectors = selectors.rpartition("*/")[2].rpartition(";")[2]
            values = _values(body) if brace and not conditional and "." in selectors else {}
            values.pop("display", None)  # scripts and small screens turn it on and off
            for selector in selectors.split(",") if values else ():
                if name := _SELECTOR.fullmatch(selector):
                    styles.setdefault(name[1].lower(), {}).update(values)
    return styles


def _values(body: str) -> dict[str, str]:
    pairs = _DECLARATION.findall(body[:4000])
    return {
        name.lower(): value.replace("!important", "").strip().lower() for name, value in pairs if name.lower() in _NAMES
    }


def of(element: Element, styles: Styles) -> dict[str, str]:
    """Return what is said of one element, by its classes and its own `style`."""
    said: dict[str, str] = {}
    if styles:
        for name in element.classes:
            said.update(styles.get(name, {}))
    written = element.attributes.get("style")
    if written:
        said.update(_values(written))
    return said


def is_hidden(element: Element) -> bool:
    """Return whether its own style keeps it from being seen."""
    return _HIDDEN.search(element.attributes.get("style", "")) is not None


def marks(element: Element, styles: Styles) -> list[str]:
    """Return the elements that HTML has for what style says of words: strong, em, sup, sub, s."""
    said = of(element, styles)
    if not said:
        return []
    found = []
    if _BOLD.fullmatch(said.get("font-weight", "")):
        found.append("strong")
    if said.get("font-style") in ("italic", "oblique"):
        found.append("em")
    if said.get("vertical-align") in ("super", "sub"):
        found.append("sup" if said["vertical-align"] == "super" else "sub")
    if "line-through" in said.get("text-decoration", "") + said.get("text-decoration-line", ""):
        found.append("s")
    return found


def is_plain(element: Element) -> bool:
    """Whether a `b` or `i` is none: what is copied out of some editors stands in `<b style="font-weight: normal">`."""
    said = _values(element.attributes.get("style", ""))
    weight, slope = said.get("font-weight", ""), said.get("font-style", "")
    return (element.tag == "b" and weight in ("normal", "400")) or (element.tag == "i" and slope == "normal")
