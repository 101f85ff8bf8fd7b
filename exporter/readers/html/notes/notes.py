"""Notes: references in the text and the notes to which they link.

They are detected by their roles (DPUB-ARIA 1.1, doc-noteref and doc-footnote), by the classes and ids of Pandoc, Word,
LibreOffice, Google Docs, MediaWiki, WordPress, Drupal, Substack and Markdown libraries, or by links in both directions.
"""

from __future__ import annotations

import re

from exporter.findings import quoted
from exporter.model.east_asian import count_words
from exporter.readers.html.markup.dom import Element
from exporter.readers.html.notes.note_cleanup import (
    has_no_content,
    headings_before,
    remove_backlinks,
    remove_empty_container,
)
from exporter.readers.html.notes.note_detection import (
    NOTE_ID,
    is_backlink,
    is_declared_note,
    is_endnote,
    is_in_declared_note,
    looks_like_reference,
)
from exporter.readers.rules import NOTE_MISSING, FindingCollector

REFERENCE = "note-reference"
"""Element that replaces a note reference; its attribute `note` is the name of the note."""
_BETWEEN = re.compile(r"[\s\u00a0,;.\[\]()–-]*")
_CONTAINERS = frozenset({"li", "aside", "dd", "section", "div", "p", "tr", "td", "blockquote"})
_MAX_WORDS = 3_000
"""Words of a note."""


class ExtractedNote:
    """A note of a page."""

    def __init__(self, name: str, body: Element, label: str) -> None:
        self.name = name
        self.body = body
        self.label = label
        """Text of the note reference."""
        self.is_endnote = False


