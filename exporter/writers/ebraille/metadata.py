"""Metadata of the package (eBraille 1.0, 5.3): only what the publication and the transcription say."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import msgspec

from exporter.braille.codes import Code, Grade, braille_language
from exporter.errors import UnavailableError
from exporter.labels import Labels
from exporter.model import Metadata
from exporter.writers.xhtml.accessibility import CLAIMS
from exporter.writers.xhtml.inventory import BookInventory
from exporter.writers.xhtml.package import Meta
from exporter.writers.xhtml.package_metadata import page_source, people, series

FORMAT = "eBraille 1.0"
_COPYRIGHT_YEAR = re.compile(r"(?:©|\(c\)|copyright)\D{0,12}((?:1[5-9]|20)\d\d)", re.IGNORECASE)
_CLAIMED = frozenset({"accessibilityFeature", "accessibilityHazard"})
_VISUAL = frozenset({"displayTransformability", "alternativeText"})
"""Accessibility features of EPUB that say nothing about braille."""


class Transcription(msgspec.Struct, frozen=True):
    """Properties of a transcription that the package states."""

    code: Code
    grade: Grade
    languages: tuple[str, ...]
    """Of the text in print, that of the publication first."""
    systems: tuple[str, ...]
    """Codes and grades, the most used one first."""
    is_complete: bool
    has_eight_dots: bool
    producer: str


def require(metadata: Metadata) -> None:
    """Check that the publication has what eBraille requires and nothing else can tell.

    Raises:
        UnavailableError: It has no date, or neither authors nor a publisher.
    """
    missing = [] if metadata.date else ["date"]
    missing += [] if metadata.creators or metadata.publisher else ["author"]
    if missing:
        names = " and ".join(missing)
        raise UnavailableError(
            f"There is no eBraille edition: eBraille requires metadata that are missing: {names}.",
            advice=f"State the {names} of the publication.",
        )


def identifier(metadata: Metadata, code: Code, grade: Grade) -> str:
    """Return the identifier of the transcription, which is not that of its source (eBraille 1.0, 5.3.3.7)."""
    name = f"{metadata.identifier or metadata.full_title} {code.system_name(grade)}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def describe(
    metadata: Metadata, transcription: Transcription, book: BookInventory, summary: str, *, own_pages: bool
) -> tuple[Meta, ...]:
    """Return the metadata without identifier and modification date.

    Args:
        metadata: Metadata of the publication.
        transcription: Codes, completeness and producer.
        book: Contents of the package.
        summary: The accessibility summary.
        own_pages: Whether its page breaks are the pages of the PDF edition.
    """
    required = (
        Meta("dc:title", metadata.full_title),
        Meta("dc:format", FORMAT),
        *(Meta("dc:language", braille_language(language)) for language in transcription.languages),
        *(people(metadata.authors) if metadata.creators else [Meta("dc:creator", metadata.publisher)]),
        Meta("dc:date", metadata.date.isoformat() if metadata.date else ""),
        _meta("dcterms:dateCopyrighted", copyright_date(metadata)),
        _meta("a11y:brailleCellType", "6, 8" if transcription.has_eight_dots else "6"),
        *(_meta("a11y:brailleSystem", system) for system in transcription.systems),
        _meta("a11y:completeTranscription", str(transcription.is_complete).lower()),
        _meta("a11y:producer", transcription.producer),
        _meta("a11y:tactileGraphics", "none"),
    )
    optional = (
        ("dc:publisher", metadata.publisher),
        ("dc:description", metadata.description),
        ("dc:rights", metadata.rights),
        *(("dc:subject", subject) for subject in metadata.subjects),
    )
    recommended = (Meta(name, value) for name, value in optional if value)
    accessibility = _accessibility(transcription, book, summary)
    pages = page_source(metadata, book, own_pages=own_pages)
    return (*required, *recommended, *_source(metadata), *series(metadata), *accessibility, *pages)


def summarise(transcription: Transcription, book: BookInventory, undescribed: int, labels: Labels) -> str:
    """Return the accessibility summary in the language of the publication."""
    code = labels("braille.code") if labels.complete else transcription.code.system_name(transcription.grade)
    grade = labels(f"braille.{transcription.grade.value}")
    sentences = [labels("braille.summary", code=code, grade=grade)]
    if undescribed:
        sentences.append(labels("epub.summary_undescribed", count=undescribed))
    sentences.append(labels("epub.summary_pages" if book.page_list else "epub.summary_no_pages"))
    return " ".join(sentences)


def copyright_date(metadata: Metadata) -> str:
    """Return the year of the statement of rights, or that of publication."""
    match = _COPYRIGHT_YEAR.search(metadata.rights)
    return match[1] if match else str(metadata.date.year) if metadata.date else ""


def _meta(name: str, value: str) -> Meta:
    return Meta("meta", value, {"property": name})


def _source(metadata: Metadata) -> Iterator[Meta]:
    """Yield the publication of which this is a transcription (eBraille 1.0, 5.3.4.5)."""
    if not metadata.identifier:
        return
    yield Meta("dc:source", metadata.identifier, {"id": "source"})
    if metadata.publisher:
        yield Meta("meta", metadata.publisher, {"property": "dcterms:publisher", "refines": "#source"})
    if metadata.date:
        yield Meta("meta", metadata.date.isoformat(), {"property": "dcterms:date", "refines": "#source"})


def _accessibility(transcription: Transcription, book: BookInventory, text: str) -> Iterator[Meta]:
    """Yield what readers and catalogues look for (EPUB Accessibility 1.1, 3); the text is read by touch."""
    yield _meta("schema:accessMode", "tactile")
    if transcription.is_complete:
        yield _meta("schema:accessModeSufficient", "tactile")
    yield _meta("schema:accessibilityFeature", "braille")
    for claim in CLAIMS:
        if claim.property in _CLAIMED and claim.value not in _VISUAL and claim.holds(book):
            yield _meta(f"schema:{claim.property}", claim.value)
    yield _meta("schema:accessibilitySummary", text)
