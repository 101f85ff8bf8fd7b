"""`conformance.html`: criterion by criterion, what programs found of each edition and what is left to a person.

It has the columns of an accessibility conformance report (criterion, level of conformance, remarks). It is no
certificate, and says so.
"""

from __future__ import annotations

import msgspec

from exporter.contracts import Editions
from exporter.report.conformance import Cell, Judged, StandardJudged, assess, covered
from exporter.report.criteria import Criterion
from exporter.report.formatting import listed
from exporter.report.model import Report, Support
from exporter.report.templates import render as fill

TEMPLATE = "conformance.html"

WORDS = {
    Support.SUPPORTED: "Supported",
    Support.PARTLY: "Partly supported",
    Support.NOT_SUPPORTED: "Not supported",
    Support.IN_PART: "Checked in part, nothing found",
    Support.NOT_CHECKED: "Not checked by machine",
    Support.NOT_APPLICABLE: "Not applicable",
}
MEANINGS = {
    Support.SUPPORTED: "Programs can check all of it. Every one of these checks ran, and none found anything.",
    Support.PARTLY: "A check found something that makes it worse, though not unusable.",
    Support.NOT_SUPPORTED: "A check found something that shuts people out.",
    Support.IN_PART: "The checks that ran found nothing. The rest is for a person, or a check did not run.",
    Support.NOT_CHECKED: "No program has looked at it: a person has to.",
    Support.NOT_APPLICABLE: "The edition holds nothing that the criterion is about.",
}
TONES = {
    Support.SUPPORTED: "good",
    Support.PARTLY: "warning",
    Support.NOT_SUPPORTED: "error",
    Support.IN_PART: "note",
    Support.NOT_CHECKED: "warning",
    Support.NOT_APPLICABLE: "quiet",
}
SIGNS = {
    Support.SUPPORTED: "✓",
    Support.PARTLY: "▲",
    Support.NOT_SUPPORTED: "✕",
    Support.IN_PART: "◐",
    Support.NOT_CHECKED: "?",
    Support.NOT_APPLICABLE: "–",
}


class State(msgspec.Struct, frozen=True):
    """How far some editions keep a criterion."""

    support: Support
    editions: str
    """Their names as a sentence lists them; empty where it is all of them."""


class Row(msgspec.Struct, frozen=True):
    """A criterion that at least one edition has to do with."""

    criterion: Criterion
    states: tuple[State, ...]
    remarks: tuple[str, ...]


class Part(msgspec.Struct, frozen=True):
    """A standard."""

    id: str
    short: str
    title: str
    editions: str
    rows: tuple[Row, ...]
    same: tuple[Row, ...]
    """Rows of clauses that take over a criterion of WCAG, which are told there."""
    aside: tuple[tuple[Criterion, str], ...]
    """Criteria that no edition has to do with, and why."""
    counts: dict[Support, int]
    """Criteria by edition, counted."""


def render(report: Report, editions: Editions) -> bytes:
    """Return the statement; the same report gives the same bytes."""
    names = {one.name for one in covered(report)}
    return fill(
        TEMPLATE,
        report=report,
        editions=editions,
        parts_of=[_part(number, judged, editions) for number, judged in enumerate(assess(report, editions), 1)],
        covered=[one for one in report.editions if one.name in names],
        left_out=[editions[one.name].title for one in report.editions if one.name not in names],
        words=WORDS,
        meanings=MEANINGS,
        tones=TONES,
        signs=SIGNS,
        supports=list(Support),
        ran=sorted({f"{check.title} {check.version}".strip() for check in report.checks if check.ran}),
        silent=[check for check in report.checks if not check.ran],
    )


def _part(number: int, judged: StandardJudged, editions: Editions) -> Part:
    rows: list[Row] = []
    aside: list[tuple[Criterion, str]] = []
    counts = dict.fromkeys(Support, 0)
    for one in judged.criteria:
        for cell in one.editions.values():
            counts[cell.support] += 1
        if all(cell.support is Support.NOT_APPLICABLE for cell in one.editions.values()):
            reasons = dict.fromkeys(cell.reason for cell in one.editions.values())
            aside.append((one.criterion, " ".join(reasons)))
        else:
            rows.append(Row(one.criterion, _states(one, editions), _remarks(one, editions)))
    return Part(
        f"standard-{number}",
        judged.standard.standard,
        judged.standard.title,
        listed([editions[name].title for name in judged.editions]),
        tuple(row for row in rows if not row.criterion.like),
        tuple(row for row in rows if row.criterion.like),
        tuple(aside),
        counts,
    )


def _states(one: Judged, editions: Editions) -> tuple[State, ...]:
    by_support: dict[Support, list[str]] = {}
    for name, cell in one.editions.items():
        by_support.setdefault(cell.support, []).append(editions[name].title)
    alone = len(by_support) == 1
    return tuple(
        State(support, "" if alone else listed(by_support[support])) for support in Support if support in by_support
    )


def _remarks(one: Judged, editions: Editions) -> tuple[str, ...]:
    cells = {name: cell for name, cell in one.editions.items() if cell.support is not Support.NOT_APPLICABLE}
    told = []
    faults = _by(cells, "faults")
    for name, names in faults.items():
        told.append(f"Found under the rule {name}{_of(names, cells, editions)}.")
    told += [f"Looked at by: {name}{_of(names, cells, editions)}." for name, names in _joined(cells).items()]
    for name, names in _by(cells, "missing").items():
        told.append(f"Did not run: {name}{_of(names, cells, editions)}.")
    if one.criterion.person:
        told.append(f"For a person: {one.criterion.person[0].lower()}{one.criterion.person[1:]}")
    reasons = dict.fromkeys(cell.reason for cell in cells.values() if cell.reason)
    return (*told, *reasons)


def _by(cells: dict[str, Cell], field: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, cell in cells.items():
        for value in getattr(cell, field):
            found.setdefault(value, []).append(name)
    return found


def _joined(cells: dict[str, Cell]) -> dict[str, list[str]]:
    """Return the checks that looked, those of the same editions together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for check, editions in _by(cells, "ran").items():
        together.setdefault(tuple(editions), []).append(check)
    return {listed(checks): list(editions) for editions, checks in together.items()}


def _of(names: list[str], cells: dict[str, Cell], editions: Editions) -> str:
    return "" if len(names) == len(cells) else f" ({listed([editions[name].title for name in names])})"
