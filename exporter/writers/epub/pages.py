"""The pages of our own PDF as page breaks of the EPUB, so that readers of both can meet on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from exporter.model import Aside, Block, PageBreak, Publication, Quote, Section
from exporter.model.walk import walk

FACT = "pdf.pages"
"""The side fact of the PDF edition that says where pages begin."""


class Mark(msgspec.Struct, frozen=True):
    """The beginning of a page."""

    id: str
    """Identifier in the markup, unique in the book."""
    label: str
    """What is printed on the page."""


class _Pages(msgspec.Struct, frozen=True):
    labels: tuple[str, ...]
    nodes: Mapping[str, int]


def marks(publication: Publication, facts: Mapping[str, bytes]) -> dict[str, Mark]:
    """Give the page that begins at a block, by the block's `At.id`.

    A page that begins inside a paragraph, a list or a table is marked before the next block that begins on it; one on
    which no block begins has no mark. Pages that the manuscript marks itself, those of a printed original, leave no
    room for ours.
    """
    data = facts.get(FACT)
    if data is None or any(isinstance(node, PageBreak) and node.label for node in walk(publication)):
        return {}
    pages = msgspec.json.decode(data, type=_Pages)
    taken = {node.at.id for node in walk(publication)}
    found: dict[str, Mark] = {}
    current = -1
    for block in _blocks((*publication.front, *publication.body)):
        page = pages.nodes.get(block.at.id or "", -1)
        if block.at.id and page > current:
            current = page
            name = f"page-{page + 1}"
            while name in taken:
                name = f"pdf-{name}"
            found[block.at.id] = Mark(name, pages.labels[page])
    return found


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks before which a mark may stand, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Section | Quote | Aside):
            yield from _blocks(block.children)
