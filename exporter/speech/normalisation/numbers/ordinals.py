"""Ordinal numbers in words, and those written with an ending or a full stop: 21.ª sesión, XIXe siècle, am 5. Mai."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.inflection.agreement import is_feminine
from exporter.speech.normalisation.patterns import (
    alternatives,
    just_before,
    month_names,
    sentence_end,
    word_after,
    word_before,
)

_ALSO_LETTERS = frozenset({".o", ".a", "o", "a"})
"""Endings of ordinals that are letters of a list, too: apartado 3.a."""
_YEARS = range(1900, 2100)
"""Of works of an author, which have letters: Arendt 1951a."""
_ANGLES = frozenset({"45", "90", "180", "270", "360"})
_OF_YEAR = re.compile(r"\sde\s(?:1[89]|20)\d\d(?!\d)")
_NUMBER_APART = re.compile(r"[\dIVX]\s[’']?[^\W\d_]{1,6}(?!\w)")
_APART = re.compile(r"er$|(?![.°]).*[^\x00-\x7f]")
"""Endings that may stand after a space: 2 ème, 1 º, 1 er."""


def ordinal(number: int, lexicon: Lexicon, form: int = 0) -> str:
    """Return an ordinal in words; figures if the language has no words for it.

    Args:
        number: From 1.
        lexicon: With `ordinals`.
        form: Position of the form: masculine, feminine, before a noun. The first, if a word has only that.
    """
    table = lexicon.ordinals
    if forms := table.words.get(str(number)):
        parts = forms.split("|")
        return parts[form if form < len(parts) else 0]
    bases = (int(key) for key in (table.before or table.words))
    base = max((key for key in bases if key < number and not (table.ones_first and key % 10)), default=0)
    if not base or number >= 2 * (base if table.ones_first else 10 ** len(str(base))) or number - base >= 1000 <= base:
        return str(number)
    rest = ordinal(number - base, lexicon, form)
    if table.ones_first:
        return f"{rest}{table.ones_first}{ordinal(base, lexicon, form)}"
    return f"{table.before.get(str(base)) or ordinal(base, lexicon, 1 if form == 1 else 0)}{table.joint}{rest}"


def read_ordinals(text: str, lexicon: Lexicon) -> str:
    """Read figures and Roman numbers with the ending of an ordinal: 21.ª, 76e, XIXe."""
    suffixes = alternatives(lexicon.ordinals.suffixes)
    if not suffixes:
        return text
    articles = lexicon.ordinals.articles
    if _NUMBER_APART.search(text):  # 2 ème, le XX e siècle
        apart = alternatives(tuple(suffix for suffix in lexicon.ordinals.suffixes if _APART.match(suffix))) or "(?!)"
        apart += r"|(?:e|re)(?=\s[^\W\d_]{3})" if lexicon.is_french else ""
        text = re.sub(rf"(?<![\w.,/])(\d{{1,3}}|[IVX]{{2,}})\s(?=(?:{apart})(?!\w))", r"\1", text)
    capitals = r"(?<![\w.,/-])(\d{1,3})([A-Z]{2,3})(?!\w)"  # 1ER PISO
    text = re.sub(capitals, lambda match: match[1] + _small_suffix(match[2], lexicon), text)
    if lexicon.rank_word:  # 182e/193
        of_all = rf"(?<![\w.,/-])(\d{{1,3}}(?:{suffixes}))/(?=\d{{2,3}}(?![\w/-]))"
        text = re.sub(of_all, rf"\1 {lexicon.rank_word} ", text)
    if "°" in lexicon.ordinals.suffixes:  # el 37 ° período
        counted = alternatives(lexicon.ordinals.counted) or "(?!)"
        text = re.sub(rf"(?<![\w.,/])(\d{{1,3}})\s°(?=\s(?:{counted})(?!\w))", r"\1°", text)
    if "º" in lexicon.ordinals.suffixes:  # 6ºCongresso, artigo 119.ºb)
        if lexicon.articles:  # art. 26.º/1/al. b)
            article = alternatives(lexicon.articles)
            paragraph = rf"((?<!\w)(?i:{article})\s\d{{1,3}}\.?º(?:-[A-Z])?)/(\d{{1,2}})(?:/(?=[a-z]))?(?![\d/])"
            text = re.sub(paragraph, lambda match: _with_paragraph(match, lexicon), text)
        if lexicon.range_word:  # 2.º-4.º anos
            text = re.sub(r"(?<=\d)(\.?[ºª])\s?[–-]\s?(?=\d{1,3}\.?[ºª](?!\w))", rf"\1 {lexicon.range_word} ", text)
        directions = alternatives(lexicon.coordinates.directions.values()) or "(?!)"
        noun = rf"(?!(?i:{directions}|celsius|fahrenheit)\b)[^\W\d_]{{4}}"
        text = re.sub(rf"(?<=\d)(\.?[ºª]|°)(?={noun}|[a-z]\))", r"\1 ", text)

    def agrees_with_noun(match: re.Match[str], form: int) -> bool:
        begin, end = _row_around(match, lexicon)
        noun = word_after(match.string, end).casefold()
        before = word_before(match.string, begin)  # after a comma, too: Comité, 33.º período
        agrees = articles.get(before) in ((1,) if form == 1 else (0, 2)) or before[-1:] in ("", ",", ";", ":")
        agrees = agrees or noun in lexicon.ordinals.counted
        return agrees and noun != "" and is_noun(noun, lexicon, feminine=form == 1)

    def read(match: re.Match[str]) -> str:
        figures, suffix = match.groups()
        number = int(figures) if figures.isdigit() else roman_value(figures)
        form = lexicon.ordinals.suffixes[suffix]
        if _is_capitalised_word(figures, suffix, lexicon):
            return match.group()
        is_before_noun = agrees_with_noun(match, form)
        is_letter = suffix in _ALSO_LETTERS and not (
            is_before_noun
            or _is_in_row_of_noun(match, lexicon, form)
            or _is_day(match, lexicon)
            or _is_of_law(match, lexicon)
        )
        if is_letter and not (suffix.endswith("o") and _is_of_article(match, lexicon)):
            return match.group()
        if form == 0 and is_before_noun:
            form = 2  # el 21.º período: the form before a noun
        if suffix == "°" and _is_angle(match, lexicon, before_noun=is_before_noun):
            return match.group()
        return f"{ordinal(number, lexicon, form)}{sentence_end(match)}" if number else match.group()

    def read_large(match: re.Match[str]) -> str:
        rest, form = int(match[1]) % 100, lexicon.ordinals.suffixes[match[2]]
        noun = word_after(text, match.end()).casefold()
        is_counted = noun not in lexicon.part_words and is_noun(noun, lexicon, feminine=form == 1)
        is_counted = is_counted or _is_in_row_of_noun(match, lexicon, form)
        if match[2].removesuffix(".") in _ALSO_LETTERS | {"°"} and not is_counted:
            return match.group()  # (Arendt 1951a), 1500°
        if "2000" in lexicon.ordinals.words and not _is_of_article(match, lexicon):
            return ordinal(int(match[1]), lexicon, form)  # la 1234.ª sesión
        if not lexicon.ordinals.before or not rest:
            return match[1]
        return f"{int(match[1]) - rest} {_last_part(rest, lexicon, form)}"

    # artículo 149.1.18.ª, 2.8.º
    path = r"(?<![\w.,/])(\d{1,3}(?:\.\d{1,2}|(?=\.\d{1,2}\.)))\.(?=\d{1,2}\.?[ºª])"
    text = re.sub(path, r"\1 ", text)
    text = re.sub(rf"(?<![\w.,/])([1-9]\d{{3}})({suffixes})(?!\w)(?=[\s,;:)]|-[A-Z]\b|\.?$|\.\s)", read_large, text)
    return re.sub(rf"(?<![\w.,/])(\d{{1,3}}|[IVX]+)({suffixes})(?!\w)", read, text)


def _small_suffix(letters: str, lexicon: Lexicon) -> str:
    """Return the ending of an ordinal in small letters; what is none as it is."""
    small = letters.lower()
    return small if small in lexicon.ordinals.suffixes and letters not in lexicon.units else letters


def _row_around(match: re.Match[str], lexicon: Lexicon) -> tuple[int, int]:
    """Return the begin and end of a row of ordinals with one ending: la 1a, 2a y 3a instancia."""
    suffix = re.escape(match[2])
    if suffix not in _ALSO_LETTERS:
        return match.span()
    joint = rf"(?:,\s|\s(?:{re.escape(lexicon.symbols['&'])}|{lexicon.range_word})\s)"
    before = re.search(rf"(?:(?<![\w.])\d{{1,4}}{suffix}{joint})*$", just_before(match.string, match.start()))
    after = re.compile(rf"(?:{joint}\d{{1,4}}{suffix}(?!\w))*").match(match.string, match.end())
    return match.start() - len(before[0] if before else ""), after.end() if after else match.end()


def _is_in_row_of_noun(match: re.Match[str], lexicon: Lexicon, form: int) -> bool:
    """Return whether an ordinal over a thousand is in a row behind its noun: las sesiones 2263a y 2264a."""
    row = _row_around(match, lexicon)
    noun = word_before(match.string, row[0])
    is_plural = noun.endswith("s") and noun not in lexicon.part_words and is_noun(noun, lexicon, feminine=form == 1)
    return is_plural and row != match.span() and int(match[1]) not in _YEARS


def _last_part(number: int, lexicon: Lexicon, form: int) -> str:
    """Return what ends an ordinal over a hundred: unième, and not premier."""
    hundred = lexicon.ordinals.before.get("100", "")
    spoken = ordinal(100 + number, lexicon, form)
    return spoken.removeprefix(hundred).lstrip(" -") if hundred else ordinal(number, lexicon, form)


def _is_of_article(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether an ordinal is the number of an article or its part: artigo 8.o, artigos 15.o a 22.o, § 1o."""
    parts = lexicon.part_words | {lexicon.subdivision}
    words = alternatives(parts | {f"{part}s" for part in parts})
    row = r"(?:\d{1,4}\.?[oº](?:-[A-Z])?(?:,\s|\s[a-z]{1,2}\s))*$"
    before = just_before(match.string, match.start()).casefold()
    return re.search(rf"(?<!\w)(?:{words})\s{row}", before, re.IGNORECASE) is not None


