"""Metadata that an EPUB requires even if the manuscript has none: title, language, date (EPUB 3.3, 5.5.3)."""

from __future__ import annotations

import datetime

import msgspec

from exporter.labels import Labels
from exporter.model import Publication
from exporter.model.walk import headings

UNKNOWN_LANGUAGE = "und"
"""BCP 47 tag of an unknown language; a guess would be read aloud in the wrong voice."""

UNDATED = datetime.date(1980, 1, 1)
"""Date of a publication that has none; a package document must state one (EPUB 3.3, 5.5.6)."""


def complete(publication: Publication, labels: Labels) -> Publication:
    """Return the publication with a title, if need be its subtitle or first heading, and a language, or `und`."""
    metadata = publication.metadata
    if not metadata.title.strip():
        metadata = msgspec.structs.replace(metadata, title=metadata.subtitle, subtitle="")
    titles = (heading.text for heading in headings(publication) if heading.text)
    title = metadata.title.strip() or next(titles, "") or labels("epub.untitled")
    language = metadata.language or UNKNOWN_LANGUAGE
    if (title, language) == (publication.metadata.title, metadata.language):
        return publication
    metadata = msgspec.structs.replace(metadata, title=title, language=language)
    return msgspec.structs.replace(publication, metadata=metadata)
