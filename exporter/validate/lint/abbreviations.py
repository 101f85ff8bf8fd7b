"""Abbreviations without an expansion (WCAG 3.1.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from exporter.findings import Finding, Rule, Severity
from exporter.lexicon.word_lists import words
from exporter.model import Abbreviation, Paragraph, Row, Source, Text
from exporter.model.east_asian import set_apart
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex

UNEXPLAINED = Rule(
    id="abbreviation-unexplained",
    severity=Severity.NOTE,
    sentence="Each abbreviation is explained once.",
    advice="Write it out at its first use, such as “the National Guard (GN)”, or put a line of its own anywhere: "
    "*[GN]: National Guard.",
    clause="WCAG 3.1.4",
)

RULES = (UNEXPLAINED,)

_ABBREVIATION = re.compile(r"(?<![\w.&/-])[^\W\d_]{2,6}(?![\w&/]|\.\w|-\w)")
_WORD = re.compile(r"\w+")
_PARENTHESES = re.compile(r"\(([^()]{2,300})\)")
_BEFORE_PARENTHESIS = re.compile(r"\b(\w{2,6}),? \(")
_LISTED = re.compile(r"(\w{2,6})\b(\W*)(\w.{0,200})")
"""A line that begins with an abbreviation."""
_SHORTEST_LIST = 3
"""Entries whose letters fit in a list of abbreviations."""
_ENTRY_SIGN = re.compile(r"[:=–—-]")
"""Between an abbreviation and what it stands for."""
_CONTEXT = 30
"""Characters on either side that are searched for the neighbouring word."""
_SHORTEST_WORD = 5
"""Letters of a word in capitals that is no abbreviation if it is written in small letters, too; WHO is one."""
_HEADING_NUMBER = re.compile(r"^(?: \d+| [A-Z])?[:.] ")
"""What follows the first word of a heading: “ANNEX 1: ”."""
_TWO_CAPITALS = re.compile(r"[A-Z\u00c0-\u00de\u0386-\u03ab\u0400-\u042f]{2}")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check that every abbreviation, 2-6 capitals in a row, is explained; report it once, at its first use."""
    counts: Counter[str] = Counter()
    first_uses: dict[str, Source | None] = {}
    for text, indexed in index.of_type(Text):
        for abbreviation in _find_abbreviations(text.text):
            counts[abbreviation] += 1
            if abbreviation not in first_uses and abbreviation not in words("known_abbreviations", indexed.language):
                first_uses[abbreviation] = indexed.source
    if not first_uses:
        return
    explained = _explained_words(index) | _ordinary_words(index)
    for abbreviation, source in first_uses.items():
        if abbreviation not in explained:
            times = "once" if counts[abbreviation] == 1 else f"{counts[abbreviation]} times"
            yield UNEXPLAINED.finding(f"Unexplained abbreviation: “{abbreviation}”, used {times}.", source)


def _explained_words(index: DocumentIndex) -> set[str]:
    """Return the words that are marked as abbreviations, are in parentheses, or are followed by parentheses."""
    publication = index.publication
    text = " ".join(plain_text(part) for part in (publication.front, publication.body, publication.notes))
    text = set_apart(text).replace("（", " (").replace("）", ")")
    explained = {abbreviation.text for abbreviation, _ in index.of_type(Abbreviation)}
    for content in _PARENTHESES.findall(text):
        explained.update(_WORD.findall(content))
    explained.update(_BEFORE_PARENTHESIS.findall(text))
    lines = [plain_text(paragraph) for paragraph, _ in index.of_type(Paragraph)]
    lines += [": ".join(map(plain_text, row.cells)) for row, _ in index.of_type(Row)]
    for is_list, entries in groupby(map(_LISTED.match, lines), lambda match: match is not None and match[1].isupper()):
        listed = [match for match in entries if match is not None]
        fitting = [match[1] for match in listed if _stands_for(*match.groups())]
        # In a list most letters fit; those of a translated name, or of one word, need not.
        is_fitting = is_list and len(fitting) >= _SHORTEST_LIST and len(fitting) * 2 > len(listed)
        explained.update(fitting)
        explained.update(match[1] for match in (_entries(listed) if is_fitting else ()))
    return explained


def _entries(listed: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Return the lines of a list of abbreviations, without a sentence below it, if most do not end like one."""
    others = [match for match in listed if not match.string.rstrip().endswith((".", "!", "?", "…"))]
    return others if len(others) * 2 > len(listed) else list(listed)


def _stands_for(abbreviation: str, between: str, line: str) -> bool:
    """Return whether a line begins with what an abbreviation stands for, as in a list of abbreviations.

    Its first words begin with the letters. Without a sign between them, the line also ends there; else it may be any
    sentence.
    """
    letters = abbreviation.casefold()
    words = _WORD.findall(line.casefold().partition("(")[0])
    initials = [word[0] for word in words[: 2 * len(letters)]]
    if initials[:1] != [letters[0]]:
        return False
    if not _ENTRY_SIGN.search(between):
        if len(words) > len(initials) or initials.pop() != letters[-1]:
            return False
        letters = letters[:-1]
    left = iter(initials)
    return all(letter in left for letter in letters)


def _ordinary_words(index: DocumentIndex) -> set[str]:
    """Return the words, in capitals, that are also written in small letters: “TOTAL” at the foot of a table."""
    words_of_text = {word for text, _ in index.of_type(Text) for word in _WORD.findall(text.text)}
    return {word.upper() for word in words_of_text if len(word) >= _SHORTEST_WORD and not word.isupper()}


def _find_abbreviations(text: str) -> list[str]:
    if not _TWO_CAPITALS.search(text):
        return []
    text = set_apart(text)
    abbreviations = []
    for match in _ABBREVIATION.finditer(text):
        word = match[0]
        if word.isupper() and not _ROMAN.fullmatch(word) and not _has_capitals_beside(text, *match.span()):
            abbreviations.append(word)
    return abbreviations


def _has_capitals_beside(text: str, start: int, end: int) -> bool:
    """Return whether a neighbouring word is in capitals too: a passage in capitals, not an abbreviation."""
    before = text[max(start - _CONTEXT, 0) : start].split(" ")
    after = text[end : end + _CONTEXT]
    if text.isupper():
        after = _HEADING_NUMBER.sub(" ", after)
    following = [word.rstrip(".,:;)") for word in after.split(" ")[1:2]]
    adjacent = (*(before[-2:-1] if before[-1] == "" else ()), *(following if after.startswith(" ") else ()))
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in adjacent)
