"""Lists from numbered paragraphs (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from exporter.inspect.docx.numbering import Level, Number
from exporter.model import At, Block, List, ListDelimiter, ListItem, ListStyle
from exporter.model.text_keys import letters_key
from exporter.readers.docx import parsed
from exporter.readers.docx.parsed import Container, ParsedBlock
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.rules import NUMBERING

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_SUPPORTED_FORMATS = frozenset(
    {"bullet", "decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "none"}
)
_HEADERS = {Role.HEADER_COLUMN, Role.HEADER_ROW, Role.HEADER_COLUMN_GROUP, Role.HEADER_ROW_GROUP}
_PLAIN = frozenset({Role.TEXT, Role.BULLETS, Role.NUMBERS, Role.LIST_CONTINUE, *_HEADERS})
_SLACK = 60
"""Twentieths of a point by which equal indents may differ."""
_STEP = 283
"""Twentieths of a point by which a list is further in than the one to which it belongs, as in Word's own styles."""
_DEEPEST = 9
"""Levels of lists up to which indents nest lists; Word has nine."""
_WIDEST = 6000
"""Twentieths of a point up to which indents nest lists."""


def number_of(block: ParsedBlock) -> Number | None:
    """Return the number of a list item, or None if a block is no list item."""
    if isinstance(block, Container) and block.tag == "item":
        first = _first_paragraph(block)
        return first.number if first is not None else None
    if not isinstance(block, parsed.ParsedParagraph):
        return None
    number = block.number
    if number is not None:
        if block.meaning.role is Role.HEADING or number.level.is_plain or number.level.has_words:
            return None
        return number
    if block.meaning.role in (Role.BULLETS, Role.NUMBERS):
        # A list by its style only, in a file without numbering.
        depth = int(block.style[-1]) - 1 if block.style[-1:].isdigit() else 0
        kind = "bullet" if block.meaning.role is Role.BULLETS else "decimal"
        return Number(-1, depth, Level(kind, 1, "", 0), 1, "")
    return None


def is_item(block: ParsedBlock) -> bool:
    """Return whether a block is a list item."""
    return number_of(block) is not None


