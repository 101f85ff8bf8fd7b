"""Blocks as paragraphs and tables, in reading order."""

from __future__ import annotations

from typing import assert_never

import msgspec

from exporter.model import (
    Aside,
    Block,
    CodeBlock,
    DefinitionList,
    Figure,
    LineBlock,
    List,
    MathBlock,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    Table,
    ThematicBreak,
    Transcript,
)
from exporter.writers.docx.asides import AsideWriter
from exporter.writers.docx.content_controls import last_block
from exporter.writers.docx.context import BlockContext, Story, WriteState
from exporter.writers.docx.drawings import Pictures
from exporter.writers.docx.fields import add_run
from exporter.writers.docx.figures import FigureWriter
from exporter.writers.docx.inlines import RunFormat
from exporter.writers.docx.lists import ListWriter
from exporter.writers.docx.omml import add_formula, linear
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.stylesheet import HEADING_LEVELS
from exporter.writers.docx.tables import TableWriter
from exporter.writers.docx.toc import Contents
from exporter.writers.docx.transcripts import TranscriptWriter
from exporter.writers.docx.xml import Element, add, name


class BlockWriter:
    """Writes blocks into a story."""

    def __init__(self, draft: WriteState, paragraphs: ParagraphWriter, pictures: Pictures, contents: Contents) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._contents = contents
        self._figures = FigureWriter(draft, paragraphs, pictures, self.write)
        self._apart = AsideWriter(draft, paragraphs, self.write)
        self._transcripts = TranscriptWriter(draft, paragraphs, self.write)
        self._lists = ListWriter(draft, paragraphs, self.write)
        self._tables = TableWriter(draft, paragraphs, self.write)

    def write(self, story: Story, parent: Element, blocks: tuple[Block, ...], place: BlockContext) -> None:
        """Append blocks to the body, a cell or a note."""
        for block in blocks:
            if not isinstance(block, Table) and len(parent) == 0:
                story.pending.space_before = 0
            self._paragraphs.mark(story, block)
            self._write(story, parent, block, place.at(block))

    def write_note(self, story: Story, parent: Element, blocks: tuple[Block, ...], place: BlockContext) -> None:
        """Append the blocks of a whole note, which ends with a paragraph (17.11.10)."""
        self.write(story, parent, blocks, place)
        self.end(story, parent, place)
        self._paragraphs.finish(story, parent)

    def end(self, story: Story, parent: Element, place: BlockContext) -> None:
        """Append the paragraph that has to follow when a part ends with a table."""
        last = last_block(parent)
        if last is not None and last.tag == name("tbl"):
            self._tables.separate(story, parent, place)

    def _write(self, story: Story, parent: Element, block: Block, place: BlockContext) -> None:
        match block:
            case Section():
                self._section(story, parent, block, place)
            case Paragraph():
                self._paragraph(story, parent, block, place)
            case List():
                self._lists.add_list(story, parent, block, place)
            case DefinitionList():
                self._lists.add_definitions(story, parent, block, place)
            case Table():
                self._tables.add(story, parent, block, place)
                self._figures.add_description(story, parent, block, place)
            case Figure():
                self._figures.add(story, parent, block, place)
            case Quote():
                self._apart.add_quote(story, parent, block, place)
            case Aside():
                self._apart.add_aside(story, parent, block, place)
            case Transcript():
                self._transcripts.add(story, parent, block, place)
            case CodeBlock():
                self._code(story, parent, block, place)
            case MathBlock():
                self._formula(story, parent, block, place)
            case LineBlock():
                self._line_block(story, parent, block, place)
            case ThematicBreak():
                self._paragraphs.add_words(story, parent, place, "* * *", "ThematicBreak")
            case PageBreak():
                story.pending.page_break = True
                if block.label:
                    # The page of the printed original, where a reader can go to by its name (17.13.6).
                    story.pending.bookmarks.append(self._draft.bookmarks.free(f"page_{block.label}"))
            case _:
                assert_never(block)

    def _section(self, story: Story, parent: Element, node: Section, place: BlockContext) -> None:
        inner = msgspec.structs.replace(place, depth=place.depth + 1)
        level = inner.depth
        if level > HEADING_LEVELS:
            self._draft.not_carried(
                f"Word has {HEADING_LEVELS} levels of headings; one of level {level} joins the last.", node.at.source
            )
            level = HEADING_LEVELS
        if bookmark := self._contents.bookmark(node):
            story.pending.bookmarks.append(bookmark)
        if node.at.id in self._draft.referred and (bookmark := self._draft.heading_mark(node.at.id)):
            story.pending.bookmarks.append(bookmark)
        still = msgspec.structs.replace(place, running=False)
        self._paragraphs.add(story, parent, still, node.title, f"Heading{level}")
        self.write(story, parent, node.children, inner)

    def _paragraph(self, story: Story, parent: Element, node: Paragraph, place: BlockContext) -> None:
        # An empty paragraph is only a distance, which is for styles to say.
        if node.children or story.pending.opening:
            self._paragraphs.add(story, parent, place, node.children)

    def _code(self, story: Story, parent: Element, node: CodeBlock, place: BlockContext) -> None:
        """Append characters as they are: line ends, spaces and tabs stay."""
        lines, look = (
            node.text.split("\n"),
            {**self._paragraphs.inlines.look(RunFormat.of(place), rtl=False, proof=False)},
        )
        style = self._draft.stylesheet.of_code(node.syntax)
        paragraph = self._paragraphs.open(story, parent, place, style)
        while lines and not lines[-1]:
            lines = lines[:-1]
        for index, line in enumerate(lines):
            run = add_run(paragraph, look)
            if index:
                add(run, "br")
            for position, part in enumerate(line.split("\t")):
                if position:
                    add(run, "tab")
                if part:
                    add(run, "t", {"xml:space": "preserve"}, part)
        self._paragraphs.close(paragraph)

    def _formula(self, story: Story, parent: Element, node: MathBlock, place: BlockContext) -> None:
        paragraph = self._paragraphs.open(story, parent, place, "Equation")
        if not add_formula(paragraph, node.mathml, display=True):
            shown = node.tex or linear(node.mathml)
            self._draft.not_carried(f"The formula “{shown}” is written as text.", node.at.source)
            self._paragraphs.inlines.words(paragraph, shown, RunFormat.of(place, style="VerbatimChar"), proof=False)
        self._paragraphs.close(paragraph)

    def _line_block(self, story: Story, parent: Element, node: LineBlock, place: BlockContext) -> None:
        paragraph = self._paragraphs.open(story, parent, place, "LineBlock")
        for index, line in enumerate(node.lines):
            face = RunFormat.of(place).at(line)
            if index:
                add(add_run(paragraph), "br")
            if line.indent:
                self._paragraphs.inlines.words(paragraph, "\u00a0" * line.indent, face)
            self._paragraphs.inlines.write(story, paragraph, line.children, face)
        self._paragraphs.close(paragraph)
