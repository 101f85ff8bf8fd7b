"""Dates in figures."""

from __future__ import annotations

import datetime
import re

from exporter.lexicon import Lexicon
from exporter.model.language_tags import locale_of
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.dates.calendar_names import full_year
from exporter.speech.normalisation.patterns import alternatives, month_names, months_alone

_FIRST_GREGORIAN = 1600
"""Earlier years in the figures of a date are of the Islamic calendar, if the language has its months."""
_LAST_DAY, _LAST_MONTH = 31, 12
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_END = r"(?![\w/-]|[.,]\d)"
_DASH = r"\s?[–—-]\s?"

_SHORT_DATE = re.compile(
    rf"(?<![\w/.,-])(?:{_DAY}/{_MONTH}/|{_MONTH}/(?:1[3-9]|2\d|3[01])/"
    rf"|(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.)\d\d{_END}"
)
"""20/5/23, 5/20/23, 20.05.23; 20.5.23 may be the number of a section."""
_TWO_DATES = re.compile(rf"(?<=[/.]\d{{4}}){_DASH}(?=\d\d?([/.])\d\d?\1\d{{4}}(?![\w/-]))")
_NO_ARTICLE = r"(?:(?<![A-Z]\s)(?<![A-Z]\.\s)|(?=(?:19|20)..-..-..))"
"""L. 1132-3-3 is an article of a code."""
_ISO_DATE = re.compile(rf"(?<![\w/.-]){_NO_ARTICLE}(1\d{{3}}|20\d\d)([/.-])(\d{{1,2}})\2(\d{{1,2}})(?![\w-]|/\d)")
_ROMAN_MONTH = re.compile(r"(?<![\w/.-])(?<!º\s)(\d{1,2})([/-])([IVX]+)\2(\d{4})(?![\w/-])")

_POINTED_ROMAN_MONTH = re.compile(r"((?:^|[(,;–—])\s?)(\d{1,2})\.([IVX]+)\.(\d{4})(?![\w/-])")
"""A day of a life in an encyclopaedia: Madrid, 20.I.1716 – 14.XII.1788."""


def lower_months(text: str, lexicon: Lexicon) -> str:
    """Write a month in small letters where its language does, as other rules expect it: 5 de Agosto–2 de Setembro."""
    names = month_names(lexicon.language)
    if not names or names[0].istitle() or not lexicon.days.before:
        return text
    capitals = alternatives(tuple(name.capitalize() for name in names))
    link = lexicon.days.year or "(?!)"
    before, after = rf"(?:(?<=\d\s)|(?<=\d\s{link}\s)|(?<=\dº\s{link}\s))", rf"(?=\s?[–-]\s?\d|\s{link}\s\d{{4}})"
    return re.sub(rf"{before}(?:{capitals})(?!\w)|(?<!\w)(?:{capitals}){after}", lambda match: match[0].lower(), text)


def correct_spaces(text: str, lexicon: Lexicon) -> str:
    """Complete or leave out the spaces of typed figures: August 12,2003,when; sections 5,6,7; the 3 rd day."""
    text = re.sub(
        r"(?<![\w.,])(\d{1,3})\s(?=(?:st|nd|rd|th)\s(?:[A-Z]|of|day|year|century|session|anniversary))", r"\1", text
    )
    text = re.sub(r"(?<![\w.,])\d{1,2}(?:,\d{1,2}){2,}(?![\w,]|\.\d)", lambda row: row[0].replace(",", ", "), text)
    months = alternatives(month_names(lexicon.language)) or "(?!)"
    text = re.sub(rf"(?<!\w)((?:{months})(?:\s\d{{1,2}})?),(?=(?:19|20)\d\d(?!\d))", r"\1, ", text)
    text = re.sub(rf"(?<!\w)((?:{months})(?:\s\d{{1,2}},)?\s(?:19|20)\d\d),(?=\w)", r"\1, ", text)
    return re.sub(r"(?<=[^\W\d_]{3}),(?=\d)|(?<=(?<!\d)(?:19|20)\d\d),(?=[^\W\d_])", ", ", text)


def read_date_ranges(text: str, lexicon: Lexicon) -> str:
    """Read the dash between two dates as a word, and the first one without its year: 30.03–8.04.2022."""
    # Where a full stop makes an ordinal, 30.03.–8.04.2022 is another rule's.
    names, joint = month_names(lexicon.language), f" {lexicon.range_word} "
    if not names or not lexicon.range_word or not lexicon.day_first or lexicon.ordinals.pointed:
        return text

    def read(match: re.Match[str]) -> str:
        day, _, month, between = match.groups()
        written = (lexicon.days.before or "{} {}").format(int(day), names[int(month) - 1])
        return f"{written}{joint if re.fullmatch(_DASH, between) else between}"

    until = rf"|\s(?:{alternatives(lexicon.days.until)})\s" if lexicon.days.until else ""
    first = rf"(?<![\w/.,-])({_DAY})([/.])({_MONTH})({_DASH}{until})(?=\d\d?\2\d\d?\2\d{{4}}(?![\w/-]))"
    return re.sub(first, read, _TWO_DATES.sub(joint, text))


