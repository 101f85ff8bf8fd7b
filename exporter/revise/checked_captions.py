"""Captions checked by reading the result: each belongs to its figure or table, and no other has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exporter import model as m
from exporter.model.walk import plain_text, walk
from exporter.revise.changes import CaptionParagraph, Change, FigureCaption, TableCaption
from exporter.revise.places import Place, image_keys, position, table_keys

_Caption = TableCaption | FigureCaption | CaptionParagraph


def wrong_captions(before: m.Publication, after: m.Publication, changes: Sequence[Change]) -> list[Change]:
    """Return the changes of captions that their figures or tables have not got; if all have, and others too, all."""
    old, new = ([node for node in walk(tree) if isinstance(node, m.Table | m.Figure)] for tree in (before, after))
    captions = [change for change in changes if isinstance(change, _Caption)]
    if len(old) != len(new):
        return list(captions)
    changed = {index for index, block in enumerate(old) if plain_text(block.caption) != plain_text(new[index].caption)}
    possible = {change: [n for n in _owners(before, old, change) if _may_have(old[n], change)] for change in captions}
    owners = {change: max(changed.intersection(numbers), default=None) for change, numbers in possible.items()}
    without: list[Change] = [
        change
        for change, owner in owners.items()
        if owner is None or " ".join(plain_text(new[owner].caption).split()) not in _texts(before, change)
    ]
    return without or (list(owners) if changed - set(owners.values()) else [])


def _texts(publication: m.Publication, change: _Caption) -> set[str]:
    """Return the words of a caption: of a paragraph, what is written at its place."""
    if not isinstance(change, CaptionParagraph):
        return {" ".join(change.text.split())}
    paragraphs = (node for node in walk(publication) if isinstance(node, m.Paragraph) and node.at.source)
    at = position(change.source)
    return {
        " ".join(plain_text(node).split()) for node in paragraphs if node.at.source and position(node.at.source) == at
    }


def _owners(
    publication: m.Publication,
    blocks: Sequence[m.Table | m.Figure],
    change: _Caption,
) -> list[int]:
    """Return the positions of the figures and tables that a caption may be of: several only for a paragraph."""
    if isinstance(change, CaptionParagraph):
        at = position(change.owner)
        return [n for n, block in enumerate(blocks) if block.at.source and position(block.at.source) == at]
    if isinstance(change, FigureCaption):
        image = _at(image_keys(publication), change)
        figures = ((n, block) for n, block in enumerate(blocks) if isinstance(block, m.Figure))
        return [n for n, figure in figures if any(other is image for other in figure.images)]
    table = _at(table_keys(publication), change)
    return [n for n, block in enumerate(blocks) if block is table]


def _may_have(block: m.Table | m.Figure, change: _Caption) -> bool:
    """Return whether a block has the caption that a change replaces, or none if it replaces none."""
    old = "" if isinstance(change, CaptionParagraph) else change.old
    return (plain_text(block.caption) != "") == (old != "")


def adds_second_caption(publication: m.Publication, change: Change) -> bool:
    """Return whether a change adds a caption to what has one."""
    if not isinstance(change, _Caption) or (not isinstance(change, CaptionParagraph) and change.old):
        return False
    blocks = [node for node in walk(publication) if isinstance(node, m.Table | m.Figure)]
    owners = _owners(publication, blocks, change)
    return bool(owners) and not any(_may_have(blocks[n], change) for n in owners)


def _at(keys: Iterable[tuple[m.Node, Place]], change: TableCaption | FigureCaption) -> m.Node | None:
    """Return the image or table of a change."""
    key = (position(change.source), change.index)
    return next((node for node, other in keys if other == key), None)
