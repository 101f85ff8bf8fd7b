"""A generated tree as Word can hold it: what Word has no place for, and each reason, taken out before the way there."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Any

import msgspec

from exporter import model as m
from exporter.labels import direction_of
from exporter.model.walk import plain_text, rewrite, walk
from exporter.transforms.traversal import descend


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x10\x60\xa0" * width) * height
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PICTURES = (
    ("img/a.png", _png(8, 6), "image/png", 8, 6),
    ("img/b.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "image/svg+xml", 9, 9),
)
_WORDS = m.Text(text="words")
_PARAGRAPH = m.Paragraph(children=(_WORDS,))


def held(publication: m.Publication, assets: tuple[m.Asset, ...]) -> m.Publication:
    """Return a publication with these pictures, without what Word cannot hold."""
    notes = tuple({note.id: note for note in publication.notes}.values())
    names = {note.id for note in notes}
    kept = rewrite(msgspec.structs.replace(publication, notes=notes), _held)
    metadata = msgspec.structs.replace(
        kept.metadata, direction=direction_of(kept.metadata.language), translations=(), source=None
    )
    front, body = _sections_last(kept.front), kept.body
    # A note that nothing refers to cannot be in Word.
    marks = [m.Paragraph(children=(_WORDS, m.NoteReference(note=name))) for name in sorted(names)]
    kept = msgspec.structs.replace(
        kept, metadata=metadata, front=front, body=_sections_last((*body, *marks, _PARAGRAPH)), assets=assets
    )
    return descend(kept, _fitting, metadata.language)


def _held(node: m.Node) -> Any:
    # Nothing points at most ids, and a direction that the language does not ask for is a thing of paragraphs.
    node = msgspec.structs.replace(node, at=m.At(language=node.at.language))
    for name in ("children", "description"):
        if blocks := getattr(node, name, ()):
            node = msgspec.structs.replace(node, **{name: _sections_last(blocks)})
    match node:
        case m.NoteReference() | m.PageBreak():
            # Word has no notes on notes, and a page break belongs to the block behind it.
            return ()
        case m.Link() if node.target.startswith("#"):
            return node.children
        case m.Superscript() | m.Subscript() if _within(node, m.Superscript) or _within(node, m.Subscript):
            # Letters stand in one height.
            return node.children
        case m.Link() if _within(node, m.Abbreviation) or _within(node, m.Quotation) or _within(node, m.Code):
            # A run has one character style, and in a link that is Hyperlink.
            return node.children
        case m.Link() if not plain_text(node).strip() or _within(node, m.Link):
            return node.children
        case m.Line():
            # A line ends where a line ends.
            return msgspec.structs.replace(
                node, children=_worded(tuple(each for each in node.children if not _breaks(each)))
            )
        case m.Abbreviation():
            # Two that touch are one when a change of direction parts their letters.
            letters = "".join(filter(str.isalpha, node.text)) or "UN"
            # One short form stands for one thing.
            return (m.Abbreviation(text=letters, expansion=f"{letters} in full"), m.Text(text=", "))
        case m.Paragraph() | m.Cue() | m.Term():
            return msgspec.structs.replace(node, children=_worded(node.children))
        case m.Section():
            return msgspec.structs.replace(node, title=_worded(node.title))
        case m.Aside():
            # The title of a box is told by the style of its words.
            title = (*node.title, _WORDS) if node.title else ()
            return msgspec.structs.replace(node, title=title, children=_begun(node.children))
        case m.Quote():
            attribution = (*node.attribution, _WORDS) if node.attribution else ()
            return msgspec.structs.replace(node, attribution=attribution, children=_begun(node.children))
        case m.Code() | m.CodeBlock():
            syntax = {"syntax": node.syntax.strip()} if isinstance(node, m.CodeBlock) else {}
            return msgspec.structs.replace(node, text=node.text.strip(), **syntax) if node.text.strip() else ()
        case m.Figure():
            return msgspec.structs.replace(node, caption=(*node.caption, _WORDS) if node.caption else ())
        case m.Turn():
            speaker = msgspec.structs.replace(node.speaker, name=node.speaker.name.strip() or "A")
            return msgspec.structs.replace(node, speaker=speaker, children=node.children or (_PARAGRAPH,))
        case m.ListItem() | m.Definition():
            return msgspec.structs.replace(node, children=node.children or (_PARAGRAPH,))
        case m.Note():
            # A note begins with a paragraph, which bears its mark (17.11.10).
            return msgspec.structs.replace(node, children=(_PARAGRAPH, *node.children))
        case m.List() if node.items and not all(isinstance(item.children[0], m.Paragraph) for item in node.items):
            # How close items stand is told by their first paragraphs.
            return msgspec.structs.replace(node, tight=True)
        case m.List():
            return msgspec.structs.replace(node, items=node.items or (m.ListItem(children=(_PARAGRAPH,)),))
        case m.DefinitionItem():
            # Terms without a definition are read as terms of the next one.
            return msgspec.structs.replace(
                node, definitions=node.definitions or (m.Definition(children=(_PARAGRAPH,)),)
            )
        case m.DefinitionList():
            return node if node.items else ()
        case m.Transcript():
            return node if node.turns else ()
        case m.LineBlock():
            return node if node.lines else ()
        case m.Table():
            return _regular(node)
        case _:
            return node


def _sections_last(blocks: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return blocks with the sections behind all others: what follows a heading in Word stands under it.

    Two transcripts, or two lists of definitions, that touch may be read as one.
    """
    out: list[Any] = []
    for block in sorted(blocks, key=lambda block: isinstance(block, m.Section)):
        if out and isinstance(block, m.Transcript | m.DefinitionList) and type(block) is type(out[-1]):
            out.append(_PARAGRAPH)
        out.append(block)
    return tuple(out)


