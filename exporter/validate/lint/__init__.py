"""What is wrong with a manuscript before any edition is made: `exporter check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exporter.findings import Finding, Rule
from exporter.model import Publication
from exporter.validate.lint import (
    abbreviations,
    alt_texts,
    headings,
    languages,
    links,
    metadata,
    notes,
    tables,
    template_text,
    text,
    transcripts,
)
from exporter.validate.lint.advice import advised
from exporter.validate.lint.document_index import DocumentIndex

Check = Callable[[DocumentIndex], Iterator[Finding]]

_FAMILIES = (
    metadata,
    template_text,
    headings,
    alt_texts,
    tables,
    links,
    languages,
    notes,
    transcripts,
    abbreviations,
    text,
)

RULES: dict[str, Rule] = {rule.id: rule for family in _FAMILIES for rule in family.RULES}
"""Every rule of the lint by id. Readers and `exporter.images` have more, about what cannot be read at all."""


def lint(publication: Publication) -> tuple[Finding, ...]:
    """Return what is wrong with a publication, in the order of its lines.

    Args:
        publication: After the transforms: links inside the publication must point at the ids that editions will have.
    """
    index = DocumentIndex(publication)
    found = dict.fromkeys(advised(finding) for family in _FAMILIES for finding in family.check(index))
    return tuple(sorted(found, key=_place))


def _place(finding: Finding) -> tuple[str, int, int, str]:
    source = finding.source
    return (source.file, source.line, finding.severity.rank, finding.rule) if source else ("", 0, 0, finding.rule)
