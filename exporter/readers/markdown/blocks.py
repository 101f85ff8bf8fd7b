"""Reading of tokens as blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from markdown_it.common.utils import unescapeAll

from exporter import model as m
from exporter.findings import quoted
from exporter.model.walk import has_content
from exporter.readers.attributions import DASH, read_quote
from exporter.readers.markdown.attributes import NONE, parse
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.directives import read_code_directive
from exporter.readers.markdown.fences import DESCRIPTION, fence_blocks, fence_name, is_colon_fence, read_fence
from exporter.readers.markdown.figures import read_figures
from exporter.readers.markdown.foreign_markup import has_result, is_code_cell, report_code_cell, report_foreign_markup
from exporter.readers.markdown.grammar.fences import DIRECTIVE
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.html_blocks import nest_html, read_html
from exporter.readers.markdown.inlines import read_inline_nodes, read_inlines
from exporter.readers.markdown.tables import read_table, with_caption
from exporter.readers.markdown.token_tree import TokenNode, build_tree
from exporter.readers.row_headers import with_row_headers
from exporter.readers.rules import (
    ATTRIBUTES_UNREADABLE,
    CAPTION_MISPLACED,
    DESCRIPTION_MISPLACED,
    FENCE_UNKNOWN,
    HEADING_EMPTY,
    LIST_NUMBER,
    MATH_UNREADABLE,
    NOTE_DUPLICATE,
    TABLE_UNREADABLE,
)
from exporter.readers.sections import NO_CONTENT, Flat, Heading, inherit_attributes
from exporter.readers.tex import FormulaError, tex_to_mathml

_DELIMITERS = {".": m.ListDelimiter.PERIOD, ")": m.ListDelimiter.PARENTHESIS, "()": m.ListDelimiter.PARENTHESES}
_ROW = re.compile(r"\s*\|.*\|\s*")
_CODE_DIRECTIVES = frozenset({"code", "code-block", "sourcecode"})
"""Of MyST."""
_PAGE_BREAKS = frozenset({"\\newpage", "\\pagebreak"})


def read_blocks(nodes: Sequence[TokenNode], context: Context) -> list[Flat]:
    """Return the blocks and headings of token nodes."""
    nodes = nest_html(nodes, context.report)
    out: list[Flat] = []
    caption: TokenNode | None = None
    for index, node in enumerate(nodes):
        if is_colon_fence(node) and fence_name(node) == DESCRIPTION:
            _add_description(node, out, context)
            continue
        if node.token.meta.get("caption"):
            if _follows_table(nodes, index, out):
                out[-1] = _with_caption(out[-1], node, context)
                continue
            if _precedes_table(nodes, index):
                caption = node
                continue
        blocks = read_block(node, context)
        if caption is not None and blocks and isinstance(blocks[0], m.Table):
            blocks = [_with_caption(blocks[0], caption, context), *blocks[1:]]
            caption = None
        out.extend(blocks)
    return [with_row_headers(block) if isinstance(block, m.Table) and not block.caption else block for block in out]


def _follows_table(nodes: Sequence[TokenNode], index: int, out: Sequence[Flat]) -> bool:
    above = nodes[index - 1].kind if index else ""
    last = out[-1] if out else None
    return above in ("table", "html_block") and isinstance(last, m.Table) and not last.caption


def _precedes_table(nodes: Sequence[TokenNode], index: int) -> bool:
    return index + 1 < len(nodes) and nodes[index + 1].kind in ("table", "html_block")


def _with_caption(table: Flat, caption: TokenNode, context: Context) -> m.Table:
    assert isinstance(table, m.Table)
    return with_caption(table, caption, context)


def _add_description(node: TokenNode, out: list[Flat], context: Context) -> None:
    described = out[-1] if out else None
    content = read_blocks(fence_blocks(node), context)
    if node.token.meta.get("unclosed"):
        out.extend(content)
    elif isinstance(described, m.Figure | m.Table) and not described.description:
        context.report_unknown(node.line, attributes_of(node.token), classes=(DESCRIPTION,))
        content = list(inherit_attributes(context.at(node.line, attributes_of(node.token)), content, context.report))
        out[-1] = msgspec.structs.replace(described, description=context.nest(content))
    else:
        message = "This long description does not follow a figure or table; it was kept as text."
        context.report.add(DESCRIPTION_MISPLACED, node.line, message)
        out.extend(content)


def read_block(node: TokenNode, context: Context) -> Sequence[Flat]:
    """Return the blocks of a token node, usually one."""
    kind, token, line = node.kind, node.token, node.line
    at = context.at(line)
    if kind == "paragraph":
        return _paragraph(node, context)
    if kind == "heading":
        return _heading(node, context)
    if kind in ("bullet_list", "ordered_list"):
        return (_list(node, context),)
    if kind == "blockquote":
        _mark_attribution(node)
        return (read_quote(at, read_blocks(node.children, context), context.nest),)
    if kind == "table":
        return (read_table(node, context),)
    if is_colon_fence(node):
        return read_fence(node, read_blocks(fence_blocks(node), context), context)
    if kind in ("fence", "code_block"):
        return (_code(node, context),)
    if kind == "hr":
        return (m.ThematicBreak(at=at),)
    if kind == "dl":
        return (_definitions(node, context),)
    if kind == "line_block":
        lines = (
            m.Line(
                at=context.at(line.line),
                children=read_inlines(line.children[0].token, context),
                indent=line.token.meta["indent"],
            )
            for line in node.children
        )
        return (m.LineBlock(at=at, lines=tuple(lines)),)
    if kind == "math_block":
        return (_formula(token.content, line, context),)
    if kind == "note":
        _note(node, context)
        return ()
    if kind in ("html_block", "html_element"):
        return read_html(node, context, read_blocks)
    raise AssertionError(f"unsupported token: {kind}")


def _paragraph(node: TokenNode, context: Context) -> Sequence[Flat]:
    line = node.line
    inline = node.children[0]
    content = inline.token.content.strip()
    if content in _PAGE_BREAKS:
        return (m.PageBreak(at=context.at(line)),)
    inside = build_tree(inline.token.children or (), line)
    if figures := read_figures(inside, context):
        return figures
    if len(inside) == 1 and inside[0].kind == "math_display":
        return (_formula(inside[0].token.content, line, context),)
    if content.startswith("|") and all(_ROW.fullmatch(row) for row in content.split("\n")):
        message = "Invalid table: the line of dashes below the head is missing or has other columns."
        context.report.add(TABLE_UNREADABLE, line, message)
    if content.startswith("Table:") and not context.flat:
        message = "Caption “Table:” without a table next to it; it was kept as text."
        context.report.add(CAPTION_MISPLACED, line, message)
    if node.token.meta.get("caption"):
        context.report.add(CAPTION_MISPLACED, line, "Second caption of a table; it was kept as text.")
    report_foreign_markup(inline.token, line, context)
    inlines = read_inline_nodes(inside, context)
    return (m.Paragraph(at=context.at(line), children=inlines),) if inlines else ()


def _heading(node: TokenNode, context: Context) -> Sequence[Flat]:
    attributes = attributes_of(node.token)
    context.report_unknown(node.line, attributes, classes=("front", "unnumbered", "unlisted"))
    title = read_inlines(node.children[0].token, context)
    if not context.flat and not has_content(title):
        message = NO_CONTENT if title else "Empty heading: it was ignored."
        context.report.add(HEADING_EMPTY, node.line, message)
        return (m.Paragraph(at=context.at(node.line, attributes), children=title),) if title else ()
    at = context.at(node.line, attributes)
    return (Heading(at=at, title=title, level=int(node.token.tag[1]), classes=attributes.classes),)


def _list(node: TokenNode, context: Context) -> m.List:
    style = m.ListStyle.BULLET
    start = 1
    delimiter = m.ListDelimiter.PERIOD
    if node.kind == "ordered_list":
        delimiter = _DELIMITERS[node.token.meta.get("before", "") + node.token.markup]
        style = m.ListStyle(node.token.meta.get("style", "decimal"))
        start = int(node.token.attrs.get("start", 1))
        _check_numbers(node, start, context)
    items = tuple(
        m.ListItem(at=context.at(item.line), children=context.nest(read_blocks(item.children, context)))
        for item in node.children
    )
    is_loose = any(
        inside.kind == "paragraph" and not inside.token.hidden for item in node.children for inside in item.children
    )
    return m.List(
        at=context.at(node.line), items=items, style=style, start=start, delimiter=delimiter, tight=not is_loose
    )


def _check_numbers(node: TokenNode, start: int, context: Context) -> None:
    """Report the first item whose number differs from the written one (CommonMark 0.31.2, 5.3)."""
    numbers = [int(item.token.info or 0) for item in node.children]
    if len(set(numbers)) == 1:
        return  # the same number for all items requests automatic numbering
    for number, (item, written) in enumerate(zip(node.children, numbers, strict=True), start):
        if written != number:
            message = f"List item {written} becomes number {number}."
            context.report.add(LIST_NUMBER, item.line, message)
            return


def _code(node: TokenNode, context: Context) -> m.CodeBlock:
    info = unescapeAll(node.token.info.strip())
    attributes = NONE
    syntax = next(iter(info.split(maxsplit=1)), "")
    text = node.token.content.removesuffix("\n")
    if info.startswith("{"):
        parsed = parse(info, 0, len(info))
        if parsed and parsed[0] == len(info):
            attributes = parsed[1]
        elif is_code_cell(info):
            if has_result(info, text):
                report_code_cell(info, node.line, context)
        elif (directive := DIRECTIVE.fullmatch(info)) and directive["name"] in _CODE_DIRECTIVES:
            attributes, text = read_code_directive(directive["title"], text, node.line, context)
        elif directive:
            message = f"Unknown block name {quoted(directive['name'])}; its content was kept as code."
            context.report.add(FENCE_UNKNOWN, node.line, message)
        else:
            message = f"Invalid attributes {quoted(info, 40)} of this code block."
            context.report.add(ATTRIBUTES_UNREADABLE, node.line, message)
        syntax = attributes.classes[0] if attributes.classes else ""
        context.report_unknown(node.line, attributes, classes=attributes.classes[:1])
    return m.CodeBlock(at=context.at(node.line, attributes), text=text, syntax=syntax)


def _definitions(node: TokenNode, context: Context) -> m.DefinitionList:
    items: list[m.DefinitionItem] = []
    for part in node.children:
        if part.kind == "dt":
            term = m.Term(at=context.at(part.line), children=read_inlines(part.children[0].token, context))
            items.append(m.DefinitionItem(at=term.at, terms=(term,), definitions=()))
        else:
            content = context.nest(read_blocks(part.children, context))
            definition = m.Definition(at=context.at(part.line), children=content)
            items[-1] = msgspec.structs.replace(items[-1], definitions=(*items[-1].definitions, definition))
    return m.DefinitionList(at=context.at(node.line), items=tuple(items))


def _mark_attribution(node: TokenNode) -> None:
    """Make the line end before a last line with a dash and a capital a hard break, so that it stays."""
    paragraph = node.children[-1] if node.children else None
    if paragraph is None or paragraph.kind != "paragraph":
        return
    tokens = paragraph.children[0].token.children or []
    for before, after in zip(reversed(tokens[:-1]), reversed(tokens), strict=False):
        if before.type in ("softbreak", "hardbreak"):
            dash = DASH.match(after.content) if after.type == "text" else None
            if dash and not after.content[dash.end() :][:1].islower():
                before.type = "hardbreak"
            return


def _formula(tex: str, line: int, context: Context) -> m.MathBlock | m.CodeBlock:
    try:
        return m.MathBlock(at=context.at(line), mathml=tex_to_mathml(tex, display=True), tex=tex)
    except FormulaError as error:
        context.report.add(MATH_UNREADABLE, line, f"The formula {quoted(tex)} is invalid: {error}.")
        return m.CodeBlock(at=context.at(line), text=tex, syntax="tex")


def _note(node: TokenNode, context: Context) -> None:
    name = node.token.info
    if name in context.read_notes:
        context.report.add(NOTE_DUPLICATE, node.line, f"Duplicate note [^{name}].")
        name = context.free_note_name()
    context.read_notes.add(name)
    children = context.nest(read_blocks(node.children, context))
    context.notes.append(m.Note(at=context.at(node.line), id=name, children=children))
