"""A translation and its original as one tree, side by side: a table with a column for each language.

Each paragraph is in one row with its counterpart; if it has none, a remark says that it is missing. Headings have both
texts. Notes are shared, so that a note has one number in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import msgspec

from exporter import model as m
from exporter.labels import FALLBACK, Labels, own_language_name
from exporter.model.parallel_blocks import SIDE_BY_SIDE, align, length_ratio
from exporter.model.walk import rewrite
from exporter.transforms import apply

_PREFIX = "original"
"""Prefix of the IDs and image names of the original, which may be those of the translation."""

_Row = tuple[m.Blocks, m.Blocks]
"""The blocks of a row; empty on a side where they are missing."""


def combine(
    translation: m.Publication, original: m.Publication, folder: str, labels: tuple[Labels, Labels], slug: str
) -> m.Publication:
    """Return both texts as one publication, with the metadata of the translation.

    Args:
        translation: After the transforms.
        original: After the transforms.
        folder: Name of the folder of the original, for positions in it.
        labels: Labels in the language of the translation, and in that of the original.
        slug: Name of the publication's folder, for identifiers.
    """
    original = _with_own_names(_with_titles(original, labels[1]), folder)
    combiner = _Combiner(translation, original, labels[0])
    combined = m.Publication(
        metadata=translation.metadata,
        front=(combiner.title_of_original(original.metadata), *combiner.blocks(translation.front, original.front)),
        body=combiner.blocks(translation.body, original.body),
        notes=combiner.notes,
        assets=(*translation.assets, *original.assets),
    )
    return apply(rewrite(combined, combiner.with_shared_targets), slug)


def _with_titles(original: m.Publication, labels: Labels) -> m.Publication:
    """Return the original in which boxes that are shown with their kind have it as a title, in its language."""
    at = m.At() if labels.complete else m.At(language=FALLBACK)

    def titled(node: m.Node) -> m.Node:
        if not isinstance(node, m.Aside) or node.title or not node.kind.is_named:
            return node
        return msgspec.structs.replace(
            node, title=(m.Span(children=(m.Text(text=labels(f"asides.{node.kind}")),), at=at),)
        )

    return rewrite(original, titled)


def _with_own_names(original: m.Publication, folder: str) -> m.Publication:
    """Return the original with IDs and names of images that its translation does not have."""

    def renamed(node: m.Node) -> m.Node:
        at = node.at
        if at.id:
            at = msgspec.structs.replace(at, id=f"{_PREFIX}-{at.id}")
        if at.source:
            file = f"../{folder}/{at.source.file}"
            at = msgspec.structs.replace(at, source=msgspec.structs.replace(at.source, file=file))
        node = msgspec.structs.replace(node, at=at)
        match node:
            case m.Link(target=target) if target.startswith("#"):
                return msgspec.structs.replace(node, target=f"#{_PREFIX}-{target[1:]}")
            case m.NoteReference() | m.Note():
                name = "note" if isinstance(node, m.NoteReference) else "id"
                return msgspec.structs.replace(node, **{name: f"{_PREFIX}-{getattr(node, name)}"})
            case m.Image():
                return msgspec.structs.replace(node, source=f"{_PREFIX}/{node.source}")
            case _:
                return node

    assets = tuple(msgspec.structs.replace(asset, name=f"{_PREFIX}/{asset.name}") for asset in original.assets)
    return msgspec.structs.replace(rewrite(original, renamed), assets=assets)


class _Combiner:
    """Combination of two trees.

    Args:
        translation: The translation.
        original: The original, with other IDs.
        labels: Labels in the language of the translation.
    """

    def __init__(self, translation: m.Publication, original: m.Publication, labels: Labels) -> None:
        self._labels = labels
        self._languages = (translation.metadata.language, original.metadata.language)
        self._ratio = length_ratio(translation, original)
        self._tables = 0
        self._replaced: dict[str, str] = {}
        """IDs of sections and notes of the original, with those of the ones that have both languages."""
        self.notes = tuple(self._notes(translation.notes, original.notes))

    def title_of_original(self, metadata: m.Metadata) -> m.Paragraph:
        """Return the title of the original as a paragraph."""
        return m.Paragraph(children=(m.Text(metadata.full_title),), at=m.At(language=metadata.language or None))

    def with_shared_targets(self, node: m.Node) -> m.Node:
        """Return a note reference or link with the ID of the note or section that has both languages."""
        match node:
            case m.NoteReference(note=note) if note in self._replaced:
                return msgspec.structs.replace(node, note=self._replaced[note])
            case m.Link(target=target) if target.startswith("#") and target[1:] in self._replaced:
                return msgspec.structs.replace(node, target=f"#{self._replaced[target[1:]]}")
            case _:
                return node

    def blocks(self, left: Sequence[m.Node], right: Sequence[m.Node]) -> m.Blocks:
        """Return the blocks of both texts: sections and tables under each other, all others side by side."""
        blocks: list[m.Block] = []
        rows: list[_Row] = []
        for pair in align(left, right, self._ratio):
            if any(isinstance(node, m.Section | m.Table) for node in pair):
                blocks += self._table(rows)
                rows = []
                blocks += self._under_each_other(*pair)
            else:
                rows += self._rows(*pair)
        return (*blocks, *self._table(rows))

    def _notes(self, left: Sequence[m.Note], right: Sequence[m.Note]) -> Iterator[m.Note]:
        for pair in align(left, right, self._ratio):
            children = (
                block
                for node, language in zip(pair, self._languages, strict=True)
                for block in (_in_language(node.children, language) if isinstance(node, m.Note) else (self._gap(),))
            )
            note, original = pair.translation or pair.original, pair.original
            assert isinstance(note, m.Note)
            if isinstance(original, m.Note):
                self._replaced[original.id] = note.id
            yield msgspec.structs.replace(note, children=tuple(children))

    def _under_each_other(self, left: m.Node | None, right: m.Node | None) -> Iterator[m.Block]:
        if isinstance(left, m.Section) or isinstance(right, m.Section):
            yield self._section(left, right)
        else:
            for node, language in zip((left, right), self._languages, strict=True):
                yield from _in_language((node,), language) if isinstance(node, m.Table) else (self._gap(),)

    def _section(self, left: m.Node | None, right: m.Node | None) -> m.Section:
        section = left or right
        assert isinstance(section, m.Section)
        if right is not None and right.at.id and section.at.id:
            self._replaced[right.at.id] = section.at.id
        first, second = (
            m.Span(children=node.title, at=m.At(language=language)) if isinstance(node, m.Section) else self._remark()
            for node, language in zip((left, right), self._languages, strict=True)
        )
        return msgspec.structs.replace(
            section, title=(first, m.Text(text=" / "), second), children=self.blocks(_children(left), _children(right))
        )

    def _rows(self, left: m.Node | None, right: m.Node | None) -> Iterator[_Row]:
        """Yield the rows of two counterparts: one, or one for each paragraph of numbered items."""
        if not all(node is None or _is_numbered(node) for node in (left, right)):
            yield _blocks(left), _blocks(right)
            return
        for pair in align(_items(left), _items(right), self._ratio):
            inside = align(_children(pair.translation), _children(pair.original), self._ratio)
            rows = [row for inner in inside for row in self._rows(*inner)]
            lefts, rights = [list(column) for column in zip(*rows, strict=True)] if rows else ([], [])
            _put_number(lefts, left, pair.translation)
            _put_number(rights, right, pair.original)
            yield from zip(lefts, rights, strict=True)

    def _table(self, rows: Sequence[_Row]) -> Iterator[m.Table]:
        if not rows:
            return
        self._tables += 1
        head = (
            m.Cell(children=(self._name(tag),), scope=m.Scope.COLUMN, at=m.At(language=tag)) for tag in self._languages
        )
        body = (m.Row(cells=tuple(map(self._cell, row, self._languages))) for row in rows)
        yield m.Table(
            columns=(m.Column(width=0.5), m.Column(width=0.5)),
            head=(m.Row(cells=tuple(head)),),
            bodies=(tuple(body),),
            at=m.At(id=f"{SIDE_BY_SIDE}-{self._tables}"),
        )

    def _name(self, language: str) -> m.Paragraph:
        name = own_language_name(language) or self._labels.language_name(language)
        return m.Paragraph(children=(m.Text(text=name),))

    def _cell(self, blocks: m.Blocks, language: str) -> m.Cell:
        return m.Cell(children=blocks, at=m.At(language=language)) if blocks else m.Cell(children=(self._gap(),))

    def _gap(self) -> m.Paragraph:
        return m.Paragraph(children=(self._remark(),))

    def _remark(self) -> m.Emphasis:
        """Return the remark that a counterpart is missing, in the language of the labels."""
        at = m.At() if self._labels.complete else m.At(language=FALLBACK)
        return m.Emphasis(children=(m.Text(text=self._labels("common.not_in_this_language")),), at=at)


def _in_language(blocks: m.Blocks, language: str) -> m.Blocks:
    """Return blocks with their language, which is not that of what they are placed in."""
    return tuple(
        msgspec.structs.replace(block, at=msgspec.structs.replace(block.at, language=block.at.language or language))
        for block in blocks
    )


def _is_numbered(node: m.Node) -> bool:
    return isinstance(node, m.List) and node.style is not m.ListStyle.BULLET


def _items(node: m.Node | None) -> tuple[m.ListItem, ...]:
    return node.items if isinstance(node, m.List) else ()


def _children(node: m.Node | None) -> m.Blocks:
    return node.children if isinstance(node, m.Section | m.ListItem) else ()


def _blocks(node: m.Node | None) -> m.Blocks:
    return () if node is None else (cast(m.Block, node),)


def _put_number(column: list[m.Blocks], numbered: m.Node | None, item: m.Node | None) -> None:
    """Place the first blocks of a numbered item in a list with its number."""
    index = next((index for index, blocks in enumerate(column) if blocks), None)
    if index is None or not isinstance(numbered, m.List) or not isinstance(item, m.ListItem):
        return
    position = next(position for position, other in enumerate(numbered.items) if other is item)
    first = msgspec.structs.replace(item, children=column[index])
    column[index] = (msgspec.structs.replace(numbered, items=(first,), start=numbered.start + position),)
