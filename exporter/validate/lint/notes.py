"""Notes; marks without a note are the readers' to report."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Note, NoteReference
from exporter.model.walk import images, plain_text
from exporter.validate.lint.document_index import DocumentIndex

UNUSED = Rule(
    id="note-unused",
    severity=Severity.WARNING,
    sentence="Each note has its mark in the text.",
    advice="Put its mark, such as [^1], where it belongs in the text, or delete the note.",
    clause="ISO 14289-1 7.9",
)
EMPTY = Rule(
    id="note-empty",
    severity=Severity.ERROR,
    sentence="Each note says something.",
    advice="Write the note, or delete it and its mark.",
    clause="ISO 14289-1 7.9",
)

RULES = (UNUSED, EMPTY)


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the notes."""
    used = {reference.note for reference, _ in index.of(NoteReference)}
    for note, met in index.of(Note):
        text = plain_text(note)
        if not text and next(images(note), None) is None:
            yield EMPTY.finding(f"The note “{note.id}” is empty.", met.source)
        if note.id not in used:
            yield UNUSED.finding(f"Nothing in the text refers to the note “{note.id}”: {quoted(text)}.", met.source)
