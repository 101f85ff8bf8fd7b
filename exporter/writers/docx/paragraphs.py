"""Paragraphs and all that a paragraph can bear (ECMA-376-1, 17.3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import NamedTuple

from exporter.model import Direction, Inline, Node
from exporter.writers.docx.content_controls import last_block
from exporter.writers.docx.context import BODY_STYLE, BlockContext, Story, WriteState
from exporter.writers.docx.direction import language_attributes
from exporter.writers.docx.inlines import InlineWriter, RunFormat
from exporter.writers.docx.numbering import STEP
from exporter.writers.docx.xml import Attributes, Element, Properties, add, add_properties, make, name


class _Open(NamedTuple):
    """A paragraph that is not closed yet."""

    story: Story
    marks: list[str]
    """Numbers of the bookmarks that end with it."""
    page_break: bool


_MARKS = ("footnoteRef", "endnoteRef", "footnoteReference", "endnoteReference", "separator")
_SOMETHING = frozenset({"t", "tab", "drawing", "fldChar", "m:oMath", *_MARKS})


def _holds_something(paragraph: Element) -> bool:
    if paragraph.find(f"{name('pPr')}/{name('numPr')}") is not None:
        return True
    shown = paragraph.iter(*(name(tag) for tag in _SOMETHING))
    return any(each.tag != name("t") or (each.text or "").strip() for each in shown)


class ParagraphWriter:
    """Opens paragraphs with what is pending in their story, fills them, closes their bookmarks."""

    def __init__(self, draft: WriteState, inlines: InlineWriter) -> None:
        self.draft = draft
        self.inlines = inlines
        self._open: dict[int, _Open] = {}

    def mark(self, story: Story, node: Node) -> None:
        """Let the next paragraph bear the bookmark of `node` if something points at it."""
        if node.at.id and self.draft.bookmarks.wanted(node.at.id):
            story.pending.bookmarks.append(self.draft.bookmarks.name(node.at.id))

    def open(
        self, story: Story, parent: Element, place: BlockContext, style: str = "", properties: Properties | None = None
    ) -> Element:
        """Append a paragraph; `close` has to follow.

        Args:
            story: Where it stands; what is pending there goes into it.
            parent: Body, cell or note.
            place: What it takes over.
            style: Its style; that of the place by default.
            properties: More of its properties.
        """
        style = style or place.style
        pending = story.pending
        merged = dict(self._inherited(place, style, pending.number))
        merged |= properties or {}
        if pending.space_before > self.draft.stylesheet.before(style):
            spacing = merged.get("spacing")
            asked = dict(spacing) if isinstance(spacing, Mapping) else {}
            merged["spacing"] = {"before": pending.space_before} | asked
        merged |= {
            "pStyle": style if style != BODY_STYLE else None,
            "pageBreakBefore": pending.page_break,
            "bidi": place.direction is Direction.RTL,
        }
        if pending.number:
            number, level = pending.number
            holder = make("numPr")
            add(holder, "ilvl", {"w:val": level})
            add(holder, "numId", {"w:val": number})
            merged["numPr"] = holder
        merged["rPr"] = self._mark(place, numbered=bool(pending.number))
        paragraph = add(parent, "p")
        add_properties(paragraph, "pPr", merged)
        marks = [self.draft.bookmarks.open(paragraph, bookmark) for bookmark in dict.fromkeys(pending.bookmarks)]
        self._open[id(paragraph)] = _Open(story, marks, pending.page_break)
        opening = pending.opening
        pending.bookmarks, pending.number, pending.opening = [], None, None
        pending.page_break, pending.space_before = False, 0
        if opening:
            opening(paragraph)
        return paragraph

    def close(self, paragraph: Element, *, needed: bool = False) -> None:
        """End the bookmarks that began with the paragraph.

        A paragraph in which nothing stands is taken out again, for distance is a matter of style, unless it is
        `needed` or is an item of a list; the next one bears what it bore.
        """
        opened = self._open.pop(id(paragraph))
        if needed or _holds_something(paragraph):
            for number in opened.marks:
                self.draft.bookmarks.close(paragraph, number)
            return
        parent = paragraph.getparent()
        assert parent is not None
        parent.remove(paragraph)
        names = [mark.get(name("w:name")) or "" for mark in paragraph.iter(name("bookmarkStart"))]
        self.draft.bookmarks.opened.difference_update(names)
        opened.story.pending.bookmarks = [*names, *opened.story.pending.bookmarks]
        opened.story.pending.page_break |= opened.page_break

    def finish(self, story: Story, parent: Element) -> None:
        """Let the last paragraph bear the bookmarks that found none."""
        last = last_block(parent)
        if last is not None and last.tag == name("p"):
            for bookmark in dict.fromkeys(story.pending.bookmarks):
                self.draft.bookmarks.close(last, self.draft.bookmarks.open(last, bookmark))
            story.pending.bookmarks = []

    def add(
        self,
        story: Story,
        parent: Element,
        place: BlockContext,
        nodes: Iterable[Inline],
        style: str = "",
        *,
        properties: Properties | None = None,
        face: str = "",
    ) -> Element:
        """Append a whole paragraph of inline nodes; `face` names a character style for all of them."""
        paragraph = self.open(story, parent, place, style, properties)
        self.inlines.write(story, paragraph, nodes, RunFormat.of(place, style=face))
        self.close(paragraph)
        return paragraph

    def add_words(
        self,
        story: Story,
        parent: Element,
        place: BlockContext,
        text: str,
        style: str = "",
        *,
        properties: Properties | None = None,
        face: str = "",
    ) -> Element:
        """Append a whole paragraph of plain characters."""
        paragraph = self.open(story, parent, place, style, properties)
        self.inlines.words(paragraph, text, RunFormat.of(place, style=face))
        self.close(paragraph)
        return paragraph

    def _mark(self, place: BlockContext, *, numbered: bool) -> Element | None:
        """Return the properties of the mark that ends a paragraph (17.3.1.29): they speak for the whole paragraph."""
        # The number of a list item looks like the mark of its paragraph (17.9.24).
        rtl = numbered and place.direction is Direction.RTL
        foreign = bool(place.language) and place.language != self.draft.metadata.language
        if not rtl and not foreign:
            return None
        mark = make("rPr")
        if rtl:
            add(mark, "rtl")
        if foreign:
            mark.append(make("lang", language_attributes(place.language, rtl=place.direction is Direction.RTL)))
        return mark

    def _inherited(self, place: BlockContext, style: str, number: tuple[int, int] | None) -> Properties:
        """Return indents and frame that a paragraph has from its containers and not from its own style."""
        merged: dict[str, Attributes | Element | str | int | bool | None] = {}
        start, end = self.draft.stylesheet.indents(style)
        plain = style == place.style
        if number:
            # The numbering stands a list in by its level; only what containers add is said here (17.9.23).
            left, usual, hanging = place.inset, STEP * (number[1] + 1), STEP
        else:
            left, usual, hanging = start + (place.offset if plain else place.inset), start, 0
        right = end if plain else end + place.end_inset
        if left != usual or right != end:
            merged["ind"] = {"left": left, "right": right} | ({"hanging": hanging} if hanging else {})
        if place.frame and style != place.frame:
            border, shade = self.draft.stylesheet.frame(place.frame)
            merged["pBdr"] = deepcopy(border)
            merged["shd"] = deepcopy(shade)
        return merged


def keep_with_next(paragraph: Element | None) -> None:
    """Keep a paragraph with the one that follows (17.3.1.15)."""
    if paragraph is None or paragraph.tag != name("p"):
        return
    properties = paragraph.find(name("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    if properties.find(name("keepNext")) is None:
        properties.insert(1 if len(properties) and properties[0].tag == name("pStyle") else 0, make("keepNext"))
