"""When notes are read: after the sentence, the paragraph or the text that refers to them, and each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from exporter.labels import Labels
from exporter.lexicon import Lexicon
from exporter.model import At, Block, Note, NoteReference
from exporter.speech.options import NotePlacement, SpeechOptions
from exporter.speech.phrases import Phrase
from exporter.speech.utterance import Chapter, TextRange, UtteranceKind
from exporter.speech.utterance_builder import Context, UtteranceBuilder

_K = UtteranceKind


class NoteUtteranceBuilder(UtteranceBuilder):
    """A teller that knows the notes of its publication."""

    def __init__(
        self, notes: tuple[Note, ...], labels: Labels, lexicon: Callable[[str], Lexicon], manner: SpeechOptions
    ) -> None:
        super().__init__(labels, lexicon, manner)
        self.notes = {note.id: (number, note) for number, note in enumerate(notes, start=1)}
        self.waiting: list[Note] = []
        self.read_notes: set[str] = set()
        self.again = False
        self.inside_note = False

    def block(self, block: Block, outer: Context) -> None:
        """Say a block; to be filled in by whoever knows them all."""
        raise NotImplementedError

    @contextmanager
    def repeating(self) -> Iterator[None]:
        """Say things that were said before: their notes are not announced again."""
        before, self.again = self.again, True
        try:
            yield
        finally:
            self.again = before

    def place(self, node: str, phrase: Phrase) -> TextRange | None:
        # What is said again is read where it was said first.
        return None if self.again else super().place(node, phrase)

    def whole(self, at: At) -> TextRange | None:
        return None if self.again else super().whole(at)

    def reference(self, mark: NoteReference, context: Context) -> None:
        name = mark.note
        if name not in self.notes or self.again:
            return
        number, note = self.notes[name]
        if name not in self.read_notes:
            self.read_notes.add(name)
            self.waiting.append(note)
        if self.manner.announce_references and self.manner.notes is not NotePlacement.PARAGRAPH:
            text = self.labels("speech.note_reference", number=number)
            own = context.with_kind(_K.NOTE_REFERENCE)
            key, place = "speech.note_reference", self.whole(mark.at)
            self.say(text, own, 0.0, self.pauses.announcement, key=key, place=place)

    def flush_notes(self, context: Context) -> None:
        """Read the notes that wait; those that they refer to come right after."""
        if self.manner.notes is NotePlacement.END:
            return
        while self.waiting:
            self.note(self.waiting.pop(0), context)

    def late_notes(self, root: Context) -> None:
        """Read the notes that nothing refers to, and all of them when they have a chapter of their own."""
        rest = self.waiting + [note for _, note in self.notes.values() if note.id not in self.read_notes]
        if not rest:
            return
        if self.manner.notes is NotePlacement.END:
            rest = [note for _, note in self.notes.values()]
        title = self.labels("common.notes")
        self.chapters.append(Chapter(title))
        before = self.pauses.before_heading(1)
        self.say(title, root.with_kind(_K.ANNOUNCEMENT), before, self.pauses.heading, key="common.notes")
        for note in rest:
            self.note(note, root)

    def note(self, note: Note, context: Context) -> None:
        self.read_notes.add(note.id)
        number, _ = self.notes[note.id]
        inside = msgspec.structs.replace(context, kind=_K.NOTE, speaker="").at(note.at)
        place = TextRange(inside.node, label=True)
        self.announce("speech.note", inside, self.pauses.paragraph, place=place, number=number)
        self.inside_note = True
        for block in note.children:
            self.block(block, inside)
        self.inside_note = False
        self.announce("speech.end_note", inside)
