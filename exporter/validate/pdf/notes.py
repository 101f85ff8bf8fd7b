"""Notes (ISO 14289-1, 7.9; ISO 14289-2, 8.2.5.14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Node, PdfFile
from exporter.inspect.pdf.types import NOTES
from exporter.validate.pdf.locations import location_of, quote

ID = Rule(
    "pdf-note-id",
    Severity.ERROR,
    "Every note has an identifier of its own.",
    "Give each Note an ID that no other element has.",
    "ISO 14289-1, 7.9; MP 19-003, 19-004",
)
REFERENCE = Rule(
    "pdf-note-reference",
    Severity.ERROR,
    "The mark of a note leads to the note.",
    "Make the mark a link to the note.",
    "ISO 14289-1, 7.9; WCAG 1.3.1",
)
UNREFERRED = Rule(
    "pdf-note-unreferred",
    Severity.WARNING,
    "Every note is referred to, and leads back.",
    "Link the mark in the text and the note with each other.",
    "WCAG 1.3.1",
)
RULES = (ID, REFERENCE, UNREFERRED)


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with notes."""
    root = file.structure.root
    notes = list(root.all(*NOTES))
    counts = Counter(node.id for node in root.all() if node.id)
    for note in notes:
        if note.type == "Note" and not note.id:
            yield ID.finding(f"The note {quote(file.text(note))} has no identifier.", place=location_of(note))
        elif note.id and counts[note.id] > 1:
            yield ID.finding(f"The identifier “{note.id}” is not the note's alone.", place=location_of(note))
    marks = [node for node in root.all("Reference") if not node.within("TOCI", "TOC")]
    for mark in marks:
        if not any(_leads(file, reference.number) for reference in mark.references()) and not mark.refs:
            yield REFERENCE.finding(f"The mark {quote(file.text(mark))} leads nowhere.", place=location_of(mark))
    if marks:
        yield from _unreferred(file, notes, marks)


def _leads(file: PdfFile, number: tuple[int, int]) -> bool:
    annotation = file.annotations.get(number)
    if annotation is None:
        return False
    return bool(annotation.address) or (annotation.target is not None and annotation.target.page is not None)


def _unreferred(file: PdfFile, notes: list[Node], marks: list[Node]) -> Iterator[Finding]:
    pages: Counter[int | None] = Counter()
    named: set[str] = set()
    elements: set[tuple[int, int]] = set()
    for mark in marks:
        elements.update(mark.refs)
        for reference in mark.references():
            annotation = file.annotations.get(reference.number)
            target = annotation.target if annotation is not None else None
            if target is not None:
                pages[target.page] += 1
                named.add(target.name)
                elements.update((target.element,) if target.element else ())
    for note in notes:
        if note.number in elements or (note.id and note.id in named) or pages[note.page]:
            continue
        yield UNREFERRED.finding(f"Nothing leads to the note {quote(file.text(note))}.", place=location_of(note))
