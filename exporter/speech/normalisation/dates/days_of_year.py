"""Days in figures: em 7/5, le 10/12, de 18/07 a 02/08."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import (
    alternatives,
    month_names,
    weekday_names,
    word_before,
)

_RARE_PARTS = (7, 9, 11, 12)
"""Months that are rarely the parts of a fraction."""
_COUNTED = re.compile(r"\s(?!antes|depois|pelas)[a-zà-ÿ]{3,}s(?!\w)")
"""Several things after a fraction and not after a day: em 5/7 casos."""
_DAY_FIGURES, _MONTH_FIGURES = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DAY_OF_YEAR = re.compile(
    r"(?<![\w/.-])(\d\d?)/(\d\d?)(?=(?:\s?[–-]\s?|\s\w{1,3}\s)\d\d?/\d\d?/(?:\d\d){1,2}(?![\w/]))"
    r"|(?:(?<=/\d\d,\sde\s)|(?<=/\d{4},\sde\s)|(?<=\d\sh\sde\s)|(?<=\dh\sde\s)|(?<=\dh[0-5]\d\sde\s))"
    r"(\d\d?)/(\d\d?)(?![\w/]|\sd[oa]s?\s)"
)
"""A day and a month of the year that follows, du 24/2 au 4/4/2025, of that of a law, or of an hour.

