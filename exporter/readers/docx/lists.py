"""Lists out of paragraphs that have numbers (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.model import At, Block, List, ListDelimiter, ListItem, ListStyle
from exporter.readers.docx import parsed
from exporter.readers.docx.numbering import Level, Number
from exporter.readers.docx.parsed import Container, ParsedBlock
from exporter.readers.docx.roles import PLAIN, Meaning, Role, key
from exporter.readers.docx.rules import NUMBERING

if TYPE_CHECKING:
    from exporter.readers.docx.block_builder import BlockBuilder

_KNOWN = frozenset(
    {"bullet", "decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "none"}
)
_HEADERS = {Role.HEADER_COLUMN, Role.HEADER_ROW, Role.HEADER_COLUMN_GROUP, Role.HEADER_ROW_GROUP}
_PLAIN = frozenset({Role.TEXT, Role.BULLETS, Role.NUMBERS, Role.LIST_CONTINUE, *_HEADERS})
_SLACK = 60
"""Twentieths of a point by which indents may differ and still be one."""


def number_of(met: ParsedBlock) -> Number | None:
    """Give the place of an item in its list; None for what is no item."""
    if isinstance(met, Container) and met.tag == "item":
        first = _first_paragraph(met)
        return first.number if first is not None else None
    if not isinstance(met, parsed.ParsedParagraph):
        return None
    number = met.number
    if number is not None:
        if met.meaning.role is Role.HEADING or number.level.is_plain or number.level.has_words:
            return None
        return number
    if met.meaning.role in (Role.BULLETS, Role.NUMBERS):
        # A list by its style alone, in a file without numbering.
        depth = int(met.style[-1]) - 1 if met.style[-1:].isdigit() else 0
        kind = "bullet" if met.meaning.role is Role.BULLETS else "decimal"
        return Number(-1, depth, Level(kind, 1, "", 0), 1, "")
    return None


def is_item(met: ParsedBlock) -> bool:
    """Whether it is an item of a list."""
    return number_of(met) is not None


def build(assembly: BlockBuilder, mets: Sequence[ParsedBlock], place: int) -> tuple[Block | Sequence[Block], int]:
    """Give the list that begins at a place, and the place behind it."""
    first = number_of(mets[place])
    if first is None:
        met = mets[place]
        assert isinstance(met, Container)
        return list(assembly.nested(met.content)), place + 1
    end = place + 1
    indent = _indent(mets[place])
    while end < len(mets) and (_is_part(mets[end], first) or _goes_on(mets[end], mets[end - 1], indent)):
        end += 1
    run = mets[place:end]
    starts = [index for index, met in enumerate(run) if (number := number_of(met)) and number.depth <= first.depth]
    lists: list[Block] = []
    items: list[ListItem] = []
    begins = 0
    before: Number | None = None
    for index, start in enumerate(starts):
        number = number_of(run[start])
        assert number is not None
        if before is not None and not _is_same_list(before, number, own=assembly.reading.own):
            lists.append(_list(assembly, items, run[begins:start]))
            items, begins = [], start
        stop = starts[index + 1] if index + 1 < len(starts) else len(run)
        items.append(_item(assembly, run[start:stop]))
        before = number
    lists.append(_list(assembly, items, run[begins:]))
    return (lists[0] if len(lists) == 1 else lists), end


def _indent(met: ParsedBlock) -> int:
    if isinstance(met, Container):
        first = _first_paragraph(met)
        return first.indent if first is not None else 0
    return met.indent if isinstance(met, parsed.ParsedParagraph) else 0


def _is_part(met: ParsedBlock, first: Number) -> bool:
    """Whether an item is of this list or of one inside it, or of one that goes on at its level."""
    if isinstance(met, parsed.ParsedParagraph) and (met.meaning.role not in _PLAIN or met.page_break):
        return False
    number = number_of(met)
    return number is not None and number.depth >= first.depth


def _goes_on(met: ParsedBlock, before: ParsedBlock, indent: int) -> bool:
    """Whether something that is no item goes on with the item above it."""
    if isinstance(met, parsed.Contents) or met.page_break:
        return False
    match met:
        case parsed.ParsedParagraph():
            if met.number is not None and not met.number.level.is_plain:
                return False
            if met.meaning.role is Role.HEADING:
                return False
            if met.meaning.role is Role.LIST_CONTINUE or (met.released and met.meaning.role is Role.TEXT):
                return True
            if _is_list_paragraph(met) and isinstance(before, parsed.ParsedParagraph) and before.style == met.style:
                return True
            return 0 < indent <= met.indent + _SLACK and met.indent > 0
        case parsed.Table() | parsed.FinishedBlock():
            return 0 < indent <= met.indent + _SLACK
        case _:
            return False


def _is_list_paragraph(met: parsed.ParsedParagraph) -> bool:
    return key(met.style) == "listparagraph"


def _is_same_list(before: Number, number: Number, *, own: bool) -> bool:
    if before.instance < 0 or number.instance < 0:
        return before.level.format == number.level.format
    bullets = before.level.style is ListStyle.BULLET and number.level.style is ListStyle.BULLET
    if before.instance == number.instance and before.depth == number.depth:
        return bullets or number.value == before.value + 1
    if own or (before.level.format, before.level.delimiter) != (number.level.format, number.level.delimiter):
        return False
    return bullets or number.value == before.value + 1


def _item(assembly: BlockBuilder, mets: Sequence[ParsedBlock]) -> ListItem:
    first, *rest = mets
    source = first.source
    inside: list[ParsedBlock] = []
    if isinstance(first, Container):
        inside += _unnumbered(first.content)
        at = At(source=source)
    else:
        assert isinstance(first, parsed.ParsedParagraph)
        _report(assembly, first)
        fresh: dict[str, Any] = {
            "number": None,
            "meaning": _role_inside(first),
            "indent": 0,
            "bookmarks": [],
            "page_break": False,
        }
        inside.append(msgspec.structs.replace(first, **fresh))
        at = At(id=assembly.settings.id_of(first), source=source)
    return ListItem(at=at, children=assembly.nested([*inside, *map(_continued, rest)]))


def _first_paragraph(met: ParsedBlock) -> parsed.ParsedParagraph | None:
    """Give the first paragraph inside something, which bears the number of an item."""
    while isinstance(met, Container) and met.content:
        met = met.content[0]
    return met if isinstance(met, parsed.ParsedParagraph) else None


def _unnumbered(mets: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Give what a content control around an item holds, its number taken off."""
    first, *rest = mets
    if isinstance(first, Container):
        first = msgspec.structs.replace(first, content=_unnumbered(first.content), page_break=False)
    elif isinstance(first, parsed.ParsedParagraph):
        first = msgspec.structs.replace(first, number=None, meaning=_role_inside(first), indent=0, page_break=False)
    return [first, *map(_continued, rest)]


