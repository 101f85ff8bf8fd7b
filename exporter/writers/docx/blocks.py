"""Blocks as paragraphs and tables, in reading order."""

from __future__ import annotations

from typing import assert_never

import msgspec

from exporter.model import (
    Aside,
    AsideKind,
    Block,
    CodeBlock,
    Cue,
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
    Turn,
)
from exporter.writers.docx.contents import Contents
from exporter.writers.docx.draft import Draft, Place, Story
from exporter.writers.docx.fields import add_run
from exporter.writers.docx.inlines import Face
from exporter.writers.docx.lists import ListWriter
from exporter.writers.docx.maths import add_formula, linear
from exporter.writers.docx.paragraphs import ParagraphWriter
from exporter.writers.docx.pictures import Pictures
from exporter.writers.docx.stylesheet import HEADING_LEVELS
from exporter.writers.docx.tables import TableWriter
from exporter.writers.docx.xml import Element, Properties, add, make, name

_ASIDES = {
    AsideKind.BOX: "Aside",
    AsideKind.SUMMARY: "AsideSummary",
    AsideKind.RECOMMENDATIONS: "AsideRecommendations",
    AsideKind.NOTICE: "AsideNotice",
    AsideKind.WARNING: "AsideWarning",
    AsideKind.TESTIMONY: "AsideTestimony",
    AsideKind.PULL_QUOTE: "PullQuote",
}
_SPEAKING = frozenset({AsideKind.BOX, AsideKind.PULL_QUOTE})
"""Asides that need no word to say what they are."""
_AROUND = 240
"""Around a box and below a long description, in twentieths of a point."""
_KEPT: Properties = {"keepNext": True}


