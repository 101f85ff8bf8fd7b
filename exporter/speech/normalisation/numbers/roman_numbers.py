"""Roman numbers that words before them show to be numbers: Part I, Chapter XL, fracciones I, V y X."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.patterns import ROMAN, alternatives

_LONG = re.compile(r"(?<!\w)[IVXLC]{4,}(?!\w)")
_NUMERAL = re.compile(r"(?<!\w)[IVXLC]+(?!\w)")


def read_roman_numbers(text: str, lexicon: Lexicon) -> str:
    """Read Roman numbers after certain words: Part I, Chapter XL."""
    before = alternatives(lexicon.roman_words) or "(?!)"
    joint = re.escape(lexicon.symbols.get("&", "–"))
    # VIII, IX y X; fracciones I, V y X
    last = f"[{''.join(sorted(set('IVX') - lexicon.words_of_one))}]"
    first = rf"(?:(?:{before})\s[IVXLC]{{1,7}}|[IVX]{{2,7}})(?:,\s[IVXLC]{{1,7}}){{0,9}}"
    row = rf"(?<![\w.]){first},?\s(?:{joint}|{lexicon.range_word or joint})\s(?:[IVX]{{2,7}}|{last})(?![\w’'-]|\.\w)"
    text = re.sub(row, lambda match: _NUMERAL.sub(lambda part: str(roman_value(part[0]) or part[0]), match[0]), text)
    text = _LONG.sub(lambda match: str(roman_value(match.group()) or match.group()), text)
    if not lexicon.roman_words:
        return text
    # I and II; I, II, V and VI
    also = rf"(?<!\w)[IVX](?=(?:,\s[IVX]{{1,6}}){{0,9}},?\s(?:{joint})\s[IVX]{{2,}}(?!\w))"
    text = re.sub(also, lambda match: str(roman_value(match.group())), text)
    # ECHR 2005-V
    volume = r"(?<!\w)((?:19|20)\s?(?:oh\s)?\d{1,2}-)([IVX])(?![\w’'-]|\.\w)"
    text = re.sub(volume, lambda match: f"{match[1]}{roman_value(match[2])}", text)
    # Annex II.B.1, and not Table C.1
    parts = rf"(?<!\w)((?:{before})\s)([IVX]|[IVXLC]{{2,}})((?:\.[A-Z\d])+)(?![\w’'])"
    text = re.sub(parts, lambda match: f"{match[1]}{roman_value(match[2])}{match[3].replace('.', ' ')}", text)

    def read(match: re.Match[str]) -> str:
        word, first, dash, last = match.groups()
        numbers = [roman_value(numeral) for numeral in (first, last) if numeral]
        joint = f" {lexicon.range_word} " if dash else ""
        return f"{word} {joint.join(map(str, numbers))}" if all(numbers) else match.group()

    return re.sub(
        rf"(?<!\w)({before})\s({ROMAN})(?:([–-])({ROMAN}))?(?![\w’'-]|\.\s?[\w\d](?<=\d)|\.\w|\s[a-z]\))", read, text
    )
