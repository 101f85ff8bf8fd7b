"""Say things one after another: sentences, pictures inside them, fixed words, each with its place and its silence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import assert_never

import msgspec

from exporter.labels import FALLBACK, Labels
from exporter.lexicon import Lexicon
from exporter.model import At, Decorative, Described, Image, Inline, NoteReference, Source, Undescribed
from exporter.speech.options import SpeechOptions
from exporter.speech.phrases import InlineSegmenter, Phrase, Picture, Piece, Reference, phrases, same_or
from exporter.speech.sentences import speakable
from exporter.speech.utterance import Chapter, TextRange, Utterance, UtteranceKind

_K = UtteranceKind
_HERE = "\0"


class Context(msgspec.Struct, frozen=True):
    """Where the reading stands."""

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
            language=same_or(self.language, at.language),
            node=at.id or self.node,
            source=at.source or self.source,
        )

    def with_kind(self, kind: UtteranceKind) -> Context:
        """Return the context for another kind of utterance."""
        return msgspec.structs.replace(self, kind=kind)


class UtteranceBuilder:
    """Collects what is said."""

    def __init__(self, labels: Labels, lexicon: Callable[[str], Lexicon], manner: SpeechOptions) -> None:
        self.labels = labels
        self.lexicon = lexicon
        self.manner = manner
        self.pauses = manner.pauses
        self.inlines = InlineSegmenter(labels, lexicon)
        self.out: list[Utterance] = []
        self.chapters: list[Chapter] = []

    def say(
        self,
        text: str,
        context: Context,
        before: float = 0.0,
        after: float = 0.0,
        *,
        say: str = "",
        key: str = "",
        place: TextRange | None = None,
        closing: bool = False,
        goes_on: bool = False,
    ) -> None:
        """Add one utterance; `key` names the label that it came from, whose language it is in."""
        if not speakable(say or text):
            return
        language = self.language_of(key) if key else context.language
        self.out.append(
            Utterance(
                node=context.node,
                text=text,
                language=language,
                kind=context.kind,
                spoken_form=say,
                speaker=context.speaker,
                before=before,
                after=after,
                level=context.depth if context.kind is _K.HEADING else 0,
                section=context.section,
                chapter=len(self.chapters) - 1,
                place=place if place and place.node else None,
                closing=closing,
                continues=goes_on,
                source=context.source,
            )
        )

    def language_of(self, key: str) -> str:
        """Return the language that a label is written in."""
        return self.labels.language if self.labels.complete and self.labels.has(key) else FALLBACK

    def fixed(self, key: str, text: str, context: Context) -> None:
        """Say several sentences that came from the label `key`."""
        language = self.language_of(key)
        own = msgspec.structs.replace(context, language=language)
        self.spoken([Piece(text, language)], own, self.pauses.heading)

    def say_in_template(self, key: str, place: str, inlines: Iterable[Inline], context: Context, after: float) -> None:
        """Say running text in the place that a label leaves for it, such as the caption in "Table: {caption}."."""
        before, _, behind = self.labels(key, **{place: _HERE}).partition(_HERE)
        if speakable(before):
            self.say(before.strip(), context.with_kind(_K.ANNOUNCEMENT), 0.0, self.pauses.header, key=key)
        self.running(inlines, context, after)
        if speakable(behind):
            self.say(behind.strip(), context.with_kind(_K.ANNOUNCEMENT), 0.0, after, key=key, closing=True)

    def announce(
        self, key: str, context: Context, before: float = 0.0, *, place: TextRange | None = None, **values: object
    ) -> None:
        """Say fixed words; `place` is what they read, where the eye finds it too."""
        text = " ".join(self.labels(key, **values).split())
        narrator = msgspec.structs.replace(context, speaker="").with_kind(_K.ANNOUNCEMENT)
        closing = key.startswith("speech.end_")
        self.say(text, narrator, before, self.pauses.announcement, key=key, place=place, closing=closing)

    def running(self, inlines: Iterable[Inline], context: Context, after: float) -> None:
        """Say running text: sentence by sentence, pictures where they stand, note marks after their sentence."""
        pieces: list[Piece] = []
        marks: list[Reference] = []
        for segment in self.inlines.segments(inlines, context.language):
            match segment:
                case Piece():
                    pieces.append(segment)
                case Picture(image, language):
                    self.spoken(pieces, context, self.pauses.sentence, marks)
                    pieces, marks = [], []
                    self.image(image, msgspec.structs.replace(context, language=language))
                case Reference():
                    marks.append(segment)
        self.spoken(pieces, context, after, marks)

    def spoken(self, pieces: list[Piece], context: Context, after: float, marks: Iterable[Reference] = ()) -> None:
        """Say pieces that stand together, and what the marks of notes among them lead to."""
        parts = phrases(pieces, context.language, self.lexicon(context.language))
        left = deque(marks)
        for number, phrase in enumerate(parts):
            last = number == len(parts) - 1
            pause = self.pauses.sentence if phrase.ends_sentence else self.pauses.phrase
            own = msgspec.structs.replace(context, language=phrase.language)
            self.say(
                phrase.text,
                own,
                0.0,
                after if last else pause,
                say=phrase.say,
                place=self.place(context.node, phrase),
                goes_on=not phrase.ends_sentence,
            )
            while left and phrase.ends_sentence and (last or left[0].begin < parts[number + 1].begin):
                self.reference(left.popleft().node, context)
        for mark in left:
            self.reference(mark.node, context)

    def place(self, node: str, phrase: Phrase) -> TextRange | None:
        """Return what a phrase reads; None for what does not stand in the running text of the node."""
        return TextRange(node, phrase.begin, phrase.end) if phrase.begin < phrase.end else None

    def reference(self, mark: NoteReference, context: Context) -> None:
        """Note that the text refers to a note; to be filled in by whoever knows the notes."""
        raise NotImplementedError

    def whole(self, at: At) -> TextRange | None:
        """Return a node as what is read."""
        return TextRange(at.id) if at.id else None

    def image(self, image: Image, outer: Context) -> None:
        """Say what stands for a picture (WCAG 1.1.1); a decorative one makes no sound."""
        context = outer.at(image.at)
        match image.alt:
            case Described(text):
                self.announce("speech.image", context)
                first = len(self.out)
                self.spoken([Piece(text, context.language)], context.with_kind(_K.ALT), self.pauses.sentence)
                for number in range(first, len(self.out)):
                    self.out[number] = msgspec.structs.replace(self.out[number], place=self.whole(image.at))
                self.announce("speech.end_image", context)
            case Undescribed():
                self.announce("speech.undescribed", context, place=self.whole(image.at))
            case Decorative():
                pass
            case _:
                assert_never(image.alt)
