"""Footnotes and endnotes, in separate parts (ECMA-376-1, 17.11)."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from exporter.model import Direction, Note, NoteKind, NoteReference, Paragraph
from exporter.model.walk import plain_text, referenced_notes
from exporter.writers.docx import parts
from exporter.writers.docx.context import BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.inlines.direction import language_attributes
from exporter.writers.docx.inlines.fields import add_field, add_run
from exporter.writers.docx.package import Package
from exporter.writers.docx.xml import Element, add, add_properties


class _Names(NamedTuple):
    """Element, part and style names of one kind of note."""

    tag: str
    content_type: str
    relation: str
    reference_style: str
    text_style: str


_NAMES = {
    NoteKind.FOOTNOTE: _Names("footnote", parts.FOOTNOTES, parts.TO_FOOTNOTES, "FootnoteReference", "FootnoteText"),
    NoteKind.ENDNOTE: _Names("endnote", parts.ENDNOTES, parts.TO_ENDNOTES, "EndnoteReference", "EndnoteText"),
}


class NoteWriter:
    """Writer of the notes of a document; each is written at its first reference."""

    def __init__(self, state: WriteState, package: Package) -> None:
        self._state = state
        self._package = package
        self._notes = {note.id: note for note in state.publication.notes}
        self._stories: dict[NoteKind, Story] = {}
        self._counts: Counter[NoteKind] = Counter()
        self._numbers: dict[str, int] = {}
        """Number of each written note, counted by kind as in Word."""
        self.write_blocks: WriteBlocks | None = None

    @property
    def kinds(self) -> frozenset[NoteKind]:
        """The kinds of notes in the document."""
        return frozenset(self._stories)

    def add_reference(self, parent: Element, reference: NoteReference, story: Story, *, rtl: bool) -> None:
        """Append a note reference (17.11.14); a repeated one is a field (17.16.5.38)."""
        note = self._notes.get(reference.note)
        if note is None:
            self._state.report_not_carried(f"No such note: “{reference.note}”.", reference.at.source)
            return
        names = _NAMES[note.kind]
        if note.id in self._numbers:
            code = f"NOTEREF {self._bookmark(note)} \\f \\h"
            add_field(parent, code, str(self._numbers[note.id]), {"rStyle": names.reference_style, "rtl": rtl})
        elif story.notes:
            # Word has no notes on notes, so the text follows in brackets.
            text = plain_text(note.children)
            self._state.report_not_carried(
                f"A note on a note is written in brackets: “{text[:60]}”.", reference.at.source
            )
            context = self._state.outer_context(story).at(note)  # not that of the note that refers to it
            rtl = context.direction is Direction.RTL
            is_foreign = context.language != self._state.metadata.language
            language = language_attributes(context.language, rtl=rtl) if is_foreign else None
            run = add_run(parent, {"rtl": rtl, "lang": language})
            add(run, "t", {"xml:space": "preserve"}, f" [{text}]")
        else:
            self._counts[note.kind] += 1
            self._numbers[note.id] = self._counts[note.kind]
            repeated = self._state.references[note.id] > 1
            bookmark = self._state.bookmarks.open(parent, self._bookmark(note)) if repeated else ""
            run = add_run(parent, {"rStyle": names.reference_style, "rtl": rtl})
            add(run, f"{names.tag}Reference", {"w:id": self._numbers[note.id]})
            if repeated:
                self._state.bookmarks.close(parent, bookmark)
            self._write(note, names)

    def finish(self) -> None:
        """Add findings for notes without references, which Word cannot represent."""
        referenced = {note.id for note in referenced_notes(self._state.publication)}
        for note in self._notes.values():
            if note.id not in referenced:
                text = plain_text(note.children)
                self._state.report_not_carried(
                    f"Nothing refers to the note “{text[:60]}”; it was ignored.",
                    note.at.source,
                    advice="Refer to it in the text, or delete it.",
                )

    def _bookmark(self, note: Note) -> str:
        kind = "" if note.kind is NoteKind.FOOTNOTE else "End"
        return f"_Ref{kind}Note{self._numbers[note.id]}"

    def _story(self, kind: NoteKind) -> Story:
        if kind not in self._stories:
            names = _NAMES[kind]
            address = f"/word/{names.tag}s.xml"
            part = self._package.add_story(address, names.content_type, names.relation, f"{names.tag}s")
            for number, separator in ((-1, "separator"), (0, "continuationSeparator")):
                # The rule between text and notes (17.11.23).
                note = add(part.element, names.tag, {"w:type": separator, "w:id": number})
                paragraph = add(note, "p")
                rtl = self._state.metadata.direction is Direction.RTL
                spacing = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}
                add_properties(paragraph, "pPr", {"bidi": rtl, "spacing": spacing})
                add(add_run(paragraph), separator)
            self._stories[kind] = Story(part, notes=True)
        return self._stories[kind]

    def _write(self, note: Note, names: _Names) -> None:
        story = self._story(note.kind)
        element = add(story.part.element, names.tag, {"w:id": self._numbers[note.id]})
        pending = story.pending
        target = note.at.id or note.id
        if self._state.bookmarks.is_target(target):
            pending.bookmarks.append(self._state.bookmarks.name(target))

        context: BlockContext = self._state.outer_context(story).at(note).inside(names.text_style, 0)
        rtl = context.direction is Direction.RTL

        def opening(paragraph: Element) -> None:
            add(add_run(paragraph, {"rStyle": names.reference_style, "rtl": rtl}), f"{names.tag}Ref")
            add(add_run(paragraph, {"rtl": rtl}), "t", {"xml:space": "preserve"}, " ")

        pending.opening = opening
        blocks = note.children
        if not blocks or not isinstance(blocks[0], Paragraph):
            blocks = (Paragraph(children=()), *blocks)
        assert self.write_blocks is not None
        self.write_blocks(element, blocks, context)
