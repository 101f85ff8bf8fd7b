"""Builder of blocks from the parsed blocks of a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import msgspec

from exporter.labels import Labels
from exporter.model import (
    At,
    Blocks,
    Figure,
    LineBreak,
    List,
    ListItem,
    PageBreak,
    ThematicBreak,
)
from exporter.model import Paragraph as ParagraphBlock
from exporter.model import Table as TableBlock
from exporter.model.walk import has_content
from exporter.readers.docx.blocks import asides, captions, definitions, figures, lists, preformatted, transcripts
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.blocks.table_builder import build
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.node_attributes import NodeAttributes
from exporter.readers.docx.paragraphs import label_run
from exporter.readers.docx.parsed import (
    Container,
    Contents,
    FinishedBlock,
    ParsedBlock,
    ParsedParagraph,
    Table,
    role_of,
)
from exporter.readers.docx.roles import Role
from exporter.readers.docx.rules import TABS
from exporter.readers.rules import DESCRIPTION_MISPLACED, HEADING_EMPTY
from exporter.readers.sections import NO_CONTENT, Flat, Heading, nest, report_skipped

_BREAK = re.compile(r"\s*(?:([*#~•·⁂–—=_-])(?:\s*\1){2,}|⁂|\*)\s*")
_TYPED_ITEM = re.compile(r"(?:[^\w\s]|[oO§]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.):])\s*\t")
"""A bullet, a number or “Q:” and the tab after it, at the beginning of a line."""
_PAGE = re.compile(r"page_(.+)", re.DOTALL)
_DESCRIPTION_ADVICE = "Move the paragraphs in the style Description directly after their figure or table."
_NO_WORDS_ADVICE = "Write the heading, or give the paragraph the style Normal (Home, Styles)."
_SKIPPED_ADVICE = "Give it the style of the level below the heading above it; it was read as that level."


class BlockBuilder:
    """Builder of blocks.

    Args:
        context: The file that is being read.
        attributes: Languages, directions and identifiers of its nodes.
        labels: Fixed texts in the language of the document.
        voices: Voice of each speaker, by name.
    """

    def __init__(
        self, context: ReadContext, attributes: NodeAttributes, labels: Labels, voices: dict[str, str]
    ) -> None:
        self.context = context
        self.attributes = attributes
        self.labels = labels
        self.voices = voices
        self.inner_lists: set[int] = set()
        """Instances of lists that have had items below those of others."""
        self.list_depth = 0
        """Levels of lists around what is being built."""

    def nested(self, parsed: Sequence[ParsedBlock]) -> Blocks:
        """Return blocks, with those below headings in sections."""
        return self.nest(self.blocks(parsed))

    def nest(self, flat: Sequence[Flat]) -> Blocks:
        """Return blocks nested in the sections of their headings."""
        return nest(flat, partial(report_skipped, self.context.report, advice=_SKIPPED_ADVICE))

    def blocks(self, parsed: Sequence[ParsedBlock]) -> list[Flat]:
        """Return the blocks of a story without nesting."""
        blocks: list[Flat] = []
        cursor = Cursor(parsed)
        for current in cursor:
            if isinstance(current, Contents):
                continue
            if current.page_break and not self._begins_chapter(current):
                blocks.append(self._page_break(current))
            if cursor.is_caption(current):
                continue  # it is read with its table or figure; a page break before it precedes both
            blocks += self._built(current, cursor)
            if blocks and isinstance(last := blocks[-1], Figure | TableBlock):
                blocks[-1] = figures.with_description(self, last, cursor)
        return blocks

    def _begins_chapter(self, parsed: ParsedParagraph | Table | FinishedBlock | Container) -> bool:
        """Return whether a page break is that of a long chapter of the Word edition, not of the manuscript."""
        is_heading = role_of(parsed) is Role.HEADING
        return self.context.is_word_edition and is_heading and not any(map(_PAGE.fullmatch, parsed.bookmarks))

    def _page_break(self, parsed: ParsedParagraph | Table | FinishedBlock | Container) -> PageBreak:
        label = next((match[1] for name in parsed.bookmarks if (match := _PAGE.fullmatch(name))), "")
        return PageBreak(at=At(source=parsed.source), label=label if self.context.is_word_edition else "")

    def _built(self, parsed: ParsedParagraph | Table | FinishedBlock | Container, cursor: Cursor) -> Sequence[Flat]:
        """Return the blocks that a parsed one becomes, with those after it that belong to it."""
        match parsed:
            case Table():
                return [figures.with_caption(self, build(parsed, self), cursor.caption_of(parsed))]
            case FinishedBlock():
                return [self._finished(parsed, cursor.caption_of(parsed))]
            case Container():
                return self._container(parsed, cursor)
            case ParsedParagraph():
                return self._paragraph(parsed, cursor)

    def _finished(self, parsed: FinishedBlock, caption: ParsedParagraph | None) -> Flat:
        block = parsed.block
        at = msgspec.structs.replace(
            block.at,
            id=self.attributes.id_of(parsed) or block.at.id,
            language=None if block.at.language == self.attributes.language else block.at.language,
            source=parsed.source,
        )
        block = msgspec.structs.replace(block, at=at)
        if isinstance(block, Figure | TableBlock):
            return figures.with_caption(self, block, caption)
        return asides.diagram(self, block, caption) if isinstance(block, List) else block

    # Containers

    def _container(self, container: Container, cursor: Cursor) -> Sequence[Flat]:
        match container.tag.partition(" ")[0]:
            case "quote" | "aside":
                return [asides.from_container(self, container)]
            case "transcript":
                return [transcripts.transcript(self, container.content, container.source)]
            case "definitions":
                return [definitions.build(self, container.content, container.source)]
            case "item" if (number := lists.number_of(container)) is not None:
                return lists.build(self, lists.Item(number, [container]), cursor)
            case "item":
                return self.nested(container.content)
            case "turn":
                return [transcripts.speech(self, container, cursor)]
            case "box":
                return self._box(container, cursor.caption_of(container))
            case "diagram":
                return [asides.diagram(self, self._labels(container), cursor.caption_of(container))]
            case "description":
                self._report_description(container)
        return self.blocks(container.content)

    def _labels(self, diagram: Container) -> List:
        """Return the words in the shapes of a diagram as a list."""
        items = [self.nested([paragraph]) for paragraph in diagram.content]
        at = At(id=self.attributes.id_of(diagram), source=diagram.source)
        return List(at=at, items=tuple(ListItem(children=children) for children in items))

    def _report_description(self, parsed: Container | ParsedParagraph) -> None:
        message = "This long description does not follow a figure or a table."
        self.context.report.add(DESCRIPTION_MISPLACED, parsed.source, message, advice=_DESCRIPTION_ADVICE)

    def _box(self, box: Container, caption: ParsedParagraph | None) -> list[Flat]:
        """Return a text box as an aside, unless it only contains an image or a table with its caption."""
        inside = self.blocks(box.content)
        if len(inside) == 1 and isinstance(inside[0], Figure | TableBlock):
            only = inside[0]
            if caption is not None and not only.caption:
                only = msgspec.structs.replace(
                    only, caption=self.attributes.phrase(caption, captions.text_runs(caption))
                )
            return [only]
        if all(isinstance(block, Figure) for block in inside):
            return inside
        return [asides.text_box(self, box, inside)]

    # Paragraphs

    def _paragraph(self, paragraph: ParsedParagraph, cursor: Cursor) -> Sequence[Flat]:
        role = paragraph.meaning.role
        match role:
            case Role.HEADING:
                return self._heading(paragraph)
            case Role.QUOTE | Role.ASIDE:
                return [asides.quote_or_aside(self, paragraph, cursor)]
            case Role.SPEAKER | Role.TURN | Role.CUE:
                return [transcripts.speech(self, paragraph, cursor)]
            case Role.TERM | Role.DEFINITION | Role.DEFINITION_CONTINUE:
                return definitions.from_styles(self, paragraph, cursor)
            case Role.ATTRIBUTION:
                return asides.lone_attribution(self, paragraph)
            case Role.CODE:
                return [preformatted.code(self, paragraph, cursor)]
            case Role.VERSE:
                return [preformatted.verse(self, paragraph, cursor)]
            case Role.BREAK:
                return [ThematicBreak(at=self.attributes.at(paragraph))]
            case Role.DESCRIPTION_TITLE if self.context.is_word_edition:
                return ()
            case Role.DESCRIPTION | Role.DESCRIPTION_TITLE:
                self._report_description(paragraph)
                return self.plain(paragraph)
            case _:
                pass
        if (number := lists.number_of(paragraph)) is not None:
            return lists.build(self, lists.Item(number, [paragraph]), cursor)
        if paragraph.formula is not None:
            return [msgspec.structs.replace(paragraph.formula, at=self.attributes.at(paragraph))]
        if captions.is_figure(paragraph):
            return [figures.figure(self, paragraph, cursor)]
        if role in (Role.CAPTION, Role.FIGURE):
            return figures.captioned_images(self, paragraph, cursor)
        if role is Role.TEXT and not (paragraph.images or paragraph.has_blanks) and _is_break(paragraph, cursor):
            return [ThematicBreak(at=self.attributes.at(paragraph))]
        is_first = _has_tabs(paragraph) and not _has_tabs(cursor.peek(-1))
        if is_first and (_has_tabs(cursor.peek()) or _has_columns(paragraph)):
            words = " ".join(" ".join(_lines(paragraph)).split())[:60]
            self.context.report.add(TABS, paragraph.source, f"Columns set with tabs, from “{words}” on.")
        return self.plain(paragraph)

    def plain(self, paragraph: ParsedParagraph) -> Sequence[Flat]:
        """Return a plain paragraph, or nothing if it is empty."""
        words = self.attributes.inlines(paragraph)
        return [ParagraphBlock(at=self.attributes.at(paragraph), children=words)] if words else ()

    def _heading(self, paragraph: ParsedParagraph) -> Sequence[Flat]:
        if not has_content(self.attributes.inlines(paragraph)):
            if not paragraph.is_empty:
                self.context.report.add(HEADING_EMPTY, paragraph.source, NO_CONTENT, advice=_NO_WORDS_ADVICE)
                return self.plain(paragraph)
            self.context.counts["empty headings"] += 1
            self.context.first.setdefault("empty headings", paragraph.source)
            return ()
        text_runs, number = paragraph.text_runs, paragraph.number
        if not self.context.is_word_edition and all(run.run_format.bold for run in text_runs if run.text.strip()):
            text_runs = [run.without_bold() for run in text_runs]  # as all headings are
        if number and not number.level.is_plain and number.label.strip():
            text_runs = [label_run(self.context, paragraph.source, number, text_runs), *text_runs]
        return [
            Heading(
                at=self.attributes.container_at(paragraph),
                title=self.attributes.phrase(paragraph, text_runs),
                level=max(paragraph.meaning.level, 0),
            )
        ]


def _has_tabs(block: ParsedBlock | None) -> bool:
    """Return whether a paragraph has tabs besides the one after a typed bullet or number, which the lint reports."""
    return (
        isinstance(block, ParsedParagraph)
        and block.tabs > bool(_TYPED_ITEM.match(block.text))
        and block.meaning.role is Role.TEXT
        and block.number is None
    )


def _has_columns(paragraph: ParsedParagraph) -> bool:
    """Return whether several lines of a paragraph have tabs between words, which are no typed items of a list."""
    columns = (line.strip().rpartition("\t") for line in _lines(paragraph) if not _TYPED_ITEM.match(line.strip()))
    return sum(bool(tab) and any(map(str.isalnum, last)) for _, tab, last in columns) > 1


def _lines(paragraph: ParsedParagraph) -> list[str]:
    """Return the lines of a paragraph."""
    runs = paragraph.text_runs
    return "".join("\n" if isinstance(run.node, LineBreak) else run.text for run in runs).splitlines()


def _is_break(paragraph: ParsedParagraph, cursor: Cursor) -> bool:
    """Return whether a paragraph is only signs between two parts of a text, and no line of a form to write on."""
    text = paragraph.text.strip()
    if cursor.peek(-1) is None and cursor.peek() is None:
        return False  # alone in a cell of a form or a table
    if not _BREAK.fullmatch(text) or not text.startswith("_"):
        return bool(_BREAK.fullmatch(text))
    before, after = (
        other.text.strip() if isinstance(other, ParsedParagraph) else "" for other in (cursor.peek(-1), cursor.peek())
    )
    is_of_form = before.endswith((":", "：")) or after.startswith("(") or before[:1] == "_" or after[:1] == "_"
    return len(text.split()) == 1 and not is_of_form