class NoteExtractor:
    """Extractor of the notes of a page; `note-reference` elements replace the references in the text."""

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
        self._link_targets = {link.get("href")[1:] for link in self._links}
        self._titles: list[Element] = []
        self._by_body: dict[int, ExtractedNote] = {}
        self._is_alone_by_id: dict[int, bool] = {}

    def extract(self) -> list[ExtractedNote]:
        """Remove the notes from the page and return them in its order."""
        self._collect_sidenotes()
        references = [(link, note) for link in self._links if (note := self._note_of(link))]
        bodies = {id(note.body) for _, note in references}
        for link, note in references:
            if any(ancestor is note.body for ancestor in link.ancestors()):
                continue
            self._insert_reference(link, note)
        self._collect_unreferenced(bodies)
        notes = [note for note in self._by_body.values() if note.body.parent is not None]
        for note in notes:
            for outer in [note.body, *list(note.body.ancestors())[:4]]:
                if outer.parent is not None and outer.parent.tag != REFERENCE:
                    self._titles += headings_before(outer.parent, outer.parent.index_of(outer))
        containers = {id(note.body.parent): note.body.parent for note in notes}
        for note in notes:
            self._detach(note)
        for container in containers.values():
            if container is not None and container.tag != REFERENCE:
                remove_empty_container(container)
        return notes

    def remove_empty_titles(self) -> None:
        """Remove headings and rules above notes that have no content now."""
        for title in self._titles:
            if title.parent is not None and has_no_content(title):
                title.replace_with()

    def _note_of(self, link: Element) -> ExtractedNote | None:
        name = link.get("href")[1:]
        target = self._ids.get(name)
        is_declared = "doc-noteref" in link.roles or "noteref" in link.roles
        if target is None:
            if is_declared:
                message = f"No note for the reference {quoted(link.text(), 40)}."
                self._report.add(NOTE_MISSING, link.line, message, advice="Write the note, or delete the reference.")
            return None
        if is_backlink(link):
            return None
        body = self._body_at(target)
        if body is None or id(body) in (id(ancestor) for ancestor in link.ancestors()):
            return None
        if id(body) in self._by_body:
            return self._by_body[id(body)] if looks_like_reference(link) or is_declared else None
        if self._order[id(target)] < self._order[id(link)] and not is_declared and not is_declared_note(body):
            return None  # a backlink
        if not is_declared and not (
            looks_like_reference(link) and (is_in_declared_note(body) or self._links_back(body, link))
        ):
            return None
        if count_words(body.text()) > _MAX_WORDS:
            return None
        note = ExtractedNote(name, body, link.text())
        note.is_endnote = is_endnote(body, name)
        self._by_body[id(body)] = note
        return note

    def _body_at(self, target: Element) -> Element | None:
        """Return the block of the note at the target of a link, or None."""
        if target.tag in ("body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure"):
            return None
        body = target
        if body.tag not in _CONTAINERS or body.tag == "p":
            body = next((element for element in (target, *target.ancestors()) if element.tag in _CONTAINERS), target)
        if body.tag == "td" and body.parent is not None:
            body = body.parent
        if body.tag in ("section", "div") and body is not target and not is_in_declared_note(body):
            return None
        parent = body.parent
        if body.tag == "p" and parent is not None and parent.tag in ("div", "li", "aside", "dd", "blockquote"):
            # A note of several paragraphs has an element of its own.
            own = parent.tag in ("li", "dd") or NOTE_ID.fullmatch(parent.get("id")) or self._is_alone(parent, target)
            if own and parent.tag not in ("body", "main", "article"):
                return parent
        return body

    def _is_alone(self, container: Element, target: Element) -> bool:
        """Return whether an element is small and contains no other link target."""
        if id(container) not in self._is_alone_by_id:
            count = 0
            for element in container.walk():
                name = element.get("name") if element.tag == "a" else ""
                count += element.get("id") in self._link_targets or name in self._link_targets
                if count > 1:
                    break
            first = next(iter(container.elements()), None)
            self._is_alone_by_id[id(container)] = count <= 1 and first is not None and len(container.children) < 60
        first = next(iter(container.elements()), None)
        return (
            self._is_alone_by_id[id(container)] and first is not None and any(node is target for node in first.walk())
        )

    def _links_back(self, body: Element, link: Element) -> bool:
        names = {link.get("id"), link.get("name")}
        for ancestor in list(link.ancestors())[:2]:
            names.add(ancestor.get("id"))
        names |= {inner.get("id") for inner in link.walk()}
        for sibling in list(link.parent.elements())[-3:] if link.parent else ():
            if sibling.tag == "a" and sibling.is_blank():
                names |= {sibling.get("id"), sibling.get("name")}
        names.discard("")
        return any(node.tag == "a" and node.get("href")[1:] in names for node in body.walk())

    def _insert_reference(self, link: Element, note: ExtractedNote) -> None:
        reference = Element(REFERENCE, {"note": note.name}, link.line)
        outer = link
        for ancestor in list(link.ancestors())[:3]:
            if ancestor.tag not in ("sup", "span", "small", "b", "strong", "em", "i"):
                break
            siblings = (child for child in ancestor.children if child is not outer)
            rest = "".join(child if isinstance(child, str) else child.text() for child in siblings)
            if _BETWEEN.fullmatch(rest) is None:
                break
            others = [
                node
                for node in ancestor.walk()
                if node.tag == REFERENCE or (node.tag == "a" and node is not link and node.get("href"))
            ]
            if others:
                if ancestor.tag == "sup":
                    ancestor.tag = "note-marks"  # several references in one `sup`: the text between them is ignored
                break
            outer = ancestor
        outer.replace_with(reference)

    def _collect_unreferenced(self, bodies: set[int]) -> None:
        """Collect notes without a reference, where the page declares them by their role."""
        for name, element in self._ids.items():
            if not {"doc-footnote", "doc-endnote"} & set(element.roles) or id(element) in self._by_body:
                continue
            if not any(id(ancestor) in bodies for ancestor in element.ancestors()):
                self._by_body[id(element)] = note = ExtractedNote(name, element, "")
                note.is_endnote = "doc-endnote" in element.roles

    def _collect_sidenotes(self) -> None:
        """Collect notes in the margin, which are written at their reference."""
        number = 0
        for element in list(self._body.walk()):
            if element.tag in ("span", "aside", "small") and {"sidenote", "marginnote"} & set(element.classes):
                number += 1
                name = element.get("id") or f"sidenote-{number}"
                reference = Element(REFERENCE, {"note": name}, element.line)
                note = ExtractedNote(name, Element("aside", {}, element.line, list(element.children)), "")
                element.replace_with(reference)
                note.body.parent = reference
                self._by_body[id(note.body)] = note
            elif element.tag == "label" and {"margin-toggle", "sidenote-number"} & set(element.classes):
                element.replace_with()

    def _detach(self, note: ExtractedNote) -> None:
        body = note.body
        assert body.parent is not None
        if body.parent.tag != REFERENCE:
            body.replace_with()
        remove_backlinks(body, note.label)
