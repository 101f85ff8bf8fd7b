"""Package metadata: Dublin Core from the publication, accessibility from the contents of the book."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.labels import Labels
from exporter.model import Metadata
from exporter.writers.xhtml.accessibility import CLAIMS, certified, summary
from exporter.writers.xhtml.inventory import BookInventory
from exporter.writers.xhtml.package import Meta
from exporter.writers.xhtml.package_metadata import page_source, people, series

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""Conformance that a certifier confirms (EPUB Accessibility 1.1, 4.2; the string of 1.2 will differ)."""


def describe(
    metadata: Metadata,
    book: BookInventory,
    labels: Labels,
    *,
    language: str,
    own_pages: bool = False,
    certifier_report: str = "",
) -> tuple[Meta, ...]:
    """Return the package metadata without identifier and modification date.

    Args:
        metadata: Metadata of the publication.
        book: Contents of the book.
        labels: Labels in its language.
        language: BCP 47 tag of the book.
        own_pages: Whether its page breaks are the pages of the PDF edition.
        certifier_report: Web address of the results of its checks; empty if it is unknown.
    """
    pages = page_source(metadata, book, own_pages=own_pages)
    claims = _accessibility(metadata, book, labels, certifier_report)
    return (*_dublin_core(metadata, language), *series(metadata), *claims, *pages)


def _dublin_core(metadata: Metadata, language: str) -> Iterator[Meta]:
    yield Meta("dc:title", metadata.full_title)
    yield Meta("dc:language", language)
    yield from people(metadata.authors)
    optional = (
        ("dc:publisher", metadata.publisher),
        ("dc:date", metadata.date.isoformat() if metadata.date else ""),
        ("dc:description", metadata.description),
        *(("dc:subject", subject) for subject in metadata.subjects),
        ("dc:rights", metadata.rights),
    )
    yield from (Meta(name, value) for name, value in optional if value)


def _accessibility(metadata: Metadata, book: BookInventory, labels: Labels, certifier_report: str) -> Iterator[Meta]:
    for claim in CLAIMS:
        if claim.holds(book):
            yield Meta("meta", claim.value, {"property": f"schema:{claim.property}"})
    yield Meta("meta", summary(metadata, book, labels), {"property": "schema:accessibilitySummary"})
    if certified(metadata, book):
        yield Meta("meta", CONFORMANCE, {"property": "dcterms:conformsTo"})
        yield Meta("meta", metadata.certifier, {"property": "a11y:certifiedBy"})
        if certifier_report:
            yield Meta("link", "", {"rel": "a11y:certifierReport", "href": certifier_report})
