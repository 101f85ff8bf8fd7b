"""Weekdays and months in short forms, and days in figures: on Mon., from Jan. to March, lun. à ven., em 7/5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import (
    alternatives,
    fold,
    just_before,
    month_names,
    months_alone,
    sentence_end,
    short_weekdays,
    weekday_names,
    word_before,
)

_BEFORE_MONTHS = (
    "de|desde|à|a|en|em|in|to|of|from|since|between|until|by|and|entre|y|e|et|und|von|bis|ab|seit|im|tra|fra|da"
    "|с|со|по|в|на|за|до|от|после|к|и|з|із|у|від|та|і"
)
_FIRST_OF_LAST_CENTURY = 50
"""Years of two figures from here on are of the twentieth century."""
_RARE_PARTS = (7, 9, 11, 12)
"""Months that are rarely the parts of a fraction."""
_COUNTED = re.compile(r"\s(?!antes|depois|pelas)[a-zà-ÿ]{3,}s(?!\w)")
"""Several things after a fraction and not after a day: em 5/7 casos."""
_CAPITALISED = re.compile(r"(?<!\w)[A-Z]\w{2,}\s$")
_MAY_BE_SHORT = re.compile(r"[^\W\d_]\.,?\s?\S|\d|[–-]")
_SMALL_WORD = "[a-zß-ÿа-яёіїєґ]"

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


@lru_cache(maxsize=32)
def _abbreviations(numbered: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> dict[str, str]:
    """Return those of the abbreviations that stand for one of the names."""
    return {key: name for key, name in numbered if name in names}


def expand_weekdays(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations of weekdays after a preposition, and ranges of weekdays or months: on Mon., Jan.–Mar."""
    if not _MAY_BE_SHORT.search(text):
        return text
    numbered = tuple(lexicon.numbered.items())
    weekdays = _abbreviations(numbered, weekday_names(lexicon.language))
    months = _abbreviations(numbered, month_names(lexicon.language))
    named = {key.removesuffix("."): name for key, name in (weekdays | months).items() if key.istitle()}
    if months:  # Apr–May
        named |= {name: name for name in month_names(lexicon.language) if name.istitle()}
    short = {key.removesuffix("."): name for key, name in weekdays.items()} | short_weekdays(lexicon.language)
    small = alternatives(tuple(short))
    joint = rf"\s?[–-]\s?|\s(?:{lexicon.range_word}|al|au)\s"
    between = rf"(?<!\w)({small})\.({joint})({small})(?!\w)\.?"  # lun. à ven.

    def read_week(match: re.Match[str]) -> str:
        word = match[2].strip() if match[2].strip().isalpha() else lexicon.range_word
        return f"{short[match[1]]} {word} {short[match[3]]}{sentence_end(match)}"

    text = re.sub(between, read_week, text) if short else text
    if short and months:  # mar. 12 de oct.
        month = rf"(?:{alternatives(months)}|{alternatives(month_names(lexicon.language))})"
        dated = rf"(?<!\w)({small})\.(?=,?\s\d{{1,2}}\s(?:de\s)?{month}(?!\w))"
        text = re.sub(dated, lambda match: short[match[1]], text)
    if not weekdays or not named:
        return text
    names = alternatives(tuple(named))
    dated = rf"(?<!\w)({alternatives(tuple(weekdays))})(?=,\s(?:{names})\b|,\s\d{{1,2}}\s(?:{names})\b)"
    text = re.sub(dated, lambda match: weekdays[match.group(1)], text)
    ends = rf"(?<!\w)({names})\b\.?\s?([–&-])\s?({names})\b\.?"

    def read_ends(match: re.Match[str]) -> str:
        joint = lexicon.symbols["&"] if match[2] == "&" else lexicon.range_word
        return f"{named[match[1]]} {joint} {named[match[3]]}{sentence_end(match)}"

    text = re.sub(ends, read_ends, text)
    if not lexicon.before_weekdays:
        return text
    month = rf"(?:{names}|{alternatives(month_names(lexicon.language))})\b"
    bare = alternatives(tuple(key.removesuffix(".") for key in weekdays))  # Mon 3 Feb, Fri. March 5
    dated = rf"(?<!\w)({bare})\b\.?(?=,?\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s{month}|{month}\.?\s\d))"

    def read_dated(match: re.Match[str]) -> str:
        # The Westbury Sun, August 16
        is_name = text.startswith(",", match.end()) and _CAPITALISED.search(just_before(text, match.start()))
        return match[0] if is_name else weekdays[f"{match[1]}."]

    text = re.sub(dated, read_dated, text)
    before = alternatives(lexicon.before_weekdays)
    after = rf"((?<!\w)(?i:{before})\s)({alternatives(tuple(weekdays))})(?=\s\w|[,;])"
    return re.sub(after, lambda match: f"{match.group(1)}{weekdays[match.group(2)]}", text)


