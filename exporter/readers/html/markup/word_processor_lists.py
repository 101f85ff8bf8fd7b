"""Lists of word processors: paragraphs with a marker, or adjacent lists instead of nested ones."""

from __future__ import annotations

import re

from exporter.model import ListDelimiter, ListStyle, counter_style
from exporter.readers.html.markup.dom import Element, Node, is_blank

_LEVEL = re.compile(r"lst-kix_[\w-]*?-(\d+)$")
_MARGIN = re.compile(r"margin-left\s*:\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_MARKER = re.compile(
    r"[\s\u00a0]*(?:(?P<bullet>[·o§•▪●○■–\-\uf0b7\uf0a7])|"
    r"(?P<before>\(?)(?:(?P<number>\d{1,4})|(?P<letter>[a-zA-Z]|[ivxlcIVXLC]{2,6}))(?P<after>[.)]))"
    r"[\s\u00a0]*"
)


def nest_lists(root: Element) -> None:
    """Nest the lists of Google Docs and Word, and move lists between items into items."""
    for element in list(root.walk()):
        if element.tag in ("ul", "ol"):
            _move_into_items(element)
    for element in list(root.walk()):
        if any(child.tag in ("ul", "ol") and _level(child) is not None for child in element.elements()):
            _nest_by_class(element)
        if any(_is_list_paragraph(child) for child in element.elements()):
            _from_paragraphs(element)
        if any(_is_quoted(child) for child in element.elements()):
            _quote_paragraphs(element)


_QUOTES = frozenset({"msoquote", "msointensequote", "quotations"})


def _is_quoted(element: Element) -> bool:
    return element.tag == "p" and bool(set(element.classes) & _QUOTES)


def _quote_paragraphs(parent: Element) -> None:
    """Group paragraphs with a quotation style of a word processor into quotations."""
    out: list[Node] = []
    quote: Element | None = None
    for child in parent.children:
        if isinstance(child, str) and is_blank(child):
            out.append(child)
        elif isinstance(child, Element) and _is_quoted(child):
            if quote is None:
                quote = Element("blockquote", {}, child.line)
                out.append(quote)
            quote.append(child)
        else:
            quote = None
            out.append(child)
    parent.replace_children(out)


def _move_into_items(element: Element) -> None:
    """Move everything between items into items, as the content model requires; a list goes to the item before it."""
    if all(isinstance(child, Element) and child.tag == "li" for child in element.children):
        return
    items: list[Node] = []
    for child in element.children:
        if isinstance(child, str):
            if not is_blank(child):
                items.append(Element("li", {}, element.line, [child]))
        elif child.tag == "li" or child.tag in ("script", "template"):
            items.append(child)
        elif items and child.tag in ("ul", "ol") and isinstance(items[-1], Element):
            items[-1].append(child)
        elif child.tag in ("ul", "ol"):
            items.extend(child.elements())
        elif not child.is_blank():
            items.append(Element("li", {}, child.line, [child]))
    element.replace_children(items)


def _level(element: Element) -> int | None:
    match = next((match for name in element.classes if (match := _LEVEL.match(name))), None)
    return min(int(match[1]), 20) if match and len(match[1]) < 4 else None


def _nest_by_class(parent: Element) -> None:
    out: list[Node] = []
    open_lists: list[tuple[int, Element]] = []
    for child in parent.children:
        level = _level(child) if isinstance(child, Element) and child.tag in ("ul", "ol") else None
        if isinstance(child, str) and is_blank(child):
            out.append(child)
            continue
        if level is None or not isinstance(child, Element):
            open_lists = []
            out.append(child)
            continue
        while open_lists and open_lists[-1][0] >= level:
            open_level, open_list = open_lists.pop()
            if (
                open_level == level
                and open_list.tag == child.tag
                and open_list.get("class").split()[:1] == child.get("class").split()[:1]
            ):
                for item in list(child.elements()):
                    open_list.append(item)
                open_lists.append((level, open_list))
                break
        else:
            last = next(reversed(list(open_lists[-1][1].elements())), None) if open_lists else None
            if last is not None:
                last.append(child)
            else:
                out.append(child)
            open_lists.append((level, child))
    parent.replace_children(out)


