"""From the text of a page to elements.

The parser is turbohtml: it builds the tree of the HTML Standard (13.2.6), as browsers do, and keeps the line of each
element. lxml's parser keeps lines too, but builds another tree where tags are missing or tables hold what they may
not; tinyhtml5 builds the right one without lines and in a twentyfold time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.dom import Element, Node
from exporter.readers.html.limits import MAX_ATTRIBUTE, MAX_DEPTH, MAX_ELEMENTS, MAX_REOPENED, MAX_TAGS

if TYPE_CHECKING:
    import turbohtml

_FORMATTING = re.compile(r"<(/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s>/])[^>]{0,200}", re.IGNORECASE)
"""Elements that a browser opens anew in each paragraph until they are closed (HTML 13.2.4.3)."""
_FEW = 50
"""Formatting elements that may stay open without further ado."""


def parse(text: str, file: str, line: int = 1) -> Element:
    """Return the `html` element of a page, or of a piece of one as if it stood in a page.

    Args:
        text: The page; whatever a browser would make of it, is made of it.
        file: Its name, for errors.
        line: Line of its beginning.

    Raises:
        SourceError: More elements, or more of them inside each other, than any page needs.
    """
    import turbohtml

    if text.count("<") > MAX_TAGS:
        raise _too_much(f"The page has more than {MAX_TAGS:,} tags.", file)
    _refuse_reopening(text, file)
    document = turbohtml.parse(text)
    root = next((child for child in document.children if isinstance(child, turbohtml.Element)), None)
    return _converted(root, line - 1, file) if root is not None else Element("html")


def _converted(root: turbohtml.Element, offset: int, file: str) -> Element:
    import turbohtml

    count = 0
    made = _element(root, offset)
    order = [made]
    stack: list[tuple[turbohtml.Node, Element, int]] = [(root, made, 1)]
    while stack:
        source, target, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise _too_much("Elements are nested too deeply here.", file, target.line)
        inside: list[tuple[turbohtml.Node, Element, int]] = []
        for child in source.children:
            if isinstance(child, turbohtml.Text | turbohtml.CData):
                target.children.append(child.data)
            elif isinstance(child, turbohtml.Element):
                count += 1
                if count > MAX_ELEMENTS:
                    raise _too_much(f"The page has more than {MAX_ELEMENTS:,} elements.", file)
                element = _element(child, offset)
                element.line = element.line or target.line
                element.parent = target
                target.children.append(element)
                order.append(element)
                if child.tag != "template":
                    inside.append((child, element, depth + 1))
        stack.extend(reversed(inside))
    for element in reversed(order):
        if element.parent is not None and element.is_block:
            element.parent.holds_blocks = True
    return made


def _element(node: turbohtml.Element, offset: int) -> Element:
    attributes: dict[str, str] = {}
    if node.attrs:
        for name, value in node.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value or ""
            attributes[name] = text[:MAX_ATTRIBUTE]
    return Element(node.tag, attributes, (node.source_line or 0) + offset if node.source_line else 0)


def _refuse_reopening(text: str, file: str) -> None:
    """Refuse a page in which so much emphasis stays open that opening it anew fills the memory."""
    still_open: dict[str, int] = {}
    kinds: dict[str, set[str]] = {}
    most = 0
    for found in _FORMATTING.finditer(text):
        name = found[2].lower()
        if found[1]:
            still_open[name] = max(still_open.get(name, 0) - 1, 0)
            continue
        kinds.setdefault(name, set()).add(found[0])
        # Of elements that are alike a browser opens three anew at most.
        still_open[name] = min(still_open.get(name, 0) + 1, 3 * len(kinds[name]))
        if still_open[name] > _FEW:
            most = max(most, sum(still_open.values()))
    if most * text.count("<") > MAX_REOPENED:
        raise _too_much(f"{most:,} elements such as <b> or <font> are opened and not closed.", file)


def _too_much(message: str, file: str, line: int = 0) -> SourceError:
    return SourceError(
        message,
        advice="Save the text of the page alone, or write it with fewer elements inside each other.",
        source=Source(file, line),
    )


def body(root: Element) -> Element:
    """Return the `body` of a page; `root` itself when there is none."""
    return next((child for child in root.elements() if child.tag in ("body", "frameset")), root)


def head(root: Element) -> Element | None:
    """Return the `head` of a page."""
    return next((child for child in root.elements() if child.tag == "head"), None)


def texts(nodes: list[Node]) -> str:
    """Return the characters of nodes."""
    return "".join(node if isinstance(node, str) else "".join(node.strings()) for node in nodes)
