"""Lines of plain text that are headings since they number a chapter, such as “Chapter 2” or “第一章 总则”."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph
from exporter.readers.heading_levels import Candidate, chapter_kind


def line_text(block: ParsedParagraph) -> str:
    """Return the text of a paragraph on one line, with its number."""
    label = f"{block.number.label.strip()} " if block.number is not None else ""
    return f"{label}{' '.join(block.text.split())}"


def is_chapter(blocks: Sequence[ParsedBlock], index: int) -> bool:
    """Return whether a line numbers a chapter, does not go on in the next one, and is not in a list of chapters."""
    block, following = blocks[index : index + 2]
    kind = _kind(block)
    if not kind or not isinstance(block, ParsedParagraph) or line_text(block).endswith((":", "?")):
        return False
    goes_on = isinstance(following, ParsedParagraph) and following.text.lstrip()[:1].islower()
    return not goes_on and kind not in map(_kind, (*blocks[max(index - 1, 0) : index], following))


def are_of_one_outline(candidates: Sequence[Candidate]) -> bool:
    """Return whether candidates are numbers of different kinds: a part, its first chapter and the section in that."""
    kinds = {chapter_kind(candidate.text) for candidate in candidates}
    return "" not in kinds and len(kinds) == len(candidates)


def _kind(block: ParsedBlock) -> str:
    return chapter_kind(line_text(block)) if isinstance(block, ParsedParagraph) else ""
