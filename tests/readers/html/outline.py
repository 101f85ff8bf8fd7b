"""A tree as lines that a person can read and compare: one block a line, inside it what is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporter.contracts import ReadResult
from exporter.model import (
    Abbreviation,
    Aside,
    At,
    Cell,
    Code,
    CodeBlock,
    Cue,
    Decorative,
    DefinitionItem,
    Described,
    Figure,
    Image,
    LineBreak,
    Link,
    List,
    Math,
    MathBlock,
    Metadata,
    Node,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    Text,
    Turn,
)
from exporter.model.walk import children

_MARKS = {
    "Emphasis": "*",
    "Strong": "**",
    "Strikethrough": "~~",
    "Superscript": "^",
    "Subscript": "~",
    "Quotation": '"',
}


def told(read: ReadResult) -> str:
    """Return metadata, tree, notes, pictures inside the page and findings as text."""
    publication = read.publication
    lines = [*_metadata(publication.metadata), ""]
    lines += _blocks(publication.body, 0)
    for note in publication.notes:
        lines += ["", f"[^{note.id}] {note.kind.value}{_at(note.at)}", *_blocks(note.children, 1)]
    if read.media:
        lines += ["", *(f"media {name} {len(data)} bytes" for name, data in read.media.items())]
    if read.findings:
        lines += [""]
        lines += [
            f"! {finding.rule}:{finding.source.line if finding.source else 0} {finding.message}"
            for finding in read.findings
        ]
    return "\n".join(lines) + "\n"


def _metadata(metadata: Metadata) -> Iterator[str]:
    for name in metadata.__struct_fields__:
        value = getattr(metadata, name)
        if value and name not in ("source", "direction"):
            yield f"{name}: {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_value, value))
    if hasattr(value, "__struct_fields__"):
        return " · ".join(str(getattr(value, name)) for name in value.__struct_fields__ if getattr(value, name))
    return str(value)


def _at(at: At) -> str:
    parts = [f"#{at.id}"] if at.id else []
    parts += [f"lang={at.language}"] if at.language else []
    parts += [f"dir={at.direction.value}"] if at.direction else []
    return f" {{{' '.join(parts)}}}" if parts else ""


def _blocks(nodes: Iterable[Node], depth: int) -> list[str]:
    return [line for node in nodes for line in _block(node, depth)]


def _block(node: Node, depth: int) -> list[str]:
    space = "  " * depth
    name, at = type(node).__name__, _at(node.at)
    match node:
        case Section():
            return [f"{space}{'#'} {words(node.title)}{at}", *_blocks(node.children, depth + 1)]
        case Paragraph():
            return [f"{space}{words(node.children)}{at}"]
        case List():
            head = f"{space}{node.style.value} list from {node.start}{'' if node.tight else ', loose'}{at}"
            return [head, *(line for item in node.items for line in _item(item, depth + 1))]
        case Figure():
            images = " ".join(words((image,)) for image in node.images)
            head = f"{space}Figure{at} {images}" + (f" | {words(node.caption)}" if node.caption else "")
            return [
                head,
                *(["  " + space + "description:"] if node.description else []),
                *_blocks(node.description, depth + 2),
            ]
        case Table():
            return _table(node, depth)
        case Quote():
            end = [f"{space}  — {words(node.attribution)}"] if node.attribution else []
            return [f"{space}Quote{at}", *_blocks(node.children, depth + 1), *end]
        case Aside():
            title = f" “{words(node.title)}”" if node.title else ""
            return [f"{space}Aside {node.kind.value}{title}{at}", *_blocks(node.children, depth + 1)]
        case Turn():
            who = node.speaker.name + (f" ({node.speaker.role})" if node.speaker.role else "")
            return [f"{space}{who}:{at}", *_blocks(node.children, depth + 1)]
        case CodeBlock():
            return [f"{space}Code {node.syntax}{at}", *(f"{space}  {line}" for line in node.text.split("\n"))]
        case MathBlock():
            return [f"{space}Formula{at} {node.tex or node.mathml}"]
        case PageBreak():
            return [f"{space}PageBreak {node.label}{at}"]
        case DefinitionItem():
            return _blocks((*node.terms, *node.definitions), depth)
        case Cue():
            return [f"{space}({words(node.children)}){at}"]
    inner = list(children(node))
    if inner and all(type(child).__module__.endswith("inline") for child in inner):
        return [f"{space}{name}{at} {words(inner)}"]
    return [f"{space}{name}{at}", *_blocks(inner, depth + 1)]


def _item(item: Node, depth: int) -> list[str]:
    inside = _blocks(children(item), depth)
    mark = "  " * (depth - 1) + "- "
    first = inside[0][len(mark) :] if inside else ""
    return [f"{mark}{first}{_at(item.at)}", *inside[1:]]


def _table(table: Table, depth: int) -> list[str]:
    space = "  " * depth
    columns = " ".join(
        column.alignment.value + (f" {column.width:.2f}" if column.width else "") for column in table.columns
    )
    lines = [f"{space}Table{_at(table.at)} [{columns}]" + (f" | {words(table.caption)}" if table.caption else "")]
    groups = [("head", table.head), *(("body", body) for body in table.bodies), ("foot", table.foot)]
    for name, rows in groups:
        lines += [f"{space}  {name}: {_row(row)}" for row in rows]
    if table.description:
        lines += [f"{space}  description:", *_blocks(table.description, depth + 2)]
    return lines


def _row(row: Row) -> str:
    return " | ".join(_cell(cell) for cell in row.cells)


def _cell(cell: Cell) -> str:
    spans = (f" {cell.colspan}×{cell.rowspan}") if cell.colspan > 1 or cell.rowspan > 1 else ""
    scope = f"<{cell.scope.value}{spans}>" if cell.scope else (f"<{spans.strip()}>" if spans else "")
    alignment = f" ={cell.alignment.value}" if cell.alignment else ""
    inside = " / ".join(line.strip() for line in _blocks(cell.children, 0))
    return f"{scope}{inside}{alignment}{_at(cell.at)}"


def words(nodes: Iterable[Node]) -> str:
    """Return inlines as one line."""
    return "".join(_inline(node) for node in nodes)


def _inline(node: Node) -> str:
    at = _at(node.at)
    match node:
        case Text():
            return node.text.replace("\u00a0", "⍽") + at
        case Code():
            return f"`{node.text}`{at}"
        case Link():
            return f"[{words(node.children)}]({node.target}){at}"
        case NoteReference():
            return f"[^{node.note}]"
        case Abbreviation():
            return f"[{node.text}={node.expansion}]{at}"
        case Image(source=source, alt=Described(text=text)):
            return f"![{text}]({source}){at}"
        case Image(source=source, alt=Decorative()):
            return f"![decorative]({source}){at}"
        case Image(source=source):
            return f"![undescribed]({source}){at}"
        case Math():
            return f"${node.tex or node.mathml}${at}"
        case LineBreak():
            return " ⏎ "
    mark = _MARKS.get(type(node).__name__)
    inside = words(children(node))
    return f"{mark}{inside}{mark}{at}" if mark else f"[{inside}]{at or '{}'}"
