"""Notes: a mark in the text that links to a passage which links back, whatever system wrote them.

Known by their roles (DPUB-ARIA 1.1, doc-noteref and doc-footnote), by the names that Pandoc, Word, LibreOffice, Google
Docs, MediaWiki, WordPress, Drupal, Substack and the Markdown libraries give them, or by links that lead both ways.
"""

from __future__ import annotations

import re

from exporter.findings import quoted
from exporter.readers.html.dom import Element
from exporter.readers.html.note_cleanup import clear, heading_before, heads_nothing, without_links_back
from exporter.readers.html.note_detection import (
    NOTE_ID,
    is_back_link,
    is_endnote,
    is_marked,
    looks_like_mark,
    says_note,
)
from exporter.readers.rules import NOTE_MISSING, FindingCollector

REFERENCE = "note-reference"
"""An element of our own that stands where the text refers to a note; `note` names it."""
_BETWEEN = re.compile(r"[\s\u00a0,;.\[\]()–-]*")
_HOLDERS = frozenset({"li", "aside", "dd", "section", "div", "p", "tr", "td", "blockquote"})
_MAX_WORDS = 3_000
"""Words of one note."""


class FoundNote:
    """One note of a page."""

    def __init__(self, name: str, body: Element, label: str) -> None:
        self.name = name
        self.body = body
        self.label = label
        """What the mark in the text says."""
        self.is_endnote = False


