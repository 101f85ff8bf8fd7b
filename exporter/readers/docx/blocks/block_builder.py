"""Builder of blocks from the parsed blocks of a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import msgspec

from exporter.labels import Labels
from exporter.model import (
    At,
    Block,
    Blocks,
    Figure,
    PageBreak,
    ThematicBreak,
)
from exporter.model import Paragraph as ParagraphBlock
from exporter.model import Table as TableBlock
from exporter.model.walk import has_content
from exporter.readers.docx.blocks import asides, captions, definitions, figures, lists, preformatted, transcripts
from exporter.readers.docx.blocks.table_builder import build
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.node_attributes import NodeAttributes
from exporter.readers.docx.paragraphs import label_run
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Role
from exporter.readers.docx.rules import TABS
from exporter.readers.rules import DESCRIPTION_MISPLACED, HEADING_EMPTY
from exporter.readers.sections import NO_CONTENT, Flat, Heading, nest, report_skipped

_BREAK = re.compile(r"\s*(?:([*#~•·⁂–—=_-])(?:\s*\1){2,}|⁂|\*)\s*")
_TYPED_ITEM = re.compile(r"(?:[^\w\s]|[oO§]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s*\t")
"""A bullet or number and the tab after it, at the beginning of a line."""
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

    def nested(self, blocks: Sequence[ParsedBlock]) -> Blocks:
        """Return blocks, with those below headings in sections."""
        return self.nest(self.blocks(blocks))

    def nest(self, flat: Sequence[Flat]) -> Blocks:
        """Return blocks nested in the sections of their headings."""
        return nest(flat, partial(report_skipped, self.context.report, advice=_SKIPPED_ADVICE))

    def blocks(self, blocks: Sequence[ParsedBlock]) -> list[Flat]:
        """Return the blocks of a story without nesting."""
        out: list[Flat] = []
        owners = captions.match_captions(blocks)
        captioned = {owner: index for index, owner in owners.items()}
        index = 0
        while index < len(blocks):
            parsed_block = blocks[index]
            if isinstance(parsed_block, Contents) or index in owners:
                # A caption is read with its table or figure; a page break before it precedes both.
                if isinstance(parsed_block, ParsedParagraph) and parsed_block.page_break:
                    out.append(self._page_break(parsed_block))
                index += 1
                continue
            if parsed_block.page_break and not self._begins_chapter(parsed_block):
                out.append(self._page_break(parsed_block))
            block, index = self._next(blocks, index, captioned)
            if isinstance(block, Sequence):
                out += block
            elif block is not None:
                out.append(block)
            if out and isinstance(out[-1], Figure | TableBlock):
                index = figures.add_description(self, blocks, index, out, owners)
        return out

    def _begins_chapter(self, block: ParsedParagraph | Table | FinishedBlock | Container) -> bool:
        """Return whether a page break is that of a long chapter of the Word edition, not of the manuscript."""
        is_heading = isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING
        return self.context.is_word_edition and is_heading and not any(map(_PAGE.fullmatch, block.bookmarks))

    def _page_break(self, block: ParsedParagraph | Table | FinishedBlock | Container) -> PageBreak:
        label = next((match[1] for name in block.bookmarks if (match := _PAGE.fullmatch(name))), "")
        return PageBreak(at=At(source=block.source), label=label if self.context.is_word_edition else "")

    def _next(
        self, blocks: Sequence[ParsedBlock], index: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        """Return the block that begins at an index, and the index after it."""
        block = blocks[index]
        match block:
            case Table():
                return self._table(block, self._caption(blocks, captioned.get(index))), index + 1
            case FinishedBlock():
                return self._finished(block, self._caption(blocks, captioned.get(index))), index + 1
            case Container():
                return self._container(blocks, index, captioned)
            case ParsedParagraph():
                return self._paragraph(blocks, index, captioned)
            case _:
                return None, index + 1

    def _caption(self, blocks: Sequence[ParsedBlock], index: int | None) -> ParsedParagraph | None:
        block = blocks[index] if index is not None else None
        return block if isinstance(block, ParsedParagraph) else None

    # Tables and finished blocks

    def _table(self, block: Table, caption: ParsedParagraph | None) -> Block:
        table = build(block, self)
        return figures.with_caption(self, table, caption)

    def _finished(self, parsed_block: FinishedBlock, caption: ParsedParagraph | None) -> Flat:
        block = parsed_block.block
        at = msgspec.structs.replace(
            block.at,
            id=self.attributes.id_of(parsed_block) or block.at.id,
            language=None if block.at.language == self.attributes.language else block.at.language,
            source=parsed_block.source,
        )
        block = msgspec.structs.replace(block, at=at)
        if isinstance(block, Figure | TableBlock):
            return figures.with_caption(self, block, caption)
        return block

    # Containers

    def _container(
        self, blocks: Sequence[ParsedBlock], index: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        block = blocks[index]
        assert isinstance(block, Container)
        match block.tag.partition(" ")[0]:
            case "quote" | "aside":
                return asides.from_container(self, block), index + 1
            case "transcript":
                return transcripts.transcript(self, block.content, block.source), index + 1
            case "definitions":
                return definitions.build(self, block.content, block.source), index + 1
            case "item":
                return lists.build(self, blocks, index)
            case "turn" | "definition":
                return transcripts.speech(self, blocks, index)
            case "description":
                message = "This long description does not follow a figure or a table."
                self.context.report.add(DESCRIPTION_MISPLACED, block.source, message, advice=_DESCRIPTION_ADVICE)
                return self.blocks(block.content), index + 1
            case "box":
                return self._box(block, self._caption(blocks, captioned.get(index))), index + 1
            case _:
                return self.blocks(block.content), index + 1

    def _box(self, parsed_block: Container, caption: ParsedParagraph | None) -> list[Flat]:
        """Return a text box as an aside, unless it only contains an image or a table with its caption."""
        inside = self.blocks(parsed_block.content)
        if len(inside) == 1 and isinstance(inside[0], Figure | TableBlock):
            only = inside[0]
            if caption is not None and not only.caption:
                only = msgspec.structs.replace(
                    only, caption=self.attributes.phrase(caption, captions.text_runs(caption))
                )
            return [only]
        if all(isinstance(block, Figure) for block in inside):
            return inside
        return [asides.text_box(self, parsed_block, inside)]

    # Paragraphs

    def _paragraph(
        self, blocks: Sequence[ParsedBlock], index: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        block = blocks[index]
        assert isinstance(block, ParsedParagraph)
        role = block.meaning.role
        match role:
            case Role.HEADING:
                return self._heading(block), index + 1
            case Role.QUOTE | Role.ASIDE:
                return asides.quote_or_aside(self, blocks, index)
            case Role.SPEAKER | Role.TURN | Role.CUE:
                return transcripts.speech(self, blocks, index)
            case Role.TERM | Role.DEFINITION | Role.DEFINITION_CONTINUE:
                return definitions.from_styles(self, blocks, index)
            case Role.ATTRIBUTION:
                return asides.lone_attribution(self, block), index + 1
            case Role.CODE:
                return preformatted.code(self, blocks, index)
            case Role.VERSE:
                return preformatted.verse(self, blocks, index)
            case Role.BREAK:
                return ThematicBreak(at=self.attributes.at(block)), index + 1
            case Role.DESCRIPTION_TITLE if self.context.is_word_edition:
                return None, index + 1
            case Role.DESCRIPTION | Role.DESCRIPTION_TITLE:
                message = "This long description does not follow a figure or a table."
                self.context.report.add(DESCRIPTION_MISPLACED, block.source, message, advice=_DESCRIPTION_ADVICE)
                return self.plain(block), index + 1
            case _:
                pass
        if lists.is_item(block):
            return lists.build(self, blocks, index)
        if block.formula is not None:
            return msgspec.structs.replace(block.formula, at=self.attributes.at(block)), index + 1
        if captions.is_figure(block):
            return figures.figure(self, blocks, index, self._caption(blocks, captioned.get(index)))
        if (block.sequence and role is Role.CAPTION) or role in (Role.CAPTION, Role.FIGURE):
            return figures.captioned_images(self, block), index + 1
        if role is Role.TEXT and _BREAK.fullmatch(block.text) and not (block.images or block.has_blanks):
            return ThematicBreak(at=self.attributes.at(block)), index + 1
        self._check_tabs(blocks, index)
        return self.plain(block), index + 1

    def plain(self, block: ParsedParagraph) -> Block | None:
        """Return a plain paragraph, or None if it is empty."""
        words = self.attributes.inlines(block)
        return ParagraphBlock(at=self.attributes.at(block), children=words) if words else None

    def _heading(self, block: ParsedParagraph) -> Flat | None:
        if not has_content(self.attributes.inlines(block)):
            if not block.is_empty:
                self.context.report.add(HEADING_EMPTY, block.source, NO_CONTENT, advice=_NO_WORDS_ADVICE)
                return self.plain(block)
            self.context.counts["empty headings"] += 1
            self.context.first.setdefault("empty headings", block.source)
            return None
        text_runs = block.text_runs
        if block.number and not block.number.level.is_plain and block.number.label.strip():
            text_runs = [label_run(self.context, block.source, block.number, text_runs), *text_runs]
        return Heading(
            at=self.attributes.container_at(block),
            title=self.attributes.phrase(block, text_runs),
            level=max(block.meaning.level, 0),
        )

    def _check_tabs(self, blocks: Sequence[ParsedBlock], index: int) -> None:
        """Report columns set with tabs, once for adjacent lines."""
        if not _has_tabs(blocks[index]) or (index and _has_tabs(blocks[index - 1])):
            return
        if index + 1 < len(blocks) and _has_tabs(blocks[index + 1]):
            block = blocks[index]
            assert isinstance(block, ParsedParagraph)
            words = " ".join(block.text.split())[:60]
            self.context.report.add(TABS, block.source, f"Columns set with tabs, from “{words}” on.")


def _has_tabs(block: ParsedBlock) -> bool:
    """Return whether a paragraph has tabs besides the one after a typed bullet or number, which the lint reports."""
    return (
        isinstance(block, ParsedParagraph)
        and block.tabs > bool(_TYPED_ITEM.match(block.text))
        and block.meaning.role is Role.TEXT
        and block.number is None
    )
