"""Ordinal numbers of rulers, and those before or after a noun, which have no ending: Henry VIII, la II Guerra."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.numbers.ordinals import is_noun, ordinal
from exporter.speech.normalisation.patterns import ROMAN, alternatives, word_after

_WORD = r"[^\W\d_][\w’'-]{0,60}"
_AFTER_ARTICLE = re.compile(r"الـ?\s?\d|القرن")


def read_roman_ordinals(text: str, lexicon: Lexicon) -> str:
    """Read Roman numbers of rulers, those between an article and a noun, and those with an ending, VIIIth."""
    text = re.sub(
        r"(?<!\w)([IVX]{2,})(?=(?:st|nd|rd|th)(?!\w))", lambda match: str(roman_value(match[1]) or match[1]), text
    )
    return _read_after_nouns(_read_before_nouns(_read_rulers(text, lexicon), lexicon), lexicon)


def _read_rulers(text: str, lexicon: Lexicon) -> str:
    table = lexicon.regnal
    if not table.names:
        return text
    joint = re.escape(lexicon.symbols.get("&", "–"))

    def read(match: re.Match[str]) -> str:
        words, numeral, also, second = match.groups()
        *before, name = words.split()
        # John Smith III is no ruler, but has such a number.
        is_ruler = any(
            word.rpartition("-")[2] in table.names or word.casefold() in table.titles for word in (name, *before)
        )
        following = re.match(r"\s(\w+)", text[match.end() :])
        is_word = numeral in lexicon.words_of_one and following and following.group(1) in table.other_followers
        if not roman_value(numeral) or not is_ruler or is_word:
            return match.group()
        form = int(any(word in table.feminine_names for word in (name, *before[-1:])))
        article = next((table.oblique[word] for word in map(str.casefold, before) if word in table.oblique), "")
        numerals = (numeral, second) if also else (numeral,)
        return f"{words} " + (also or "").join(named(numeral, form, article) for numeral in numerals)

    def named(numeral: str, form: int, oblique: str) -> str:
        number = roman_value(numeral)
        men, _, women = (oblique or table.article).partition("|")
        # der Zweite, die Zweite: where the article has two forms, the ordinal has one.
        spoken = (
            f"{women if form else men}{ordinal(number, lexicon, int(bool(oblique)))}"
            if women
            else f"{men}{ordinal(number, lexicon, form)}"
        )
        return spoken if number <= table.up_to else str(number)

    name = rf"(?!{ROMAN}\b)[^\W\d_a-zß-ÿ][\w’'-]{{0,60}}"
    numeral = r"([IVXL]+)(?!\w|\.\s?\w|[’'](?!s\b))"
    if lexicon.ordinals.pointed:
        # Wilhelm II. von Preußen
        numeral = r"([IVXL]+)(?:\.(?=\s\w|[,;])|(?!\w|\.\s?\w))"
    return re.sub(rf"(?<!\w)((?:{_WORD}\s)?(?:{_WORD}\s)?{name})\s{numeral}(?:(\s{joint}\s){numeral})?", read, text)


def _read_before_nouns(text: str, lexicon: Lexicon) -> str:
    articles = alternatives(lexicon.ordinals.articles)
    if not articles:
        return text

    def read(match: re.Match[str]) -> str:
        article, numeral = match.groups()
        number, form = roman_value(numeral), lexicon.ordinals.articles[article.casefold()]
        noun = word_after(text, match.end())
        if form == 0 and 2 in lexicon.ordinals.articles.values():  # su III Conferencia, su III Informe
            form = 1 if is_noun(noun.casefold(), lexicon, feminine=True) else 2
        is_counted = noun[:1].isupper() or is_noun(noun, lexicon, feminine=form == 1)
        if not number or not (is_counted or len(numeral) > 1):
            return match.group()
        return f"{article} {ordinal(number, lexicon, form)}"

    # A single letter is a number only before a capital or a noun, and not in "la I de Irene"; a CV is none.
    numeral = r"(?:[IVXL]{2,}|[IVXLC]{4,})(?=\s[^\W\d_])|[IVX](?=\s[^\W\d_]{3})"
    nouns = alternatives(lexicon.ordinals.roman_before)
    if nouns:  # I República, II Guerra Mundial
        alone = rf"(?<![\w.])([IVXL]+)\s(?=({nouns})(?!\w))"
        text = re.sub(alone, lambda match: _before_noun(match, articles, lexicon), text)
    before_noun = rf"(?<!\w)({articles})\s(?-i:({numeral}))"
    text = re.sub(before_noun, read, text, flags=re.IGNORECASE)
    # I Congreso at the beginning, y X Cumbre anywhere
    counted = r"(?:(?<![^(«“‘\"])([IVXL]+)(?=\s([^\W\d_]+))|(?<![\w.-])([IVXL]+)(?=\s([^\W\d_a-zß-ÿ]\w+)))"
    return re.sub(counted, lambda match: _counted(match, lexicon), text)


def _counted(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return a Roman number as an ordinal before a noun that it counts: XXI Congreso, III Cumbre, II Jornadas."""
    numeral, noun = match[1] or match[3], (match[2] or match[4]).casefold()
    counted = lexicon.ordinals.counted
    is_plural = noun not in counted and noun.removesuffix("s") in counted
    if not (noun in counted or is_plural) or not (number := roman_value(numeral)):
        return numeral
    form = 1 if is_noun(noun, lexicon, feminine=True) else 2 - is_plural * 2
    return f"{ordinal(number, lexicon, form)}{'s' * is_plural}"


