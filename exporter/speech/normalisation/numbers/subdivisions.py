"""Parts of laws and of pages behind their number: 13(2)(a), Article 13 (2), pp. xi–xiv."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.patterns import APART, ROMAN, alternatives, just_before, word_before

_YEAR_OF_JOURNAL = re.compile(r"\((?:19|20)\d\d\)\s$")
"""What stands before volume and number, (2016) 38(2) HRQ 312."""
_POINTS = range(21)
"""Likely numbers of the points of an article; what is more is heat or an angle, if no article is named."""
_AFTER_HEAT = re.compile(r"\s(?:en|à|dans|pendant|sous)\s")
_CAPITAL_WORD = re.compile(r"\s(?:[A-ZÀ-Þ][\w’']|[AÀÉ]\s)")
_SMALL_ROMAN = re.compile(r"\s[ivxl]{2,}(?!\w)|\s[ivxl]{2,}[–-]")


_POINTED = re.compile(r"(?<![\w.,])([1-9]\d{1,2})\.(\d{3})(?![\w,]|\.\d)")
_GLUED = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,2}\.?)(?=[A-ZÀ-Þ][a-zà-ÿ\s])")
"""The number of a paragraph before its first word, without a space: 2.1El autor."""
_ITEM = re.compile(r"([IVX])(?=\.-?(?:\s[A-ZÀ-Þ¿«“]|$)|(?:\.\d{1,2})+\.?(?:\s|$))")
"""A single Roman number before an item of a list: I. Antecedentes, V.- Las demás, I.2. Hechos."""
_POINTED_ROMAN = re.compile(r"(?<![\w.,])(\d{1,3})\.([IVX]+)(?:\.(\d{1,2}))?(?![\w-]|\.\w)")
"""A paragraph of an article, and its item, as Bolivian laws number them: art. 13.IV, 30.II.15."""
_ROW_ITEM = re.compile(r"([a-h])(?=\)\s)")
"""The letter of an item of a row, at its head: a) the right to life."""
_HEAD = re.compile(r"([1-9]\d{1,2})\.(\d{3})(?=\s[A-ZÀ-Þ][a-zà-ÿ]{3})")


_INITIALS = re.compile(r"(?:[A-Z]\.\s?)+(?<!\s)")


def read_pointed_numbers(text: str, lexicon: Lexicon) -> str:
    """Read 120.112 as a number with a point, and not as thousands: where recommendations are numbered so.

    They begin a paragraph, or stand beside one with fewer figures: 120.45 y 120.112.
    """
    point = lexicon.decimal.get(".", "")
    if not lexicon.pointed:
        return text

    def read(match: re.Match[str]) -> str:
        is_row = re.search(rf"(?<![\w.,]){match[1]}\.\d{{1,2}}(?![\w,]|\.\d|\s(?:{scales})(?!\w))", text)
        is_named = word_before(text, match.start()) in lexicon.pointed
        return f"{match[1]} {point} {int(match[2])}" if is_row or is_named else match.group()

    scales = alternatives(lexicon.scales.words)
    text = re.sub(r"(?<=\d)[.,]oo(?!\w)", "", text)  # $ 4.500.oo
    initials = _INITIALS.match(text)
    if not (initials and initials[0] in lexicon.words) and (item := _ITEM.match(text)):
        text = f"{roman_value(item[1])}{text[item.end() :]}"
    for beginning, spoken in ((_GLUED, r"\1 "), (_HEAD, rf"\1 {point} \2")):
        text = beginning.sub(spoken, text, count=1) if beginning.match(text) else text
    return _POINTED.sub(read, text)


def read_small_roman(text: str, lexicon: Lexicon) -> str:
    """Read Roman numbers in small letters after the word for page or another numbered part: pp. xi–xiv."""
    if not _SMALL_ROMAN.search(text):
        return text
    words = alternatives(tuple(forms.split("|")[0] for forms in lexicon.numbered.values()))
    if not words:
        return text

    def read(match: re.Match[str]) -> str:
        first, dash, last = match.group(2), match.group(3) or "", match.group(4) or ""
        numbers = [roman_value(numeral) for numeral in filter(None, (first, last))]
        return f"{match.group(1)} {dash.join(map(str, numbers))}" if all(numbers) else match.group()

    return re.sub(rf"(?<!\w)({words})\s([ivxl]{{2,}})(?:([–-])([ivxl]+))?(?!\w)", read, text)


def read_roman_items(text: str, lexicon: Lexicon) -> str:
    """Read Roman numbers of items behind the number of an article, as Brazilian laws have: artigo 5º, LIV e LV, da."""
    articles = alternatives(lexicon.articles)
    if not articles:
        return text
    joint = re.escape(lexicon.symbols.get("&", "–"))
    numeral = r"(?:[IVX]|(?!C+\b)[IVXLC]{2,})"
    text = _read_items(text, articles, lexicon)
    items = rf"{numeral}(?:(?:,\s|\s(?:{joint}|{lexicon.range_word})\s){numeral})*"
    return re.sub(
        rf"(?<!\w)((?i:{articles})\s\d{{1,4}}[ºª°]?,\s(?:{lexicon.subdivision}\s\d{{1,2}}[ºª°]?,\s)?(?:caput,?\s(?:{joint}\s)?)?)"
        rf"({items})(?=,\s(?:d[aeo]s?|del)\s(?:la\s)?[A-ZÀ-Þ]|,?\s(?:{joint})\s\d|\s(?:d[aeo]|combinado)\s|[);]|\.?$)",
        lambda match: match[1] + re.sub("[IVXLC]+", lambda item: str(roman_value(item[0]) or item[0]), match[2]),
        text,
    )


def _read_items(text: str, articles: str, lexicon: Lexicon) -> str:
    """Read a single I, V or X as the number of an item after that of an article, or at the head of a row: I – votar."""
    numerals = "".join(sorted(set("IVX") - lexicon.words_of_one))
    if not numerals:
        return text
    row = rf"(?:^|(?<=[:;]\s))([{numerals}])(?:(\s[–—-])(?=\s)|(?=\)\s))(?=(?:\s(\d))?)"
    # I – 30 dias is no range.
    text = re.sub(row, lambda match: f"{roman_value(match[1])}{',' if match[3] else match[2] or ''}", text)
    if not (article := re.search(rf"(?<!\w)(?i:{articles})\s", text)):
        return text
    behind = rf"(\d[ºª°]?(?:-[A-Z])?), ([{numerals}])(?=[,;)]|\s(?:d[aeo]s?|c/c|combinado)\s|\.?$)"
    items = re.sub(behind, lambda match: f"{match[1]}, {roman_value(match[2])}", text[article.end() :])
    return text[: article.end()] + items


def _word_of_part(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the word for a part of the nearest law before it: sections 9(3) and 10(1), section 4 (2)."""
    words = re.findall(r"[^\W\d_]+", (just_before(match.string, match.start()) + match[1]).casefold())
    divided = next((word for word in reversed(words) if word in lexicon.articles or word in lexicon.subdivisions), "")
    return lexicon.subdivisions.get(divided, lexicon.subdivision)


