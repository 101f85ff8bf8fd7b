"""Normalisation of pages: the markup of many programs as the elements that the reader supports."""

from __future__ import annotations

import re
import unicodedata

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.html.inlines.images import is_pixel
from exporter.readers.html.markup import styles
from exporter.readers.html.markup.dom import Element, Node, is_blank
from exporter.readers.html.markup.embedded import EmbeddedImages, svg_file
from exporter.readers.html.markup.limits import MAX_ELEMENTS

_INLINE_ELEMENTS = frozenset(
    ("a", "b", "big", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "strike", "strong")
) | {"sub", "sup", "u"}
"""Inline elements that are moved into blocks inside them."""
_ALIKE = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_STYLED = frozenset({"span", "font", "a", "small", "u", "big"})
_ADMONITIONS = dict.fromkeys(("note", "tip", "important", "caution"), "admonition") | {"warning": "warning"}
"""Class of the box by class of the admonition."""
_CHECKBOX = {True: "☑", False: "☐"}


def normalise(root: Element, sheet: styles.Styles, embedded: EmbeddedImages | None, file: str) -> None:
    """Replace the markup of particular programs by standard elements.

    Args:
        root: Root of the text.
        sheet: Styles by class.
        embedded: Collector of embedded images; None leaves `svg` elements as they are.
        file: Name of the manuscript, for errors.

    Raises:
        SourceError: Inline elements around blocks would multiply to more than MAX_ELEMENTS.
    """
    _replace_admonitions(root)
    for element in list(root.walk()):
        _normalise_element(element, sheet, embedded)
    _InlinePusher(file).push_down(root)


def mark_headings(root: Element) -> None:
    """Replace elements with the role `heading` by headings (ARIA 1.2, heading)."""
    for element in root.walk():
        if element.get("role") == "heading" and not re.fullmatch(r"h[1-6]", element.tag):
            level = element.get("aria-level")
            element.tag = f"h{level}" if re.fullmatch(r"[1-6]", level) else "h2"


def _normalise_element(element: Element, sheet: styles.Styles, embedded: EmbeddedImages | None) -> None:
    tag, attributes = element.tag, element.attributes
    if tag in ("b", "i") and "style" in attributes and styles.undoes_emphasis(element):
        element.tag = "span"
    elif tag in _STYLED and (sheet or "style" in attributes):
        _add_style_elements(element, styles.elements_for(element, sheet))
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
        element.replace_with(_CHECKBOX["checked" in attributes] + " ")
    elif tag == "table" and set(element.roles) & {"presentation", "none"}:
        _unwrap_table(element)
    elif tag == "noscript":
        element.tag = "span"
    elif tag == "cite" and "citation" in element.classes:
        element.tag = "span"  # an entry of a bibliography, not a title
    if attributes.get("dir", "").lower() == "auto":
        attributes["dir"] = _direction(element)


def _page_break(line_break: Element) -> None:
    """Replace a line break with a style, which Word writes as a page break."""
    ancestors = list(line_break.ancestors())
    line_break.replace_with(Element("div", {"class": "page-break"}, line_break.line))
    for ancestor in ancestors:
        ancestor.holds_blocks = True


def _direction(element: Element) -> str:
    """Return the direction of the first letter that has one (HTML 3.2.6.4)."""
    for text in element.strings():
        for letter in text[:2000]:
            kind = unicodedata.bidirectional(letter)
            if kind in ("L", "R", "AL"):
                return "ltr" if kind == "L" else "rtl"
    return ""


def _add_style_elements(element: Element, tags: list[str]) -> None:
    """Wrap the content of an element into the elements that correspond to its style."""
    outer = {_ALIKE.get(ancestor.tag, ancestor.tag) for ancestor in _inline_ancestors(element)}
    missing = [tag for tag in tags if tag not in outer]
    if not missing or element.is_blank():
        return
    content: list[Node] = list(element.children)
    for tag in missing:
        content = [Element(tag, {}, element.line, content)]
    element.replace_children(content)


def _inline_ancestors(element: Element) -> list[Element]:
    inline = []
    for ancestor in element.ancestors():
        if ancestor.is_block and ancestor.tag not in _STYLED:
            break
        inline.append(ancestor)
    return inline


def _picture(picture: Element) -> None:
    """Replace a `picture` by its `img` with the files of its sources (HTML 4.8.1)."""
    image = picture.find("img")
    if image is None:
        return
    sets = [
        element.get("srcset") or element.get("data-srcset") for element in picture.elements() if element.tag == "source"
    ]
    image.attributes["srcset"] = ", ".join(filter(None, (image.get("srcset"), *sets)))[:20_000]
    picture.replace_with(image)


