"""Metadata in settings: overrides in publication.toml and defaults of the publisher."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec

from exporter import model as m
from exporter.config.layers import SettingsLayer, convert
from exporter.errors import ErrorCollector
from exporter.model.language_tags import ADVICE, problem

Filled = Annotated[str, msgspec.Meta(min_length=1)]

_MAX_TEXT = 64_000
"""Characters of a text, as many as a whole front matter may have."""


class CoverSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cover: `cover = { source = "cover.png", alt = "..." }`."""

    source: Filled
    alt: Filled | None = None
    """Alt text; None for an image without description, unless it is decorative."""
    decorative: bool = False


class PersonSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contributor, in `authors`: `{ name = "...", role = "..." }`."""

    name: Filled
    role: str = m.AUTHOR
    """MARC relator code."""


class RelatedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Related publication, in `translations` or `related`: `{ title = "...", target = "...", lang = "..." }`."""

    title: Filled
    target: str = ""
    """Slug of a publication in the same folder, or a URL."""
    lang: str = ""
    """BCP 47 tag."""


class MemberSettings(RelatedSettings, frozen=True, forbid_unknown_fields=True):
    """Member of a family that is not a publication of exporter, such as a video."""

    form: m.Form | None = None


class FamilySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Position in a family: `family = { original = "...", form = "translation" }`."""

    original: str = ""
    """Slug of the original; empty if this is the original."""
    form: m.Form | None = None
    members: tuple[MemberSettings, ...] = ()


class ContactSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contact: `contact = { name = "...", email = "..." }`."""

    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""


class MetadataSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The table `[metadata]`; None for values that are not set."""

    title: Filled | None = None
    subtitle: str | None = None
    kind: m.Kind | None = None
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
    family: FamilySettings | None = None
    translations: tuple[RelatedSettings, ...] | None = None
    related: tuple[RelatedSettings, ...] | None = None
    contact: ContactSettings | None = None
    cover: CoverSettings | None = None
    certifier: str | None = None

    def over(self, metadata: m.Metadata) -> m.Metadata:
        """Return metadata overridden by these settings; the direction is set by the transforms."""
        return msgspec.structs.replace(metadata, **self._values())

    def under(self, metadata: m.Metadata) -> m.Metadata:
        """Return metadata with these settings as defaults."""
        missing = {name: value for name, value in self._values().items() if not getattr(metadata, name)}
        return msgspec.structs.replace(metadata, **missing)

    def _values(self) -> dict[str, Any]:
        names = {"lang": "language", "keywords": "subjects"}
        values = {
            names.get(field, field): getattr(self, field)
            for field in self.__struct_fields__
            if getattr(self, field) is not None
        }
        if self.authors is not None:
            values["authors"] = tuple(
                m.Contributor(author) if isinstance(author, str) else m.Contributor(author.name, author.role)
                for author in self.authors
            )
        for field in ("translations", "related"):
            if field in values:
                values[field] = tuple(m.Related(item.title, item.target, item.lang) for item in values[field])
        if self.family is not None:
            values["family"] = _family(self.family)
        if self.contact is not None:
            values["contact"] = m.Contact(**msgspec.structs.asdict(self.contact))
        if self.cover is not None:
            values["cover"] = _cover(self.cover)
        return values


def _family(family: FamilySettings) -> m.Family:
    members = tuple(m.Related(item.title, item.target, item.lang, item.form) for item in family.members)
    return m.Family(family.form, family.original, members)


def _cover(cover: CoverSettings) -> m.Cover:
    if cover.alt is not None:
        return m.Cover(cover.source, m.Described(cover.alt))
    return m.Cover(cover.source, m.Decorative() if cover.decorative else m.Undescribed())


def metadata_settings(layer: SettingsLayer | None) -> MetadataSettings:
    """Return the metadata of a settings file.

    Raises:
        SettingsError: A key is unknown, a value is invalid, or a language tag is.
    """
    table: Mapping[str, Any] = layer.table("metadata") if layer else {}
    if layer is None or not table:
        return MetadataSettings()
    with ErrorCollector() as errors:
        for key, value in table.items():
            if isinstance(value, str) and len(value) > _MAX_TEXT:
                message = f"Invalid value for “{key}” in [metadata]: longer than {_MAX_TEXT:,} characters."
                errors.add(layer.error(message, advice="Shorten it.", table="metadata", key=key))
        for key, tag in _language_tags(table):
            if reason := problem(tag):
                errors.add(layer.error(f"The language “{tag}” {reason}.", advice=ADVICE, table="metadata", key=key))
        return convert(layer, "metadata", table, MetadataSettings)


def _language_tags(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the language tags in a table that may be invalid otherwise, each with its key."""
    values = [("lang", table)]
    family = table.get("family")
    members = family.get("members") if isinstance(family, Mapping) else None
    for key, items in (
        ("translations", table.get("translations")),
        ("related", table.get("related")),
        ("family", members),
    ):
        values += [(key, item) for item in (items if isinstance(items, list) else ()) if isinstance(item, Mapping)]
    for key, value in values:
        if isinstance(tag := value.get("lang"), str) and tag:
            yield key, tag