class BlockWriter:
    """Writes blocks into a story."""

    def __init__(self, draft: Draft, paragraphs: ParagraphWriter, pictures: Pictures, contents: Contents) -> None:
        self._draft = draft
        self._paragraphs = paragraphs
        self._pictures = pictures
        self._contents = contents
        self._lists = ListWriter(draft, paragraphs, self.write)
        self._tables = TableWriter(draft, paragraphs, self.write)

    def write(self, story: Story, parent: Element, blocks: tuple[Block, ...], place: Place) -> None:
        """Append blocks to the body, a cell or a note."""
        for block in blocks:
            if not isinstance(block, Table) and len(parent) == 0:
                story.pending.space_before = 0
            self._paragraphs.mark(story, block)
            self._write(story, parent, block, place.at(block))

    def write_note(self, story: Story, parent: Element, blocks: tuple[Block, ...], place: Place) -> None:
        """Append the blocks of a whole note, which ends with a paragraph (17.11.10)."""
        self.write(story, parent, blocks, place)
        self.end(story, parent, place)
        self._paragraphs.finish(story, parent)

    def end(self, story: Story, parent: Element, place: Place) -> None:
        """Append the paragraph that has to follow when a part ends with a table."""
        if len(parent) and parent[-1].tag == name("tbl"):
            self._tables.separate(story, parent, place)

    def _write(self, story: Story, parent: Element, block: Block, place: Place) -> None:
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
                self._description(story, parent, block.description, place)
            case Figure():
                self._figure(story, parent, block, place)
            case Quote():
                self._quote(story, parent, block, place)
            case Aside():
                self._aside(story, parent, block, place)
            case Transcript():
                for turn in block.turns:
                    self._turn(story, parent, turn, place.at(turn))
            case CodeBlock():
                self._lines(story, parent, block.text.split("\n"), place)
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

    def _section(self, story: Story, parent: Element, node: Section, place: Place) -> None:
        inner = msgspec.structs.replace(place, depth=place.depth + 1)
        level = inner.depth
        if level > HEADING_LEVELS:
            self._draft.not_carried(
                f"Word has {HEADING_LEVELS} levels of headings; one of level {level} joins the last.", node.at.source
            )
            level = HEADING_LEVELS
        if bookmark := self._contents.bookmark(node):
            story.pending.bookmarks.append(bookmark)
        still = msgspec.structs.replace(place, running=False)
        self._paragraphs.add(story, parent, still, node.title, f"Heading{level}")
        self.write(story, parent, node.children, inner)

    def _paragraph(self, story: Story, parent: Element, node: Paragraph, place: Place) -> None:
        # An empty paragraph is only a distance, which is for styles to say.
        if node.children or story.pending.opening:
            self._paragraphs.add(story, parent, place, node.children)

    def _figure(self, story: Story, parent: Element, node: Figure, place: Place) -> None:
        followed = bool(node.caption or node.description)
        for index, image in enumerate(node.images):
            self._paragraphs.mark(story, image)
            last = index == len(node.images) - 1
            properties: Properties = {"keepNext": {"val": 0}} if last and not followed else {}
            paragraph = self._paragraphs.open(story, parent, place.at(image), "Figure", properties)
            self._pictures.add(story, paragraph, image, room=place.room)
            self._paragraphs.close(paragraph)
        if node.caption:
            still = msgspec.structs.replace(place, running=False)
            properties = {"keepNext": True, "spacing": {"after": 120}} if node.description else {}
            self._paragraphs.add(story, parent, still, node.caption, "Caption", properties=properties)
        self._description(story, parent, node.description, place)

    def _description(self, story: Story, parent: Element, blocks: tuple[Block, ...], place: Place) -> None:
        """Append a long description under its title (WCAG 1.1.1, technique G92)."""
        if blocks:
            self._paragraphs.add_words(
                story, parent, place, self._draft.labels("common.long_description"), "DescriptionTitle"
            )
            self.write(story, parent, blocks, place.inside("Description", 0))
            story.pending.space_before = _AROUND

    def _quote(self, story: Story, parent: Element, node: Quote, place: Place) -> None:
        start, end = self._draft.stylesheet.indents("Quote")
        self.write(story, parent, node.children, place.inside("Quote", start, end))
        if node.attribution:
            _keep_with_next(parent[-1] if len(parent) else None)
            before, _, after = self._draft.labels("common.attribution", who="\0").partition("\0")
            paragraph = self._paragraphs.open(story, parent, place, "QuoteAttribution")
            face = Face.of(place)
            self._paragraphs.inlines.words(paragraph, before, face)
            self._paragraphs.inlines.write(story, paragraph, node.attribution, face)
            if after:
                self._paragraphs.inlines.words(paragraph, after, face)
            self._paragraphs.close(paragraph)

    def _aside(self, story: Story, parent: Element, node: Aside, place: Place) -> None:
        style = _ASIDES[node.kind]
        start, end = self._draft.stylesheet.indents(style)
        inner = place.inside(style, start, end, frame=style)
        story.pending.space_before = _AROUND
        first = len(parent)
        if node.title:
            still = msgspec.structs.replace(inner, running=False)
            self._paragraphs.add(story, parent, still, node.title, properties=_KEPT, face="AsideTitle")
        elif node.kind not in _SPEAKING:
            # What a box is for must not be told by its colour alone (WCAG 1.4.1).
            words = self._draft.labels(f"asides.{node.kind.value}")
            self._paragraphs.add_words(story, parent, inner, words, properties=_KEPT, face="AsideTitle")
        self.write(story, parent, node.children, inner)
        if node.kind is AsideKind.PULL_QUOTE:
            for paragraph in list(parent)[first:-1]:
                _keep_with_next(paragraph)
        story.pending.space_before = _AROUND

    def _turn(self, story: Story, parent: Element, turn: Turn | Cue, place: Place) -> None:
        self._paragraphs.mark(story, turn)
        match turn:
            case Turn():
                speaker = turn.speaker.name
                if turn.speaker.role:
                    speaker = self._draft.labels("docx.speaker_role", name=speaker, role=turn.speaker.role)
                self._paragraphs.add_words(story, parent, place, speaker, "Speaker")
                start, end = self._draft.stylesheet.indents("Turn")
                self.write(story, parent, turn.children, place.inside("Turn", start, end))
            case Cue():
                self._paragraphs.add(story, parent, place, turn.children, "Cue")
            case _:
                assert_never(turn)

    def _lines(self, story: Story, parent: Element, lines: list[str], place: Place) -> None:
        """Append characters as they are: line ends, spaces and tabs stay."""
        paragraph = self._paragraphs.open(story, parent, place, "SourceCode")
        while lines and not lines[-1]:
            lines = lines[:-1]
        for index, line in enumerate(lines):
            run = add_run(paragraph, {"noProof": True})
            if index:
                add(run, "br")
            for position, part in enumerate(line.split("\t")):
                if position:
                    add(run, "tab")
                if part:
                    add(run, "t", {"xml:space": "preserve"}, part)
        self._paragraphs.close(paragraph)

    def _formula(self, story: Story, parent: Element, node: MathBlock, place: Place) -> None:
        paragraph = self._paragraphs.open(story, parent, place, "Equation")
        if not add_formula(paragraph, node.mathml, display=True):
            shown = node.tex or linear(node.mathml)
            self._draft.not_carried(f"The formula “{shown}” is written as text.", node.at.source)
            self._paragraphs.inlines.words(paragraph, shown, Face.of(place, style="VerbatimChar"), proof=False)
        self._paragraphs.close(paragraph)

    def _line_block(self, story: Story, parent: Element, node: LineBlock, place: Place) -> None:
        paragraph = self._paragraphs.open(story, parent, place, "LineBlock")
        for index, line in enumerate(node.lines):
            face = Face.of(place).at(line)
            if index:
                add(add_run(paragraph), "br")
            if line.indent:
                self._paragraphs.inlines.words(paragraph, "\u00a0" * line.indent, face)
            self._paragraphs.inlines.write(story, paragraph, line.children, face)
        self._paragraphs.close(paragraph)


def _keep_with_next(paragraph: Element | None) -> None:
    """Keep a paragraph with the one that follows (17.3.1.15)."""
    if paragraph is None or paragraph.tag != name("p"):
        return
    properties = paragraph.find(name("pPr"))
    if properties is not None and properties.find(name("keepNext")) is None:
        properties.insert(1 if properties[0].tag == name("pStyle") else 0, make("keepNext"))
