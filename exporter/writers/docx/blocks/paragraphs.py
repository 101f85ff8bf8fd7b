"""Paragraphs and their properties (ECMA-376-1, 17.3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import NamedTuple

from exporter.inspect.docx.xml import name
from exporter.model import Direction, Inline, Node
from exporter.writers.docx.blocks.content_controls import last_block
from exporter.writers.docx.context import BODY_STYLE, BlockContext, Story, WriteBlocks, WriteState
from exporter.writers.docx.inlines.direction import language_attributes
from exporter.writers.docx.inlines.inline_writer import InlineWriter, RunFormat
from exporter.writers.docx.styles.numbering import STEP
from exporter.writers.docx.xml import (
    Attributes,
    Element,
    Properties,
    add,
    add_properties,
    make_element,
    properties_of,
    set_property,
)


class _OpenParagraph(NamedTuple):
    """State of a paragraph that is not closed yet."""

    story: Story
    bookmarks: list[str]
    """Numbers of the bookmarks that end with it."""
    page_break: bool


_NOTE_MARKS = ("footnoteRef", "endnoteRef", "footnoteReference", "endnoteReference", "separator")
_VISIBLE = frozenset({"t", "tab", "drawing", "fldChar", "m:oMath", *_NOTE_MARKS})


def _is_visible(paragraph: Element) -> bool:
    if paragraph.find(f"{name('pPr')}/{name('numPr')}") is not None:
        return True
    elements = paragraph.iter(*(name(tag) for tag in _VISIBLE))
    return any(element.tag != name("t") or (element.text or "").strip() for element in elements)


class ParagraphWriter:
    """Writer of paragraphs, with the pending properties of their story, and their bookmarks."""

    def __init__(self, state: WriteState, inlines: InlineWriter) -> None:
        self.state = state
        self.inlines = inlines
        self._open: dict[int, _OpenParagraph] = {}

    def add_bookmark(self, context: BlockContext, node: Node) -> None:
        """Add the bookmark of `node` to the next paragraph, if the node is a target."""
        if node.at.id and self.state.bookmarks.is_target(node.at.id):
            context.story.pending.bookmarks.append(self.state.bookmarks.name(node.at.id))

    def open(
        self,
        parent: Element,
        context: BlockContext,
        style: str = "",
        properties: Properties | None = None,
    ) -> Element:
        """Append a paragraph; `close` has to follow.

        Args:
            parent: Body, cell or note.
            context: Inherited properties.
            style: Its style; by default that of the context.
            properties: Further properties.
        """
        style = style or context.style
        pending = context.story.pending
        merged = dict(self._inherited(context, style, pending.number))
        merged |= properties or {}
        if pending.space_before > self.state.stylesheet.space_before(style):
            spacing = merged.get("spacing")
            own_spacing = dict(spacing) if isinstance(spacing, Mapping) else {}
            merged["spacing"] = {"before": pending.space_before} | own_spacing
        merged |= {
            "pStyle": style if style != BODY_STYLE else None,
            "pageBreakBefore": pending.page_break,
            "bidi": context.direction is Direction.RTL,
        }
        if pending.number:
            number, level = pending.number
            number_properties = make_element("numPr")
            add(number_properties, "ilvl", {"w:val": level})
            add(number_properties, "numId", {"w:val": number})
            merged["numPr"] = number_properties
        merged["rPr"] = self._mark(context, numbered=bool(pending.number))
        paragraph = add(parent, "p")
        add_properties(paragraph, "pPr", merged)
        bookmark_ids = [self.state.bookmarks.open(paragraph, bookmark) for bookmark in dict.fromkeys(pending.bookmarks)]
        self._open[id(paragraph)] = _OpenParagraph(context.story, bookmark_ids, pending.page_break)
        opening = pending.opening
        pending.bookmarks, pending.number, pending.opening = [], None, None
        pending.page_break, pending.space_before = False, 0
        if opening:
            opening(paragraph)
        return paragraph

    def close(self, paragraph: Element, *, needed: bool = False) -> None:
        """End the bookmarks that began with the paragraph.

        An empty paragraph is removed, and its pending properties are moved to the next one, unless it is `needed` or
        is a list item.
        """
        opened = self._open.pop(id(paragraph))
        if needed or _is_visible(paragraph):
            for number in opened.bookmarks:
                self.state.bookmarks.close(paragraph, number)
            return
        parent = paragraph.getparent()
        assert parent is not None
        parent.remove(paragraph)
        names = [mark.get(name("w:name")) or "" for mark in paragraph.iter(name("bookmarkStart"))]
        self.state.bookmarks.written.difference_update(names)
        opened.story.pending.bookmarks = [*names, *opened.story.pending.bookmarks]
        opened.story.pending.page_break |= opened.page_break

    def finish(self, story: Story, parent: Element) -> None:
        """Add the remaining bookmarks to the last paragraph."""
        last = last_block(parent)
        if last is not None and last.tag == name("p"):
            for bookmark in dict.fromkeys(story.pending.bookmarks):
                self.state.bookmarks.close(last, self.state.bookmarks.open(last, bookmark))
            story.pending.bookmarks = []

    def add(
        self,
        parent: Element,
        context: BlockContext,
        nodes: Iterable[Inline],
        style: str = "",
        *,
        properties: Properties | None = None,
        character_style: str = "",
    ) -> Element:
        """Append a whole paragraph of inline nodes, optionally in a character style."""
        paragraph = self.open(parent, context, style, properties)
        self.inlines.write(paragraph, nodes, RunFormat.of(context, style=character_style))
        self.close(paragraph)
        return paragraph

    def add_text(
        self,
        parent: Element,
        context: BlockContext,
        text: str,
        style: str = "",
        *,
        properties: Properties | None = None,
        character_style: str = "",
    ) -> Element:
        """Append a whole paragraph of plain text."""
        paragraph = self.open(parent, context, style, properties)
        self.inlines.write_text(paragraph, text, RunFormat.of(context, style=character_style))
        self.close(paragraph)
        return paragraph

    def _mark(self, context: BlockContext, *, numbered: bool) -> Element | None:
        """Return the run properties of the paragraph mark, such as its language (17.3.1.29), or None if it has none."""
        # The number of a list item has the properties of its paragraph mark (17.9.24).
        rtl = numbered and context.direction is Direction.RTL
        foreign = bool(context.language) and context.language != self.state.metadata.language
        if not rtl and not foreign:
            return None
        mark = make_element("rPr")
        if rtl:
            add(mark, "rtl")
        if foreign:
            mark.append(
                make_element("lang", language_attributes(context.language, rtl=context.direction is Direction.RTL))
            )
        return mark

    def _inherited(self, context: BlockContext, style: str, number: tuple[int, int] | None) -> Properties:
        """Return the indents and the box that a paragraph inherits from its containers."""
        merged: dict[str, Attributes | Element | str | int | bool | None] = {}
        start, end = self.state.stylesheet.indents(style)
        is_container_style = style == context.style
        if number:
            # The numbering sets the indent of the level; only that of the containers is added here (17.9.23).
            left, style_left, hanging = context.inset, STEP * (number[1] + 1), STEP
        else:
            left, style_left, hanging = start + (context.offset if is_container_style else context.inset), start, 0
        right = end if is_container_style else end + context.end_inset
        if left != style_left or right != end:
            merged["ind"] = {"left": left, "right": right} | ({"hanging": hanging} if hanging else {})
        if context.frame and style != context.frame:
            border, shade = self.state.stylesheet.box_format(context.frame)
            merged["pBdr"] = deepcopy(border)
            merged["shd"] = deepcopy(shade)
        return merged


def keep_with_next(paragraph: Element | None) -> None:
    """Keep a paragraph on the page of the next one (17.3.1.15)."""
    if paragraph is None or paragraph.tag != name("p"):
        return
    set_property(properties_of(paragraph, "pPr"), make_element("keepNext"))


class ContainerWriter:
    """Writer of blocks that contain others."""

    def __init__(self, state: WriteState, paragraphs: ParagraphWriter, write_blocks: WriteBlocks) -> None:
        self._state = state
        self._paragraphs = paragraphs
        self._write_blocks = write_blocks
