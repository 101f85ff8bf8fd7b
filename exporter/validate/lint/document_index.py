"""Index of a publication's nodes by type, built in one walk, so that no rule walks the tree again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar, get_args

from exporter.model import Block, Node, Publication, Source, Text
from exporter.model.walk import children

N = TypeVar("N", bound=Node)
_BLOCKS = get_args(Block)


class IndexedNode(NamedTuple):
    """A node with its context in the tree."""

    node: Node
    language: str
    """BCP 47 tag of the node, its own or inherited; empty if none is stated."""
    source: Source | None
    """Position of the node in the manuscript, or of its nearest ancestor that has one."""
    parent: IndexedNode | None
    """None for the outermost nodes."""

    def is_inside(self, *types: type[Node]) -> bool:
        """Return whether the node has an ancestor of one of these types."""
        ancestor = self.parent
        while ancestor is not None:
            if isinstance(ancestor.node, types):
                return True
            ancestor = ancestor.parent
        return False


def format_lines(nodes: list[IndexedNode]) -> str:
    """Return the lines of several nodes for one message: "line 3", "9 of them, lines 3, 7 ... and more".

    For rules of severity note: one finding for each node would hide the errors.
    """
    lines = [str(indexed.source.line) for indexed in nodes if indexed.source and indexed.source.line]
    shown = ", ".join(lines[:8]) + (" and more" if len(lines) > 8 else "")
    if len(nodes) == 1:
        return f"line {shown}" if shown else "one"
    return f"{len(nodes)} of them, lines {shown}" if shown else f"{len(nodes)} of them"


class DocumentIndex:
    """The nodes of a publication in reading order, by type."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.metadata = publication.metadata
        self.language = publication.metadata.language
        self.metadata_source = publication.metadata.source
        """Position of the metadata in the manuscript."""
        self._by_type: dict[type[Node], list[IndexedNode]] = {}
        for indexed in self._walk(children(publication), None):
            self._by_type.setdefault(type(indexed.node), []).append(indexed)

    def _walk(self, nodes: Iterable[Node], parent: IndexedNode | None) -> Iterator[IndexedNode]:
        language, source = (parent.language, parent.source) if parent else (self.language, self.metadata_source)
        for node in nodes:
            indexed = IndexedNode(node, node.at.language or language, node.at.source or source, parent)
            yield indexed
            if not isinstance(node, Text):
                yield from self._walk(children(node), indexed)

    def all_nodes(self) -> Iterator[IndexedNode]:
        """Yield every node, type by type."""
        for nodes in self._by_type.values():
            yield from nodes

    def sibling_blocks(self) -> Iterator[tuple[Block, ...]]:
        """Yield every sequence of sibling blocks."""
        yield self.publication.front
        yield self.publication.body
        for indexed in self.all_nodes():
            blocks = getattr(indexed.node, "children", ())
            if blocks and isinstance(blocks[0], _BLOCKS):
                yield blocks

    def of_type(self, node_type: type[N]) -> Iterator[tuple[N, IndexedNode]]:
        """Yield the nodes of one type in reading order, each with its context."""
        for indexed in self._by_type.get(node_type, ()):
            assert isinstance(indexed.node, node_type)
            yield indexed.node, indexed
