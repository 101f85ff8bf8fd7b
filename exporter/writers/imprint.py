"""Values of title page and imprint: people, publisher, date, series, rights, related publications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from exporter.labels import Labels, direction_of
from exporter.model import Metadata, Related
from exporter.model.addresses import is_web
from exporter.writers.markup.links import may_be_followed


class Other(msgspec.Struct, frozen=True):
    """A publication named in the imprint."""

    title: str
    address: str
    """A URL; empty if there is none, since a file next to a book is not part of it."""
    language: str
    """Name of its language in that of the document; empty if it is the same."""
    tag: str
    """BCP 47 tag; empty if it is the same."""
    direction: str


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
    return [
        Other(
            title=other.title,
            address=other.target if _is_web(other.target) else pages.get(other.target, ""),
            language=labels.language_name(other.language) if other.language not in {"", language} else "",
            tag=other.language if other.language != language else "",
            direction=direction_of(other.language).value if other.language not in {"", language} else "",
        )
        for other in related
    ]
