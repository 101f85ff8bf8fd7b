"""Addresses of the pages beside an edition: the page of its publication, the catalogue, and related publications."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urljoin

from exporter.contracts import EditionKind, PageLinks
from exporter.model.addresses import is_web
from exporter.pipeline.context import PublicationRun
from exporter.site.entry import CONFORMANCE, ENTRY, PAGE
from exporter.site.settings import site_settings

_WITH_LINKS = (EditionKind.WEB, EditionKind.PDF, EditionKind.PRINT, EditionKind.EPUB)


def page_links(publication: PublicationRun) -> PageLinks:
    """Return the addresses; none for a file that is written alone.

    They are complete if the publisher settings state the address of the output folder, so that they also lead there
    from a file that was passed on. Otherwise they are relative to the folder of the publication.

    Raises:
        SettingsError: The publisher settings are invalid.
    """
    context = publication.context
    prepared = publication.result("prepare")
    if context.output is None or prepared is None:
        return PageLinks()
    address = site_settings(context.publisher_settings).address
    base = address or "../"
    page = f"{base}{quote(publication.manuscript.slug)}/{PAGE}" if address else PAGE
    others = {slug: f"{base}{quote(slug)}/{PAGE}" for slug in published(publication, prepared.info.get("related", ()))}
    return PageLinks(page, f"{base}{PAGE}", others, urljoin(page, CONFORMANCE))


def links_of_edition(publication: PublicationRun, kind: EditionKind) -> PageLinks:
    """Return the addresses that an edition contains: except in web pages, only those on the web of its publication.

    Raises:
        SettingsError: The publisher settings are invalid.
    """
    links = page_links(publication) if kind in _WITH_LINKS else PageLinks()
    if kind is EditionKind.WEB:
        return links
    return PageLinks(links.page, conformance=links.conformance) if is_web(links.page) else PageLinks()


def published(publication: PublicationRun, slugs: Iterable[str]) -> tuple[str, ...]:
    """Return the slugs of publications that are published with this one."""
    return tuple(slug for slug in slugs if _is_published(publication, slug))


def _is_published(publication: PublicationRun, slug: str) -> bool:
    """Return whether a publication is exported in this run, or is in the output."""
    if not re.fullmatch(r"[^/\\\x00]+", slug) or slug.startswith("."):
        return False
    output = publication.context.output
    return slug in publication.context.slugs or (output is not None and (output / slug / ENTRY).is_file())
