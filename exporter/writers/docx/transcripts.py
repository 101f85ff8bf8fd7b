"""Transcripts: who speaks, what is said, what is seen or heard."""

from __future__ import annotations

from typing import assert_never

from exporter.model import Cue, Paragraph, Transcript, Turn
from exporter.writers.docx.content_controls import follows, hold, release
from exporter.writers.docx.context import BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.inlines import RunFormat
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.xml import Element

_STYLES = ("Speaker", "Turn", "Cue")


class TranscriptWriter:
    """Writes transcripts; each speaker and each turn has a style of its own."""

    def __init__(self, draft: WriteState, paragraphs: ParagraphWriter, write_blocks: WriteBlocks) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._write_blocks = write_blocks

    def add(self, story: Story, parent: Element, node: Transcript, place: BlockContext) -> None:
        """Append a transcript."""
        alone = place.style != "Turn" and not follows(parent, *_STYLES)
        held = parent if alone else hold(self._draft, parent, "transcript")
        for turn in node.turns:
            self._paragraphs.mark(story, turn)
            match turn:
                case Turn():
                    self._turn(story, held, turn, place.at(turn))
                case Cue():
                    self._paragraphs.add(story, held, place.at(turn), turn.children, "Cue")
                case _:
                    assert_never(turn)
        if not alone:
            release(held)

    def _turn(self, story: Story, parent: Element, turn: Turn, place: BlockContext) -> None:
        paragraph = self._paragraphs.open(story, parent, place, "Speaker")
        # Where the role stands is for the language to say.
        labelled = self._draft.labels("docx.speaker_role", name="\0", role="\1") if turn.speaker.role else "\0"
        before, _, after = labelled.partition("\0")
        for words, role in ((before, True), (turn.speaker.name, False), (after, True)):
            said = words.replace("\1", turn.speaker.role) if role else words
            face = RunFormat.of(place, style="SpeakerRole" if role else "")
            self._paragraphs.inlines.words(paragraph, said, face)
        self._paragraphs.close(paragraph)
        start, end = self._draft.stylesheet.indents("Turn")
        simple = all(isinstance(block, Paragraph) for block in turn.children)
        held = parent if simple else hold(self._draft, parent, "turn")
        self._write_blocks(story, held, turn.children, place.inside("Turn", start, end))
        if not simple:
            release(held)
