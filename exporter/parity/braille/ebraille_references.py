"""Targets of the links of an eBraille publication: within the text, to notes and back, and from the contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from exporter import model as m
from exporter.findings import Finding
from exporter.inspect.archive import resolve
from exporter.model import Publication
from exporter.model.addresses import scheme
from exporter.model.walk import headings, referenced_notes, walk
from exporter.parity import rules
from exporter.parity.braille.ebraille_book import HTML, Book, is_note

_REFERENCE, _BACK = "doc-noteref", "doc-backlink"


def check(publication: Publication, book: Book) -> Iterator[Finding]:
    """Yield the links that lead to other places than those of the tree."""
    yield from _links(publication, book)
    yield from _notes(publication, book)
    yield from _contents(publication, book)


def _target(name: str, link: Any) -> tuple[str, str]:
    """Return the document and the identifier that a link in a document leads to."""
    address, _, fragment = (link.get("href") or "").partition("#")
    return (resolve(name, address) if address else name), fragment


def _links(publication: Publication, book: Book) -> Iterator[Finding]:
    identifiers = {node.at.id for node in walk(publication) if node.at.id}
    targets = (node.target.strip() for node in walk(publication) if isinstance(node, m.Link))
    expected = Counter(target[1:] for target in targets if target.startswith("#") and target[1:] in identifiers)
    actual = Counter(
        _target(name, link)[1]
        for name, link in book.links()
        if not scheme(link.get("href") or "") and link.get("role") not in {_REFERENCE, _BACK}
    )
    for identifier in actual - expected:
        if identifier in identifiers:
            yield rules.LINKS.finding(f"A link leads to “#{identifier}” more often than in the manuscript.")
    for identifier in expected - actual:
        yield rules.LINKS.finding(f"A link that leads to “#{identifier}” leads to another place, or is missing.")


def _notes(publication: Publication, book: Book) -> Iterator[Finding]:
    notes = [element for _, root in book.documents for element in root.iter(f"{HTML}*") if is_note(element)]
    numbers = {note: number for number, note in enumerate(notes, 1)}
    order = {note.id: number for number, note in enumerate(referenced_notes(publication), 1)}
    marks: dict[int, str] = {}
    actual: list[int] = []
    for name, link in book.links(_REFERENCE):
        number = numbers.get(book.ids.get(_target(name, link)), 0)
        actual.append(number)
        words = "".join(link.itertext()).strip()
        if marks.setdefault(number, words) != words:
            yield rules.NOTES.finding(f"References to note {number} show different numbers.")
    if len(set(marks.values())) != len(marks):
        yield rules.NOTES.finding("References to different notes show the same number.")
    if len(order) == len(notes):
        references = [
            node.note for node in walk((*publication.front, *publication.body)) if isinstance(node, m.NoteReference)
        ]
        expected = [order[note] for note in references if note in order]
        if actual[: len(expected)] != expected:
            yield rules.NOTES.finding(f"References lead to the notes {actual}; expected {expected}.")
    for name, link in book.links(_BACK):
        own = next((numbers[element] for element in link.iterancestors() if element in numbers), 0)
        mark = book.ids.get(_target(name, link))
        number = numbers.get(book.ids.get(_target(_home(book, mark), mark)), 0) if mark is not None else 0
        if own != number:
            yield rules.NOTES.finding(f"The link back from note {own} leads to another reference.")


def _home(book: Book, element: Any) -> str:
    return next((name for name, root in book.documents if root is element.getroottree().getroot()), "")


def _contents(publication: Publication, book: Book) -> Iterator[Finding]:
    expected = [heading.section.at.id for heading in headings(publication)]
    toc = book.nav("toc")
    links = toc.iter(f"{HTML}a") if toc is not None else ()
    actual = [fragment for link in links if (fragment := (link.get("href") or "").partition("#")[2])]
    if actual != expected and set(expected) != {""}:
        yield rules.CONTENTS.finding("The contents of the primary entry page lead to other headings than the text has.")
