"""Lists from numbered paragraphs (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from exporter.inspect.docx.numbering import Level, Number
from exporter.model import At, List, ListDelimiter, ListItem, ListStyle
from exporter.model.text_keys import letters_key
from exporter.model.typed_lists import numbering_of
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.parsed import Container, Contents, FinishedBlock, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.rules import NUMBERING
from exporter.readers.sections import Flat

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
_MOST_BLOCKS = 50
"""Blocks after a typed number in which the list may go on."""
_DEEPEST = 9
"""Levels of lists up to which indents nest lists; Word has nine."""
_WIDEST = 6000
"""Twentieths of a point up to which indents nest lists."""


class Item(NamedTuple):
    """An item of a list."""

    number: Number
    parsed: list[ParsedBlock]
    """The paragraph or content control that has the number, and the blocks below it."""


def number_of(block: ParsedBlock) -> Number | None:
    """Return the number of a list item, or None if a block is no list item."""
    if isinstance(block, Container) and block.tag == "item":
        first = _first_paragraph(block)
        return first.number if first is not None else None
    if not isinstance(block, ParsedParagraph):
        return None
    number = block.number
    if number is not None:
        if block.meaning.role is Role.HEADING or number.level.is_plain or number.level.is_text:
            return None
        return number
    if block.meaning.role in (Role.BULLETS, Role.NUMBERS):
        # A list by its style only, in a file without numbering.
        depth = int(block.style[-1]) - 1 if block.style[-1:].isdigit() else 0
        kind = "bullet" if block.meaning.role is Role.BULLETS else "decimal"
        return Number(-1, depth, Level(kind, 1, "", 0), 1, "")
    return None


def build(builder: BlockBuilder, first: Item, cursor: Cursor) -> Sequence[Flat]:
    """Return the list that begins with an item, or several lists if its numbers do not go on."""
    items, instances = [first], {first.number.instance}
    indent = _indent(first.parsed[0])
    while (block := cursor.peek()) is not None:
        number = number_of(block)
        if number is not None and _may_be_item(block):
            is_deeper = number.depth > first.number.depth
            may_nest = not is_deeper and _may_be_inner(builder, number, instances)
            if may_nest and _is_indented(items[-1].parsed[0], block):
                builder.inner_lists.add(number.instance)
            elif number.depth < first.number.depth:
                break
            elif not is_deeper:
                items.append(Item(number, []))
                instances.add(number.instance)
        elif _is_typed_item(block, items[-1].number, cursor) or not _continues_item(
            builder, block, items[-1].parsed[-1], indent
        ):
            break
        items[-1].parsed.append(next(cursor))
    lists = [[first]]
    for before, item in itertools.pairwise(items):
        if not _is_same_list(before.number, item.number, own=builder.context.is_word_edition):
            lists.append([])
        lists[-1].append(item)
    return [_list(builder, items) for items in lists]


def _indent(block: ParsedBlock) -> int:
    first = _first_paragraph(block)
    return first.indent if first is not None else 0


def _may_be_item(block: ParsedBlock) -> bool:
    """Return whether an item may belong to a list that has begun before it."""
    return not isinstance(block, ParsedParagraph) or (block.meaning.role in _PLAIN and not block.page_break)


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
    if not (isinstance(item, ParsedParagraph) and isinstance(other, ParsedParagraph)):
        return False
    number, other_number = number_of(item), number_of(other)
    return (
        number is not None
        and other_number is not None
        and number.instance != other_number.instance
        and min(other.marker - item.marker, other.indent - item.indent) >= _STEP
        and max(abs(item.marker), abs(other.indent)) <= _WIDEST
    )


def _is_typed_item(block: ParsedBlock, number: Number, cursor: Cursor) -> bool:
    """Return whether the next block begins with a typed number: the one after that of an item, which no other has."""
    typed = numbering_of([block.text]) if isinstance(block, ParsedParagraph) and block.number is None else None
    value = number.value + 1
    if typed != (number.level.style, number.level.delimiter, value) or number.level.style is ListStyle.BULLET:
        return False
    following = (number_of(after) for distance in range(2, _MOST_BLOCKS) if (after := cursor.peek(distance)))
    others = (other for other in following if other is not None and other.depth == number.depth)
    return all((other.instance, other.value) != (number.instance, value) for other in others)


def _continues_item(builder: BlockBuilder, block: ParsedBlock, before: ParsedBlock, indent: int) -> bool:
    """Return whether a block that is no list item continues the item above it.

    A list below an item ends at a paragraph that is less indented than its own text.
    """
    if isinstance(block, Contents) or block.page_break:
        return False
    match block:
        case ParsedParagraph():
            if block.number is not None and not block.number.level.is_plain:
                return False
            if block.meaning.role is Role.HEADING:
                return False
            if block.meaning.role is Role.LIST_CONTINUE:
                return True
            left = block.paragraph_format.left
            if builder.list_depth and left is not None and left + _SLACK < indent:
                return False
            if block.released and block.meaning.role is Role.TEXT:
                return True
            if _is_list_paragraph(block) and isinstance(before, ParsedParagraph) and before.style == block.style:
                return True
            return 0 < indent <= block.indent + _SLACK and block.indent > 0
        case Table() | FinishedBlock():
            return 0 < indent <= block.indent + _SLACK
        case _:
            return False


def _is_list_paragraph(block: ParsedParagraph) -> bool:
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


def _item(builder: BlockBuilder, parsed: Sequence[ParsedBlock]) -> ListItem:
    first, *others = parsed
    at = At(source=first.source)
    inside: list[ParsedBlock] = []
    if isinstance(first, Container):
        inside += _unnumbered(first.content)
    elif isinstance(first, ParsedParagraph):
        _report(builder, first)
        fresh: dict[str, Any] = {
            "number": None,
            "meaning": _role_inside(first),
            "indent": 0,
            "bookmarks": [],
            "page_break": False,
        }
        inside.append(msgspec.structs.replace(first, **fresh))
        at = At(id=builder.attributes.id_of(first), source=first.source)
    builder.list_depth += 1
    children = builder.nested([*inside, *map(_continued, others)])
    builder.list_depth -= 1
    return ListItem(at=at, children=children)


def _first_paragraph(block: ParsedBlock) -> ParsedParagraph | None:
    """Return the first paragraph of a block, which has the number of a list item."""
    while isinstance(block, Container) and block.content:
        block = block.content[0]
    return block if isinstance(block, ParsedParagraph) else None


def _unnumbered(parsed: Sequence[ParsedBlock]) -> list[ParsedBlock]:
    """Return the content of a list item's content control without its number."""
    first, *others = parsed
    if isinstance(first, Container):
        first = msgspec.structs.replace(first, content=_unnumbered(first.content), page_break=False)
    elif isinstance(first, ParsedParagraph):
        first = msgspec.structs.replace(first, number=None, meaning=_role_inside(first), indent=0, page_break=False)
    return [first, *map(_continued, others)]


