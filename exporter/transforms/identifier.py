"""A name for the publication that stays the same for ever."""

from __future__ import annotations

import uuid

import msgspec

from exporter.model import Publication


def apply(publication: Publication, slug: str) -> Publication:
    """Return a publication without an identifier `urn:uuid:` and a UUID version 5 (RFC 9562).

    It is made from publisher, slug, date and language alone, so that the same publication gets the same identifier on
    every machine and keeps it when its text or its title is mended.
    """
    metadata = publication.metadata
    if metadata.identifier:
        return publication
    date = metadata.date.isoformat() if metadata.date else ""
    name = "\n".join((metadata.publisher, slug, date, metadata.language))
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, name).urn
    return msgspec.structs.replace(publication, metadata=msgspec.structs.replace(metadata, identifier=identifier))
