"""Evaluation of paragraph properties."""

from __future__ import annotations

from exporter.inspect.docx.xml import VAL, Element, name
from exporter.readers.docx.parsed import Contents, ParsedBlock
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.styles import ParagraphFormat, tag_of


def take_page_break(content: list[ParsedBlock]) -> bool:
    """Remove the page break of the first block of a container; return whether there was one, to be put before it."""
    first = content[0] if content else None
    if first is None or isinstance(first, Contents) or not first.page_break:
        return False
    first.page_break = False
    return True


def meaning_of(own: ParagraphFormat, inherited: ParagraphFormat) -> Meaning:
    """Return the meaning of a paragraph; its own outline level outweighs its style (17.3.1.20)."""
    if own.outline is not None:
        if 0 <= own.outline < 9 and (inherited.meaning is None or inherited.meaning.role in (Role.TEXT, Role.HEADING)):
            return Meaning(Role.HEADING, own.outline + 1)
        if own.outline >= 9 and inherited.meaning is not None and inherited.meaning.role is Role.HEADING:
            return PLAIN
    return inherited.meaning or PLAIN


def is_ruled(borders: Element) -> bool:
    """Return whether borders are only a line above or below."""
    sides = {str(side.tag).rpartition("}")[2] for side in borders if (side.get(VAL) or "none") not in ("none", "nil")}
    return bool(sides) and sides <= {"top", "bottom"}


def mark_language(mark: Element | None, *, right_to_left: bool) -> str | None:
    """Return the language of a paragraph mark."""
    if mark is None:
        return None
    bidi = tag_of(mark.get(name("bidi")) or "")
    return bidi if right_to_left and bidi else tag_of(mark.get(VAL) or "") or bidi