def build(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[Block | Sequence[Block], int]:
    """Return the list that begins at an index, and the index after it."""
    first = number_of(blocks[index])
    if first is None:
        block = blocks[index]
        assert isinstance(block, Container)
        return list(builder.nested(block.content)), index + 1
    end = index + 1
    indent = _indent(blocks[index])
    starts, instances = [0], {first.instance}
    while end < len(blocks):
        number = number_of(blocks[end])
        if number is not None and _may_be_item(blocks[end]):
            is_deeper = number.depth > first.depth
            may_nest = not is_deeper and _may_be_inner(builder, number, instances)
            if may_nest and _is_indented(blocks[index + starts[-1]], blocks[end]):
                builder.inner_lists.add(number.instance)
            elif number.depth < first.depth:
                break
            elif not is_deeper:
                starts.append(end - index)
                instances.add(number.instance)
        elif not _continues_item(blocks[end], blocks[end - 1], indent):
            break
        end += 1
    return _lists(builder, blocks[index:end], starts), end


def _lists(builder: BlockBuilder, run: Sequence[ParsedBlock], starts: Sequence[int]) -> Block | Sequence[Block]:
    """Return the list of a run of blocks, or the lists where it is more than one.

    Args:
        builder: The builder of their contents.
        run: The items with what is below them.
        starts: Indexes of the items.
    """
    lists: list[Block] = []
    items: list[ListItem] = []
    begins = 0
    before: Number | None = None
    for position, start in enumerate(starts):
        number = number_of(run[start])
        assert number is not None
        if before is not None and not _is_same_list(before, number, own=builder.context.is_word_edition):
            lists.append(_list(builder, items, run[begins:start]))
            items, begins = [], start
        stop = starts[position + 1] if position + 1 < len(starts) else len(run)
        items.append(_item(builder, run[start:stop]))
        before = number
    lists.append(_list(builder, items, run[begins:]))
    return lists[0] if len(lists) == 1 else lists


def _indent(block: ParsedBlock) -> int:
    if isinstance(block, Container):
        first = _first_paragraph(block)
        return first.indent if first is not None else 0
    return block.indent if isinstance(block, parsed.ParsedParagraph) else 0


def _may_be_item(block: ParsedBlock) -> bool:
    """Return whether an item may belong to a list that has begun before it."""
    return not isinstance(block, parsed.ParsedParagraph) or (block.meaning.role in _PLAIN and not block.page_break)


def _may_be_inner(builder: BlockBuilder, number: Number, instances: Collection[int]) -> bool:
    """Return whether a list may be below an item of another one: its numbers do not go on from items outside."""
    if builder.context.is_word_edition or builder.list_depth >= _DEEPEST:
        return False
    if number.level.style is ListStyle.BULLET:
        return True
    is_new = number.value == 1 or number.instance in builder.inner_lists
    return is_new and number.instance not in instances


def _is_indented(item: ParsedBlock, other: ParsedBlock) -> bool:
    """Return whether an item of another list is below an item, because its number and its text are further in."""
    if not (isinstance(item, parsed.ParsedParagraph) and isinstance(other, parsed.ParsedParagraph)):
        return False
    number, other_number = number_of(item), number_of(other)
    return (
        number is not None
        and other_number is not None
        and number.instance != other_number.instance
        and min(other.marker - item.marker, other.indent - item.indent) >= _STEP
        and max(abs(item.marker), abs(other.indent)) <= _WIDEST
    )


def _continues_item(block: ParsedBlock, before: ParsedBlock, indent: int) -> bool:
    """Return whether a block that is no list item continues the item above it."""
    if isinstance(block, parsed.Contents) or block.page_break:
        return False
    match block:
        case parsed.ParsedParagraph():
            if block.number is not None and not block.number.level.is_plain:
                return False
            if block.meaning.role is Role.HEADING:
                return False
            if block.meaning.role is Role.LIST_CONTINUE or (block.released and block.meaning.role is Role.TEXT):
                return True
            if _is_list_paragraph(block) and isinstance(before, parsed.ParsedParagraph) and before.style == block.style:
                return True
            return 0 < indent <= block.indent + _SLACK and block.indent > 0
        case parsed.Table() | parsed.FinishedBlock():
            return 0 < indent <= block.indent + _SLACK
        case _:
            return False


def _is_list_paragraph(block: parsed.ParsedParagraph) -> bool:
    return letters_key(block.style) == "listparagraph"


def _is_same_list(before: Number, number: Number, *, own: bool) -> bool:
    if before.instance < 0 or number.instance < 0:
        return before.level.format == number.level.format
    bullets = before.level.style is ListStyle.BULLET and number.level.style is ListStyle.BULLET
    if before.instance == number.instance and before.depth == number.depth:
        return bullets or number.value == before.value + 1
    if own or (before.level.format, before.level.delimiter) != (number.level.format, number.level.delimiter):
        return False
    return bullets or number.value == before.value + 1


def _item(builder: BlockBuilder, blocks: Sequence[ParsedBlock]) -> ListItem:
    first, *others = blocks
    source = first.source
    inside: list[ParsedBlock] = []
    if isinstance(first, Container):
        inside += _unnumbered(first.content)
        at = At(source=source)
    else:
        assert isinstance(first, parsed.ParsedParagraph)
        _report(builder, first)
        fresh: dict[str, Any] = {
            "number": None,
            "meaning": _role_inside(first),
            "indent": 0,
            "bookmarks": [],
            "page_break": False,
        }
        inside.append(msgspec.structs.replace(first, **fresh))
        at = At(id=builder.attributes.id_of(first), source=source)
    builder.list_depth += 1
    children = builder.nested([*inside, *map(_continued, others)])
    builder.list_depth -= 1
    return ListItem(at=at, children=children)


def _first_paragraph(block: ParsedBlock) -> parsed.ParsedParagraph | None:
    """Return the first paragraph of a block, which has the number of a list item."""
    while isinstance(block, Container) and block.content:
        block = block.content[0]
    return block if isinstance(block, parsed.ParsedParagraph) else None


def _unnumbered(blocks: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Return the content of a list item's content control without its number."""
    first, *others = blocks
    if isinstance(first, Container):
        first = msgspec.structs.replace(first, content=_unnumbered(first.content), page_break=False)
    elif isinstance(first, parsed.ParsedParagraph):
        first = msgspec.structs.replace(first, number=None, meaning=_role_inside(first), indent=0, page_break=False)
    return [first, *map(_continued, others)]


def _role_inside(block: parsed.ParsedParagraph) -> Meaning:
    return PLAIN if block.meaning.role in _PLAIN else block.meaning


def _continued(block: ParsedBlock) -> ParsedBlock:
    if isinstance(block, parsed.ParsedParagraph) and block.meaning.role is Role.LIST_CONTINUE:
        return msgspec.structs.replace(block, meaning=PLAIN)
    return block


def _list(builder: BlockBuilder, items: Sequence[ListItem], blocks: Sequence[ParsedBlock]) -> Block:
    opening = blocks[0]
    number = number_of(opening)
    assert number is not None
    style = number.level.style
    tight = True
    if builder.context.is_word_edition:
        tight = all(
            block.tight for block in _numbered(blocks) if block.formula is None and block.meaning.role in _PLAIN
        )
    return List(
        at=At(source=opening.source),
        items=tuple(items),
        style=style,
        start=number.value if style is not ListStyle.BULLET else 1,
        delimiter=number.level.delimiter if style is not ListStyle.BULLET else ListDelimiter.PERIOD,
        tight=tight,
    )


def _numbered(blocks: Sequence[ParsedBlock]) -> Iterator[parsed.ParsedParagraph]:
    """Yield the paragraphs that have the numbers of the items of one list."""
    first = number_of(blocks[0])
    for block in blocks:
        number = number_of(block)
        if number is None or first is None or number.instance != first.instance:
            continue
        if isinstance(block, parsed.ParsedParagraph):
            yield block
        elif isinstance(block, Container):
            yield from filter(None, [_first_paragraph(block)])


def _report(builder: BlockBuilder, block: parsed.ParsedParagraph) -> None:
    level = block.number.level if block.number else None
    if level is None or builder.context.is_word_edition:
        return
    if level.format not in _SUPPORTED_FORMATS:
        message = f"The number format {level.format[:60]} is replaced by 1, 2, 3."
        builder.context.report.add(NUMBERING, None, message)
    elif level.is_compound:
        label = block.number.label[:60] if block.number else ""
        message = f"Compound list numbers such as “{label}” are replaced by single numbers."
        builder.context.report.add(NUMBERING, block.source, message)
    elif level.has_other_signs and block.number and block.number.value == level.start:
        message = f"List numbers such as “{block.number.label.strip()[:60]}” are written with a period or parentheses."
        builder.context.report.add(NUMBERING, block.source, message)
