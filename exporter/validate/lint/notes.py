"""Notes and their references (ISO 14289-1, 7.9); readers report references without a note."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Image, Math, MathBlock, Note, NoteReference
from exporter.model.walk import plain_text, walk
from exporter.validate.lint.document_index import DocumentIndex

UNUSED = Rule(
    id="note-unused",
    severity=Severity.WARNING,
    sentence="Each note has a reference in the text.",
    advice="Put its reference, such as [^1], where it belongs in the text, or delete the note.",
    clause="ISO 14289-1 7.9",
)
EMPTY = Rule(
    id="note-empty",
    severity=Severity.ERROR,
    sentence="Each note has text.",
    advice="Write the note, or delete it and its reference.",
    clause="ISO 14289-1 7.9",
)

RULES = (UNUSED, EMPTY)


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the notes."""
    used = {reference.note for reference, _ in index.of_type(NoteReference)}
    for note, indexed in index.of_type(Note):
        text = plain_text(note)
        if not text and not any(isinstance(node, Image | Math | MathBlock) for node in walk(note)):
            yield EMPTY.finding(f"The note “{note.id}” is empty.", indexed.source)
        if note.id not in used:
            yield UNUSED.finding(
                f"Unused note: “{note.id}” has no reference in the text: {quoted(text)}.", indexed.source
            )
