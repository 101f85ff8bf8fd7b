"""Figures and tables with their images, captions and long descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Block, Figure, Image, LineBreak
from exporter.model import Table as TableBlock
from exporter.readers.docx.blocks import asides, captions
from exporter.readers.docx.graphics.drawings import LINK_ADVICE, LINK_IGNORED
from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import Role
from exporter.readers.rules import CAPTION_MISPLACED, UNSUPPORTED
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_CAPTION_ADVICE = "Put the caption directly above or below its table or image (References, Insert Caption)."


def with_caption(builder: BlockBuilder, block: Figure | TableBlock, caption: ParsedParagraph | None) -> Block:
    """Return a figure or table with its caption; an identifier of the caption becomes its own."""
    if caption is None:
        return block
    name = block.at.id or builder.attributes.id_of(caption)
    at = msgspec.structs.replace(block.at, id=name)
    return msgspec.structs.replace(
        block, at=at, caption=builder.attributes.phrase(caption, captions.text_runs(caption))
    )


def add_description(
    builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int, out: list[Flat], owners: dict[int, int]
) -> int:
    """Add the long description after a figure or table to it; return the index after it."""
    while index < len(blocks) and index in owners:
        index += 1  # its caption
    title = blocks[index] if index < len(blocks) else None
    begins = index
    if isinstance(title, ParsedParagraph) and title.meaning.role is Role.DESCRIPTION_TITLE:
        begins += 1
    end = begins
    while end < len(blocks) and _is_description(blocks[end]) and (end > begins or begins > index or end == index):
        if isinstance(blocks[end], Container) and end > begins:
            break
        end += 1
        if isinstance(blocks[end - 1], Container):
            break
    if end == begins:
        return index
    inside: list[ParsedBlock] = []
    for parsed_block in blocks[begins:end]:
        inside += parsed_block.content if isinstance(parsed_block, Container) else [parsed_block]
    block = out[-1]
    assert isinstance(block, Figure | TableBlock)
    description = builder.nested([asides.without_role(parsed_block, Role.DESCRIPTION) for parsed_block in inside])
    out[-1] = msgspec.structs.replace(block, description=description)
    return end


def figure(
    builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int, caption: ParsedParagraph | None
) -> tuple[Block, int]:
    block = blocks[index]
    assert isinstance(block, ParsedParagraph)
    images = _images(builder, block)
    links = (run.run_format.link for run in block.text_runs if isinstance(run.node, Image))
    for link in filter(None, dict.fromkeys(links)):
        builder.context.report.add(UNSUPPORTED, block.source, LINK_IGNORED.format(link.url[:80]), advice=LINK_ADVICE)
    end = index + 1
    while end < len(blocks) and captions.belongs_to_next(blocks[end - 1], blocks[end]):
        following = blocks[end]
        assert isinstance(following, ParsedParagraph)
        images += _images(builder, following)
        end += 1
    at = msgspec.structs.replace(builder.attributes.container_at(block), source=images[0].at.source or block.source)
    result = Figure(at=at, images=tuple(images))
    return with_caption(builder, result, caption), end


def _images(builder: BlockBuilder, block: ParsedParagraph) -> list[Image]:
    """Return images with the language of their paragraph, which is that of their alt texts."""
    language = builder.attributes.at(block).language
    if not language:
        return block.images
    return [
        msgspec.structs.replace(image, at=msgspec.structs.replace(image.at, language=language))
        for image in block.images
    ]


def captioned_images(builder: BlockBuilder, block: ParsedParagraph) -> Block | None:
    """Return a figure from a paragraph with images and their caption, or a paragraph from a stray caption."""
    images = tuple(run.node for run in block.text_runs if isinstance(run.node, Image))
    words = [run for run in block.text_runs if not isinstance(run.node, Image)]
    while words and (isinstance(words[0].node, LineBreak) or not (words[0].node or words[0].text.strip())):
        words = words[1:]
    if images and (block.sequence or block.meaning.role is Role.CAPTION):
        return Figure(
            at=builder.attributes.container_at(block), images=images, caption=builder.attributes.phrase(block, words)
        )
    if block.meaning.role is Role.CAPTION:
        message = f"The caption “{block.text.strip()[:60]}” is not next to a table or an image."
        builder.context.report.add(CAPTION_MISPLACED, block.source, message, advice=_CAPTION_ADVICE)
    return builder.plain(block)


def _is_description(block: ParsedBlock) -> bool:
    if isinstance(block, Container):
        return block.tag == "description"
    return isinstance(block, ParsedParagraph) and block.meaning.role is Role.DESCRIPTION
