"""Abbreviations and symbols that are expanded only before a number or a letter: No., art., §."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import WORD_START, alternatives, is_document_number, sentence_end
from exporter.speech.normalisation.short_forms.abbreviation_case import AbbreviationCases
from exporter.speech.normalisation.short_forms.arabic_initials import is_initial_of_person
from exporter.speech.normalisation.short_forms.short_form import ShortForm, is_before_initial

_ROMAN = r"[IVXLC]+\b(?!\.\s?\w)|[ivxl]{2,}\b"
_LETTER = (
    r"\(?[a-zа-яіїєґ]\)|[«“\"][^\W\d_][»”\"]|[A-Z]\.?\s\d|(?-i:A(?:[,;]\s|\)|\sy\s[B-Z]\b)|[A-Z]\.\d)"
    r"|(?-i:(?:[A-Z]{1,6}[-/])+\d|[A-Z]{1,5}\d|[B-ZБГДЖЗЛ-НПРТФ-ЩЭЮ](?![\w’']|\.\s?\w))"
)
"""The letter of a part, or letters before its number: al. b), п. «а», apdo. B, No. IT-94."""
_QUOTED = r"[«“]\w[»”]"
_IN_BRACKETS = r"(?:\s\([^()]{1,30}\))?"
"""What may stand behind a number: art. 7, 9 (par. 1) et 14."""
_NUMBER_AND_NOUN = re.compile(r"[\d\s\u00a0]+[^\W\d_][^\W\d_A-ZÀ-Ý]{3,}")
"""A number and the noun that it counts, also with a capital, and no other word between."""
_AFTER_INITIAL = re.compile(r",|(?<=[CN]\. )(?:19|20)\d\d(?![\w/–-])")
"""What follows the initial of an author, Smith, N. 2012, and not a note or a page."""
_CITED = r"cited above|\b[Ii]bid\b|\[GC\]|\b[Ss]eries [AC]\b|\d/\d\d\b|\bCPT/Inf"
"""What is in the citation of a judgment or a report besides the parties."""
_AFTER_CITED = re.compile(r"(?:[,;)]|\babove|§\s?\d+\s\w{1,3})\s$")
_LAW = re.compile(r"(?:Code|Act|Law|Statutes?|Regulations?|Ordinance|Constitution|C F R|Stat\.)\b[^;,]*,?\s$")
_OF_LAW = re.compile(r"[\d()a-z–-]+\sof\sthe\s")
_YEAR_OF_LAW = (
    r"(?:Act|Measure|Code)\s(?:1[2-9]|20)\d\d,?\s\(|(?:[A-Z]\.?\s?){2,4}(?<!\s)\s(?:1[89]|20)\d\d(?:-\d\d?)?,\s"
)
"""What is before the chapter of a law: Act 2013 (c. 24); S.C. 2001, c. 27; RSC 1985, c C-46."""
_DIVIDED = re.compile(
    r"\d{1,4}[A-Z]{0,3}(?:\(\d|\s(?:of|to)\sthe\s|\s[A-Z]{2,5}(?!\w)|\s[A-Z][a-z]+\s(?:[A-Z][a-z]+\s)?Act\b)"
)
"""A section with its parts or its law, to which an s belongs: s1291(2), s98 ERA."""
_ABBREVIATION = re.compile(r"[^\W\d_A-ZÀ-ÞА-Я]{2,6}\.")
_PARTS = re.compile(
    r"\d{1,3}(?:(?<!\d\d\d)\.?$|\sof\sthe\s|[a-z]?(?:\(|[;:)\]]|[–-]\d|,\s\d)|\s(?:\w{2,3}|&)\s\d|\s(?:[A-Z]{3,}|para))"
)
_ORDINAL = re.compile(r"\d(?:\d|\.?[^\W\d]{1,4}\.?)\s")
_AGE = re.compile(r"\d{1,2}\s(?:an[inos]|año)")
_FIGURE = re.compile(r"\s?\d")
_FIGURE_BEFORE = re.compile(r"\d\s?$")
_APOSTROPHE_BEFORE = re.compile(r"[’']$")
_DAY_AND_MONTH = re.compile(r"\d{1,2}[A-Z]")
_LAW_REPORT = re.compile(r"\[(?:1[6-9]|20)\d\d\]\s(?:\d\s)?$")
_HOUSE = re.compile(r"(?<!\w)д(?:\.|ом\w{0,2})\s?\d+\w?,\s(?:корп(?:\.|ус)\s?\d+,\s)?$")
"""What is before a building, and before no page: д. 1, стр. 2."""
_ONE_NUMBER = re.compile(r"[A-Z]+-|(\d+)-(\d+)(?!\d|[.,]\d|(?:,|\s\w{1,3})\s\d)")


def expand_after_ordinals(text: str, lexicon: Lexicon) -> str:
    """Expand what stands after an ordinal in figures, where some mean something else: the 3rd para., 2nd ed."""
    if not _ORDINAL.search(text):
        return text
    others = lexicon.after_ordinals
    numbered = (name for name in lexicon.numbered if name[-1] == "." and len(name) > 3)
    names = alternatives((*others, *(name for name in numbered if name not in lexicon.abbreviations)))

    def read(match: re.Match[str]) -> str:
        before, name = match.groups()
        is_cardinal = before[-2].isdigit()  # 42 Bde, a brigade; but 12 sem. are weeks
        is_counted = is_cardinal and (name in lexicon.units or name not in others)
        if is_counted or (name not in others and _FIGURE.match(text, match.end())):
            return match[0]
        return before + (others.get(name) or _first_form(name, lexicon)) + sentence_end(match)

    return re.sub(rf"({_ORDINAL.pattern})({names})(?!\w)", read, text) if names else text


def read_number_word(text: str, lexicon: Lexicon) -> str:
    """Read No after a word: el contrato No 575, and not No 28 personas."""
    word = lexicon.number_word
    return re.sub(r"(?<=[a-zß-ÿ]\s)No\s(?=\d)", f"{word} ", text) if word else text


def expand_before_numbers(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations and symbols that are expanded only before a number or a letter."""
    names = alternatives(lexicon.numbered)
    if not names:
        return text
    several, cases = _several(lexicon), AbbreviationCases(lexicon)
    if lexicon.in_laws:
        text = _read_chapters(text, lexicon)

    def read(match: re.Match[str]) -> str:
        short = ShortForm(match, lexicon.numbered, lexicon)
        if any(is_other(short) for is_other in _OTHERS):
            return match[0]
        return f"{_full_form(short, several, cases)} "

    # A short form before another one, App. No. 12, is expanded, too.
    follows = rf"{_LETTER}|{_ROMAN}|(?:[–-]\s?)?(?:{names})\s?\d"
    number = rf"(?=[,:]?\s?\(?[$€£¥]?\s?\d|(?::\s)?(?:{follows}))"
    pattern = rf"{WORD_START}(?<!\.)({names})(?:(?<=\w)(?:\s|(?=\d|:\s))|(?<!\w)\s?){number}"
    return re.sub(pattern, read, text, flags=re.IGNORECASE)


