"""Definition lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.model import At, Block, Definition, DefinitionItem, DefinitionList, Source, Term
from exporter.readers.docx import parsed
from exporter.readers.docx.blocks.asides import without_role
from exporter.readers.docx.parsed import Container, ParsedBlock
from exporter.readers.docx.roles import Role
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_ROLES = frozenset({Role.TERM, Role.DEFINITION, Role.DEFINITION_CONTINUE})


def from_styles(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[Block | Sequence[Flat], int]:
    """Return the definition list that begins at an index, and the index after it."""
    first = blocks[index]
    end = index
    terms = 0
    while end < len(blocks) and _belongs(blocks[end]) and (end == index or not parsed.starts_page(blocks[end])):
        block = blocks[end]
        terms += isinstance(block, parsed.ParsedParagraph) and block.meaning.role is Role.TERM
        end += 1
    if not terms:
        # Definitions without a term are plain paragraphs.
        inside = [
            without_role(without_role(block, Role.DEFINITION), Role.DEFINITION_CONTINUE) for block in blocks[index:end]
        ]
        return builder.blocks(inside), end
    return build(builder, blocks[index:end], first.source), end


def _belongs(block: ParsedBlock) -> bool:
    if isinstance(block, Container):
        return block.tag == "definition"
    return isinstance(block, parsed.ParsedParagraph) and block.meaning.role in _ROLES


def build(builder: BlockBuilder, blocks: Sequence[ParsedBlock], source: Source) -> Block:
    """Return terms and definitions as a list; a term after a definition begins another item."""
    items: list[DefinitionItem] = []
    terms: list[Term] = []
    definitions: list[Definition] = []
    inside: list[ParsedBlock] = []

    def close_definition() -> None:
        nonlocal inside
        if inside:
            at = At(source=inside[0].source)
            fresh = [without_role(without_role(block, Role.DEFINITION), Role.DEFINITION_CONTINUE) for block in inside]
            definitions.append(Definition(at=at, children=builder.nested(fresh)))
            inside = []

    def close_item() -> None:
        nonlocal terms, definitions
        close_definition()
        if terms or definitions:
            items.append(DefinitionItem(terms=tuple(terms) or (Term(children=()),), definitions=tuple(definitions)))
            terms, definitions = [], []

    for block in blocks:
        if isinstance(block, parsed.ParsedParagraph) and block.meaning.role is Role.TERM:
            if definitions or inside:
                close_item()
            terms.append(Term(at=builder.attributes.at(block), children=builder.attributes.inlines(block)))
        elif isinstance(block, Container) and block.tag == "definition":
            close_definition()
            inside = list(block.content)
            close_definition()
        else:
            begins = isinstance(block, parsed.ParsedParagraph) and block.meaning.role is Role.DEFINITION
            if begins:
                close_definition()
            inside.append(block)
    close_item()
    return DefinitionList(at=At(source=source), items=tuple(items))
