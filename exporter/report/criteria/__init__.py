"""The criteria of the standards, from the TOML files of this package: paraphrased, with the checks that cover them.

EN 301 549 V3.2.1 takes over WCAG 2.1 number by number, in clause 9 for web pages and in clause 10 for other documents;
these clauses are derived from the file of WCAG.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

WCAG = "WCAG 2.2"
EN = "EN 301 549"
PDF_UA = "PDF/UA-1"
EPUB = "EPUB Accessibility 1.1"

_FILES = ("wcag", "en301549", "pdfua", "epub", "ebraille")
_ONLY_FOR_WEB = frozenset({"2.4.1", "2.4.5", "3.2.3", "3.2.4"})
"""Success criteria that EN 301 549 does not require of documents other than web pages."""


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A criterion of a standard."""

    id: str
    name: str
    """Its name in the standard."""
    asks: str
    """The requirement, paraphrased."""
    level: str = ""
    """A or AA, for WCAG."""
    editions: tuple[str, ...] | None = None
    """Kinds of editions that it applies to; None: those that the file lists as `readable`."""
    content: tuple[str, ...] = ()
    """Kinds of content (`content_kinds`): if an edition has none of them, the criterion does not apply to it."""
    checks: tuple[str, ...] | None = None
    """Checks that must have run, `a|b` if one of them is enough; None: those that the file lists."""
    also: dict[str, tuple[str, ...]] = {}
    """Additional checks, by kind of edition."""
    rules: tuple[str, ...] = ()
    """Patterns of the rules, or of the clauses of findings, that concern it; what names the criterion always does."""
    person: str = ""
    """What only a person can check; empty if programs can check all of it."""
    since: str = "2.1"
    """Version of WCAG that introduced it, or an earlier one; EN 301 549 V3.2.1 refers to 2.1."""
    clauses: tuple[str, ...] = ()
    """Clauses of the standard, if the criterion has another number."""
    like: str = ""
    """Number of the success criterion of WCAG that it takes over, or `*` for all of them."""

    def needs(self, kind: str) -> tuple[str, ...]:
        """Return the checks that must have run over an edition of a kind."""
        return (*(self.checks or ()), *self.also.get(kind, ()))


class Standard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A standard, or the part of one that concerns publications."""

    standard: str
    title: str
    readable: tuple[str, ...]
    """Kinds of editions that its criteria apply to by default."""
    criterion: tuple[Criterion, ...]
    checks: tuple[str, ...] = ()


@cache
def standards() -> tuple[Standard, ...]:
    """Return the standards, each with all its criteria in its own order."""
    folder = Path(__file__).parent
    files = [msgspec.convert(tomllib.loads((folder / f"{name}.toml").read_text("utf-8")), Standard) for name in _FILES]
    complete = [_with_defaults(standard) for standard in files]
    wcag = complete[0]
    return tuple(_with_wcag(standard, wcag) if standard.standard == EN else standard for standard in complete)


def _with_defaults(standard: Standard) -> Standard:
    criteria = tuple(
        msgspec.structs.replace(
            criterion,
            editions=standard.readable if criterion.editions is None else criterion.editions,
            checks=standard.checks if criterion.checks is None else criterion.checks,
        )
        for criterion in standard.criterion
    )
    return msgspec.structs.replace(standard, criterion=criteria)


def _with_wcag(standard: Standard, wcag: Standard) -> Standard:
    taken_over = [criterion for criterion in wcag.criterion if criterion.since != "2.2"]
    web_clauses = [_clause(criterion, "9", ("web",)) for criterion in taken_over]
    document_clauses = [
        _clause(criterion, "10", tuple(kind for kind in criterion.editions or () if kind != "web"))
        for criterion in taken_over
        if criterion.id not in _ONLY_FOR_WEB
    ]
    criteria = sorted(
        (*standard.criterion, *web_clauses, *document_clauses),
        key=lambda criterion: [int(part) for part in criterion.id.split(".")],
    )
    return msgspec.structs.replace(standard, criterion=tuple(criteria))


def _clause(criterion: Criterion, chapter: str, kinds: tuple[str, ...]) -> Criterion:
    touched = tuple(kind for kind in kinds if kind in (criterion.editions or ()))
    return msgspec.structs.replace(
        criterion, id=f"{chapter}.{criterion.id}", level="", editions=touched, like=criterion.id
    )
