"""Families in an output folder: publications with the same content in other languages and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exporter.model import Form, Metadata
from exporter.site.entry import CatalogueEntry


def root_of(slug: str, publications: Mapping[str, Metadata]) -> str:
    """Return the slug of the original of a publication, or of the original of that one, up to the first.

    Args:
        slug: The publication.
        publications: The metadata of those that are known, by slug.
    """
    seen = {slug}
    while (metadata := publications.get(slug)) and metadata.family and metadata.family.original not in ("", *seen):
        slug = metadata.family.original
        seen.add(slug)
    return slug


def group(entries: Sequence[CatalogueEntry]) -> list[tuple[CatalogueEntry, ...]]:
    """Return the families of a catalogue, in the order of their first publications; each begins with its original."""
    publications = {entry.slug: entry.metadata for entry in entries}
    families: dict[str, list[CatalogueEntry]] = {}
    for entry in entries:
        families.setdefault(root_of(entry.slug, publications), []).append(entry)
    return [tuple(sorted(family, key=_sort_key)) for family in families.values()]


def _sort_key(entry: CatalogueEntry) -> tuple[int, str, str]:
    form = entry.metadata.form or Form.ORIGINAL
    return tuple(Form).index(form), entry.metadata.language, entry.slug
