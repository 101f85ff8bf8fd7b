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


def group(entries: Sequence[CatalogueEntry], language: str) -> list[tuple[CatalogueEntry, ...]]:
    """Return the families of a catalogue, in the order of their first publications.

    Each begins with the publication that its readers are shown first: in the language of the catalogue, the original
    before a translation; else the original.
    """
    publications = {entry.slug: entry.metadata for entry in entries}
    families: dict[str, list[CatalogueEntry]] = {}
    for entry in entries:
        families.setdefault(root_of(entry.slug, publications), []).append(entry)
    return [tuple(sorted(family, key=lambda entry: _sort_key(entry, language))) for family in families.values()]


def _sort_key(entry: CatalogueEntry, language: str) -> tuple[bool, int, str, str]:
    metadata = entry.metadata
    form = metadata.form or Form.ORIGINAL
    is_text = form in (Form.ORIGINAL, Form.TRANSLATION)
    is_shown_first = is_text and metadata.language.partition("-")[0] == language.partition("-")[0]
    return not is_shown_first, tuple(Form).index(form), metadata.language, entry.slug
