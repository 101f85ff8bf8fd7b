"""Builder of the script: the text of the tree in reading order, with announcements for what the layout shows.

Announcements come from the labels of the document's language (`[speech]`), pauses from `Pauses`; words and numbers are
normalised later, by the lexicon. All of the text is read; notes are never read inside a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

import msgspec

from exporter import formulas
from exporter import model as m
from exporter.labels import Labels
from exporter.lexicon import Lexicon
from exporter.model.list_numbers import item_number, marker
from exporter.model.pull_quotes import repeated_pull_quotes
from exporter.model.text_positions import size
from exporter.model.walk import plain_text
from exporter.speech import audio_credits
from exporter.speech.normalisation.symbols import name_symbols
from exporter.speech.notes import NoteUtteranceBuilder
from exporter.speech.options import NotePlacement, SpeechOptions
from exporter.speech.tables import say_table
from exporter.speech.text_pieces import spoken_code
from exporter.speech.utterance import Chapter, Script, TextRange, UtteranceKind
from exporter.speech.utterance_builder import Context

_K = UtteranceKind


def build_script(
    publication: m.Publication, labels: Labels, lexicon: Callable[[str], Lexicon], options: SpeechOptions | None = None
) -> Script:
    """Return the script of a publication, from the opening to the closing credits.

    Args:
        publication: With IDs on its nodes, and its notes in the order of their first references.
        labels: In its language.
        lexicon: Returns the reading rules of a language.
        options: Speech options.
    """
    return ScriptBuilder(publication, labels, lexicon, options or SpeechOptions()).build()


class ScriptBuilder(NoteUtteranceBuilder):
    """Builder of the utterances of all blocks, and of the opening and closing credits."""

    def __init__(
        self, publication: m.Publication, labels: Labels, lexicon: Callable[[str], Lexicon], options: SpeechOptions
    ) -> None:
        super().__init__(publication, labels, lexicon, options)
        self.repeated_pull_quotes = repeated_pull_quotes(publication)
        self.introduced: set[str] = set()
        self.last_speaker = ""

    def build(self) -> Script:
        metadata = self.publication.metadata
        root = Context(self.language, source=metadata.source)
        self.chapters.append(Chapter(metadata.title or self.labels("speech.about")))
        self.say_label(
            "speech.opening", audio_credits.opening_credits(metadata, self.labels), root.with_kind(_K.OPENING)
        )
        if self.publication.notes:
            key = f"speech.notes_{self.options.notes.value}"
            self.say_label(key, self.labels(key), root.with_kind(_K.OPENING))
        self.blocks(self.publication.front, root)
        self.blocks(self.publication.body, root)
        self.say_pending_notes(root)
        self.say_unread_notes(root)
        self.say_about_recording(root.with_kind(_K.CLOSING))
        return Script(tuple(self.utterances), tuple(self.chapters))

    def say_about_recording(self, context: Context) -> None:
        """Add the closing credits: the end of the text, then a chapter about the recording."""
        end = audio_credits.closing_credits(self.publication.metadata, self.labels)
        title = self.labels("speech.about")
        self.add(end, context, self.pauses.heading, self.pauses.heading, label_key="speech.closing")
        if others := audio_credits.also_available(self.publication.metadata, self.labels):
            self.say_label("speech.also", others, context)
        self.chapters.append(Chapter(title))
        self.add(title, context, self.pauses.before_heading(1), self.pauses.heading, label_key="speech.about")
        if self.options.read_by:
            self.say_label("speech.about_text", self.labels("speech.about_text", voices=self.options.read_by), context)

    def blocks(self, blocks: Iterable[m.Block], context: Context) -> None:
        for block in blocks:
            self.block(block, context)
            if self.options.notes is NotePlacement.PARAGRAPH and not self.inside_note:
                self.say_pending_notes(context)

    def block(self, block: m.Block, outer: Context) -> None:
        context = outer.at(block.at)
        match block:
            case m.Section():
                self.section(block, context)
            case m.Paragraph(children=children):
                self.say_inlines(children, context, self.pauses.paragraph)
            case m.List():
                self.list(block, context)
            case m.DefinitionList():
                self.definitions(block, context)
            case m.Table():
                say_table(self, block, context)
                self.description(block.description, context)
            case m.Figure():
                self.figure(block, context)
            case m.Quote():
                self.quote(block, context)
            case m.Aside():
                self.aside(block, context)
            case m.Transcript():
                self.transcript(block, context)
            case m.CodeBlock():
                self.code(block, context)
            case m.MathBlock(mathml=mathml, tex=tex):
                self.announce("speech.formula", context)
                spoken = formulas.formula_in_words(mathml, tex, self.lexicon(context.language))
                inner, text_range = context.with_kind(_K.MATHS), self.node_range(block.at)
                self.add(
                    tex or spoken,
                    inner,
                    0.0,
                    self.pauses.paragraph,
                    spoken_form=spoken,
                    text_range=text_range,
                    transcription=spoken,
                )
            case m.LineBlock(lines=lines):
                for line in lines:
                    self.say_inlines(line.children, context.at(line.at), self.pauses.sentence)
            case m.ThematicBreak():
                self.announce("speech.break", context, self.pauses.paragraph, text_range=self.node_range(block.at))
            case m.PageBreak():
                pass
            case _:
                assert_never(block)

    def section(self, block: m.Section, context: Context) -> None:
        if not self.inside_note:
            self.say_pending_notes(context)
        inside = msgspec.structs.replace(context, section=block.at.id or context.section, depth=context.depth + 1)
        title = plain_text(block.title)
        # A heading inside a note is spoken, but is not a chapter.
        if not (self.is_repetition or self.inside_note):
            self.chapters.append(Chapter(title, inside.depth, block.at.id or ""))
        first = len(self.utterances)
        self.say_inlines(block.title, inside.with_kind(_K.HEADING), self.pauses.heading)
        if len(self.utterances) == first:
            spoken = name_symbols(title, self.lexicon(inside.language))
            text_range = TextRange(inside.node, 0, sum(map(size, block.title)))
            self.add(
                title, inside.with_kind(_K.HEADING), 0.0, self.pauses.heading, spoken_form=spoken, text_range=text_range
            )
        if len(self.utterances) > first:
            pause = self.pauses.before_heading(inside.depth)
            self.utterances[first] = msgspec.structs.replace(self.utterances[first], before=pause)
        self.blocks(block.children, inside)
        if not self.inside_note:
            self.say_pending_notes(inside)

    def list(self, block: m.List, context: Context) -> None:
        announced = len(block.items) >= self.options.list_from
        if announced:
            self.announce("speech.list", context, count=len(block.items))
        for position, item in enumerate(block.items):
            inside = context.at(item.at)
            if written := marker(block, position):
                spoken = f"{item_number(block, position)}."  # parentheses are not spoken
                self.add(written, inside.with_kind(_K.MARKER), 0.0, self.pauses.header, spoken_form=spoken)
            self.blocks(item.children, inside)
        if announced:
            self.announce("speech.end_list", context)

    def definitions(self, block: m.DefinitionList, context: Context) -> None:
        for item in block.items:
            inside = context.at(item.at)
            for term in item.terms:
                self.say_inlines(term.children, inside.at(term.at), self.pauses.announcement)
            for definition in item.definitions:
                self.blocks(definition.children, inside.at(definition.at))

    def figure(self, block: m.Figure, context: Context) -> None:
        described = [image for image in block.images if not isinstance(image.alt, m.Decorative)]
        if len(described) > 1:
            self.announce("speech.images", context, count=len(described))
        for image in block.images:
            self.say_image(image, context)
        self.say_inlines(block.caption, context.with_kind(_K.CAPTION), self.pauses.paragraph)
        self.description(block.description, context)

    def description(self, blocks: Iterable[m.Block], context: Context) -> None:
        blocks = tuple(blocks)
        if blocks:
            self.announce("speech.long_description", context, text_range=TextRange(context.node, label=True))
            self.blocks(blocks, context.with_kind(_K.DESCRIPTION))
            self.announce("speech.end_long_description", context)

    def quote(self, block: m.Quote, context: Context) -> None:
        self.announce("speech.quote", context)
        self.blocks(block.children, context)
        self.announce("speech.end_quote", context)
        if block.attribution:
            inner = context.with_kind(_K.ATTRIBUTION)
            self.say_in_template("speech.attribution", "who", block.attribution, inner, self.pauses.paragraph)

    def aside(self, block: m.Aside, context: Context) -> None:
        if block in self.repeated_pull_quotes:
            return
        kind = self.labels(f"asides.{block.kind.value}")
        text_range = TextRange(context.node, label=True)
        self.announce("speech.aside", context, self.pauses.paragraph, text_range=text_range, kind=kind)
        self.say_inlines(block.title, context, self.pauses.paragraph)
        self.blocks(block.children, context)
        self.announce("speech.end_aside", context, kind=kind)

    def code(self, block: m.CodeBlock, context: Context) -> None:
        self.announce("speech.code", context)
        for line in filter(str.strip, block.text.splitlines()):
            text = " ".join(line.split())
            spoken = spoken_code(text, self.lexicon(context.language))
            inner, text_range = context.with_kind(_K.CODE), self.node_range(block.at)
            self.add(text, inner, 0.0, self.pauses.sentence, spoken_form=spoken, text_range=text_range)
        self.announce("speech.end_code", context)

    def transcript(self, block: m.Transcript, context: Context) -> None:
        self.announce("speech.transcript", context)
        self.introduced.clear()
        self.last_speaker = ""
        for turn in block.turns:
            inside = context.at(turn.at)
            match turn:
                case m.Turn():
                    self.turn(turn, inside)
                case m.Cue(children=children):
                    self.say_in_template(
                        "speech.cue", "text", children, inside.with_kind(_K.CUE), self.pauses.paragraph
                    )
        self.announce("speech.end_transcript", context)

    def turn(self, turn: m.Turn, context: Context) -> None:
        speaker = turn.speaker
        speaker_changes = speaker.name != self.last_speaker
        if speaker.name not in self.introduced or (speaker_changes and speaker.name in self.options.shared_voices):
            key = "speech.speaker_role" if speaker.role and speaker.name not in self.introduced else "speech.speaker"
            text = self.labels(key, name=speaker.name, role=speaker.role)
            inner, text_range = context.with_kind(_K.SPEAKER), TextRange(context.node, label=True)
            self.add(text, inner, self.pauses.paragraph, self.pauses.announcement, text_range=text_range)
            self.introduced.add(speaker.name)
        self.last_speaker = speaker.name
        self.blocks(turn.children, msgspec.structs.replace(context, speaker=speaker.name))
