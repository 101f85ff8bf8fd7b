"""What standards ask of a publication, from the TOML files beside this: in our own words, with what programs check.

EN 301 549 V3.2.1 takes over WCAG 2.1 number by number, in clause 9 for web pages and in clause 10 for other documents;
these clauses are drawn from the file of WCAG.
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

_FILES = ("wcag", "en301549", "pdfua", "epub")
_VOID = frozenset({"2.4.1", "2.4.5", "3.2.3", "3.2.4"})
"""Success criteria that EN 301 549 does not ask of documents that are no web pages."""


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a standard asks."""

    id: str
    name: str
    """As the standard calls it, so that it can be found there."""
    asks: str
    """What it asks, in our own words."""
    level: str = ""
    """A or AA, for WCAG."""
    editions: tuple[str, ...] | None = None
    """Kinds of editions that it touches; None: those that the file names as `readable`."""
    content: tuple[str, ...] = ()
    """Keys of `Report.content`: with none of them in the manuscript, the criterion is about nothing."""
    checks: tuple[str, ...] | None = None
    """Checks that must have run, `a|b` where one of them is enough; None: those that the file names."""
    also: dict[str, tuple[str, ...]] = {}
    """More of them, by kind of edition."""
    rules: tuple[str, ...] = ()
    """Rules that speak of it, `*` for anything; rules whose clause names the criterion speak of it anyway."""
    person: str = ""
    """What only a person can judge; empty when programs can check all of it."""
    never: str = ""
    """Why it is about nothing that an edition holds."""
    since: str = "2.1"
    """Version of WCAG that brought it, or an earlier one; EN 301 549 V3.2.1 ends with 2.1."""
    clauses: tuple[str, ...] = ()
    """Clauses of the standard, where the criterion has another number."""
    like: str = ""
    """Number of the success criterion of WCAG that it takes over."""

    def needs(self, kind: str) -> tuple[str, ...]:
        """Return the checks that must have run over an edition of a kind."""
        return (*(self.checks or ()), *self.also.get(kind, ()))


class Standard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A standard, or the part of one that is about publications."""

    standard: str
    title: str
    readable: tuple[str, ...]
    """Kinds of editions that its criteria touch unless they say otherwise."""
    criterion: tuple[Criterion, ...]
    checks: tuple[str, ...] = ()


@cache
def standards() -> tuple[Standard, ...]:
    """Return the standards, each with all its criteria in its own order."""
    here = Path(__file__).parent
    read = [msgspec.convert(tomllib.loads((here / f"{name}.toml").read_text("utf-8")), Standard) for name in _FILES]
    whole = [_settled(standard) for standard in read]
    wcag = whole[0]
    return tuple(_with_wcag(standard, wcag) if standard.standard == EN else standard for standard in whole)


def _settled(standard: Standard) -> Standard:
    criteria = tuple(
        msgspec.structs.replace(
            one,
            editions=standard.readable if one.editions is None else one.editions,
            checks=standard.checks if one.checks is None else one.checks,
        )
        for one in standard.criterion
    )
    return msgspec.structs.replace(standard, criterion=criteria)


def _with_wcag(standard: Standard, wcag: Standard) -> Standard:
    old = [one for one in wcag.criterion if one.since != "2.2"]
    web = [_clause(one, "9", ("web",)) for one in old]
    documents = [
        _clause(one, "10", tuple(kind for kind in one.editions or () if kind != "web"))
        for one in old
        if one.id not in _VOID
    ]
    criteria = sorted(
        (*standard.criterion, *web, *documents), key=lambda one: [int(part) for part in one.id.split(".")]
    )
    return msgspec.structs.replace(standard, criterion=tuple(criteria))


def _clause(one: Criterion, chapter: str, kinds: tuple[str, ...]) -> Criterion:
    touched = tuple(kind for kind in kinds if kind in (one.editions or ()))
    return msgspec.structs.replace(one, id=f"{chapter}.{one.id}", level="", editions=touched, like=one.id)
