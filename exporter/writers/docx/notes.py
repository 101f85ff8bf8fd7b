"""Footnotes and endnotes in parts of their own (ECMA-376-1, 17.11)."""

from __future__ import annotations

from typing import NamedTuple

from exporter.model import Direction, Note, NoteKind, NoteReference, Paragraph
from exporter.model.walk import plain_text
from exporter.writers.docx import parts
from exporter.writers.docx.context import BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.fields import add_field, add_run
from exporter.writers.docx.package import Package
from exporter.writers.docx.xml import Element, add, add_properties


class _Words(NamedTuple):
    """What Word calls the things of one kind of note."""

    tag: str
    content_type: str
    relation: str
    reference_style: str
    text_style: str


_WORDS = {
    NoteKind.FOOTNOTE: _Words("footnote", parts.FOOTNOTES, parts.TO_FOOTNOTES, "FootnoteReference", "FootnoteText"),
    NoteKind.ENDNOTE: _Words("endnote", parts.ENDNOTES, parts.TO_ENDNOTES, "EndnoteReference", "EndnoteText"),
}


class Notes:
    """The notes of a document, each written where the text first refers to it."""

    def __init__(self, draft: WriteState, package: Package) -> None:
        self._draft = draft
        self._package = package
        self._notes = {note.id: note for note in draft.publication.notes}
        self._stories: dict[NoteKind, Story] = {}
        self._numbers: dict[str, int] = {}
        """Number of each note that is written, as Word counts them: by kind."""
        self.write_blocks: WriteBlocks | None = None

    @property
    def kinds(self) -> frozenset[NoteKind]:
        """The kinds that the document has."""
        return frozenset(self._stories)

    def refer(self, story: Story, parent: Element, reference: NoteReference, *, rtl: bool) -> None:
        """Append the mark that sends the reader to a note (17.11.14); a further one is a field (17.16.5.38)."""
        note = self._notes.get(reference.note)
        if note is None:
            self._draft.not_carried(f"The note “{reference.note}” does not exist.", reference.at.source)
            return
        words = _WORDS[note.kind]
        if note.id in self._numbers:
            code = f"NOTEREF {self._bookmark(note)} \\f \\h"
            add_field(parent, code, str(self._numbers[note.id]), {"rStyle": words.reference_style, "rtl": rtl})
        elif story.notes:
            # Word has no notes on notes: what this one says follows in brackets.
            said = plain_text(note.children)
            self._draft.not_carried(f"A note on a note stands in brackets: “{said[:60]}”.", reference.at.source)
            add(add_run(parent), "t", {"xml:space": "preserve"}, f" [{said}]")
        else:
            self._numbers[note.id] = sum(self._notes[known].kind is note.kind for known in self._numbers) + 1
            repeated = self._draft.references[note.id] > 1
            mark = self._draft.bookmarks.open(parent, self._bookmark(note)) if repeated else ""
            run = add_run(parent, {"rStyle": words.reference_style, "rtl": rtl})
            add(run, f"{words.tag}Reference", {"w:id": self._numbers[note.id]})
            if repeated:
                self._draft.bookmarks.close(parent, mark)
            self._write(note, words)

    def finish(self) -> None:
        """Say which notes nothing refers to; Word cannot hold them."""
        for note in self._notes.values():
            if note.id not in self._numbers and not self._draft.references[note.id]:
                said = plain_text(note.children)
                self._draft.not_carried(f"Nothing refers to the note “{said[:60]}”.", note.at.source)

    def _bookmark(self, note: Note) -> str:
        kind = "" if note.kind is NoteKind.FOOTNOTE else "End"
        return f"_Ref{kind}Note{self._numbers[note.id]}"

    def _story(self, kind: NoteKind) -> Story:
        if kind not in self._stories:
            words = _WORDS[kind]
            address = f"/word/{words.tag}s.xml"
            part = self._package.add_story(address, words.content_type, words.relation, f"{words.tag}s")
            for number, separator in ((-1, "separator"), (0, "continuationSeparator")):
                # 17.11.23: the line between text and notes.
                note = add(part.element, words.tag, {"w:type": separator, "w:id": number})
                paragraph = add(note, "p")
                rtl = self._draft.metadata.direction is Direction.RTL
                spacing = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}
                add_properties(paragraph, "pPr", {"bidi": rtl, "spacing": spacing})
                add(add_run(paragraph), separator)
            self._stories[kind] = Story(part, notes=True)
        return self._stories[kind]

    def _write(self, note: Note, words: _Words) -> None:
        story = self._story(note.kind)
        element = add(story.part.element, words.tag, {"w:id": self._numbers[note.id]})
        pending = story.pending
        for target in dict.fromkeys((note.id, note.at.id)):
            if target and self._draft.bookmarks.wanted(target):
                pending.bookmarks.append(self._draft.bookmarks.name(target))

        place: BlockContext = self._draft.place().at(note).inside(words.text_style, 0)
        rtl = place.direction is Direction.RTL

        def opening(paragraph: Element) -> None:
            add(add_run(paragraph, {"rStyle": words.reference_style, "rtl": rtl}), f"{words.tag}Ref")
            add(add_run(paragraph, {"rtl": rtl}), "t", {"xml:space": "preserve"}, " ")

        pending.opening = opening
        blocks = note.children
        if not blocks or not isinstance(blocks[0], Paragraph):
            blocks = (Paragraph(children=()), *blocks)
        assert self.write_blocks is not None
        self.write_blocks(story, element, blocks, place)
