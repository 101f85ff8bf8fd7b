"""Definition lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.model import At, Block, Definition, DefinitionItem, DefinitionList, Source, Term
from exporter.readers.docx.blocks.asides import without_role
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph, role_of, starts_page
from exporter.readers.docx.roles import Role
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_ROLES = frozenset({Role.TERM, Role.DEFINITION, Role.DEFINITION_CONTINUE})


def from_styles(builder: BlockBuilder, first: ParsedParagraph, cursor: Cursor) -> Sequence[Flat]:
    """Return the definition list that begins with a term or definition; without a term, paragraphs."""
    parsed = [first, *cursor.take_while(_continues)]
    if any(role_of(block) is Role.TERM for block in parsed):
        return [build(builder, parsed, first.source)]
    return builder.blocks(_without_roles(parsed))


def _continues(block: ParsedBlock) -> bool:
    is_definition = isinstance(block, Container) and block.tag == "definition"
    return (is_definition or role_of(block) in _ROLES) and not starts_page(block)


def _without_roles(parsed: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    return [without_role(without_role(block, Role.DEFINITION), Role.DEFINITION_CONTINUE) for block in parsed]


def build(builder: BlockBuilder, parsed: Sequence[ParsedBlock], source: Source) -> Block:
    """Return terms and definitions as a list; a term after a definition begins another item."""
    items: list[DefinitionItem] = []
    terms: list[Term] = []
    definitions: list[Definition] = []
    inside: list[ParsedBlock] = []

    def close_definition() -> None:
        nonlocal inside
        if inside:
            at = At(source=inside[0].source)
            definitions.append(Definition(at=at, children=builder.nested(_without_roles(inside))))
            inside = []

    def close_item() -> None:
        nonlocal terms, definitions
        close_definition()
        if terms or definitions:
            items.append(DefinitionItem(terms=tuple(terms) or (Term(children=()),), definitions=tuple(definitions)))
            terms, definitions = [], []

    for block in parsed:
        if isinstance(block, ParsedParagraph) and block.meaning.role is Role.TERM:
            if definitions or inside:
                close_item()
            terms.append(Term(at=builder.attributes.at(block), children=builder.attributes.inlines(block)))
        elif isinstance(block, Container) and block.tag == "definition":
            close_definition()
            inside = list(block.content)
            close_definition()
        else:
            if role_of(block) is Role.DEFINITION:
                close_definition()
            inside.append(block)
    close_item()
    return DefinitionList(at=At(source=source), items=tuple(items))
