"""Metadata from settings: what publication.toml adds to the front matter and what the house says of all its work."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from exporter.config.layers import SettingsLayer, convert
from exporter.model import (
    AUTHOR,
    Contact,
    Contributor,
    Cover,
    Decorative,
    Described,
    Kind,
    Metadata,
    Related,
    Undescribed,
)
from exporter.model.language_tags import ADVICE, problem

Filled = Annotated[str, msgspec.Meta(min_length=1)]


class CoverSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cover = { source = "cover.png", alt = "..." }`."""

    source: Filled
    alt: Filled | None = None
    """None, and not decorative: nobody has said anything."""
    decorative: bool = False


class PersonSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{ name = "...", role = "..." }`, one of `authors`."""

    name: Filled
    role: str = AUTHOR
    """MARC relator code."""


class RelatedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{ title = "...", target = "...", lang = "..." }`, one of `translations` or `related`."""

    title: Filled
    target: str = ""
    """Slug of a publication beside this one, or a URL."""
    lang: str = ""
    """BCP 47 tag."""


class ContactSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`contact = { name = "...", email = "..." }`."""

    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""


class MetadataSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[metadata]`; None means: not said here."""

    title: Filled | None = None
    subtitle: str | None = None
    kind: Kind | None = None
    authors: tuple[Filled | PersonSettings, ...] | None = None
    publisher: str | None = None
    date: datetime.date | None = None
    lang: Filled | None = None
    """BCP 47 tag."""
    identifier: str | None = None
    description: str | None = None
    keywords: tuple[Filled, ...] | None = None
    rights: str | None = None
    series: str | None = None
    place: str | None = None
    translations: tuple[RelatedSettings, ...] | None = None
    related: tuple[RelatedSettings, ...] | None = None
    contact: ContactSettings | None = None
    cover: CoverSettings | None = None
    certifier: str | None = None

    def over(self, metadata: Metadata) -> Metadata:
        """Return `metadata` with what is said here in its place; the direction is left to the transforms."""
        return msgspec.structs.replace(metadata, **self._said())

    def under(self, metadata: Metadata) -> Metadata:
        """Return `metadata` with what is said here where it says nothing itself."""
        fresh = {name: value for name, value in self._said().items() if not getattr(metadata, name)}
        return msgspec.structs.replace(metadata, **fresh)

    def _said(self) -> dict[str, Any]:
        names = {"lang": "language", "keywords": "subjects"}
        said = {
            names.get(field, field): getattr(self, field)
            for field in self.__struct_fields__
            if getattr(self, field) is not None
        }
        if self.authors is not None:
            said["authors"] = tuple(
                Contributor(author) if isinstance(author, str) else Contributor(author.name, author.role)
                for author in self.authors
            )
        for field in ("translations", "related"):
            if field in said:
                said[field] = tuple(Related(one.title, one.target, one.lang) for one in said[field])
        if self.contact is not None:
            said["contact"] = Contact(**msgspec.structs.asdict(self.contact))
        if self.cover is not None:
            said["cover"] = _cover(self.cover)
        return said


def _cover(cover: CoverSettings) -> Cover:
    if cover.alt is not None:
        return Cover(cover.source, Described(cover.alt))
    return Cover(cover.source, Decorative() if cover.decorative else Undescribed())


def metadata_settings(layer: SettingsLayer | None) -> MetadataSettings:
    """Return the metadata that a settings file holds.

    Raises:
        SettingsError: A key is unknown, a value is of the wrong type, or a language is none.
    """
    table: Mapping[str, Any] = layer.table("metadata") if layer else {}
    if layer is None or not table:
        return MetadataSettings()
    said = convert(layer, "metadata", table, MetadataSettings)
    tags = [("lang", said.lang or "")]
    tags += [(key, one.lang) for key in ("translations", "related") for one in getattr(said, key) or ()]
    for key, tag in tags:
        if tag and (wrong := problem(tag)):
            raise layer.error(f"The language “{tag}” {wrong}.", advice=ADVICE, table="metadata", key=key)
    return said
