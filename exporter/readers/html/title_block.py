"""Title, subtitle and byline in the text of a page, which become metadata."""

from __future__ import annotations

import re

import msgspec

from exporter.model import Contributor, Metadata
from exporter.model.text_keys import words_key
from exporter.readers.html.markup.dom import Element
from exporter.readers.html.metadata import PageMetadata, parse_date

_TITLES = frozenset({"title", "msotitle", "doc-title"})
_SUBTITLES = frozenset(
    {
        "subtitle",
        "msosubtitle",
        "doc-subtitle",
        "subheading",
        "standfirst",
        "dek",
        "pw-subtitle-paragraph",
        "post-subtitle",
    }
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BY = re.compile(r"^(?:by|von|par|por|da|di|de|автор:?|بقلم:?)\s+|^作者\s*[:：]\s*", re.IGNORECASE)


def extract_title(body: Element, main: Element, head: PageMetadata, metadata: Metadata) -> Metadata:
    """Remove the title from the text of a page and return the metadata with it.

    The title is a paragraph with the title style of a word processor, the only `h1` of the text, the first `h1` that
    repeats the title in the head of the page, or the only `h1` outside of the text; else the metadata stay as they are.
    """
    heading = _heading(main, head) or _heading_outside(body, main)
    if heading is None:
        return metadata
    metadata = msgspec.structs.replace(metadata, title=heading.text() or metadata.title)
    group = heading.parent
    following = _element_after(heading)
    heading.replace_with()
    if following is not None and _is_subtitle(following, in_group=group is not None and group.tag == "hgroup"):
        metadata = msgspec.structs.replace(metadata, subtitle=following.text())
        following.replace_with()
    return _extract_byline(group, metadata) if group is not None else metadata


def _heading(main: Element, head: PageMetadata) -> Element | None:
    first = next((node for node in main.walk() if node.tag in _HEADINGS or _is_title(node)), None)
    tops = [node for node in main.walk() if node.tag == "h1" and node.text()]
    if first is not None and first.tag != "h1" and _is_title(first):
        return first
    if len(tops) == 1 and (first is tops[0] or _is_page_title(tops[0], head)):
        return tops[0]
    return tops[0] if tops and _is_page_title(tops[0], head) else None


def _is_title(element: Element) -> bool:
    return element.tag == "p" and bool(set(element.classes) & _TITLES) and bool(element.text())


def _is_page_title(heading: Element, head: PageMetadata) -> bool:
    text = words_key(heading.text())
    return bool(text) and any((words_key(title) + " ").startswith(text + " ") for title in head.titles)


def _heading_outside(body: Element, main: Element) -> Element | None:
    """Return the only `h1` of a page if it is outside of the main content, or None."""
    if main is body or any(node.tag == "h1" for node in main.walk()):
        return None
    headings = [node for node in body.walk() if node.tag == "h1" and node.text()]
    return headings[0] if len(headings) == 1 else None


def _element_after(heading: Element) -> Element | None:
    current = heading
    for parent in list(heading.ancestors())[:2]:
        siblings = parent.children[parent.index_of(current) + 1 :]
        after = next((node for node in siblings if isinstance(node, Element) and not node.is_blank()), None)
        if after is not None or parent.text() != heading.text():
            return after
        current = parent
    return None


def _is_subtitle(element: Element, *, in_group: bool) -> bool:
    is_named = bool(set(element.classes) & _SUBTITLES) or "doc-subtitle" in element.roles
    return element.tag in ("p", "h2", "h3", "div") and (is_named or in_group) and len(element.text()) < 300


def _extract_byline(group: Element, metadata: Metadata) -> Metadata:
    """Remove the author, date and subtitle that Pandoc writes below the title, and return the metadata with them."""
    authors = []
    for element in list(group.elements()):
        names = set(element.classes)
        if element.tag == "p" and "author" in names:
            authors.append(_BY.sub("", element.text()))
            element.replace_with()
        elif element.tag == "p" and "date" in names and (day := parse_date(element.text())):
            metadata = msgspec.structs.replace(metadata, date=metadata.date or day)
            element.replace_with()
        elif element.tag == "p" and "subtitle" in names:
            metadata = msgspec.structs.replace(metadata, subtitle=element.text())
            element.replace_with()
    if authors and not metadata.authors:
        metadata = msgspec.structs.replace(metadata, authors=tuple(Contributor(name) for name in authors if name))
    return metadata
