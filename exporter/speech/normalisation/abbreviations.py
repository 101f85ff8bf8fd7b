"""Abbreviations, and numbered parts of a law."""

from __future__ import annotations

import re
from collections.abc import Mapping

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.abbreviation_case import ACCUSATIVE, NOMINATIVE, AbbreviationCases
from exporter.speech.normalisation.arabic_initials import is_initial
from exporter.speech.normalisation.patterns import (
    WORD_END,
    WORD_START,
    alternatives,
    fold,
    is_document_number,
    just_before,
    look_up,
    word_before,
)

_BEFORE_ROMAN = r"[IVXLC]+\b(?!\.\s?\w)|[ivxl]{2,}\b"

_PARAGRAPHS = re.compile(r"(?:\b(?i:art|rule|regla)[^\W\d]*\.?\s(?:[\d, ]|§|and|y|e)*\d|\d/\d\d),?\s$")
"""What is before the sign of a paragraph: an article of a convention, or the number of an application."""
_AFTER_OTHER = re.compile(r"(?<!\w)[A-Z]\.\s?$")
_NEXT_FIGURE = re.compile(r"\s?\d")
_LETTERS = re.compile(r"(?:[A-Z]\.\s?){2,}")
_AFTER_INITIAL = re.compile(r"\(|,|(?<=[CN]\. )(?:19|20)\d\d(?![\w/–-])")
"""What follows the initial of an author, Smith, N. (2012), and not a note or a page."""
_INITIALISM = re.compile(r"(?![IVXLC]+\b)[A-Z]{2}")
_AFTER_NAME = re.compile(r"([A-ZÀ-Þ][^\W\d_]+)\s$")
_FULL_NAME = re.compile(r"([\w-]+)\s[A-ZÀ-Þ]")
_LETTER_C = re.compile(r"(?<![,;.])(?<![,;.]\s)C\.$")
"""The letter before a figure, Table C.1, and not the word for about."""
_INITIAL = re.compile(r"[^\W\d_]\.")
_ABBREVIATION = re.compile(r"[^\W\d_A-ZÀ-ÞА-Я]{2,6}\.")
_INITIAL_AND_WORD = re.compile(r"[A-Z]\. [^\W\d_]{4,}")
_WORD_BEFORE = re.compile(r"([^\W\d_]+|(?<!\w)[A-Z]\.)\s$")
_MAY_BE_NUMBERED = re.compile(r"\d|\.,?\s?\S|(?<!\w)[^\W\d_a-zа-яіїєґ](?!\w)|[IVXLC](?!\w)|[ivxl]{2}|[)№§#¶«“]")
_PRONOUN = r"(?:[тс]ам|[нмчв]?[аеиыу]|(?:сво|мо|тво|наш|ваш|эт|вс)[а-яё])[а-яё]{0,3}(?!\w)"
"""What belongs to the verb behind a party with others: Иванов и др. сами подали."""
_PARTY = re.compile("[А-ЯЁ][а-яё-]*(?:[бвгджзклнпрстфцчшщ]|[иы]й) и $")
"""A surname in the nominative, and no place: Иванов и др."""
_COUNTED = re.compile(r"[\d\s\u00a0]+[^\W\d_][^\W\d_A-ZÀ-Ý]{3,}")
"""A number and the noun that it counts, also with a capital, and no other word between."""
_LETTER = (
    r"\(?[a-zа-яіїєґ]\)|[«“\"][^\W\d_][»”\"]|[A-Z]\.?\s\d|(?-i:A(?:,\s|\))|[A-Z]\.\d)"
    r"|(?-i:(?:[A-Z]{1,6}[-/])+\d|[A-Z]{1,5}\d|[B-ZБГДЖЗЛ-НПРТФ-ЩЭЮ](?![\w’']|\.\s?\w))"
)