def _is_list_paragraph(element: Element) -> bool:
    return element.tag == "p" and any(name.startswith("msolistparagraph") for name in element.classes)


def _from_paragraphs(parent: Element) -> None:
    out: list[Node] = []
    open_lists: list[tuple[float, Element]] = []
    for child in parent.children:
        if isinstance(child, str) and is_blank(child):
            out.append(child)
            continue
        marker = _remove_marker(child) if isinstance(child, Element) and _is_list_paragraph(child) else None
        if not isinstance(child, Element) or not _is_list_paragraph(child):
            open_lists = []
            out.append(child)
            continue
        if marker is None:
            items = list(open_lists[-1][1].elements()) if open_lists else []
            if items:
                items[-1].append(child)
            else:
                out.append(child)
            continue
        margin = _margin(child)
        while open_lists and open_lists[-1][0] > margin + 1:
            open_lists.pop()
        if open_lists and open_lists[-1][0] > margin - 1 and not _continues(open_lists[-1][1], marker):
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < margin - 1:
            new_list = _list_for(marker, child)
            last = next(reversed(list(open_lists[-1][1].elements())), None) if open_lists else None
            if last is not None:
                last.append(new_list)
            else:
                out.append(new_list)
            open_lists.append((margin, new_list))
        open_lists[-1][1].append(Element("li", {}, child.line, list(child.children)))
    parent.replace_children(out)


def _continues(above: Element, marker: re.Match[str]) -> bool:
    """Return whether an item with this marker continues the list above."""
    if marker["bullet"] or above.tag == "ul":
        return bool(marker["bullet"]) and above.tag == "ul"
    classes = above.get("class")
    delimiters = (delimiter for delimiter in ListDelimiter if classes.startswith(f"{delimiter.value}-"))
    return marker["number"] != "1" and _delimiter(marker) is next(delimiters, ListDelimiter.PERIOD)


def _list_for(marker: re.Match[str], paragraph: Element) -> Element:
    if marker["bullet"]:
        return Element("ul", {}, paragraph.line)
    style, start = ListStyle.DECIMAL, {"start": marker["number"]}
    if letter := marker["letter"]:
        roman = len(letter) > 1 or letter in "iI"
        style = ListStyle(f"{'upper' if letter.isupper() else 'lower'}-{'roman' if roman else 'alpha'}")
        start = {}
    return Element("ol", {**start, "class": counter_style(style, _delimiter(marker))}, paragraph.line)


def _delimiter(marker: re.Match[str]) -> ListDelimiter:
    if marker["after"] == ".":
        return ListDelimiter.PERIOD
    return ListDelimiter.PARENTHESES if marker["before"] else ListDelimiter.PARENTHESIS


def _remove_marker(paragraph: Element) -> re.Match[str] | None:
    """Remove the bullet or number of a list paragraph of Word, a text of its own, and return its match or None."""
    current = paragraph
    for _ in range(20):
        for index, child in enumerate(current.children):
            if isinstance(child, str):
                if is_blank(child):
                    continue
                marker = _MARKER.fullmatch(child)
                if marker:
                    current.children[index] = ""
                    _remove_leading_space(paragraph)
                return marker
            if not child.is_blank():
                current = child
                break
        else:
            return None
    return None


def _remove_leading_space(paragraph: Element) -> None:
    """Remove the white space between the marker and the text."""
    stack = [paragraph]
    while stack:
        element = stack.pop()
        for index, child in enumerate(element.children):
            if isinstance(child, str):
                element.children[index] = child.lstrip("\u00a0 \t\n")
                if element.children[index]:
                    return
            elif child.is_blank():
                child.replace_children([])
            else:
                stack.append(child)
                break


def _margin(paragraph: Element) -> float:
    margin = _MARGIN.search(paragraph.get("style"))
    level = re.search(r"level(\d)", paragraph.get("style"))
    if level:
        return 36.0 * int(level[1])
    return float(margin[1]) * _POINTS[margin[2]] if margin and re.fullmatch(r"-?\d+(?:\.\d+)?", margin[1]) else 0.0
