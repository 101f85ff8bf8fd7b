"""Trees as short lines, for tests to compare."""

from __future__ import annotations

from exporter import model as m
from exporter.contracts import ReadResult
from exporter.model.walk import plain_text


def blocks(read: ReadResult) -> list[str]:
    """Return the body as lines, two blanks for each block around."""
    return list(_lines(read.publication.body, 0))


def front(read: ReadResult) -> list[str]:
    """Return the front matter as lines."""
    return list(_lines(read.publication.front, 0))


def rules(read: ReadResult) -> list[str]:
    """Return the rules that were broken."""
    return [finding.rule for finding in read.findings]


def words(nodes: tuple[m.Node, ...]) -> str:
    """Return inlines as text with marks."""
    return "".join(map(_inline, nodes))


def _inline(node: m.Node) -> str:
    inner = words(getattr(node, "children", ()))
    made = {
        m.Text: lambda: node.text,
        m.Code: lambda: f"`{node.text}`",
        m.Emphasis: lambda: f"*{inner}*",
        m.Strong: lambda: f"**{inner}**",
        m.Strikethrough: lambda: f"~~{inner}~~",
        m.Superscript: lambda: f"^{inner}^",
        m.Subscript: lambda: f"~{inner}~",
        m.Span: lambda: f"[{inner}]",
        m.Link: lambda: f"[{inner}]({node.target})",
        m.NoteReference: lambda: f"<{node.note}>",
        m.Image: lambda: f"!{node.alt.text if isinstance(node.alt, m.Described) else type(node.alt).__name__}!",
        m.Math: lambda: "$" + plain_math(node.mathml) + "$",
        m.LineBreak: lambda: "/",
    }[type(node)]()
    at = node.at
    said = " ".join(filter(None, (at.id and f"#{at.id}", at.language, at.direction and at.direction.value)))
    return f"{made}{{{said}}}" if said else made


def plain_math(mathml: str) -> str:
    from lxml import etree

    return "".join(map(str, etree.fromstring(mathml).itertext()))


def _lines(nodes: tuple[m.Node, ...], depth: int):
    for node in nodes:
        at = node.at
        said = "".join(
            f" {part}" for part in (at.id and f"#{at.id}", at.language, at.direction and at.direction.value) if part
        )
        before = "  " * depth
        match node:
            case m.Section():
                yield f"{before}# {words(node.title)}{said}"
                yield from _lines(node.children, depth + 1)
            case m.Paragraph():
                yield f"{before}{words(node.children)}{said}"
            case m.List():
                yield f"{before}list {node.style.value} {node.start}{said}"
                for item in node.items:
                    yield f"{before}  -"
                    yield from _lines(item.children, depth + 2)
            case m.DefinitionList():
                for entry in node.items:
                    yield before + " / ".join(words(term.children) for term in entry.terms) + ":"
                    for definition in entry.definitions:
                        yield f"{before}  :"
                        yield from _lines(definition.children, depth + 2)
            case m.Table():
                yield f"{before}table {words(node.caption)}{said}"
                for name, rows in (("head", node.head), *(("body", body) for body in node.bodies), ("foot", node.foot)):
                    for row in rows:
                        cells = " | ".join(map(_cell, row.cells))
                        yield f"{before}  {name}: {cells}"
                if node.description:
                    yield f"{before}  description"
                    yield from _lines(node.description, depth + 2)
            case m.Figure():
                yield f"{before}figure {' '.join(map(_inline, node.images))} {words(node.caption)}{said}"
                yield from _lines(node.description, depth + 1)
            case m.Quote():
                yield f"{before}quote {words(node.attribution)}{said}"
                yield from _lines(node.children, depth + 1)
            case m.Aside():
                yield f"{before}{node.kind.value} {words(node.title)}{said}"
                yield from _lines(node.children, depth + 1)
            case m.Transcript():
                yield f"{before}transcript"
                for turn in node.turns:
                    if isinstance(turn, m.Cue):
                        yield f"{before}  cue {words(turn.children)}"
                    else:
                        yield f"{before}  {turn.speaker.name} ({turn.speaker.role})"
                        yield from _lines(turn.children, depth + 2)
            case m.CodeBlock():
                yield f"{before}code {node.text!r}"
            case m.MathBlock():
                yield f"{before}formula {plain_math(node.mathml)}"
            case m.LineBlock():
                yield f"{before}verse " + " / ".join(f"{line.indent}:{words(line.children)}" for line in node.lines)
            case m.ThematicBreak():
                yield f"{before}break"
            case m.PageBreak():
                yield f"{before}page"


def _cell(cell: m.Cell) -> str:
    spans = "".join(f" {letter}{count}" for letter, count in (("r", cell.rowspan), ("c", cell.colspan)) if count > 1)
    return f"{plain_text(cell)}{' ' + cell.scope.value if cell.scope else ''}{spans}"
