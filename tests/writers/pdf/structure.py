"""What a structure tree and a publication say, kind by kind in reading order, in one form for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from exporter import model as m
from exporter.model.walk import plain_text, walk
from exporter.parity.glyphs import Words

Said = dict[str, list[Any]]


def squashed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def of_file(path: Path) -> Said:
    """Read a file; the list of contents is passed over, and of definition lists only what is in them counts."""
    with pikepdf.open(path) as file:
        reader = _Reader()
        reader.visit(file.Root.StructTreeRoot.K[0], None)
        return reader.said


class _Reader:
    def __init__(self) -> None:
        self.said: Said = defaultdict(list)
        self.words = Words()

    def visit(self, node: Any, page: Any) -> None:
        page = node.get("/Pg", page)
        kind = str(node.S)[1:]
        if kind in {"TOC", "Note"}:
            if kind == "Note":
                self.said["notes"].append(squashed(self.text(node, page, skip={"Lbl"})))
            return
        if kind[0] == "H" and kind[1:].isdigit():
            self.said["headings"].append((int(kind[1:]), squashed(self.text(node, page, skip={"Reference", "Note"}))))
        elif kind == "Table":
            self.said["tables"].append(list(self.rows(node, page)))
        elif kind == "Figure":
            self.said["pictures"].append(str(node.get("/Alt", "")))
        elif kind == "L":
            numbering = next(str(entry.ListNumbering) for entry in node.A if "/ListNumbering" in entry)
            if numbering != "/None":
                self.said["lists"].append((numbering != "/Disc", sum(kid.S == "/LI" for kid in node.K)))
        elif kind == "Formula":
            self.said["formulas"].append(bool(str(node.get("/Alt", ""))))
        if "/E" in node:
            self.said["abbreviations"].append((squashed(self.text(node, page)), str(node.E)))
        if kind == "Span" and "/Lang" in node:
            self.said["languages"].append((squashed(self.text(node, page)), str(node.Lang)))
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.visit(kid, page)
            elif isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                address, name = str(kid.Obj.get("/A", {}).get("/URI", "")), str(kid.Obj.get("/Contents", ""))
                if address and address == name and squashed(self.text(node, page)) not in squashed(name):
                    self.said["links described by their address"].append(address)

    def rows(self, table: Any, page: Any) -> Iterator[list[Any]]:
        for group in _kids(table):
            if group.S in {"/THead", "/TBody", "/TFoot"}:
                yield from self.rows(group, page)
            elif group.S == "/TR":
                yield [self.cell(cell, group.get("/Pg", page)) for cell in _kids(group)]

    def cell(self, cell: Any, page: Any) -> Any:
        values = {key: value for entry in cell.get("/A", []) for key, value in entry.items()}
        scope = str(values.get("/Scope", ""))[1:] if cell.S == "/TH" else ""
        words = squashed(self.text(cell, page, skip={"Reference", "Note", "Figure"}))
        return scope, int(values.get("/RowSpan", 1)), int(values.get("/ColSpan", 1)), words

    def text(self, node: Any, page: Any, skip: frozenset[str] | set[str] = frozenset()) -> str:
        if "/ActualText" in node:
            return str(node.ActualText)
        page = node.get("/Pg", page)
        parts: list[str] = []
        for kid in _kids(node):
            if isinstance(kid, int):
                parts.append(self.words.at(page, kid))
            elif "/S" in kid:
                parts.append("" if str(kid.S)[1:] in skip else self.text(kid, page, skip))
            elif "/MCID" in kid:
                parts.append(self.words.at(kid.get("/Pg", page), int(kid.MCID)))
        return "".join(parts)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def of_tree(publication: m.Publication) -> Said:
    """Give what a file is to say."""
    said: Said = defaultdict(list)
    body = (*publication.front, *publication.body)
    _headings(said, body, 1)
    cover = publication.metadata.cover
    if cover is not None and isinstance(cover.alt, m.Described):
        said["pictures"].append(cover.alt.text)
    referred: list[str] = []
    for node in walk(body):
        match node:
            case m.Table():
                rows = (*node.head, *(row for body in node.bodies for row in body), *node.foot)
                said["tables"].append([[_cell(cell) for cell in row.cells] for row in rows])
            case m.List():
                said["lists"].append((node.style is not m.ListStyle.BULLET, len(node.items)))
            case m.Image(alt=m.Described(text)):
                said["pictures"].append(text)
            case m.Math() | m.MathBlock():
                said["formulas"].append(True)
            case m.Abbreviation(text=text, expansion=expansion) if expansion:
                said["abbreviations"].append((squashed(text), expansion))
            case m.Span(at=m.At(language=language)) if language:
                said["languages"].append((squashed(plain_text(node.children)), language))
            case m.NoteReference(note=name) if name not in referred:
                referred.append(name)
            case _:
                pass
    notes = {note.id: note for note in publication.notes}
    for name in referred:
        said["notes"].append(squashed(plain_text(notes[name].children)))
    return said


def _cell(cell: m.Cell) -> Any:
    scope = "" if cell.scope is None else "Row" if cell.scope.value.startswith("row") else "Column"
    return scope, cell.rowspan, cell.colspan, squashed(plain_text(cell.children))


def _headings(said: Said, blocks: Any, level: int) -> None:
    for block in blocks:
        if isinstance(block, m.Section):
            said["headings"].append((level, squashed(plain_text(block.title))))
            _headings(said, block.children, level + 1)
