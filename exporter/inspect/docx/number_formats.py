"""Numbers in the number formats of Word (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from exporter.model.list_numbers import roman

_HEBREW = tuple(
    zip(
        (400, 300, 200, 100, 90, 80, 70, 60, 50, 40, 30, 20, 16, 15, *range(10, 0, -1)),
        # 15 and 16 are 9 + 6 and 9 + 7, so that they do not spell a name of God.
        (*"תשרקצפעסנמלכ", "טז", "טו", *"יטחזוהדגבא"),
        strict=True,
    )
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_PADDED = re.compile(r"(0{1,9})1(?:,.*)?")
"""A custom format: 01, 02, 03, …"""


def format_number(value: int, kind: str, language: str = "en") -> str | None:
    """Return a number as Word shows it, or None if that is unknown.

    Args:
        value: The number.
        kind: Its format, or the example of a custom one, such as `001, 002, 003, ...`.
        language: Of the text; words are only known in English.
    """
    if kind in _FORMATS:
        return _FORMATS[kind](value)
    if kind in _WORDS:
        is_known = language.partition("-")[0].lower() == "en" and 0 <= value < 100
        return _WORDS[kind](value) if is_known else None
    padded = _PADDED.fullmatch(kind)
    return f"{value:0{len(padded[1]) + 1}}" if padded else None


def _roman(value: int) -> str | None:
    return roman(value) if 0 < value < 4000 else None


def _repeated(letters: str, value: int) -> str | None:
    """Return a letter, repeated where the number is higher than there are letters: a … z, aa, bb."""
    times, index = divmod(value - 1, len(letters))
    return letters[index] * (times + 1) if 0 < value < 1000 else None


def _single(characters: str, value: int) -> str:
    """Return one of some characters, or digits where there is none."""
    return characters[value - 1] if 0 < value <= len(characters) else str(value)


def _digits(digits: str, value: int) -> str:
    return str(value).translate({ord("0") + index: digit for index, digit in enumerate(digits)})


def _sum(worths: Iterable[tuple[int, str]], limit: int, value: int) -> str | None:
    """Return the letters whose values add up to a number, the largest first."""
    if not 0 < value < limit:
        return None
    text = ""
    for worth, letters in worths:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def _counted(digits: str, units: str, value: int, *, ones: bool = True, zeros: bool = True) -> str | None:
    """Return a number in words of Chinese, Japanese or Korean, such as 一百零二.

    Args:
        digits: From zero to nine.
        units: Ten, hundred and thousand.
        value: The number.
        ones: Whether hundreds and thousands have a one: 一百, not 百.
        zeros: Whether gaps have a zero: 一百零二, not 一百二.
    """
    if not 0 < value < 10_000:
        return None
    text = ""
    gap = False
    for power, digit in zip(range(len(str(value)) - 1, -1, -1), map(int, str(value)), strict=True):
        if not digit:
            gap = True
            continue
        text += digits[0] if gap and zeros else ""
        gap = False
        is_silent = power and digit == 1 and (not ones or (power == 1 and value < 20 and zeros))
        text += ("" if is_silent else digits[digit]) + (units[power - 1] if power else "")
    return text


def _counted_below_100(zero: str, value: int) -> str | None:
    if value < 100:
        return _counted(_HAN, "十百千", value)
    return _digits(zero + _HAN[1:], value)


def _native_korean(value: int) -> str | None:
    tens = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
    ones = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
    return tens[value // 10] + ones[value % 10] if 0 < value < 100 else None


def _cardinal(value: int) -> str:
    if value < 20:
        return _SMALL.split()[value]
    return _TENS.split()[value // 10 - 2] + (f"-{_SMALL.split()[value % 10]}" if value % 10 else "")


def _ordinal(value: int) -> str:
    *before, last = _cardinal(value).split("-")
    return "-".join([*before, _ORDINALS.get(last) or f"{last.removesuffix('y')}{'ie' if last.endswith('y') else ''}th"])


def _ordinal_digits(value: int) -> str:
    is_teen = value // 10 % 10 == 1
    return f"{value}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_HAN = "零一二三四五六七八九"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_FORMATS: Mapping[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02}",
    "none": lambda _: "",
    "bullet": str,
    "lowerLetter": partial(_repeated, _LATIN),
    "upperLetter": partial(_repeated, _LATIN.upper()),
    "lowerRoman": lambda value: (_roman(value) or "").lower() or None,
    "upperRoman": _roman,
    "hex": lambda value: f"{value:X}",
    "chicago": partial(_repeated, "*†‡§"),
    "numberInDash": lambda value: f"- {value} -",
    "decimalFullWidth": partial(_digits, "０１２３４５６７８９"),
    "decimalFullWidth2": partial(_digits, "０１２３４５６７８９"),
    "decimalEnclosedCircle": partial(_single, _CIRCLED),
    "decimalEnclosedCircleChinese": partial(_single, _CIRCLED),
    "decimalEnclosedFullstop": partial(_single, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": partial(_single, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": partial(_single, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": partial(_single, _STEMS),
    "ideographZodiac": partial(_single, _BRANCHES),
    "ideographZodiacTraditional": lambda value: f"{_STEMS[(value - 1) % 10]}{_BRANCHES[(value - 1) % 12]}",
    "ideographDigital": partial(_digits, "〇一二三四五六七八九"),
    "taiwaneseDigital": partial(_digits, "○一二三四五六七八九"),
    "koreanDigital": partial(_digits, "영일이삼사오육칠팔구"),
    "koreanDigital2": partial(_digits, _HAN),
    "chineseCounting": partial(_counted_below_100, "○"),
    "taiwaneseCounting": partial(_counted_below_100, "○"),
    "chineseCountingThousand": partial(_counted, _HAN, "十百千"),
    "taiwaneseCountingThousand": partial(_counted, _HAN, "十百千"),
    "japaneseCounting": partial(_counted, _HAN, "十百千", ones=False, zeros=False),
    "koreanCounting": partial(_counted, "영일이삼사오육칠팔구", "십백천", ones=False, zeros=False),
    "koreanLegal": _native_korean,
    "japaneseLegal": partial(_counted, "零壱弐参四伍六七八九", "拾百阡", zeros=False),
    "aiueo": partial(_repeated, _KANA),
    "aiueoFullWidth": partial(_repeated, _KANA),
    "iroha": partial(_repeated, _IROHA),
    "irohaFullWidth": partial(_repeated, _IROHA),
    "ganada": partial(_repeated, "가나다라마바사아자차카타파하"),
    "chosung": partial(_repeated, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "russianLower": partial(_repeated, _RUSSIAN),
    "russianUpper": partial(_repeated, _RUSSIAN.upper()),
    "hebrew1": partial(_sum, _HEBREW, 1000),
    "hebrew2": partial(_repeated, "אבגדהוזחטיכלמנסעפצקרשת"),
    "arabicAlpha": partial(_repeated, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "arabicAbjad": partial(_repeated, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    "hindiNumbers": partial(_digits, "०१२३४५६७८९"),
    "thaiNumbers": partial(_digits, "๐๑๒๓๔๕๖๗๘๙"),
    "thaiLetters": partial(_repeated, "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
}
_WORDS: Mapping[str, Callable[[int], str]] = {
    "ordinal": _ordinal_digits,
    "cardinalText": lambda value: _cardinal(value).capitalize(),
    "ordinalText": lambda value: _ordinal(value).capitalize(),
}
