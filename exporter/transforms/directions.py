"""Base directions by language (HTML `dir`, PDF `WritingMode`, Word `w:bidi`; WCAG 1.3.2)."""

from __future__ import annotations

import msgspec

from exporter.labels import direction_of
from exporter.model import Direction, Node, Publication
from exporter.transforms.traversal import descend


def apply(publication: Publication) -> Publication:
    """Set `At.direction` of nodes whose language has another direction than the inherited one.

    A direction in the manuscript stays. The direction in the metadata is that of the publication's language.
    """
    language = publication.metadata.language
    direction = direction_of(language) if language else publication.metadata.direction
    metadata = msgspec.structs.replace(publication.metadata, direction=direction)
    return descend(msgspec.structs.replace(publication, metadata=metadata), _set_direction, direction)


def _set_direction(node: Node, inherited: Direction) -> tuple[Node, Direction]:
    at = node.at
    if at.direction is None and at.language:
        own = direction_of(at.language)
        if own is not inherited:
            at = msgspec.structs.replace(at, direction=own)
            return msgspec.structs.replace(node, at=at), own
    return node, at.direction or inherited
