"""Ranges, years, thousands and decimals."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import ALONE_AFTER, ALONE_BEFORE, NUMBER, alternatives

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_RAISED = str.maketrans(_RAISED, "0123456789")
TO_RAISED = str.maketrans("0123456789−-", f"{_RAISED}⁻⁻")
"""Raised digits, and a raised minus, as characters."""


def ranges(text: str, lexicon: Lexicon) -> str:
    """Read the dash between two numbers as the word that stands for it; a hyphen only where the second is larger."""
    if not lexicon.range_word:
        return text

    def read(match: re.Match[str]) -> str:
        first, dash, last = match.groups()
        low, high = (int(re.sub(r"\D", "", part)) for part in (first, last))
        short_year = len(first) == 4 and len(last) == 2
        if dash == "-" and low > high and not short_year:
            return match.group()
        return f"{first} {lexicon.range_word} {last}"

    return re.sub(rf"{ALONE_BEFORE}({NUMBER})\s?([–—-])\s?({NUMBER}){ALONE_AFTER}", read, text)


def double_years(text: str, lexicon: Lexicon) -> str:
    """Read a year that runs into the next one, 2019/20, as two numbers, without the slash."""
    del lexicon

    def read(match: re.Match[str]) -> str:
        year, following = match.groups()
        return f"{year} {following}" if int(following) == (int(year) + 1) % 100 else match.group()

    return re.sub(r"(?<![\w.,/-])((?:19|20)\d\d)/(\d\d)(?![\w/-]|[.,]\d)", read, text)


def years(text: str, lexicon: Lexicon) -> str:
    """Read years in pairs, where the language does: 1998 as 19 98; 2000 to 2009 stay whole."""
    if not lexicon.year:
        return text

    def read(match: re.Match[str]) -> str:
        century, rest = match.groups()
        if rest == "00":
            return f"{century} {lexicon.year['hundred']}"
        if rest[0] == "0":
            return f"{century} {lexicon.year['oh']} {rest[1]}"
        return f"{century} {rest}"

    return re.sub(r"(?<![\w.,/(-])(1[1-9](?=\d\d)|20(?=[1-9]\d))(\d\d)(?=s?\b)(?!/|[.,]\d|-\d)", read, text)


def thousands(text: str, lexicon: Lexicon) -> str:
    """Tie thousands together that a space parts, where the language does so: 52 000, and not 2024 881."""
    if " " not in lexicon.grouping:
        return text
    tied = r"(?<![\w.,+])[1-9]\d{0,2}(?: \d{3})+(?!\w| \d)"
    return re.sub(tied, lambda match: match.group().replace(" ", "\u00a0"), text)


def powers(text: str, lexicon: Lexicon) -> str:
    """Read a raised number after ten as what it is: 10⁶ is not 106."""
    power = lexicon.maths.get("power")
    if not power:
        return text

    def read(match: re.Match[str]) -> str:
        sign, digits = match.groups()
        number = digits.translate(_FROM_RAISED)
        minus = f"{lexicon.symbols.get('−', '−')} " if sign else ""
        named = "" if sign else {"2": lexicon.maths.get("squared", ""), "3": lexicon.maths.get("cubed", "")}.get(number)
        return f"10 {named or f'{power} {minus}{number}'}"

    return re.sub(rf"(?<![\w.,])10(⁻?)([{_RAISED}]+)(?!\w)", read, text)


def mixed(text: str, lexicon: Lexicon) -> str:
    """Read a fraction behind a whole number: 3½ as three and a half."""
    signs = alternatives(tuple(lexicon.mixed))
    if not signs:
        return text
    return re.sub(rf"(?<=\d)\s?({signs})", lambda match: f" {lexicon.mixed[match.group(1)]}", text)


def numbers(text: str, lexicon: Lexicon) -> str:
    """Close up thousands and say the decimal mark, so that no voice takes one for the other."""
    groups = re.escape(lexicon.grouping.replace(" ", "")) + "\u00a0\u202f" if lexicon.grouping else ""

    def read(match: re.Match[str]) -> str:
        number = match.group()
        if groups and re.fullmatch(rf"[1-9]\d{{0,2}}([{groups}]\d{{3}})(?:[{groups}]\d{{3}})*(?:[.,٫]\d+)?", number):
            mark = number[re.search(r"\D", number).start()]  # type: ignore[union-attr]  # the pattern above has one
            whole, *decimals = re.split(r"[.,٫]", number.replace(mark, ""))
            number = whole + "".join(f"{_other(mark)}{part}" for part in decimals)
        match_decimal = re.fullmatch(r"(\d+)([.,٫])(\d+)", number)
        if match_decimal and match_decimal.group(2) in lexicon.decimal:
            whole, mark, decimals_ = match_decimal.groups()
            return f"{whole} {lexicon.decimal[mark]} {_digits(decimals_)}"
        return number

    return re.sub(rf"(?<![A-Za-z\d.,]){NUMBER}", read, text)


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _digits(decimals: str) -> str:
    """Return decimals as they are read: one by one where a nought comes first or they are many."""
    return " ".join(decimals) if len(decimals) > 2 or decimals.startswith("0") else decimals
