"""Dates in the lines of a title page, in digits or with the name of the month."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from babel import Locale
from babel.dates import get_day_names, get_month_names

from exporter.labels import Labels
from exporter.model.language_tags import locale_of

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHINESE = re.compile(
    r"([\d〇零一二三四五六七八九]{4})\s*年\s*([\d一二三四五六七八九十]{1,2})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*[日号]"
)
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SMALL_WORDS = frozenset(
    {"st", "nd", "rd", "th", "of", "the", "de", "del", "el", "le", "er", "den", "der", "di", "г", "года"}
)
"""Words beside the parts of a date."""


def is_date(text: str, labels: Labels) -> bool:
    """Return whether a line has a date and nothing else."""
    if read_date(text, labels) is None:
        return False
    if _CHINESE.fullmatch(text.strip()):
        return True
    known = {month for locale in _locales(labels) for month, _ in _months(locale)}
    known |= {day.casefold() for locale in _locales(labels) for day in get_day_names("wide", locale=locale).values()}
    known |= _words(labels("pdf.date"))
    return _words(text) <= known | _SMALL_WORDS


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def read_date(text: str, labels: Labels) -> datetime.date | None:
    """Return the date in a line, or None if there is none."""
    if match := _ISO.search(text):
        try:
            return datetime.date.fromisoformat(match[0])
        except ValueError:
            return None
    if match := _CHINESE.search(text):
        try:
            return datetime.date(*map(_chinese_number, match.groups()))
        except ValueError:
            return None
    folded = text.casefold()
    for locale in _locales(labels):
        for word, month in _months(locale):
            if re.search(rf"(?<!\w){re.escape(word)}", folded) and (date := _day(folded, month)):
                return date
    return None


def _chinese_number(text: str) -> int:
    """Return a number in figures or Chinese characters: 29, 二〇二六, 二十九."""
    tens, is_ten, ones = text.rpartition("十")
    if not is_ten:
        return int(text.translate(_CHINESE_DIGITS))
    return 10 * _chinese_number(tens or "一") + _chinese_number(ones or "零")


def _locales(labels: Labels) -> Iterator[Locale]:
    """Yield the language of the document and English, as far as their names of months are known."""
    return filter(None, map(locale_of, (labels.language, "en")))


def _months(locale: Locale) -> Iterator[tuple[str, int]]:
    """Yield the names of months, with their numbers."""
    for width in ("wide", "abbreviated"):
        for month, word in get_month_names(width, "format", locale).items():
            yield word.casefold().rstrip("."), month


def _day(text: str, month: int) -> datetime.date | None:
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    years = [number for number in numbers if 1000 <= number <= 2999]
    days = [number for number in numbers if 1 <= number <= 31]
    if len(years) != 1 or len(days) != 1:
        return None
    try:
        return datetime.date(years[0], month, days[0])
    except ValueError:
        return None
