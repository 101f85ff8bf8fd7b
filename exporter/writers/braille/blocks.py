"""Blocks of the tree as blocks of cells (BANA Braille Formats 2016; UKAAF B006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.braille.liblouis import SPACE
from exporter.model.list_numbers import marker
from exporter.writers.braille import tables
from exporter.writers.braille.line_breaks import MIN_WIDTH, Block, spaced
from exporter.writers.braille.translation import PAGE_MARK, Translator
from exporter.writers.xhtml.page_list import Mark, PagedPublication

_BOX_TOP, _BOX_BOTTOM, _RULE = "⠶", "⠛", "⠒"
_RULE_CELLS = 12
_HEADING_INDENTS = (4, 6)
"""Spaces before headings of the second level and of lower ones; those of the first are centred."""
_STEP = 2
_DEEPEST = 4
"""Lines of code begin in the first part of a line, one of so many."""


class BlockWriter:
    """Writer of blocks.

    Args:
        paged: The publication with the pages of print.
        translator: Translates running text.
        width: Cells of a line.
    """

    def __init__(self, paged: PagedPublication, translator: Translator, width: int) -> None:
        self.publication, self.translator, self.width = paged.publication, translator, width
        self.labels = translator.labels
        self.page_labels: list[str] = []
        """Labels of the pages of print that begin inside a paragraph, in the order of their numbers."""
        self._before = paged.before
        self._within = paged.within
        translator.marks = {mark.id: self._mark(mark.label) for mark in paged.marks}
        self._notes = {note.id: note for note in self.publication.notes}

    def body(self) -> list[Block]:
        """Return the text without its notes."""
        language = self.publication.metadata.language
        return self.blocks((*self.publication.front, *self.publication.body), language, 0)

    def note(self, identifier: str) -> list[Block]:
        """Return a note: its number, and its text."""
        note = self._notes[identifier]
        blocks = self.nested(note.children, note.at.language or self.publication.metadata.language, 0, _STEP)
        return self._prefixed(self.translator.note_mark(identifier), blocks, 0, _STEP)

    def blocks(self, nodes: Iterable[m.Block], language: str, depth: int) -> list[Block]:
        """Return blocks in their order.

        Args:
            nodes: The blocks of the tree.
            language: That of what is around them.
            depth: Number of headings above them.
        """
        out: list[Block] = []
        for node in nodes:
            out += [Block(print_page=mark.label) for mark in self._before.get(node.at.id or "", ())]
            out += self._block(node, node.at.language or language, depth)
        return out

    def nested(self, nodes: Iterable[m.Block], language: str, depth: int, indent: int) -> list[Block]:
        """Return blocks that will be indented by some cells."""
        width = self.width
        self.width = max(width - indent, MIN_WIDTH)
        try:
            return self.blocks(nodes, language, depth)
        finally:
            self.width = width

    def _mark(self, label: str) -> str:
        self.page_labels.append(label)
        return chr(PAGE_MARK + len(self.page_labels) - 1)

    def _text(self, nodes: Sequence[m.Inline], language: str, first: int, runover: int) -> list[Block]:
        """Return a paragraph, or nothing if it is empty."""
        self.translator.met_notes = []
        cells = self.translator.inlines(nodes, language)
        notes = tuple(self.translator.met_notes)
        return [Block(cells, first, runover, notes=notes)] if cells.strip(SPACE) else []

    def _block(self, node: m.Block, language: str, depth: int) -> list[Block]:
        match node:
            case m.Section():
                return [*self._heading(node, language, depth + 1), *self.blocks(node.children, language, depth + 1)]
            case m.Paragraph():
                parts = [list(part) for is_break, part in groupby(node.children, _is_line_break) if not is_break]
                return [block for part in parts for block in self._text(part, language, 2, 0)]
            case m.List():
                return self._list(node, language, depth)
            case m.DefinitionList():
                return self._definitions(node, language, depth)
            case m.Table():
                return self._table(node, language, depth)
            case m.Figure():
                return self._figure(node, language, depth)
            case m.Quote():
                inner = self.nested(node.children, language, depth, _STEP)
                for who in self._text(node.attribution, language, 4, 2):
                    before, _, after = self.labels("common.attribution", who="\0").partition("\0")
                    cells = f"{self.translator.text(before)}{who.cells}{self.translator.text(after)}"
                    inner.append(msgspec.structs.replace(who, cells=cells))
                return spaced([block.indented(_STEP) for block in inner])
            case m.Aside():
                return self._aside(node, language, depth)
            case m.Transcript():
                return self._transcript(node, language, depth)
            case m.CodeBlock():
                return spaced(self._code(node, language))
            case m.MathBlock():
                return spaced([Block(self.translator.formula(node), 4, 6)])
            case m.LineBlock():
                lines = [
                    block.indented(line.indent // 2)
                    for line in node.lines
                    for block in self._text(line.children, line.at.language or language, 0, 4)
                ]
                return spaced(lines)
            case m.ThematicBreak():
                return [Block(_RULE * _RULE_CELLS, centred=True, space_before=True, space_after=True)]
            case m.PageBreak():
                return [Block(print_page=node.label)] if node.label else []
            case _:
                assert_never(node)

    def _heading(self, node: m.Section, language: str, level: int) -> list[Block]:
        self.translator.met_notes = []
        cells = self.translator.inlines(node.title, language, plain=True)
        if not cells.strip(SPACE):
            return []
        notes = tuple(self.translator.met_notes)
        words = [part for part in node.title if not isinstance(part, m.NoteReference)]
        indent = 0 if level == 1 else _HEADING_INDENTS[min(level, 3) - 2]
        return [
            Block(
                cells,
                indent,
                indent,
                centred=level == 1,
                space_before=True,
                space_after=level == 1,
                keep_with_next=True,
                heading=level,
                title=self.translator.inlines(words, language, plain=True) if notes else cells,
                notes=notes,
            )
        ]

    def _prefixed(self, prefix: str, blocks: list[Block], first: int, runover: int) -> list[Block]:
        """Return blocks as an item: the prefix stands before the first one, the others are indented."""
        if blocks and blocks[0].cells and not blocks[0].centred and not blocks[0].heading:
            head, rest = blocks[0].as_item(prefix, first, runover), blocks[1:]
        else:
            head, rest = Block(prefix, first, runover, keep_with_next=True), blocks
        return [head, *(block.indented(runover) for block in rest)]

    def _list(self, node: m.List, language: str, depth: int) -> list[Block]:
        out: list[Block] = []
        for index, item in enumerate(node.items):
            tongue = item.at.language or language
            number = marker(node, index)
            prefix = self.translator.text(number) if number else self.translator.bullet()
            inner = self.nested(item.children, tongue, depth, _STEP)
            out += self._prefixed(prefix, inner, 0, _STEP)
        return spaced(out)

    def _definitions(self, node: m.DefinitionList, language: str, depth: int) -> list[Block]:
        out: list[Block] = []
        for item in node.items:
            tongue = item.at.language or language
            for term in item.terms:
                terms = self._text(term.children, term.at.language or tongue, 0, 4)
                out += [msgspec.structs.replace(block, keep_with_next=True) for block in terms]
            for definition in item.definitions:
                inner = self.nested(definition.children, definition.at.language or tongue, depth, 4)
                out += self._prefixed("", inner, 2, 4)
        return spaced(out)

    def _caption(self, nodes: Sequence[m.Inline], language: str) -> list[Block]:
        return self._text(nodes, language, 6, 4)

    def _description(self, nodes: m.Blocks, language: str, depth: int) -> list[Block]:
        """Return a long description as a note of the transcriber: its signs are around the whole."""
        if not nodes:
            return []
        label = self.translator.text(self.labels("pdf.head", name=self.labels("common.long_description")))
        note = self.translator.transcriber_note("\0")
        opening, _, closing = note.partition("\0")
        inner = self._prefixed(f"{opening}{label}", self.nested(nodes, language, depth, 4), 6, 4)
        last = inner[-1]
        if last.cells:
            inner[-1] = msgspec.structs.replace(last, cells=f"{last.cells}{closing}")
        else:
            inner.append(Block(closing, 6, 4))
        return inner

    def _figure(self, node: m.Figure, language: str, depth: int) -> list[Block]:
        described = (self.translator.alt(image, language) for image in node.images)
        out = [Block(cells, 6, 4) for cells in described if cells]
        out += self._caption(node.caption, language)
        return spaced([*out, *self._description(node.description, language, depth)])

    def _table(self, node: m.Table, language: str, depth: int) -> list[Block]:
        out = [msgspec.structs.replace(block, keep_with_next=True) for block in self._caption(node.caption, language)]
        out += tables.columns(self, node, language) or tables.rows(self, node, language, depth)
        return spaced([*out, *self._description(node.description, language, depth)])

    def _aside(self, node: m.Aside, language: str, depth: int) -> list[Block]:
        inner: list[Block] = []
        if node.title:
            inner = [
                msgspec.structs.replace(block, keep_with_next=True) for block in self._text(node.title, language, 4, 4)
            ]
        else:
            kind = self.translator.text(self.labels(f"asides.{node.kind.value}"))
            inner = [Block(self.translator.transcriber_note(kind), 6, 4, keep_with_next=True)]
        inner += self.blocks(node.children, language, depth)
        top = Block(lines=(_BOX_TOP * self.width,), space_before=True, keep_with_next=True)
        bottom = (_BOX_BOTTOM * self.width,)
        if inner[-1].print_page is None:
            inner[-1] = msgspec.structs.replace(inner[-1], closing=(*inner[-1].closing, *bottom), space_after=True)
        else:
            inner.append(Block(lines=bottom, space_after=True))
        return [top, *inner]

    def _transcript(self, node: m.Transcript, language: str, depth: int) -> list[Block]:
        out: list[Block] = []
        for turn in node.turns:
            tongue = turn.at.language or language
            match turn:
                case m.Turn(speaker=speaker):
                    key = "speech.speaker_role" if speaker.role else "speech.speaker"
                    name = self.translator.text(self.labels(key, name=speaker.name, role=speaker.role), tongue)
                    out += self._prefixed(name, self.nested(turn.children, tongue, depth, 4), 0, 4)
                case m.Cue():
                    out += self._text(turn.children, tongue, 6, 4)
        return spaced(out)

    def _code(self, node: m.CodeBlock, language: str) -> list[Block]:
        marks: Mapping[int, list[Mark]] = {}
        for position, mark in self._within.get(node.at.id or "", ()):
            line = node.text.count("\n", 0, position)
            marks = {**marks, line: [*marks.get(line, []), mark]}
        out: list[Block] = []
        for number, text in enumerate(node.text.split("\n")):
            out += [Block(print_page=mark.label) for mark in marks.get(number, ())]
            # Columns made with spaces would leave a few cells only.
            indent = min(len(text) - len(text.lstrip()), self.width // _DEEPEST)
            cells = self.translator.text(text.strip(), language, literal=True)
            if cells:
                out.append(Block(cells, indent, indent + 4))
        return out


def _is_line_break(node: m.Inline) -> bool:
    return isinstance(node, m.LineBreak)
