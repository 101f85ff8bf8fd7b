"""What a tree says, in a form in which two trees are equal when a reader is told the same.

Word holds all of it but for these points, each with its reason:

- places in the manuscript: the other one has other places
- ids that nothing points at: Word knows bookmarks where links lead; a link is compared by what it leads to
- which of two inlines around the same words is outside, and where one of several alike ends: runs are flat
- Span: what it says (language, direction, id) is compared where it holds, letter by letter
- language of signs and digits: it decides nothing
- direction: where it follows from the language it is not said; Word keeps it for paragraphs, and letters have their own
- TeX of formulas: Office Math has no place for it, and it writes the same formula in other elements
- pictures are scaled and compressed for Word: their names are the same, their bytes are not
- white space at the edges of blocks, and twice in a row
- page breaks before everything else, behind everything else, or two in a row
- an aside without a title, of a kind that needs words: they are made anew
- a heading deeper than nine levels, a list deeper than nine: Word has no more
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from exporter import model as m
from exporter.model.walk import plain_text, walk

_MARKS = {
    m.Emphasis: "emphasis",
    m.Strong: "strong",
    m.Strikethrough: "strike",
    m.Superscript: "superscript",
    m.Subscript: "subscript",
    m.Quotation: "quotation",
}


class _Share(float):
    """A part of a width, which Word keeps in whole units: parts that differ by a hundredth are the same."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float) and abs(self - other) <= 0.01

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return f"{float(self):.3f}"


def told(publication: m.Publication) -> dict[str, Any]:
    """Return all that a publication says as lists, tuples and texts."""
    teller = _Teller(publication)
    metadata = publication.metadata
    return {
        "metadata": {
            name: value.strip() if isinstance(value := getattr(metadata, name), str) else value
            for name in metadata.__struct_fields__
            if name not in ("source", "direction", "cover")
        }
        | {"cover": metadata.cover and (metadata.cover.source, _alt(metadata.cover.alt))},
        "front": teller.blocks(publication.front, metadata.language),
        "body": teller.blocks(publication.body, metadata.language),
        "notes": [
            (note.kind.value, teller.blocks(note.children, teller.within(note, metadata.language)))
            for note in publication.notes
        ],
    }


