"""Sections of the recording, one for each heading, with the events of their SMIL files and what can be skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import msgspec

from exporter.writers.xhtml.inventory import HEADINGS, HTML
from exporter.writers.xhtml.overlay.reading_order import NOTE_MARK, PAGE, Par, Seq


class Skip(StrEnum):
    """Structures that a player can skip (DAISY 2.02 Skippable Structures, 3)."""

    FOOTNOTE = "footnote-on"
    PAGE = "pagenumber-on"
    SIDEBAR = "sidebar-on"
    PRODUCER = "prodnote-on"


class Event(msgspec.Struct):
    """A `par` of SMIL: a sentence, an image, a page number or a note reference."""

    par: Par
    document: str
    """File name of its content document, before renaming."""
    element: Any
    """The element that it points to."""
    skip: Skip | None
    around: Any = None
    """The note, box or description around it, which is skipped as a whole."""
    heading: Any = None
    """The heading around it."""

    @property
    def is_reference(self) -> bool:
        """Whether it is a note reference."""
        return self.par.type == NOTE_MARK


class Section(msgspec.Struct):
    """A heading with all events up to the next one."""

    heading: Any
    level: int
    events: list[Event]

    @property
    def title(self) -> str:
        """Text of the heading, without note references and page numbers."""
        return text_of(self.heading)


def split(documents: Iterable[tuple[str, Any, Seq]]) -> list[Section]:
    """Return the sections in reading order, one for each heading.

    Args:
        documents: File name, root and reading order of each; the first has a heading of level 1.
    """
    sections: list[Section] = []
    title: Any = None
    for name, root, body in documents:
        title = next(root.iter(f"{HTML}h1")) if title is None else title
        elements = {element.get("id"): element for element in root.iter() if element.get("id")}
        for par in body.pars():
            event = _event(par, name, elements[par.target])
            heading = event.heading
            if heading is None and not sections:
                # A title without letters or digits is not spoken.
                heading = title
            if heading is not None and not (sections and sections[-1].heading is heading):
                sections.append(Section(heading, int(heading.tag[-1]), []))
            sections[-1].events.append(event)
    return sections


def _event(par: Par, document: str, element: Any) -> Event:
    if element.get("role") == PAGE:
        return Event(par, document, element, Skip.PAGE)
    ancestors = [element, *element.iterancestors()]
    heading = next((ancestor for ancestor in ancestors if ancestor.tag in HEADINGS), None)
    for ancestor in ancestors:
        if skip := _skip(ancestor):
            # Every table of contents has the headings of boxes and descriptions, none has those of notes.
            return Event(par, document, element, skip, ancestor, None if skip is Skip.FOOTNOTE else heading)
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


def text_of(element: Any) -> str:
    """Return the text of an element without note references and page numbers."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren():
        is_mark = child.get("role") in {PAGE, "doc-noteref"} or "noteref-mark" in (child.get("class") or "").split()
        if isinstance(child.tag, str) and not is_mark:
            yield " " if child.tag == f"{HTML}br" else child.get("alt") or ""
            yield from _texts(child)
        yield child.tail or ""
