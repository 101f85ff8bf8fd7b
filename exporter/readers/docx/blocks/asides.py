"""Quotations and asides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from exporter import model as m
from exporter.model.quotation_marks import closing_marks
from exporter.model.walk import plain_text
from exporter.readers.attributions import begins_with_dash, without_dash
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph, role_of
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.sections import Flat, Heading

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_LONGEST_TITLE = 120
"""Characters of a bold line that is the title of a text box."""


def without_role(block: ParsedBlock, role: Role) -> ParsedBlock:
    """Return a block without a role that its container already expresses, including paragraphs of list items."""
    if isinstance(block, Container) and block.tag == "item":
        return msgspec.structs.replace(block, content=[without_role(inner, role) for inner in block.content])
    return msgspec.structs.replace(block, meaning=PLAIN) if role_of(block) is role else block


def _inside(parsed: Sequence[ParsedBlock], meaning: Meaning) -> list[ParsedBlock]:
    out: list[ParsedBlock] = []
    for block in parsed:
        if isinstance(block, Container) and block.tag == "item":
            out.append(msgspec.structs.replace(block, content=_inside(block.content, meaning)))
        elif isinstance(block, ParsedParagraph) and block.meaning == meaning:
            out.append(msgspec.structs.replace(block, meaning=PLAIN))
        else:
            out.append(block)
    return out


def quote_or_aside(builder: BlockBuilder, first: ParsedParagraph, cursor: Cursor) -> m.Block:
    """Return the quotation or aside whose paragraphs share one style."""
    inside = [first, *cursor.take_paragraphs(partial(_continues, builder, first))]
    if first.meaning.role is Role.ASIDE:
        return _aside(builder, inside, first.meaning, first.source)
    attribution: m.Inlines = ()
    following = cursor.peek()
    if isinstance(following, ParsedParagraph) and following.meaning.role is Role.ATTRIBUTION:
        attribution = _attribution(builder, following)
        next(cursor)
    return _quote(builder, inside, attribution, first.source)


def _continues(builder: BlockBuilder, first: ParsedParagraph, paragraph: ParsedParagraph) -> bool:
    if paragraph.meaning == first.meaning:
        return not paragraph.page_break
    # In asides of the Word edition, paragraphs of other styles have the same borders.
    is_own_aside = builder.context.is_word_edition and first.meaning.role is Role.ASIDE
    return is_own_aside and bool(first.frame) and paragraph.frame == first.frame


def from_container(builder: BlockBuilder, block: Container) -> m.Block:
    """Return the quotation or aside in a content control of the Word edition."""
    tag, _, kind = block.tag.partition(" ")
    if tag == "aside":
        meaning = Meaning(Role.ASIDE, kind=m.AsideKind(kind) if kind in set(m.AsideKind) else m.AsideKind.BOX)
        return _aside(builder, block.content, meaning, block.source)
    last = block.content[-1] if block.content else None
    if isinstance(last, ParsedParagraph) and last.meaning.role is Role.ATTRIBUTION:
        return _quote(builder, block.content[:-1], _attribution(builder, last), block.source)
    return _quote(builder, block.content, (), block.source)


def _quote(builder: BlockBuilder, inside: Sequence[ParsedBlock], attribution: m.Inlines, source: m.Source) -> m.Block:
    children = builder.nested(_inside(inside, Meaning(Role.QUOTE)))
    if not attribution and not builder.context.is_word_edition:
        children, attribution = _typed_attribution(children)
    return m.Quote(at=m.At(source=source), children=children, attribution=attribution)


def _typed_attribution(children: tuple[m.Block, ...]) -> tuple[tuple[m.Block, ...], m.Inlines]:
    """Return the paragraphs without the last, and that as attribution if it alone begins with a dash."""
    last = children[-1] if len(children) > 1 else None
    if isinstance(last, m.Paragraph) and _begins_with_dash(last) and not _begins_with_dash(children[-2]):
        return children[:-1], without_dash(last.children)
    return children, ()


def _begins_with_dash(block: m.Block) -> bool:
    return isinstance(block, m.Paragraph) and begins_with_dash(block.children)


def _attribution(builder: BlockBuilder, block: ParsedParagraph) -> m.Inlines:
    words = builder.attributes.phrase(block)
    return words if builder.context.is_word_edition else without_dash(words)


def lone_attribution(builder: BlockBuilder, block: ParsedParagraph) -> Sequence[Flat]:
    """Return an attribution after no quotation: in the Word edition a quotation without text."""
    if builder.context.is_word_edition:
        return [m.Quote(at=m.At(source=block.source), children=(), attribution=_attribution(builder, block))]
    return builder.plain(msgspec.structs.replace(block, meaning=PLAIN))


def _aside(builder: BlockBuilder, inside: Sequence[ParsedBlock], meaning: Meaning, source: m.Source) -> m.Block:
    title: m.Inlines = ()
    remaining = list(inside)
    first = remaining[0] if remaining else None
    name: str | None = None
    if isinstance(first, ParsedParagraph):
        # Links to the first paragraph of an aside go to the aside.
        name = builder.attributes.id_of(first)
        first = remaining[0] = msgspec.structs.replace(first, bookmarks=[])
    if isinstance(first, ParsedParagraph) and first.title:
        title = builder.attributes.phrase(first, first.title)
        after_title = first.text_runs[len(first.title) :]
        if any(run.node is not None or run.text.strip() for run in after_title):
            remaining[0] = msgspec.structs.replace(first, text_runs=after_title, title=())
        else:
            remaining = remaining[1:]
    children = builder.nested(_inside(remaining, meaning))
    return m.Aside(at=m.At(id=name, source=source), children=children, kind=meaning.kind, title=title)


def text_box(builder: BlockBuilder, block: Container, inside: Sequence[Flat]) -> m.Block:
    """Return a text box as an aside; its title is the only heading, or the bold line, at its beginning."""
    name = builder.attributes.id_of(block)
    title: m.Inlines = ()
    first = inside[0]
    if isinstance(first, Heading) and len(inside) > 1 and not any(isinstance(item, Heading) for item in inside[1:]):
        name, title, inside = name or first.at.id, first.title, inside[1:]
    elif isinstance(first, m.Paragraph) and len(inside) > 1 and not _is_bold(inside[1]) and (bold := _bold_line(first)):
        name, title, inside = name or first.at.id, bold, inside[1:]
    at = m.At(id=name, source=block.source)
    kind = m.AsideKind.PULL_QUOTE if not title and _is_quoted(inside) else m.AsideKind.BOX
    return m.Aside(at=at, children=builder.nest(inside), kind=kind, title=title)


def _is_quoted(inside: Sequence[Flat]) -> bool:
    """Return whether items are one paragraph in quotation marks, with a short line below it that says whose words."""
    first, *others = (plain_text(item).strip() if isinstance(item, m.Paragraph) else "" for item in inside)
    marks = closing_marks(first[:1]) | {first[:1]} & {'"'}
    return (
        len(first) > 2
        and first.endswith(tuple(marks))
        and not marks & set(first[1:-1])
        and len(others) <= 1
        and all(0 < len(line) <= _LONGEST_TITLE and not line.endswith(".") for line in others)
    )


def diagram(builder: BlockBuilder, words: m.List, caption: ParsedParagraph | None) -> m.Block:
    """Return the text of a diagram, with a caption in a box of which that is the title."""
    if caption is None:
        return words
    at = m.At(id=words.at.id or builder.attributes.id_of(caption), source=words.at.source)
    words = msgspec.structs.replace(words, at=msgspec.structs.replace(words.at, id=None))
    return m.Aside(at=at, children=(words,), kind=m.AsideKind.BOX, title=builder.attributes.phrase(caption))


def _is_bold(item: Flat) -> bool:
    """Return whether an item is a paragraph whose words are all bold."""
    return isinstance(item, m.Paragraph) and all(
        isinstance(child, m.Strong) or not plain_text(child) for child in item.children
    )


def _bold_line(paragraph: m.Paragraph) -> m.Inlines:
    """Return the words of a short bold line without its bold type; nothing for other paragraphs."""
    words = plain_text(paragraph)
    is_quotation = words.startswith(("“", "«", "„", '"'))
    is_title = _is_bold(paragraph) and 0 < len(words) <= _LONGEST_TITLE and not (is_quotation or words.endswith("."))
    is_title = is_title and not paragraph.at.language
    if not is_title or any(not isinstance(child, m.Strong | m.Text) for child in paragraph.children):
        return ()
    return tuple(
        inner for child in paragraph.children for inner in (child.children if isinstance(child, m.Strong) else (child,))
    )
