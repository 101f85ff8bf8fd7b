"""Notes of an EPUB: their marks lead to them, and they lead back (WCAG 1.3.1, 2.4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.validate.epub.package import resolve
from exporter.validate.epub.publication import Publication
from exporter.validate.html.page import Element, Page, local, quote, semantic_types, text

LOST = Rule(
    "epub-note-lost",
    Severity.ERROR,
    "The mark of a note leads to the note.",
    "Fix the link of the reference.",
    "EPUB 3.3; DPUB-ARIA 1.1, doc-noteref",
)
RETURN = Rule(
    "epub-note-return",
    # No standard asks for it, and reading systems that show notes over the text need no link. That ours have it is
    # compared with the manuscript (`parity-notes`).
    Severity.WARNING,
    "Every note leads back to its mark.",
    "Put a link back into the note (role doc-backlink).",
    "DPUB-ARIA 1.1, doc-backlink",
)
UNREFERRED = Rule(
    "epub-note-unreferred",
    Severity.WARNING,
    "Every note is referred to.",
    "Put its mark into the text.",
    "WCAG 1.3.1",
)
RULES = (LOST, RETURN, UNREFERRED)
_NOTES = ("footnote", "endnote", "rearnote")


def check(book: Publication) -> Iterator[Finding]:
    """Check every note reference and every note."""
    marks: dict[tuple[str, str], list[tuple[Page, Element]]] = {}
    for page, mark in book.marked("noteref"):
        link = (
            mark
            if local(mark) == "a"
            else next((descendant for descendant in mark.iter() if local(descendant) == "a"), None)
        )
        target = link.get("href") if link is not None else None
        document, _, name = resolve(page.name, target or "").partition("#")
        if not target or document not in book.by_name or name not in book.by_name[document].ids:
            yield LOST.finding(f"The mark {quote(text(mark))} leads to no note.", place=page.location_of(mark))
        else:
            marks.setdefault((document, name), []).append((page, mark))
    for (document, name), referring in marks.items():
        page = book.by_name[document]
        note = page.ids[name]
        if not _leads_back(page, note, referring):
            yield RETURN.finding(f"The note {quote(_words(note))} leads nowhere back.", place=page.location_of(note))
    for page, note in book.marked(*_NOTES):
        if local(note) not in {"a", "section"} and not any(
            (page.name, element.get("id")) in marks for element in (note, *note.iter()) if isinstance(element.tag, str)
        ):
            yield UNREFERRED.finding(f"Nothing refers to the note {quote(_words(note))}.", place=page.location_of(note))


def _words(note: Element) -> str:
    return " ".join("".join(note.itertext()).split())


def _leads_back(page: Page, note: Element, referring: list[tuple[Page, Element]]) -> bool:
    """Whether a link in a note, or beside it in the same item of a list, leads to a mark or to what is around it."""
    goals = {
        (other.name, element_.get("id"))
        for other, mark in referring
        for element_ in (mark, *mark.iterancestors(), *mark)
        if element_.get("id")
    }
    item = note if local(note) != "a" and len(note) else note.getparent()
    for link in item.iter():
        if local(link) != "a" or not link.get("href") or "noteref" in semantic_types(link):
            continue
        document, _, name = resolve(page.name, link.get("href")).partition("#")
        if (document, name) in goals or "backlink" in semantic_types(link):
            return True
    return False
