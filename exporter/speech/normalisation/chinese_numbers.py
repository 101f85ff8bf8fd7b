"""Numbers beside Chinese characters: years digit by digit, percentages before their number, and two before a noun."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.lexicon.tables import Characters
from exporter.model.east_asian import HAN
from exporter.speech.normalisation.patterns import NUMBER, alternatives

_SIGNS = "%‰°℃$€£¥§№#+−±½¼¾≤≥<>=×~²³"
_SEAM = re.compile(
    f"(?<=[{HAN}])(?=[A-Za-z\\d{_SIGNS}])|(?<=[A-Za-z\\d{_SIGNS}])(?=[{HAN}])|(?<=[至到为达约于])(?=[-−]\\d)"
)
_WIDE = "《》「」『』【】、。，；：？！（）“”"
_BESIDE = re.compile(f"(?<=[{HAN}{_WIDE}])\\s+|\\s+(?=[{HAN}{_WIDE}])")
_NARROW = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_PUNCTUATION = re.compile(f"(?<=[{HAN}{_WIDE}])[,;:?!]|[,;:?!](?=\\s?[{HAN}{_WIDE}])")
_DASH = r"\s?[–—~～至到-]\s?"
_WIDE_SEAM = re.compile(r"(?<=[，；！？])(?!000(?!\d))(?=\S)|(?<=\D：)(?=\S)|(?<=：)(?=[^\d\s])")
_ALWAYS_COUNTED = "1000"
"""A thousand years, rather than a year."""


def set_wide_marks_apart(text: str, lexicon: Lexicon) -> str:
    """Set wide commas and the like apart from what follows, so that they are in no number: 100，200和300人."""
    return _WIDE_SEAM.sub(" ", text) if lexicon.characters.digits else text


def set_apart(text: str, lexicon: Lexicon) -> str:
    """Set figures and other letters apart from Chinese characters, so that the rules see them as words of their own."""
    return _SEAM.sub(" ", text) if lexicon.characters.digits else text


def join(text: str, lexicon: Lexicon) -> str:
    """Remove the spaces beside Chinese characters, and write the punctuation beside them as wide as they are."""
    if not lexicon.characters.digits:
        return text
    wide = _PUNCTUATION.sub(lambda match: _NARROW[match[0]], _BESIDE.sub("", text))
    return _BESIDE.sub("", wide)


def read_years_digit_by_digit(text: str, lexicon: Lexicon) -> str:
    """Read years digit by digit: 2026年 as 二零二六年, 1948–1950年, 公元前221年."""
    digits = lexicon.characters.digits
    if not digits:
        return text

    def read(number: str) -> str:
        return "".join(digits[int(figure)] for figure in number)

    def read_years(match: re.Match[str]) -> str:
        first, dash, last = match.groups()
        if last and len(last) == 2:  # 2019/20年度
            last = f"{first[:2]}{last}"
        if first == _ALWAYS_COUNTED:
            return match[0]
        return f"{read(first)}{f' {lexicon.range_word} {read(last)}' if dash else ''}"

    table = lexicon.characters
    eras = rf"((?:{alternatives(table.eras)})前?)\s?(\d{{1,4}})(?=\s?年)"
    text = re.sub(eras, lambda match: match[1] + read(match[2]), text) if table.eras else text
    return re.sub(_years(table), read_years, text)


def _years(table: Characters) -> str:
    """Return a pattern for years that are no count: not 近1500年, 1500年历史 and 2000年来."""
    many = "".join(f"(?<!{re.escape(word)}\\s)" for word in table.before_many_years)
    past = f"(?!(?<=00)\\s?年来(?![{''.join(table.after_past_years)}]))" if table.after_past_years else ""
    after = rf"(?!\s?年(?:{'|'.join(table.after_many_years) or '(?!)'})){past}"
    year = rf"\s?(?:{alternatives(table.of_year) or '(?!)'})?年"
    begin = rf"(?<![\w.,])(?:(?!\d\d00)|{many})((?:1\d|20)\d\d)"
    return rf"{begin}(?:({_DASH}|/)((?:1\d|20)?\d\d))?(?={year}){after}"


def read_hotlines(text: str, lexicon: Lexicon) -> str:
    """Read short numbers after a word for phone digit by digit: 拨打110."""
    words = alternatives(lexicon.telephone) if lexicon.characters.digits else ""
    if not words:
        return text
    return re.sub(rf"((?:{words})[:：]?\s?)(\d{{3,5}})(?![\w.-])", lambda match: match[1] + " ".join(match[2]), text)


def read_ranges(text: str, lexicon: Lexicon) -> str:
    """Read the dash between what is counted or numbered twice: 3万–5万, 第3条—第5条, 3月5日-8日."""
    if not lexicon.characters.digits:
        return text
    begin = rf"(\d\s?[{HAN}]{{1,4}})\s?(?:[–~-]|—{{1,2}})\s?(?=第?\s?\d)"
    return re.sub(begin, rf"\1 {lexicon.range_word} ", text)


def read_percentages(text: str, lexicon: Lexicon) -> str:
    """Read the sign for percent before its number: 45% as 百分之45, 10%–15% as 百分之10至15."""
    table = lexicon.characters
    if not table.percent:
        return text

    def read(match: re.Match[str]) -> str:
        first, last, sign = match.groups()
        words = table.percent if sign == "%" else table.per_mille
        minus = lexicon.symbols.get("−", "") if first[0] in "-−" else ""
        return f" {minus} {words} {first.lstrip('-−')} {f'{lexicon.range_word} {last} ' if last else ''}"

    number = rf"[-−]?{NUMBER}"
    return re.sub(rf"(?<![A-Za-z\d.,])({number})(?:\s?[%‰]?{_DASH}({NUMBER}))?\s?([%‰])", read, text)


def read_two(text: str, lexicon: Lexicon) -> str:
    """Read two before what it counts in its other form: 2个 as 两个, and not 第2个 or 12个."""
    table = lexicon.characters
    if not table.two:
        return text
    before = r"(?<![\w.,:/–-])(?<!\d、)(?<!第\s\d\s[和或]\s)"
    before = rf"{before}(?<![第点零一二三四五六七八九十百千万]\s)(?<!{lexicon.range_word}\s)"
    numbered = "".join(rf"(?!(?<={word}\s)2\s?{noun})" for noun, words in table.numbered.items() for word in words)
    nouns = "|".join(table.nouns) or "(?!)"
    return re.sub(rf"{before}{numbered}2(?=\s?(?!{nouns})(?:{alternatives(table.counted)})(?!级))", table.two, text)
