"""Content of the cells of pipe tables: text, and lists, which they can only have as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from exporter.model import At, Block, Blocks, ListItem, Paragraph
from exporter.readers.html.blocks.lists import lists_of
from exporter.readers.html.inlines.tag_parser import Tag, read_tag
from exporter.readers.html.markup.dom import Element
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.inlines import read_inline_nodes
from exporter.readers.markdown.limits import MAX_NESTING
from exporter.readers.markdown.token_tree import TokenNode, TooDeepError
from exporter.readers.rules import HTML_UNCLOSED

_BREAK = re.compile(r"<br\s*/?>|\s*", re.IGNORECASE)
_BREAK_KINDS = ("text", "softbreak", "hardbreak", "html_inline")


class _OpenList(NamedTuple):
    """A list whose end tag has not been read."""

    tag: Tag
    line: int
    around: list[Block]
    """The blocks that it will be the last of; words between its tag and that of its first item precede it there."""
    items: list[tuple[str, list[Block]]]
    """Each with its attribute `value`."""


def read_cell(nodes: Iterable[TokenNode], at: At, context: Context) -> Blocks:
    """Return the blocks of a cell.

    Raises:
        TooDeepError: Its lists are nested too deeply.
    """
    blocks: list[Block] = []
    open_lists: list[_OpenList] = []
    inlines: list[TokenNode] = []
    for node in nodes:
        tag = read_tag(node.token.content) if node.kind == "html_inline" else None
        if tag is None or not _is_of_list(tag, open_lists):
            inlines.append(node)
            continue
        blocks += _paragraph(inlines, at, context)
        inlines = []
        if tag.name != "li" and not tag.is_end:
            open_lists.append(_OpenList(tag, node.line, blocks, []))
            if 2 * len(open_lists) > MAX_NESTING:
                raise TooDeepError(node.line)
        elif tag.name != "li":
            blocks = _close(open_lists.pop(), at)
        elif not tag.is_end:
            blocks = []
            open_lists[-1].items.append((tag.attributes.get("value") or "", blocks))
    blocks += _paragraph(inlines, at, context)
    while open_lists:
        unclosed = open_lists.pop()
        context.report.add(HTML_UNCLOSED, unclosed.line, f"Unclosed tag <{unclosed.tag.name}> in this cell.")
        blocks = _close(unclosed, at)
    return tuple(blocks)


def _is_of_list(tag: Tag, open_lists: Sequence[_OpenList]) -> bool:
    if tag.name in ("ul", "ol") and not tag.is_end:
        return True
    return bool(open_lists) and tag.name in ("li", open_lists[-1].tag.name)


def _close(closed: _OpenList, at: At) -> list[Block]:
    """Return the blocks around a list, with it as the last."""
    items = [(value, ListItem(at=at, children=tuple(blocks))) for value, blocks in closed.items]
    closed.around.extend(lists_of(Element(closed.tag.name, closed.tag.attributes), items, at))
    return closed.around


def _paragraph(nodes: Sequence[TokenNode], at: At, context: Context) -> Iterator[Paragraph]:
    """Yield a paragraph, unless it is empty, without line breaks at its end: a list begins a line anyway."""
    while nodes and nodes[-1].kind in _BREAK_KINDS and _BREAK.fullmatch(nodes[-1].token.content):
        nodes = nodes[:-1]
    if inlines := read_inline_nodes(nodes, context):
        yield Paragraph(at=at, children=inlines)
