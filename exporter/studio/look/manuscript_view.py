"""The text of a manuscript as it was read, passage by passage, with the findings about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from exporter.findings import Finding
from exporter.model import (
    Aside,
    Block,
    Cue,
    Decorative,
    Described,
    Figure,
    Image,
    List,
    ListItem,
    Node,
    Publication,
    Quote,
    Section,
    Source,
    Table,
    Turn,
)
from exporter.model.walk import children, images, plain_text
from exporter.parity.content import comparison_key

_LONGEST = 4_000
"""Characters of a passage that are shown."""


class Passage(msgspec.Struct, frozen=True):
    """A heading, paragraph, picture or table of a manuscript."""

    number: int
    """Its position, from 0."""
    role: str
    """Key of a label: heading, paragraph, item, quote, aside, turn, caption, picture, table, note."""
    text: str
    level: int = 0
    source: Source | None = None
    language: str = ""
    """If it is another than that of the publication."""
    image: str = ""
    """Digest of the bytes of a picture."""
    is_decorative: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table: the texts of its cells."""
    header_rows: int = 0
    findings: tuple[int, ...] = ()
    """Positions of the findings about it among all findings of the check."""

    @property
    def key(self) -> str:
        """The text by which an edition is searched for it."""
        return comparison_key(self.rows[0][0] if self.rows and self.rows[0] else self.text)


def passages(tree: Publication, findings: Sequence[Finding] = ()) -> tuple[Passage, ...]:
    """Return the passages of a manuscript in reading order, each with the findings about it."""
    reader = _Reader(tree)
    all_passages = [msgspec.structs.replace(passage, number=number) for number, passage in enumerate(reader.all())]
    placed: dict[int, list[int]] = {}
    for number, finding in enumerate(findings):
        if finding.source is not None and (at := _passage_of(all_passages, finding)) is not None:
            placed.setdefault(at, []).append(number)
    return tuple(
        msgspec.structs.replace(passage, findings=tuple(placed.get(passage.number, ()))) for passage in all_passages
    )


def _passage_of(all_passages: Sequence[Passage], finding: Finding) -> int | None:
    """Return the passage that a finding is about: that of its source, else the last that begins before it."""
    source = finding.source
    if source is None:
        return None
    same = [passage for passage in all_passages if passage.source == source]
    if finding.rule.startswith("image-") or (finding.details and finding.details.image):
        same = [passage for passage in same if passage.role == "picture"] or same
    if same:
        return same[0].number
    position = source.anchor or source.line
    before = [
        passage
        for passage in all_passages
        if passage.source and 0 < (passage.source.anchor if source.anchor else passage.source.line) <= position
    ]
    return before[-1].number if before and position else None


class _Reader:
    def __init__(self, tree: Publication) -> None:
        self._tree = tree
        self._language = tree.metadata.language
        self._digests = {asset.name: asset.digest for asset in tree.assets}

    def all(self) -> Iterator[Passage]:
        yield from self._blocks((*self._tree.front, *self._tree.body), 1, "paragraph")
        for note in self._tree.notes:
            yield from self._blocks(note.children, 1, "note")

    def _blocks(self, blocks: Sequence[Node], level: int, role: str) -> Iterator[Passage]:
        for block in blocks:
            yield from self._block(block, level, role)

    def _block(self, block: Block | Node, level: int, role: str) -> Iterator[Passage]:
        match block:
            case Section():
                yield self._passage("heading", block, plain_text(block.title), level)
                yield from self._blocks(block.children, level + 1, "paragraph")
            case List():
                yield from self._blocks(block.items, level, "item")
            case ListItem():
                yield from self._blocks(block.children, level, "item")
            case Quote():
                yield from self._blocks(block.children, level, "quote")
            case Aside():
                if block.title:
                    yield self._passage("aside", block, plain_text(block.title))
                yield from self._blocks(block.children, level, "aside")
            case Turn():
                yield self._passage("turn", block, block.speaker.name)
                yield from self._blocks(block.children, level, "paragraph")
            case Figure():
                for image in block.images:
                    yield self._picture(image, block)
                if block.caption:
                    yield self._passage("caption", block, plain_text(block.caption))
                yield from self._blocks(block.description, level, "paragraph")
            case Table():
                if block.caption:
                    yield self._passage("caption", block, plain_text(block.caption))
                yield self._table(block)
            case _ if any(True for _ in _inner_blocks(block)):
                yield from self._blocks(list(_inner_blocks(block)), level, role)
            case _:
                text = plain_text(block)
                if text.strip():
                    yield self._passage("caption" if isinstance(block, Cue) else role, block, text)
                for image in images(block):
                    yield self._picture(image, block)

    def _passage(self, role: str, node: Node, text: str, level: int = 0) -> Passage:
        language = node.at.language if node.at.language != self._language else ""
        return Passage(0, role, text[:_LONGEST], level, node.at.source, language or "")

    def _picture(self, image: Image, around: Node) -> Passage:
        return Passage(
            0,
            "picture",
            image.alt.text if isinstance(image.alt, Described) else "",
            source=image.at.source or around.at.source,
            image=self._digests.get(image.source, ""),
            is_decorative=isinstance(image.alt, Decorative),
        )

    def _table(self, table: Table) -> Passage:
        rows = tuple(tuple(plain_text(cell) for cell in row.cells) for group in table.groups for row in group)
        return Passage(0, "table", "", source=table.at.source, rows=rows, header_rows=len(table.head))


def _inner_blocks(node: Node) -> Iterator[Node]:
    """Yield the blocks in a node that is no paragraph."""
    from exporter.model import Inline

    return (child for child in children(node) if not isinstance(child, Inline))
