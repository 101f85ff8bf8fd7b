"""Sums of money: the currency is read after the amount, in the singular or plural."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import (
    NUMBER,
    alternatives,
    count,
    inflect,
    just_before,
    sentence_end,
    word_before,
)
from exporter.speech.normalisation.quantities.currency_names import add_currencies, is_sum

_NOUN = re.compile(r"[\s-]([a-z]++)(?<![a-z]{2}[^\We]ed)")
"""A word that may be a noun, and no participle: the $500 allowed."""
_RATE_BEFORE_NOUN = re.compile(r"-(?:an?|per)-[a-z]")
"""What makes a sum an adjective: a £12-an-hour job."""
_LETTER = re.compile(r"\b[A-Z]\s$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCY = re.compile(r"\s(?:de\s|d[’'])?([^\W\d_]{3,})")


def read_money(text: str, lexicon: Lexicon) -> str:
    """Read sums with a currency symbol or code on either side, and thousands or millions, in words or abbreviated."""
    if not lexicon.currencies:
        return text
    text = re.sub(r"(?<=\d)/-(?=[a-z]{2})", " ", text)  # 250/-and
    text = re.sub(r"(?<=\d)/[-–](?![\w.-])|(?<=\d[A-Za-z])/-(?![\w-])|(?<=\d)/-(?=\.(?!\d))", "", text)  # Rs 50,000/-
    text = re.sub(r"(\$\s?\d+|\d[.,]\d{3})\.-(?=[\s,;)])", r"\1", text)  # $ 500.-
    text = re.sub(r"(?<=\d)\.-(?=[a-z])", " ", text)  # 51.116.-pts.
    if "M" in lexicon.scales.short:
        text = re.sub(r"([$€£]\s?\d+(?:[.,]\d+)?)m(?!\w)", r"\1M", text)  # £1.2m
    listed, lexicon = lexicon.currencies, add_currencies(text, lexicon)
    sum_pattern = rf"{NUMBER}(?:\s?[–—-]\s?{NUMBER})?"
    symbols = alternatives(lexicon.currencies)
    scales = alternatives(lexicon.scales.words)
    short = alternatives(lexicon.scales.short)
    in_words = rf"[\s-]?({scales})\b" if scales else r"(?!)()"
    in_short = rf"[\s\u00a0]?({short})(?!\.?\w)" if short else r"(?!)()"
    scale = f"(?:{in_words}|{in_short})?"

    if scales and re.search(r"\sd[ei]\s[A-Z]{3}(?!\w)", text):  # 1,5 millones de USD
        named = {code: forms for code, forms in lexicon.currencies.items() if code in text and len(code) == 3}
        codes = alternatives(tuple(code for code in named if code.isupper()))
        if codes:
            text = re.sub(
                rf"(\d\s(?:{scales})\s(?:de|di)\s)({codes})(?!\w)",
                lambda match: f"{match[1]}{inflect(named[match[2]], '', lexicon.language)}",
                text,
            )
    if scales and lexicon.scales.link == "de":  # 10 milhões de Kz
        codes = alternatives(tuple(code for code in lexicon.currencies if code[-1].isalpha() and len(code) < 4))
        text = re.sub(
            rf"(\d\s(?:{scales})\sde\s)({codes})(?![\w$])",
            lambda match: f"{match[1]}{inflect(lexicon.currencies[match[2]], '', lexicon.language)}",
            text,
        )
    if scales and re.search(r"\sde\s[$€£](?!\s?\d)", text):  # 3 millones de €, 35 M de €
        text = re.sub(
            rf"(\d)\s?({short})(?=\sde\s[$€£])",
            lambda match: f"{match[1]} {inflect(lexicon.scales.short[match[2]], '', lexicon.language)}",
            text,
        )
        text = re.sub(
            rf"(\d\s(?:{scales})\sde\s)([$€£])(?!\s?\d)",
            lambda match: f"{match[1]}{inflect(lexicon.currencies[match[2]], '', lexicon.language)}",
            text,
        )
    # With both a symbol and a code, $1,200 MXN, only the code is read.
    coded = alternatives(tuple(code for code in listed if len(code) == 3 and code.isascii() and code.isalpha()))
    if coded:
        text = re.sub(rf"(\d[^\d$]{{0,15}}\s)\$\s?(?=(?:{coded})(?!\w))", r"\1", text)  # 2 milliards $ USD
        text = re.sub(
            rf"(?<!\w)(?:{symbols})\s?({sum_pattern}{scale}\s?(?:{coded})(?!\w))", lambda match: match.group(1), text
        )

    # €20m–30m
    begin = rf"((?<!\w)({symbols})\s?{NUMBER}(?:{in_short})\s?[–—-]\s?)(?={NUMBER}(?:{in_short}))"
    text = re.sub(begin, r"\1\2", text) if short and re.search("[–—-]", text) else text
    # £12m–£15m: the currency is read once.
    joined = rf"(?<!\w)({symbols})\s?({NUMBER}){scale}\s?[–—-]\s?\1\s?(?=\d)"

    def read_first(match: re.Match[str]) -> str:
        symbol, figures, word, short = match.groups()
        size = _scale(word, short, figures, lexicon)
        if not is_sum(symbol, figures, size, listed):
            return match.group()
        first = "" if size else _with_cents(symbol, figures, lexicon)
        return f"{first or f'{figures} {size}'} {lexicon.range_word} {symbol}"

    text = re.sub(joined, read_first, text)

    def read_before(match: re.Match[str]) -> str:
        symbol, figures, word, short = match.groups()
        size = _scale(word, short, figures, lexicon)
        is_journal = symbol.isalpha() and re.match(r"\s?\(\d", text[match.end() :])  # ZAR 12 (3)
        is_code = len(symbol) == 1 and symbol.isalpha() and _is_numbered(text, match.start(), lexicon)
        if not is_sum(symbol, figures, size, listed) or is_journal or is_code:
            return match.group()
        if _is_named_after(match, lexicon):
            return f"{figures} {size}".strip()
        return _sum(symbol, figures, size, lexicon, is_adjective=is_adjective(match, lexicon))

    def read_after(match: re.Match[str]) -> str:
        figures, word, short, symbol = match.groups()
        size = _scale(word, short, figures, lexicon)
        if not is_sum(symbol, figures, size, listed) or (len(symbol) == 1 and symbol.isupper()):
            return match.group()
        name = _sum(symbol, figures, size, lexicon) + sentence_end(match)
        # 60,000 CFA francs
        return name.rpartition(" ")[0] if _is_named_after(match, lexicon) else name

    # After an amount it is the currency of that, 2 грн. 50 коп., but not after a year: Since 2011 SYP 5,000.
    start = r"(?:(?<!\w)(?<!\d\s)|(?<=\b(?:19|20)\d\d\s)(?=[A-Z$€£¥]))"
    text = re.sub(rf"{start}({symbols})\s?({sum_pattern})(?!\d*/\d){scale}", read_before, text)
    return re.sub(rf"(?<![\w.,])({sum_pattern}){scale}\s?({symbols})(?!\w)", read_after, text)


def _scale(word: str | None, short: str | None, figures: str, lexicon: Lexicon) -> str:
    """Return the word for thousands or millions, in full; empty if there is none."""
    return word or (inflect(lexicon.scales.short[short], figures, lexicon.language) if short else "")


def _sum(symbol: str, figures: str, size: str, lexicon: Lexicon, *, is_adjective: bool = False) -> str:
    forms = lexicon.currencies[symbol]
    if symbol not in lexicon.cents:
        figures = re.sub(r"(?<=\d)[.,]00$", "", figures)
    if is_adjective and (size or re.fullmatch(r"\d+(?:,\d{3})*", figures)):
        return " ".join(filter(None, (figures, size, forms.split("|")[0])))
    if not size:
        return _with_cents(symbol, figures, lexicon) or count(figures, forms, lexicon.language)
    name = inflect(forms, "", lexicon.language)
    link = lexicon.scales.link if not size.endswith(("mil", "mille")) else ""
    joint = f"{link}{name}" if link.endswith("’") and name[0] in "aeiou" else f"{link.replace('d’', 'de')} {name}"
    return f"{figures} {size} {joint.strip()}"


def is_adjective(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether an amount stands before a noun: a $10 million fund, a 5 km walk."""
    if lexicon.before_adjectives and _RATE_BEFORE_NOUN.match(match.string, match.end()):
        return True
    before = re.search(r"(\w+)\s$", just_before(match.string, match.start()))
    return (
        stands_before_noun(match, lexicon)
        and before is not None
        and before.group(1).casefold() in lexicon.before_adjectives
    )


