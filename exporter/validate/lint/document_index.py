"""One walk through the publication, so that each rule finds what it looks at without walking again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar, get_args

from exporter.model import Block, Node, Publication, Source, Text
from exporter.model.walk import children

N = TypeVar("N", bound=Node)
_BLOCKS = get_args(Block)


class IndexedNode(NamedTuple):
    """A node where it was met."""

    node: Node
    language: str
    """BCP 47 tag that the node has or inherits; empty when nobody says."""
    source: Source | None
    """Where the node stands, or the nearest node around it that knows."""
    parent: IndexedNode | None
    """None for the outermost nodes."""

    def inside(self, *kinds: type[Node]) -> bool:
        """Return whether a node of one of these kinds stands around this one."""
        around = self.parent
        while around is not None:
            if isinstance(around.node, kinds):
                return True
            around = around.parent
        return False


def lines_of(places: list[IndexedNode]) -> str:
    """Return where places are, in words: "line 3", "9 of them, lines 3, 7 ... and more".

    For notes, which would drown what matters if each place had its own.
    """
    lines = [str(met.source.line) for met in places if met.source and met.source.line]
    shown = ", ".join(lines[:8]) + (" and more" if len(lines) > 8 else "")
    if len(places) == 1:
        return f"line {shown}" if shown else "one"
    return f"{len(places)} of them, lines {shown}" if shown else f"{len(places)} of them"


class DocumentIndex:
    """A publication, walked through once in reading order."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.metadata = publication.metadata
        self.language = publication.metadata.language
        self.place = publication.metadata.source
        """Where the metadata stand."""
        self._met: dict[type[Node], list[IndexedNode]] = {}
        for met in self._walk(children(publication), None):
            self._met.setdefault(type(met.node), []).append(met)

    def _walk(self, nodes: Iterable[Node], parent: IndexedNode | None) -> Iterator[IndexedNode]:
        language, source = (parent.language, parent.source) if parent else (self.language, self.place)
        for node in nodes:
            met = IndexedNode(node, node.at.language or language, node.at.source or source, parent)
            yield met
            if not isinstance(node, Text):
                yield from self._walk(children(node), met)

    def all(self) -> Iterator[IndexedNode]:
        """Yield every node, kind by kind."""
        for met in self._met.values():
            yield from met

    def siblings(self) -> Iterator[tuple[Block, ...]]:
        """Yield the blocks of every place that holds blocks, those of one place together."""
        yield self.publication.front
        yield self.publication.body
        for met in self.all():
            inside = getattr(met.node, "children", ())
            if inside and isinstance(inside[0], _BLOCKS):
                yield inside

    def of(self, kind: type[N]) -> Iterator[tuple[N, IndexedNode]]:
        """Yield the nodes of one kind in reading order, each with where it was met."""
        for met in self._met.get(kind, ()):
            assert isinstance(met.node, kind)
            yield met.node, met
