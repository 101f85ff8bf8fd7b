"""Families: publications of a run and of its output folder with the same content in other languages and forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Family, Form, Metadata, Related
from exporter.model.addresses import scheme
from exporter.site.entry import read_entries
from exporter.site.family_groups import root_of

if TYPE_CHECKING:
    from exporter.pipeline.context import PublicationRun

_ORDER = tuple(Form)


class Families:
    """The families of all publications that are known to a run, once their manuscripts have been read.

    Args:
        publications: Those of the run.
    """

    def __init__(self, publications: Iterable[PublicationRun]) -> None:
        self._publications = {run.manuscript.slug: run for run in publications}

    def publication(self, slug: str) -> PublicationRun | None:
        """Return a publication of the run, or None if it is not part of it."""
        return self._publications.get(slug)

    def of(self, slug: str) -> Family | None:
        """Return the family of a publication with all other members, or None if it belongs to none."""
        own = self._metadata[slug].family if slug in self._metadata else None
        members = sorted(self._members(slug), key=_sort_key)
        if own is None and not members:
            return None
        return msgspec.structs.replace(own or Family(), members=tuple(members))

    def _members(self, slug: str) -> Iterable[Related]:
        root = root_of(slug, self._metadata)
        related: dict[Related, None] = {}
        for other, metadata in self._metadata.items():
            if root_of(other, self._metadata) != root:
                continue
            family = metadata.family or Family()
            if other != slug:
                related[Related(metadata.title or other, other, metadata.language, family.form)] = None
            # Slugs in the entries of the output folder may be those of publications that are no longer in it.
            related.update((member, None) for member in family.members if scheme(member.target) or not member.target)
        return related

    @cached_property
    def _metadata(self) -> Mapping[str, Metadata]:
        """The metadata of all publications by slug, those of the run first."""
        runs = self._publications.values()
        output = next((run.context.output for run in runs if run.context.output), None)
        known = {entry.slug: entry.metadata for entry in (read_entries(output) if output else ())}
        return known | {slug: metadata for slug, run in self._publications.items() if (metadata := run.metadata)}


def _sort_key(member: Related) -> tuple[int, str, str, str]:
    return _ORDER.index(member.form or Form.TRANSLATION), member.language, member.title, member.target
