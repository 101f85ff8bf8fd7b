"""Figures and tables with what belongs to them: their pictures, their captions, their long descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Block, Figure, Image, LineBreak
from exporter.model import Table as TableBlock
from exporter.readers.docx import asides, captions
from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import Role
from exporter.readers.rules import CAPTION_MISPLACED
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.docx.block_builder import BlockBuilder

_CAPTION_ADVICE = "Put the caption directly above or below its table or picture (References, Insert Caption)."


def with_caption(assembly: BlockBuilder, block: Figure | TableBlock, caption: ParsedParagraph | None) -> Block:
    """Return a figure or table with its caption; what names the caption names it too."""
    if caption is None:
        return block
    name = block.at.id or assembly.settings.id_of(caption)
    at = msgspec.structs.replace(block.at, id=name)
    return msgspec.structs.replace(block, at=at, caption=assembly.settings.phrase(caption))


def described(
    assembly: BlockBuilder, blocks: Sequence[ParsedBlock], place: int, out: list[Flat], owners: dict[int, int]
) -> int:
    """Take the long description behind a figure or table; give the place behind it."""
    while place < len(blocks) and place in owners:
        place += 1  # its caption
    title = blocks[place] if place < len(blocks) else None
    begins = place
    if isinstance(title, ParsedParagraph) and title.meaning.role is Role.DESCRIPTION_TITLE:
        begins += 1
    end = begins
    while end < len(blocks) and _is_description(blocks[end]) and (end > begins or begins > place or end == place):
        if isinstance(blocks[end], Container) and end > begins:
            break
        end += 1
        if isinstance(blocks[end - 1], Container):
            break
    if end == begins:
        return place
    inside: list[ParsedBlock] = []
    for parsed_block in blocks[begins:end]:
        inside += parsed_block.content if isinstance(parsed_block, Container) else [parsed_block]
    block = out[-1]
    assert isinstance(block, Figure | TableBlock)
    description = assembly.nested([asides.plain(parsed_block, Role.DESCRIPTION) for parsed_block in inside])
    out[-1] = msgspec.structs.replace(block, description=description)
    return end


def figure(
    assembly: BlockBuilder, blocks: Sequence[ParsedBlock], place: int, caption: ParsedParagraph | None
) -> tuple[Block, int]:
    block = blocks[place]
    assert isinstance(block, ParsedParagraph)
    images = _images(assembly, block)
    end = place + 1
    while end < len(blocks) and captions.belongs_to_next(blocks[end - 1], blocks[end]):
        following = blocks[end]
        assert isinstance(following, ParsedParagraph)
        images += _images(assembly, following)
        end += 1
    made = Figure(at=assembly.settings.holder(block), images=tuple(images))
    return with_caption(assembly, made, caption), end


def _images(assembly: BlockBuilder, block: ParsedParagraph) -> list[Image]:
    """Return pictures in the language of their paragraph, which is that of their alt texts."""
    language = assembly.settings.at(block).language
    if not language:
        return block.images
    return [
        msgspec.structs.replace(image, at=msgspec.structs.replace(image.at, language=language))
        for image in block.images
    ]


def own_caption(assembly: BlockBuilder, block: ParsedParagraph) -> Block | None:
    """Return a paragraph that holds pictures and their caption, or a caption that belongs to nothing."""
    images = tuple(piece.node for piece in block.pieces if isinstance(piece.node, Image))
    words = [piece for piece in block.pieces if not isinstance(piece.node, Image)]
    while words and (isinstance(words[0].node, LineBreak) or not (words[0].node or words[0].text.strip())):
        words = words[1:]
    if images and (block.sequence or block.meaning.role is Role.CAPTION):
        return Figure(at=assembly.settings.holder(block), images=images, caption=assembly.settings.phrase(block, words))
    if block.meaning.role is Role.CAPTION:
        message = f"The caption “{block.text.strip()[:60]}” stands beside no table and no picture."
        assembly.reading.report.add(CAPTION_MISPLACED, block.source, message, advice=_CAPTION_ADVICE)
    return assembly.plain(block)


def _is_description(block: ParsedBlock) -> bool:
    if isinstance(block, Container):
        return block.tag == "description"
    return isinstance(block, ParsedParagraph) and block.meaning.role is Role.DESCRIPTION
