"""Say things one after another: sentences, pictures inside them, fixed words, each with its place and its silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

import msgspec

from exporter.labels import FALLBACK, Labels
from exporter.model import At, Decorative, Described, Image, Inline, Source, Undescribed
from exporter.speech.flow import Inlines, Picture, Piece, Reference, phrases, same_or
from exporter.speech.lexicon import Lexicon
from exporter.speech.manner import Manner
from exporter.speech.sentences import speakable
from exporter.speech.utterance import Chapter, Utterance, UtteranceKind

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
        """Give the context inside a node."""
        return msgspec.structs.replace(
            self,
            language=same_or(self.language, at.language),
            node=at.id or self.node,
            source=at.source or self.source,
        )

    def saying(self, kind: UtteranceKind) -> Context:
        """Give the context for another kind of utterance."""
        return msgspec.structs.replace(self, kind=kind)


class Teller:
    """Collects what is said."""

    def __init__(self, labels: Labels, lexicon: Callable[[str], Lexicon], manner: Manner) -> None:
        self.labels = labels
        self.lexicon = lexicon
        self.manner = manner
        self.pauses = manner.pauses
        self.inlines = Inlines(labels, lexicon)
        self.out: list[Utterance] = []
        self.chapters: list[Chapter] = []

    def say(
        self, text: str, context: Context, before: float = 0.0, after: float = 0.0, *, say: str = "", key: str = ""
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
                say=say,
                speaker=context.speaker,
                before=before,
                after=after,
                level=context.depth if context.kind is _K.HEADING else 0,
                section=context.section,
                chapter=len(self.chapters) - 1,
                source=context.source,
            )
        )

    def language_of(self, key: str) -> str:
        """Give the language that a label is written in."""
        return self.labels.language if self.labels.complete and self.labels.has(key) else FALLBACK

    def fixed(self, key: str, text: str, context: Context) -> None:
        """Say several sentences that came from the label `key`."""
        language = self.language_of(key)
        own = msgspec.structs.replace(context, language=language)
        self.spoken([Piece(text, language)], own, self.pauses.heading)

    def framed(self, key: str, place: str, inlines: Iterable[Inline], context: Context, after: float) -> None:
        """Say running text in the place that a label leaves for it, such as the caption in "Table: {caption}."."""
        before, _, behind = self.labels(key, **{place: _HERE}).partition(_HERE)
        if speakable(before):
            self.say(before.strip(), context.saying(_K.ANNOUNCEMENT), 0.0, self.pauses.header, key=key)
        self.running(inlines, context, after)
        if speakable(behind):
            self.say(behind.strip(), context.saying(_K.ANNOUNCEMENT), 0.0, after, key=key)

    def announce(self, key: str, context: Context, before: float = 0.0, **values: object) -> None:
        """Say fixed words."""
        text = " ".join(self.labels(key, **values).split())
        narrator = msgspec.structs.replace(context, speaker="")
        self.say(text, narrator.saying(_K.ANNOUNCEMENT), before, self.pauses.announcement, key=key)

    def running(
        self, inlines: Iterable[Inline], context: Context, after: float, *, ready: list[Piece] | None = None
    ) -> None:
        """Say running text: sentence by sentence, pictures where they stand, note marks after their sentence."""
        pieces: list[Piece] = list(ready or ())
        marks: list[str] = []
        for segment in self.inlines.segments(inlines, context.language):
            match segment:
                case Piece():
                    pieces.append(segment)
                case Picture(image, _):
                    self.spoken(pieces, context, self.pauses.sentence)
                    pieces = []
                    self.image(image, context)
                case Reference(note):
                    marks.append(note)
        self.spoken(pieces, context, after)
        for note in marks:
            self.reference(note, context)

    def spoken(self, pieces: list[Piece], context: Context, after: float) -> None:
        parts = phrases(pieces, context.language, self.lexicon(context.language))
        for place, phrase in enumerate(parts):
            pause = self.pauses.sentence if phrase.ends_sentence else self.pauses.phrase
            if place == len(parts) - 1:
                pause = after
            own = msgspec.structs.replace(context, language=phrase.language)
            self.say(phrase.text, own, 0.0, pause, say=phrase.say)

    def reference(self, name: str, context: Context) -> None:
        """Note that the text refers to a note; to be filled in by whoever knows the notes."""
        raise NotImplementedError

    def image(self, image: Image, outer: Context) -> None:
        """Say what stands for a picture (WCAG 1.1.1); a decorative one makes no sound."""
        context = outer.at(image.at)
        match image.alt:
            case Described(text):
                self.announce("speech.image", context)
                self.running((), context.saying(_K.ALT), self.pauses.sentence, ready=[Piece(text, context.language)])
                self.announce("speech.end_image", context)
            case Undescribed():
                self.announce("speech.undescribed", context)
            case Decorative():
                pass
            case _:
                assert_never(image.alt)
