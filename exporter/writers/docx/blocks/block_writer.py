"""Blocks as paragraphs and tables, in reading order; transcripts."""

from __future__ import annotations

from itertools import takewhile
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.inspect.docx.xml import name
from exporter.model.walk import plain_text
from exporter.writers.docx.blocks.asides import AsideWriter
from exporter.writers.docx.blocks.content_controls import control, follows, last_block
from exporter.writers.docx.blocks.figures import FigureWriter
from exporter.writers.docx.blocks.lists import ListWriter
from exporter.writers.docx.blocks.paragraphs import ContainerWriter, ParagraphWriter
from exporter.writers.docx.blocks.tables import TableWriter
from exporter.writers.docx.blocks.toc import TableOfContents
from exporter.writers.docx.context import BlockContext, WriteState
from exporter.writers.docx.inlines.drawings import DrawingWriter
from exporter.writers.docx.inlines.fields import add_run
from exporter.writers.docx.inlines.inline_writer import RunFormat
from exporter.writers.docx.omml import add_formula, linear
from exporter.writers.docx.styles.stylesheet import HEADING_LEVELS
from exporter.writers.docx.xml import Element, add

LONG_CHAPTER_LETTERS = 6000
"""Letters beyond which a chapter begins a page where chapters may: two full pages, as in the PDF edition."""
SHORT_OPENING_LETTERS = 750
"""Letters before the first chapter, a quarter of a page, that would be alone on theirs if it began the next one."""
_TRANSCRIPT_STYLES = ("Speaker", "Turn", "Cue")


class BlockWriter:
    """Writer of blocks into a story.

    Args:
        state: What all writers of a document share.
        paragraphs: Writer of paragraphs.
        drawings: Writer of images.
        toc: The table of contents.
        chapters_begin_pages: Whether long chapters begin a page.
    """

    def __init__(
        self,
        state: WriteState,
        paragraphs: ParagraphWriter,
        drawings: DrawingWriter,
        toc: TableOfContents,
        *,
        chapters_begin_pages: bool,
    ) -> None:
        self._state = state
        self._chapters_begin_pages = chapters_begin_pages
        self._after_opening = _chapter_after_opening(state.publication.body)
        self._paragraphs = paragraphs
        self._toc = toc
        self._figures = FigureWriter(state, paragraphs, self.write, drawings)
        self._asides = AsideWriter(state, paragraphs, self.write)
        self._transcripts = TranscriptWriter(state, paragraphs, self.write)
        self._lists = ListWriter(state, paragraphs, self.write)
        self._tables = TableWriter(state, paragraphs, self.write)

    def write(self, parent: Element, blocks: tuple[m.Block, ...], context: BlockContext) -> None:
        """Append blocks to the body, a cell or a note."""
        for block in blocks:
            if not isinstance(block, m.Table) and len(parent) == 0:
                context.story.pending.space_before = 0
            self._paragraphs.add_bookmark(context, block)
            self._write(parent, block, context.at(block))

    def write_note(self, parent: Element, blocks: tuple[m.Block, ...], context: BlockContext) -> None:
        """Append the blocks of a note, which has to end with a paragraph (17.11.10)."""
        self.write(parent, blocks, context)
        self.end(parent, context)
        self._paragraphs.finish(context.story, parent)

    def end(self, parent: Element, context: BlockContext) -> None:
        """Append the paragraph that a part needs after a table at its end."""
        last = last_block(parent)
        if last is not None and last.tag == name("tbl"):
            self._tables.separate(parent, context)

    def _write(self, parent: Element, block: m.Block, context: BlockContext) -> None:
        match block:
            case m.Section():
                self._section(parent, block, context)
            case m.Paragraph():
                self._paragraph(parent, block, context)
            case m.List():
                self._lists.add_list(parent, block, context)
            case m.DefinitionList():
                self._lists.add_definitions(parent, block, context)
            case m.Table():
                self._tables.add(parent, block, context)
                self._figures.add_description(parent, block, context)
            case m.Figure():
                self._figures.add(parent, block, context)
            case m.Quote():
                self._asides.add_quote(parent, block, context)
            case m.Aside():
                self._asides.add_aside(parent, block, context)
            case m.Transcript():
                self._transcripts.add(parent, block, context)
            case m.CodeBlock():
                self._code(parent, block, context)
            case m.MathBlock():
                self._formula(parent, block, context)
            case m.LineBlock():
                self._line_block(parent, block, context)
            case m.ThematicBreak():
                self._paragraphs.add_text(parent, context, "* * *", "ThematicBreak")
            case m.PageBreak():
                context.story.pending.page_break = True
                if block.label:
                    # The page of the printed original, as a bookmark to go to (17.13.6).
                    context.story.pending.bookmarks.append(self._state.bookmarks.add_unique(f"page_{block.label}"))
            case _:
                assert_never(block)

    def _section(self, parent: Element, node: m.Section, context: BlockContext) -> None:
        inner = msgspec.structs.replace(context, depth=context.depth + 1)
        level = inner.depth
        if level > HEADING_LEVELS:
            self._state.report_not_carried(
                f"Word has {HEADING_LEVELS} heading levels; level {level} is written as the last one.", node.at.source
            )
            level = HEADING_LEVELS
        is_long = level == 1 and len(plain_text(node)) > LONG_CHAPTER_LETTERS
        if is_long and self._chapters_begin_pages and node is not self._after_opening:
            context.story.pending.page_break = True
        if bookmark := self._toc.bookmark(node):
            context.story.pending.bookmarks.append(bookmark)
        if node.at.id in self._state.link_targets and (bookmark := self._state.heading_bookmark(node.at.id)):
            context.story.pending.bookmarks.append(bookmark)
        heading_context = msgspec.structs.replace(context, running=False)
        self._paragraphs.add(parent, heading_context, node.title, f"Heading{level}")
        self.write(parent, node.children, inner)

    def _paragraph(self, parent: Element, node: m.Paragraph, context: BlockContext) -> None:
        # An empty paragraph would only be vertical space, which is set by styles.
        if node.children or context.story.pending.opening:
            self._paragraphs.add(parent, context, node.children)

    def _code(self, parent: Element, node: m.CodeBlock, context: BlockContext) -> None:
        """Append preformatted text, with its line ends, spaces and tabs."""
        lines, run_properties = (
            node.text.split("\n"),
            {**self._paragraphs.inlines.run_properties(RunFormat.of(context), rtl=False, proof=False)},
        )
        style = self._state.stylesheet.code_style(node.syntax)
        paragraph = self._paragraphs.open(parent, context, style)
        while lines and not lines[-1]:
            lines = lines[:-1]
        for index, line in enumerate(lines):
            run = add_run(paragraph, run_properties)
            if index:
                add(run, "br")
            for position, part in enumerate(line.split("\t")):
                if position:
                    add(run, "tab")
                if part:
                    add(run, "t", {"xml:space": "preserve"}, part)
        self._paragraphs.close(paragraph)

    def _formula(self, parent: Element, node: m.MathBlock, context: BlockContext) -> None:
        paragraph = self._paragraphs.open(parent, context, "Equation")
        if not add_formula(paragraph, node.mathml, display=True):
            shown = node.tex or linear(node.mathml)
            self._state.report_not_carried(f"The formula “{shown}” is written as text.", node.at.source)
            self._paragraphs.inlines.write_text(
                paragraph, shown, RunFormat.of(context, style="VerbatimChar"), proof=False
            )
        self._paragraphs.close(paragraph)

    def _line_block(self, parent: Element, node: m.LineBlock, context: BlockContext) -> None:
        paragraph = self._paragraphs.open(parent, context, "LineBlock")
        for index, line in enumerate(node.lines):
            run_format = RunFormat.of(context).at(line)
            if index:
                add(add_run(paragraph), "br")
            if line.indent:
                self._paragraphs.inlines.write_text(paragraph, "\u00a0" * line.indent, run_format)
            bookmarks, is_target = self._state.bookmarks, self._state.bookmarks.is_target(line.at.id)
            mark = bookmarks.open(paragraph, bookmarks.name(line.at.id or "")) if is_target else ""
            self._paragraphs.inlines.write(paragraph, line.children, run_format)
            bookmarks.close(paragraph, mark)
        self._paragraphs.close(paragraph)


