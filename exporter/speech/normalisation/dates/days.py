"""Days of a month: 5 May as the fifth of May, 1 mars as premier mars."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.numbers.ordinals import ordinal
from exporter.speech.normalisation.patterns import alternatives, just_before, month_names


def _has_determiner(text: str, position: int, lexicon: Lexicon) -> bool:
    """Return whether a word before a position, and before a quotation mark, stands for an article: its 3 May decree.

    Russia’s does, and It’s does not.
    """
    before = just_before(text, position).rstrip(" \"“'‘«")
    word = re.search(r"(?<![\w’'])([\w-]+)(['’]s)?$", before)
    if word is None:
        return False
    if word[2]:
        return word[1].capitalize() not in lexicon.openers
    return word[1].casefold() in lexicon.days.determiners


def read_days(text: str, lexicon: Lexicon) -> str:
    """Read the day of a month as an ordinal: 5 May as the fifth of May, 1 mars as premier mars."""
    table = lexicon.days
    if not table.before:
        return text
    months = alternatives(month_names(lexicon.language))
    joint_word = table.between or lexicon.range_word
    link = re.escape(table.before.partition("{}")[2].partition("{}")[0].strip())
    joint = rf"\s(?:{link}\s)?" if link else r"\s"

    def named(figures: str) -> str:
        number = int(figures)
        return ordinal(number, lexicon) if 0 < number <= table.up_to else figures

    def read(match: re.Match[str]) -> str:
        the, first, between, last, month = match.groups()
        if max(int(last), int(first or 0)) > 31 or int(last) == 0:
            return match.group()
        start, _, end = table.before.partition("{}")
        start = "" if _has_determiner(text, match.start(), lexicon) else start
        written = f"{named(last)}{end.format(month)}"
        if first:
            word = between.strip() if between.strip().isalpha() else joint_word
            written = f"{named(first)} {word} {start}{written}"
        return f"{the or start}{written}"

    article = table.before.partition("{}")[0]
    the = rf"({re.escape(article)})?" if article else "()"
    # 01 de febrero; 1 August 2012 - 31 July 2013; July 14 – July 18, 2006; March 2019 – June 2020
    text = re.sub(rf"(?<![\w.,:/–-])0(?=[1-9](?:st|nd|rd|th)?{joint}(?:{months})(?!\w))", "", text)
    day = rf"(?:\d{{1,2}}|{named('1')})"
    whole = rf"{day}{joint}(?:{months})(?:(?:,?\s|\s{link}\s)\d{{4}})?|(?:{months})\s\d{{1,2}}(?:,\s\d{{4}})?"
    whole += rf"|(?:{months})(?:\s|\s{link}\s)\d{{4}}"
    text = re.sub(rf"(?<![\w.,:/–-])({whole})\s?[–-]\s?(?=(?:{whole})(?!\w))", rf"\1 {joint_word} ", text)
    # 18th–19th centuries
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\s?[–-]\s?(?=\d{1,3}(?:st|nd|rd|th)(?!\w))", rf"\1 {lexicon.range_word} ", text)
    # January–March
    text = re.sub(rf"(?<!\w)({months})\s?[–-]\s?(?=(?:{months})(?!\w))", rf"\1 {lexicon.range_word} ", text)
    text = re.sub(rf"(?<!\w)({months})\s?[–-]\s?(?=\d{{1,2}}\s(?:{months})(?!\w))", rf"\1 {joint_word} ", text)
    # From 3 to 7 June, between 3 and 7 June: where all days are ordinals, both are.
    words = f"|\\s(?:{lexicon.range_word}|{re.escape(lexicon.symbols.get('&', '–'))})\\s" if table.up_to > 1 else ""
    days = rf"(?:(\d{{1,2}})(\s?[–-]\s?|/{words}))?(\d{{1,2}})"
    if "&" in lexicon.symbols:  # 12 & 13 August
        text = re.sub(rf"(?<=\d)\s&(?=\s\d{{1,2}}{joint}(?:{months})(?!\w))", f" {lexicon.symbols['&']}", text)
    text = re.sub(rf"(?<![\w.,:/–-]){the}{days}{joint}({months})(?!\w)", read, text)
    if table.year:
        text = re.sub(rf"(?<!\w)({months})\s(?=\d{{4}}(?![\w:]|[.,]\d))", rf"\1 {table.year} ", text)
    if not table.after:
        return text
    # June 21 to 23
    joint = rf"\s?[–-]\s?|\s(?:{lexicon.range_word}|through|{re.escape(lexicon.symbols.get('&', '–'))})\s"
    several = rf"(?<!\w)({months})\s(\d{{1,2}})({joint})(\d{{1,2}})(?=[;)]|[.,](?!\d)|\s\d{{4}}(?!\w)|$)"

    def read_several(match: re.Match[str]) -> str:
        month, first, between, last = match.groups()
        word = between.strip() if between.strip().isalpha() else lexicon.range_word
        return f"{table.after.format(month, named(first))} {word} {named(last)}"

    text = re.sub(several, read_several, text)
    after = rf"(?<!\w)({months})\s(\d{{1,2}})(?![\w:]|[.,/]\d)"
    return re.sub(after, lambda match: table.after.format(match.group(1), named(match.group(2))), text)
