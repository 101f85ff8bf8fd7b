"""Units of measurement after a number (5 km, 30 °C, 100 km/h), and coordinates (48°51′N)."""

from __future__ import annotations

import re
from functools import partial

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import (
    NUMBER,
    alternatives,
    closes_no_bracket,
    count,
    inflect,
    just_before,
    sentence_end,
    word_before,
)
from exporter.speech.normalisation.quantities.money import is_adjective, stands_before_noun

_APOSTROPHE = re.compile(r"['’]\w")
_SMALL_SYMBOL = "[a-z][b-df-hj-np-tv-zA-Z]{1,3}"
"""A unit symbol that is no word: km, kWh."""
_WITHOUT_VOWEL = re.compile("(?!ms)[b-df-hj-np-tv-xyz]{2,4}")
_NAME = re.compile(r"\s[A-ZÀ-Þ][^\W\d_A-Z]")
_OF_MATTER = re.compile(r"\s(?:(?:of|d[ei])\s(?!th|l[aeo]s?\s|ce|est[ea]|res|l[eo]y|loi|lei)|d[’'])[a-zß-ÿ]{2}")
"""5 g of gold, and not paragraph 5 g of the law."""
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
_INCHES = r"""\s?(\d{1,2})(?:\s?in\b\.?(?!\s(?:an?|the|front)\b)|["”″])"""
_HEIGHT = re.compile(rf"(?<![\w.,:°’'])(?:([1-9]\d?)\s?(?:ft|feet)\.?|(?<!°\s)([3-8])['’′]){_INCHES}")
"""Feet and inches: 6 ft 2 in, 5'10"."""
_OTHER_QUOTE = re.compile(r'(?<![\d½¼¾])"|(?<=\d{3})"')
"""Where it stands, one behind a figure is no inch: said "the 5"."""


def read_units(text: str, lexicon: Lexicon) -> str:
    """Read unit symbols after a number, in the singular or plural, and what is per day, per person or per another."""
    symbols = alternatives(lexicon.units)
    if not symbols:
        return text
    language = lexicon.language

    def read(match: re.Match[str]) -> str:
        number, symbol, divisor = match.groups()
        if re.fullmatch(r"(?:1[5-9]|20)\d(?:0s|\d[gh])", match.group()):
            return match.group()  # the 1860s; (OIT, 2016h)
        if f"{symbol}." in lexicon.abbreviations and _NAME.match(match.string, match.end()):
            return match.group()  # In 1991 Mt Pinatubo erupted
        is_following = symbol == "ss" or (symbol == "s" and "." in match.group())
        if is_following and (part := word_before(match.string, match.start())) in lexicon.part_words:
            following = lexicon.abbreviations.get("et s.", symbol).split("|")
            form = following[-1 if part in lexicon.ordinals.masculine_nouns else 0]
            return f"{number} {form}"  # p. 17 s., art. 17 ss
        if symbol == '"' and not _is_inch(match, lexicon):
            return match.group()
        if not divisor and (_is_verb(match, lexicon) or _is_part(match, lexicon)):
            return match.group()
        forms = lexicon.units[symbol]
        adjective = is_adjective(match, lexicon) or (symbol in lexicon.calibres and stands_before_noun(match, lexicon))
        counted = f"{number} {forms.split('|')[0]}" if adjective else count(number, forms, language)
        return f"{counted}{f' {lexicon.per[divisor]}' if divisor else ''}" + sentence_end(match)

    def read_scaled(match: re.Match[str]) -> str:
        of = f"{lexicon.scales.link} " if lexicon.scales.link == "de" and not match[1].endswith((" de", "mil")) else ""
        return f"{match.group(1)} {of}{inflect(lexicon.units[match.group(2)], '', language)}"

    per = alternatives(lexicon.per)
    divisor = rf"(?:\s?/\s?({per})(?!\w))?" if per else "()"
    if '"' in lexicon.units and "ft" in lexicon.units:
        text = _HEIGHT.sub(lambda match: " ".join(count(*part, language) for part in _height(match, lexicon)), text)
    # 5 km–7 km
    text = re.sub(rf"(?<=\d)\s?({symbols})(?=(?:\s?[–—]\s?|-){NUMBER}\s?\1(?![\w²³/-]))", "", text)
    # COVID-19 ha ucciso
    number = rf"(?<![\w.,])(?<![^\W\d_]-)({NUMBER}[½¼¾]?)[\s\u00a0\u202f]?"
    # 5 min. later
    stop = r"(?:(?<=[^\W\d_])\.(?=\s?[,;:)]|\s(?:\(|[^\W\d_A-ZÀ-ÞА-ЯЁІЇЄҐ])))?"
    slash = rf"/(?!(?:{per})(?!\w))" if per else "/"  # 5 mg/kg/h
    text = re.sub(rf"{number}({symbols}){divisor}(?![\w²³-]|{slash}|\.\w\.){stop}", read, text)
    # a 40-km march
    hyphened = alternatives(tuple(symbol for symbol in lexicon.units if len(symbol) > 1 and symbol.isalpha()))
    if hyphened and "-" in text:
        text = re.sub(
            rf"(?<![\w.,-])({NUMBER})-({hyphened})(?:\.(?=\s[a-z]))?(?=-[^\W\d_]|\s[^\W\d_])",
            lambda match: f"{match[1]}-{lexicon.units[match[2]].partition('|')[0]}",
            text,
        )
    if per and "/" in text:  # 30 dollars/day
        for _ in "12":  # 15 litres/personne/jour
            text = re.sub(
                rf"(\d(?:\s[^\W\d_]+){{1,4}})\s?/\s?({per})(?!\w)",
                lambda match: f"{match.group(1)} {lexicon.per[match.group(2)]}",
                text,
            )
    scales = alternatives(lexicon.scales.words)
    if scales:  # 10 тысяч га, 2 millones de km²
        text = re.sub(rf"(\d\s(?:{scales})(?:\sd[ei])?)\s({symbols})(?![\w/²³-])", read_scaled, text)
    return text


