"""Table of counts: of the manuscript and of each edition, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity import rules, tree_extraction
from exporter.parity.counts import ContentCounts, count_content

FACTS: Mapping[str, tuple[str, ...]] = {
    "headings": tuple(rule.id for rule in (rules.HEADINGS, rules.LEVELS, rules.OUTLINE, rules.CONTENTS)),
    "words": tuple(rule.id for rule in (rules.TEXT, rules.ORDER, rules.KINDS)),
    "pictures": (rules.PICTURES.id,),
    "decorative": (rules.DECORATIVE.id,),
    "tables": (rules.TABLES.id,),
    "cells": (rules.TABLES.id,),
    "lists": (rules.NESTING.id,),
    "notes": (rules.NOTES.id,),
    "links": (rules.LINKS.id,),
    "languages": (rules.PASSAGES.id, rules.LANGUAGE.id),
    "abbreviations": (rules.MARKS.id,),
    "formulas": (rules.MARKS.id,),
    "speakers": (rules.SPEAKERS.id,),
    "turns": (rules.SPEAKERS.id,),
    "pages": (rules.PAGES.id,),
    "chapters": (rules.HEADINGS.id, rules.OUTLINE.id),
    "utterances": (rules.TEXT.id, rules.ORDER.id),
}
"""Names of the counts, and the rules of their differences."""
_NUMBERED_SEPARATELY = frozenset({"pages", "utterances"})
"""Counts that depend on the edition: they agree unless there is a finding."""
NOT_STATED = "Not stated by the format."
UNREADABLE = "The edition could not be read."
NO_PAGES = "The manuscript marks no pages."


class Cell(msgspec.Struct, frozen=True):
    """One count in one edition."""

    amount: int | None = None
    """Number in the edition; None if its format does not state it."""
    agrees: bool | None = None
    """Whether all of them agree with the manuscript; None if not compared."""
    reason: str = ""
    """Why it was not compared."""


class Row(msgspec.Struct, frozen=True):
    """One count, by edition."""

    fact: str
    amount: int
    """Number in the manuscript."""
    editions: dict[str, Cell]


def tabulate(
    publication: Publication, editions: Mapping[str, ContentCounts | None], findings: Iterable[Finding]
) -> tuple[Row, ...]:
    """Return every count that is not zero in the manuscript or in an edition.

    Args:
        publication: The tree after the transforms.
        editions: Counts of each edition; None for one that could not be read.
        findings: Findings of the comparison, with the names of their editions.
    """
    expected = tree_extraction.extract_tree(publication)
    manuscript_counts = count_content(expected, expected).counts
    broken_rules: dict[str, set[str]] = {}
    for finding in findings:
        broken_rules.setdefault(finding.edition, set()).add(finding.rule)
    rows = []
    for fact in FACTS:
        expected_count = _in_manuscript(fact, manuscript_counts)
        cells = {
            name: _cell(fact, expected_count, counts, broken_rules.get(name, set()))
            for name, counts in editions.items()
        }
        if expected_count or any(cell.amount for cell in cells.values()):
            rows.append(Row(fact, expected_count, cells))
    return tuple(rows)


def _in_manuscript(fact: str, counts: Mapping[str, int]) -> int:
    return counts.get("headings", 0) if fact == "chapters" else counts.get(fact, 0)


def _cell(fact: str, expected_count: int, counts: ContentCounts | None, broken_rules: set[str]) -> Cell:
    if counts is None:
        return Cell(reason=UNREADABLE)
    count = counts.counts.get(fact)
    if count is None:
        return Cell(reason=NOT_STATED)
    if fact == "pages" and counts.paged and not expected_count:
        return Cell(count, None, NO_PAGES)
    agrees = not broken_rules.intersection(FACTS[fact]) and (fact in _NUMBERED_SEPARATELY or count == expected_count)
    return Cell(count, agrees)
