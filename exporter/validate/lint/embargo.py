"""Lines at the beginning that say until when nothing may be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.lexicon.word_lists import by_language
from exporter.model import Paragraph
from exporter.model.east_asian import count_words
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex

EMBARGO = Rule(
    id="embargo-left",
    severity=Severity.WARNING,
    sentence="What is published says nothing of an embargo.",
    advice="Delete the line before you publish, since every edition prints it and reads it aloud. Nothing to do in "
    "copies that are sent out under embargo.",
)

RULES = (EMBARGO,)

_BEGINNING = 20
"""Paragraphs in which such a line may be."""
_LONGEST_LINE = 20
"""Words; a longer paragraph is text, perhaps about another kind of embargo."""

_TIME = r"\d{1,2}(?:[:.h]\d\d|\s?h\b|\s?[ap]\.?m\b)|\d{4}\s?(?:gmt|utc|hours|hrs)\b"
_DATE_IN_FIGURES = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}月\d{1,2}[日号]"
_COUNTRIES = {"ar": ("EG", "IQ", "DZ")}
"""Countries whose months have names of their own."""


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the beginning of the text for an embargo."""
    for paragraph, indexed in islice(index.of_type(Paragraph), _BEGINNING):
        line = " ".join(plain_text(paragraph).split())
        if count_words(line) <= _LONGEST_LINE and any(pattern.search(line.casefold()) for pattern in _patterns()):
            yield EMBARGO.finding(f"The text is under embargo: {quoted(line)}.", indexed.source)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of lines that say until when, with those of dates in their language."""
    return tuple(
        re.compile(line.replace("DATE", _date(language)))
        for language, lines in by_language("embargo").items()
        for line in sorted(lines)
    )


def _date(language: str) -> str:
    """Return a pattern for a time of day, a date, a day and a month, or a day of the week."""
    from babel import Locale

    locales = [Locale(language, country) for country in _COUNTRIES.get(language, (None,))]
    months = _names(
        locale.months[use][width]
        for locale in locales
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    )
    # Short ones are words, such as so and mar.
    weekdays = _names(locale.days["format"]["wide"] for locale in locales)
    day = r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|[.º°])?"
    day_and_month = rf"{day}\s(?:of\s|de\s)?{months}(?!\w)|(?<!\w){months}\.?\s{day}"
    return rf"(?:{_TIME}|{_DATE_IN_FIGURES}|{day_and_month}|(?<!\w){weekdays}(?!\w))"


def _names(tables: Iterable[Mapping[int, str]]) -> str:
    names = {name.casefold().rstrip(".") for table in tables for name in table.values()}
    return f"(?:{'|'.join(sorted(map(re.escape, names)))})"
