"""Every fact by edition: how many the manuscript has, how many each edition, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity import rules, tree_extraction
from exporter.parity.content_diff import ContentDiff
from exporter.parity.counts import ContentCounts, amounts_of
from exporter.parity.extraction import Extraction

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
"""What is counted, and the rules under which a difference of it is found."""
_OWN = frozenset({"pages", "utterances"})
"""What editions have in numbers of their own: these agree unless a rule is broken."""
CANNOT_SAY = "The format cannot say."
UNREADABLE = "The edition could not be read back."
NO_MARKS = "The manuscript marks no pages."


class Cell(msgspec.Struct, frozen=True):
    """One fact of one edition."""

    amount: int | None = None
    """How many there are in the edition; None: its format cannot say."""
    agrees: bool | None = None
    """Whether all of them agree with the manuscript; None: not compared."""
    reason: str = ""
    """Why it was not compared."""


class Row(msgspec.Struct, frozen=True):
    """One fact by edition."""

    fact: str
    amount: int
    """How many there are in the manuscript."""
    editions: dict[str, Cell]


def table(
    publication: Publication, editions: Mapping[str, Extraction | ContentCounts | None], findings: Iterable[Finding]
) -> tuple[Row, ...]:
    """Return every fact that the manuscript or an edition has.

    Args:
        publication: The tree after the transforms.
        editions: What each edition says, or how much of it; None for one that could not be read.
        findings: Those of the comparison, with the names of their editions.
    """
    expected = tree_extraction.facts(publication)
    ours = amounts_of(expected, expected).counts
    broken: dict[str, set[str]] = {}
    for finding in findings:
        broken.setdefault(finding.edition, set()).add(finding.rule)
    every = {name: _amounts(expected, facts) for name, facts in editions.items()}
    rows = []
    for fact in FACTS:
        amount = _in_manuscript(fact, ours)
        cells = {name: _cell(fact, amount, found, broken.get(name, set())) for name, found in every.items()}
        if amount or any(cell.amount for cell in cells.values()):
            rows.append(Row(fact, amount, cells))
    return tuple(rows)


def _amounts(expected: Extraction, facts: Extraction | ContentCounts | None) -> ContentCounts | None:
    if not isinstance(facts, Extraction):
        return facts
    both = expected.content is not None and facts.content is not None
    telling = ContentDiff(expected.content, facts.content) if expected.content and facts.content and both else None
    return amounts_of(expected, facts, telling)


def _in_manuscript(fact: str, counts: Mapping[str, int]) -> int:
    return counts.get("headings", 0) if fact == "chapters" else counts.get(fact, 0)


def _cell(fact: str, amount: int, found: ContentCounts | None, broken: set[str]) -> Cell:
    if found is None:
        return Cell(reason=UNREADABLE)
    count = found.counts.get(fact)
    if count is None:
        return Cell(reason=CANNOT_SAY)
    if fact == "pages" and found.paged and not amount:
        return Cell(count, None, NO_MARKS)
    agrees = not broken.intersection(FACTS[fact]) and (fact in _OWN or count == amount)
    return Cell(count, agrees)
