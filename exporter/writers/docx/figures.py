"""Figures and long descriptions (WCAG 1.1.1)."""

from __future__ import annotations

import msgspec

from exporter.model import Figure, Table
from exporter.model.walk import plain_text
from exporter.writers.docx.asides import AROUND
from exporter.writers.docx.captions import add_caption
from exporter.writers.docx.content_controls import hold, plain, release
from exporter.writers.docx.context import BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.drawings import Pictures
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.xml import Element, Properties

_LONGEST = 120
"""Characters of a caption that the title of its description repeats."""


class FigureWriter:
    """Writes figures."""

    def __init__(
        self, draft: WriteState, paragraphs: ParagraphWriter, pictures: Pictures, write_blocks: WriteBlocks
    ) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._pictures = pictures
        self._write_blocks = write_blocks

    def add(self, story: Story, parent: Element, node: Figure, place: BlockContext) -> None:
        """Append the pictures one below the other, the caption, and the long description."""
        followed = bool(node.caption or node.description)
        for index, image in enumerate(node.images):
            self._paragraphs.mark(story, image)
            last = index == len(node.images) - 1
            properties: Properties = {"keepNext": {"val": 0}} if last and not followed else {}
            paragraph = self._paragraphs.open(story, parent, place.at(image), "Figure", properties)
            self._pictures.add(story, paragraph, image, room=place.room)
            self._paragraphs.close(paragraph)
        if node.caption:
            still = msgspec.structs.replace(place, running=False)
            below: Properties = {"keepNext": True, "spacing": {"after": 120}} if node.description else {}
            add_caption(self._draft, self._paragraphs, story, parent, node, place=still, properties=below)
        self.add_description(story, parent, node, place)

    def add_description(self, story: Story, parent: Element, node: Figure | Table, place: BlockContext) -> None:
        """Append a long description where everybody can read it, under a title that names it (technique G92)."""
        if not node.description:
            return
        what = plain_text(node.caption).strip()
        number = self._draft.captions.of(node)
        if number and number.said:
            what = number.said
        words = self._draft.labels("common.long_description")
        if what and len(what) <= _LONGEST:
            words = self._draft.labels("common.long_description_of", what=what)
        self._paragraphs.add_words(story, parent, place, words, "DescriptionTitle")
        simple = plain(node.description) and place.style != "Description"
        held = parent if simple else hold(self._draft, parent, "description")
        self._write_blocks(story, held, node.description, place.inside("Description", 0))
        story.pending.space_before = AROUND
        if not simple:
            release(held)
