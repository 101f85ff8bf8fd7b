"""Figures and long descriptions (WCAG 1.1.1)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.model import Figure, Image, Table
from exporter.model.walk import plain_text
from exporter.writers.docx.blocks.asides import AROUND
from exporter.writers.docx.blocks.captions import add_caption
from exporter.writers.docx.blocks.content_controls import control, is_simple
from exporter.writers.docx.blocks.paragraphs import ContainerWriter, ParagraphWriter
from exporter.writers.docx.context import BlockContext, WriteBlocks, WriteState
from exporter.writers.docx.inlines.drawings import DrawingWriter
from exporter.writers.docx.inlines.inline_writer import RunFormat
from exporter.writers.docx.xml import Element, Properties

_BETWEEN, _BETWEEN_WIDTH = "\u2003", 280
"""What is between images beside each other, and a width, in twentieths of a point, that it never exceeds."""
_MAX_TITLE = 120
"""Maximum length of a caption that the title of its description repeats."""


class FigureWriter(ContainerWriter):
    """Writer of figures and long descriptions."""

    def __init__(
        self, state: WriteState, paragraphs: ParagraphWriter, write_blocks: WriteBlocks, drawings: DrawingWriter
    ) -> None:
        super().__init__(state, paragraphs, write_blocks)
        self._drawings = drawings

    def add(self, parent: Element, node: Figure, context: BlockContext) -> None:
        """Append the images, beside each other where they fit, the caption, and the long description."""
        has_text_below = bool(node.caption or node.description)
        rows = self._rows(node.images, context.available_width)
        for index, row in enumerate(rows):
            for image in row:
                self._paragraphs.add_bookmark(context, image)
            last = index == len(rows) - 1
            properties: Properties = {"keepNext": {"val": 0}} if last and not has_text_below else {}
            image_context = context.at(row[0])
            paragraph = self._paragraphs.open(parent, image_context, "Figure", properties)
            for image in row:
                if image is not row[0]:
                    self._paragraphs.inlines.write_text(paragraph, _BETWEEN, RunFormat.of(image_context))
                self._drawings.add(context.story, paragraph, image, available_width=context.available_width)
            self._paragraphs.close(paragraph)
        if node.caption:
            caption_context = msgspec.structs.replace(context, running=False)
            caption_properties: Properties = {"keepNext": True, "spacing": {"after": 120}} if node.description else {}
            add_caption(
                self._state,
                self._paragraphs,
                parent,
                node,
                context=caption_context,
                properties=caption_properties,
            )
        self.add_description(parent, node, context)

    def _rows(self, images: Sequence[Image], available_width: int) -> list[list[Image]]:
        """Return the images that stand beside each other; those of other languages have a paragraph of their own."""
        rows: list[list[Image]] = []
        left = 0
        for image in images:
            width = self._drawings.width_of(image, available_width) + _BETWEEN_WIDTH
            if rows and width <= left and image.at.language == rows[-1][0].at.language:
                rows[-1].append(image)
                left -= width
            else:
                rows.append([image])
                left = available_width + _BETWEEN_WIDTH - width
        return rows

    def add_description(self, parent: Element, node: Figure | Table, context: BlockContext) -> None:
        """Append a long description as visible text, with a title (technique G92)."""
        if not node.description:
            return
        name = plain_text(node.caption).strip()
        number = self._state.captions.number_of(node)
        if number and number.text:
            name = number.text
        title = self._state.labels("common.long_description")
        if name and len(name) <= _MAX_TITLE:
            title = self._state.labels("common.long_description_of", what=name)
        self._paragraphs.add_text(parent, context, title, "DescriptionTitle")
        is_needed = not is_simple(node.description) or context.style == "Description"
        with control(self._state, parent, "description", needed=is_needed) as container:
            self._write_blocks(container, node.description, context.inside("Description", 0))
            context.story.pending.space_before = AROUND
