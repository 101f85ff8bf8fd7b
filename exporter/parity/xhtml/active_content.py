"""Markup that changes what readers meet and that nothing in a manuscript asks for; our editions never have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from exporter.findings import Finding, Rule
from exporter.parity import rules
from exporter.parity.xhtml import elements

_ATTRIBUTES: dict[str, Rule] = {
    **dict.fromkeys(("aria-owns", "aria-flowto"), rules.ORDER),
    **dict.fromkeys(("aria-roledescription", "aria-describedby", "contenteditable", "accesskey"), rules.KINDS),
    **dict.fromkeys(("aria-disabled", "download"), rules.LINKS),
    **dict.fromkeys(("srcset", "usemap"), rules.PICTURES),
}
_CLASSES: dict[str, Rule] = {"reordered": rules.ORDER, "replaced": rules.PICTURES}
"""Classes by which `stylesheets` marks elements."""
_ELEMENTS: dict[str, Rule] = {
    "base": rules.LINKS,
    **dict.fromkeys(("iframe", "object", "embed", "input", "button", "select", "textarea", "canvas"), rules.TEXT),
}


_INDEX = re.compile(r"\s*\+?\d+")
"""A number that browsers take for positive or 0 (HTML, rules for parsing integers)."""


def check(roots: Iterable[Any]) -> Iterator[Finding]:
    """Yield what documents have and a manuscript cannot ask for."""
    for element in chain.from_iterable(root.iter() for root in roots):
        tag = elements.name(element)
        for name, rule in _of_element(element, tag):
            yield rule.finding(f"“{name}” of <{tag}> is not of the manuscript (line {element.sourceline}).")


def _of_element(element: Any, tag: str) -> Iterator[tuple[str, Rule]]:
    if tag in _ELEMENTS:
        yield tag, _ELEMENTS[tag]
    elif tag == "script" and not (element.get("type") or "").endswith("json"):
        yield tag, rules.TEXT
    elif tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        yield "refresh", rules.TEXT
    elif tag == "a" and element.get("href") is not None and (element.get("tabindex") or "").startswith("-"):
        yield "tabindex", rules.LINKS
    elif tag == "img" and (element.get("title") or element.get("alt")) != element.get("alt"):
        yield "title", rules.PICTURES
    if (index := _INDEX.match(element.get("tabindex") or "")) and int(index[0]):
        yield "tabindex", rules.ORDER
    if any(name.startswith("on") for name in element.attrib):
        yield "script", rules.KINDS
    yield from ((name, _CLASSES[name]) for name in _CLASSES.keys() & elements.kinds(element))
    yield from ((name, rule) for name, rule in _ATTRIBUTES.items() if tag and element.get(name) is not None)
