"""Raw HTML blocks: whole elements, and tags around Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from exporter.model import PageBreak
from exporter.readers.html.blocks import block_reader as blocks
from exporter.readers.html.fragment import read_fragment
from exporter.readers.html.inlines import inline_elements
from exporter.readers.html.inlines.tag_parser import Tag, read_tag
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.limits import MAX_NESTING
from exporter.readers.markdown.token_tree import TokenNode, TooDeepError
from exporter.readers.rules import HTML_UNCLOSED, FindingCollector
from exporter.readers.sections import Flat

_TAG_OR_SPACE = re.compile(r"<!--.*?-->|<[^>]*>|\s+", re.DOTALL)

ReadBlocks = Callable[[Sequence[TokenNode], Context], list[Flat]]


def nest_html(nodes: Sequence[TokenNode], report: FindingCollector) -> Sequence[TokenNode]:
    """Nest the nodes between a start and an end tag in separate HTML blocks into one node."""
    if not any(node.kind == "html_block" for node in nodes):
        return nodes
    root: list[TokenNode] = []
    open_elements: list[tuple[Tag, TokenNode]] = []
    for node in nodes:
        siblings = open_elements[-1][1].children if open_elements else root
        tags = _only_tags(node)
        if tags is None:
            siblings.append(node)
            continue
        for tag, line in tags:
            siblings = open_elements[-1][1].children if open_elements else root
            if tag.is_end:
                if open_elements and open_elements[-1][0].name == tag.name:
                    open_elements.pop()
                else:
                    report.add(HTML_UNCLOSED, line, f"Unmatched end tag </{tag.name}>.")
            else:
                wrapper = TokenNode(Token("html_element", tag.name, 0, meta={"tag": tag}), line)
                siblings.append(wrapper)
                if tag.name not in inline_elements.VOID and not tag.is_self_closing:
                    open_elements.append((tag, wrapper))
                    if len(open_elements) > MAX_NESTING:
                        raise TooDeepError(line)
    for tag, wrapper in open_elements:
        report.add(HTML_UNCLOSED, wrapper.line, f"Unclosed tag <{tag.name}>.")
    return root


def _only_tags(node: TokenNode) -> list[tuple[Tag, int]] | None:
    """Return the tags of an HTML block of only unbalanced tags, or None for other blocks."""
    if node.kind != "html_block":
        return None
    text = node.token.content
    tags: list[tuple[Tag, int]] = []
    position = 0
    line = node.line
    open_names: list[str] = []
    is_balanced = True
    while match := _TAG_OR_SPACE.match(text, position):
        tag = read_tag(match[0]) if match[0].startswith("<") and not match[0].startswith("<!--") else None
        if tag is not None:
            tags.append((tag, line))
            if tag.is_end:
                is_balanced = is_balanced and bool(open_names) and open_names.pop() == tag.name
            elif tag.name not in inline_elements.VOID and not tag.is_self_closing:
                open_names.append(tag.name)
        position = match.end()
        line += match[0].count("\n")
    if position < len(text) or (is_balanced and not open_names) or not tags:
        return None
    return tags


def read_html(node: TokenNode, context: Context, read_blocks: ReadBlocks) -> Sequence[Flat]:
    """Return the blocks of an HTML block, or of Markdown between two of them."""
    tag = node.token.meta.get("tag")
    if tag is None:
        return read_fragment(node.token.content, node.line, context.report, context.nest)
    assert isinstance(tag, Tag)
    at = inline_elements.read_at(tag.attributes, node.line, context.report)
    if blocks.breaks_page(tag.attributes):
        return (PageBreak(at=at), *read_blocks(node.children, context))
    content = read_blocks(node.children, context)
    return blocks.read_container(tag.name, at, content, context.report, context.nest)