def read_ranges_of_double_months(text: str, lexicon: Lexicon) -> str:
    """Read the dash between two months that have both of their names: شباط/فبراير-آذار/مارس 2020."""
    if not lexicon.days.other_months or "/" not in text:
        return text
    names = alternatives((*month_names(lexicon.language), *lexicon.days.other_months))
    month = rf"[^\W\d_]{{2,}}(?:\s[^\W\d_]{{5,}})?/(?:{names})"
    return re.sub(rf"(?<!\w)({month}(?:\s\d{{4}})?){_DASH}(?={month}\s\d{{4}})", rf"\1 {lexicon.range_word} ", text)


def read_iso_dates(text: str, lexicon: Lexicon) -> str:
    """Write the dates of ISO 8601 in full."""
    return _ISO_DATE.sub(lambda match: _date(match, (1, 3, 4), lexicon), text)


def read_roman_months(text: str, lexicon: Lexicon) -> str:
    """Read months in Roman numbers: 5/V/2020, el 10-XII."""
    text = _ROMAN_MONTH.sub(lambda match: f"{match[1]}/{roman_value(match[3]) or match[3]}/{match[4]}", text)
    text = _POINTED_ROMAN_MONTH.sub(
        lambda match: f"{match[1]}{match[2]}/{roman_value(match[3]) or match[3]}/{match[4]}", text
    )
    if not lexicon.days.dated:
        return text
    after = rf"((?<!\w)(?i:{alternatives(lexicon.days.dated)})\s)"
    return re.sub(rf"{after}(\d{{1,2}})[/-]([IVX]+)(?![\w/-])", lambda match: _with_month(match, lexicon), text)


def complete_years(text: str, lexicon: Lexicon) -> str:
    """Write years of two figures in full, after words or in figures that show a date: am 5.3.19, el 5-5-55, 20/5/23."""
    pointed = r"\d{1,2}\.\d{1,2}\."
    dated = rf"(?![1-9]\.\d\d?\.[01]\d){_DAY}([.-]){_MONTH}\2"  # and not au 3.2.10, a section
    for words, date in ((lexicon.days.pointed, pointed), (lexicon.days.dated, dated)):
        if words:
            after = rf"(?<!\w)(?i:{alternatives(words)})\s"
            text = re.sub(rf"({after}{date})(?P<year>\d\d){_END}", _with_century, text)
    return _SHORT_DATE.sub(_with_slashes, text)


def read_dates(text: str, lexicon: Lexicon) -> str:
    """Write 12/5/2019 in full, if the language has the day first."""
    if not lexicon.day_first:
        return text
    # The date in full has the word for year, where the language writes it.
    year = rf"(?:\s(?:{alternatives(lexicon.year_forms)})(?!\w))?" if lexicon.year_forms else ""
    date = rf"(?<![\w/.-])(\d{{1,2}})(?:\.?º)?([/.-])(\d{{1,2}})\2(\d{{4}})(?![\dA-Za-z/-]){year}"
    return re.sub(date, lambda match: _date(match, _order(match, lexicon.language), lexicon), text)


def read_months_of_years(text: str, lexicon: Lexicon) -> str:
    """Read a month in figures before its year, after a preposition: с 12.2015, em 06/2017, de 01/2020 a 12/2021."""
    words, until = alternatives(lexicon.days.before_months), alternatives(lexicon.days.until)
    if not words:
        return text
    before = rf"((?<!\w)(?i:{words})\s)"
    if lexicon.declension.years:
        declined = rf"{before}(0[1-9]|1[0-2])\.({_YEAR})(?![\w/–-]|[.,]\d)"
        return re.sub(declined, lambda match: _declined_month(match, lexicon), text)

    def read(match: re.Match[str]) -> str:
        return f"{match[1]}{month_names(lexicon.language)[int(match[2]) - 1]} {lexicon.days.year} {match[3]}"

    year = rf"/({_YEAR}){_END}"
    first = rf"{before}(0[1-9]|1[0-2](?=/\d{{4}}\s(?:{until})\s[01]\d/\d{{4}}))"
    last = rf"((?<={lexicon.days.year}\s\d{{4}})\s(?:{until})\s)(0[1-9]|1[0-2])"
    return re.sub(last + year, read, re.sub(first + year, read, text))


def read_pointed_months(text: str, lexicon: Lexicon) -> str:
    """Read a month in figures with a full stop, after a day: am 31.12."""
    if not lexicon.days.pointed:
        return text
    names = month_names(lexicon.language)
    days = rf"((?<!\w)(?i:{alternatives(lexicon.days.pointed)})\s{_DAY}\.)\s?({_MONTH})\.(?![\w/-]|\s?\d)"
    return re.sub(days, lambda match: f"{match[1]} {names[int(match[2]) - 1]}", text)


def _declined_month(match: re.Match[str], lexicon: Lexicon) -> str:
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
    return f"{match[1]}{full_year(match['year'])}"


def _with_slashes(match: re.Match[str]) -> str:
    """Return a date with a year of four figures, and slashes."""
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
