"""Every difference between the tree and its editions, named by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity import (
    audio,
    daisy,
    docx,
    epub,
    html,
    metadata_diff,
    missing_images,
    pdf,
    sequence_diff,
    tree_extraction,
)
from exporter.parity.content_diff import UNKNOWN, ContentDiff
from exporter.parity.counts import ContentCounts, amounts_of, compare_page_lists
from exporter.parity.extraction import Extraction
from exporter.parity.rules import DECORATIVE, LANGUAGE, PAGES, TITLE, UNREADABLE

READERS: Mapping[str, Callable[[Path], Extraction]] = {
    ".pdf": pdf.facts_of_pdf,
    "-large-print.pdf": pdf.facts_of_pdf,
    "-print.pdf": pdf.facts_of_paper,
    ".epub": epub.read,
    ".html": html.read,
    "-daisy.zip": daisy.read,
    ".docx": docx.read,
    **{suffix: partial(audio.read, suffix=suffix) for suffix in sorted(audio.READ)},
}
"""How a file is read, by the end of its name; the longest that fits counts."""

EXPECTED_BY_FORMAT: Mapping[str, Callable[[Publication], Extraction]] = {".docx": docx.expected_extraction}
"""What is asked of formats that cannot hold all that the tree holds."""

SUFFIXES = {"print": "-print.pdf", "mp3": "-mp3.zip", "daisy": "-daisy.zip"}
"""Editions whose files end like others, for a file under another name."""

SHOWN = 12
"""Pages that are named in a finding."""


class ComparisonResult(msgspec.Struct, frozen=True):
    """What became of the comparison of one edition."""

    findings: tuple[Finding, ...]
    amounts: ContentCounts | None
    """How much of everything the edition has; None when it cannot be read."""
    facts: Extraction | None = None
    """All that it says; as large as the edition's text, several times over."""


def suffix_of(name: str, edition: str = "") -> str:
    """Return the end of a file's name by which it is read; empty when no edition ends so.

    Args:
        name: Of the file, or the end of it.
        edition: Of the edition, where it is known.
    """
    name = name.lower()
    fitting = [suffix for suffix in READERS if name.endswith(suffix)]
    named = SUFFIXES.get(edition, "")
    return named if named in READERS else max(fitting, key=len, default="")


def extract_edition(path: Path, suffix: str = "") -> Extraction:
    """Read a finished edition.

    Args:
        path: The file.
        suffix: How its name would end in `output/`, where it does not.

    Raises:
        ValueError: No edition ends so.
        Exception: Whatever the libraries raise on a broken file.
    """
    reader = READERS.get(suffix_of(suffix or path.name))
    if reader is None:
        raise ValueError(f"no edition ends in “{suffix or path.suffix}”")
    return reader(path)


def compare(
    publication: Publication, editions: Mapping[str, Path], scripts: Mapping[str, bytes] | None = None
) -> list[Finding]:
    """Compare editions with the tree that they were made from, and the pages of one with those of the other.

    Args:
        publication: The tree after the transforms.
        editions: The file of each edition, by its name such as `pdf`; the end of the name decides how it is read.
        scripts: For recordings, the list of utterances as JSON, by the same name.
    """
    measure = EditionComparer(publication)
    found: list[Finding] = []
    amounts: dict[str, ContentCounts] = {}
    for name, path in editions.items():
        compared = measure.compare(name, path, (scripts or {}).get(name))
        found += compared.findings
        if compared.amounts is not None:
            amounts[name] = compared.amounts
    return found + compare_page_lists(amounts)


class EditionComparer:
    """A publication, against which editions are held one by one."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self._told = missing_images.with_missing_images_described(publication)
        self._facts: dict[bool, Extraction] = {}

    def compare(self, name: str, path: Path, script: bytes | None = None) -> ComparisonResult:
        """Compare one edition; whatever is wrong with the file is a finding.

        Args:
            name: Of the edition.
            path: Its file.
            script: For a recording, the list of utterances as JSON.
        """
        suffix = suffix_of(path.name, name)
        heard: tuple[Finding, ...] = ()
        try:
            facts = audio.read(path, script, suffix) if suffix in audio.READ else extract_edition(path, suffix)
            if suffix in audio.SUFFIXES:
                heard = tuple(audio.diff(self.publication, path, script, suffix))
        except Exception as error:  # whatever four libraries raise on a broken file: that is the finding
            message = f"{path.name} cannot be read back: {type(error).__name__}: {error}."
            return ComparisonResult((UNREADABLE.finding(message, edition=name),), None)
        expected = self._asked(suffix, facts)
        telling = _telling(expected, facts)
        every = (*_differences(expected, facts, telling), *heard)
        findings = tuple(msgspec.structs.replace(each, edition=name) for each in every)
        return ComparisonResult(findings, amounts_of(expected, facts, telling), facts)

    def _asked(self, suffix: str, found: Extraction) -> Extraction:
        """Return the facts that an edition is held against."""
        # What is heard says of each picture that it is one, whether its file is there or not.
        publication = self.publication if suffix in audio.READ else self._told
        if suffix in EXPECTED_BY_FORMAT and found.content is not None:
            return EXPECTED_BY_FORMAT[suffix](publication)
        same = publication is self.publication
        known = self._facts.get(same)
        if known is None or (found.content is not None and known.content is None):
            known = self._facts[same] = tree_extraction.facts(publication, whole=found.content is not None)
        return known


def diff(expected: Extraction, found: Extraction, edition: str) -> list[Finding]:
    """Return every difference between the tree's facts and those of one edition."""
    every = _differences(expected, found, _telling(expected, found))
    return [msgspec.structs.replace(finding, edition=edition) for finding in every]


def _telling(expected: Extraction, found: Extraction) -> ContentDiff | None:
    return (
        ContentDiff(expected.content, found.content)
        if expected.content is not None and found.content is not None
        else None
    )


def _differences(expected: Extraction, found: Extraction, telling: ContentDiff | None) -> Iterator[Finding]:
    # Some formats must have a title; what stands there for a manuscript without one contradicts nothing.
    if expected.title and found.title is not None and found.title not in {expected.title, expected.short_title}:
        yield TITLE.finding(f"The title is “{found.title}”, not “{expected.title}”.")
    if found.language is not None and (found.language or UNKNOWN).lower() != (expected.language or UNKNOWN).lower():
        yield LANGUAGE.finding(f"The language is “{found.language}”, not “{expected.language}”.")
    if found.headings is not None:
        yield from sequence_diff.headings(expected, found)
    if found.outline is not None:
        yield from sequence_diff.outline(expected, found)
    if found.pictures is not None:
        yield from sequence_diff.pictures(expected, found)
    if found.decorative is not None and found.decorative != expected.decorative:
        message = f"{found.decorative} pictures are decorative, not {expected.decorative}."
        yield DECORATIVE.finding(message)
    if expected.about is not None and found.about is not None:
        yield from metadata_diff.diff(expected.about, found.about)
    if expected.pages and found.pages is not None and not found.paged and found.pages != expected.pages:
        yield PAGES.finding(f"The marked pages are {_listed(found.pages)}, not {_listed(expected.pages)}.")
    if telling is not None:
        yield from telling.findings()


def _listed(pages: Sequence[str]) -> str:
    shown = ", ".join(pages[:SHOWN])
    return f"{shown} …" if len(pages) > SHOWN else shown or "none"
