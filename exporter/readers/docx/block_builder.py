"""From what was met one after the other to blocks: what belongs together is put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
from exporter.readers.rules import DESCRIPTION_MISPLACED, HEADING_EMPTY, HEADING_SKIPPED
from exporter.readers.sections import Flat, Heading, nest

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

    def nested(self, mets: Sequence[ParsedBlock]) -> Blocks:
        """Give blocks, those below headings inside sections."""
        return self.nest(self.blocks(mets))

    def nest(self, flat: Sequence[Flat]) -> Blocks:
        """Put blocks under their headings."""

        def skipped(heading: Heading, expected: int) -> None:
            message = f"A heading of level {heading.level} stands where level {expected} is the deepest possible."
            self.reading.report.add(HEADING_SKIPPED, heading.at.source, message, advice=_SKIPPED_ADVICE)

        return nest(flat, skipped)

    def blocks(self, mets: Sequence[ParsedBlock]) -> list[Flat]:
        """Give the blocks of a story, headings in a row."""
        out: list[Flat] = []
        owners = captions.join(mets)
        captioned = {owner: place for place, owner in owners.items()}
        place = 0
        while place < len(mets):
            met = mets[place]
            if isinstance(met, Contents) or place in owners:
                # A caption is taken with its table or figure; page breaks before it count for both.
                if isinstance(met, ParsedParagraph) and met.page_break:
                    out.append(self._page_break(met))
                place += 1
                continue
            if met.page_break:
                out.append(self._page_break(met))
            block, place = self._next(mets, place, captioned)
            if isinstance(block, Sequence):
                out += block
            elif block is not None:
                out.append(block)
            if out and isinstance(out[-1], Figure | TableBlock):
                place = figures.described(self, mets, place, out, owners)
        return out

    def _page_break(self, met: ParsedParagraph | Table | FinishedBlock | Container) -> PageBreak:
        label = next((found[1] for name in met.bookmarks if (found := _PAGE.fullmatch(name))), "")
        return PageBreak(at=At(source=met.source), label=label if self.reading.own else "")

    def _next(
        self, mets: Sequence[ParsedBlock], place: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        """Give what begins at a place, and the place behind it."""
        met = mets[place]
        match met:
            case Table():
                return self._table(met, self._caption(mets, captioned.get(place))), place + 1
            case FinishedBlock():
                return self._ready(met, self._caption(mets, captioned.get(place))), place + 1
            case Container():
                return self._container(mets, place, captioned)
            case ParsedParagraph():
                return self._paragraph(mets, place, captioned)
            case _:
                return None, place + 1

    def _caption(self, mets: Sequence[ParsedBlock], place: int | None) -> ParsedParagraph | None:
        met = mets[place] if place is not None else None
        return met if isinstance(met, ParsedParagraph) else None

    # Tables and what is ready

    def _table(self, met: Table, caption: ParsedParagraph | None) -> Block:
        table = build(met, self)
        return figures.with_caption(self, table, caption)

    def _ready(self, met: FinishedBlock, caption: ParsedParagraph | None) -> Block:
        block = met.block
        at = msgspec.structs.replace(block.at, id=self.settings.id_of(met), source=met.source)
        block = msgspec.structs.replace(block, at=at)
        if isinstance(block, Figure | TableBlock):
            return figures.with_caption(self, block, caption)
        return block

    # Containers

    def _container(
        self, mets: Sequence[ParsedBlock], place: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        met = mets[place]
        assert isinstance(met, Container)
        match met.tag.partition(" ")[0]:
            case "quote" | "aside":
                return asides.contained(self, met), place + 1
            case "transcript":
                return asides.transcript(self, met.content, met.source), place + 1
            case "definitions":
                return definitions.build(self, met.content, met.source), place + 1
            case "item":
                return lists.build(self, mets, place)
            case "turn" | "definition":
                return asides.loose(self, mets, place)
            case "description":
                message = "A long description stands behind no figure and no table."
                self.reading.report.add(DESCRIPTION_MISPLACED, met.source, message, advice=_DESCRIPTION_ADVICE)
                return self.blocks(met.content), place + 1
            case "box":
                return self._box(met, self._caption(mets, captioned.get(place))), place + 1
            case _:
                return self.blocks(met.content), place + 1

    def _box(self, met: Container, caption: ParsedParagraph | None) -> list[Flat]:
        """Give a text box: a box, unless all it does is hold a picture or a table with its caption."""
        inside = self.blocks(met.content)
        if len(inside) == 1 and isinstance(inside[0], Figure | TableBlock):
            only = inside[0]
            if caption is not None and not only.caption:
                only = msgspec.structs.replace(only, caption=self.settings.phrase(caption))
            return [only]
        if all(isinstance(block, Figure) for block in inside):
            return inside
        return [asides.box(self, met, inside)]

    # Paragraphs

    def _paragraph(
        self, mets: Sequence[ParsedBlock], place: int, captioned: dict[int, int]
    ) -> tuple[Flat | Sequence[Flat] | None, int]:
        met = mets[place]
        assert isinstance(met, ParsedParagraph)
        role = met.meaning.role
        match role:
            case Role.HEADING:
                return self._heading(met), place + 1
            case Role.QUOTE | Role.ASIDE:
                return asides.styled(self, mets, place)
            case Role.SPEAKER | Role.TURN | Role.CUE:
                return asides.loose(self, mets, place)
            case Role.TERM | Role.DEFINITION | Role.DEFINITION_CONTINUE:
                return definitions.styled(self, mets, place)
            case Role.ATTRIBUTION:
                return asides.attributed(self, met), place + 1
            case Role.CODE:
                return preformatted.code(self, mets, place)
            case Role.VERSE:
                return preformatted.verse(self, mets, place)
            case Role.BREAK:
                return ThematicBreak(at=self.settings.at(met)), place + 1
            case Role.DESCRIPTION_TITLE if self.reading.own:
                return None, place + 1
            case Role.DESCRIPTION | Role.DESCRIPTION_TITLE:
                message = "A long description stands behind no figure and no table."
                self.reading.report.add(DESCRIPTION_MISPLACED, met.source, message, advice=_DESCRIPTION_ADVICE)
                return self.plain(met), place + 1
            case _:
                pass
        if lists.is_item(met):
            return lists.build(self, mets, place)
        if met.formula is not None:
            return msgspec.structs.replace(met.formula, at=self.settings.at(met)), place + 1
        if captions.is_figure(met):
            return figures.figure(self, mets, place, self._caption(mets, captioned.get(place)))
        if (met.sequence and role is Role.CAPTION) or role in (Role.CAPTION, Role.FIGURE):
            return figures.own_caption(self, met), place + 1
        if role is Role.TEXT and _BREAK.fullmatch(met.text) and not met.images:
            return ThematicBreak(at=self.settings.at(met)), place + 1
        self._look_at_tabs(mets, place)
        return self.plain(met), place + 1

    def plain(self, met: ParsedParagraph) -> Block | None:
        """Give a paragraph as a plain one; None when no words are in it."""
        words = self.settings.inlines(met)
        return ParagraphBlock(at=self.settings.at(met), children=words) if words else None

    def _heading(self, met: ParsedParagraph) -> Flat | None:
        if met.is_empty:
            self.reading.report.add(
                HEADING_EMPTY, met.source, "A heading has no words; it was left out.", advice=_EMPTY_ADVICE
            )
            return None
        label = met.number.label.strip() if met.number and not met.number.level.is_plain else ""
        pieces = [TextRun(PLAIN_FACE, f"{label} "), *met.pieces] if label else met.pieces
        return Heading(
            at=self.settings.holder(met), title=self.settings.phrase(met, pieces), level=max(met.meaning.level, 0)
        )

    def _look_at_tabs(self, mets: Sequence[ParsedBlock], place: int) -> None:
        """Report lines that are columns by tabs, once for each run of them."""
        if not _has_tabs(mets[place]) or (place and _has_tabs(mets[place - 1])):
            return
        if place + 1 < len(mets) and _has_tabs(mets[place + 1]):
            met = mets[place]
            assert isinstance(met, ParsedParagraph)
            words = " ".join(met.text.split())[:60]
            self.reading.report.add(TABS, met.source, f"The lines from “{words}” on are columns set apart by tabs.")


def _has_tabs(met: ParsedBlock) -> bool:
    return isinstance(met, ParsedParagraph) and met.tabs > 0 and met.meaning.role is Role.TEXT and met.number is None
