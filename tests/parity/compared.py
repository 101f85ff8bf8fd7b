"""Comparison of finished files with their publication, by the extractors that the writers name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity import ContentCounts, EditionComparer, Extractor, audio, compare_page_lists
from exporter.pipeline.registry import discover, load
from tests.write_context import STYLES


@cache
def _extractors() -> tuple[dict[str, Extractor], dict[str, Extractor]]:
    """Return the extractors by name of their edition, and by suffix."""
    named = {edition.name: edition for edition in discover().editions if edition.description.extractor}
    by_name: dict[str, Extractor] = {name: load(edition.description.extractor) for name, edition in named.items()}
    by_suffix = {edition.writer.SUFFIX: by_name[name] for name, edition in named.items()}
    return by_name, {**by_suffix, ".mp3": audio.MP3}


def extractor_of(path: Path, edition: str = "") -> Extractor:
    """Return the extractor of the longest suffix with which a name ends, unless its edition's ends with that too."""
    by_name, by_suffix = _extractors()
    suffix = max((suffix for suffix in by_suffix if path.name.endswith(suffix)), key=len, default="")
    own = next((own for own, extractor in by_suffix.items() if extractor is by_name.get(edition)), None)
    return by_name[edition] if own is not None and own.endswith(suffix) else by_suffix[suffix]


def compare(
    publication: Publication,
    editions: Mapping[str, Path],
    scripts: Mapping[str, bytes] | None = None,
    sounds: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> list[Finding]:
    """Compare editions with the tree that they were made from, and the pages of one with those of the other.

    Args:
        publication: The tree after the transforms.
        editions: The file of each edition, by its name such as `pdf`.
        scripts: For recordings, the list of utterances as JSON, by the same name.
        sounds: For archives with sounds, where utterances are in them, as JSON, by the same name.
        pictures: What editions have of each picture, as JSON, by the same name.
    """
    comparer = _comparer(publication)
    findings: list[Finding] = []
    amounts: dict[str, ContentCounts] = {}
    for name, path in editions.items():
        extractor = extractor_of(path, name)
        given = ((sidecars or {}).get(name) for sidecars in (scripts, sounds))
        compared = comparer.compare(name, path, extractor, *given, pictures=(pictures or {}).get(name))
        findings += compared.findings
        if compared.counts is not None:
            amounts[name] = compared.counts
    return findings + compare_page_lists(amounts, _needs())


@cache
def _needs() -> dict[str, tuple[str, ...]]:
    return {edition.name: edition.writer.NEEDS for edition in discover().editions}


_last: list[EditionComparer] = []


def _comparer(publication: Publication) -> EditionComparer:
    """Return the comparer of a publication, which knows what to expect if it is the one of the last call."""
    if not _last or _last[0].publication is not publication:
        _last[:] = [EditionComparer(publication, STYLES)]
    return _last[0]
