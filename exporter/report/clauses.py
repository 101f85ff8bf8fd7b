"""The clause of a finding, such as "ISO 14289-1 7.3; MP 13-004; WCAG 1.1.1", as numbers of criteria."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter.report.criteria import EN, EPUB, PDF_UA, WCAG

_NAMES = {"WCAG": WCAG, "EN 301 549": EN, "ISO 14289-1": "clause", "MP": PDF_UA}
"""How clauses begin, and the standard meant; `clause` is one of PDF/UA-1 itself, not of the Matterhorn Protocol."""
_SEGMENT = re.compile(r"[;,]")
_NUMBER = re.compile(r"(?<![\w.-])(\d+(?:[.-]\d+)*)(?![\w-])")

Named = frozenset[tuple[str, str]]
"""Standards with numbers of theirs."""


@lru_cache(4096)
def named(clause: str) -> Named:
    """Return the criteria that a clause names; numbers of standards that are not judged here are left out.

    A number after a comma belongs to the standard before it. Where checkpoints of the Matterhorn Protocol are named,
    they say more than the clause of ISO 14289-1 beside them, which is then left out.
    """
    standard = ""
    found: set[tuple[str, str]] = set()
    for segment in _SEGMENT.split(clause):
        text = segment.strip()
        begin = next((name for name in _NAMES if text.startswith(name)), "")
        if begin:
            standard, text = _NAMES[begin], re.sub(r"^:\d{4}", "", text[len(begin) :])
        elif text[:1].isalpha():
            standard = EPUB if text.startswith(EPUB) else ""
            text = ""
        if standard:
            found |= {(standard, number) for number in _NUMBER.findall(text) if standard != EPUB}
    found = {(name, number.partition("-")[0] if name == PDF_UA else number) for name, number in found}
    if any(name == PDF_UA for name, _ in found):
        found = {pair for pair in found if pair[0] != "clause"}
    return frozenset(found | {(WCAG, like) for name, number in found if name == EN and (like := _like(number))})


def _like(number: str) -> str:
    """Return the success criterion that a clause of EN 301 549 takes over: 10.1.1.1 is 1.1.1."""
    chapter, _, rest = number.partition(".")
    return rest if chapter in {"9", "10", "11"} and rest.count(".") == 2 else ""


def under(number: str, clauses: tuple[str, ...]) -> bool:
    """Return whether a clause is one of these or lies in one: 7.4.2 lies in 7.4."""
    return any(number == clause or number.startswith(f"{clause}.") for clause in clauses)
