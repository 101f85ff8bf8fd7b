"""Short forms that a listener cannot look up (WCAG 3.1.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.model import Abbreviation, Source, Text
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.word_lists import words

UNEXPLAINED = Rule(
    id="abbreviation-unexplained",
    severity=Severity.NOTE,
    sentence="Each abbreviation is explained once.",
    advice="Write it out where it comes first, such as “the National Guard (GN)”, or put a line of its own anywhere: "
    "*[GN]: National Guard.",
    clause="WCAG 3.1.4",
)

RULES = (UNEXPLAINED,)

_SHORT = re.compile(r"(?<![\w.&/-])[^\W\d_]{2,6}(?![\w&/]|\.\w|-\w)")
_WORD = re.compile(r"\w+")
_PARENTHESES = re.compile(r"\(([^()]{2,300})\)")
_BEFORE_PARENTHESIS = re.compile(r"\b(\w{2,6}),? \(")
_NEAR = 30
"""Characters on either side in which the word beside is looked for."""
_TWO_CAPITALS = re.compile(r"[A-Z\u00c0-\u00de\u0386-\u03ab\u0400-\u042f]{2}")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Point at capital letters, 2-6 in a row, that are explained nowhere: once each, where they come first."""
    counts: Counter[str] = Counter()
    places: dict[str, Source | None] = {}
    for text, met in index.of(Text):
        for short in _short_forms(text.text):
            counts[short] += 1
            if short not in places and not _known(short, met.language):
                places[short] = met.source
    if not places:
        return
    explained = _explained(index)
    for short, source in places.items():
        if short not in explained:
            times = "once" if counts[short] == 1 else f"{counts[short]} times"
            yield UNEXPLAINED.finding(f"“{short}” is used {times} and explained nowhere.", source)


def _explained(index: DocumentIndex) -> set[str]:
    """Return the words that are marked as abbreviations, stand in parentheses, or have parentheses behind them."""
    publication = index.publication
    whole = " ".join(plain_text(part) for part in (publication.front, publication.body, publication.notes))
    found = {abbreviation.text for abbreviation, _ in index.of(Abbreviation)}
    for inside in _PARENTHESES.findall(whole):
        found.update(_WORD.findall(inside))
    found.update(_BEFORE_PARENTHESIS.findall(whole))
    return found


def _short_forms(text: str) -> list[str]:
    if not _TWO_CAPITALS.search(text):
        return []
    found = []
    for match in _SHORT.finditer(text):
        short = match[0]
        if short.isupper() and not _ROMAN.fullmatch(short) and not _in_capitals(text, match.start(), match.end()):
            found.append(short)
    return found


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Return whether the word beside is in capitals too: then somebody shouts."""
    before = text[max(start - _NEAR, 0) : start].split(" ")
    after = text[end : end + _NEAR].split(" ")
    beside = (*(before[-2:-1] if before[-1] == "" else ()), *(after[1:2] if after[0] == "" else ()))
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in beside)


def _known(short: str, language: str) -> bool:
    return short in words("known_abbreviations", language)
