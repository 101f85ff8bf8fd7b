"""Preformatted text: code blocks and line blocks such as verse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.model import At, CodeBlock, Inline, Line, LineBlock, LineBreak, Text
from exporter.readers.html.inlines.whitespace import trim
from exporter.readers.html.markup.dom import Element

if TYPE_CHECKING:
    from exporter.readers.html.blocks.block_reader import Reader

_SYNTAX = re.compile(r"(?:language|lang|highlight-source|highlight|brush)[-:]\s*([\w+#-]+)|sourcecode\s+(\w+)")
LINE_CLASSES = frozenset({"lines", "line-block", "poem", "verse", "stanza", "wp-block-verse"})
_INDENT = re.compile(r"padding-(?:inline-start|left)\s*:\s*([\d.]{1,6})em")


def read_code(element: Element, at: At) -> CodeBlock:
    """Return a code block, with its syntax by class."""
    for inner in list(element.walk()):
        if inner.tag == "br":
            inner.replace_with("\n")
    text = "".join(element.strings()).removeprefix("\n").rstrip("\n")
    classes = " ".join(node.get("class").lower() for node in (element, *element.elements()))
    match = _SYNTAX.search(f"{classes} {element.parent.get('class') if element.parent else ''}")
    return CodeBlock(at=at, text=text, syntax=(match[1] or match[2] or "") if match else "")


def read_lines(reader: Reader, element: Element, at: At, depth: int) -> LineBlock | None:
    """Return a line block, or None if the element contains other blocks."""
    children = [child for child in element.elements() if "line" in child.classes]
    if children and len(children) == len(list(element.elements())):
        lines = []
        for child in children:
            indent = _INDENT.search(child.get("style"))
            count = round(float(indent[1]) * 2) if indent and indent[1].count(".") < 2 else 0
            lines.append(Line(at=reader.at(child), children=reader.inlines(child, depth + 1), indent=count))
        return LineBlock(at=at, lines=tuple(lines))
    if element.holds_blocks:
        return None
    if element.tag == "pre":
        lines = []
        for text in "".join(element.strings()).strip("\n").split("\n"):
            inlines = (Text(at=At(source=at.source), text=text.strip()),)
            lines.append(Line(at=At(source=at.source), children=inlines, indent=len(text) - len(text.lstrip(" "))))
        return LineBlock(at=at, lines=tuple(lines))
    parts: list[list[Inline]] = [[]]
    for node in reader.untrimmed_inlines(element, depth + 1):
        if isinstance(node, LineBreak):
            parts.append([])
        else:
            parts[-1].append(node)
    return LineBlock(at=at, lines=tuple(Line(at=At(source=at.source), children=trim(part)) for part in parts))
