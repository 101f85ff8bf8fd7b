"""Notes without what stood around them on the page: numbers, links back, headings and lines."""

from __future__ import annotations

import re

from exporter.readers.html.dom import Element, is_blank
from exporter.readers.html.limits import MAX_NESTING
from exporter.readers.html.note_detection import LABEL, is_back_link, says_note

_ARROWS = re.compile(r"[\s↩↑^⤴⏎←\ufe0e\ufe0f\u00a0\[\]]*")
_LEAD = re.compile(r"[\s\u00a0]*(?:\[\s*\d{1,4}\s*\]|\(\d{1,4}\)|\d{1,4}\s*[.):]?|[*†‡§]+|\[[a-z*]{1,3}\])?[\s\u00a0]*")
_TITLE_WORDS = 4
_AROUND_NUMBER = "[]().: \t\n\u00a0"


def clear(holder: Element) -> None:
    """Take out what stood around notes and is empty now: the list, the heading above them, the line between."""
    for _ in range(4):
        rest = [element for element in holder.elements() if not element.is_blank() or element.tag in ("img", "math")]
        words = [child for child in holder.children if isinstance(child, str) and not is_blank(child)]
        titles = [one for one in rest if re.fullmatch(r"h[1-6]|hr|label|p", one.tag)]
        marked = says_note(holder) or holder.tag in ("ol", "ul", "tbody", "table")
        few = sum(len(one.text().split()) for one in rest) <= _TITLE_WORDS
        if words or holder.parent is None or len(titles) != len(rest) or not few or (rest and not marked):
            return
        if holder.tag in ("body", "main", "article", "html"):
            return
        above = holder.parent
        holder.swap()
        holder = above


def heading_before(above: Element, index: int) -> list[Element]:
    """Return the heading or the line that stands directly over notes."""
    elements: list[Element] = []
    for place in range(index - 1, -1, -1):
        before = above.children[place]
        if isinstance(before, str):
            if not is_blank(before):
                break
            continue
        title = before if re.fullmatch(r"h[1-6]", before.tag) else before.find("h1", "h2", "h3", "h4", "h5", "h6")
        is_title = title is not None and title.text() == before.text() and len(title.text().split()) <= _TITLE_WORDS
        if before.tag == "hr" or is_title:
            elements.append(before)
        elif not before.is_blank():
            break
    return elements


def heads_nothing(element: Element) -> bool:
    """Return whether nothing follows before the next heading or the end."""
    place = element
    while (above := place.parent) is not None:
        for after in above.children[above.place_of(place) + 1 :]:
            if isinstance(after, str):
                if not is_blank(after):
                    return False
            elif not after.is_blank() or after.tag == "hr":
                return re.fullmatch(r"h[1-6]", after.tag) is not None
        if above.tag in ("body", "main", "article", "section"):
            return True
        place = above
    return False


def without_links_back(body: Element, label: str) -> None:
    """Take out of a note the links that lead back to the text, and the number before its first words."""
    for link in [node for node in body.walk() if node.tag == "a" and node.get("href").startswith("#")]:
        words = link.text()
        if is_back_link(link) or _ARROWS.fullmatch(words) or LABEL.fullmatch(words):
            outer = link
            while (
                outer.parent is not None
                and outer.parent is not body
                and outer.parent.tag in ("sup", "span", "b", "strong")
            ):
                rest = [child for child in outer.parent.children if child is not outer]
                if not all(_ARROWS.fullmatch(child if isinstance(child, str) else child.text()) for child in rest):
                    break
                outer = outer.parent
            outer.swap()
    for one in body.walk():
        if set(one.classes) & {"mw-cite-backlink", "footnote-number", "note-number", "footnote-label"}:
            one.replace([])
    _without_number(body, label.strip(_AROUND_NUMBER))


def _without_number(body: Element, label: str) -> None:
    """Take away the number that a note begins with, where the mark in the text says the same."""
    stack: list[tuple[Element, int]] = [(body, 0)]
    for _ in range(MAX_NESTING):
        element, _place = stack[-1]
        for index, child in enumerate(element.children):
            if isinstance(child, str):
                if is_blank(child):
                    continue
                lead = _LEAD.match(child)
                said = lead[0].strip(_AROUND_NUMBER) if lead else ""
                if lead and said in ("", label):
                    element.children[index] = child[lead.end() :]
                return
            if child.is_blank():
                continue
            if child.tag in ("sup", "span", "b", "strong", "small") and child.text().strip(_AROUND_NUMBER) == label:
                element.children[index] = ""
                continue
            stack.append((child, index))
            break
        else:
            return
