"""Settings of the catalogue: the table `[site]` of the publisher settings, in the folder of styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec

from exporter.config import SettingsLayer
from exporter.config.layers import convert
from exporter.labels import FALLBACK
from exporter.model import Contact
from exporter.site.entry import CatalogueEntry

TABLE = "site"
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"'\\@]+(/[^\s?#<>\"'\\]*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table `[site]`, which only the publisher settings may contain, never those of a publication."""

    name: str = ""
    """Owner of the catalogue; empty: the publisher, if all publications have the same."""
    address: str = ""
    """Web address of the output folder, such as `https://example.org/publications/`. The podcast requires it."""
    language: str = ""
    """BCP 47 tag of the catalogue; empty: the language of most publications."""
    theme: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")] = "house"
    """Name of a file in `styles/themes/`."""
    description: str = ""
    """One or two sentences under the heading of the catalogue."""
    contact: Contact | None = None
    """Contact for other formats."""
    category: str = ""
    """Category of the podcast in podcast directories, such as `News`."""
    explicit: bool | None = None
    """Whether the podcast is explicit, as directories call it; None if unknown."""


def site_settings(layer: SettingsLayer | None) -> Site:
    """Return the settings of the catalogue.

    Raises:
        SettingsError: A key is unknown, or a value is invalid.
    """
    table = layer.table(TABLE) if layer else {}
    if layer is None or not table:
        return Site()
    site = convert(layer, TABLE, table, Site)
    if site.address and not _ADDRESS.fullmatch(site.address):
        raise _error(layer, "address", "the web address of a folder", "https://example.org/reports/")
    if site.language and not _LANGUAGE.fullmatch(site.language):
        raise _error(layer, "language", "a language tag", "es-MX")
    if site.contact and site.contact.email and not _MAIL.fullmatch(site.contact.email):
        raise _error(layer, "contact", "a contact with a valid e-mail address", "formats@example.org")
    folder = f"{site.address.rstrip('/')}/" if site.address else ""
    return msgspec.structs.replace(site, address=folder)


def with_defaults(site: Site, entries: Sequence[CatalogueEntry]) -> Site:
    """Return the settings with the name and language derived from the publications, if not set."""
    publishers = {entry.metadata.publisher for entry in entries}
    return msgspec.structs.replace(
        site,
        name=site.name or (publishers.pop() if len(publishers) == 1 else ""),
        language=site.language or _most_common_language(entry.metadata.language for entry in entries),
    )


def _most_common_language(languages: Iterable[str]) -> str:
    """Return the most common language, in its most common regional form; the first of equals."""
    tags = [language for language in languages if language]
    primary = _most_common(language.split("-")[0].lower() for language in tags)
    return _most_common(tag for tag in tags if tag.split("-")[0].lower() == primary) or FALLBACK


def _most_common(values: Iterable[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value]) if counts else ""


def _error(layer: SettingsLayer, key: str, expected: str, example: str) -> Any:
    return layer.error(
        f"Invalid value for “{key}” in [{TABLE}]: expected {expected}.",
        advice=f"Write it like “{example}”.",
        table=TABLE,
        key=key,
    )
