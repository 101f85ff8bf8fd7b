"""Blocks of raw HTML: whole elements, and tags that stand around Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from exporter.model import PageBreak
from exporter.readers.html import blocks, inline_elements
from exporter.readers.html.fragment import read_fragment
from exporter.readers.html.tag_parser import Tag, read_tag
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.limits import MAX_NESTING
from exporter.readers.markdown.token_tree import TokenNode, TooDeepError
from exporter.readers.rules import HTML_UNCLOSED, FindingCollector
from exporter.readers.sections import Flat

_PIECE = re.compile(r"<!--.*?-->|<[^>]*>|\s+", re.DOTALL)

ReadBlocks = Callable[[Sequence[TokenNode], Context], list[Flat]]


def gather_html(branches: Sequence[TokenNode], report: FindingCollector) -> Sequence[TokenNode]:
    """Put what stands between an opening and a closing tag, each in an HTML block of its own, into one branch."""
    if not any(branch.kind == "html_block" for branch in branches):
        return branches
    root: list[TokenNode] = []
    open_elements: list[tuple[Tag, TokenNode]] = []
    for branch in branches:
        here = open_elements[-1][1].children if open_elements else root
        tags = _only_tags(branch)
        if tags is None:
            here.append(branch)
            continue
        for tag, line in tags:
            here = open_elements[-1][1].children if open_elements else root
            if tag.closes:
                if open_elements and open_elements[-1][0].name == tag.name:
                    open_elements.pop()
                else:
                    report.add(HTML_UNCLOSED, line, f"The tag </{tag.name}> closes nothing here.")
            else:
                wrapper = TokenNode(Token("html_element", tag.name, 0, meta={"tag": tag}), line)
                here.append(wrapper)
                if tag.name not in inline_elements.VOID and not tag.alone:
                    open_elements.append((tag, wrapper))
                    if len(open_elements) > MAX_NESTING:
                        raise TooDeepError(line)
    for tag, wrapper in open_elements:
        report.add(HTML_UNCLOSED, wrapper.line, f"The tag <{tag.name}> is never closed.")
    return root


def _only_tags(branch: TokenNode) -> list[tuple[Tag, int]] | None:
    """Return the tags of an HTML block that leaves an element open, or closes one, and holds no words; else None."""
    if branch.kind != "html_block":
        return None
    text = branch.token.content
    tagses: list[tuple[Tag, int]] = []
    position = 0
    line = branch.line
    depth: list[str] = []
    balanced = True
    while piece := _PIECE.match(text, position):
        tag = read_tag(piece[0]) if piece[0].startswith("<") and not piece[0].startswith("<!--") else None
        if tag is not None:
            tagses.append((tag, line))
            if tag.closes:
                balanced = balanced and bool(depth) and depth.pop() == tag.name
            elif tag.name not in inline_elements.VOID and not tag.alone:
                depth.append(tag.name)
        position = piece.end()
        line += piece[0].count("\n")
    if position < len(text) or (balanced and not depth) or not tagses:
        return None
    return tagses


def read_html(branch: TokenNode, context: Context, read_blocks: ReadBlocks) -> Sequence[Flat]:
    """Return the blocks of an HTML block or of Markdown between two of them."""
    tag = branch.token.meta.get("tag")
    if tag is None:
        return read_fragment(branch.token.content, branch.line, context.report, context.nest)
    assert isinstance(tag, Tag)
    at = inline_elements.place(tag.attributes, branch.line, context.report)
    if blocks.breaks_page(tag.attributes):
        return (PageBreak(at=at), *read_blocks(branch.children, context))
    inside = read_blocks(branch.children, context)
    return blocks.container(tag.name, at, inside, context.report, context.nest)
