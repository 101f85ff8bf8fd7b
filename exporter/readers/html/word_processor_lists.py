"""Lists as word processors export them: paragraphs with a mark, or lists side by side that ought to be nested."""

from __future__ import annotations

import re

from exporter.model import ListDelimiter, ListStyle, counter_style
from exporter.readers.html.dom import Element, Node, is_blank

_LEVEL = re.compile(r"lst-kix_[\w-]*?-(\d+)$")
_MARGIN = re.compile(r"margin-left\s*:\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_MARK = re.compile(
    r"[\s\u00a0]*(?:(?P<bullet>[·o§•▪●○■–\-\uf0b7\uf0a7])|"
    r"(?P<before>\(?)(?:(?P<number>\d{1,4})|(?P<letter>[a-zA-Z]|[ivxlcIVXLC]{2,6}))(?P<after>[.)]))"
    r"[\s\u00a0]*"
)


def nest_lists(root: Element) -> None:
    """Put the lists of Google Docs and Word into lists inside lists, and lists that stand in lists into their items."""
    for element in list(root.walk()):
        if element.tag in ("ul", "ol"):
            _only_items(element)
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
    """Put paragraphs that a word processor calls quoted into one quotation."""
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
    parent.replace(out)


def _only_items(element: Element) -> None:
    """Items alone stand in a list: a list between them belongs to the item above (HTML 4.4.6)."""
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
    element.replace(items)


def _level(element: Element) -> int | None:
    found = next((level for name in element.classes if (level := _LEVEL.match(name))), None)
    return min(int(found[1]), 20) if found and len(found[1]) < 4 else None


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
            same, before = open_lists.pop()
            if (
                same == level
                and before.tag == child.tag
                and before.get("class").split()[:1] == child.get("class").split()[:1]
            ):
                for item in list(child.elements()):
                    before.append(item)
                open_lists.append((level, before))
                break
        else:
            last = next(reversed(list(open_lists[-1][1].elements())), None) if open_lists else None
            if last is not None:
                last.append(child)
            else:
                out.append(child)
            open_lists.append((level, child))
    parent.replace(out)


def _is_list_paragraph(element: Element) -> bool:
    return element.tag == "p" and any(name.startswith("msolistparagraph") for name in element.classes)


def _from_paragraphs(parent: Element) -> None:
    out: list[Node] = []
    open_lists: list[tuple[float, Element]] = []
    for child in parent.children:
        if isinstance(child, str) and is_blank(child):
            out.append(child)
            continue
        mark = _take_mark(child) if isinstance(child, Element) and _is_list_paragraph(child) else None
        if not isinstance(child, Element) or not _is_list_paragraph(child):
            open_lists = []
            out.append(child)
            continue
        if mark is None:
            items = list(open_lists[-1][1].elements()) if open_lists else []
            if items:
                items[-1].append(child)
            else:
                out.append(child)
            continue
        margin = _margin(child)
        while open_lists and open_lists[-1][0] > margin + 1:
            open_lists.pop()
        if open_lists and open_lists[-1][0] > margin - 1 and not _goes_on(open_lists[-1][1], mark):
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < margin - 1:
            made = _list_for(mark, child)
            last = next(reversed(list(open_lists[-1][1].elements())), None) if open_lists else None
            if last is not None:
                last.append(made)
            else:
                out.append(made)
            open_lists.append((margin, made))
        open_lists[-1][1].append(Element("li", {}, child.line, list(child.children)))
    parent.replace(out)


def _goes_on(above: Element, mark: re.Match[str]) -> bool:
    """Return whether an item with this mark can stand in the list above."""
    if mark["bullet"] or above.tag == "ul":
        return bool(mark["bullet"]) and above.tag == "ul"
    begun = (each for each in ListDelimiter if above.get("class").startswith(f"{each.value}-"))
    return mark["number"] != "1" and _delimiter(mark) is next(begun, ListDelimiter.PERIOD)


def _list_for(mark: re.Match[str], paragraph: Element) -> Element:
    if mark["bullet"]:
        return Element("ul", {}, paragraph.line)
    style, said = ListStyle.DECIMAL, {"start": mark["number"]}
    if letter := mark["letter"]:
        roman = len(letter) > 1 or letter in "iI"
        style = ListStyle(f"{'upper' if letter.isupper() else 'lower'}-{'roman' if roman else 'alpha'}")
        said = {}
    return Element("ol", {**said, "class": counter_style(style, _delimiter(mark))}, paragraph.line)


def _delimiter(mark: re.Match[str]) -> ListDelimiter:
    if mark["after"] == ".":
        return ListDelimiter.PERIOD
    return ListDelimiter.PARENTHESES if mark["before"] else ListDelimiter.PARENTHESIS


def _take_mark(paragraph: Element) -> re.Match[str] | None:
    """Take the bullet or number off a list paragraph of Word: it stands alone in the first text."""
    place = paragraph
    for _ in range(20):
        for index, child in enumerate(place.children):
            if isinstance(child, str):
                if is_blank(child):
                    continue
                found = _MARK.fullmatch(child)
                if found:
                    place.children[index] = ""
                    _without_blanks(paragraph)
                return found
            if not child.is_blank():
                place = child
                break
        else:
            return None
    return None


def _without_blanks(paragraph: Element) -> None:
    """Take away the blanks between the mark and the first word."""
    stack = [paragraph]
    while stack:
        element = stack.pop()
        for index, child in enumerate(element.children):
            if isinstance(child, str):
                element.children[index] = child.lstrip("\u00a0 \t\n")
                if element.children[index]:
                    return
            elif child.is_blank():
                child.replace([])
            else:
                stack.append(child)
                break


def _margin(paragraph: Element) -> float:
    found = _MARGIN.search(paragraph.get("style"))
    level = re.search(r"level(\d)", paragraph.get("style"))
    if level:
        return 36.0 * int(level[1])
    return float(found[1]) * _POINTS[found[2]] if found and re.fullmatch(r"-?\d+(?:\.\d+)?", found[1]) else 0.0
