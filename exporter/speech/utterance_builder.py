"""Builder of utterances: sentences, images in the text, announcements, each with its text range and its pauses."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import assert_never

import msgspec

from exporter.labels import FALLBACK, Labels
from exporter.lexicon import Lexicon
from exporter.model import At, Decorative, Described, Image, Inline, NoteReference, Source, Undescribed
from exporter.speech.options import SpeechOptions
from exporter.speech.phrases import Phrase, split_phrases
from exporter.speech.sentences import is_speakable
from exporter.speech.text_pieces import InlineImage, InlineSegmenter, NoteReferencePosition, TextPiece, resolve_language
from exporter.speech.utterance import Chapter, TextRange, Utterance, UtteranceKind

_K = UtteranceKind
_FIELD_MARK = "\0"


class Context(msgspec.Struct, frozen=True):
    """Position of an utterance in the publication: language, kind, node, section, speaker."""

    language: str
    kind: UtteranceKind = _K.TEXT
    node: str = ""
    section: str = ""
    depth: int = 0
    speaker: str = ""
    source: Source | None = None

    def at(self, at: At) -> Context:
        """Return the context inside a node."""
        return msgspec.structs.replace(
            self,
            language=resolve_language(self.language, at.language),
            node=at.id or self.node,
            source=at.source or self.source,
        )

    def with_kind(self, kind: UtteranceKind) -> Context:
        """Return the context for another kind of utterance."""
        return msgspec.structs.replace(self, kind=kind)


class UtteranceBuilder(ABC):
    """Base of the script builder: collects utterances and chapters."""

    def __init__(
        self,
        labels: Labels,
        lexicon: Callable[[str], Lexicon],
        options: SpeechOptions,
        listed: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.labels = labels
        self.listed = listed
        self.lexicon = lexicon
        self.options = options
        self.pauses = options.pauses
        self.inlines = InlineSegmenter(labels, lexicon)
        self.utterances: list[Utterance] = []
        self.chapters: list[Chapter] = []

    def add(
        self,
        text: str,
        context: Context,
        before: float = 0.0,
        after: float = 0.0,
        *,
        spoken_form: str = "",
        label_key: str = "",
        text_range: TextRange | None = None,
        transcription: str = "",
        language_runs: tuple[tuple[str, str], ...] = (),
        closing: bool = False,
        continues: bool = False,
    ) -> None:
        """Add one utterance.

        Args:
            text: As it is written; nothing is added if neither it nor `spoken_form` can be spoken.
            context: Language, kind and position.
            before: Seconds of silence before it.
            after: Seconds of silence after it.
            spoken_form: What is spoken instead of `text`; empty if it is the same.
            label_key: Key of the label that the text comes from, whose language it has.
            text_range: What it reads.
            transcription: What a transcript shows instead of `text`; empty if it is the same.
            language_runs: Text by language, if its voice reads words in other languages.
            closing: Whether it belongs to the utterance before it.
            continues: Whether the sentence continues in the next utterance.
        """
        if not is_speakable(spoken_form or text):
            return
        language = self.label_language(label_key) if label_key else context.language
        self.utterances.append(
            Utterance(
                node=context.node,
                text=text,
                language=language,
                kind=context.kind,
                spoken_form="" if spoken_form == text else spoken_form,
                transcription="" if transcription == text else transcription,
                language_runs=language_runs,
                speaker=context.speaker,
                before=before,
                after=after,
                level=context.depth if context.kind is _K.HEADING else 0,
                section=context.section,
                chapter=len(self.chapters) - 1,
                text_range=text_range if text_range and text_range.node else None,
                closing=closing,
                continues=continues,
                source=context.source,
            )
        )

    def label_language(self, key: str) -> str:
        """Return the language of a label."""
        return self.labels.language if self.labels.complete and self.labels.has(key) else FALLBACK

    def say_label(self, key: str, text: str, context: Context) -> None:
        """Add the sentences of a text that comes from the label `key`."""
        language = self.label_language(key)
        own = msgspec.structs.replace(context, language=language)
        self.say_pieces([TextPiece(text, language)], own, self.pauses.heading)

    def say_in_template(self, key: str, field: str, inlines: Iterable[Inline], context: Context, after: float) -> None:
        """Add running text in the field `field` of a label, such as the caption in "Table: {caption}."."""
        before, _, following = self.labels(key, **{field: _FIELD_MARK}).partition(_FIELD_MARK)
        if is_speakable(before):
            self.add(before.strip(), context.with_kind(_K.ANNOUNCEMENT), 0.0, self.pauses.header, label_key=key)
        self.say_inlines(inlines, context, after)
        if is_speakable(following):
            self.add(following.strip(), context.with_kind(_K.ANNOUNCEMENT), 0.0, after, label_key=key, closing=True)

    def announce(
        self, key: str, context: Context, before: float = 0.0, *, text_range: TextRange | None = None, **values: object
    ) -> None:
        """Add an announcement by the narrator; `text_range` is what it reads, if the layout shows it as well."""
        text = " ".join(self.labels(key, **values).split())
        narrator = msgspec.structs.replace(context, speaker="").with_kind(_K.ANNOUNCEMENT)
        closing = key.startswith("speech.end_")
        self.add(
            text, narrator, before, self.pauses.announcement, label_key=key, text_range=text_range, closing=closing
        )

    def say_inlines(self, inlines: Iterable[Inline], context: Context, after: float) -> None:
        """Add running text: sentence by sentence, images in place, note references after their sentence."""
        pieces: list[TextPiece] = []
        references: list[NoteReferencePosition] = []
        for segment in self.inlines.segments(inlines, context.language, self.listed.get(context.node, ())):
            match segment:
                case TextPiece():
                    pieces.append(segment)
                case InlineImage(image, language):
                    self.say_pieces(pieces, context, self.pauses.sentence, references)
                    pieces, references = [], []
                    self.say_image(image, msgspec.structs.replace(context, language=language))
                case NoteReferencePosition():
                    references.append(segment)
        self.say_pieces(pieces, context, after, references)

    def say_pieces(
        self, pieces: list[TextPiece], context: Context, after: float, references: Iterable[NoteReferencePosition] = ()
    ) -> None:
        """Add the phrases of adjacent pieces, and after each sentence the note references in it."""
        parts = split_phrases(pieces, context.language, self.lexicon(context.language), self.options.voice_change_words)
        unread = deque(references)
        for index, phrase in enumerate(parts):
            last = index == len(parts) - 1
            pause = self.pauses.sentence if phrase.ends_sentence else self.pauses.phrase
            inner = msgspec.structs.replace(context, language=phrase.language)
            self.add(
                phrase.text,
                inner,
                0.0,
                after if last else pause,
                spoken_form=phrase.spoken_form,
                text_range=self.phrase_range(context.node, phrase),
                transcription=phrase.transcription,
                language_runs=phrase.language_runs,
                continues=not phrase.ends_sentence,
            )
            while unread and phrase.ends_sentence and (last or unread[0].begin < parts[index + 1].begin):
                self.note_reference(unread.popleft().node, context)
        for reference in unread:
            self.note_reference(reference.node, context)

    def phrase_range(self, node: str, phrase: Phrase) -> TextRange | None:
        """Return the text range of a phrase, or None if it is not part of the running text of the node."""
        return TextRange(node, phrase.begin, phrase.end) if phrase.begin < phrase.end else None

    @abstractmethod
    def note_reference(self, reference: NoteReference, context: Context) -> None:
        """Add a reference to a note."""

    def node_range(self, at: At) -> TextRange | None:
        """Return the text range of a whole node, or None if it has no ID."""
        return TextRange(at.id) if at.id else None

    def say_image(self, image: Image, outer: Context) -> None:
        """Add the alt text of an image (WCAG 1.1.1); nothing for a decorative one."""
        context = outer.at(image.at)
        match image.alt:
            case Described(text):
                self.announce("speech.image", context)
                first = len(self.utterances)
                self.say_pieces([TextPiece(text, context.language)], context.with_kind(_K.ALT), self.pauses.sentence)
                for index in range(first, len(self.utterances)):
                    self.utterances[index] = msgspec.structs.replace(
                        self.utterances[index], text_range=self.node_range(image.at)
                    )
                self.announce("speech.end_image", context)
            case Undescribed():
                self.announce("speech.undescribed", context, text_range=self.node_range(image.at))
            case Decorative():
                pass
            case _:
                assert_never(image.alt)
