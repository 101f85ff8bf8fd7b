"""From the tokens of a text to blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from markdown_it.common.utils import unescapeAll

from exporter.findings import quoted
from exporter.model import (
    CodeBlock,
    Decorative,
    Definition,
    DefinitionItem,
    DefinitionList,
    Figure,
    Image,
    Inlines,
    Line,
    LineBlock,
    List,
    ListDelimiter,
    ListItem,
    ListStyle,
    Math,
    MathBlock,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Term,
    ThematicBreak,
)
from exporter.model.walk import plain_text, walk
from exporter.readers import row_headers
from exporter.readers.attributions import DASH, read_quote
from exporter.readers.markdown.attributes import NONE, parse
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.fences import DESCRIPTION, is_colon_fence, name_of, read_fence
from exporter.readers.markdown.figures import read_figures
from exporter.readers.markdown.grammar.parsers import attributes_of
from exporter.readers.markdown.html_blocks import gather_html, read_html
from exporter.readers.markdown.inlines import read_branches, read_inlines
from exporter.readers.markdown.tables import read_table, with_caption
from exporter.readers.markdown.token_tree import TokenNode, grow
from exporter.readers.rules import (
    ATTRIBUTES_UNREADABLE,
    CAPTION_MISPLACED,
    DESCRIPTION_MISPLACED,
    HEADING_EMPTY,
    LIST_NUMBER,
    MATH_UNREADABLE,
    NOTE_DUPLICATE,
    TABLE_UNREADABLE,
)
from exporter.readers.sections import Flat, Heading, spread
from exporter.readers.tex import FormulaError, mathml

_DELIMITERS = {".": ListDelimiter.PERIOD, ")": ListDelimiter.PARENTHESIS, "()": ListDelimiter.PARENTHESES}
_ROW = re.compile(r"\s*\|.*\|\s*")
_PAGE_BREAKS = frozenset({"\\newpage", "\\pagebreak"})


def read_blocks(branches: Sequence[TokenNode], context: Context) -> list[Flat]:
    """Return the blocks of branches that stand one below the other, headings among them."""
    branches = gather_html(branches, context.report)
    out: list[Flat] = []
    caption: TokenNode | None = None
    for index, branch in enumerate(branches):
        if is_colon_fence(branch) and name_of(branch) == DESCRIPTION:
            _describe(branch, out, context)
            continue
        if branch.token.meta.get("caption"):
            if _takes_caption(branches, index, out):
                out[-1] = _captioned(out[-1], branch, context)
                continue
            if _table_follows(branches, index):
                caption = branch
                continue
        made = read_block(branch, context)
        if caption is not None and made and isinstance(made[0], Table):
            made = [_captioned(made[0], caption, context), *made[1:]]
            caption = None
        out.extend(made)
    return [row_headers.find(block) if isinstance(block, Table) and not block.caption else block for block in out]


def _takes_caption(branches: Sequence[TokenNode], index: int, out: Sequence[Flat]) -> bool:
    above = branches[index - 1].kind if index else ""
    last = out[-1] if out else None
    return above in ("table", "html_block") and isinstance(last, Table) and not last.caption


def _table_follows(branches: Sequence[TokenNode], index: int) -> bool:
    return index + 1 < len(branches) and branches[index + 1].kind in ("table", "html_block")


def _captioned(table: Flat, caption: TokenNode, context: Context) -> Table:
    assert isinstance(table, Table)
    return with_caption(table, caption, context)


def _describe(branch: TokenNode, out: list[Flat], context: Context) -> None:
    described = out[-1] if out else None
    inside = read_blocks(branch.children, context)
    if branch.token.meta.get("unclosed"):
        out.extend(inside)
    elif isinstance(described, Figure | Table) and not described.description:
        context.known(branch.line, attributes_of(branch.token), classes=(DESCRIPTION,))
        inside = list(spread(context.at(branch.line, attributes_of(branch.token)), inside, context.report))
        out[-1] = msgspec.structs.replace(described, description=context.nest(inside))
    else:
        message = "This long description follows no figure or table; its words were kept as text."
        context.report.add(DESCRIPTION_MISPLACED, branch.line, message)
        out.extend(inside)


def read_block(branch: TokenNode, context: Context) -> Sequence[Flat]:
    """Return what one branch becomes: one block as a rule, none or several now and then."""
    kind, token, line = branch.kind, branch.token, branch.line
    at = context.at(line)
    if kind == "paragraph":
        return _paragraph(branch, context)
    if kind == "heading":
        return _heading(branch, context)
    if kind in ("bullet_list", "ordered_list"):
        return (_list(branch, context),)
    if kind == "blockquote":
        _mark_attribution(branch)
        return (read_quote(at, read_blocks(branch.children, context), context.nest),)
    if kind == "table":
        return (read_table(branch, context),)
    if is_colon_fence(branch):
        return read_fence(branch, read_blocks(branch.children, context), context)
    if kind in ("fence", "code_block"):
        return (_code(branch, context),)
    if kind == "hr":
        return (ThematicBreak(at=at),)
    if kind == "dl":
        return (_definitions(branch, context),)
    if kind == "line_block":
        lines = (
            Line(
                at=context.at(line.line),
                children=read_inlines(line.children[0].token, context),
                indent=line.token.meta["indent"],
            )
            for line in branch.children
        )
        return (LineBlock(at=at, lines=tuple(lines)),)
    if kind == "math_block":
        return (_formula(token.content, line, context),)
    if kind == "note":
        _note(branch, context)
        return ()
    if kind in ("html_block", "html_element"):
        return read_html(branch, context, read_blocks)
    raise AssertionError(f"the grammar made a token that nobody reads: {kind}")


def _paragraph(branch: TokenNode, context: Context) -> Sequence[Flat]:
    line = branch.line
    inline = branch.children[0]
    content = inline.token.content.strip()
    if content in _PAGE_BREAKS:
        return (PageBreak(at=context.at(line)),)
    inside = grow(inline.token.children or (), line)
    if figures := read_figures(inside, context):
        return figures
    if len(inside) == 1 and inside[0].kind == "math_display":
        return (_formula(inside[0].token.content, line, context),)
    if content.startswith("|") and all(_ROW.fullmatch(row) for row in content.split("\n")):
        message = "These lines look like a table, but a line of dashes is missing below the head, or has other columns."
        context.report.add(TABLE_UNREADABLE, line, message)
    if content.startswith("Table:") and not context.flat:
        message = "A caption that begins with “Table:” stands next to no table; it was kept as text."
        context.report.add(CAPTION_MISPLACED, line, message)
    if branch.token.meta.get("caption"):
        context.report.add(CAPTION_MISPLACED, line, "The table beside this caption has one already; kept as text.")
    words = read_branches(inside, context)
    return (Paragraph(at=context.at(line), children=words),) if words else ()


def _says_something(title: Inlines) -> bool:
    """Return whether there is a word in a heading, or a picture or formula that stands for one."""
    spoken = (Math, Image)
    meaning = (node for node in walk(title) if isinstance(node, spoken))
    return bool(plain_text(title)) or any(not isinstance(getattr(node, "alt", None), Decorative) for node in meaning)


def _heading(branch: TokenNode, context: Context) -> Sequence[Flat]:
    attributes = attributes_of(branch.token)
    context.known(branch.line, attributes, classes=("front", "unnumbered", "unlisted"))
    title = read_inlines(branch.children[0].token, context)
    if not context.flat and not _says_something(title):
        context.report.add(HEADING_EMPTY, branch.line, "This heading has no words; it was left out.")
        return ()
    at = context.at(branch.line, attributes)
    return (Heading(at=at, title=title, level=int(branch.token.tag[1]), classes=attributes.classes),)


def _list(branch: TokenNode, context: Context) -> List:
    style = ListStyle.BULLET
    start = 1
    delimiter = ListDelimiter.PERIOD
    if branch.kind == "ordered_list":
        delimiter = _DELIMITERS[branch.token.meta.get("before", "") + branch.token.markup]
        style = ListStyle(branch.token.meta.get("style", "decimal"))
        start = int(branch.token.attrs.get("start", 1))
        _look_at_numbers(branch, start, context)
    items = tuple(
        ListItem(at=context.at(item.line), children=context.nest(read_blocks(item.children, context)))
        for item in branch.children
    )
    loose = any(
        inside.kind == "paragraph" and not inside.token.hidden for item in branch.children for inside in item.children
    )
    return List(at=context.at(branch.line), items=items, style=style, start=start, delimiter=delimiter, tight=not loose)


def _look_at_numbers(branch: TokenNode, start: int, context: Context) -> None:
    """Report the first item that bears another number than the one written (CommonMark 0.31.2, 5.3)."""
    written = [int(item.token.info or 0) for item in branch.children]
    if len(set(written)) == 1:
        return  # the same number throughout leaves the counting to the program
    for number, (item, own) in enumerate(zip(branch.children, written, strict=True), start):
        if own != number:
            message = f"The item that is written with the number {own} becomes number {number}."
            context.report.add(LIST_NUMBER, item.line, message)
            return


def _code(branch: TokenNode, context: Context) -> CodeBlock:
    info = unescapeAll(branch.token.info.strip())
    attributes = NONE
    syntax = info.split(maxsplit=1)[0] if info else ""
    if info.startswith("{"):
        parsed = parse(info, 0, len(info))
        if parsed and parsed[0] == len(info):
            attributes = parsed[1]
        else:
            message = f"The attributes {quoted(info, 40)} of this code block cannot be read."
            context.report.add(ATTRIBUTES_UNREADABLE, branch.line, message)
        syntax = attributes.classes[0] if attributes.classes else ""
        context.known(branch.line, attributes, classes=attributes.classes[:1])
    return CodeBlock(
        at=context.at(branch.line, attributes), text=branch.token.content.removesuffix("\n"), syntax=syntax
    )


def _definitions(branch: TokenNode, context: Context) -> DefinitionList:
    items: list[DefinitionItem] = []
    for part in branch.children:
        if part.kind == "dt":
            term = Term(at=context.at(part.line), children=read_inlines(part.children[0].token, context))
            items.append(DefinitionItem(at=term.at, terms=(term,), definitions=()))
        else:
            inside = context.nest(read_blocks(part.children, context))
            definition = Definition(at=context.at(part.line), children=inside)
            items[-1] = msgspec.structs.replace(items[-1], definitions=(*items[-1].definitions, definition))
    return DefinitionList(at=context.at(branch.line), items=tuple(items))


def _mark_attribution(branch: TokenNode) -> None:
    """Keep the line end before a last line that begins with a dash and a capital: it is no mere space."""
    paragraph = branch.children[-1] if branch.children else None
    if paragraph is None or paragraph.kind != "paragraph":
        return
    tokens = paragraph.children[0].token.children or []
    for before, after in zip(reversed(tokens[:-1]), reversed(tokens), strict=False):
        if before.type in ("softbreak", "hardbreak"):
            dash = DASH.match(after.content) if after.type == "text" else None
            if dash and not after.content[dash.end() :][:1].islower():
                before.type = "hardbreak"
            return


def _formula(tex: str, line: int, context: Context) -> MathBlock | CodeBlock:
    try:
        return MathBlock(at=context.at(line), mathml=mathml(tex, display=True), tex=tex)
    except FormulaError as error:
        context.report.add(MATH_UNREADABLE, line, f"The formula {quoted(tex)} cannot be read: {error}.")
        return CodeBlock(at=context.at(line), text=tex, syntax="tex")


def _note(branch: TokenNode, context: Context) -> None:
    name = branch.token.info
    if name in context.read_notes:
        context.report.add(NOTE_DUPLICATE, branch.line, f"There is a note [^{name}] already.")
        name = context.free_note_name()
    context.read_notes.add(name)
    children = context.nest(read_blocks(branch.children, context))
    context.notes.append(Note(at=context.at(branch.line), id=name, children=children))
