"""Ranges: the dash between two numbers as a word, and not in the numbers of laws, pages and documents."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import (
    ALONE_AFTER,
    ALONE_BEFORE,
    APART,
    NUMBER,
    alternatives,
    is_document_number,
    just_before,
    month_names,
    word_before,
)

_LETTERED = 10
"""From here on, numbers with letters and a hyphen are the ends of a range, 153A-153B, and not a code, 2B-3C."""
_YEARS = range(1900, 2100)
_LONGEST_PLAN = 20
"""Years from the first to the last in the name of a document."""
_FIRST_RANGED = 1700
"""From here on, a number before a hyphen and a year is that of a page or a year, too, and not of a law."""
_LAWS_BEFORE = re.compile(
    r"(?:(?<=s\s)|(?<=s\.\s))(?<![\w/.-])\d+-\d+(?:,\s|\s[^\W\d_]{1,2}\s)(?:\d+-\d+(?:,\s|\s[^\W\d_]{1,2}\s))*$"
)
"""The earlier laws of a row: 7727-18, 5907-13 y."""


def read_ranges(text: str, lexicon: Lexicon) -> str:
    """Read the dash between two numbers as a word; a hyphen, or a dash with spaces, only if the second is larger."""
    if not lexicon.range_word:
        return text
    number_word = lexicon.number_word.casefold()
    laws = lexicon.references - lexicon.numbering_words
    pairs = alternatives(lexicon.before_pairs)

    def read(match: re.Match[str]) -> str:
        first, dash, last = match.groups()
        low, high = (_value(part) for part in (first, last))
        short_year = len(first) == 4 and (len(last) == 2 or (len(last) == 1 and low in _YEARS and high > low % 10))
        if high == low + 1 and len(first) == len(last) == 4 and word_before(text, match.start()) in lexicon.in_years:
            return f"{first} {last}"
        is_numbered = word_before(text, match.start()) == number_word
        before = _LAWS_BEFORE.sub("", just_before(text, match.start())).casefold().split()[-2:]
        before = [word.lstrip("(") for word in before]
        if lexicon.proclitics and len(before) > 1 and before[0] in lexicon.references and before[1].startswith("ال"):
            before = before[:1]  # المرسوم الرئاسي 21-496
        is_law = is_numbered and len(before) == 2 and before[0] in lexicon.references  # loi n° 65-557
        is_document = is_document_number(text, match.start()) or (short_year and dash == "-")
        is_law_of_year = dash == "-" and before[-1:] and before[-1] in laws
        is_of_year = is_law_of_year and len(first) == 2
        is_month = short_year and last[0] == "0" and high != low % 100 + 1
        if is_law_of_year and (is_month or (is_of_year and len(last) > 2)):
            return match.group()  # Law 59-231, Law 2015-07
        if dash == "-" and low > high and word_before(text, match.start()) in lexicon.page_words:
            is_short = last.isdigit() and int(f"{first[: -len(last)]}{last}") > low  # pp. 161-3
            return f"{first} {lexicon.range_word} {last}" if is_short else match.group()
        is_year_of_two = dash == "-" and len(last) == 2 and (low not in _YEARS or high > low % 100 + _LONGEST_PLAN)
        if is_year_of_two and low > high and before and before[-1] in lexicon.references:
            return match.group()  # Petición 1373-12, décret 2016-67
        if (re.match(r"0\d\d", first) and not last.startswith("0")) or re.fullmatch(r"\d\d-\d\d\.?\d{3}", match[0]):
            return match.group()  # 0800-15170, pourvoi 14-21.323
        if dash == "-" and re.match(r"0\d\d", last) and first[0] != "0":
            return match.group()  # 20-029
        if dash == "-" and re.fullmatch(r"0\d", last) and first[0] != "0" and low not in _YEARS:
            return match.group()  # las peticiones 445-05 y 12-09
        is_reference = is_numbered or (before and before[-1] in lexicon.references)
        if dash == "-" and last.isdigit() and high in _YEARS and low < _FIRST_RANGED and is_reference:
            return match.group()  # Ley 145-2020
        if (is_numbered or is_of_year) and (is_document or (is_law and dash == "-")):
            return match.group()
        if word_before(text, match.start()) in lexicon.part_words and _is_row_of_parts(first, last):
            return f"{first} {lexicon.range_word} {last}"  # paragraphs 7.5-7.10
        if dash not in ("–", "—") and low > high and not short_year:
            return match.group()
        if pairs and re.search(rf"(?i)(?<!\w)(?:{pairs})\s(?:\w{{2}}\s)?$", just_before(text, match.start())):
            return f"{first} {lexicon.symbols['&']}{APART if lexicon.proclitics else ' '}{last}"
        return f"{first} {lexicon.range_word} {last}"

    def read_lettered(match: re.Match[str]) -> str:
        first, dash, last = match.groups()
        is_range = int(last[:-1]) >= int(first[:-1]) >= (_LETTERED if dash == "-" else 0)
        return f"{first} {lexicon.range_word} {last}" if is_range else match.group()

    text = re.sub(r"(?<=\[)(\d+)\]\s?[–-]\s?\[(\d+)(?=\])", rf"\1 {lexicon.range_word} \2", text)  # [29]–[31]
    months = alternatives(month_names(lexicon.language))
    dates = rf"(?<!\w)((?:{months})(?:\s(?:de\s)?\d{{4}})?)\s?[–-]\s?(?=\d{{1,2}}\s(?:de\s)?(?:{months}|[ء-ي]))"
    text = re.sub(dates, rf"\1 {lexicon.range_word} ", text) if months else text
    text = re.sub(r"(?<![\w.,/–-])(\d\d?)[–-](?=\d\d?[- ](?:year|month)-olds?\b)", rf"\1 {lexicon.range_word} ", text)
    text = re.sub(rf"{ALONE_BEFORE}(\d+)–(?=\d+[A-Z](?![\w/–-]))", rf"\1 {lexicon.range_word} ", text)  # 40–40A
    text = re.sub(rf"{ALONE_BEFORE}(\d+[A-Za-z])([–-])(\d+[A-Za-z])(?![\w/–-])", read_lettered, text)
    return re.sub(rf"{ALONE_BEFORE}({NUMBER})(\s?[–—-]\s?)({NUMBER}){ALONE_AFTER}", read, text)


def _is_row_of_parts(first: str, last: str) -> bool:
    """Return whether two numbers are those of parts of one paragraph, where the tenth comes after the fifth."""
    parts = re.fullmatch(r"(\d+)\.(\d+)\s\1\.(\d+)", f"{first} {last}")
    return parts is not None and int(parts[2]) < int(parts[3])


def _value(number: str) -> float:
    """Return the value of a number; one or two figures after the last mark are decimals."""
    whole, _, decimals_ = re.sub(r"[.,٫](?=\d{1,2}$)", "|", number).partition("|")
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{decimals_}")
