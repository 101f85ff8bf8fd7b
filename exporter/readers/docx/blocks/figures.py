"""Figures and tables with their images, captions and long descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Block, Figure, Image, LineBreak, Math
from exporter.model import Table as TableBlock
from exporter.readers.docx.blocks import asides, captions
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.graphics.drawings import LINK_ADVICE, LINK_IGNORED
from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph, role_of
from exporter.readers.docx.roles import Role
from exporter.readers.rules import CAPTION_MISPLACED, UNSUPPORTED
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_CAPTION_ADVICE = "Put the caption directly above or below its table or image (References, Insert Caption)."

_LONGEST_NUMBER = 12
"""Characters of the number of a formula: “(Eq. 12a)”."""


def with_caption(builder: BlockBuilder, block: Figure | TableBlock, caption: ParsedParagraph | None) -> Block:
    """Return a figure or table with its caption; an identifier of the caption becomes its own."""
    if caption is None:
        return block
    name = block.at.id or builder.attributes.id_of(caption)
    at = msgspec.structs.replace(block.at, id=name)
    return msgspec.structs.replace(
        block, at=at, caption=builder.attributes.phrase(caption, captions.text_runs(caption))
    )


def with_description(builder: BlockBuilder, block: Figure | TableBlock, cursor: Cursor) -> Block:
    """Return a figure or table with the long description after it and its caption."""
    cursor.take_while(cursor.is_caption)
    if role_of(cursor.peek()) is Role.DESCRIPTION_TITLE and _is_description(cursor.peek(2)):
        next(cursor)
    parsed: Sequence[ParsedBlock]
    match cursor.peek():
        case Container(tag="description", content=parsed):
            next(cursor)
        case _:
            parsed = cursor.take_paragraphs(_is_description)
            if not parsed:
                return block
    description = builder.nested([asides.without_role(inner, Role.DESCRIPTION) for inner in parsed])
    return msgspec.structs.replace(block, description=description)


def figure(builder: BlockBuilder, first: ParsedParagraph, cursor: Cursor) -> Block:
    """Return the figure that begins with an image alone."""
    links = (run.run_format.link for run in first.text_runs if isinstance(run.node, Image))
    for link in filter(None, dict.fromkeys(links)):
        builder.context.report.add(UNSUPPORTED, first.source, LINK_IGNORED.format(link.url[:80]), advice=LINK_ADVICE)
    row = [first, *cursor.take_paragraphs(lambda following: captions.belongs_to_next(cursor.peek(0), following))]
    images = tuple(image for paragraph in row for image in _images(builder, paragraph))
    at = msgspec.structs.replace(builder.attributes.container_at(first), source=images[0].at.source or first.source)
    return with_caption(builder, Figure(at=at, images=images), cursor.caption_of(first))


def _images(builder: BlockBuilder, block: ParsedParagraph) -> list[Image]:
    """Return images with the language of their paragraph, which is that of their alt texts."""
    language = builder.attributes.at(block).language
    if not language:
        return block.images
    return [
        msgspec.structs.replace(image, at=msgspec.structs.replace(image.at, language=language))
        for image in block.images
    ]


def captioned_images(builder: BlockBuilder, block: ParsedParagraph, cursor: Cursor) -> Sequence[Flat]:
    """Return a figure from a paragraph with images and their caption, or a paragraph from any other caption.

    That of a formula or of code is a paragraph beside it.
    """
    images = tuple(run.node for run in block.text_runs if isinstance(run.node, Image))
    words = [run for run in block.text_runs if not isinstance(run.node, Image)]
    while words and (isinstance(words[0].node, LineBreak) or not (words[0].node or words[0].text.strip())):
        words = words[1:]
    if images and (block.sequence or block.meaning.role is Role.CAPTION):
        caption = builder.attributes.phrase(block, words)
        return [Figure(at=builder.attributes.container_at(block), images=images, caption=caption)]
    adjacent = (cursor.peek(-1), cursor.peek())
    if block.meaning.role is Role.CAPTION and not any(_may_have(other, block.text) for other in adjacent):
        message = f"The caption “{block.text.strip()[:60]}” is not next to a table or an image."
        builder.context.report.add(CAPTION_MISPLACED, block.source, message, advice=_CAPTION_ADVICE)
    return builder.plain(block)


def _may_have(block: ParsedBlock | None, caption: str) -> bool:
    """Return whether a caption that is not of a figure is that of code, or of a formula with at most its number."""
    if not isinstance(block, ParsedParagraph):
        return False
    has_formula = block.formula is not None or any(isinstance(run.node, Math) for run in block.text_runs)
    is_formula = has_formula and len(block.text.strip()) <= _LONGEST_NUMBER
    return block.meaning.role is Role.CODE or (is_formula and not captions.is_figure_label(caption))


def _is_description(block: ParsedBlock | None) -> bool:
    return role_of(block) is Role.DESCRIPTION or (isinstance(block, Container) and block.tag == "description")
