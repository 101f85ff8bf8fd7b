"""Values of title page and imprint: people, publisher, date, series, rights, related publications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from exporter.labels import Labels, direction_of, own_language_name
from exporter.model import Metadata, Related
from exporter.model.addresses import is_web
from exporter.writers.markup.links import may_be_followed


class Other(msgspec.Struct, frozen=True):
    """A publication named in the imprint."""

    title: str
    address: str
    """A URL; empty if there is none, since a file next to a book is not part of it."""
    tag: str
    """BCP 47 tag; empty if it is the same."""
    direction: str
    language: str
    """Name of its language; empty if it is the same."""
    is_own_name: bool = False
    """Whether that name is in the language itself, not in that of the document."""
    form: str = ""
    """Its form in words; empty for a translation."""


def title_page(metadata: Metadata, labels: Labels) -> dict[str, Any]:
    """Return the values of the title page."""
    return {
        "kind": labels(f"kinds.{metadata.kind.value}") if metadata.kind else "",
        "credits": labels.credits(metadata.authors),
        "publisher": labels("common.published_by", publisher=metadata.publisher) if metadata.publisher else "",
        "date": labels.date(metadata.date) if metadata.date else "",
    }


def about(metadata: Metadata, labels: Labels, pages: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Return the values of the document about the publication.

    Args:
        metadata: The metadata of the publication.
        labels: Labels in its language.
        pages: Addresses of related publications by slug.
    """
    details = (
        ("common.series", metadata.series),
        ("common.rights", metadata.rights),
        ("common.identifier", metadata.identifier),
    )
    relations = (
        ("common.family", _others(metadata.members, metadata.language, labels, pages)),
        ("common.translations", _others(metadata.translations, metadata.language, labels, pages)),
        ("common.related", _others(metadata.related, metadata.language, labels, pages)),
    )
    return {
        "details": [(labels(key), value) for key, value in details if value],
        "relations": [(labels(key), others) for key, others in relations if others],
    }


def _is_web(address: str) -> bool:
    return is_web(address) and may_be_followed(address)


def _others(related: Iterable[Related], language: str, labels: Labels, pages: Mapping[str, str]) -> list[Other]:
    return [_other(publication, language, labels, pages) for publication in related]


def _other(other: Related, language: str, labels: Labels, pages: Mapping[str, str]) -> Other:
    tag = other.language if other.language != language else ""
    own_name = own_language_name(tag)
    return Other(
        title=other.title,
        address=other.target if _is_web(other.target) else pages.get(other.target, ""),
        tag=tag,
        direction=direction_of(tag).value if tag else "",
        language=own_name or (labels.language_name(tag) if tag else ""),
        is_own_name=bool(own_name),
        form=labels.form(other.form),
    )
