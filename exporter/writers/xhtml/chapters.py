"""Division of the publication into documents, one for each section of depth 1, and the document of each identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from exporter.model import Block, Node, Note, NoteKind, NoteReference, Publication, Section
from exporter.model.walk import walk

NOTES = "notes.xhtml"
"""The document of the endnotes."""


class ContentDocument(msgspec.Struct, frozen=True):
    """A document of the text."""

    name: str
    """File name."""
    matter: str
    """`frontmatter` or `bodymatter` (EPUB Structural Semantics)."""
    section: Section | None
    """None for text before the first heading, or between two sections."""
    blocks: tuple[Block, ...]
    """The section, or the blocks outside of sections."""
    notes: tuple[Note, ...]
    """Footnotes whose first reference is here."""


def split(publication: Publication) -> tuple[ContentDocument, ...]:
    """Return the documents of the text in reading order, each with the footnotes whose first reference is in it.

    Footnotes without a reference are at the end of the last document.
    """
    pieces = [
        *_pieces(publication.front, "front", "frontmatter"),
        *_pieces(publication.body, "text", "bodymatter"),
    ]
    if not pieces:
        pieces = [("text-00.xhtml", "bodymatter", ())]
    note_documents = _note_documents(publication, [blocks for _, _, blocks in pieces])
    footnotes = [note for note in publication.notes if note.kind is NoteKind.FOOTNOTE]
    return tuple(
        ContentDocument(
            name=name,
            matter=matter,
            section=blocks[0] if blocks and isinstance(blocks[0], Section) else None,
            blocks=blocks,
            notes=tuple(note for note in footnotes if note_documents[note.id] == index),
        )
        for index, (name, matter, blocks) in enumerate(pieces)
    )


def _pieces(blocks: Iterable[Block], stem: str, matter: str) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    groups: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Section) or not groups or isinstance(groups[-1][0], Section):
            groups.append([block])
        else:
            groups[-1].append(block)
    # Text before the first heading has number 0, so that chapter 1 has number 1.
    first = 0 if groups and not isinstance(groups[0][0], Section) else 1
    for number, group in enumerate(groups, start=first):
        yield f"{stem}-{number:02}.xhtml", matter, tuple(group)


def _note_documents(publication: Publication, pieces: list[tuple[Block, ...]]) -> dict[str, int]:
    """Return the index of the document of every note, by `Note.id`; without a reference it is the last one."""
    notes = {note.id: note for note in publication.notes}
    indexes: dict[str, int] = {}

    for index, blocks in enumerate(pieces):
        waiting: list[Iterable[Node]] = [blocks]
        while waiting:
            for node in walk(waiting.pop()):
                if isinstance(node, NoteReference) and node.note in notes and node.note not in indexes:
                    indexes[node.note] = index
                    # A note may refer to another note.
                    waiting.append(notes[node.note].children)
    return {identifier: indexes.get(identifier, len(pieces) - 1) for identifier in notes}


def documents_by_id(
    publication: Publication,
    chapters: Iterable[ContentDocument],
    note_ids: Mapping[str, str],
    references: Mapping[str, list[str]],
) -> dict[str, str]:
    """Return the file name of the document of each identifier.

    Args:
        publication: The tree.
        chapters: Its documents.
        note_ids: The identifier of each note in the markup, by `Note.id`.
        references: The identifiers of the references to each note, by `Note.id`, in reading order.
    """
    documents: dict[str, str] = {}
    note_documents: dict[str, str] = {}
    counts: dict[str, int] = {}

    def visit(nodes: Iterable[Node], name: str) -> None:
        for node in walk(nodes):
            if node.at.id:
                documents[node.at.id] = name
            if isinstance(node, NoteReference) and node.note in references:
                index = counts[node.note] = counts.get(node.note, -1) + 1
                documents[references[node.note][index]] = name

    for chapter in chapters:
        visit(chapter.blocks, chapter.name)
        note_documents |= {note.id: chapter.name for note in chapter.notes}
    # References are counted in front, body and notes, in this order.
    for note in publication.notes:
        name = note_documents.get(note.id, NOTES)
        documents[note_ids[note.id]] = name
        visit((note,), name)
    return documents
