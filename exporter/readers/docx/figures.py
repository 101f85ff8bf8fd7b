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
    """Give a figure or table with its caption; what names the caption names it too."""
    if caption is None:
        return block
    name = block.at.id or assembly.settings.id_of(caption)
    at = msgspec.structs.replace(block.at, id=name)
    return msgspec.structs.replace(block, at=at, caption=assembly.settings.phrase(caption))


def described(
    assembly: BlockBuilder, mets: Sequence[ParsedBlock], place: int, out: list[Flat], owners: dict[int, int]
) -> int:
    """Take the long description behind a figure or table; give the place behind it."""
    while place < len(mets) and place in owners:
        place += 1  # its caption
    title = mets[place] if place < len(mets) else None
    begins = place
    if isinstance(title, ParsedParagraph) and title.meaning.role is Role.DESCRIPTION_TITLE:
        begins += 1
    end = begins
    while end < len(mets) and _is_description(mets[end]) and (end > begins or begins > place or end == place):
        if isinstance(mets[end], Container) and end > begins:
            break
        end += 1
        if isinstance(mets[end - 1], Container):
            break
    if end == begins:
        return place
    inside: list[ParsedBlock] = []
    for met in mets[begins:end]:
        inside += met.content if isinstance(met, Container) else [met]
    block = out[-1]
    assert isinstance(block, Figure | TableBlock)
    description = assembly.nested([asides.plain(met, Role.DESCRIPTION) for met in inside])
    out[-1] = msgspec.structs.replace(block, description=description)
    return end


def figure(
    assembly: BlockBuilder, mets: Sequence[ParsedBlock], place: int, caption: ParsedParagraph | None
) -> tuple[Block, int]:
    met = mets[place]
    assert isinstance(met, ParsedParagraph)
    images = _images(assembly, met)
    end = place + 1
    while end < len(mets) and captions.belongs_to_next(mets[end - 1], mets[end]):
        following = mets[end]
        assert isinstance(following, ParsedParagraph)
        images += _images(assembly, following)
        end += 1
    made = Figure(at=assembly.settings.holder(met), images=tuple(images))
    return with_caption(assembly, made, caption), end


def _images(assembly: BlockBuilder, met: ParsedParagraph) -> list[Image]:
    """Give pictures in the language of their paragraph, which is that of their alt texts."""
    language = assembly.settings.at(met).language
    if not language:
        return met.images
    return [
        msgspec.structs.replace(image, at=msgspec.structs.replace(image.at, language=language)) for image in met.images
    ]


def own_caption(assembly: BlockBuilder, met: ParsedParagraph) -> Block | None:
    """Give a paragraph that holds pictures and their caption, or a caption that belongs to nothing."""
    images = tuple(piece.node for piece in met.pieces if isinstance(piece.node, Image))
    words = [piece for piece in met.pieces if not isinstance(piece.node, Image)]
    while words and (isinstance(words[0].node, LineBreak) or not (words[0].node or words[0].text.strip())):
        words = words[1:]
    if images and (met.sequence or met.meaning.role is Role.CAPTION):
        return Figure(at=assembly.settings.holder(met), images=images, caption=assembly.settings.phrase(met, words))
    if met.meaning.role is Role.CAPTION:
        message = f"The caption “{met.text.strip()[:60]}” stands beside no table and no picture."
        assembly.reading.report.add(CAPTION_MISPLACED, met.source, message, advice=_CAPTION_ADVICE)
    return assembly.plain(met)


def _is_description(met: ParsedBlock) -> bool:
    if isinstance(met, Container):
        return met.tag == "description"
    return isinstance(met, ParsedParagraph) and met.meaning.role is Role.DESCRIPTION