def _read_chapters(text: str, lexicon: Lexicon) -> str:
    """Read the short form for a chapter after the year of a law."""
    pattern = rf"(?<![\w.])({_YEAR_OF_LAW})({alternatives(lexicon.in_laws)})\s?(?=[A-Z]?[-.]?\d)"
    return re.sub(pattern, lambda match: f"{match[1]}{lexicon.in_laws[match[2]]} ", text)


def expand_before_letters(text: str, lexicon: Lexicon) -> str:
    """Expand those that also stand before a single small letter: lit. a."""
    names = alternatives(lexicon.lettered)

    def read(match: re.Match[str]) -> str:
        return f"{_first_form(match[1], lexicon)} "

    return re.sub(rf"(?<!\w)({names})\s(?=[a-z](?![\w’']))", read, text) if names else text


def _first_form(name: str, lexicon: Lexicon) -> str:
    return lexicon.numbered[name].partition("|")[0]


def _several(lexicon: Lexicon) -> re.Pattern[str]:
    """Return a pattern for several numbers or letters: 3-5, 7, 9 (par. 1) et 14, «а», «б» и «в»."""
    joint = re.escape(lexicon.symbols.get("&", "–"))
    row = rf"{_IN_BRACKETS}(?:\s{lexicon.range_word}\s\d|(?:,\s\d+{_IN_BRACKETS})*\s(?:{joint})\s?\d)"
    letters = rf"{_QUOTED}(?:,\s{_QUOTED})*(?:,|\s\w)\s{_QUOTED}"
    return re.compile(rf"{letters}|\w+(?:\s?[–-]\s?\d|{row})")


def _full_form(short: ShortForm, several: re.Pattern[str], cases: AbbreviationCases) -> str:
    lexicon = short.lexicon
    if (of_article := lexicon.in_articles.get(short.name)) and (_is_after_article(short) or _is_after_case(short)):
        return of_article
    if short.name == "стр." and short.is_after(_HOUSE):
        return lexicon.numbered["строен."]
    singular, _, plural = short.entry.partition("/")
    is_plural = short.is_before(several) and not _is_one(short)
    forms = (plural if plural and is_plural else singular).split("|")
    if len(forms) > 2:
        return cases.choose(short, forms)
    is_number = forms[0] == lexicon.number_word or short.name.casefold() == "n."
    if len(forms) == 2 and is_number and is_document_number(short.match.string, short.match.end()):
        return lexicon.number_word  # décret n. 98-1191
    return forms[-1 if is_plural else 0]


