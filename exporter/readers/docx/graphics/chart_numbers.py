"""Numbers of charts in their number formats (ISO/IEC 29500-1, 18.8.31 numFmts, 21.2.2.71 formatCode)."""

from __future__ import annotations

import datetime
import math
import re
from typing import NamedTuple

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal

from exporter.model.language_tags import locale_of

_GENERAL = frozenset({"", "general", "standard", "@"})
_SYMBOL = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|[0#?]+|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|AM/PM|A/P|.', re.DOTALL
)
_UNUSUAL = re.compile(r"[0#?]E[+-]|[0#?]\s*/\s*[0-9#?]", re.IGNORECASE)
"""Scientific notation and fractions, which are written as plain numbers."""
_LONGEST, _LARGEST, _MOST_DIGITS = 255, 1e12, 12
"""Characters of a format, the largest number and the most digits on each side that have one; a double has 15."""
_DIGITS = "0#?"
_CURRENCY = re.compile(r"\[\$([^\-\]]+)")
_EPOCHS = (datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1))
"""Day 0 of the two date systems; the first counts 29 February 1900, which did not exist (18.17.4.1)."""
_DATES = {"yy": "yy", "yyyy": "yyyy", "d": "d", "dd": "dd", "ddd": "EEE", "dddd": "EEEE"}
_DATES |= {"m": "M", "mm": "MM", "mmm": "MMM", "mmmm": "MMMM", "mmmmm": "MMMMM"}
_TIMES = {"h": "H", "hh": "HH", "s": "s", "ss": "ss", "m": "m", "mm": "mm"}


def is_general(code: str) -> bool:
    """Return whether a format code says nothing."""
    return code.strip().casefold() in _GENERAL


class NumberFormat(NamedTuple):
    """The number formats of a chart.

    Attributes:
        language: BCP 47 tag of the document.
        is_1904: Whether days are counted from 1904.
    """

    language: str = "en"
    is_1904: bool = False

    def format(self, text: str, code: str) -> str:
        """Return a number as a format code shows it, or `text` if it is no number."""
        try:
            number = float(text)
        except ValueError:
            return text
        if not math.isfinite(number):
            return text
        sections = _sections(code[:_LONGEST])
        is_other = (number < 0 and len(sections) > 1) + 2 * (number == 0 and len(sections) > 2)
        symbols = _SYMBOL.findall(sections[is_other])
        if is_general(sections[is_other]) or _UNUSUAL.search(sections[is_other]) or abs(number) >= _LARGEST:
            return self._general(number)
        if "General" in symbols:
            return "".join(
                self._general(number) if symbol == "General" else _literal(symbol) for symbol in symbols
            ).strip()
        if any(symbol[0] in "yYdDhHsS" and symbol.isalpha() for symbol in symbols) or _is_months(symbols):
            return self._date(number, symbols) or self._general(number)
        return self._decimal(abs(number) if is_other == 1 else number, symbols)

    @property
    def _locale(self) -> Locale:
        return locale_of(self.language) or Locale("en")

    def _general(self, number: float) -> str:
        """Return a number without rounding errors of binary arithmetic and without grouping."""
        text = f"{number:.10g}" if number % 1 or abs(number) >= 1e15 else f"{number:.0f}"
        if "e" in text:
            return text
        return format_decimal(number, format=f"0.{'#' * len(text.partition('.')[2])}", locale=self._locale)

    def _decimal(self, number: float, symbols: list[str]) -> str:
        """Return a number by the digits of its format, with the text around them."""
        before, digits, after = "", "", ""
        is_after = False
        for index, symbol in enumerate(symbols):
            if symbol[0] in _DIGITS or (symbol in ".," and (digits or _follows(symbols, index))):
                digits += symbol
                is_after = True
            elif symbol == "%":
                number *= 100
                after += "%"
            else:
                shown = _literal(symbol)
                before, after = (before, after + shown) if is_after else (before + shown, after)
        if not digits:
            return (before + after).strip()
        while digits.endswith(","):
            digits, number = digits[:-1], number / 1000
        whole, _, decimals = digits.partition(".")
        pattern = f"{'#,##' if ',' in whole else ''}{'0' * min(max(whole.count('0'), 1), _MOST_DIGITS)}"
        if decimals:
            pattern += f".{decimals.count('0') * '0'}{sum(map(decimals.count, '#?')) * '#'}"[: _MOST_DIGITS + 1]
        return f"{before}{format_decimal(number, format=pattern, locale=self._locale)}{after}".strip()

    def _date(self, number: float, symbols: list[str]) -> str:
        """Return a serial number as a date or time."""
        try:
            moment = _EPOCHS[self.is_1904] + datetime.timedelta(seconds=round(number * 86_400))
        except OverflowError:
            return ""
        shown, is_time = "", False
        half = any(symbol in ("AM/PM", "A/P") for symbol in symbols)
        for index, symbol in enumerate(symbols):
            unit = symbol.lower()
            pattern = ""
            if unit[0] in "hs" and symbol.isalpha():
                is_time = True
                pattern = _TIMES.get(unit, unit[0]).replace("H", "h" if half else "H")
            elif unit in ("m", "mm") and (is_time or _precedes_seconds(symbols, index)):
                pattern = _TIMES[unit]
            elif unit in _DATES:
                pattern, is_time = _DATES[unit], False
            elif symbol in ("AM/PM", "A/P"):
                pattern = "a"
            shown += format_datetime(moment, pattern, locale=self._locale) if pattern else _literal(symbol)
        return shown.strip()


def _sections(code: str) -> list[str]:
    """Return the parts of a format for positive and negative numbers and zero."""
    sections = [""]
    for symbol in _SYMBOL.findall(code):
        if symbol == ";":
            sections.append("")
        else:
            sections[-1] += symbol
    return sections


def _literal(symbol: str) -> str:
    """Return what a symbol shows as it is."""
    if symbol[0] == '"':
        return symbol.strip('"')
    if symbol[0] == "[":
        currency = _CURRENCY.match(symbol)
        return currency[1] if currency else ""
    if symbol[0] in "_*":
        return " " if symbol[0] == "_" and len(symbol) > 1 and symbol[1] != ")" else ""
    return symbol[1:] if symbol[0] == "\\" else symbol


def _follows(symbols: list[str], index: int) -> bool:
    return index + 1 < len(symbols) and symbols[index + 1][0] in _DIGITS


def _is_months(symbols: list[str]) -> bool:
    return any(symbol[0] in "mM" and symbol.isalpha() for symbol in symbols)


def _precedes_seconds(symbols: list[str], index: int) -> bool:
    following = next((symbol for symbol in symbols[index + 1 :] if symbol.isalpha()), "")
    return following[:1] in ("s", "S")
