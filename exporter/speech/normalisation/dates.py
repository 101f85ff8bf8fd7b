"""Dates in figures."""

from __future__ import annotations

import datetime
import re

from exporter.lexicon import Lexicon
from exporter.model.language_tags import locale_of
from exporter.speech.normalisation.calendar_names import full_year
from exporter.speech.normalisation.ordinals import roman_value
from exporter.speech.normalisation.patterns import alternatives, month_names, months_alone

_FIRST_GREGORIAN = 1600
"""Earlier years in the figures of a date are of the Islamic calendar, if the language has its months."""

_LAST_DAY, _LAST_MONTH = 31, 12
_SHORT_DATE = re.compile(
    r"(?<![\w/.,-])(?:(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/|(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/"
    r"|(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.)\d\d(?![\w/-]|[.,]\d)"
)
"""20/5/23, 20.05.23; 20.5.23 may be the number of a section."""

_DATE = r"\d\d?([/.])\d\d?\1\d{4}(?![\w/-])"
_TWO_DATES = re.compile(rf"(?<=[/.]\d{{4}})\s?[–—-]\s?(?={_DATE})")
_DAY_AND_DATE = re.compile(
    r"(?<![\w/.,-])(\d\d?)([/.])(\d\d?)(\s?[–—-]\s?|\s(?:по|إلى|حتى)\s)(?=\d\d?\2\d\d?\2\d{4}(?![\w/-]))"
)
"""A day and a month before a date of the same year: 30.03–8.04.2022, с 30.03 по 8.04.2022."""


_MONTH_OF_YEAR = re.compile(
    r"((?<!\w)(?:с|со|з|із|до|по|от|від|за|в|у|на)\s)(0[1-9]|1[0-2])\.((?:19|20)\d\d)(?![\w/–-]|[.,]\d)", re.IGNORECASE
)
"""A month in figures before its year, after a preposition: с 12.2015."""


def read_date_ranges(text: str, lexicon: Lexicon) -> str:
    """Read the dash between two dates as a word, and the first one without its year: 30.03–8.04.2022."""
    # Where a full stop makes an ordinal, 30.03.–8.04.2022 is another rule's.
    names, joint = month_names(lexicon.language), f" {lexicon.range_word} "
    if not names or not lexicon.range_word or not lexicon.day_first or lexicon.ordinals.pointed:
        return text

    def read(match: re.Match[str]) -> str:
        day, _, month, between = match.groups()
        if not 0 < int(day) < 32 or not 0 < int(month) < 13:
            return match.group()
        written = (lexicon.days.before or "{} {}").format(int(day), names[int(month) - 1])
        return f"{written}{joint if re.search('[–—-]', between) else between}"

    text = _DAY_AND_DATE.sub(read, _TWO_DATES.sub(joint, text))
    if not lexicon.proclitics:
        return text
    # Both names of two months: شباط/فبراير-آذار/مارس 2020
    month = rf"[ء-ي]{{2,}}(?:\s[ء-ي]{{5,}})?/(?:{alternatives(names)}|يونيه|يوليه)"
    return re.sub(rf"(?<!\w)({month}(?:\s\d{{4}})?)\s?[–—-]\s?(?={month}\s\d{{4}})", rf"\1{joint}", text)


def read_dates(text: str, lexicon: Lexicon) -> str:
    """Write dates in full: those of ISO 8601, and 12/5/2019 if the language has the day first."""
    if not lexicon.language:
        return text
    # L. 1132-3-3 is an article of a code
    law = r"(?!(?<=[A-Z]\s)(?!(?:19|20)..-..-..)|(?<=[A-Z]\.\s)(?!(?:19|20)..-..-..))"
    iso = rf"(?<![\w/.-]){law}(1\d{{3}}|20\d\d)([/.-])(\d{{1,2}})\2(\d{{1,2}})(?![\w-]|/\d)"
    text = re.sub(iso, lambda match: _date(match, (1, 3, 4), lexicon), text)
    # 5/V/2020, 05/12/19
    text = re.sub(
        r"(?<![\w/.-])(?<!º\s)(\d{1,2})([/-])([IVX]+)\2(\d{4})(?![\w/-])",
        lambda match: f"{match.group(1)}/{roman_value(match.group(3)) or match.group(3)}/{match.group(4)}",
        text,
    )
    if lexicon.days.pointed:
        after = rf"(?<!\w)(?i:{alternatives(lexicon.days.pointed)})\s"
        pointed = rf"({after}\d{{1,2}}\.\d{{1,2}}\.)(\d\d)(?![\w/-]|[.,]\d)"
        text = re.sub(pointed, lambda match: f"{match[1]}{full_year(match[2])}", text)
    if lexicon.days.dated:  # el 5-5-55
        after = rf"((?<!\w)(?i:{alternatives(lexicon.days.dated)})\s)"
        roman = rf"{after}(\d{{1,2}})[/-]([IVX]+)(?![\w/-])"  # el 10-XII
        text = re.sub(roman, lambda match: _with_month(match, lexicon), text)
        section = r"(?![1-9]\.\d\d?\.[01]\d)"  # au 3.2.10
        short = rf"{after}{section}((?:0?[1-9]|[12]\d|3[01])([.-])(?:0?[1-9]|1[0-2])\3)(\d\d)(?![\w/–-]|[.,]\d)"
        text = re.sub(short, lambda match: f"{match[1]}{match[2]}{full_year(match[4])}", text)
    text = _SHORT_DATE.sub(_with_century, text)
    if lexicon.day_first:
        # The date in full has the word for year, where the language writes it.
        year = rf"(?:\s(?:{alternatives(lexicon.year_forms)})(?!\w))?" if lexicon.year_forms else ""
        dated = rf"(?<![\w/.-])(\d{{1,2}})(?:\.?º)?([/.-])(\d{{1,2}})\2(\d{{4}})(?![\dA-Za-z/-]){year}"
        text = re.sub(dated, lambda match: _date(match, _order(match, lexicon.language), lexicon), text)
    text = _read_months_of_year(text, lexicon)
    if lexicon.days.pointed:
        names, words = month_names(lexicon.language), alternatives(lexicon.days.pointed)
        days = rf"((?<!\w)(?i:{words})\s(?:0?[1-9]|[12]\d|3[01])\.)\s?(0?[1-9]|1[0-2])\.(?![\w/-]|\s?\d)"
        text = re.sub(days, lambda match: f"{match[1]} {names[int(match[2]) - 1]}", text)
    return text