def _begun(blocks: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return blocks that begin with a paragraph: the number of an item that begins with a box stands there."""
    return blocks if blocks and isinstance(blocks[0], m.Paragraph) else (_PARAGRAPH, *blocks)


def _breaks(node: m.Node) -> bool:
    return isinstance(node, m.LineBreak) or _within(node, m.LineBreak)


def _within(node: m.Node, kind: type[m.Node]) -> bool:
    return any(isinstance(inner, kind) for inner in walk(node) if inner is not node)


def _regular(table: m.Table) -> Any:
    """Return a table whose rows all fill its columns; Word has no other. Widths that its words need are not kept."""
    count = len(table.columns)

    def row(row: m.Row) -> m.Row:
        cells = [msgspec.structs.replace(cell, rowspan=1, colspan=1) for cell in row.cells[:count]]
        # What a cell heads is told by the style of its first paragraph.
        cells = [
            msgspec.structs.replace(cell, children=(_PARAGRAPH, *cell.children)) if cell.scope else cell
            for cell in cells
        ]
        return msgspec.structs.replace(row, cells=(*cells, *(m.Cell(children=()) for _ in range(count - len(cells)))))

    bodies = tuple(tuple(map(row, body)) for body in table.bodies if body) or ((row(m.Row(cells=())),),)
    caption = (*table.caption, _WORDS) if table.caption else ()
    table = msgspec.structs.replace(table, caption=caption)
    columns = tuple(msgspec.structs.replace(column, width=None) for column in table.columns)
    return msgspec.structs.replace(
        table, columns=columns, head=tuple(map(row, table.head)), bodies=bodies, foot=tuple(map(row, table.foot))
    )


def _worded(words: tuple[Any, ...]) -> tuple[Any, ...]:
    return words if plain_text(words).strip() else (*words, _WORDS)


_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def _fitting(node: m.Node, language: str) -> tuple[m.Node, str]:
    """Return words in letters that run in the direction of their language: others are in no known language."""
    language = node.at.language or language
    if isinstance(node, m.Abbreviation):
        letters = "ש" * len(node.text) if direction_of(language) is m.Direction.RTL else _RTL.sub("x", node.text)
        node = m.Abbreviation(text=letters, expansion=f"{letters} in full")
    if isinstance(node, m.Text):
        if direction_of(language) is m.Direction.RTL:
            text = "".join("ש" if each.isalpha() and not _RTL.match(each) else each for each in node.text)
        else:
            text = _RTL.sub("x", node.text)
        node = msgspec.structs.replace(node, text=text)
    return node, language
