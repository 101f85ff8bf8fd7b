"""Text whose lines stay as they are: verse, addresses, programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.model import At, CodeBlock, Inline, Line, LineBlock, LineBreak, Text
from exporter.readers.html.dom import Element
from exporter.readers.html.whitespace import trimmed

if TYPE_CHECKING:
    from exporter.readers.html.blocks import Reader

_SYNTAX = re.compile(r"(?:language|lang|highlight-source|highlight|brush)[-:]\s*([\w+#-]+)|sourcecode\s+(\w+)")
NAMES = frozenset({"lines", "line-block", "poem", "verse", "stanza", "wp-block-verse"})
_INDENT = re.compile(r"padding-(?:inline-start|left)\s*:\s*([\d.]{1,6})em")


def code(element: Element, at: At) -> CodeBlock:
    """Return program text; its notation is named by a class."""
    for inner in list(element.walk()):
        if inner.tag == "br":
            inner.swap("\n")
    text = "".join(element.strings()).removeprefix("\n").rstrip("\n")
    named = " ".join(one.get("class").lower() for one in (element, *element.elements()))
    found = _SYNTAX.search(f"{named} {element.parent.get('class') if element.parent else ''}")
    return CodeBlock(at=at, text=text, syntax=(found[1] or found[2] or "") if found else "")


def read_lines(reader: Reader, element: Element, at: At, depth: int) -> LineBlock | None:
    """Return lines that stay as they are; None when the element holds more than lines."""
    own = [one for one in element.elements() if "line" in one.classes]
    if own and len(own) == len(list(element.elements())):
        lines = []
        for one in own:
            indent = _INDENT.search(one.get("style"))
            count = round(float(indent[1]) * 2) if indent and indent[1].count(".") < 2 else 0
            lines.append(Line(at=reader.at(one), children=reader.words(one, depth + 1), indent=count))
        return LineBlock(at=at, lines=tuple(lines))
    if element.holds_blocks:
        return None
    if element.tag == "pre":
        lines = []
        for text in "".join(element.strings()).strip("\n").split("\n"):
            words = (Text(at=At(source=at.source), text=text.strip()),)
            lines.append(Line(at=At(source=at.source), children=words, indent=len(text) - len(text.lstrip(" "))))
        return LineBlock(at=at, lines=tuple(lines))
    parts: list[list[Inline]] = [[]]
    for node in reader.run(element, depth + 1):
        if isinstance(node, LineBreak):
            parts.append([])
        else:
            parts[-1].append(node)
    return LineBlock(at=at, lines=tuple(Line(at=At(source=at.source), children=trimmed(part)) for part in parts))
