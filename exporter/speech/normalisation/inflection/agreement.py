"""Gender agreement of numbers with their noun: doscientas personas, veintiún casos.

Voices read figures in the masculine. If the table of the language has another form, the number is written in words;
other numbers stay figures. The gender of a noun is known by its ending, or from a list.
"""

from __future__ import annotations

import re

from exporter.lexicon import Agreement, Lexicon
from exporter.speech.normalisation.patterns import alternatives

_COUNTED = re.compile(r"(?<![\w.,:/–-])(?:(\w+)(\s))?(?<![\w.,:/–-])(\d{1,9})\s(?=([^\W\d_]+))")
"""The noun may be the word before the next number."""
_YEARS = range(1900, 2100)


def apply_agreement(text: str, lexicon: Lexicon) -> str:
    """Write numbers in words before a noun whose gender changes them."""
    table = lexicon.agreement
    if not table.feminine:
        return text
    # Article 1 femmes; 2 virgule 1 tonnes
    hyphen = lexicon.url.get("-", "")
    letters = frozenset(lexicon.letters.values())
    others = lexicon.numbering_words.union(
        lexicon.decimal.values(), lexicon.documents.values(), (lexicon.slash, hyphen)
    ) - {""}

    def read(match: re.Match[str]) -> str:
        before, space, figures, noun = match.groups()
        if noun in letters:
            return match.group()  # WC1X
        is_feminine_row = (before or "").casefold() in table.feminine_determiners
        thousands = noun == table.thousand and re.match(r"\s([^\W\d_]+)", match.string[match.end(4) :])
        if thousands and (before or "") in lexicon.decimal.values():
            return match.group()  # 5,2 mil personas
        if thousands and int(figures) < 1_000:
            # 200 mil personas
            words = _words(f"{figures}000", thousands.group(1), table, are_women=is_feminine_row)
            words = words.removesuffix(table.thousand)
            return f"{before or ''}{space or ''}{words.strip() or figures} "
        # 0 1 0 0 1 Lisboa is a code.
        is_numbering = (before or "").casefold() in others or re.fullmatch(r"\d", before or "")
        if not table.million and before and before[0].isupper() and before not in lexicon.openers:
            is_numbering = True  # Phase 1 peine
        are_women = is_feminine_row and noun.endswith("s")
        words = "" if is_numbering or int(figures) in _YEARS else _words(figures, noun, table, are_women=are_women)
        return f"{before or ''}{space or ''}{words or figures} "

    def read_first(match: re.Match[str]) -> str:
        # Only a feminine noun changes it: de uno a cuatro años, de una a cuatro semanas.
        figures, thousand, noun = match.groups()
        if thousand and int(figures) >= 1_000:
            return figures
        is_counted = int(figures) not in _YEARS and is_feminine(noun, 2, table)
        return (is_counted and _words(figures, noun, table)) or figures

    def read_one_in(match: re.Match[str]) -> str:
        word = table.small[1]
        return table.feminine.get(word, word) if is_feminine(match.group(1), 2, table) else match.group()

    # 2 (duas) vezes
    feminine = rf"(?:[^\W\d_]+\s{table.joint or '–'}\s)?(?:{alternatives(tuple(table.feminine.values()))})"
    text = re.sub(rf"(?<![\w.,:/–-])\d{{1,3}}(?=\s\(({feminine})\))", r"\1", text)
    if table.thousand == "mil":  # 1 mil millones
        text = re.sub(r"(?<![\w.,:/–-])(?<!\d\s)(?<!coma\s)(?<!punto\s)1\s(?=mil(?!\w))", "", text)
    # 1 de cada 3 mujeres
    text = re.sub(r"(?<![\w.,:/–-])1(?=\s(?:de|em)\scada\s\d+\s([^\W\d_]+))", read_one_in, text)
    # 200 a 300 personas, 200 a 300 mil personas
    joint = "|".join((lexicon.range_word, lexicon.symbols["&"], "o", "ou"))
    first = rf"(?<![\w.,:/–-])(\d{{1,9}})(?=\s(?:{joint})\s\d{{1,9}}\s({table.thousand}\s)?([^\W\d_]+))"
    if lexicon.scales.link == "de":  # 1.130.000.000 de pesos
        nouns = alternatives(table.no_nouns)
        text = re.sub(rf"(?<![\w.,])([1-9]\d{{3,5}}000000\s)(?=[^\W\d_]{{3}})(?!(?:{nouns})(?!\w))", r"\1de ", text)
    return _COUNTED.sub(read, re.sub(first, read_first, text))


def _words(figures: str, noun: str, table: Agreement, *, are_women: bool = False) -> str:
    """Return a number in words; empty if the figures are read correctly."""
    number = int(figures)
    if (
        noun.isupper()
        or (number == 1 and table.thousand and noun[0].isupper())
        or (number >= 1_000 and not table.thousand)
        or (number >= 1_000_000 and not table.million)
    ):
        return ""
    feminine = is_feminine(noun, number, table) or (are_women and noun.casefold() not in table.no_nouns)
    if not feminine and not _is_masculine(noun, number, table):
        return ""
    plain = cardinal_words(number, table)
    # The number of millions agrees with the word for million, not with the noun; in French, so do thousands.
    scales = table.million or (table.thousand,)
    start = 1 + max((position for position, word in enumerate(plain) if word in scales), default=-1)
    agreed = [
        table.feminine.get(word, word)
        if feminine and position >= start
        else table.short.get(word, word)
        if plain[position + 1 : position + 2] in ([], *([word] for word in (table.thousand, *table.million)))
        else word
        for position, word in enumerate(plain)
    ]
    if plain[-1] in table.million and table.thousand:
        return " ".join((*agreed, "de"))
    # The voice reads an unchanged number correctly.
    return "" if agreed == plain else " ".join(agreed)


def cardinal_words(number: int, table: Agreement) -> list[str]:
    """Return a number below a thousand million in words, in the masculine."""
    millions, rest = divmod(number, 1_000_000)
    thousands, rest = divmod(rest, 1_000)
    words: list[str] = []
    if millions:
        words += [*_hundreds(millions, table), table.million[millions > 1]]
    if thousands:
        words += [*(_hundreds(thousands, table) if thousands > 1 else ()), table.thousand]
    if words and table.hundred_joint and rest and (rest < 100 or rest % 100 == 0):
        words.append(table.hundred_joint)
    return words + _hundreds(rest, table) or [table.small[0]]


def _hundreds(number: int, table: Agreement) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [table.hundred if number == 100 else table.hundreds[hundreds - 1]] if hundreds else []
    if words and rest and table.hundred_joint:
        words.append(table.hundred_joint)
    if rest < len(table.small):
        return words + ([table.small[rest]] if rest else [])
    tens, ones = divmod(rest, 10)
    return [*words, table.tens[tens - 3], *filter(None, (table.joint, table.small[ones]) if ones else ())]


def is_feminine(noun: str, number: int, table: Agreement) -> bool:
    """Return whether a noun after a number is feminine."""
    word = noun.casefold()
    if word in table.feminine_words:
        return True
    if word in table.masculine_words or word in table.no_nouns or (number > 1 and not word.endswith("s")):
        return False
    return word.endswith(table.feminine_endings)


def _is_masculine(noun: str, number: int, table: Agreement) -> bool:
    word = noun.casefold()
    if word in table.feminine_words or word in table.no_nouns:
        return False
    return word in table.masculine_words or (word.endswith("s") if number > 1 else len(word) > 2)
