"""`report.html`: the verdict first, then what to mend, then everything else that was checked, and what was not."""

from __future__ import annotations

import msgspec

from exporter.contracts import Editions
from exporter.findings import Severity
from exporter.report.formatting import amount, listed
from exporter.report.groups import chapters
from exporter.report.model import CheckReport, CountCell, CountRow, EditionStatus, Report, count
from exporter.report.templates import render as fill
from exporter.report.verdict import verdict

TEMPLATE = "report.html"

_FACTS = {
    "decorative": "Decorative pictures",
    "notes": "Notes",
    "languages": "Passages in other languages",
    "speakers": "Turns of speakers",
    "cells": "Cells of tables",
}
"""What people call a fact, where its name does not say it."""


class SkippedChecks(msgspec.Struct, frozen=True):
    """Checks that did not run, for one reason."""

    reason: str
    titles: tuple[str, ...]
    """With the editions that they were for."""


class Checked(msgspec.Struct, frozen=True):
    """The checks that ran over the manuscript or over one edition."""

    title: str
    checks: tuple[CheckReport, ...]


class Facts(msgspec.Struct, frozen=True):
    """The comparison of the editions."""

    columns: tuple[str, ...]
    """Names of editions."""
    rows: tuple[CountRow, ...]
    verdict: str
    tone: str
    remarks: tuple[str, ...]
    """Why something was not compared."""


def render(report: Report, editions: Editions) -> bytes:
    """Return the page; the same report gives the same bytes."""
    serious = [finding for finding in report.findings if finding.severity is not Severity.NOTE]
    notes = [finding for finding in report.findings if finding.severity is Severity.NOTE]
    return fill(
        TEMPLATE,
        report=report,
        editions=editions,
        verdict=verdict(report, editions),
        counts=count(report.findings),
        mend=chapters(serious, report.rules, editions),
        notes=chapters(notes, report.rules, editions),
        quiet=_quiet(report.checks, editions),
        checked=_checked(report.checks, editions),
        ran=sum(check.ran for check in report.checks),
        facts=_facts(report, editions),
        made=sum(one.standing in (EditionStatus.MADE, EditionStatus.WITHHELD) for one in report.editions),
        asked=sum(one.standing is not EditionStatus.EARLIER for one in report.editions),
    )


def _quiet(checks: tuple[CheckReport, ...], editions: Editions) -> tuple[SkippedChecks, ...]:
    by_reason: dict[str, dict[str, list[str]]] = {}
    for check in checks:
        if not check.ran:
            titles = by_reason.setdefault(check.reason, {}).setdefault(check.title, [])
            titles += [editions[check.edition].title] if check.edition else []
    return tuple(
        SkippedChecks(reason, tuple(f"{title} ({listed(of)})" if of else title for title, of in titles.items()))
        for reason, titles in by_reason.items()
    )


def _checked(checks: tuple[CheckReport, ...], editions: Editions) -> tuple[Checked, ...]:
    by_edition: dict[str, list[CheckReport]] = {}
    for check in checks:
        if check.ran:
            by_edition.setdefault(check.edition, []).append(check)
    return tuple(
        Checked(editions[edition].title if edition else "Manuscript", tuple(by_edition[edition]))
        for edition in sorted(by_edition, key=lambda name: name != "")
    )


def _facts(report: Report, editions: Editions) -> Facts | None:
    if not report.facts:
        return None
    columns = tuple(dict.fromkeys(name for row in report.facts for name in row.editions))
    compared = [name for name in columns if any(_cell(row, name).agrees is not None for row in report.facts)]
    differing = [name for name in columns if any(_cell(row, name).agrees is False for row in report.facts)]
    rows = tuple(msgspec.structs.replace(row, fact=fact_of(row.fact)) for row in report.facts)
    if differing:
        titles = listed([editions[name].title for name in differing])
        tone, words = "error", f"Not the same as the manuscript: {titles}."
    elif compared:
        tone, words = (
            "good",
            f"{amount(len(compared), 'edition')} compared, and no difference from the manuscript found.",
        )
    else:
        tone, words = "warning", "No edition was compared with the manuscript."
    return Facts(columns, rows, words, tone, _remarks(rows, columns, editions))


def _remarks(rows: tuple[CountRow, ...], columns: tuple[str, ...], editions: Editions) -> tuple[str, ...]:
    """Return why something was not compared, the same reason once: "MP3, Audio: …", or with the facts it is about."""
    why: dict[str, dict[str, list[str]]] = {}
    for name in columns:
        for row in rows:
            cell = _cell(row, name)
            if cell.agrees is None and cell.reason:
                why.setdefault(cell.reason, {}).setdefault(editions[name].title, []).append(row.fact)
    told = []
    for reason, titles in why.items():
        facts = list(dict.fromkeys(fact for each in titles.values() for fact in each))
        about = "" if len(facts) == len(rows) else f" ({listed([fact.lower() for fact in facts])})"
        told.append(f"{listed(list(titles))}{about}: {reason}")
    return tuple(told)


def _cell(row: CountRow, name: str) -> CountCell:
    return row.editions.get(name, CountCell())


def fact_of(name: str) -> str:
    """Return what people call a fact."""
    return _FACTS.get(name) or name.replace("-", " ").replace("_", " ").capitalize()
