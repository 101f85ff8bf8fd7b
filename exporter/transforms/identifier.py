"""Persistent identifiers of publications."""

from __future__ import annotations

import uuid

import msgspec

from exporter.model import Publication


def apply(publication: Publication, slug: str) -> Publication:
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
