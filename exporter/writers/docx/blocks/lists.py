"""Lists and definition lists (ECMA-376-1, 17.9.18 numPr)."""

from __future__ import annotations

import msgspec

from exporter import model as m
from exporter.writers.docx.blocks.content_controls import control, follows, is_simple_item
from exporter.writers.docx.blocks.paragraphs import ContainerWriter
from exporter.writers.docx.context import BODY_STYLE, BlockContext
from exporter.writers.docx.styles.numbering import LEVELS, STEP
from exporter.writers.docx.styles.stylesheet import LIST_LEVELS
from exporter.writers.docx.xml import Element

_DEFINITIONS = ("Definition", "DefinitionContinue")
_SPACE_AFTER = 170
"""Space between a list and the following text, in twentieths of a point."""


def _style(kind: str, level: int) -> str:
    number = min(level + 1, LIST_LEVELS)
    return kind if number == 1 else f"{kind}{number}"


_WITH_PARAGRAPH = (m.Aside, m.CodeBlock, m.Figure, m.LineBlock, m.MathBlock, m.Paragraph, m.Quote, m.ThematicBreak)
"""Blocks whose first paragraph can have the number of the item."""


def _first_visible(blocks: m.Blocks) -> m.Block | None:
    """Return the first visible block, or None if there is none."""
    return next((block for block in blocks if not isinstance(block, m.PageBreak)), None)


class ListWriter(ContainerWriter):
    """Writer of lists and definition lists."""

    def add_list(self, parent: Element, node: m.List, context: BlockContext) -> None:
        """Append a list, which is a separate numbering instance, so that its numbers start correctly."""
        level = context.level + 1
        if level >= LEVELS:
            self._state.report_not_carried(
                f"Word has {LEVELS} list levels; a deeper list is written as the last one.", node.at.source
            )
            level = LEVELS - 1
        definition = context.definition if level else self._state.numbering.add_definition(node.style)
        number = self._state.numbering.add_list(definition, node, level)
        kind = "ListBullet" if node.style is m.ListStyle.BULLET else "ListNumber"
        # In asides, notes and cells, items have the style of the text there; only their numbering makes them a list.
        has_list_style = context.style == BODY_STYLE or context.style.startswith("ListContinue")
        style = _style(kind, level) if has_list_style else context.style
        further_style = _style("ListContinue", level) if has_list_style else context.style
        inner = msgspec.structs.replace(
            context,
            level=level,
            definition=definition,
            offset=context.inset + STEP - self._state.stylesheet.indents(further_style)[0],
            inset=context.inset + STEP,
            style=further_style,
        )
        for item in node.items:
            context.story.pending.number = (number, level)
            self._paragraphs.add_bookmark(context, item)
            is_needed = not is_simple_item(item.children, further_paragraphs=has_list_style)
            with control(self._state, parent, "item", needed=is_needed) as container:
                self._add_item(container, item, inner.at(item), style, tight=node.tight)
        if has_list_style and not level:
            context.story.pending.space_before = max(context.story.pending.space_before, _SPACE_AFTER)

    def _add_item(self, parent: Element, item: m.ListItem, context: BlockContext, style: str, *, tight: bool) -> None:
        blocks = item.children
        spacing = {"spacing": {"after": 60}} if tight else {}
        if blocks and isinstance(blocks[0], m.Paragraph):
            self._paragraphs.add_bookmark(context, blocks[0])
            self._paragraphs.add(parent, context.at(blocks[0]), blocks[0].children, style, properties=spacing)
            blocks = blocks[1:]
        elif not isinstance(_first_visible(blocks), _WITH_PARAGRAPH):
            # The number needs a paragraph.
            self._paragraphs.close(self._paragraphs.open(parent, context, style, spacing))
        self._write_blocks(parent, blocks, context)
        if context.story.pending.number:
            # The content of the item wrote no paragraph; without one, the next items would have wrong numbers.
            self._paragraphs.close(self._paragraphs.open(parent, context, style, spacing))
        context.story.pending.number = None

    def add_definitions(self, parent: Element, node: m.DefinitionList, context: BlockContext) -> None:
        """Append terms and their definitions."""
        step = self._state.stylesheet.indents("Definition")[0]
        is_needed = context.style in _DEFINITIONS or follows(parent, "DefinitionTerm", *_DEFINITIONS)
        with control(self._state, parent, "definitions", needed=is_needed) as container:
            for item in node.items:
                self._paragraphs.add_bookmark(context, item)
                for term in item.terms:
                    self._paragraphs.add_bookmark(context, term)
                    self._paragraphs.add(container, context.at(item).at(term), term.children, "DefinitionTerm")
                for definition in item.definitions:
                    self._paragraphs.add_bookmark(context, definition)
                    self._definition(container, definition, context.at(item).at(definition), step)

    def _definition(self, parent: Element, node: m.Definition, context: BlockContext, step: int) -> None:
        """Append a definition, whose first paragraph has its own style."""
        inner = context.inside("DefinitionContinue", step)
        blocks = node.children
        is_needed = not all(isinstance(block, m.Paragraph) for block in node.children)
        with control(self._state, parent, "definition", needed=is_needed) as container:
            if blocks and isinstance(blocks[0], m.Paragraph):
                self._write_blocks(container, blocks[:1], context.inside("Definition", step))
                blocks = blocks[1:]
            self._write_blocks(container, blocks, inner)