def replace_words(text: str, lexicon: Lexicon) -> str:
    """Replace whole words by the table of words, case-sensitive; V. or S. may also be the initial of a name."""
    pattern = alternatives(lexicon.words)
    if not pattern:
        return text

    if others := lexicon.declension.others:  # и др. странах
        noun = "|".join(f"(?P<_{position}>{end})" for position, end in enumerate(others))
        forms = tuple(others.values())

        def read_others(match: re.Match[str]) -> str:
            is_party = _PARTY.search(just_before(match.string, match.start()))
            return match[0] if is_party else forms[int((match.lastgroup or "_0")[1:])]

        text = re.sub(rf"(?<=(?<!\w)и )др\.(?=\s(?!{_PRONOUN})[а-яё]*?(?:{noun})(?!\w))", read_others, text)
    if stems := alternatives(lexicon.stems):
        ending = r"(?=[аеёиоуыьюя]{0,2}[вмхйю]?и?(?![\w-]))"
        text = re.sub(rf"{WORD_START}(?i:{stems}){ending}", lambda match: _stem(match[0], lexicon), text)

    def read(match: re.Match[str]) -> str:
        key = match.group()
        word = _WORD_BEFORE.search(just_before(text, match.start())) if _INITIAL_AND_WORD.fullmatch(key) else None
        # Ana V. también, and not (V. también); John S. Africa, and not In S. Africa
        is_name = word is not None and (key[3].islower() or (word[1][0].isupper() and word[1] not in lexicon.openers))
        # R.M. N.° 12 has no M. N.
        is_end = _LETTERS.fullmatch(key) and text.endswith(".", 0, match.start())
        return key if is_name or is_end else lexicon.words[key]

    return re.sub(rf"{WORD_START}(?:{pattern}){WORD_END}", read, text)


def _stem(written: str, lexicon: Lexicon) -> str:
    stem = look_up(lexicon.stems, written)
    return stem.capitalize() if written[0].isupper() else stem