class Notes:
    """Finds the notes of a page, takes them out of it and leaves `note-reference` elements in the text."""

    def __init__(self, body: Element, report: FindingCollector) -> None:
        self._report = report
        self._body = body
        self._ids: dict[str, Element] = {}
        self._links: list[Element] = []
        self._order: dict[int, int] = {}
        for number, element in enumerate(body.walk()):
            self._order[id(element)] = number
            for name in (element.get("id"), element.get("name") if element.tag == "a" else ""):
                if name:
                    self._ids.setdefault(name, element)
            if element.tag == "a" and element.get("href").startswith("#"):
                self._links.append(element)
        self._wanted = {link.get("href")[1:] for link in self._links}
        self._titles: list[Element] = []
        self._by_body: dict[int, FoundNote] = {}
        self._holders: dict[int, bool] = {}

    def gather(self) -> list[FoundNote]:
        """Return the notes in the order of the page."""
        self._sidenotes()
        marks = [(link, note) for link in self._links if (note := self._note_of(link))]
        inner = {id(note.body) for _, note in marks}
        for link, note in marks:
            if any(above is note.body for above in link.ancestors()):
                continue
            self._put_mark(link, note)
        self._unreferred(inner)
        notes = [note for note in self._by_body.values() if note.body.parent is not None]
        for note in notes:
            for outer in [note.body, *list(note.body.ancestors())[:4]]:
                if outer.parent is not None and outer.parent.tag != REFERENCE:
                    self._titles += heading_before(outer.parent, outer.parent.place_of(outer))
        holders = {id(note.body.parent): note.body.parent for note in notes}
        for note in notes:
            self._take_out(note)
        for holder in holders.values():
            if holder is not None and holder.tag != REFERENCE:
                clear(holder)
        return notes

    def drop_titles(self) -> None:
        """Take out headings and lines that stood over notes and stand over nothing now."""
        for title in self._titles:
            if title.parent is not None and heads_nothing(title):
                title.swap()

    def _note_of(self, link: Element) -> FoundNote | None:
        name = link.get("href")[1:]
        target = self._ids.get(name)
        says_so = "doc-noteref" in link.roles or "noteref" in link.roles
        if target is None:
            if says_so:
                message = f"There is no note for the mark {quoted(link.text(), 40)}."
                self._report.add(NOTE_MISSING, link.line, message, advice="Write the note, or delete the mark.")
            return None
        if is_back_link(link):
            return None
        body = self._holder(target)
        if body is None or id(body) in (id(above) for above in link.ancestors()):
            return None
        if id(body) in self._by_body:
            return self._by_body[id(body)] if looks_like_mark(link) or says_so else None
        looks = looks_like_mark(link)
        if self._order[id(target)] < self._order[id(link)] and not says_so and not is_marked(body):
            return None  # a link back, from the note to the text
        if not says_so and not (looks and (says_note(body) or self._links_back(body, link))):
            return None
        if len(body.text().split()) > _MAX_WORDS:
            return None
        note = FoundNote(name, body, link.text())
        note.is_endnote = is_endnote(body, name)
        self._by_body[id(body)] = note
        return note

    def _holder(self, target: Element) -> Element | None:
        """Return the block that is the note to which a link leads."""
        if target.tag in ("body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure"):
            return None
        body = target
        if body.tag not in _HOLDERS or body.tag == "p":
            body = next((one for one in (target, *target.ancestors()) if one.tag in _HOLDERS), target)
        if body.tag == "td" and body.parent is not None:
            body = body.parent
        if body.tag in ("section", "div") and body is not target and not says_note(body):
            return None
        above = body.parent
        if body.tag == "p" and above is not None and above.tag in ("div", "li", "aside", "dd", "blockquote"):
            # A note of several paragraphs stands in an element of its own.
            own = above.tag in ("li", "dd") or NOTE_ID.fullmatch(above.get("id")) or self._is_alone(above, target)
            if own and above.tag not in ("body", "main", "article"):
                return above
        return body

    def _is_alone(self, holder: Element, target: Element) -> bool:
        """Return whether no other link of the page leads into a small element."""
        if id(holder) not in self._holders:
            count = 0
            for element in holder.walk():
                name = element.get("name") if element.tag == "a" else ""
                count += element.get("id") in self._wanted or name in self._wanted
                if count > 1:
                    break
            first = next(iter(holder.elements()), None)
            self._holders[id(holder)] = count <= 1 and first is not None and len(holder.children) < 60
        first = next(iter(holder.elements()), None)
        return self._holders[id(holder)] and first is not None and any(node is target for node in first.walk())

    def _links_back(self, body: Element, link: Element) -> bool:
        names = {link.get("id"), link.get("name")}
        for above in list(link.ancestors())[:2]:
            names.add(above.get("id"))
        names |= {inner.get("id") for inner in link.walk()}
        for before in list(link.parent.elements())[-3:] if link.parent else ():
            if before.tag == "a" and before.is_blank():
                names |= {before.get("id"), before.get("name")}
        names.discard("")
        return any(node.tag == "a" and node.get("href")[1:] in names for node in body.walk())

    def _put_mark(self, link: Element, note: FoundNote) -> None:
        mark = Element(REFERENCE, {"note": note.name}, link.line)
        outer = link
        for above in list(link.ancestors())[:3]:
            if above.tag not in ("sup", "span", "small", "b", "strong", "em", "i"):
                break
            beside = (child for child in above.children if child is not outer)
            rest = "".join(child if isinstance(child, str) else child.text() for child in beside)
            if _BETWEEN.fullmatch(rest) is None:
                break
            others = [
                node
                for node in above.walk()
                if node.tag == REFERENCE or (node.tag == "a" and node is not link and node.get("href"))
            ]
            if others:
                if above.tag == "sup":
                    above.tag = "note-marks"  # several in one: what stands between them is no text
                break
            outer = above
        outer.swap(mark)

    def _unreferred(self, known: set[int]) -> None:
        """Notes to which no mark leads are notes all the same where the page says so."""
        for name, element in self._ids.items():
            if not {"doc-footnote", "doc-endnote"} & set(element.roles) or id(element) in self._by_body:
                continue
            if not any(id(above) in known for above in element.ancestors()):
                self._by_body[id(element)] = note = FoundNote(name, element, "")
                note.is_endnote = "doc-endnote" in element.roles

    def _sidenotes(self) -> None:
        """Notes in the margin, written where they are meant."""
        number = 0
        for element in list(self._body.walk()):
            if element.tag in ("span", "aside", "small") and {"sidenote", "marginnote"} & set(element.classes):
                number += 1
                name = element.get("id") or f"sidenote-{number}"
                mark = Element(REFERENCE, {"note": name}, element.line)
                note = FoundNote(name, Element("aside", {}, element.line, list(element.children)), "")
                element.swap(mark)
                note.body.parent = mark
                self._by_body[id(note.body)] = note
            elif element.tag == "label" and {"margin-toggle", "sidenote-number"} & set(element.classes):
                element.swap()

    def _take_out(self, note: FoundNote) -> None:
        body = note.body
        holder = body.parent
        assert holder is not None
        if holder.tag != REFERENCE:
            body.swap()
        without_links_back(body, note.label)
