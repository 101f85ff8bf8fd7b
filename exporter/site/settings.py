"""What the house says of its catalogue: the table `[site]` of `house.toml`, in the folder of styles."""

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
    """The table `[site]`. `site_settings` reads it; it belongs to the house alone, never to a publication."""

    name: str = ""
    """Whose catalogue it is; empty: the publisher, where all publications have the same."""
    address: str = ""
    """Where the output folder stands on the web, such as `https://example.org/publications/`. The podcast needs it."""
    language: str = ""
    """BCP 47 tag of the catalogue; empty: the language of most publications."""
    theme: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")] = "house"
    """Name of a file in `styles/themes/`."""
    description: str = ""
    """One or two sentences under the heading of the catalogue."""
    contact: Contact | None = None
    """Where to ask for other formats."""
    category: str = ""
    """Category of the podcast, as podcast directories name it, such as `News`."""
    explicit: bool | None = None
    """Whether the podcast holds what directories call explicit; None: nobody has said."""


def site_settings(layer: SettingsLayer | None) -> Site:
    """Return what `house.toml` says of the catalogue.

    Raises:
        SettingsError: A key is unknown, a value is of the wrong type, or an address or a language is none.
    """
    table = layer.table(TABLE) if layer else {}
    if layer is None or not table:
        return Site()
    site = convert(layer, TABLE, table, Site)
    if site.address and not _ADDRESS.fullmatch(site.address):
        raise _wrong(layer, "address", "has to be the address of a folder on the web", "https://example.org/reports/")
    if site.language and not _LANGUAGE.fullmatch(site.language):
        raise _wrong(layer, "language", "has to be a language tag", "es-MX")
    if site.contact and site.contact.email and not _MAIL.fullmatch(site.contact.email):
        raise _wrong(layer, "contact", "has no e-mail address that can be written to", "formats@example.org")
    folder = f"{site.address.rstrip('/')}/" if site.address else ""
    return msgspec.structs.replace(site, address=folder)


def completed(site: Site, entries: Sequence[CatalogueEntry]) -> Site:
    """Return the settings with what follows from the publications where the house has said nothing."""
    publishers = {entry.metadata.publisher for entry in entries}
    return msgspec.structs.replace(
        site,
        name=site.name or (publishers.pop() if len(publishers) == 1 else ""),
        language=site.language or _usual(entry.metadata.language for entry in entries),
    )


def _usual(languages: Iterable[str]) -> str:
    """Return the language that is met most often, in the regional form that is met most often; the first of equals."""
    tags = [language for language in languages if language]
    primary = _commonest(language.split("-")[0].lower() for language in tags)
    return _commonest(tag for tag in tags if tag.split("-")[0].lower() == primary) or FALLBACK


def _commonest(values: Iterable[str]) -> str:
    counted = Counter(values)
    return max(counted, key=lambda one: counted[one]) if counted else ""


def _wrong(layer: SettingsLayer, key: str, what: str, example: str) -> Any:
    return layer.error(f"“{key}” in [{TABLE}] {what}.", advice=f"Write it like “{example}”.", table=TABLE, key=key)