Lei n.º 5/06, de 23/2; Lei n.º 5/2006, de 8/9; às 22h de 8/1.
"""
_DAYS_OF_YEAR = re.compile(
    r"(?<!\w)(entre|[^\W\d_]{2,4})\s(\d\d?/\d\d?)(\s[^\W\d_]{1,3}\s(?:[^\W\d_]{1,3}\s)?)(\d\d?/\d\d?)(?![\w/-]|[.,]\d)"
)
"""Two days without a year, of which the figures are no fractions: de 18/07 a 02/08."""
_DASHED_DAYS = re.compile(r"(?<![\w/.,-])(\d\d?)/(\d\d?)\s?[–-]\s?(\d\d?)/(\d\d?)(?![\w/%-]|[.,]\d)")
"""The same with a dash: (24/04-3/5)."""
_FIRST_DAY = re.compile(r"(?<!\w)(?:([^\W\d_]+)\s|\()(\d\d?)\s[^\W\d_]{1,2}\s(\d\d?/\d\d?)(?![\w/-]|[.,]\d)")
"""A day before another one with its month: de 21 a 25/06."""
_DAY_WORDS = frozenset({"dias", "días", "jours", "giorni"})
_MONTHS = 12


def read_days_of_year(text: str, lexicon: Lexicon) -> str:
    """Read em 7/5 and dia 1/5 as days; what is less than one may be a fraction: em 1/3 dos casos."""
    if not lexicon.day_first or not lexicon.days.before:
        return text
    if lexicon.days.year:  # dia 1º/5; Lei n.º 5/2006 de 8/9, Lei n.º 5/06, de 26-06
        text = re.sub(
            rf"(?<!\w)((?i:{alternatives(lexicon.days.words) or '(?!)'})\s)1\.?º/(?=\d\d?(?![\w/]))", r"\g<1>1/", text
        )
        day = rf"({_DAY_FIGURES})([/-])({_MONTH_FIGURES})(?![\w/-]|[.,]\d)"
        of_law = rf"((?<=\d)/(?:\d\d|\d{{4}}),?\s{lexicon.days.year}\s){day}"
        text = re.sub(of_law, lambda match: match[1] + _format_day(match.group(2, 4), lexicon), text)
    text = _DAY_OF_YEAR.sub(lambda match: _format_day(match.group().split("/"), lexicon), text)
    if not lexicon.days.after:  # and the month is never first
        text = _DAYS_OF_YEAR.sub(lambda match: _format_days(match, lexicon), text)
        text = _DASHED_DAYS.sub(lambda match: _format_dashed_days(match, lexicon), text)
        text = _FIRST_DAY.sub(lambda match: _format_last_day(match, lexicon), text)
        # Na terça-feira (09/04), el lunes 17/12
        weekdays = alternatives(weekday_names(lexicon.language))
        dated = rf"((?<!\w)(?i:{weekdays})(?:\s[^\W\d_]+)?,?\s\(?)(\d\d?)/(\d\d?)(?![\w/-]|[.,]\d)"
        text = re.sub(dated, lambda match: match[1] + _format_day(match.group(2, 3), lexicon), text)
        if lexicon.days.year:  # a decisão de 23/9
            dated = rf"((?<!\w){lexicon.days.year}\s)(1[3-9]|2\d|3[01])/(0?[1-9]|1[0-2])(?![\w/-]|[.,]\d|\s?%)"
            text = re.sub(dated, lambda match: match[1] + _format_day(match.group(2, 3), lexicon), text)
    words = alternatives(lexicon.days.words)
    if not words:
        return text

    def read(match: re.Match[str]) -> str:
        before, day, month = match.groups()
        if before.casefold() in lexicon.in_years and _COUNTED.match(text, match.end()):
            return match.group()
        is_day = before.casefold() in lexicon.days.nouns or int(day) >= int(month) or "0" in (day[0], month[0])
        # Le 10/12, and not le 5/12 de la somme; el 9/11 is known by its numbers, and 24/7 is always
        is_part = re.match(r"\s(?:(?:d[aeo]|del|des|du)\s|d[’'])", text[match.end() :]) or (day, month) == ("9", "11")
        is_day = (is_day or (int(month) in _RARE_PARTS and not is_part)) and (day, month) != ("24", "7")
        return f"{before} {_format_day([day, month], lexicon)}" if is_day else match.group()

    return re.sub(rf"(?<!\w)((?i:{words}))\s(\d\d?)/(\d\d?)(?![\w/]|[.,]\d|\s?%|\sd[oa]s?\s)", read, text)


def _format_days(match: re.Match[str], lexicon: Lexicon) -> str:
    before, first, joint, last = match.groups()
    word = before.casefold()
    if not lexicon.references.isdisjoint({word, word.removesuffix("s")}):
        return match.group()
    days = [figures.split("/") for figures in (first, last)]
    are_days = any(_is_surely_day(*figures) for figures in days)
    read = [_format_day(figures, lexicon) for figures in days]
    return match.group() if not are_days or "/" in "".join(read) else f"{before} {read[0]}{joint}{read[1]}"


def _format_dashed_days(match: re.Match[str], lexicon: Lexicon) -> str:
    first, last = match.groups()[:2], match.groups()[2:]
    read = [_format_day(figures, lexicon) for figures in (first, last)]
    are_days = _is_surely_day(*first) or _is_surely_day(*last)
    is_number = word_before(match.string, match.start()) in lexicon.references
    return match.group() if is_number or not are_days or "/" in "".join(read) else f" {lexicon.range_word} ".join(read)


def _format_last_day(match: re.Match[str], lexicon: Lexicon) -> str:
    word, first, last = (match[1] or "").casefold(), match[2], match[3]
    day, month = last.split("/")
    may_be_day = not word or word in lexicon.agreement.no_nouns
    is_day = word in _DAY_WORDS or (may_be_day and _is_surely_day(day, month))
    if not is_day or int(first) >= int(day):
        return match.group()
    return match.group().removesuffix(last) + _format_day((day, month), lexicon)


def _is_surely_day(day: str, month: str) -> bool:
    """Return whether figures are those of a day rather than of a fraction: 02/08, 18/7."""
    return "0" in (day[0], month[0]) or int(day) > _MONTHS


def _format_day(figures: Sequence[str], lexicon: Lexicon) -> str:
    day, month = map(int, figures)
    if not 0 < day < 32 or not 0 < month < 13:
        return "/".join(figures)
    return lexicon.days.before.format(day, month_names(lexicon.language)[month - 1])