def _img(image: Element) -> None:
    if {"emoji", "wp-smiley"} & set(image.classes) and 0 < len(image.get("alt")) < 20:
        image.replace_with(image.get("alt"))
    elif is_pixel(image.attributes):
        image.replace_with()


def _svg(svg: Element, embedded: EmbeddedImages) -> None:
    """Replace an `svg` with a name by an image; remove one in a control or hidden from ARIA."""
    title = next((element.text() for element in svg.elements() if element.tag == "title"), "")
    name = svg.get("aria-label") or title
    if svg.get("aria-hidden") == "true" or any(ancestor.tag in ("button", "a") for ancestor in svg.ancestors()):
        svg.replace_with()
    elif name:
        source = embedded.add(svg_file(svg), "svg", svg.line)
        svg.replace_with(Element("img", {"src": source, "alt": name}, svg.line))


def _object(element: Element) -> None:
    """Replace an `object` or `embed` with an image file by an `img` (HTML 4.8.6)."""
    source = element.get("data") or element.get("src")
    if not (element.get("type").startswith("image/") or source.lower().endswith((".svg", ".png", ".jpg", ".jpeg"))):
        return
    inner = element.find("img")
    alt = element.get("aria-label") or element.get("title") or element.text() or (inner.get("alt") if inner else "")
    element.replace_with(Element("img", {"src": source} | ({"alt": alt} if alt else {}), element.line))


def _unwrap_table(table: Element) -> None:
    """Replace a layout table by `div` elements (WCAG 1.3.1; ARIA 1.2, presentation)."""
    stack = [table]
    while stack:
        element = stack.pop()
        is_table_part = element.tag in ("caption", "thead", "tbody", "tfoot", "tr", "td", "th")
        if element is table or is_table_part:
            element.tag = "div"
            element.attributes.pop("role", None)
            stack.extend(element.elements())


def _replace_admonitions(root: Element) -> None:
    """Replace admonitions by boxes without the icon, which repeats the title (DocBook XSL, admon.graphics)."""
    for element in list(root.walk()):
        kind = next((_ADMONITIONS[name] for name in element.classes if name in _ADMONITIONS), None)
        parts = _admonition_parts(element) if kind is not None and element.tag == "div" else None
        if kind is None or parts is None:
            continue
        title, text = parts
        title.tag = "div"
        title.attributes = {"class": "admonition-title"}
        element.attributes["class"] = kind
        element.replace_children([title, *text.children])


def _admonition_parts(element: Element) -> tuple[Element, Element] | None:
    """Return the cells with title and text, or None if the element is no admonition."""
    inside = [child for child in element.elements() if not child.is_blank()]
    if len(inside) != 1 or inside[0].tag != "table" or not inside[0].get("summary"):
        return None
    rows = [
        [cell for cell in row.elements() if cell.tag in ("td", "th")] for row in inside[0].walk() if row.tag == "tr"
    ]
    if [[cell.tag for cell in row] for row in rows[:2]] != [["td", "th"], ["td"]] or len(rows) > 2:
        return None
    icon, title = rows[0]
    if icon.text() or icon.find("img") is None or icon.get("rowspan") != "2":
        return None
    return title, rows[1][0]


class _InlinePusher:
    """Mover of inline elements into blocks: `<a><div><p>x</p></div></a>` becomes `<div><p><a>x</a></p></div>`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._count = 0

    def push_down(self, root: Element) -> None:
        for element in reversed(list(root.walk())):
            if element.tag in _INLINE_ELEMENTS and element.holds_blocks and element.parent is not None:
                element.replace_with(*self._push(element.children, element))

    def _push(self, nodes: list[Node], inline: Element) -> list[Node]:
        out: list[Node] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and node.is_block:
                self._end_run(run, out, inline)
                if node.tag not in ("pre", "hr", "table"):
                    node.replace_children(self._push(node.children, inline))
                out.append(node)
            else:
                run.append(node)
        self._end_run(run, out, inline)
        return out

    def _end_run(self, run: list[Node], out: list[Node], inline: Element) -> None:
        if all(isinstance(node, str) and is_blank(node) for node in run):
            out.extend(run)
        elif run:
            self._count += 1
            if self._count > MAX_ELEMENTS:
                raise SourceError(
                    "Inline elements contain too many blocks here.",
                    advice="Close <b>, <a> and other inline elements in the paragraph in which they are opened.",
                    source=Source(self._file, inline.line),
                )
            values = dict(inline.attributes)
            if self._count > 1:
                values.pop("id", None)
            out.append(Element(inline.tag, values, inline.line, list(run)))
        run.clear()