def _height(match: re.Match[str], lexicon: Lexicon) -> tuple[tuple[str, str], tuple[str, str]]:
    return (match[1] or match[2], lexicon.units["ft"]), (match[3], lexicon.units['"'])


def read_bare_units(text: str, lexicon: Lexicon) -> str:
    """Read the signs of areas and volumes without a number, as in the headings of tables: km², per m³."""
    if lexicon.before_units:  # 1,500 per kg
        longer = alternatives(tuple(symbol for symbol in lexicon.units if len(symbol) > 1 and symbol.isalpha()))
        text = re.sub(
            rf"(?<!\w)({lexicon.before_units[0]}\s)({longer})(?![\w/²³’'.-])",
            lambda match: f"{match[1]}{inflect(lexicon.units[match[2]], '1', lexicon.language)}",
            text,
        )
    if lexicon.before_many_units:  # milhares de km
        before = alternatives(lexicon.before_many_units)
        text = re.sub(
            rf"(?<!\w)((?i:{before})\s)({_SMALL_SYMBOL})(?![\w/²³’'.-]|\s(?:\d|em\s))",
            lambda match: (
                f"{match[1]}{inflect(lexicon.units[match[2]], '', lexicon.language)}"
                if match[2] in lexicon.units
                else match.group()
            ),
            text,
        )
    if "(" in text:  # Distance (km)
        apart = alternatives(tuple(symbol for symbol in lexicon.units if _WITHOUT_VOWEL.fullmatch(symbol)))
        plural = partial(_plural, lexicon=lexicon)
        text = re.sub(rf"(?<=[^\W\d_]\s\()({apart})(?=\))", plural, text) if apart else text
    if "²" not in text and "³" not in text:
        return text
    symbols = alternatives(tuple(symbol for symbol in lexicon.units if symbol[-1] in "²³" and symbol[0].isalpha()))
    if not symbols:
        return text

    def read(match: re.Match[str]) -> str:
        before, symbol = match.groups()
        is_one = (before or "").strip().casefold() in lexicon.before_units
        return f"{before or ''}{inflect(lexicon.units[symbol], '1' if is_one else '', lexicon.language)}"

    return re.sub(rf"(?:(?<!\w)(\w+\s))?(?<![\w/°])({symbols})(?![\w/])", read, text)


