"""Metadata: the identifier, each subject once, and base directions (HTML `dir`, Word `w:bidi`; WCAG 1.3.2)."""

from __future__ import annotations

import uuid

import msgspec

from exporter import model as m
from exporter.labels import direction_of
from exporter.transforms.traversal import descend


def set_identifier(publication: m.Publication, slug: str) -> m.Publication:
    """Set the identifier of a publication without one to `urn:uuid:` and a UUID version 5 (RFC 9562).

    It is derived only from publisher, slug, date and language, so that it is the same on every machine and does not
    change with the text or the title.
    """
    metadata = publication.metadata
    if metadata.identifier:
        return publication
    date = metadata.date.isoformat() if metadata.date else ""
    name = "\n".join((metadata.publisher, slug, date, metadata.language))
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, name).urn
    return msgspec.structs.replace(publication, metadata=msgspec.structs.replace(metadata, identifier=identifier))


def clean_subjects(publication: m.Publication) -> m.Publication:
    """Return a publication with each visible subject once: some formats can have none twice, and none that is empty."""
    metadata = publication.metadata
    subjects = tuple(dict.fromkeys(subject for subject in metadata.subjects if _is_visible(subject)))
    return msgspec.structs.replace(publication, metadata=msgspec.structs.replace(metadata, subjects=subjects))


def _is_visible(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def set_directions(publication: m.Publication) -> m.Publication:
    """Set `At.direction` of nodes whose language has another direction than the inherited one.

    A direction in the manuscript stays. The direction in the metadata is that of the publication's language.
    """
    language = publication.metadata.language
    direction = direction_of(language) if language else publication.metadata.direction
    metadata = msgspec.structs.replace(publication.metadata, direction=direction)
    return descend(msgspec.structs.replace(publication, metadata=metadata), _set_direction, direction)


def _set_direction(node: m.Node, inherited: m.Direction) -> tuple[m.Node, m.Direction]:
    at = node.at
    if at.direction is None and at.language:
        own = direction_of(at.language)
        if own is not inherited:
            at = msgspec.structs.replace(at, direction=own)
            return msgspec.structs.replace(node, at=at), own
    return node, at.direction or inherited