def _read_months_of_year(text: str, lexicon: Lexicon) -> str:
    """Read a month in figures before its year, after a preposition: с 12.2015, em 06/2017, de 01/2020 a 12/2021."""
    if lexicon.declension.days:
        return _MONTH_OF_YEAR.sub(lambda match: _month(match, lexicon), text)
    words = alternatives(lexicon.in_years | {lexicon.days.year, "desde"}) if lexicon.days.year else ""
    names = month_names(lexicon.language)
    if not words or not names:
        return text

    def read(match: re.Match[str]) -> str:
        return f"{match[1]}{names[int(match[2]) - 1]} {lexicon.days.year} {match[3]}"

    year = r"/((?:19|20)\d\d)(?![\w/-]|[.,]\d)"
    first = rf"((?<!\w)(?i:{words})\s)(0[1-9]|1[0-2](?=/\d{{4}}\sa\s[01]\d/\d{{4}}))"
    last = rf"((?<={lexicon.days.year}\s\d{{4}})\s(?:a|até|hasta)\s)(0[1-9]|1[0-2])"
    return re.sub(last + year, read, re.sub(first + year, read, text))


def _month(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return a month in figures before its year in the case that the word before it asks for: с 12.2015 по 06.2017."""
    before, month, year = match.groups()
    name, word = month_names(lexicon.language)[int(month) - 1], before.strip().casefold()
    if word in lexicon.before_whole_years:
        name = months_alone(lexicon.language)[name]
    elif word in lexicon.before_years - lexicon.declension.dative:
        end = next((end for end in lexicon.declension.locative_months if name.endswith(end)), "")
        name = name.removesuffix(end) + lexicon.declension.locative_months.get(end, "")
    year_word = next(form for form, ending in lexicon.declension.years.items() if ending == "ого")
    return f"{before}{name} {year} {year_word}"


def _with_century(match: re.Match[str]) -> str:
    """Return a date with a year of two figures with one of four; the sign between them is the slash."""
    first, second, year = re.split("[/.]", match.group())
    return f"{first}/{second}/{full_year(year)}"


def _with_month(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return a day with the name of its month, which is a Roman number: el 10-XII."""
    before, day, numeral = match.groups()
    month = roman_value(numeral)
    is_date = 0 < int(day) <= _LAST_DAY and 0 < month <= _LAST_MONTH and lexicon.days.before
    return (
        f"{before}{lexicon.days.before.format(day, month_names(lexicon.language)[month - 1])}" if is_date else match[0]
    )


def _order(match: re.Match[str], language: str) -> tuple[int, int, int]:
    """Return the groups of year, month and day; the month is first in the United States, and where it must be."""
    month_first = language.endswith("-US") and match.group(2) == "/"
    is_impossible = int(match.group(1 if month_first else 3)) > 12
    return (4, 1, 3) if month_first != is_impossible else (4, 3, 1)


def _date(match: re.Match[str], order: tuple[int, int, int], lexicon: Lexicon) -> str:
    """Return a date in full; an invalid one is not changed."""
    from babel.dates import format_date

    year, month, day = (int(match.group(group)) for group in order)
    if year < _FIRST_GREGORIAN and 0 < month <= len(lexicon.hijri_months):
        return f"{day} {lexicon.hijri_months[month - 1]} {year}"
    locale = locale_of(lexicon.language)
    if locale is None:
        return match.group()
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return match.group()
    return format_date(date, "long", locale="en_001" if str(locale) == "en" else locale)
