"""Content of checked publications, from the store, and of finished editions, as their formats state it to programs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.errors import DamagedObjectError
from exporter.findings import Finding
from exporter.model import Publication
from exporter.model.serialisation import decode
from exporter.pipeline.registry import discover, load
from exporter.pipeline.storage.store import Store
from exporter.report.groups import Advice
from exporter.report.model import Report

if TYPE_CHECKING:
    from exporter.parity.extraction import Extraction


def stored_publication(digest: str, store: Path) -> Publication | None:
    """Return the tree of a publication by its digest, or None if the store does not contain it any more.

    Args:
        digest: `PublicationOutcome.tree`.
        store: The store of the run.
    """
    data = Store(store).read(digest) if digest else None
    return None if data is None else decode(data)


def stored_image(digest: str, store: Path) -> bytes | None:
    """Return the bytes of an image by `Asset.digest`, or None if the store does not contain it any more."""
    return Store(store).read(digest)


def report_page(report: Report, digest: str, store: Path, advice: Mapping[Finding, Advice]) -> bytes | None:
    """Return a report as a page with other advice; None if the store does not contain its publication any more.

    Args:
        report: The report.
        digest: Of the tree of the publication.
        store: The store of the run.
        advice: What to do where it is read, by finding.
    """
    from exporter.report import html_report
    from exporter.report.thumbnails import make_thumbnails

    tree = stored_publication(digest, store)
    if tree is None:
        return None
    findings = (*report.findings, *(waived.finding for waived in report.waived))
    try:
        thumbnails = make_thumbnails(findings, tree, Store(store).fetch)
    except DamagedObjectError:
        return None
    return html_report.render(report, discover().descriptions, thumbnails=thumbnails, advice=advice)


def edition_content(name: str, file: Path) -> Extraction | None:
    """Return the content of an edition, or None if nothing reads it or it cannot be read.

    Args:
        name: Name of the edition.
        file: Its file.
    """
    state = file.stat()
    return _content(name, file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _content(name: str, file: Path, _changed: int, _size: int) -> Extraction | None:
    where = next((edition.description.extractor for edition in discover().editions if edition.name == name), "")
    if not where:
        return None
    try:
        extraction: Extraction = load(where).extract(file)
    except Exception:  # any error of four libraries on a broken file; the report names it
        return None
    return extraction
