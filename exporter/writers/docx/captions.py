"""Captions, counted so that Word can list them and refer to them (ECMA-376-1, 17.16.5.56 SEQ)."""

from __future__ import annotations

from exporter.model import Figure, Table, Text
from exporter.writers.docx.context import BlockContext, Story, WriteState
from exporter.writers.docx.fields import add_field
from exporter.writers.docx.inlines import RunFormat
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.xml import Element, Properties


def add_caption(
    draft: WriteState,
    paragraphs: ParagraphWriter,
    story: Story,
    parent: Element,
    node: Figure | Table,
    *,
    place: BlockContext,
    properties: Properties,
) -> None:
    """Append the caption of a figure or table, with the field that counts it."""
    number, face = draft.captions.of(node), RunFormat.of(place)
    words = paragraphs.inlines
    paragraph = paragraphs.open(story, parent, place, "Caption", properties)
    rest = node.caption
    if number and number.said and isinstance(rest[0], Text):
        first, rest = rest[0], rest[1:]
        inner, digits = face.at(first), str(number.number)
        mark = draft.bookmarks.open(paragraph, number.bookmark)
        words.words(paragraph, number.said.removesuffix(digits), inner)
        add_field(paragraph, f"SEQ {number.kind} \\* ARABIC", digits, words.look(inner))
        draft.bookmarks.close(paragraph, mark)
        words.words(paragraph, first.text.removeprefix(number.said), inner)
    elif number:
        # \h: nothing is shown, and still a list of figures finds it. LibreOffice knows hidden runs, not \h.
        add_field(paragraph, f"SEQ {number.kind} \\h", properties={"vanish": True})
    words.write(story, paragraph, rest, face)
    paragraphs.close(paragraph)
