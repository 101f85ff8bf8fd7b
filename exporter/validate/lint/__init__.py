"""Rules for the content of a manuscript, checked before any edition is built: `exporter check`.

One module for each family of rules. The advice of a rule is written for Markdown; `advice.toml` has the advice for
other formats.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from exporter.findings import Finding, Rule, limited
from exporter.model import Publication
from exporter.validate.lint import (
    abbreviations,
    alt_texts,
    captions,
    easy_read,
    embargo,
    headings,
    languages,
    links,
    metadata,
    notes,
    tables,
    template_text,
    text,
    transcripts,
    translations,
)
from exporter.validate.lint.alt_texts import COVER_ADVICE
from exporter.validate.lint.document_index import DocumentIndex

_FAMILIES = (
    metadata,
    template_text,
    embargo,
    headings,
    alt_texts,
    tables,
    captions,
    links,
    languages,
    notes,
    transcripts,
    abbreviations,
    text,
    easy_read,
)

RULES: dict[str, Rule] = {rule.id: rule for family in (*_FAMILIES, translations) for rule in family.RULES}
"""Every rule of the lint by ID. Readers and `exporter.images` have their own, for content that cannot be read."""


_NEW_SETTINGS = " If there is no such file: exporter new --from FILE"
"""The end of some advice for formats that have no front matter."""
_HEADINGS_BY_LOOK = frozenset({"heading-by-hand", "word-heading-look"})
"""Rules about lines that look like headings, that of the reader of Word files included."""


class _FormatAdvice(NamedTuple):
    """The advice for manuscripts of one format."""

    suffixes: frozenset[str]
    by_rule: Mapping[str, str]
    reported_by_reader: frozenset[str]
    """Rules that the reader of the format checks by rules of its own."""


def lint(
    publication: Publication,
    invalid_keys: Collection[str] = (),
    reader_rules: Collection[str] = (),
    labelled: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return the findings about a publication, in the order of its lines.

    Args:
        publication: After the transforms: internal links must point to the IDs that the editions will have.
        invalid_keys: Keys of metadata whose values the reader has reported as invalid.
        reader_rules: IDs of the rules of which the reader has findings.
        labelled: The languages of which there are labels, if that is to be checked.
    """
    index = DocumentIndex(publication)
    reported = {metadata.IF_INVALID[key].id for key in invalid_keys if key in metadata.IF_INVALID}
    families = [family.check(index) for family in _FAMILIES]
    if labelled:
        families.append(languages.check_labels(index, labelled))
    every = (finding for findings in families for finding in findings if finding.rule not in reported)
    findings = dict.fromkeys(with_format_advice(finding) for finding in every if not _is_reported_by_reader(finding))
    if _HEADINGS_BY_LOOK & {*reader_rules, *(finding.rule for finding in findings)}:
        # Without headings, since they only look like headings: one finding is enough.
        findings = {finding: None for finding in findings if finding.rule != headings.NO_HEADINGS.id}
    return limited(sorted(findings, key=_sort_key))


def compare_translation(translation: Publication, original: Publication, folder: str) -> tuple[Finding, ...]:
    """Return the findings about what a translation does not have of its original, in the order of the original.

    Args:
        translation: After the transforms.
        original: After the transforms.
        folder: Name of the folder of the original, for its positions.
    """
    return limited(map(with_format_advice, translations.compare(translation, original, folder)))


def with_format_advice(finding: Finding) -> Finding:
    """Return a finding with the advice for the format of its manuscript, if there is any."""
    if finding.advice == COVER_ADVICE:
        return finding
    advice = _advice_for(finding)
    if advice is None or finding.rule not in advice.by_rule:
        return finding
    return msgspec.structs.replace(finding, advice=advice.by_rule[finding.rule])


def without_new_settings(finding: Finding) -> Finding:
    """Return a finding without the command that writes `publication.toml`, which is there."""
    return msgspec.structs.replace(finding, advice=finding.advice.replace(_NEW_SETTINGS, ""))


def _is_reported_by_reader(finding: Finding) -> bool:
    advice = _advice_for(finding)
    return advice is not None and finding.rule in advice.reported_by_reader


def _advice_for(finding: Finding) -> _FormatAdvice | None:
    """Return the advice for the format of the manuscript of a finding; None for Markdown."""
    suffix = PurePosixPath(finding.source.file).suffix.lower() if finding.source else ""
    return next((advice for advice in _format_advice() if suffix in advice.suffixes), None)


def rules_with_format_advice() -> frozenset[str]:
    """Return the IDs of the rules that have advice for a format other than Markdown."""
    return frozenset(rule for advice in _format_advice() for rule in advice.by_rule)


@cache
def _format_advice() -> tuple[_FormatAdvice, ...]:
    tables = tomllib.loads(Path(__file__).with_name("advice.toml").read_text("utf-8"))
    return tuple(
        _FormatAdvice(frozenset(table["suffixes"]), table["advice"], frozenset(table.get("reported_by_reader", ())))
        for table in tables.values()
    )


def _sort_key(finding: Finding) -> tuple[str, int, int, str]:
    source = finding.source
    return (source.file, source.line, finding.severity.rank, finding.rule) if source else ("", 0, 0, finding.rule)