def expand_months(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations of months after a day or a preposition, and before another month: 3 févr., de set. a dez."""
    if not _MAY_BE_SHORT.search(text):
        return text
    numbered = tuple(lexicon.numbered.items())
    months_as_written = _abbreviations(numbered, month_names(lexicon.language))
    months = {fold(key): name for key, name in months_as_written.items()}
    if not months:
        return text
    names = alternatives(months)

    alone = months_alone(lexicon.language)

    def read(match: re.Match[str]) -> str:
        return f"{match.group(1)}{months[fold(match.group(2))]}{sentence_end(match)}"

    def read_after(match: re.Match[str]) -> str:
        name, endings = months[fold(match.group(2))], lexicon.declension.locative_months
        if match.group(1).strip().casefold() in lexicon.before_years:  # в февр. 2023 года
            end = next((end for end in endings if name.endswith(end)), "")
            name = name.removesuffix(end) + endings.get(end, "")
        elif match.group(1).strip().casefold() in lexicon.before_whole_years:  # на авг. 2017 года
            name = alone[name]
        return f"{match.group(1)}{name}{sentence_end(match)}"

    text = re.sub(rf"(\d(?:er|[º°ª.]|\.[ºª])?\s(?:de\s)?)({names})", read, text, flags=re.IGNORECASE)
    bare = alternatives(tuple(name.removesuffix(".") for name in months))
    dated = rf"(\d\s)({bare})(?=\s\d{{4}}|\s?[–-]\s?\d)"
    text = re.sub(dated, lambda match: f"{match.group(1)}{months[f'{fold(match.group(2))}.']}", text, flags=re.I)
    # 2-oct-1968, 6/nov./2013, 3-feb.-22
    hyphened = rf"(?<![\w/-])(\d{{1,2}})([/.-])({bare})\.?\2((?:19|20)?\d\d)(?![\w/-])"
    text = re.sub(
        hyphened,
        lambda match: f"{match[1]} {months.get(f'{fold(match[3])}.', match[3])} {full_year(match[4])}",
        text,
        flags=re.IGNORECASE,
    )
    # From 1 Jan to 30 Jun
    joint = rf"\s(?:{lexicon.range_word}|{re.escape(lexicon.symbols.get('&', '–'))})\s"
    spans = rf"(?<![\w.,/])(\d{{1,2}}\s)({bare})({joint}\d{{1,2}}\s)({bare}|{alternatives(months.values())})(?!\w)"

    def read_both(match: re.Match[str]) -> str:
        first, last = (months.get(f"{fold(name)}.", name) for name in match.group(2, 4))
        return f"{match[1]}{first}{match[3]}{last}"

    text = re.sub(spans, read_both, text, flags=re.IGNORECASE)
    inside = rf"((?<!\w)(?:{_BEFORE_MONTHS})\s)({names})(?=\s(?:\d|(?-i:{_SMALL_WORD})))"
    text = re.sub(inside, read_after, text, flags=re.IGNORECASE)
    # Lima, nov. de 2021
    of_year = rf"(?<!\w)({names})(?=\sde\s(?:19|20)\d\d(?!\w))"
    text = re.sub(of_year, lambda match: months[fold(match[1])], text, flags=re.IGNORECASE)
    # Apr 5
    capitals = alternatives(tuple(key.removesuffix(".") for key in lexicon.numbered if key in months_as_written))
    if lexicon.days.after and capitals:
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        bare_first = rf"(?<![\w-])({capitals})(?=\s{day}(?![\w:.]|,\d)|\s(?:(?:19|20)|[’'])\d\d(?!\w))"
        text = re.sub(bare_first, lambda match: months_as_written[f"{match.group(1)}."], text)
        day = r"(?<![\w.,:/])(?<!\d-)((?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s)"  # 3 Feb
        text = re.sub(
            rf"{day}({capitals})\b\.?(?!\w|[’']|\s[A-Z])",
            lambda match: f"{match[1]}{months_as_written[f'{match[2]}.']}{sentence_end(match)}",
            text,
        )
        # Between Feb & Apr 2022
        both = rf"{lexicon.range_word}|{re.escape(lexicon.symbols['&'])}|&"
        other = rf"(?<![\w-])({capitals})(?=\s(?:{both})\s(?:{alternatives(months.values())})\s\d)"
        text = re.sub(other, lambda match: months_as_written[f"{match.group(1)}."], text)
    joint = rf"\s?[–-]\s?|\s(?:{lexicon.range_word}|{re.escape(lexicon.symbols.get('&', '–'))})\s"
    in_full = {fold(name): name_alone for name, name_alone in alone.items()}
    ends = rf"(?<!\w)({names}|{alternatives(alone)})({joint})({names})"

    def read_ends(match: re.Match[str]) -> str:  # abr.-jun., jul. y ago.
        first = in_full.get(fold(match[1])) or alone[months[fold(match[1])]]
        last = alone[months[fold(match[3])]]
        joint = match[2].strip() if match[2].strip().isalpha() else lexicon.range_word
        return f"{first} {joint} {last}{sentence_end(match)}"

    text = re.sub(ends, read_ends, text, flags=re.IGNORECASE) if lexicon.range_word else text
    if "/" in text:
        # jan./jun. 2015, out./nov. de 2022
        text = re.sub(
            rf"(?<!\w)({names})/(?=(?:{names}|{alternatives(alone)})\s(?:de\s)?\d)",
            lambda match: f"{alone[months[fold(match[1])]]} {lexicon.range_word} ",
            text,
            flags=re.IGNORECASE,
        )
        if lexicon.days.year:  # set/2023
            text = re.sub(
                rf"(?<!\w)({bare}|{alternatives(alone)})/(?=(?:19|20)\d\d(?![\w/-]))",
                lambda match: f"{months.get(f'{fold(match[1])}.', match[1])} ",
                text,
                flags=re.IGNORECASE,
            )
    # 15 de jun./2023, abr./2020
    text = re.sub(rf"(?<!\w)({alternatives(months.values())})/(?=(?:19|20)\d\d(?![\w/-]))", r"\1 ", text)
    text = re.sub(rf"(?<!\w)({names})/(?=(?:19|20)\d\d(?![\w/-]))", r"\1 ", text, flags=re.IGNORECASE)
    text = re.sub(
        rf"(?<!\w)({names})(?=\s(?:19|20)\d\d(?![\w/-]))" if lexicon.days.year else r"(?!)()",
        lambda match: months[fold(match[1])],
        text,
        flags=re.IGNORECASE,
    )
    first = (
        rf"(?<!\w)({names})(?=\s?[–-]\s?(?:{names}|{alternatives(alone)}|{alternatives(alone.values())}))"  # янв.–март
    )
    return re.sub(first, lambda match: alone[months[fold(match[1])]], text, flags=re.IGNORECASE)


def full_year(year: str) -> str:
    """Return a year of two figures with its century; one of four is not changed."""
    century = "" if len(year) > 2 else "20" if int(year) < _FIRST_OF_LAST_CENTURY else "19"
    return f"{century}{year}"


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
