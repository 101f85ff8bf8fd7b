"""Figures in Arabic texts as others type them: without a space beside a word, and in the order of a line."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, month_names, word_before

_DATE = re.compile(
    r"(?<![\w/])(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4})(?![\d/])|(?<![\w/])(\d{4})\s?/\s?(\d{1,2})\s?/\s?(\d{1,2})(?![\d/])"
)
_LAW = re.compile(
    r"((?<!\w)\w?(?:ال|لل)?(?:قانون|مرسوم|أمر)(?:\s(?:ال|لل)?[ء-ي]{4,})?(?:\sرقم)?\s\d{2})-(?=\d{2,4}(?![\d-]))"
)
"""The number of a law with that of its year: القانون 04-05."""
_SLASH_APART = re.compile(r"(?<=\d)(?:\s/\s?|/\s)(?=\d)")
"""A slash with spaces in the number of a decree or case: (71/ 32)."""
_DECREE = re.compile(r"(?<!\w)م\s?/\s?(?=\d)")
"""The letter of a royal decree: (م/32)."""
_DECIMAL_BEHIND = re.compile(r"(?<!\w)(\d{1,2})ر(\d+)(?!\w)")
"""A decimal as agencies type it, with its fraction first: 5ر2 for 2.5."""
_NUMBER = re.compile(r"(?<=رقم \()\d+(?:-\d+){2}(?=\))")
"""The number of a decision in three parts, which is no date: رقم (3-14-2025)."""
_POINTED_THOUSANDS = re.compile(
    r"(?<![\w.,])([1-9]\d{0,2})\.(\d{3})"
    r"(?=\)?\s(?:ريال|جنيه|ليرة|درهم|دولار|دونم|(?!كيلو|طنا|لترا|غراما)(?![وبكل]|ال|درجة|نقطة)[ء-ي]{2,}[اة](?!\w))"
    r"|\)\s(?:[ء-ي]+\s){0,3}(?:ألف|آلاف))"
)
"""Thousands before a currency that has hundredths, before persons or things, or before the number in words:
41.870 شهيدا, (12.270) اثنا عشر ألفا."""
_DECIMAL_COMMA = re.compile(r"(?<![\d،])(\d{1,2})،(?=\d(?![\d،]))")
"""A decimal with the comma of the script: 3،3 نقاط."""


def set_figures_apart(text: str, lexicon: Lexicon) -> str:
    """Return a text with one space between words and figures, none in dates, and no nought before a number: 04 مايو."""
    units = alternatives(lexicon.units)
    text = _LAW.sub(rf"\1 {lexicon.url['-']} ", text)
    text = re.sub(rf"(?<!\w)(?!(?:{units})\d)([ء-غف-ي]{{3,}})(?=\d)", r"\1 ", text)
    text = _DATE.sub(lambda match: "/".join(filter(None, match.groups())), text)
    text = re.sub(r"((?:19|20)\d\d/\d{1,2}/\d{1,2})(?=م(?!\w))", r"\1 ", text)
    text = _DECREE.sub(f"ميم {lexicon.slash} ", _SLASH_APART.sub("/", text))
    text = _POINTED_THOUSANDS.sub(r"\1\2", _DECIMAL_BEHIND.sub(r"\2.\1", text))
    text = _NUMBER.sub(lambda match: match[0].replace("-", f" {lexicon.url['-']} "), text)
    text = re.sub(rf"(?<=\d)(?!(?:{units})(?!\w))(?=[ء-ي]{{3}}|هـ?(?!\w))", " ", text)
    text = re.sub(rf"(?<=\d)،(?=\d{{1,2}}\s?(?:[%٪]|في\sالم|{alternatives(lexicon.scales.words)}))", ",", text)
    text = _DECIMAL_COMMA.sub(r"\1,", text)
    text = re.sub(r"(?<=\d)\s?ـ\s?(?=\d)", "-", text)
    text = re.sub(r"(?<!\w)و\s(?=\d)", "و", text)
    return re.sub(r"(?<![\w.,:/-])0(?=[1-9]\s[ء-ي])", "", text)


def turn_thousands(text: str, lexicon: Lexicon) -> str:
    """Join thousands with spaces, 18 000, also in the order in which a line from right to left shows them, 000 18.

    They begin with three noughts, as page 120 3 may be two numbers, or stand before a word.
    """

    def join(match: re.Match[str]) -> str:
        word = word_before(text, match.start())
        numbered = lexicon.references | lexicon.articles | lexicon.before_years | lexicon.numbering_words
        is_row = not numbered.isdisjoint({word, word[1:]})  # القرارات 242 338 42
        first, *last = match[0].split() if match[1].isdigit() else reversed(match[0].split())
        return match.group() if is_row else "".join((first, *last))

    scales = alternatives(lexicon.scales.words) or "(?!)"
    months = alternatives(month_names(lexicon.language))
    counted = rf"(?=\s(?!(?:{scales}|{months})(?!\w))[ء-ي]{{2}})(?!(?:\s[^\W\d]+){{1,2}}/)"
    begin = r"(?<![\w.,:/+-])(?<!\d\s)"
    text = re.sub(rf"{begin}((?:\d{{3}} )+)([1-9]\d?){counted}", join, text)
    text = re.sub(rf"{begin}([1-9]\d{{0,2}})((?: \d{{3}})+){counted}", join, text)
    last = rf"([1-9]\d?|(?<=000 )[1-9]\d\d)(?![\w:/-]|[.,]\d|\s\d|\s(?:{months})|(?:\s[^\W\d]+){{1,2}}/)"
    turned = rf"(?<![\w.,:/-])(?<!\d\s)(000 (?:\d{{3}} )*){last}"
    return re.sub(turned, lambda match: "".join([match[2], *reversed(match[1].split())]), text)
