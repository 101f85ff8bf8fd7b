"""Words and signs beside a year: eras (2019م), abbreviations of the word for it (2019 г.), deaths († 1947)."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, count, just_before, month_names, sentence_end

_ROW_OF_YEARS = re.compile(r"(?<!\w)([^\W\d_]+)\s\d{4}(?:\s?[–-]\s?\d{4})?(?:,\s\d{4}(?:\s?[–-]\s?\d{4})?)*\s$")
"""Several years before the last ones, and the word before all of them."""


_CENTURY = re.compile(r"((?<!\w)\w{0,2}القرن(?:ين|ان)?\s(?:الـ?\s?)?\d{1,2})\s?(م|هـ?)(?!\w)\.?(?!\s?[ء-ي]\.)")
_OF_CENTURY = {"م": "الميلادي", "ه": "الهجري"}
"""The calendar of an Arabic century: القرن 8 م."""
_BEGIN, _HEADING = re.compile(r"(?:^|[:;,(]\s?)$"), re.compile(r"\s[–—-]\s(?!\d{4}\sг)")
"""What is around a year that stands for itself: Всего: 2019 г. — 45 дел, 2020 г. — 67."""
_FIGURE_BEFORE = re.compile(r"(?<!\d)(?!(?:1[5-9]|20)\d\d(?!\d))\d[\d.,]*[^\d(),;]*\($")
"""A number that is no year, in what is before a bracket up to the next comma."""


def read_eras(text: str, lexicon: Lexicon) -> str:
    """Expand the letter for an era directly after a year, or behind a space after the word for year: 2019م."""
    eras = alternatives(lexicon.eras)
    if not eras:
        return text
    years = alternatives(lexicon.before_years)

    if lexicon.proclitics:
        text = _CENTURY.sub(lambda match: f"{match[1]} {_OF_CENTURY[match[2][0]]}", text)

    def read(match: re.Match[str]) -> str:
        return f"{match.group(1).strip()} {lexicon.eras[match.group(2)]}{',' if match.group(3) else ''} "

    text = re.sub(
        rf"(?<![\w.,])(\d{{3,4}}|(?:19|20)\d\d\s|\d{{1,4}}\s(?=هـ)|\d{{4}}\s(?=ه))({eras})(?![\w\u064b-\u0652]|\.\s?م)(/?)",
        read,
        text,
    )
    return re.sub(rf"(?<!\w)((?:{years})\s\d{{1,4}})\s({eras})(?!\w|\.\S|\.\s\S|[\u064b-\u0652])(/?)", read, text)


def read_lifespans(text: str, lexicon: Lexicon) -> str:
    """Read what stands before the year of a birth or death in brackets, or is all there is: (n. 1947), est. 1961."""
    signs = alternatives(lexicon.lifespans)
    if not signs:
        return text
    begin = r"(?:^|(?<=\()((?:[^()]{1,30}[,;–-]\s?)?))"
    dated = rf"{begin}({signs})\s?(?=(?:1[5-9]|20)\d\d(?:[);,–-]|\s(?:en|in)\s|\.?$))"

    def read(match: re.Match[str]) -> str:
        # 4.2 million people (est. 1994) and GDP (est. 2021) are figures, and no organisations
        is_figure = match[2] in lexicon.abbreviations and (
            text[match.end()] == "2" or _FIGURE_BEFORE.search(text[: match.start()])
        )
        return match.group() if is_figure else f"{match[1] or ''}{lexicon.lifespans[match[2]]} "

    return re.sub(dated, read, text)


def read_before_dates(text: str, lexicon: Lexicon) -> str:
    """Expand what stands before the day of a month only: 2ª T., j. 20 de fevereiro de 2018."""
    short, months = alternatives(lexicon.before_dates), alternatives(month_names(lexicon.language))
    if not short or not months:
        return text
    dated = rf"(?<!\w)({short})\s(?=[^\W_]{{1,8}}\s(?:de\s)?(?:{months})(?!\w))"
    return re.sub(dated, lambda match: f"{lexicon.before_dates[match[1]]} ", text)


def read_ages(text: str, lexicon: Lexicon) -> str:
    """Read the age of a person between commas, К. Петров, 34 г., and before more years: от 1 г. до 3 лет."""
    short = alternatives(lexicon.ages)
    if not short:
        return text
    name = r"(?<=[\w.]\s)([А-ЯЁ][а-яё-]+,\s)"  # and not Мука, 20 г., сахар
    age = rf"{name}([1-9]\d)\s({short})(?=,\s|$)|(?<!\w)(\d{{1,2}})\s({short})(?=\sдо\s\d{{1,2}}\sлет)"
    age = rf"{age}|(?<!\w)(\d{{1,2}})\s({short})(?=\s(?:и\s)?\d{{1,2}}\sмес)"  # 5 л. 6 мес.

    def read(match: re.Match[str]) -> str:
        name, age, short, from_age, from_short, years, years_short = match.groups()
        if years:
            return count(years, lexicon.ages[years_short], lexicon.language)
        if from_age:
            _, few, many = lexicon.ages[from_short].split("|")
            return f"{from_age} {few if from_age == '1' else many}"
        return name + count(age, lexicon.ages[short], lexicon.language) + sentence_end(match)

    return re.sub(age, read, text)


def read_year_abbreviations(text: str, lexicon: Lexicon) -> str:
    """Expand an abbreviation of the word for year after its figures: 2019 г. as года, году or год."""
    forms = alternatives(lexicon.year_forms)
    if not forms:
        return text

    def read(match: re.Match[str]) -> str:
        before, figures, decade, form = match.groups()
        is_heading = (
            not before and _HEADING.match(text, match.end()) and _BEGIN.search(just_before(text, match.start()))
        )
        plain, inside, *after = lexicon.year_forms[form].split("|")
        start = (before or "").strip().casefold()
        if start == lexicon.symbols.get("&") and (row := _ROW_OF_YEARS.search(just_before(text, match.start()))):
            start = row[1].casefold()  # в 1994–1996 и 1999–2009 гг.
        word = inside if start in lexicon.before_years else plain
        if after and (is_heading or start in lexicon.before_whole_years or decade in ("-е", "-ті")):
            word = after[0]
        if start in lexicon.declension.dative and word.endswith("ах"):
            word = f"{word[:-1]}м"  # к 1994 и 1999 гг.
        return f"{before or ''}{figures}{decade or ''} {word}{sentence_end(match)}"

    # 1985г.р., 1985 г. р. живёт, and not в 1985 г. р. Волга
    birth = r"(?<![\w.,–-])((?:1[5-9]|20)\d\d)\s?г\.(?:р\.|\sр\.(?!\s[А-ЯЁ]))(?!\w)"
    text = re.sub(birth, lambda match: f"{match[1]} г. рождения{'.' if match.end() == len(text) else ''}", text)
    # в 1997г., and not 1500г. сахара, which are grams
    year = r"(?:1[5-9]|20)(?:(?!00)\d\d|(?:(?<=(?<!\w)[вск]\s\d\d)|(?<=(?<!\w)(?:до|по|от|из)\s\d\d))00)"
    text = re.sub(rf"(?<![\w.,–-])({year})(?=гг?\.)", r"\1 ", text)
    months = alternatives(month_names(lexicon.language))
    text = re.sub(rf"(?<!\w)((?:{months})\s(?:1[5-9]|20)\d\d)г(?=[\s,;)]|$)", r"\1 г.", text)  # 5 ноября 2007г
    # 1950-53 гг.
    text = re.sub(rf"(?<![\w–-])((?:1\d|20)(?=\d\d))(\d\d[–-])(?=\d\d\s(?:{forms}))", r"\1\2\1", text)
    years = (
        r"\d{3,4}(?:\s?[–—-]\s?\d{3,4})?|(?:\d{2,4}\s?[–—-]\s?)?(?:\d\d)?\d0(?=-[ехті])|\d{4}/\d\d"
        r"|\d{1,2}(?=\sг\.\s(?:до\s)?н\.\s?э)"
    )
    return re.sub(rf"(?<!\w)(\w+\s)?({years})(-(?:[ех]|ті))?[\s\u00a0]({forms})", read, text)
