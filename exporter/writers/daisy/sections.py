"""What is heard, cut at every heading: the events of each SMIL file, and what a listener may skip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import msgspec

from exporter.writers.xhtml.inventory import HEADINGS, HTML
from exporter.writers.xhtml.overlay.reading_order import NOTE_MARK, PAGE, Par, Seq


class Skip(StrEnum):
    """What a player can leave out (DAISY 2.02 Skippable Structures, 3)."""

    FOOTNOTE = "footnote-on"
    PAGE = "pagenumber-on"
    SIDEBAR = "sidebar-on"
    PRODUCER = "prodnote-on"


class Event(msgspec.Struct):
    """A sentence, a picture, a mark: a `par` of SMIL."""

    par: Par
    document: str
    """File name of the document that it points into, as it was written first."""
    element: Any
    """What it points at."""
    skip: Skip | None
    around: Any = None
    """The note, box or description that is skipped as a whole."""
    heading: Any = None
    """The heading that it belongs to."""

    @property
    def is_reference(self) -> bool:
        """Whether it is the mark of a note."""
        return self.par.type == NOTE_MARK


class Section(msgspec.Struct):
    """A heading with all that is heard up to the next one."""

    heading: Any
    level: int
    events: list[Event]

    @property
    def title(self) -> str:
        """Words of the heading, without marks of notes and pages."""
        return words(self.heading)


def cut(documents: Iterable[tuple[str, Any, Seq]]) -> list[Section]:
    """Return the sections in reading order; every heading begins one.

    Args:
        documents: File name, root and what is heard of each; the first has a heading of the first level.
    """
    sections: list[Section] = []
    title: Any = None
    for name, root, body in documents:
        title = next(root.iter(f"{HTML}h1")) if title is None else title
        named = {element.get("id"): element for element in root.iter() if element.get("id")}
        for par in body.pars():
            event = _event(par, name, named[par.target])
            heading = event.heading
            if heading is None and not sections:
                # A title of signs alone is not heard.
                heading = title
            if heading is not None and not (sections and sections[-1].heading is heading):
                sections.append(Section(heading, int(heading.tag[-1]), []))
            sections[-1].events.append(event)
    return sections


def _event(par: Par, document: str, element: Any) -> Event:
    if element.get("role") == PAGE:
        return Event(par, document, element, Skip.PAGE)
    above = [element, *element.iterancestors()]
    heading = next((each for each in above if each.tag in HEADINGS), None)
    for each in above:
        if skip := _skip(each):
            # Headings of boxes and descriptions are in every list of contents, those of notes in none.
            return Event(par, document, element, skip, each, None if skip is Skip.FOOTNOTE else heading)
    skip = Skip.FOOTNOTE if par.type == NOTE_MARK else None
    return Event(par, document, element, skip, None, None if par.type == NOTE_MARK else heading)


def _skip(element: Any) -> Skip | None:
    classes = (element.get("class") or "").split()
    parent = element.getparent()
    if element.tag == f"{HTML}aside":
        return Skip.FOOTNOTE if is_note(element) else Skip.SIDEBAR
    if element.tag == f"{HTML}li" and parent is not None and "endnotes" in (parent.get("class") or "").split():
        return Skip.FOOTNOTE
    if element.tag == f"{HTML}details" or (element.tag == f"{HTML}div" and "description" in classes):
        return Skip.PRODUCER
    return None


def is_note(element: Any) -> bool:
    """Return whether an `aside` is a footnote."""
    return bool(element.get("role") == "doc-footnote")


def words(element: Any) -> str:
    """Return the words of an element without the marks of notes and pages in it."""
    return " ".join("".join(_words(element)).split())


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren():
        mark = child.get("role") in {PAGE, "doc-noteref"} or "noteref-mark" in (child.get("class") or "").split()
        if isinstance(child.tag, str) and not mark:
            yield " " if child.tag == f"{HTML}br" else child.get("alt") or ""
            yield from _words(child)
        yield child.tail or ""
