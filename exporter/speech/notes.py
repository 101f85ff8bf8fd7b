"""Builder of the utterances of notes: each is read once, after the paragraph, section or text that refers to it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from exporter.labels import FALLBACK, Labels
from exporter.lexicon import Lexicon
from exporter.model import At, Block, Note, NoteReference, Publication
from exporter.speech.options import NotePlacement, SpeechOptions
from exporter.speech.own_abbreviations import OwnAbbreviations
from exporter.speech.phrases import Phrase
from exporter.speech.utterance import Chapter, TextRange, UtteranceKind
from exporter.speech.utterance_builder import Context, UtteranceBuilder

_K = UtteranceKind


class NoteUtteranceBuilder(UtteranceBuilder):
    """An utterance builder that has the notes of its publication."""

    def __init__(
        self, publication: Publication, labels: Labels, lexicon: Callable[[str], Lexicon], options: SpeechOptions
    ) -> None:
        own = OwnAbbreviations(publication, lexicon)
        super().__init__(labels, own, options, own.listed)
        self.publication = publication
        self.language = publication.metadata.language or FALLBACK
        self.notes = {note.id: (number, note) for number, note in enumerate(publication.notes, start=1)}
        self.pending: list[Note] = []
        self.read_notes: set[str] = set()
        self.read_in: dict[str, str] = {}
        """Title of the chapter in which a note has been read, by its ID."""
        self.is_repetition = False
        self.inside_note = False

    @abstractmethod
    def block(self, block: Block, outer: Context) -> None:
        """Add a block of any kind."""

    @contextmanager
    def repeating(self) -> Iterator[None]:
        """Repeat what has been read before: without text ranges, and without its note references."""
        outer, self.is_repetition = self.is_repetition, True
        try:
            yield
        finally:
            self.is_repetition = outer

    def phrase_range(self, node: str, phrase: Phrase) -> TextRange | None:
        # The text range belongs to the first reading.
        return None if self.is_repetition else super().phrase_range(node, phrase)

    def node_range(self, at: At) -> TextRange | None:
        return None if self.is_repetition else super().node_range(at)

    def note_reference(self, reference: NoteReference, context: Context) -> None:
        note_id = reference.note
        if note_id not in self.notes or self.is_repetition:
            return
        number, note = self.notes[note_id]
        if note_id not in self.read_notes:
            self.read_notes.add(note_id)
            self.pending.append(note)
        chapter = self.read_in.get(note_id)
        if self.options.announce_references and (chapter or self.options.notes is not NotePlacement.PARAGRAPH):
            key = "speech.repeated_note_reference" if chapter else "speech.note_reference"
            text = self.labels(key, number=number, chapter=chapter)
            inner, text_range = context.with_kind(_K.NOTE_REFERENCE), self.node_range(reference.at)
            self.add(text, inner, 0.0, self.pauses.announcement, label_key=key, text_range=text_range)

    def say_pending_notes(self, context: Context) -> None:
        """Add the pending notes; the notes that they refer to come right after."""
        if self.options.notes is NotePlacement.END:
            return
        while self.pending:
            self.say_note(self.pending.pop(0), context)

    def say_unread_notes(self, root: Context) -> None:
        """Add the notes that nothing refers to, or all notes if they have a chapter of their own."""
        unread = self.pending + [note for _, note in self.notes.values() if note.id not in self.read_notes]
        if not unread:
            return
        if self.options.notes is NotePlacement.END:
            unread = [note for _, note in self.notes.values()]
        title = self.labels("common.notes")
        self.chapters.append(Chapter(title))
        before = self.pauses.before_heading(1)
        self.add(title, root.with_kind(_K.ANNOUNCEMENT), before, self.pauses.heading, label_key="common.notes")
        for note in unread:
            self.say_note(note, root)

    def say_note(self, note: Note, context: Context) -> None:
        self.read_notes.add(note.id)
        self.read_in[note.id] = self.chapters[-1].title
        number, _ = self.notes[note.id]
        # Its language is not that of the text that refers to it.
        inside = msgspec.structs.replace(context, kind=_K.NOTE, speaker="", language=self.language).at(note.at)
        text_range = TextRange(inside.node, label=True)
        self.announce("speech.note", inside, self.pauses.paragraph, text_range=text_range, number=number)
        self.inside_note = True
        for block in note.children:
            self.block(block, inside)
        self.inside_note = False
        self.announce("speech.end_note", inside)
