"""Metadata that EPUB and eBraille have in common: people, series, the source of page breaks, the date of change."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from exporter.model import AUTHOR, Contributor, Metadata
from exporter.writers.xhtml.inventory import BookInventory
from exporter.writers.xhtml.package import Meta
from exporter.writers.xhtml.required_metadata import UNDATED

NO_PAGE_SOURCE = "none"
"""The source of page breaks that belong to no named edition."""


def people(contributors: tuple[Contributor, ...]) -> Iterator[Meta]:
    """Yield creators and contributors with their roles.

    Reading apps list only creators: without an author, all contributors are creators.
    """
    authored = any(person.role == AUTHOR for person in contributors)
    for number, person in enumerate(contributors, start=1):
        name = "dc:creator" if person.role == AUTHOR or not authored else "dc:contributor"
        yield Meta(name, person.name, {"id": f"person-{number}"})
        yield Meta(
            "meta",
            person.role,
            {"refines": f"#person-{number}", "property": "role", "scheme": "marc:relators"},
        )


def page_source(metadata: Metadata, book: BookInventory, *, own_pages: bool) -> tuple[Meta, ...]:
    """Return where page breaks come from (EPUB Accessibility 1.1, 3.4), or nothing if there are none.

    Args:
        metadata: Metadata of the publication.
        book: Contents of the package.
        own_pages: Whether the page breaks are the pages of the PDF edition.
    """
    if not (book.page_list or book.page_markers):
        return ()
    # A manuscript with page breaks does not name their source.
    source = f"{metadata.identifier} (PDF)" if own_pages else NO_PAGE_SOURCE
    return (Meta("meta", source, {"property": "pageBreakSource"}),)


def modified(metadata: Metadata) -> datetime.datetime:
    """Return the modification date: midnight of the publication date."""
    return datetime.datetime.combine(metadata.date or UNDATED, datetime.time())


def series(metadata: Metadata) -> Iterator[Meta]:
    """Yield the collection to which the publication belongs (EPUB 3.3, D.3.3)."""
    if metadata.series:
        yield Meta("meta", metadata.series, {"property": "belongs-to-collection", "id": "series"})
        yield Meta("meta", "series", {"property": "collection-type", "refines": "#series"})
