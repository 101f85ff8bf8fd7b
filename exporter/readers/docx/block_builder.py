"""From what was met one after the other to blocks: what belongs together is put together."""

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
from exporter.readers.docx import asides, captions, definitions, figures, lists, preformatted
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.node_attributes import NodeAttributes
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Role
from exporter.readers.docx.rules import TABS
from exporter.readers.docx.table_builder import build
from exporter.readers.docx.text_runs import PLAIN_FACE, TextRun
from exporter.readers.rules import DESCRIPTION_MISPLACED, HEADING_EMPTY
from exporter.readers.sections import Flat, Heading, nest, report_skipped

_BREAK = re.compile(r"\s*(?:([*#~•·⁂–—=_-])(?:\s*\1){2,}|⁂|\*)\s*")
_PAGE = re.compile(r"page_(.+)", re.DOTALL)
_DESCRIPTION_ADVICE = "Move the paragraphs in the style Description directly behind their figure or table."
_EMPTY_ADVICE = "Write the heading, or give the empty paragraph the style Normal and delete it."
_SKIPPED_ADVICE = "Give it the style of the level below the heading above it; here it is taken as that."


class BlockBuilder:
    """Puts blocks together."""

    def __init__(self, reading: ReadContext, settings: NodeAttributes, labels: Labels, voices: dict[str, str]) -> None:
        self.reading = reading
        self.settings = settings
        self.labels = labels
        """Fixed words in the language of the document."""
        self.voices = voices
        """Voice of each speaker, by name."""

    def nested(self, blocks: Sequence[ParsedBlock]) -> Blocks:
        """Return blocks, those below headings inside sections."""
        return self.nest(self.blocks(blocks))

    def nest(self, flat: Sequence[Flat]) -> Blocks:
        """Put blocks under their headings."""
        return nest(flat, partial(report_skipped, self.reading.report, advice=_SKIPPED_ADVICE))

    def blocks(self, blocks: Sequence[ParsedBlock]) -> list[Flat]:
        """Return the blocks of a story, headings in a row."""
        out: list[Flat] = []
        owners = captions.join(blocks)
        captioned = {owner: place for place, owner in owners.items()}
        place = 0
        while place < len(blocks):
            parsed_block = blocks[place]
            if isinstance(parsed_block, Contents) or place in owners:
                # A caption is taken with its table or figure; page breaks before it count for both.
                if isinstance(parsed_block, ParsedParagraph) and parsed_block.page_break:
                    out.append(self._page_break(parsed_block))
                place += 1
                continue
            if parsed_block.page_break:
                out.append(self._page_break(parsed_block))
            block, place = self._next(blocks, place, captioned)
            if isinstance(block, Sequence):
                out += block
            elif block is not None:
                out.append(block)
            if out and isinstance(out[-1], Figure | TableBlock):
                place = figures.described(self, blocks, place, out, owners)
        return out

    def _page_break(self, block: ParsedParagraph | Table | FinishedBlock | Container) -> PageBreak:
        label = next((found[1] for name in block.bookmarks if (found := _PAGE.fullmatch(name))), "")
        return PageBreak(at=At(source=block.source), label=label if self.reading.own else "")

    def _next(
        self, blocks: Sequence[ParsedBlock], place: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        """Return what begins at a place, and the place behind it."""
        block = blocks[place]
        match block:
            case Table():
                return self._table(block, self._caption(blocks, captioned.get(place))), place + 1
            case FinishedBlock():
                return self._ready(block, self._caption(blocks, captioned.get(place))), place + 1
            case Container():
                return self._container(blocks, place, captioned)
            case ParsedParagraph():
                return self._paragraph(blocks, place, captioned)
            case _:
                return None, place + 1

    def _caption(self, blocks: Sequence[ParsedBlock], place: int | None) -> ParsedParagraph | None:
        block = blocks[place] if place is not None else None
        return block if isinstance(block, ParsedParagraph) else None

    # Tables and what is ready

    def _table(self, block: Table, caption: ParsedParagraph | None) -> Block:
        table = build(block, self)
        return figures.with_caption(self, table, caption)

    def _ready(self, parsed_block: FinishedBlock, caption: ParsedParagraph | None) -> Block:
        block = parsed_block.block
        at = msgspec.structs.replace(block.at, id=self.settings.id_of(parsed_block), source=parsed_block.source)
        block = msgspec.structs.replace(block, at=at)
        if isinstance(block, Figure | TableBlock):
            return figures.with_caption(self, block, caption)
        return block

    # Containers

    def _container(
        self, blocks: Sequence[ParsedBlock], place: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        block = blocks[place]
        assert isinstance(block, Container)
        match block.tag.partition(" ")[0]:
            case "quote" | "aside":
                return asides.contained(self, block), place + 1
            case "transcript":
                return asides.transcript(self, block.content, block.source), place + 1
            case "definitions":
                return definitions.build(self, block.content, block.source), place + 1
            case "item":
                return lists.build(self, blocks, place)
            case "turn" | "definition":
                return asides.loose(self, blocks, place)
            case "description":
                message = "A long description stands behind no figure and no table."
                self.reading.report.add(DESCRIPTION_MISPLACED, block.source, message, advice=_DESCRIPTION_ADVICE)
                return self.blocks(block.content), place + 1
            case "box":
                return self._box(block, self._caption(blocks, captioned.get(place))), place + 1
            case _:
                return self.blocks(block.content), place + 1

    def _box(self, parsed_block: Container, caption: ParsedParagraph | None) -> list[Flat]:
        """Return a text box: a box, unless all it does is hold a picture or a table with its caption."""
        inside = self.blocks(parsed_block.content)
        if len(inside) == 1 and isinstance(inside[0], Figure | TableBlock):
            only = inside[0]
            if caption is not None and not only.caption:
                only = msgspec.structs.replace(only, caption=self.settings.phrase(caption))
            return [only]
        if all(isinstance(block, Figure) for block in inside):
            return inside
        return [asides.box(self, parsed_block, inside)]

    # Paragraphs

    def _paragraph(
        self, blocks: Sequence[ParsedBlock], place: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        block = blocks[place]
        assert isinstance(block, ParsedParagraph)
        role = block.meaning.role
        match role:
            case Role.HEADING:
                return self._heading(block), place + 1
            case Role.QUOTE | Role.ASIDE:
                return asides.styled(self, blocks, place)
            case Role.SPEAKER | Role.TURN | Role.CUE:
                return asides.loose(self, blocks, place)
            case Role.TERM | Role.DEFINITION | Role.DEFINITION_CONTINUE:
                return definitions.styled(self, blocks, place)
            case Role.ATTRIBUTION:
                return asides.attributed(self, block), place + 1
            case Role.CODE:
                return preformatted.code(self, blocks, place)
            case Role.VERSE:
                return preformatted.verse(self, blocks, place)
            case Role.BREAK:
                return ThematicBreak(at=self.settings.at(block)), place + 1
            case Role.DESCRIPTION_TITLE if self.reading.own:
                return None, place + 1
            case Role.DESCRIPTION | Role.DESCRIPTION_TITLE:
                message = "A long description stands behind no figure and no table."
                self.reading.report.add(DESCRIPTION_MISPLACED, block.source, message, advice=_DESCRIPTION_ADVICE)
                return self.plain(block), place + 1
            case _:
                pass
        if lists.is_item(block):
            return lists.build(self, blocks, place)
        if block.formula is not None:
            return msgspec.structs.replace(block.formula, at=self.settings.at(block)), place + 1
        if captions.is_figure(block):
            return figures.figure(self, blocks, place, self._caption(blocks, captioned.get(place)))
        if (block.sequence and role is Role.CAPTION) or role in (Role.CAPTION, Role.FIGURE):
            return figures.own_caption(self, block), place + 1
        if role is Role.TEXT and _BREAK.fullmatch(block.text) and not block.images:
            return ThematicBreak(at=self.settings.at(block)), place + 1
        self._look_at_tabs(blocks, place)
        return self.plain(block), place + 1

    def plain(self, block: ParsedParagraph) -> Block | None:
        """Return a paragraph as a plain one; None when no words are in it."""
        words = self.settings.inlines(block)
        return ParagraphBlock(at=self.settings.at(block), children=words) if words else None

    def _heading(self, block: ParsedParagraph) -> Flat | None:
        if block.is_empty:
            self.reading.report.add(
                HEADING_EMPTY, block.source, "A heading has no words; it was left out.", advice=_EMPTY_ADVICE
            )
            return None
        label = block.number.label.strip() if block.number and not block.number.level.is_plain else ""
        pieces = [TextRun(PLAIN_FACE, f"{label} "), *block.pieces] if label else block.pieces
        return Heading(
            at=self.settings.holder(block), title=self.settings.phrase(block, pieces), level=max(block.meaning.level, 0)
        )

    def _look_at_tabs(self, blocks: Sequence[ParsedBlock], place: int) -> None:
        """Report lines that are columns by tabs, once for each run of them."""
        if not _has_tabs(blocks[place]) or (place and _has_tabs(blocks[place - 1])):
            return
        if place + 1 < len(blocks) and _has_tabs(blocks[place + 1]):
            block = blocks[place]
            assert isinstance(block, ParsedParagraph)
            words = " ".join(block.text.split())[:60]
            self.reading.report.add(TABS, block.source, f"The lines from “{words}” on are columns set apart by tabs.")


def _has_tabs(block: ParsedBlock) -> bool:
    return (
        isinstance(block, ParsedParagraph)
        and block.tabs > 0
        and block.meaning.role is Role.TEXT
        and block.number is None
    )
