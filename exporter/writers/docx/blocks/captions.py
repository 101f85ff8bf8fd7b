"""Captions with SEQ fields, for lists of figures and cross-references (ECMA-376-1, 17.16.5.56)."""

from __future__ import annotations

from exporter.model import Figure, Table, Text
from exporter.writers.docx.blocks.paragraphs import ParagraphWriter
from exporter.writers.docx.context import BlockContext, WriteState
from exporter.writers.docx.inlines.fields import add_field
from exporter.writers.docx.inlines.inline_writer import RunFormat
from exporter.writers.docx.xml import Element, Properties


def add_caption(
    state: WriteState,
    paragraphs: ParagraphWriter,
    parent: Element,
    node: Figure | Table,
    *,
    context: BlockContext,
    properties: Properties,
) -> None:
    """Append the caption of a figure or table, with its SEQ field."""
    number, run_format = state.captions.number_of(node), RunFormat.of(context)
    inlines = paragraphs.inlines
    paragraph = paragraphs.open(parent, context, "Caption", properties)
    rest = node.caption
    if number and number.text and isinstance(rest[0], Text):
        first, rest = rest[0], rest[1:]
        first_format, digits = run_format.at(first), str(number.number)
        bookmark = state.bookmarks.open(paragraph, number.bookmark)
        inlines.write_text(paragraph, number.text.removesuffix(digits), first_format)
        add_field(paragraph, f"SEQ {number.kind} \\* ARABIC", digits, inlines.run_properties(first_format))
        state.bookmarks.close(paragraph, bookmark)
        inlines.write_text(paragraph, first.text.removeprefix(number.text), first_format)
    elif number:
        # \h hides the result, but a list of figures includes it. LibreOffice supports hidden runs, but not \h.
        add_field(paragraph, f"SEQ {number.kind} \\h", properties={"vanish": True})
    inlines.write(paragraph, rest, run_format)
    paragraphs.close(paragraph)
