"""Position in the parsed blocks of a story."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from exporter.readers.docx.blocks.captions import match_captions, without_box
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph


class Cursor(Iterator[ParsedBlock]):
    """The parsed blocks of a story in order, and the captions of its figures and tables."""

    def __init__(self, parsed: Sequence[ParsedBlock]) -> None:
        self._parsed = [without_box(block) for block in parsed]
        self._index = -1
        """Index of the block taken last."""
        self._captions = match_captions(self._parsed)
        self._matched = set(map(id, self._captions.values()))

    def __next__(self) -> ParsedBlock:
        if (block := self.peek()) is None:
            raise StopIteration
        self._index += 1
        return block

    def peek(self, distance: int = 1) -> ParsedBlock | None:
        """Return the next block, or one at another distance from the block taken last, without taking it."""
        index = self._index + distance
        return self._parsed[index] if 0 <= index < len(self._parsed) else None

    def take_while(self, belongs: Callable[[ParsedBlock], bool]) -> list[ParsedBlock]:
        """Remove the next blocks up to one that does not belong to them, and return them."""
        taken: list[ParsedBlock] = []
        while (block := self.peek()) is not None and belongs(block):
            taken.append(next(self))
        return taken

    def take_paragraphs(self, belongs: Callable[[ParsedParagraph], bool]) -> list[ParsedParagraph]:
        """Remove the next paragraphs up to another block or one that does not belong to them, and return them."""
        taken: list[ParsedParagraph] = []
        while isinstance(block := self.peek(), ParsedParagraph) and belongs(block):
            taken.append(block)
            next(self)
        return taken

    def caption_of(self, block: ParsedBlock) -> ParsedParagraph | None:
        """Return the caption of a figure or table."""
        return self._captions.get(id(block))

    def is_caption(self, block: ParsedBlock) -> bool:
        """Return whether a block is the caption of a figure or table."""
        return id(block) in self._matched