class _Teller:
    def __init__(self, publication: m.Publication) -> None:
        self.places = {}
        order = list(walk(publication))
        for index, node in enumerate(order):
            if node.at.id:
                self.places.setdefault(node.at.id, _beginning(order, index))
        self.numbers = {note.id: number for number, note in enumerate(publication.notes, 1)}
        for note in publication.notes:
            self.places.setdefault(note.id, plain_text(note)[:30])

    def within(self, node: m.Node, language: str) -> str:
        return node.at.language or language

    def blocks(self, blocks: Iterable[m.Node], language: str) -> list[Any]:
        out = [self.block(block, self.within(block, language)) for block in blocks]
        return [each for each in out if each is not None]

    def block(self, node: Any, language: str) -> Any:
        inlines, blocks = self.inlines, self.blocks
        match node:
            case m.Section():
                return ("section", inlines(node.title, language), blocks(node.children, language))
            case m.Paragraph():
                words = inlines(node.children, language)
                return ("paragraph", words) if words else None
            case m.List():
                items = [blocks(item.children, self.within(item, language)) for item in node.items]
                start = node.start if node.style is not m.ListStyle.BULLET else 1
                delimiter = node.delimiter if node.style is not m.ListStyle.BULLET else m.ListDelimiter.PERIOD
                return ("list", node.style.value, delimiter.value, start, node.tight, items)
            case m.DefinitionList():
                return (
                    "definitions",
                    [
                        (
                            [
                                inlines(term.children, self.within(term, self.within(item, language)))
                                for term in item.terms
                            ],
                            [
                                blocks(each.children, self.within(each, self.within(item, language)))
                                for each in item.definitions
                            ],
                        )
                        for item in node.items
                    ],
                )
            case m.Table():
                groups = {"head": node.head, "foot": node.foot}
                groups |= {f"body {number}": rows for number, rows in enumerate(node.bodies)}
                rows = {
                    name: [
                        [self.cell(cell, node, self.within(cell, self.within(row, language))) for cell in row.cells]
                        for row in rows
                    ]
                    for name, rows in groups.items()
                    if rows
                }
                widths = [_Share(column.width or 0) for column in node.columns]
                return ("table", widths, rows, inlines(node.caption, language), blocks(node.description, language))
            case m.Figure():
                images = [self.inlines([image], language) for image in node.images]
                return ("figure", images, inlines(node.caption, language), blocks(node.description, language))
            case m.Quote():
                return ("quote", blocks(node.children, language), inlines(node.attribution, language))
            case m.Aside():
                return ("aside", node.kind.value, inlines(node.title, language), blocks(node.children, language))
            case m.Transcript():
                return ("transcript", [self.turn(turn, self.within(turn, language)) for turn in node.turns])
            case m.CodeBlock():
                return ("code", node.text.rstrip("\n"), node.syntax)
            case m.MathBlock():
                return ("formula", _letters(node.mathml))
            case m.LineBlock():
                lines = [(line.indent, inlines(line.children, self.within(line, language))) for line in node.lines]
                return ("verse", lines)
            case m.ThematicBreak():
                return ("break",)
            case m.PageBreak():
                return ("page", node.label)
        raise AssertionError(node)

    def cell(self, cell: m.Cell, table: m.Table, language: str) -> Any:
        scope = cell.scope and cell.scope.value
        return (self.blocks(cell.children, language), scope, cell.rowspan, cell.colspan)

    def turn(self, turn: m.Turn | m.Cue, language: str) -> Any:
        if isinstance(turn, m.Cue):
            return ("cue", self.inlines(turn.children, language))
        speaker = turn.speaker
        return (speaker.name.strip(), speaker.role.strip(), speaker.voice, self.blocks(turn.children, language))

    # Inlines, letter by letter

    def inlines(self, nodes: Iterable[m.Node], language: str) -> list[Any]:
        pieces: list[tuple[Any, frozenset[Any]]] = []
        self._flat(nodes, language, frozenset(), pieces)
        out: list[list[Any]] = []
        for what, said in pieces:
            marks = said
            if isinstance(what, str) and not any(map(str.isalpha, what)):
                marks = frozenset(mark for mark in said if not str(mark).startswith("language ") and what.strip())
            if isinstance(what, str) and out and isinstance(out[-1][0], str) and out[-1][1] == marks:
                out[-1][0] += what
            else:
                out.append([what, marks])
        return _trimmed(out)

    def _flat(self, nodes: Iterable[m.Node], language: str, marks: frozenset[Any], out: list[Any]) -> None:
        for node in nodes:
            here = self.within(node, language)
            match node:
                case m.Text(text):
                    for _, letters in itertools.groupby(text, str.isalpha):
                        out.append(("".join(letters), marks | {f"language {here}"}))
                case m.Code(text):
                    out.append((text, marks | {"code"}))
                case m.Abbreviation(text, expansion):
                    out.append((("abbreviation", text, expansion), marks))
                case m.NoteReference():
                    out.append((("note", self.numbers.get(node.note)), frozenset()))
                case m.Image():
                    out.append((("image", node.source, _alt(node.alt)), frozenset()))
                case m.Math():
                    out.append((("formula", _letters(node.mathml)), frozenset()))
                case m.LineBreak():
                    out.append((("line",), frozenset()))
                case m.Link():
                    target = node.target
                    if target.startswith("#"):
                        target = f"→ {self.places.get(target[1:], '')}"
                    self._flat(node.children, here, marks | {f"link {target} {node.title}"}, out)
                case m.Span():
                    self._flat(node.children, here, marks, out)
                case _:
                    self._flat(node.children, here, marks | {_MARKS[type(node)]}, out)


def _alt(alt: m.Alt) -> str:
    return " ".join(alt.text.split()) if isinstance(alt, m.Described) else type(alt).__name__


def _beginning(order: list[m.Node], index: int) -> str:
    """Return the first words from a node on."""
    words = plain_text(order[index]).strip()
    for node in order[index + 1 :]:
        if words:
            break
        words = plain_text(node).strip()
    return words[:30]


def _trimmed(pieces: list[list[Any]]) -> list[Any]:
    for piece in pieces:
        if isinstance(piece[0], str) and "code" not in piece[1]:
            piece[0] = re.sub(r"[ \t\n]+", " ", piece[0])
    while pieces and isinstance(pieces[0][0], str) and not pieces[0][0].strip():
        del pieces[0]
    while pieces and (pieces[-1][0] == ("line",) or (isinstance(pieces[-1][0], str) and not pieces[-1][0].strip())):
        del pieces[-1]
    return [(what, tuple(sorted(map(str, marks)))) for what, marks in pieces]


def _letters(mathml: str) -> str:
    """Return what a formula shows, without the signs that only computers see."""
    root = etree.fromstring(mathml)
    text = "".join(str(part) for part in root.itertext())
    return re.sub(r"[\s\u2061-\u2064]+", "", text).translate(_ALIKE)


_ALIKE = str.maketrans({"¯": "‾", "\u0305": "‾", "\u0304": "‾", "\u0302": "^", "ˆ": "^", "\u20d7": "→", "−": "-"})
