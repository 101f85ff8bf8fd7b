"""Parsing of the text of a page into elements.

The parser is turbohtml: it builds the tree of the HTML Standard (13.2.6), as browsers do, and keeps the line of each
element. lxml's parser keeps lines too, but builds another tree where tags are missing or tables have invalid content;
tinyhtml5 builds the same tree without lines and takes twenty times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.markup.dom import Element
from exporter.readers.html.markup.limits import MAX_ATTRIBUTE, MAX_DEPTH, MAX_ELEMENTS, MAX_REOPENED, MAX_TAGS

if TYPE_CHECKING:
    import turbohtml

_FORMATTING = re.compile(r"<(/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s>/])[^>]{0,200}", re.IGNORECASE)
"""Formatting elements, which a browser reconstructs in each paragraph until they are closed (HTML 13.2.4.3)."""
_MAX_OPEN = 50
"""Formatting elements that may stay open without being counted."""


def parse(text: str, file: str, line: int = 1) -> Element:
    """Return the `html` element of a page or fragment.

    Args:
        text: The page, parsed as browsers do.
        file: Name of the manuscript, for errors.
        line: Line of the beginning, from 1.

    Raises:
        SourceError: The page has too many elements or nests them too deeply.
    """
    import turbohtml

    if text.count("<") > MAX_TAGS:
        raise _too_large(f"The page has more than {MAX_TAGS:,} tags.", file)
    _refuse_unclosed(text, file)
    document = turbohtml.parse(text)
    root = next((child for child in document.children if isinstance(child, turbohtml.Element)), None)
    return _convert(root, line - 1, file) if root is not None else Element("html")


def _convert(root: turbohtml.Element, offset: int, file: str) -> Element:
    import turbohtml

    count = 0
    html = _element(root, offset)
    order = [html]
    stack: list[tuple[turbohtml.Node, Element, int]] = [(root, html, 1)]
    while stack:
        source, target, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise _too_large("Elements are nested too deeply here.", file, target.line)
        children: list[tuple[turbohtml.Node, Element, int]] = []
        for child in source.children:
            if isinstance(child, turbohtml.Text | turbohtml.CData):
                target.children.append(child.data)
            elif isinstance(child, turbohtml.Element):
                count += 1
                if count > MAX_ELEMENTS:
                    raise _too_large(f"The page has more than {MAX_ELEMENTS:,} elements.", file)
                element = _element(child, offset)
                element.line = element.line or target.line
                element.parent = target
                target.children.append(element)
                order.append(element)
                if child.tag != "template":
                    children.append((child, element, depth + 1))
        stack.extend(reversed(children))
    for element in reversed(order):
        if element.parent is not None and element.is_block:
            element.parent.holds_blocks = True
    return html


def _element(node: turbohtml.Element, offset: int) -> Element:
    attributes: dict[str, str] = {}
    if node.attrs:
        for name, value in node.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value or ""
            attributes[name] = text[:MAX_ATTRIBUTE]
    return Element(node.tag, attributes, (node.source_line or 0) + offset if node.source_line else 0)


def _refuse_unclosed(text: str, file: str) -> None:
    """Refuse a page with so many unclosed formatting elements that reconstructing them exhausts the memory.

    Raises:
        SourceError: There are too many.
    """
    still_open: dict[str, int] = {}
    kinds: dict[str, set[str]] = {}
    most = 0
    for match in _FORMATTING.finditer(text):
        name = match[2].lower()
        if match[1]:
            still_open[name] = max(still_open.get(name, 0) - 1, 0)
            continue
        kinds.setdefault(name, set()).add(match[0])
        # A browser reconstructs at most three equal elements.
        still_open[name] = min(still_open.get(name, 0) + 1, 3 * len(kinds[name]))
        if still_open[name] > _MAX_OPEN:
            most = max(most, sum(still_open.values()))
    if most * text.count("<") > MAX_REOPENED:
        raise _too_large(f"{most:,} formatting elements such as <b> or <font> are not closed.", file)


def _too_large(message: str, file: str, line: int = 0) -> SourceError:
    return SourceError(
        message,
        advice="Save only the text of the page, or use fewer elements inside each other.",
        source=Source(file, line),
    )


def find_body(root: Element) -> Element:
    """Return the `body` of a page, or `root` if there is none."""
    return next((child for child in root.elements() if child.tag in ("body", "frameset")), root)
