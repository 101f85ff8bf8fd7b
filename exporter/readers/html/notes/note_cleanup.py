"""Cleanup of notes: numbers, backlinks, empty containers, headings and rules."""

from __future__ import annotations

import re

from exporter.model.east_asian import count_words
from exporter.readers.html.markup.dom import Element, is_blank
from exporter.readers.html.markup.limits import MAX_NESTING
from exporter.readers.html.notes.note_detection import LABEL, is_backlink, is_in_declared_note

_ARROWS = re.compile(r"[\s↩↑^⤴⏎←\ufe0e\ufe0f\u00a0\[\]]*")
_LEAD = re.compile(r"[\s\u00a0]*(?:\[\s*\d{1,4}\s*\]|\(\d{1,4}\)|\d{1,4}\s*[.):]?|[*†‡§]+|\[[a-z*]{1,3}\])?[\s\u00a0]*")
_TITLE_WORDS = 4
_AROUND_NUMBER = "[]().: \t\n\u00a0"


def remove_empty_container(container: Element) -> None:
    """Remove a container of notes that is empty now, with its ancestors, short headings and rules."""
    for _ in range(4):
        rest = [element for element in container.elements() if not element.is_blank() or element.tag in ("img", "math")]
        texts = [child for child in container.children if isinstance(child, str) and not is_blank(child)]
        titles = [element for element in rest if re.fullmatch(r"h[1-6]|hr|label|p", element.tag)]
        is_note_container = is_in_declared_note(container) or container.tag in ("ol", "ul", "tbody", "table")
        is_short = sum(count_words(element.text()) for element in rest) <= _TITLE_WORDS
        if texts or container.parent is None or len(titles) != len(rest) or not is_short:
            return
        if rest and not is_note_container:
            return
        if container.tag in ("body", "main", "article", "html"):
            return
        parent = container.parent
        container.replace_with()
        container = parent


def headings_before(parent: Element, index: int) -> list[Element]:
    """Return the headings and rules directly before a child."""
    elements: list[Element] = []
    for before in reversed(parent.children[:index]):
        if isinstance(before, str):
            if not is_blank(before):
                break
            continue
        title = before if re.fullmatch(r"h[1-6]", before.tag) else before.find("h1", "h2", "h3", "h4", "h5", "h6")
        is_title = title is not None and title.text() == before.text() and count_words(title.text()) <= _TITLE_WORDS
        if before.tag == "hr" or is_title:
            elements.append(before)
        elif not before.is_blank():
            break
    return elements


def has_no_content(element: Element) -> bool:
    """Return whether a heading or rule has no content before the next heading or the end."""
    current = element
    while (parent := current.parent) is not None:
        for after in parent.children[parent.index_of(current) + 1 :]:
            if isinstance(after, str):
                if not is_blank(after):
                    return False
            elif not after.is_blank() or after.tag == "hr":
                return re.fullmatch(r"h[1-6]", after.tag) is not None
        if parent.tag in ("body", "main", "article", "section"):
            return True
        current = parent
    return False


def remove_backlinks(body: Element, label: str) -> None:
    """Remove the backlinks of a note and the number before its text."""
    for link in [node for node in body.walk() if node.tag == "a" and node.get("href").startswith("#")]:
        text = link.text()
        if is_backlink(link) or _ARROWS.fullmatch(text) or LABEL.fullmatch(text):
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
            outer.replace_with()
    for element in body.walk():
        if set(element.classes) & {"mw-cite-backlink", "footnote-number", "note-number", "footnote-label"}:
            element.replace_children([])
    _remove_number(body, label.strip(_AROUND_NUMBER))


def _remove_number(body: Element, label: str) -> None:
    """Remove the number at the beginning of a note, if its reference has the same."""
    element = body
    for _ in range(MAX_NESTING):
        for index, child in enumerate(element.children):
            if isinstance(child, str):
                if is_blank(child):
                    continue
                lead = _LEAD.match(child)
                number = lead[0].strip(_AROUND_NUMBER) if lead else ""
                if lead and number in ("", label):
                    element.children[index] = child[lead.end() :]
                return
            if child.is_blank():
                continue
            if child.tag in ("sup", "span", "b", "strong", "small") and child.text().strip(_AROUND_NUMBER) == label:
                element.children[index] = ""
                continue
            element = child
            break
        else:
            return
