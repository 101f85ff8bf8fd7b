"""Families: publications of a run and of its output folder with the same content in other languages and forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Family, Form, Kind, Metadata, Related
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
        self.first = next(iter(self._publications.values()), None)

    def publication(self, slug: str) -> PublicationRun | None:
        """Return a publication of the run, or None if it is not part of it."""
        return self._publications.get(slug)

    def of(self, slug: str) -> Family | None:
        """Return the family of a publication with all other members, or None if it belongs to none."""
        own = self._metadata[slug].family if slug in self._metadata else None
        members = sorted(self._members(slug), key=_sort_key)
        if own is None and not members:
            return None
        return msgspec.structs.replace(own or Family(Form.ORIGINAL), members=tuple(members))

    def _members(self, slug: str) -> Iterable[Related]:
        members: dict[Related, None] = {}
        for other in self._by_root.get(root_of(slug, self._metadata), ()):
            metadata = self._metadata[other]
            family = metadata.family or Family(Form.ORIGINAL)
            if other != slug:
                members[Related(metadata.title or other, other, metadata.language, family.form)] = None
            # Slugs in the entries of the output folder may be those of publications that are no longer in it.
            members.update((member, None) for member in family.members if scheme(member.target) or not member.target)
        return members

    @cached_property
    def _by_root(self) -> Mapping[str, Sequence[str]]:
        """The slugs of all publications by that of their first original."""
        slugs: dict[str, list[str]] = {}
        for slug in self._metadata:
            slugs.setdefault(root_of(slug, self._metadata), []).append(slug)
        return slugs

    @cached_property
    def _metadata(self) -> Mapping[str, Metadata]:
        """The metadata of all publications by slug, those of the run first."""
        runs = self._publications.values()
        output = next((run.context.output for run in runs if run.context.output), None)
        known = {entry.slug: entry.metadata for entry in (read_entries(output) if output else ())}
        return known | {slug: metadata for slug, run in self._publications.items() if (metadata := run.metadata)}


def with_form(metadata: Metadata) -> Metadata:
    """Return metadata in which the family states a form: that of the manuscript, or what the kind suggests."""
    family = metadata.family
    if family is None or family.form is not None:
        return metadata
    suggested = Form.EASY_READ if metadata.kind is Kind.EASY_READ else Form.TRANSLATION
    family = msgspec.structs.replace(family, form=suggested if family.original else Form.ORIGINAL)
    return msgspec.structs.replace(metadata, family=family)


def _sort_key(member: Related) -> tuple[int, str, str, str]:
    return _ORDER.index(member.form or Form.TRANSLATION), member.language, member.title, member.target