def _before_noun(match: re.Match[str], articles: str, lexicon: Lexicon) -> str:
    """Return a Roman number before a noun that is not behind an article as an ordinal."""
    number = roman_value(match[1])
    is_after_article = re.search(rf"(?<!\w)(?:{articles})\s$", match.string[: match.start()], re.IGNORECASE)
    if not number or is_after_article:
        return match.group()
    return f"{ordinal(number, lexicon, lexicon.ordinals.roman_before[match[2]])} "


def _read_after_nouns(text: str, lexicon: Lexicon) -> str:
    table = lexicon.ordinals
    nouns = alternatives(table.after)
    if not nouns:
        return text

    def read(match: re.Match[str]) -> str:
        start, noun, adjective, prefix, numeral = match.groups()
        number = int(numeral) if numeral.isdigit() else roman_value(numeral)
        if not number or (numeral.isdigit() and not prefix and noun not in table.always_after):
            return match.group()
        return f"{start}{noun}{adjective or ''} {ordinal(number, lexicon, table.after[noun])}"

    if lexicon.proclitics and _AFTER_ARTICLE.search(text):
        # دورتها الـ75: of a noun with a possessive, the article is that of the ordinal.
        stems = {re.sub("ة$", "ت", noun.removeprefix("ال")): form for noun, form in table.after.items()}
        possessed = rf"(\w{{0,2}}(?<!ال)({alternatives(tuple(stems))})(?:ها|هما|هم|ه|نا))\s{table.prefix}\s?(\d{{1,3}})"
        text = re.sub(
            rf"(?<!\w){possessed}(?!\w)",
            lambda match: f"{match[1]} {ordinal(int(match[3]), lexicon, stems[match[2]])}",
            text,
        )
        # في الـ16 من عمرها
        text = re.sub(
            rf"(?<!\w){table.prefix}\s?(\d{{1,2}})(?=\sمن\s(?:ال)?عمر)",
            lambda match: ordinal(int(match[1]), lexicon, 1),
            text,
        )
        # القرنين 19 و20
        second = rf"(?:{table.prefix})?(\d{{1,2}})(?![\w.,/–-])"
        text = re.sub(
            rf"(القرن(?:ين|ان)\s(?:{table.prefix})?\d{{1,2}}\sو)\ue000?\s?{second}",
            lambda match: f"{match[1]}{ordinal(int(match[2]), lexicon)}",
            text,
        )

    # الدورة العادية الـ49
    adjective = rf"(\sال\w+(?=\s{table.prefix}))?" if lexicon.proclitics else "()"
    numeral = rf"({table.prefix}\s?)?(\d{{1,3}}|{ROMAN})"
    return re.sub(rf"(?<!\w)(\w{{0,2}})({nouns}){adjective}\s{numeral}(?![\w–-])", read, text)