def _with_paragraph(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the number of an article and that of its paragraph behind a bar, with a word: artigo 26.º, número 1."""
    comma = ", " if match[0].endswith("/") else ""
    return f"{match[1]}, {lexicon.number_word} {match[2]}{comma}"


def _is_angle(match: re.Match[str], lexicon: Lexicon, *, before_noun: bool) -> bool:
    """Return whether a number with the sign for degrees is an angle, and no ordinal: girou 180°, and not o 45° dia."""
    before = word_before(match.string, match.start())
    is_masculine = lexicon.ordinals.articles.get(before) == 0 or before_noun or before == lexicon.subdivision
    return match[1] in _ANGLES and not is_masculine and before not in lexicon.part_words


def _is_of_law(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether an ordinal is the number of a law of a year: la Ley 4a de 1992, las leyes 2a y 5a de 1976."""
    begin, end = _row_around(match, lexicon)
    law = word_before(match.string, begin)
    is_feminine_law = law in lexicon.references and is_noun(law, lexicon, feminine=True)
    return is_feminine_law and _OF_YEAR.match(match.string, end) is not None


def _is_day(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether the name of a month follows: 1o de marzo."""
    months = alternatives(month_names(lexicon.language))
    return bool(months) and re.match(rf"\s(?:de\s)?(?:{months})(?!\w)", match.string[match.end() :]) is not None


def _is_capitalised_word(figures: str, suffix: str, lexicon: Lexicon) -> bool:
    """Return whether a single Roman letter and the ending are a word: Inde, Ver, Ida, and not Ier, Xe.

    Where ordinals are written with ª, one of a single letter is never written with plain ones.
    """
    if len(figures) > 1 or figures.isdigit() or not suffix[0].isascii() or suffix[0] == ".":
        return False
    spoken = ordinal(roman_value(figures), lexicon, lexicon.ordinals.suffixes[suffix])
    return "ª" in lexicon.ordinals.suffixes or (len(suffix) > 1 and not spoken.endswith(suffix))


def is_noun(word: str, lexicon: Lexicon, *, feminine: bool) -> bool:
    """Return whether a word, case-folded, is surely a noun of a gender."""
    if feminine:
        return is_feminine(word, 1, lexicon.agreement)
    masculine = lexicon.ordinals.masculine_nouns
    endings = tuple(ending[1:] for ending in masculine if ending.startswith("-"))
    return word not in lexicon.agreement.no_nouns and (word in masculine or word.endswith(endings))


def counted_noun(text: str, position: int, lexicon: Lexicon) -> str:
    """Return the noun at a position, before which a number with a full stop is an ordinal after any word: 3. Kammer."""
    nouns = alternatives(lexicon.ordinals.pointed_before)
    match = re.compile(rf"(?:{nouns})(?!\w)").match(text, position) if nouns else None
    return match.group() if match else ""


def read_pointed_ordinals(text: str, lexicon: Lexicon) -> str:
    """Read figures or a Roman number with a full stop as an ordinal: am 5. Mai, die 21. Sitzung, XIX. yüzyıl."""
    table = lexicon.ordinals.pointed
    if not table and not lexicon.ordinals.pointed_before:
        return text
    number = r"(?:\d{1,3}|[IVXL]+)\."
    joints = rf"\s?[–-]\s?|/|,\s|\s(?:{re.escape(lexicon.symbols['&'])}|{lexicon.range_word})\s"
    row = rf"{number}(?:(?:{joints}){number})*(?=\s([^\W\d_]+))"
    words = alternatives(tuple(word for word in table if word))

    def read(match: re.Match[str]) -> str:
        before, slash, row, following = match.groups()
        noun = counted_noun(text, match.end() + 1, lexicon)
        is_roman = lexicon.ordinals.pointed_roman and not row[0].isdigit()
        is_day = "" in table and (following[0].islower() or following in month_names(lexicon.language))
        if not before and not (is_roman or is_day or noun):
            return match.group()
        form = table[before.casefold()] if before else lexicon.ordinals.pointed_before.get(noun, table.get("", 0))
        spoken = re.sub(number, lambda figures: _pointed(figures.group(), lexicon, form), row)
        spoken = re.sub(r"\s?[–-]\s?", f" {lexicon.range_word} ", spoken).replace("/", f" {lexicon.symbols['&']} ")
        if slash:
            return f" {lexicon.slash} {spoken}"
        return f"{before} {spoken}" if before else spoken

    listed = rf"(?:(?<!\w)((?i:{words}))\s)?" if words else "()"
    # 90/5. maddesi: the fifth paragraph of Article 90.
    begin = r"(?:(?<=\d)(/)|(?<![\w.,:/–-]))"
    return re.sub(rf"{listed}{begin}({row})", read, text)


def _pointed(written: str, lexicon: Lexicon, form: int) -> str:
    number = written.removesuffix(".")
    value = int(number) if number.isdigit() else roman_value(number)
    return ordinal(value, lexicon, form) if value else written
