"""A page as its author meant it, whatever program wrote it: each thing in the element that HTML has for it."""

from __future__ import annotations

import re
import unicodedata

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html import admonitions, styles
from exporter.readers.html.dom import Element, Node, is_blank
from exporter.readers.html.embedded import Embedded, drawing
from exporter.readers.html.images import is_pixel
from exporter.readers.html.limits import MAX_ELEMENTS

_PUSHED = frozenset(
    ("a", "b", "big", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "strike", "strong")
) | {"sub", "sup", "u"}
"""Elements that belong around words; around blocks they are put around the words of each block."""
_ALIKE = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_STYLED = frozenset({"span", "font", "a", "small", "u", "big"})
_CHECKBOX = {True: "☑", False: "☐"}


def normalise(root: Element, sheet: styles.Styles, embedded: Embedded | None, file: str) -> None:
    """Put what programs write in odd ways into the elements that the reader knows.

    Args:
        root: What is to be read.
        sheet: What style sheets say.
        embedded: Takes drawings; None leaves them where they are.
        file: Name of the manuscript, for errors.

    Raises:
        SourceError: Words are marked in so many ways around so many blocks that the page would become too large.
    """
    admonitions.unfold(root)
    for element in list(root.walk()):
        _elementwise(element, sheet, embedded)
    _Pushing(file).push_down(root)


def mark_headings(root: Element) -> None:
    """Make headings of elements that have their role (ARIA 1.2, heading)."""
    for element in root.walk():
        if element.get("role") == "heading" and not re.fullmatch(r"h[1-6]", element.tag):
            level = element.get("aria-level")
            element.tag = f"h{level}" if re.fullmatch(r"[1-6]", level) else "h2"


def _elementwise(element: Element, sheet: styles.Styles, embedded: Embedded | None) -> None:
    tag, attributes = element.tag, element.attributes
    if tag in ("b", "i") and "style" in attributes and styles.is_plain(element):
        element.tag = "span"
    elif tag in _STYLED and (sheet or "style" in attributes):
        _mark(element, styles.marks(element, sheet))
    elif tag == "br" and "break-before" in element.get("style"):
        _page_break(element)
    elif tag == "picture":
        _picture(element)
    elif tag == "img":
        _img(element)
    elif tag == "svg" and embedded is not None:
        _svg(element, embedded)
    elif tag in ("object", "embed"):
        _object(element)
    elif tag == "input" and element.get("type") == "checkbox":
        element.swap(_CHECKBOX["checked" in attributes] + " ")
    elif tag == "table" and set(element.roles) & {"presentation", "none"}:
        _unfold(element)
    elif tag == "noscript":
        element.tag = "span"
    elif tag == "cite" and "citation" in element.classes:
        element.tag = "span"  # a whole entry of a bibliography, not a title
    if attributes.get("dir", "").lower() == "auto":
        attributes["dir"] = _direction(element)


def _page_break(line_break: Element) -> None:
    """Word begins a page by a line break with a style."""
    above = list(line_break.ancestors())
    line_break.swap(Element("div", {"class": "page-break"}, line_break.line))
    for element in above:
        element.holds_blocks = True


def _direction(element: Element) -> str:
    """Return the direction of the first letter that has one (HTML 3.2.6.4)."""
    for text in element.strings():
        for letter in text[:2000]:
            kind = unicodedata.bidirectional(letter)
            if kind in ("L", "R", "AL"):
                return "ltr" if kind == "L" else "rtl"
    return ""


def _mark(element: Element, marks: list[str]) -> None:
    """Put what style says of words into the elements that HTML has for it."""
    around = {_ALIKE.get(ancestor.tag, ancestor.tag) for ancestor in _inline_ancestors(element)}
    wanted = [mark for mark in marks if mark not in around]
    if not wanted or element.is_blank():
        return
    inside: list[Node] = list(element.children)
    for mark in wanted:
        inside = [Element(mark, {}, element.line, inside)]
    element.replace(inside)


def _inline_ancestors(element: Element) -> list[Element]:
    found = []
    for above in element.ancestors():
        if above.is_block and above.tag not in _STYLED:
            break
        found.append(above)
    return found


def _picture(picture: Element) -> None:
    """Return the `img` of a `picture` the files that its sources name (HTML 4.8.1)."""
    image = picture.find("img")
    if image is None:
        return
    sets = [
        element.get("srcset") or element.get("data-srcset") for element in picture.elements() if element.tag == "source"
    ]
    image.attributes["srcset"] = ", ".join(filter(None, (image.get("srcset"), *sets)))[:20_000]
    picture.swap(image)


def _img(image: Element) -> None:
    if {"emoji", "wp-smiley"} & set(image.classes) and 0 < len(image.get("alt")) < 20:
        image.swap(image.get("alt"))
    elif is_pixel(image.attributes):
        image.swap()


def _svg(svg: Element, embedded: Embedded) -> None:
    """A drawing that has a name is a picture; one without is an ornament."""
    title = next((element.text() for element in svg.elements() if element.tag == "title"), "")
    name = svg.get("aria-label") or title
    if svg.get("aria-hidden") == "true" or any(ancestor.tag in ("button", "a") for ancestor in svg.ancestors()):
        svg.swap()
    elif name:
        source = embedded.add(drawing(svg), "svg", svg.line)
        svg.swap(Element("img", {"src": source, "alt": name}, svg.line))


def _object(element: Element) -> None:
    """A picture may stand in `object` or `embed` too (HTML 4.8.6)."""
    source = element.get("data") or element.get("src")
    if not (element.get("type").startswith("image/") or source.lower().endswith((".svg", ".png", ".jpg", ".jpeg"))):
        return
    inner = element.find("img")
    words = element.get("aria-label") or element.get("title") or element.text() or (inner.get("alt") if inner else "")
    element.swap(Element("img", {"src": source} | ({"alt": words} if words else {}), element.line))


def _unfold(table: Element) -> None:
    """A table that is there for layout alone is no table (WCAG 1.3.1; ARIA 1.2, presentation)."""
    stack = [table]
    while stack:
        element = stack.pop()
        inner = element.tag in ("caption", "thead", "tbody", "tfoot", "tr", "td", "th")
        if element is table or inner:
            element.tag = "div"
            element.attributes.pop("role", None)
            stack.extend(element.elements())


class _Pushing:
    """Words marked around blocks: `<a><div><p>words</p></div></a>` becomes `<div><p><a>words</a></p></div>`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._made = 0

    def push_down(self, root: Element) -> None:
        for element in reversed(list(root.walk())):
            if element.tag in _PUSHED and element.holds_blocks and element.parent is not None:
                element.swap(*self._pushed(element.children, element))

    def _pushed(self, nodes: list[Node], mark: Element) -> list[Node]:
        out: list[Node] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and node.is_block:
                self._end(run, out, mark)
                if node.tag not in ("pre", "hr", "table"):
                    node.replace(self._pushed(node.children, mark))
                out.append(node)
            else:
                run.append(node)
        self._end(run, out, mark)
        return out

    def _end(self, run: list[Node], out: list[Node], mark: Element) -> None:
        if all(isinstance(node, str) and is_blank(node) for node in run):
            out.extend(run)
        elif run:
            self._made += 1
            if self._made > MAX_ELEMENTS:
                raise SourceError(
                    "Words are marked around too many blocks here.",
                    advice="Close <b>, <a> and the like in the paragraph in which they are opened.",
                    source=Source(self._file, mark.line),
                )
            values = dict(mark.attributes)
            if self._made > 1:
                values.pop("id", None)
            out.append(Element(mark.tag, values, mark.line, list(run)))
        run.clear()
