"""Weekdays and months in short forms: on Mon., from Jan. to March, lun. à ven."""

from __future__ import annotations

import re
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
)

_BEFORE_MONTHS = (
    "de|desde|à|a|en|em|in|to|of|from|since|between|until|by|and|entre|y|e|et|und|von|bis|ab|seit|im|tra|fra|da"
    "|с|со|по|в|на|за|до|от|после|к|и|з|із|у|від|та|і"
)
_FIRST_OF_LAST_CENTURY = 50
"""Years of two figures from here on are of the twentieth century."""
_CAPITALISED = re.compile(r"(?<!\w)[A-Z]\w{2,}\s$")
_MAY_BE_SHORT = re.compile(r"[^\W\d_]\.,?\s?\S|\d|[–-]")
_SMALL_WORD = "[a-zß-ÿа-яёіїєґ]"


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