def expand_abbreviations(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations with their full stop, in any case."""
    pattern = alternatives(lexicon.abbreviations)
    if not pattern:
        return text
    if ends := alternatives(lexicon.endings):
        text = re.sub(
            rf"(?<=[^\W\d_])(?:{ends})(?!\w)", lambda match: lexicon.endings[match[0]] + sentence_end(match), text
        )
    if joined := alternatives(lexicon.joined):  # мед. помощь
        text = re.sub(
            rf"(?<![\w.])({joined})\s(?-i:(?!или\s)(?=[а-яёіїєґ]{{3}}))",
            lambda match: match[1][:-1],
            text,
            flags=re.IGNORECASE,
        )
    # After figures they are those of units, scales and currencies.
    counted = lexicon.units, lexicon.scales.short, lexicon.currencies
    pattern = "|".join(filter(None, (pattern, alternatives(lexicon.after_ordinals))))

    def read(match: re.Match[str]) -> str:
        key, before = match.group(), just_before(text, match.start())
        if (before.endswith("/") and key in lexicon.per) or (key[1:] == "." and _is_initial(match, lexicon)):
            return key
        if sentence_end(match) and key[:-1].casefold() in lexicon.also_words:
            return key  # une œuvre d’art.
        is_after_ordinal = key in lexicon.after_ordinals and re.search(r"\d\.?\w{1,2}\s$", before)
        is_listed = not lexicon.abbreviations.keys().isdisjoint({key, key.lower(), key.capitalize()})
        if not is_after_ordinal and not is_listed and fold(key) in map(fold, lexicon.after_ordinals):
            return key
        if not is_after_ordinal and key not in lexicon.abbreviations and _is_other_word(match, lexicon):
            return key
        is_capital = len(key) == 2 and key[0].isupper()
        if is_capital and (_AFTER_OTHER.search(before) or _NEXT_FIGURE.match(text, match.end())):
            return key  # N. D. y N. T.; D. 4633/11, a decree
        # 182 см. at the end of a sentence is a unit, too.
        unit = key.removesuffix(".") if sentence_end(match) and key not in lexicon.units else key
        if any(unit in table for table in counted) and just_before(text, match.start()).rstrip()[-1:].isdigit():
            return key
        table = lexicon.after_ordinals if is_after_ordinal else lexicon.abbreviations
        forms = look_up(table, key).split("|")
        noun = re.search(r"([^\W\d_]+)\s[\d\s.,–-]*$", just_before(text, match.start()))
        is_masculine = noun is not None and noun[1].casefold() in lexicon.ordinals.masculine_nouns
        return forms[-1 if is_masculine else 0] + sentence_end(match)  # §§ 41 et s.

    return re.sub(rf"{WORD_START}(?<!\.)(?<!\.-)(?:{pattern})(?!\w)", read, text, flags=re.IGNORECASE)


def _is_initial(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether a letter with a full stop is that of a name: Luís R. Barroso, M. contre Allemagne."""
    if re.match(rf"\s(?:{alternatives(tuple(lexicon.versus.values())) or '(?!)'})\s", match.string[match.end() :]):
        return True
    name = re.search(r"([^\W\d_]+)\s$", just_before(match.string, match.start()))
    return name is not None and len(name[1]) > 2 and name[1].istitle() and name[1] not in lexicon.openers


def _is_other_word(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether what differs from an abbreviation in its capitals is none.

    M. is a title, and m. is not; at the end of a sentence, Max. is a name and ref. is a word; WG is not wg.
    """
    key = match.group()
    if len(key) == 2 or match.string.isupper():
        return len(key) == 2
    is_small = key.lower() in lexicon.abbreviations and key.capitalize() not in lexicon.abbreviations
    return bool(sentence_end(match)) or (key.isupper() and is_small)


def expand_before_numbers(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations and symbols that are expanded only before a number, or before a name."""
    pattern = alternatives(lexicon.numbered)
    if not pattern:
        return text
    if lexicon.number_word:  # el contrato No 575, and not No 28 personas
        text = re.sub(r"(?<=[a-zß-ÿ]\s)No\s(?=\d)", f"{lexicon.number_word} ", text)
    # A short form before another one, App. No. 12, is expanded too.
    # So are those before a letter: p. xii, al. b), п. «а», apdo. B, No. IT-94.
    follows = rf"{_LETTER}|{_BEFORE_ROMAN}|(?:[–-]\s?)?(?:{pattern})\s?\d"
    number = rf"(?=[,:]?\s?\(?[$€£¥]?\s?\d|(?::\s)?(?:{follows}))"
    joint = re.escape(lexicon.symbols.get("&", "–"))
    apart = r"(?:\s\([^()]{1,30}\))?"  # art. 7, 9 (par. 1) et 14
    letter = r"[«“]\w[»”]"
    row = rf"{apart}(?:\s{lexicon.range_word}\s\d|(?:,\s\d+{apart})*\s(?:{joint})\s?\d)"
    several = rf"{letter}(?:,\s{letter})*(?:,|\s\w)\s{letter}|\w+(?:\s?[–-]\s?\d|{row})"
    if _MAY_BE_NUMBERED.search(text):
        text = _expand(text, lexicon, lexicon.numbered, rf"(?:(?<=\w)(?:\s|(?=\d))|(?<!\w)\s?){number}", several)
    if lexicon.ordinals.suffixes:  # no 2.º vol. da obra
        short = alternatives(
            tuple(
                key for key in lexicon.numbered if key[-1] == "." and key not in lexicon.after_ordinals and len(key) > 3
            )
        )
        text = re.sub(
            rf"(?<=\d)((?:{alternatives(lexicon.ordinals.suffixes)})\s)({short})(?!\w|\s?\d)",
            lambda match: f"{match[1]}{lexicon.numbered[match[2]].partition('|')[0]}{sentence_end(match)}",
            text,
        )
    if lettered := alternatives(lexicon.lettered):  # lit. a
        text = re.sub(
            rf"(?<!\w)({lettered})\s(?=[a-z](?![\w’']))",
            lambda match: f"{lexicon.numbered[match[1]].partition('|')[0]} ",
            text,
        )
    if not lexicon.named:
        return text
    feminine = "|".join((*lexicon.regnal.feminine_names, r"\w+a\b"))
    return _expand(
        text,
        lexicon,
        lexicon.named,
        r"(?:(?<=\.)\s?|\s)(?=(?-i:(?:(?:\d{1,2}|\w{4,}ого)\s)?[A-ZÀ-ÞА-ЯЁІЇЄҐİŞء-ي]))",
        feminine,
    )


def _expand(text: str, lexicon: Lexicon, table: Mapping[str, str], following: str, second: str) -> str:
    """Expand the abbreviations of a table before `following`; the second of two forms before `second`."""
    asks_for_second, is_numbered = re.compile(second), table is lexicon.numbered
    cases = AbbreviationCases(text, lexicon)

    def read(match: re.Match[str]) -> str:
        before, name = match.groups()
        # Sat. is a day, and sat. the end of a sentence; Dr is a title, and DR is not.
        is_other = (name[0].islower() and name.capitalize() in table) or name[-1].isalpha() or table is lexicon.named
        if is_other and name not in table:
            return match.group()
        singular, _, plural = look_up(table, name).partition("/")
        words = singular.split("|")
        after = _AFTER_NAME.search(just_before(text, match.start()))
        is_after_name = after and after[1] not in lexicon.openers and name[:-1].casefold() in lexicon.before_openers
        is_ending = text[match.start() - 1 : match.start()] in ("’", "'") or not text[match.end() - 1].isspace()
        if is_after_name or (name == "s" and is_ending):
            return match.group()  # John Doe Sr. of Ohio; Peru’s 12 courts, s3
        is_capital = len(name) == 2 and name[0].isupper()
        is_author = is_capital and name not in table and words[0] != lexicon.number_word
        if is_author and name == "C." and text[match.end() - 1] == ".":
            return match.group()  # Sec. C.4
        if is_author and (_AFTER_INITIAL.match(text, match.end()) or _LETTER_C.search(text, endpos=match.end())):
            return match.group()
        # 5 km 300 m; 100 р. Иванов; N. A. Smith; Ayşe K. (29)
        is_unit = name in lexicon.units and not before and re.search(r"\d\s?$", just_before(text, match.start()))
        is_sum = table is lexicon.named and name in lexicon.currencies and (before or "").strip().isdigit()
        is_before_initial = len(name) == 2 and name[1] == "." and _INITIAL.match(text, match.end())
        if lexicon.proclitics and name[1:] == "." and is_initial(match, lexicon):
            return match.group()
        if name in lexicon.versus and _INITIALISM.match(text, match.end()):
            return match.group()  # c. FSA 15742/16
        if name == "#" and re.match(r"\d{1,2}[A-Z]", text[match.end() :]):
            return match.group()  # #8M
        if name.casefold() in lexicon.also_words and _COUNTED.match(text, match.end()):
            return match.group()
        if is_unit or is_sum or is_before_initial or (is_capital and text[match.end()] == "("):
            return match.group()
        if name in ("§", "§§") and words[-1].endswith("s") and _PARAGRAPHS.search(just_before(text, match.start())):
            # Article 6 § 1; no. 25781/94, §§ 12-14
            return f"{lexicon.subdivision}{'s' if name == '§§' else ''} "
        if name in lexicon.after_ordinals and re.search(r"\d\.?\w{1,2}\s$", just_before(text, match.start())):
            return match.group()
        # v. 1985 is about 1985, and v. tabl. 2 refers to a table.
        if is_numbered and name in lexicon.abbreviations and _ABBREVIATION.match(text, match.end()):
            return match.group()
        is_second = asks_for_second.match(text, match.end()) is not None and not _is_one(text, match.end())
        if plural and is_second:
            words = plural.split("|")
        position = int(is_second)
        if len(words) == 2 and is_document_number(text, match.end()):
            # décret n. 98-1191
            words = [lexicon.number_word] if words[0] == lexicon.number_word or name.casefold() == "n." else words
        if table is lexicon.named and len(words) == 2:
            # La Lic. Carmen Paz, Lic. Ana Paz, and Lic. Quintana, a surname; but Italian S. Maria. A D. João has a
            # preposition.
            article = word_before(text, match.start())
            form = lexicon.ordinals.articles.get(article, 0) if len(article) > 1 else 0
            full = _FULL_NAME.match(text, match.end())
            is_full = len(name) == 2 or (full is not None and full[1] in lexicon.regnal.feminine_names)
            position = int(form == 1) if form else position * is_full
        if len(words) > 2:
            position = cases.next(
                before or "", match, words[0], of_place=table is lexicon.named, has_accusative=len(words) == 6
            )
            position = position if position < len(words) or position != ACCUSATIVE else NOMINATIVE
        return f"{before or ''}{words[min(position, len(words) - 1)]} "

    pattern = alternatives(table)
    # The word before it has a case; a number before it asks for the genitive.
    before = r"(?:(?<!\w)(\w+\s))?" if lexicon.declension.prepositions else "()"
    return re.sub(rf"{before}{WORD_START}(?<!\.)({pattern}){following}", read, text, flags=re.IGNORECASE)


def _is_one(text: str, position: int) -> bool:
    """Return whether a hyphen joins the parts of one number: 7-1, as the second is not larger, and C-5."""
    if re.compile(r"[A-Z]+-").match(text, position):
        return True
    match = re.compile(r"(\d+)-(\d+)(?!\d|[.,]\d|(?:,|\s\w{1,3})\s\d)").match(text, position)
    return match is not None and int(match[1]) >= int(match[2])


def read_versus(text: str, lexicon: Lexicon) -> str:
    """Read the abbreviation between the parties to a case: Smith v. Jones."""
    pattern = alternatives(lexicon.versus)
    if not pattern:
        return text
    parties = rf"(?<=[\w.)”»])\s({pattern})\s(?=(?:the\s|l[ae’]\s?|el\s|os?\s)?[A-ZÀ-ÞА-Я])"
    return re.sub(parties, lambda match: f" {lexicon.versus[match.group(1)]} ", text)


def sentence_end(match: re.Match[str]) -> str:
    """Return the full stop of the sentence, if what matches takes it: it has one, and ends the text."""
    return "." if match.group().endswith(".") and not match.string[match.end() :].strip("\"'”’»)] ") else ""
