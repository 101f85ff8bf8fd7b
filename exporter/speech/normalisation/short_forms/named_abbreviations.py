"""Abbreviations before and after names, and between those of the parties to a case."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import WORD_START, alternatives, sentence_end, word_before
from exporter.speech.normalisation.short_forms.abbreviation_case import AbbreviationCases
from exporter.speech.normalisation.short_forms.arabic_initials import is_initial_of_person
from exporter.speech.normalisation.short_forms.short_form import ShortForm, is_before_initial

_CAPITAL = "[A-ZÀ-ÞА-ЯЁІЇЄҐİŞ]"
_NAME = rf"(?:(?:\d{{1,2}}|\w{{4,}}ого)\s)?(?:{_CAPITAL}|[ء-ي])"
_OFFICE_HOLDER = rf"(?:(?:{_CAPITAL}\.\s?){{0,3}}|Ma?c|O[’'])?{_CAPITAL}[\w’'-]+"
_NAMES_IN_ROW = rf"{_OFFICE_HOLDER}(?:,\s{_OFFICE_HOLDER}){{0,8}}(?:,?\sand\s{_OFFICE_HOLDER})?"
_FIRST_NAME = re.compile(r"([\w-]+)(\s[A-ZÀ-Þ])?")
"""The first name after a title, and whether there is another one."""


def read_versus(text: str, lexicon: Lexicon) -> str:
    """Read the abbreviation between the parties to a case: Smith v. Jones."""
    names = alternatives(lexicon.versus)
    pattern = rf"(?<=[\w.)”»])\s({names})\s(?=(?:the\s|l[ae’]\s?|el\s|os?\s)?{_CAPITAL})"
    return re.sub(pattern, lambda match: f" {lexicon.versus[match[1]]} ", text) if names else text


def read_streets(text: str, lexicon: Lexicon) -> str:
    """Read the kind of a street without a full stop behind its name: 10 Downing St, off Bourbon St."""
    kinds = alternatives(lexicon.streets)
    name = r"(?:\d{1,4}[A-Z]?|\d(?:st|nd|rd|th)|[a-z]{2,5}),?\s(?:[A-Z][a-z’']+\s){1,2}"
    pattern = rf"(?<![\w.])({name}|\d{{1,3}}(?:st|nd|rd|th)\s)({kinds})(?=\s[a-z\d]|[,;)]|\.?$)"
    return re.sub(pattern, lambda match: f"{match[1]}{lexicon.streets[match[2]]}", text) if kinds else text


def read_court_offices(text: str, lexicon: Lexicon) -> str:
    """Read the office of a court after a name before it: WHITE, J., filed; per Khanna, J.

    Elsewhere it may be the initial of an author: Lee, J., & Roa, K.
    """
    single, several = (
        alternatives({key for key in lexicon.court_offices if ("JJ" in key) is many}) for many in (False, True)
    )
    if not single or "J" not in text:
        return text
    in_row = rf",\s(?:and\s)?{_CAPITAL}{{3,}},\s(?:{single})(?!\w)"
    of_single = rf"(?=,?\s(?!(?:and|et|in|eds?)(?!\w))[a-z]{{2}}|{in_row})"

    def read(match: re.Match[str]) -> str:
        name, office = match[1] or match[3], match[2] or match[4]
        small = re.sub(r"[^\W\d_]{3,}", lambda word: word[0].capitalize() if word[0].isupper() else word[0], name)
        title = lexicon.court_offices[office]
        is_titled = match.string[: match.start()].endswith(f"{title} ")
        return f"{'' if is_titled else f'{title} '}{small}{sentence_end(match)}"

    text = re.sub(rf"(?<=\b[Pp]er\s)({_OFFICE_HOLDER}),?\s({single})(?!\w)", read, text)
    # Sales LJ held, Underhill and Lewison LJJ agreed
    plain = alternatives(lexicon.plain_offices)
    text = re.sub(rf"(?<![\w.,])(?<!\w\s)({_NAMES_IN_ROW})\s({plain}){of_single}", read, text) if plain else text
    return re.sub(
        rf"(?<![\w.])(?:({_OFFICE_HOLDER}),\s({single}){of_single}|({_NAMES_IN_ROW}),\s({several})(?!\w))", read, text
    )


def read_party_members(text: str, lexicon: Lexicon) -> str:
    """Read the party and the state of a member of Congress: (D-N.Y.), (R., Texas)."""
    if not lexicon.parties:
        return text
    party, state = alternatives(lexicon.parties), alternatives((*lexicon.states, *lexicon.states.values()))

    def read(match: re.Match[str]) -> str:
        return f"{lexicon.parties[match[1]]} of {lexicon.states.get(match[2], match[2])}"

    return re.sub(rf"(?<=\(|\s)({party})(?:[–-]|\.?,\s|\.\s)({state})(?:-\d+)?(?=[),;])", read, text)


def read_states(text: str, lexicon: Lexicon) -> str:
    """Read the state of a town: St. Louis, Mo.; Spring, TX 77388."""
    short = alternatives(tuple(name for name in lexicon.states if name.endswith(".") and name.count(".") == 1))
    pattern = rf"(?<=[a-z],\s)(?:({short})(?=[,;)]|$)|({alternatives(lexicon.states)})(?=\s\d{{5}}(?!\d)))"
    return (
        re.sub(pattern, lambda match: lexicon.states[match[1] or match[2]] + sentence_end(match), text)
        if short
        else text
    )


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