def _role_inside(met: parsed.ParsedParagraph) -> Meaning:
    return PLAIN if met.meaning.role in _PLAIN else met.meaning


def _continued(met: ParsedBlock) -> ParsedBlock:
    if isinstance(met, parsed.ParsedParagraph) and met.meaning.role is Role.LIST_CONTINUE:
        return msgspec.structs.replace(met, meaning=PLAIN)
    return met


def _list(assembly: BlockBuilder, items: Sequence[ListItem], mets: Sequence[ParsedBlock]) -> Block:
    opening = mets[0]
    number = number_of(opening)
    assert number is not None
    style = number.level.style
    tight = True
    if assembly.reading.own:
        tight = all(met.tight for met in _numbered(mets) if met.formula is None and met.meaning.role in _PLAIN)
    return List(
        at=At(source=opening.source),
        items=tuple(items),
        style=style,
        start=number.value if style is not ListStyle.BULLET else 1,
        delimiter=number.level.delimiter if style is not ListStyle.BULLET else ListDelimiter.PERIOD,
        tight=tight,
    )


def _numbered(mets: Sequence[ParsedBlock]) -> Iterator[parsed.ParsedParagraph]:
    """Give the paragraphs that bear the numbers of items of one list."""
    first = number_of(mets[0])
    for met in mets:
        number = number_of(met)
        if number is None or first is None or number.instance != first.instance:
            continue
        if isinstance(met, parsed.ParsedParagraph):
            yield met
        elif isinstance(met, Container):
            yield from filter(None, [_first_paragraph(met)])


def _report(assembly: BlockBuilder, met: parsed.ParsedParagraph) -> None:
    level = met.number.level if met.number else None
    if level is None or assembly.reading.own:
        return
    if level.format not in _KNOWN:
        message = f"Numbers of the kind {level.format} before items become 1, 2, 3."
        assembly.reading.report.add(NUMBERING, None, message)
    elif level.is_compound:
        label = met.number.label if met.number else ""
        message = f"Numbers before items such as “{label}” become single ones."
        assembly.reading.report.add(NUMBERING, met.source, message)