def _is_one(short: ShortForm) -> bool:
    """Return whether a hyphen joins the parts of one number: 7-1, as the second is not larger, and C-5."""
    match = _ONE_NUMBER.match(short.match.string, short.match.end())
    return match is not None and (match[1] is None or int(match[1]) >= int(match[2]))


def _is_after_article(short: ShortForm) -> bool:
    """Return whether it divides an article or an application: Article 6 § 1; no. 25781/94, §§ 12-14."""
    lexicon = short.lexicon
    articles = alternatives(lexicon.article_names)
    row = rf"(?:[\d, §]|{re.escape(lexicon.symbols.get('&', '–'))})*"
    return short.is_after(re.compile(rf"(?:\b(?i:{articles})\s{row}\d|\d/\d\d),?\s$"))


def _is_after_case(short: ShortForm) -> bool:
    """Return whether it divides a judgment: Paz v. Italy, cited above, § 12; and not Paz v. Lee, Penal Code, § 12."""
    versus = alternatives(frozenset(short.lexicon.versus.values())) or "(?!)"
    text, begin = short.match.string, short.match.start()
    is_cited = re.search(rf"\s(?:{versus})\s|{_CITED}", text[:begin]) is not None
    is_of_law = short.is_after(_LAW) or short.is_before(_OF_LAW)
    return is_cited and short.is_after(_AFTER_CITED) and not is_of_law


def _has_other_capitals(short: ShortForm) -> bool:
    """Return whether its capitals are those of another word: Sat. is a day, and sat. the end of a sentence."""
    is_name = short.name[0].islower() and short.name.capitalize() in short.table
    return short.name not in short.table and (is_name or short.name[-1].isalpha())


def _is_ending(short: ShortForm) -> bool:
    """Return whether it is a letter of a word or number, Peru’s 12 courts, s3, p53, and not a section’s."""
    is_of_number = short.is_glued and not (short.name in ("s", "ss") and short.is_before(_DIVIDED))
    return short.name in ("s", "ss", "p", "n", "nn") and (is_of_number or short.is_after(_APOSTROPHE_BEFORE))


def _is_initial_of_author(short: ShortForm) -> bool:
    """Return whether it is a capital of a name or part, where the abbreviation is small: Smith, C., 12; Sec. C.4."""
    if not short.is_letter or not short.is_capital or short.name in short.table:
        return False
    is_number = short.entry.partition("|")[0] == short.lexicon.number_word
    return not is_number and (short.is_before(_AFTER_INITIAL) or (short.name == "C." and short.is_glued))


def _is_initial_before_age(short: ShortForm) -> bool:
    """Return whether it is the initial of a person whose age follows: o menor L. 15 anos."""
    return short.is_capital and short.is_letter and short.is_before(_AGE)


def _is_initial_before_bracket(short: ShortForm) -> bool:
    """Return whether it is a capital before a bracket: Ayşe K. (29)."""
    return short.is_capital and short.match.string[short.match.end()] == "("


def _is_unit(short: ShortForm) -> bool:
    """Return whether it is a unit after figures: 5 km 300 m; in Russian, п. 5 ч. 3 are parts of a law."""
    lexicon = short.lexicon
    return short.name in lexicon.units and short.is_after(_FIGURE_BEFORE) and not lexicon.declension.prepositions


def _is_law_report(short: ShortForm) -> bool:
    """Return whether it is the series of a law report after its year: [1898] 2 Ch 432."""
    return short.is_after(_LAW_REPORT) and short.name[0].isupper() and short.entry != short.lexicon.number_word


def _is_tag(short: ShortForm) -> bool:
    """Return whether it begins a tag of a day: #8M."""
    return short.name == "#" and short.is_before(_DAY_AND_MONTH)


def _is_word(short: ShortForm) -> bool:
    """Return whether it is a word: nos 12 amis; los que no. (2); and not el no. 12."""
    is_pointed = short.name.endswith(".")
    name = short.name if is_pointed else short.name.casefold()
    is_number = not is_pointed or short.is_before(_FIGURE)
    return name in short.lexicon.also_words and (not is_number or short.is_before(_NUMBER_AND_NOUN))


def _is_unpointed_word(short: ShortForm) -> bool:
    """Return whether it is a word before a number, as no part or row of numbers follows: Liberal Arts 101."""
    return short.name.casefold() in short.lexicon.unpointed and not short.is_before(_PARTS)


def _refers(short: ShortForm) -> bool:
    """Return whether it is a reference to what is abbreviated, too: v. tabl. 2, where v. 1985 is about 1985."""
    return short.name in short.lexicon.abbreviations and short.is_before(_ABBREVIATION)


_OTHERS = (
    _has_other_capitals,
    _is_ending,
    _is_initial_of_author,
    _is_initial_before_age,
    _is_initial_before_bracket,
    is_initial_of_person,
    is_before_initial,
    _is_unit,
    _is_law_report,
    _is_tag,
    _is_word,
    _is_unpointed_word,
    _refers,
)
"""What looks like an abbreviation before a number and is none."""