def read_subdivisions(text: str, lexicon: Lexicon) -> str:
    """Read the brackets after the number of an article: 13(2)(a), and Article 13 (2) (a)."""
    if not lexicon.subdivision:
        return text
    if following := lexicon.units.get("ff"):  # pp. 45f.
        pages = alternatives(lexicon.page_words)
        text = re.sub(rf"(?<!\w)((?:{pages})\s[\d\s,–-]*\d)\s?f\.?(?!\w)", rf"\1 {following}", text)
    # 14.3.a), 8.2.h de la Convención, 8.2.e.vii
    roman = r"(?<=\d\.\d)\.([a-h])\.([ivx]+)(?![\w-]|\.\w)"
    text = re.sub(roman, lambda match: f" {_letter(match[1], lexicon)} {roman_value(match[2]) or match[2]}", text)
    lettered = r"(?<=\d)\.([a-z])(?=\))|(?<=\d\.\d)\.([a-h])(?![\w-]|\.\w)"
    text = re.sub(lettered, lambda match: f" {_letter(match[1] or match[2], lexicon)}", text)
    glued = r"(?<=\d)\.(\d{1,2})([a-z])(?!\w|\.\w)"  # párrafo 5.1g
    text = re.sub(glued, lambda match: _read_glued(match, lexicon), text)
    text = _POINTED_ROMAN.sub(lambda match: _read_pointed_roman(match, lexicon), text)
    if ")" not in text:
        return text
    if is_row_item := _ROW_ITEM.match(text):
        text = f"{_subdivision(is_row_item[1], lexicon)}{text[1:]}"

    if lexicon.range_word:  # 3(1)–(4), (a)–(c)
        ends = r"(\((?:\d{1,3}|[a-z]|[ivx]{2,4})\))\s?[–-]\s?\((\d{1,3}|[a-z]|[ivx]{2,4})\)"
        text = re.sub(
            rf"(?:(?<=[\w)])|(?<=\d\s)){ends}",
            lambda match: f"{match[1]} {lexicon.range_word} {_small_roman(match[2])}",
            text,
        )
        text = re.sub(ends, rf"\1 {lexicon.range_word} (\2)", text)

    def parts(brackets: str) -> str:
        return " ".join(_subdivision(part, lexicon) for part in re.findall(r"\((\w+)\)", brackets))

    def read(match: re.Match[str]) -> str:
        # Of a paragraph 7(2) no word for its part is said twice.
        is_same = word_before(text, match.start()).startswith(lexicon.subdivision)
        word = "" if is_same else f"{_word_of_part(match, lexicon)} "
        return f"{match.group(1)}, {word}{parts(match.group(2))}"

    def read_article(match: re.Match[str]) -> str:
        # Of a journal: Law Review, 12(3), 45–67
        is_volume = re.search(r"[,”»\"]\s$", just_before(text, match.start())) and not re.search(
            listed, just_before(text, match.start()), re.IGNORECASE
        )
        if _YEAR_OF_JOURNAL.search(just_before(text, match.start())):
            return match.group()
        if word_before(text, match.start()) in _volume_words(lexicon):
            return f"{match.group(1)} {match.group(2)}"
        is_issue = re.match(r"[,:]\s?(?:\w+\.?\s)?\d", text[match.end() :])
        # A year, and the number of a note
        before = word_before(text, match.start())
        if re.fullmatch(r"(?:19|20)\d\d", match.group(1)) and before not in lexicon.articles | lexicon.numbering_words:
            return match.group()
        return match.group() if is_volume and is_issue else read(match)

    listed = rf"(?<!\w)(?:{alternatives(lexicon.articles) or '(?!)'})\s[\d\s,()]*$"  # Articles 7, 9(1), 10

    def read_letters(match: re.Match[str]) -> str:
        return f"{match.group(1)} {parts(match.group(2))}"

    text = re.sub(r"\b(\d+[A-Z]{0,2})((?:\(\d{1,3}[A-Z]?\))(?:\([^\W\d_]{1,5}\)){0,2})", read_article, text)
    # Rule 26(a)(1), para. 3(b)(ii)
    text = re.sub(r"\b(\d+[A-Z]{0,2})(\([a-z]\)(?:\((?:[A-Za-z]|[ivx]+|[IVX]+|\d{1,2})\)){0,5})", read_letters, text)
    # A space before the brackets only after a word for an article: in 2019 (3) is something else.
    named = alternatives(lexicon.articles)
    if named:  # Article IX(2)
        roman = rf"(?<!\w)((?:{named})\s)((?-i:{ROMAN}))(?=\s?\(\d{{1,3}}\))"
        text = re.sub(roman, lambda match: f"{match[1]}{roman_value(match[2]) or match[2]}", text, flags=re.IGNORECASE)
    spaced = rf"(?<!\w)((?:{named})\s\d+[A-Z]{{0,2}})((?:\s?\(\d{{1,3}}[A-Z]?\))(?:\s?\([^\W\d_]{{1,5}}\)){{0,2}})"
    text = re.sub(spaced, read, text, flags=re.IGNORECASE) if named else text
    text = _read_small_items(text)
    # (a) the right to life, (ii) that to liberty
    return re.sub(r"(?<!\w)\(([a-h]|[ivx]{2,5})\)", lambda match: f"({_subdivision(match[1], lexicon)})", text)


