"""Lists and definition lists (ECMA-376-1, 17.9.18 numPr)."""

from __future__ import annotations

import msgspec

from exporter.model import (
    Aside,
    Block,
    Blocks,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    LineBlock,
    List,
    ListItem,
    ListStyle,
    MathBlock,
    PageBreak,
    Paragraph,
    Quote,
    ThematicBreak,
)
from exporter.writers.docx.content_controls import follows, hold, plain_item, release
from exporter.writers.docx.context import BODY_STYLE, BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.numbering import LEVELS, STEP
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.stylesheet import LIST_LEVELS
from exporter.writers.docx.xml import Element

_DEFINITIONS = ("Definition", "DefinitionContinue")
_SPACE_AFTER = 170
"""Between a list and the text that goes on, in twentieths of a point."""


def _style(kind: str, level: int) -> str:
    number = min(level + 1, LIST_LEVELS)
    return kind if number == 1 else f"{kind}{number}"


_CARRYING = (Aside, CodeBlock, Figure, LineBlock, MathBlock, Paragraph, Quote, ThematicBreak)
"""Blocks whose first paragraph can bear the number of the item."""


def _first(blocks: Blocks) -> Block | None:
    """Return the first block that is seen."""
    return next((block for block in blocks if not isinstance(block, PageBreak)), None)


class ListWriter:
    """Writes lists."""

    def __init__(self, draft: WriteState, paragraphs: ParagraphWriter, write_blocks: WriteBlocks) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._write_blocks = write_blocks

    def add_list(self, story: Story, parent: Element, node: List, place: BlockContext) -> None:
        """Append a list; each is an instance of its own, so that its numbers begin where they should."""
        level = place.level + 1
        if level >= LEVELS:
            self._draft.not_carried(f"Word has {LEVELS} levels of lists; a deeper one joins the last.", node.at.source)
            level = LEVELS - 1
        definition = place.definition if level else self._draft.numbering.add_definition(node.style)
        number = self._draft.numbering.add_list(definition, node, level)
        kind = "ListBullet" if node.style is ListStyle.BULLET else "ListNumber"
        # In boxes, notes and cells the items look like the text there: their numbering alone makes them a list.
        own = place.style == BODY_STYLE or place.style.startswith("ListContinue")
        style = _style(kind, level) if own else place.style
        further = _style("ListContinue", level) if own else place.style
        inner = msgspec.structs.replace(
            place,
            level=level,
            definition=definition,
            offset=place.inset + STEP - self._draft.stylesheet.indents(further)[0],
            inset=place.inset + STEP,
            style=further,
        )
        for item in node.items:
            story.pending.number = (number, level)
            self._paragraphs.mark(story, item)
            simple = plain_item(item.children, further=own)
            held = parent if simple else hold(self._draft, parent, "item")
            self._add_item(story, held, item, inner.at(item), style, tight=node.tight)
            if not simple:
                release(held)
        if own and not level:
            story.pending.space_before = max(story.pending.space_before, _SPACE_AFTER)

    def _add_item(
        self, story: Story, parent: Element, item: ListItem, place: BlockContext, style: str, *, tight: bool
    ) -> None:
        blocks = item.children
        spacing = {"spacing": {"after": 60}} if tight else {}
        if blocks and isinstance(blocks[0], Paragraph):
            self._paragraphs.mark(story, blocks[0])
            self._paragraphs.add(story, parent, place.at(blocks[0]), blocks[0].children, style, properties=spacing)
            blocks = blocks[1:]
        elif not isinstance(_first(blocks), _CARRYING):
            # The number needs a paragraph to stand in.
            self._paragraphs.close(self._paragraphs.open(story, parent, place, style, spacing))
        self._write_blocks(story, parent, blocks, place)
        if story.pending.number:
            # What stands in the item left no paragraph; the items after it keep their numbers.
            self._paragraphs.close(self._paragraphs.open(story, parent, place, style, spacing))
        story.pending.number = None

    def add_definitions(self, story: Story, parent: Element, node: DefinitionList, place: BlockContext) -> None:
        """Append terms and what they mean."""
        step = self._draft.stylesheet.indents("Definition")[0]
        inside = place.style in _DEFINITIONS
        alone = not inside and not follows(parent, "DefinitionTerm", *_DEFINITIONS)
        held = parent if alone else hold(self._draft, parent, "definitions")
        for item in node.items:
            self._paragraphs.mark(story, item)
            for term in item.terms:
                self._paragraphs.mark(story, term)
                self._paragraphs.add(story, held, place.at(item).at(term), term.children, "DefinitionTerm")
            for definition in item.definitions:
                self._paragraphs.mark(story, definition)
                self._definition(story, held, definition, place.at(item).at(definition), step)
        if not alone:
            release(held)

    def _definition(self, story: Story, parent: Element, node: Definition, place: BlockContext, step: int) -> None:
        """Append what a term means; its first paragraph has a style of its own."""
        inner = place.inside("DefinitionContinue", step)
        simple = all(isinstance(block, Paragraph) for block in node.children)
        held = parent if simple else hold(self._draft, parent, "definition")
        blocks = node.children
        if blocks and isinstance(blocks[0], Paragraph):
            self._write_blocks(story, held, blocks[:1], place.inside("Definition", step))
            blocks = blocks[1:]
        self._write_blocks(story, held, blocks, inner)
        if not simple:
            release(held)
