"""The tree as it is read aloud: every word of it, in order, with what the eye gets from the layout said in words.

Announcements come from the labels of the document's language (`[speech]`), pauses from `Pauses`, the way that words
and numbers are read from the lexicon, later. Nothing of the text is left out; notes never stand inside a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

import msgspec

from exporter import formulas
from exporter.labels import FALLBACK, Labels
from exporter.lexicon import Lexicon
from exporter.model import (
    Aside,
    Block,
    CodeBlock,
    Cue,
    Decorative,
    DefinitionList,
    Figure,
    LineBlock,
    List,
    MathBlock,
    PageBreak,
    Paragraph,
    Publication,
    Quote,
    Section,
    Table,
    ThematicBreak,
    Transcript,
    Turn,
)
from exporter.model.list_numbers import marker, numbered
from exporter.model.text_positions import size
from exporter.model.walk import plain_text
from exporter.speech import audio_credits
from exporter.speech.normalisation.symbols import signs
from exporter.speech.notes import NoteUtteranceBuilder
from exporter.speech.options import NotePlacement, SpeechOptions
from exporter.speech.phrases import code_said
from exporter.speech.tables import read_table
from exporter.speech.utterance import Chapter, Script, TextRange, UtteranceKind
from exporter.speech.utterance_builder import Context

_K = UtteranceKind


def script(
    publication: Publication, labels: Labels, lexicon: Callable[[str], Lexicon], manner: SpeechOptions | None = None
) -> Script:
    """Return all that is said of a publication, from the opening to the words about the recording.

    Args:
        publication: With ids on its nodes and its notes in the order of their first references.
        labels: Fixed words in its language.
        lexicon: Gives the reading rules of a language.
        manner: How it is read.
    """
    return ScriptBuilder(publication, labels, lexicon, manner or SpeechOptions()).read()


class ScriptBuilder(NoteUtteranceBuilder):
    """Reads a publication from its opening to the words about the recording."""

    def __init__(
        self, publication: Publication, labels: Labels, lexicon: Callable[[str], Lexicon], manner: SpeechOptions
    ) -> None:
        super().__init__(publication.notes, labels, lexicon, manner)
        self.publication = publication
        self.named: set[str] = set()
        self.last_speaker = ""

    def read(self) -> Script:
        metadata = self.publication.metadata
        root = Context(metadata.language or FALLBACK, source=metadata.source)
        self.chapters.append(Chapter(metadata.title or self.labels("speech.about")))
        self.fixed("speech.opening", audio_credits.opening(metadata, self.labels), root.with_kind(_K.OPENING))
        self.blocks(self.publication.front, root)
        self.blocks(self.publication.body, root)
        self.flush_notes(root)
        self.late_notes(root)
        self.about(root.with_kind(_K.CLOSING))
        return Script(tuple(self.out), tuple(self.chapters))

    def about(self, context: Context) -> None:
        """Close the text, then say how the recording was made, in a chapter of its own."""
        end = audio_credits.closing(self.publication.metadata, self.labels)
        title = self.labels("speech.about")
        self.say(end, context, self.pauses.heading, self.pauses.heading, key="speech.closing")
        self.chapters.append(Chapter(title))
        self.say(title, context, self.pauses.before_heading(1), self.pauses.heading, key="speech.about")
        if self.manner.read_by:
            self.fixed("speech.about_text", self.labels("speech.about_text", voices=self.manner.read_by), context)

    def blocks(self, blocks: Iterable[Block], context: Context) -> None:
        for block in blocks:
            self.block(block, context)
            if self.manner.notes is NotePlacement.PARAGRAPH and not self.inside_note:
                self.flush_notes(context)

    def block(self, block: Block, outer: Context) -> None:
        context = outer.at(block.at)
        match block:
            case Section():
                self.section(block, context)
            case Paragraph(children=children):
                self.running(children, context, self.pauses.paragraph)
            case List():
                self.list(block, context)
            case DefinitionList():
                self.definitions(block, context)
            case Table():
                read_table(self, block, context)
                self.description(block.description, context)
            case Figure():
                self.figure(block, context)
            case Quote():
                self.quote(block, context)
            case Aside():
                self.aside(block, context)
            case Transcript():
                self.transcript(block, context)
            case CodeBlock():
                self.code(block, context)
            case MathBlock(mathml=mathml, tex=tex):
                self.announce("speech.formula", context)
                said = formulas.spoken(mathml, tex, self.lexicon(context.language))
                own, place = context.with_kind(_K.MATHS), self.whole(block.at)
                self.say(tex or said, own, 0.0, self.pauses.paragraph, say=said, place=place)
            case LineBlock(lines=lines):
                for line in lines:
                    self.running(line.children, context.at(line.at), self.pauses.sentence)
            case ThematicBreak():
                self.announce("speech.break", context, self.pauses.paragraph, place=self.whole(block.at))
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def section(self, block: Section, context: Context) -> None:
        if not self.inside_note:
            self.flush_notes(context)
        inside = msgspec.structs.replace(context, section=block.at.id or context.section, depth=context.depth + 1)
        title = plain_text(block.title)
        # A heading inside a note is said, but is none of the publication's.
        if not (self.again or self.inside_note):
            self.chapters.append(Chapter(title, inside.depth, block.at.id or ""))
        first = len(self.out)
        self.running(block.title, inside.with_kind(_K.HEADING), self.pauses.heading)
        if len(self.out) == first:
            named = signs(title, self.lexicon(inside.language))
            place = TextRange(inside.node, 0, sum(map(size, block.title)))
            self.say(title, inside.with_kind(_K.HEADING), 0.0, self.pauses.heading, say=named, place=place)
        if len(self.out) > first:
            pause = self.pauses.before_heading(inside.depth)
            self.out[first] = msgspec.structs.replace(self.out[first], before=pause)
        self.blocks(block.children, inside)
        if not self.inside_note:
            self.flush_notes(inside)

    def list(self, block: List, context: Context) -> None:
        announced = len(block.items) >= self.manner.list_from
        if announced:
            self.announce("speech.list", context, count=len(block.items))
        for place, item in enumerate(block.items):
            inside = context.at(item.at)
            if seen := marker(block, place):
                said = f"{numbered(block, place)}."  # nobody hears parentheses
                self.say(seen, inside.with_kind(_K.MARKER), 0.0, self.pauses.header, say="" if said == seen else said)
            self.blocks(item.children, inside)
        if announced:
            self.announce("speech.end_list", context)

    def definitions(self, block: DefinitionList, context: Context) -> None:
        for item in block.items:
            inside = context.at(item.at)
            for term in item.terms:
                self.running(term.children, inside.at(term.at), self.pauses.announcement)
            for definition in item.definitions:
                self.blocks(definition.children, inside.at(definition.at))

    def figure(self, block: Figure, context: Context) -> None:
        told = [image for image in block.images if not isinstance(image.alt, Decorative)]
        if len(told) > 1:
            self.announce("speech.images", context, count=len(told))
        for image in block.images:
            self.image(image, context)
        self.running(block.caption, context.with_kind(_K.CAPTION), self.pauses.paragraph)
        self.description(block.description, context)

    def description(self, blocks: Iterable[Block], context: Context) -> None:
        blocks = tuple(blocks)
        if blocks:
            self.announce("speech.long_description", context, place=TextRange(context.node, label=True))
            self.blocks(blocks, context.with_kind(_K.DESCRIPTION))
            self.announce("speech.end_long_description", context)

    def quote(self, block: Quote, context: Context) -> None:
        self.announce("speech.quote", context)
        self.blocks(block.children, context)
        self.announce("speech.end_quote", context)
        if block.attribution:
            own = context.with_kind(_K.ATTRIBUTION)
            self.say_in_template("speech.attribution", "who", block.attribution, own, self.pauses.paragraph)

    def aside(self, block: Aside, context: Context) -> None:
        kind = self.labels(f"asides.{block.kind.value}")
        place = TextRange(context.node, label=True)
        self.announce("speech.aside", context, self.pauses.paragraph, place=place, kind=kind)
        self.running(block.title, context, self.pauses.paragraph)
        self.blocks(block.children, context)
        self.announce("speech.end_aside", context, kind=kind)

    def code(self, block: CodeBlock, context: Context) -> None:
        self.announce("speech.code", context)
        for line in filter(str.strip, block.text.splitlines()):
            text = " ".join(line.split())
            said = code_said(text, self.lexicon(context.language))
            own, place = context.with_kind(_K.CODE), self.whole(block.at)
            self.say(text, own, 0.0, self.pauses.sentence, say="" if said == text else said, place=place)
        self.announce("speech.end_code", context)

    def transcript(self, block: Transcript, context: Context) -> None:
        self.announce("speech.transcript", context)
        self.named.clear()
        self.last_speaker = ""
        for turn in block.turns:
            inside = context.at(turn.at)
            match turn:
                case Turn():
                    self.turn(turn, inside)
                case Cue(children=children):
                    self.say_in_template(
                        "speech.cue", "text", children, inside.with_kind(_K.CUE), self.pauses.paragraph
                    )
        self.announce("speech.end_transcript", context)

    def turn(self, turn: Turn, context: Context) -> None:
        speaker = turn.speaker
        change = speaker.name != self.last_speaker
        if speaker.name not in self.named or (change and speaker.name in self.manner.shared_voices):
            key = "speech.speaker_role" if speaker.role and speaker.name not in self.named else "speech.speaker"
            text = self.labels(key, name=speaker.name, role=speaker.role)
            own, place = context.with_kind(_K.SPEAKER), TextRange(context.node, label=True)
            self.say(text, own, self.pauses.paragraph, self.pauses.announcement, place=place)
            self.named.add(speaker.name)
        self.last_speaker = speaker.name
        self.blocks(turn.children, msgspec.structs.replace(context, speaker=speaker.name))
