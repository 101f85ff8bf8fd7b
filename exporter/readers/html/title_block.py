"""Title, subtitle and byline as they stand in the text of a page: they become metadata and leave the text."""

from __future__ import annotations

import re

import msgspec

from exporter.model import Contributor, Metadata
from exporter.readers.html.dom import Element
from exporter.readers.html.metadata import Said, date

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
_BY = re.compile(r"^(?:by|von|par|por|da|di|de|автор:?|بقلم:?)\s+", re.IGNORECASE)


def take_title(body: Element, main: Element, said: Said, metadata: Metadata) -> Metadata:
    """Return metadata with the title that the page shows, and take it out of the text.

    The title is the only `h1` of the text, or the first when the head of the page calls the page so; else the `h1`
    that stands before the text, or a paragraph that a word processor calls the title; else what the head says.
    """
    heading = _heading(main, said) or _before(body, main)
    if heading is None:
        return metadata
    words = heading.text()
    metadata = msgspec.structs.replace(metadata, title=words or metadata.title)
    group = heading.parent
    below = _next(heading)
    heading.swap()
    if below is not None and _is_subtitle(below, in_group=group is not None and group.tag == "hgroup"):
        metadata = msgspec.structs.replace(metadata, subtitle=below.text())
        below.swap()
        below = None
    return _byline(group, metadata) if group is not None else metadata


def _heading(main: Element, said: Said) -> Element | None:
    first = next((node for node in main.walk() if node.tag in _HEADINGS or _is_title(node)), None)
    tops = [node for node in main.walk() if node.tag == "h1" and node.text()]
    if first is not None and first.tag != "h1" and _is_title(first):
        return first
    if len(tops) == 1 and (first is tops[0] or _is_called(tops[0], said)):
        return tops[0]
    return tops[0] if tops and _is_called(tops[0], said) else None


def _is_title(element: Element) -> bool:
    return element.tag == "p" and bool(set(element.classes) & _TITLES) and bool(element.text())


def _is_called(heading: Element, said: Said) -> bool:
    words = _plain(heading.text())
    return any(words == _plain(title) or _plain(title).startswith(words + " ") for title in said.titles if words)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _before(body: Element, main: Element) -> Element | None:
    """Return the heading of the page where it stands outside of its text."""
    if main is body or any(node.tag == "h1" for node in main.walk()):
        return None
    found = [node for node in body.walk() if node.tag == "h1" and node.text()]
    return found[0] if len(found) == 1 else None


def _next(heading: Element) -> Element | None:
    place = heading
    for above in list(heading.ancestors())[:2]:
        after = above.children[above.place_of(place) + 1 :]
        found = next((one for one in after if isinstance(one, Element) and not one.is_blank()), None)
        if found is not None or above.text() != heading.text():
            return found
        place = above
    return None


def _is_subtitle(element: Element, *, in_group: bool) -> bool:
    named = set(element.classes) & _SUBTITLES or "doc-subtitle" in element.roles
    return element.tag in ("p", "h2", "h3", "div") and (bool(named) or in_group) and len(element.text()) < 300


def _byline(group: Element, metadata: Metadata) -> Metadata:
    """Take author and date as Pandoc writes them below its title."""
    authors = []
    for element in list(group.elements()):
        names = set(element.classes)
        if element.tag == "p" and "author" in names:
            authors.append(_BY.sub("", element.text()))
            element.swap()
        elif element.tag == "p" and "date" in names and (day := date(element.text())):
            metadata = msgspec.structs.replace(metadata, date=metadata.date or day)
            element.swap()
        elif element.tag == "p" and "subtitle" in names:
            metadata = msgspec.structs.replace(metadata, subtitle=element.text())
            element.swap()
    if authors and not metadata.authors:
        named = tuple(Contributor(name) for name in authors if name)
        metadata = msgspec.structs.replace(metadata, authors=named)
    return metadata