def stands_before_noun(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether a noun follows an amount, as far as it is none of the words that are known not to be nouns."""
    noun = _NOUN.match(match.string, match.end())
    return noun is not None and noun.group(1) not in lexicon.prepositions | lexicon.measures


def _is_numbered(text: str, position: int, lexicon: Lexicon) -> bool:
    """Return whether a letter at a position belongs to a number and to no sum: C, S R 2475; Annex R 2,475."""
    is_after_part = word_before(text, position) in lexicon.part_words | lexicon.references
    return is_after_part or _LETTER.search(just_before(text, position)) is not None


def _is_named_after(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether a word for a currency follows a sum with a symbol: $500 dollars, US$ 2 millones de dólares."""
    following = _CURRENCY.match(match.string, match.end())
    if following is None or not following.group(1).islower():
        return False
    return any(following.group(1) in re.split(r"[|\s]", forms) for forms in lexicon.currencies.values())


def read_scales(text: str, lexicon: Lexicon) -> str:
    """Read the abbreviations of million and others without a currency: 1.2m people, 2bn; 3m high is a measure."""
    table = lexicon.scales.short
    names = alternatives(table)
    if names and lexicon.scales.link:  # 1,5 M d’habitants
        text = re.sub(
            rf"(?<![\w.,-])({NUMBER})\s?({names})(?=\sd(?:e\s|i\s|[’']))",
            lambda match: f"{match[1]} {inflect(table[match[2]], match[1], lexicon.language)}",
            text,
        )
    if "M" in table and lexicon.scales.link:  # de 2,4 a 7,7 M.
        text = re.sub(
            r"(?<![\w.,-])(\d{1,3}[.,]\d{1,2})\sM(?=[,.;)]|$)",
            lambda match: f"{match[1]} {inflect(table['M'], match[1], lexicon.language)}",
            text,
        )
    if "M" in table and lexicon.scales.link == "de":  # 12,3 M personas
        text = re.sub(
            rf"(?<![\w.,-])({NUMBER})\sM(?=\s[a-zà-ÿ]{{4,}}(?<!mo)s(?!\w))(?!\s(?:{alternatives(lexicon.agreement.no_nouns)})(?!\w))",
            lambda match: f"{match[1]} {inflect(table['M'], match[1], lexicon.language)} de",
            text,
        )
    if not names or not lexicon.measures:
        return text

    def read(match: re.Match[str]) -> str:
        before, figures, space, name, after = match.groups()
        is_letter = len(name) == 1
        is_mark = _YEAR.fullmatch(figures) or word_before(text, match.end(1)) in lexicon.part_words
        if is_letter and (is_mark or name == "B" or (name == "b" and not after and figures.isdigit())):
            return match.group()  # 2020b, figure 3b, cell 12B
        if is_letter and (space or lexicon.measures.intersection(f"{before} {after}".casefold().split())):
            return match.group()
        return f"{before}{figures} {inflect(table[name], figures, lexicon.language)}{after}"

    around = rf"(?<!\w)((?:[a-z]+\s)?)(?<![\w.,-])(?<!x\s)(?<!×\s)({NUMBER})(\s?)({names})(?![\w/²³-])((?:\s[a-z]+)?)"
    return re.sub(around, read, text)


def _with_cents(symbol: str, figures: str, lexicon: Lexicon) -> str:
    """Return £4.50 as 4 pounds and 50 pence; empty if the amount has no two decimals or the currency no such part."""
    match = re.fullmatch(r"(.*\d)[.,٫](\d\d)", figures)
    forms = lexicon.cents.get(symbol)
    if not match or not forms:
        return ""
    whole, cents = match.group(1), match.group(2).lstrip("0")
    language = lexicon.language
    parts = [count(whole, lexicon.currencies[symbol], language)] if int(re.sub(r"\D", "", whole)) else []
    if cents:
        parts.append(count(cents, forms, language))
    return lexicon.cents_joint.join(parts)
