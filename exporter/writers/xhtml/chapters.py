"""The publication cut into documents: one for each section of depth 1, and where every identifier then stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from exporter.model import Block, Node, Note, NoteKind, NoteReference, Publication, Section
from exporter.model.walk import walk

NOTES = "notes.xhtml"
"""The document of the endnotes."""


class ContentDocument(msgspec.Struct, frozen=True):
    """One document of the text."""

    name: str
    """File name."""
    matter: str
    """`frontmatter` or `bodymatter` (EPUB Structural Semantics)."""
    section: Section | None
    """None for text that stands before the first heading, or between two."""
    blocks: tuple[Block, ...]
    """The section, or the blocks that stand outside of any."""
    notes: tuple[Note, ...]
    """Footnotes that are referred to here first."""


def split(publication: Publication) -> tuple[ContentDocument, ...]:
    """Return the documents of the text in reading order; a footnote goes with its first reference.

    A footnote that nothing refers to stands at the end of the last document, so that nothing is lost.
    """
    pieces = [
        *_pieces(publication.front, "front", "frontmatter"),
        *_pieces(publication.body, "text", "bodymatter"),
    ]
    if not pieces:
        pieces = [("text-00.xhtml", "bodymatter", ())]
    homes = _homes(publication, [blocks for _, _, blocks in pieces])
    footnotes = [note for note in publication.notes if note.kind is NoteKind.FOOTNOTE]
    return tuple(
        ContentDocument(
            name=name,
            matter=matter,
            section=blocks[0] if blocks and isinstance(blocks[0], Section) else None,
            blocks=blocks,
            notes=tuple(note for note in footnotes if homes[note.id] == index),
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
    # Text before the first heading is number 0, so that chapter 1 is number 1.
    first = 0 if groups and not isinstance(groups[0][0], Section) else 1
    for number, group in enumerate(groups, start=first):
        yield f"{stem}-{number:02}.xhtml", matter, tuple(group)


def _homes(publication: Publication, pieces: list[tuple[Block, ...]]) -> dict[str, int]:
    """Return the index of the document of every note, by `Note.id`."""
    notes = {note.id: note for note in publication.notes}
    homes: dict[str, int] = {}

    def settle(nodes: Iterable[Node], index: int) -> None:
        for node in walk(nodes):
            if isinstance(node, NoteReference) and node.note in notes and node.note not in homes:
                homes[node.note] = index
                # A note may refer to another note.
                settle(notes[node.note].children, index)

    for index, blocks in enumerate(pieces):
        settle(blocks, index)
    return {identifier: homes.get(identifier, len(pieces) - 1) for identifier in notes}


def documents_by_id(
    publication: Publication,
    chapters: Iterable[ContentDocument],
    note_ids: Mapping[str, str],
    references: Mapping[str, list[str]],
) -> dict[str, str]:
    """Return the file in which each identifier stands.

    Args:
        publication: The tree.
        chapters: Its documents.
        note_ids: The identifier of each note in the markup, by `Note.id`.
        references: The identifiers of the references to each note, by `Note.id`, in reading order.
    """
    found: dict[str, str] = {}
    homes: dict[str, str] = {}
    seen: dict[str, int] = {}

    def visit(nodes: Iterable[Node], name: str) -> None:
        for node in walk(nodes):
            if node.at.id:
                found[node.at.id] = name
            if isinstance(node, NoteReference) and node.note in references:
                index = seen[node.note] = seen.get(node.note, -1) + 1
                found[references[node.note][index]] = name

    for chapter in chapters:
        visit(chapter.blocks, chapter.name)
        homes |= {note.id: chapter.name for note in chapter.notes}
    # References are counted through front, body and then the notes in their own order.
    for note in publication.notes:
        name = homes.get(note.id, NOTES)
        found[note_ids[note.id]] = name
        visit((note,), name)
    return found