class TranscriptWriter(ContainerWriter):
    """Writer of transcripts; speakers, turns and cues have their own styles."""

    def add(self, parent: Element, node: m.Transcript, context: BlockContext) -> None:
        """Append a transcript."""
        is_needed = context.style == "Turn" or follows(parent, *_TRANSCRIPT_STYLES)
        with control(self._state, parent, "transcript", needed=is_needed) as container:
            for turn in node.turns:
                self._paragraphs.add_bookmark(context, turn)
                match turn:
                    case m.Turn():
                        self._turn(container, turn, context.at(turn))
                    case m.Cue():
                        self._paragraphs.add(container, context.at(turn), turn.children, "Cue")
                    case _:
                        assert_never(turn)

    def _turn(self, parent: Element, turn: m.Turn, context: BlockContext) -> None:
        paragraph = self._paragraphs.open(parent, context, "Speaker")
        # The label of the language sets the position of the role.
        label = self._state.labels("docx.speaker_role", name="\0", role="\1") if turn.speaker.role else "\0"
        before, _, after = label.partition("\0")
        for part, is_role in ((before, True), (turn.speaker.name, False), (after, True)):
            text = part.replace("\1", turn.speaker.role) if is_role else part
            run_format = RunFormat.of(context, style="SpeakerRole" if is_role else "")
            self._paragraphs.inlines.write_text(paragraph, text, run_format)
        self._paragraphs.close(paragraph)
        start, end = self._state.stylesheet.indents("Turn")
        is_needed = not all(isinstance(block, m.Paragraph) for block in turn.children)
        with control(self._state, parent, "turn", needed=is_needed) as container:
            self._write_blocks(container, turn.children, context.inside("Turn", start, end))


def _chapter_after_opening(body: m.Blocks) -> m.Section | None:
    """Return the first chapter if some words before it, but no pictures or tables, begin the text."""
    opening = tuple(takewhile(lambda block: not isinstance(block, m.Section), body))
    is_short = all(isinstance(block, m.Paragraph) for block in opening) and (
        0 < len(plain_text(opening)) < SHORT_OPENING_LETTERS
    )
    chapter = body[len(opening)] if is_short and len(opening) < len(body) else None
    return chapter if isinstance(chapter, m.Section) else None