def _plural(match: re.Match[str], lexicon: Lexicon) -> str:
    words = re.findall(r"\w+", just_before(match.string, match.start()))[-len(match[1]) :]
    if match[1] == "".join(word[0] for word in words).casefold():
        return match[1]  # human rights (hr)
    return inflect(lexicon.units[match[1]], "", lexicon.language)


def _is_verb(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether what looks like a symbol is a word: Nel 2019 ha ucciso, Les alinéas 1 et 2 s’appliquent."""
    if not lexicon.harmony.high and len(match.group(2)) <= 2 and _APOSTROPHE.match(match.string, match.end()):
        return True
    endings = lexicon.auxiliaries.get(match.group(2))
    following = _NEXT_WORD.match(match.string, match.end())
    return endings is not None and following is not None and following.group(1).endswith(endings)


def is_counted(text: str, position: int, lexicon: Lexicon) -> bool:
    """Return whether the name of a unit, currency or scale, or the sign for percent, is at a position."""
    names = "|".join((*lexicon.units.values(), *lexicon.currencies.values(), *lexicon.scales.words)).split("|")
    counted = rf"\s?[%‰]|\s(?:{alternatives(frozenset(filter(None, names))) or '(?!)'})(?!\w)"
    return re.compile(counted).match(text, position) is not None


def _is_inch(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether what looks like a quotation mark is the sign for inches, and no second or damaged ordinal."""
    before = just_before(match.string, match.start())
    is_other = _OTHER_QUOTE.search(match.string) is not None or re.search(r"[’'′º°]\s?$", before) is not None
    return not is_other and word_before(match.string, match.start()) not in lexicon.part_words | lexicon.references


def _is_part(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether a letter is that of a part: art. 5 g), which closes no bracket, and paragraph 5 g."""
    letter = match.group(2)
    if len(letter) > 1 or not letter.isalpha():
        return False
    if closes_no_bracket(match.string, match.end()):
        return True
    following = _NEXT_WORD.match(match.string, match.end())
    is_measure = following is not None and following[1] in lexicon.measures  # a section 5 m long
    is_measure = is_measure or _OF_MATTER.match(match.string, match.end()) is not None
    return not is_measure and word_before(match.string, match.start()) in lexicon.part_words


def read_coordinates(text: str, lexicon: Lexicon) -> str:
    """Read degrees, minutes and seconds, and the direction."""
    table = lexicon.coordinates
    directions = alternatives(table.directions)
    if not directions:
        return text

    def read(match: re.Match[str]) -> str:
        *figures, direction = match.groups()
        parts = [
            count(number.lstrip("0") or "0", forms, lexicon.language)
            for number, forms in zip(figures, (table.degrees, table.minutes, table.seconds), strict=True)
            if number
        ]
        name = table.directions[direction]  # 北纬39度
        if "{}" not in name:
            return f"{table.joint.join(parts)} {name}"
        is_named = just_before(text, match.start()).rstrip().endswith(name.removesuffix("{}"))
        return table.joint.join(parts) if is_named else name.format(table.joint.join(parts))

    degrees, minutes = r"(\d{1,3}(?:[.,]\d+)?)\s?°\s?", r"(?:(\d{1,2}(?:[.,]\d+)?)\s?[′’']\s?)?"
    seconds = r"(?:(\d{1,2}(?:[.,]\d+)?)\s?(?:[″”\"]|′′|’’|'')\s?)?"
    return re.sub(rf"(?<![\w.,]){degrees}{minutes}{seconds}({directions})(?![\w°º]|[’'][^\W\d_])", read, text)
