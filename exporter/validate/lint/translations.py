"""Comparison of a translation with its original: what has no counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from exporter import model as m
from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model.list_numbers import item_number
from exporter.model.parallel_blocks import align, length_ratio
from exporter.model.walk import plain_text, walk

MISSING = Rule(
    id="translation-missing",
    severity=Severity.WARNING,
    sentence="A translation has the headings, paragraphs, figures, tables and notes of its original.",
    advice="Translate it, or leave it out of the original too.",
)

RULES = (MISSING,)

_NAMES = {m.Section: "heading", m.Figure: "figure", m.Table: "table", m.Note: "note"}
"""Names of what is counted."""


class _Part(NamedTuple):
    """A part of the original: its name and number, and its position in the manuscript."""

    name: str
    where: str


def compare(translation: m.Publication, original: m.Publication, folder: str) -> Iterator[Finding]:
    """Yield a finding for each part of the original that the translation does not have.

    Args:
        translation: The translation, after the transforms.
        original: The original, after the transforms.
        folder: Name of the folder of the original, for its positions.
    """
    comparison = _Comparison(translation, original, folder)
    yield from comparison.blocks(translation.front, original.front)
    yield from comparison.blocks(translation.body, original.body)
    yield from comparison.blocks(translation.notes, original.notes)


class _Comparison:
    """Comparison of two trees; keeps the position in the translation.

    Args:
        translation: The translation.
        original: The original.
        folder: Name of the folder of the original.
    """

    def __init__(self, translation: m.Publication, original: m.Publication, folder: str) -> None:
        self._folder = folder
        self._last = translation.metadata.source
        self._ratio = length_ratio(translation, original)
        self._numbers = _count(original)

    def blocks(self, translation: Sequence[m.Node], original: Sequence[m.Node]) -> Iterator[Finding]:
        """Compare blocks that contain nothing else, or the children of two counterparts."""
        for pair in align(translation, original, self._ratio):
            if pair.translation is None:
                assert pair.original is not None
                yield self._finding(pair.original)
                continue
            self._last = pair.translation.at.source or self._last
            if pair.original is not None:
                yield from self._inside(pair.translation, pair.original)

    def _inside(self, translation: m.Node, original: m.Node) -> Iterator[Finding]:
        match translation, original:
            case m.Table(), m.Table():
                yield from self._table(translation, original)
            case m.Figure(), m.Figure():
                yield from self._figure(translation, original)
            case m.List(items=left), m.List(items=right):
                yield from self.blocks(left, right)
            case m.DefinitionList(items=left), m.DefinitionList(items=right):
                yield from self.blocks(left, right)
            case m.Transcript(turns=left), m.Transcript(turns=right):
                yield from self.blocks(left, right)
            case (m.Section() | m.ListItem() | m.Quote() | m.Aside() | m.Turn() | m.Note(), _) if type(
                translation
            ) is type(original):
                yield from self.blocks(translation.children, original.children)
            case _:
                pass

    def _table(self, translation: m.Table, original: m.Table) -> Iterator[Finding]:
        for name, left, right in (
            ("rows", _rows(translation), _rows(original)),
            ("columns", len(translation.columns), len(original.columns)),
            ("cells with text", _filled_cells(translation), _filled_cells(original)),
        ):
            if left < right:
                part = self._part(original)
                message = f"The table has {left} {name}; {part.name} of the original has {right} ({part.where})."
                yield MISSING.finding(message, self._last, advice="Compare the two tables.")
                break
        yield from self._parts(translation, original)

    def _figure(self, translation: m.Figure, original: m.Figure) -> Iterator[Finding]:
        if len(translation.images) < len(original.images):
            part = self._part(original)
            message = (
                f"The figure has {len(translation.images)} images; {part.name} of the original has "
                f"{len(original.images)} ({part.where})."
            )
            yield MISSING.finding(message, self._last)
        yield from self._parts(translation, original)

    def _parts(self, translation: m.Table | m.Figure, original: m.Table | m.Figure) -> Iterator[Finding]:
        for name in ("caption", "description"):
            if getattr(original, name) and not getattr(translation, name):
                part = self._part(original)
                message = f"Missing in the translation: the {name} of {part.name} ({part.where})."
                yield MISSING.finding(message, self._last)

    def _finding(self, original: m.Node) -> Finding:
        part = self._part(original)
        message = f"Missing in the translation: {part.name} of the original ({part.where})."
        return MISSING.finding(f"{message} It belongs after this place.", self._last)

    def _part(self, node: m.Node) -> _Part:
        text = plain_text(_title(node))
        source = next((inner.at.source for inner in walk(node) if inner.at.source), None)
        where = msgspec.structs.replace(source, file=f"{self._folder}/{source.file}") if source else self._folder
        number = self._numbers.get(id(node), "")
        name = next((name for kind, name in _NAMES.items() if isinstance(node, kind)), "paragraph")
        return _Part(" ".join(filter(None, (name, number, quoted(text) if text else ""))), str(where))


def _title(node: m.Node) -> m.Node | m.Inlines:
    """Return what a part is recognised by."""
    match node:
        case m.Section():
            return node.title
        case m.Table() | m.Figure():
            return node.caption
        case _:
            return node


def _rows(table: m.Table) -> int:
    return sum(map(len, table.groups))


def _filled_cells(table: m.Table) -> int:
    cells = (cell for group in table.groups for row in group for cell in row.cells)
    return sum(bool(plain_text(cell)) for cell in cells)


def _count(publication: m.Publication) -> dict[int, str]:
    """Return the numbers of headings, figures, tables, notes and numbered paragraphs, by the identity of the node."""
    numbers: dict[int, str] = {}
    counts: Counter[type[m.Node]] = Counter()
    for node in walk(publication):
        if type(node) in _NAMES:
            counts[type(node)] += 1
            numbers[id(node)] = str(counts[type(node)])
        elif isinstance(node, m.List) and node.style is not m.ListStyle.BULLET:
            numbers |= {id(item): item_number(node, index) for index, item in enumerate(node.items)}
    return numbers