def _read_glued(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the number of a paragraph and its letter, which is no unit."""
    begin = match.start() - len(re.search(r"\d*$", just_before(match.string, match.start()))[0])  # type: ignore[index]
    if word_before(match.string, begin) not in lexicon.part_words:
        return match[0]
    return f".{match[1]} {_letter(match[2], lexicon)}"


def _read_pointed_roman(match: re.Match[str], lexicon: Lexicon) -> str:
    number, numeral, last = match.groups()
    parts = (number, str(roman_value(numeral) or numeral), last)
    return f" {lexicon.url['.']} ".join(filter(None, parts))


def _read_small_items(text: str) -> str:
    """Read items with small Roman numbers as numbers, also a single i, v or x among them: (i) … (ii), i), iv) y v)."""
    if not re.search(r"(?<![^\W_])[ivx]{2,5}\)", text):
        return text
    item = r"(?<![^\s(;,:])(\(?)([ivx]{1,5})(?=\))"
    return re.sub(item, lambda match: f"{match[1]}{roman_value(match[2]) or match[2]}", text)


def _letter(letter: str, lexicon: Lexicon) -> str:
    """Return a letter; one that is also a unit, the h of 8.2.h, by its name, or apart from its number."""
    return lexicon.letters.get(letter.upper(), f"{APART}{letter}") if letter in lexicon.units else letter


def _volume_words(lexicon: Lexicon) -> frozenset[str]:
    """Return the words for a volume, whose issue is in brackets: vol. 7(2)."""
    return frozenset(word for key in ("vol.", "vols.") for word in lexicon.numbered.get(key, "").split("|")) - {""}


def _subdivision(part: str, lexicon: Lexicon) -> str:
    """Return a bracket after the number of an article, as it is read: a number, or the name of a letter."""
    return _small_roman(part) if len(part) > 1 else lexicon.letters.get(part.upper(), _letter(part, lexicon))


def _small_roman(part: str) -> str:
    return str(roman_value(part) or part) if len(part) > 1 and part.islower() else part


def read_points(text: str, lexicon: Lexicon) -> str:
    """Read the points of a French law as numbers, and not as degrees: au 2° de l’article 5, les 1° et 3°."""
    text = re.sub(r"(?<![\w.,])(\d+\.\d\.\d)°(?!\s?[CF])", r"\1", text)  # Art. 40.3.1° of a constitution
    if not lexicon.is_french or "°" not in text:
        return text
    point = r"\d{1,2}°(?:\s(?:bis|ter|quater)(?!\w))?"
    end = r"(?!\s?(?:[CFNSEO](?![\w.’'])|[\d½]|Celsius|de\s(?:lat|long)))"
    row = rf"({point}(?:(?:,\s|\s(?:et|ou|à)\s)(?:au\s)?{point})*){end}"
    law = r"\s(?:d[eu]\s(?:l[a’'])?\s?)(?:présent|même|paragraphe|article|alinéa|[IVX]+(?!\w))"
    words = "aux?|du|des|les?|ce|son|sauf|même|présent|points?|paragraphes?|alinéas?"
    before = rf"((?<!\w)(?i:{words})\s|\(|^\W*|[:;]\s|(?<=[\dIVX]),\s)"

    def read(match: re.Match[str]) -> str:
        is_law = re.compile(law).match(text, match.end())
        is_item = match[1].strip() in ("", ":", ";", ",")
        is_many = max(map(int, re.findall(r"\d+", match[2]))) not in _POINTS
        is_heat = is_many or _AFTER_HEAT.match(text, match.end()) is not None
        if is_item and _CAPITAL_WORD.match(text, match.end()):
            is_heat = False
        is_number = match[1].strip() in (":", ";") and not re.compile(r"\s[^\W\d_]").match(text, match.end())
        if (is_heat and not is_law) or is_number:
            return match.group()
        return match[1] + match[2].replace("°", "," if is_item else "")

    return re.sub(before + row, read, text)