def _role_inside(block: ParsedParagraph) -> Meaning:
    return PLAIN if block.meaning.role in _PLAIN else block.meaning


def _continued(block: ParsedBlock) -> ParsedBlock:
    if isinstance(block, ParsedParagraph) and block.meaning.role is Role.LIST_CONTINUE:
        return msgspec.structs.replace(block, meaning=PLAIN)
    return block


def _list(builder: BlockBuilder, items: Sequence[Item]) -> List:
    number = items[0].number
    style = number.level.style
    tight = True
    if builder.context.is_word_edition:
        tight = all(block.tight for block in _numbered(items) if block.formula is None and block.meaning.role in _PLAIN)
    return List(
        at=_at(builder, items),
        items=tuple(_item(builder, item.parsed) for item in items),
        style=style,
        start=number.value if style is not ListStyle.BULLET else 1,
        delimiter=number.level.delimiter if style is not ListStyle.BULLET else ListDelimiter.PERIOD,
        tight=tight,
    )


def _at(builder: BlockBuilder, items: Sequence[Item]) -> At:
    """Return the source of a list, with the language and direction of all its items, beside which its marks are."""
    firsts = (_first_paragraph(item.parsed[0]) for item in items)
    shared = {(at.language, at.direction) for first in firsts if first and (at := builder.attributes.at(first))}
    language, direction = shared.pop() if len(shared) == 1 and not builder.context.is_word_edition else (None, None)
    return At(language=language, direction=direction, source=items[0].parsed[0].source)


def _numbered(items: Sequence[Item]) -> Iterator[ParsedParagraph]:
    """Yield the paragraphs that have the numbers of the items of one list."""
    for block in itertools.chain.from_iterable(item.parsed for item in items):
        number, paragraph = number_of(block), _first_paragraph(block)
        if number is not None and number.instance == items[0].number.instance and paragraph is not None:
            yield paragraph


def _report(builder: BlockBuilder, block: ParsedParagraph) -> None:
    level = block.number.level if block.number else None
    if level is None or builder.context.is_word_edition:
        return
    if level.format not in _SUPPORTED_FORMATS:
        message = f"The number format {level.format[:60]} is replaced by 1, 2, 3."
        builder.context.report.add(NUMBERING, None, message)
    elif level.has_other_signs and block.number and block.number.value == level.start:
        message = f"List numbers such as “{block.number.label.strip()[:60]}” are written with a period or parentheses."
        builder.context.report.add(NUMBERING, block.source, message)
