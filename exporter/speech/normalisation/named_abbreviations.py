"""Abbreviations before names, and between those of the parties to a case."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.abbreviation_case import AbbreviationCases
from exporter.speech.normalisation.arabic_initials import is_initial_of_person
from exporter.speech.normalisation.patterns import WORD_START, alternatives, word_before
from exporter.speech.normalisation.short_form import ShortForm, is_before_initial

_CAPITAL = "[A-ZÀ-ÞА-ЯЁІЇЄҐİŞ]"
_NAME = rf"(?:(?:\d{{1,2}}|\w{{4,}}ого)\s)?(?:{_CAPITAL}|[ء-ي])"
_FIRST_NAME = re.compile(r"([\w-]+)(\s[A-ZÀ-Þ])?")
"""The first name after a title, and whether there is another one."""


def read_versus(text: str, lexicon: Lexicon) -> str:
    """Read the abbreviation between the parties to a case: Smith v. Jones."""
    names = alternatives(lexicon.versus)
    pattern = rf"(?<=[\w.)”»])\s({names})\s(?=(?:the\s|l[ae’]\s?|el\s|os?\s)?{_CAPITAL})"
    return re.sub(pattern, lambda match: f" {lexicon.versus[match[1]]} ", text) if names else text


def expand_before_names(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations that are expanded only before a name: г. Москва."""
    names, cases = alternatives(lexicon.named), AbbreviationCases(lexicon)

    def read(match: re.Match[str]) -> str:
        short = ShortForm(match, lexicon.named, lexicon)
        if any(is_other(short) for is_other in _OTHERS):
            return match[0]
        forms = short.entry.split("|")
        if len(forms) > 2:
            return f"{cases.choose(short, forms)} "
        return f"{forms[-1 if _is_before_woman(short) else 0]} "

    pattern = rf"{WORD_START}(?<!\.)({names})(?:(?<=\.)\s?|\s)(?={_NAME})"
    return re.sub(pattern, read, text) if names else text


def read_names_in_capitals(text: str, lexicon: Lexicon) -> str:
    """Write family names after a title and first names in small letters, as French texts have: M. Moussa SECK."""
    if not lexicon.is_french:
        return text
    first_names = r"(?:[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?\s){1,3}"
    pattern = (
        rf"(?<!\w)((?i:{alternatives(lexicon.before_names)})\s{first_names})([A-ZÀ-Þ]{{2,}}(?:[\s-][A-ZÀ-Þ]{{2,}})*)"
    )
    return re.sub(rf"{pattern}(?![\w’'])", lambda match: match[1] + match[2].title(), text)


def _is_before_woman(short: ShortForm) -> bool:
    """Return whether an article or a first name is that of a woman.

    La Lic. Carmen Paz, Lic. Ana Paz, and not Lic. Quintana, a surname. A D. João has a preposition.
    """
    ordinals, names = short.lexicon.ordinals, short.lexicon.regnal.feminine_names
    article = word_before(short.match.string, short.match.start())
    if form := len(article) > 1 and ordinals.articles.get(article, 0):
        return form == 1
    name = _FIRST_NAME.match(short.match.string, short.match.end())
    if name is None:
        return False
    if len(short.name) == 2:
        return name[1] in names or name[1].endswith("a")
    return name[1] in names and name[2] is not None


def _is_sum(short: ShortForm) -> bool:
    """Return whether it is a currency after its amount: 100 р. Иванов."""
    return short.name in short.lexicon.currencies and short.word_before.isdigit()


_OTHERS = (is_initial_of_person, is_before_initial, _is_sum)
