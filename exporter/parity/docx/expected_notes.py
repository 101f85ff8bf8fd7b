"""Expected notes of a publication, as far as Word can represent them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from exporter import model as m
from exporter.model.walk import plain_text, rewrite, walk

STYLED = (m.Emphasis, m.Strong, m.Strikethrough, m.Superscript, m.Subscript, m.Span)
_Styled = m.Emphasis | m.Strong | m.Strikethrough | m.Superscript | m.Subscript | m.Span


def with_notes(publication: m.Publication) -> m.Publication:
    """Return the publication with the notes that the text refers to, in the order of the references.

    A note is written at its first reference; a note that it refers to in turn is written in brackets, unless it has
    been written before.
    """
    notes = _ReferencedNotes(publication)
    body = notes.collect((*publication.front, *publication.body))
    front = len(publication.front)
    return msgspec.structs.replace(
        publication, front=body[:front], body=body[front:], notes=tuple(notes.written.values())
    )


class _ReferencedNotes:
    def __init__(self, publication: m.Publication) -> None:
        self._notes = {note.id: note for note in publication.notes}
        self.written: dict[str, m.Note] = {}
        self._language = publication.metadata.language
        self._bracketed: dict[int, m.Text] = {}
        """Texts of notes in other notes, by their identities."""

    def collect(self, blocks: m.Blocks) -> m.Blocks:
        for node in walk(blocks):
            if isinstance(node, m.NoteReference) and node.note in self._notes and node.note not in self.written:
                note = self._notes[node.note]
                self.written[node.note] = note
                children = rewrite(m.Publication(m.Metadata(), body=note.children), self._with_brackets).body
                self.written[node.note] = msgspec.structs.replace(note, children=children)
        return blocks

    def _with_brackets(self, node: m.Node) -> m.Node | tuple[m.Node, ...]:
        match node:
            case m.NoteReference() if node.note in self._notes and node.note not in self.written:
                note = self._notes[node.note]
                language = note.at.language or self._language
                text = m.Text(f" [{plain_text(note.children)}]", at=m.At(language=language))
                self._bracketed[id(text)] = text  # kept, so that no other node gets its identity
                return text
            case _ if isinstance(node, STYLED) and any(map(self._has_bracketed, node.children)):
                return tuple(self._divided(node))
            case _:
                return node

    def _divided(self, node: _Styled) -> Iterator[m.Inline]:
        """Yield a node in the parts between texts in brackets, which have no style but that of their quotation."""
        for has_bracketed, group in groupby(node.children, self._has_bracketed):
            if not has_bracketed:
                yield msgspec.structs.replace(node, children=tuple(group))
                continue
            for child in group:
                if isinstance(child, m.Quotation | m.Link):
                    outer, own = node.at, child.at
                    at = msgspec.structs.replace(
                        own, language=own.language or outer.language, direction=own.direction or outer.direction
                    )
                    inner = msgspec.structs.replace(node, children=child.children, at=m.At(id=outer.id))
                    yield msgspec.structs.replace(child, children=tuple(self._divided(inner)), at=at)
                else:
                    yield child

    def _has_bracketed(self, node: m.Inline) -> bool:
        """Return whether a node is a text in brackets, or a quotation or link that contains one."""
        return id(node) in self._bracketed or (
            isinstance(node, m.Quotation | m.Link) and any(map(self._has_bracketed, node.children))
        )
