"""What other editions want to know about the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from weasyprint import Document


class Pages(msgspec.Struct, frozen=True):
    """Where the text stands on paper."""

    labels: tuple[str, ...]
    """What is printed on each page, in order."""
    nodes: dict[str, int]
    """Index of the page on which a node begins, from 0, by `At.id`."""


def pages(document: Document) -> bytes:
    """Give `Pages` as JSON."""
    nodes: dict[str, int] = {}
    for index, page in enumerate(document.pages):
        for name in page.anchors:
            nodes.setdefault(name, index)
    labels = tuple(str(number) for number in range(1, len(document.pages) + 1))
    return msgspec.json.encode(Pages(labels=labels, nodes=nodes), order="deterministic")
