"""Sentence segmentation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.ordinals import counted_noun
from exporter.speech.normalisation.patterns import month_names

LINE_END = "\u2028"
"""A line break of the manuscript, which always ends a sentence."""

# Sentence-final punctuation of Latin, Arabic, Urdu, Devanagari and Chinese script.
_END = re.compile(
    rf"[.!?…؟۔।。！？‽]+[\"'’”»›)\]]*(?:[ \u00a0\u202f]»)?(?=\s|$)|[。！？；]++(?!》)[”’」』）]*|{LINE_END}"
)
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.’'])+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){0,3}[^\W\d_]")
_INITIAL = re.compile(r"[^\W\d_]\.")
_POINTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_CODE = re.compile(r"(?:[A-Z]{1,6}[-/])+\d|[A-Z]{1,6}\.?\d|[A-Z]{1,6}/[A-Z]|[A-Z]\.\s?\d|[B-Z]\b(?![.’'])|A[),;]")
_ROMAN = re.compile(r"[IVXLC]+\b")
_OTHERS = frozenset(
    {"altri", "andere", "autre", "autres", "other", "others", "otra", "otras", "otro", "otros", "outros"}
)
"""Ends of the names of parties, before their abbreviation for against: Paz y otros c. España."""
_PRONOUN = re.compile(r"I\s(?!(?:and|in|of|or|to)\s)[a-z]|I,\s[a-z]+,")
_WORDS = frozenset({"art", "no"})
"""Short forms before a number that are words before a pronoun: She said no. I agree."""
_SURELY_ONE = re.compile(r"I(?:[;:)\]]|,\s[a-z]{1,5}\.|\.?$)")
"""I where it is no word: vol. I; vol. I, p. 12."""
_NO_VOWEL = re.compile("[B-DF-HJ-NP-TV-XZÑ][b-df-hj-np-tv-xzñç]{1,4}")
"""What can only be an abbreviation: Crl., Btn."""
_NUMBER_SIGN = re.compile(r"N\.?[º°]|(?:[Nn]os?|[Nn][úu]ms?|[Nn]ros?)\.\s?(?:\d|[A-Z]+[-/\d])")
_IN_BRACKETS = re.compile(r"\w\s\((?:[Rr]etd?|[Cc]rl)$")
"""Lt. Gen. (retd.) A. K. Singh, W.P. (Crl.) No. 8."""
_FIGURES_IN_BRACKETS = re.compile(r"\s\([<>≤≥≈~±+−–-]?\s?\d(?:[^().!?]|[.,]\d)*\)")
_SHORT = re.compile(r"([A-ZÀ-Þ][^\W\d_A-Z]{1,6})\.\s")
_FOREIGN = frozenset({"St", "Mr", "Mrs", "Ms", "Dr", "v"})
"""English short forms in names that other languages keep: St. Louis, the case of Grace v. Sessions."""
_TIME_ZONE = re.compile(r"(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|AE[SD]T|EAT|WAT|IST|MSK|Eastern|Pacific)\b")
_DATED = re.compile(r"(?<!\d)\d{3,4}$|[IVX]$")
"""A year or a century before its abbreviation, and not the number of a prison: в ИК-2 г. Покрова."""
_YEAR_OF_TITLE = re.compile(r"\s?\((?:1[5-9]|20)\d\d\)")
"""What follows a title that ends like a sentence: «Не может быть!» (1975)."""
_LONGEST_SHORT = 6
"""Letters of a word before the sign for a number that is surely an abbreviation."""
_LONGEST_DATE = 6
"""Words of a sentence that may be no more than a date."""
_LOOKAHEAD = 80
"""Characters after the punctuation that are searched for the next word."""
_OPENING = "\"'‘“«‹([{¿¡—–-\u00a0 "


def split_sentences(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the begin and end of every sentence in `text`, without the whitespace around it."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end in _ends(text, lexicon):
        _add(spans, text, begin, end)
        begin = end
    _add(spans, text, begin, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    sentence = text[begin:end]
    left = begin + len(sentence) - len(sentence.lstrip())
    right = begin + len(sentence.rstrip())
    if right > left:
        spans.append((left, right))


def _ends(text: str, lexicon: Lexicon) -> Iterator[int]:
    begin = 0
    for match in _END.finditer(text):
        mark = match.group()
        if mark != LINE_END and mark[0] not in "。！？；":
            following = text[match.end() : match.end() + _LOOKAHEAD].lstrip(_OPENING + "\n\t\u202f")
            # A quotation may be closed behind a space: « Ali K. », dit-il.
            after = following.lstrip('»”"\u00a0\u202f ')
            if after and (after[0].islower() or after[0] in ",;:"):
                continue
            if after.startswith("&") or (mark[-1] in '»”"’' and _YEAR_OF_TITLE.match(text, match.end())):
                continue
            is_stop = mark[0] == "." and not mark.startswith("..")
            if is_stop and mark[1:2] == ")" and _IN_BRACKETS.search(text[begin : match.start()]):
                continue
            if is_stop and _is_abbreviation(text[begin : match.start()], following, lexicon):
                continue
            if (
                is_stop
                and _FIGURES_IN_BRACKETS.match(text, match.end())
                and _is_listed(text[begin : match.end()], lexicon)
            ):
                continue
        begin = match.end()
        yield begin


def _is_abbreviation(sentence: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether the full stop after `sentence` belongs to an abbreviation, and the sentence goes on."""
    match = _WORD_BEFORE.search(sentence, max(0, len(sentence) - 20))
    if not match or not following:
        return False
    word = re.split("['’]", match.group())[-1]
    before, key = sentence[: match.start()].rstrip(), word.casefold()
    next_word = _FIRST_WORD.match(following)
    is_opener = next_word is not None and next_word.group() in lexicon.openers and not _INITIAL.match(following)
    is_number = following[0] == "№" or (word.count(".") > 1 and _NUMBER_SIGN.match(following))
    is_number = is_number or (before.endswith(".") and re.match(r"N\.?[º°]", following))  # D. Leg. N.º 957
    if is_number and len(word.replace(".", "")) <= _LONGEST_SHORT:
        return True  # в кол. № 8, O.A.S. No. 8
    counted = (lexicon.joining | lexicon.before_openers) & lexicon.units.keys()
    if before[-1:].isdigit() and key in counted and following[0].isupper():
        return False  # Рост 182 см. Вес 80 кг.
    if re.fullmatch(r"و[ء-ي](?:\.[ء-ي])?", key) and key[1:] in lexicon.joining:
        return True  # ود. كريم
    if key in lexicon.joining or _is_inside_form(sentence, following, lexicon):
        return True
    if _is_before_short(word, following, lexicon):
        return True
    is_without_vowel = _NO_VOWEL.fullmatch(word) and f"{word}." in lexicon.abbreviations
    if is_without_vowel and not is_opener and not before[-1:].isdigit():
        return True
    if key in ("a.m", "p.m"):
        if _TIME_ZONE.match(following):
            return True
    elif (
        following[0].isdigit()
        and word.islower()
        and (before.endswith("(") or (_POINTED.fullmatch(word) and not before[-1:].isdigit()))
    ):
        return True  # (est. 2013), w.e.f. 1 May
    is_party = before.rpartition(" ")[2].lstrip(_OPENING)[:1].isupper()
    if word in _FOREIGN and "A" <= following[0] <= "Z" and (word != "v" or is_party):
        return not is_opener
    ending = f" {sentence[-20:]}.".replace("\u00a0", " ").replace("\u202f", " ")
    if ending.casefold().endswith(_with_spaces(lexicon.joining)):
        return True  # d. h.
    if re.fullmatch(r"\d{1,3}[^\W\d_]{1,3}", word) and f"{word.lstrip('0123456789')}." in lexicon.ordinals.suffixes:
        return not is_opener  # 5to. Congreso
    if _is_pointed_ordinal(before, word, following, lexicon):
        return True
    is_before_number = key in lexicon.before_numbers or not lexicon.numbered.keys().isdisjoint({f"{word}.", f"{key}."})
    is_before_number = (
        is_before_number
        or word.endswith(tuple(end.rstrip(".") for end in lexicon.endings))
        or key in {name.casefold() for name, read in lexicon.telephone.items() if name.casefold() != read.casefold()}
    )
    is_word = key in _WORDS and "I" in lexicon.words_of_one and _PRONOUN.match(following)
    if is_before_number and not is_word and _is_number(following, lexicon):
        return True
    if f"{word}." in lexicon.year_forms or f"{word}." in lexicon.declension.centuries:
        # 2019 г. and XIX в. end a sentence only if it is more than a date; г. Москва does not end one.
        is_dated = _DATED.search(before) is not None
        if following[0] in "№§":
            return True
        return not is_opener and (len(re.split("[,;]", sentence)[-1].split()) < _LONGEST_DATE or not is_dated)
    if ending.casefold().endswith(_with_spaces(lexicon.before_openers)):
        return not is_opener
    # Not и т. д. Потом, nor 5 р. Потом.
    party = before.rpartition(" ")[2]
    if f"{word}." in lexicon.versus and following[0].isupper() and (party[:1].isupper() or party in _OTHERS):
        return not is_opener
    is_title = f"{word}." in lexicon.named and following[0].isupper() and not re.search(r"[.\d]$", before)
    if is_title or key in lexicon.before_openers or ending.endswith(_capital_forms(lexicon)):
        return not is_opener
    is_caseless = len(word) == 1 and word.isalpha() and not word.isupper() and not word.islower()
    is_after_title = before.rpartition(" ")[2].lstrip(lexicon.proclitics) in lexicon.before_names
    if is_caseless and (before.endswith(".") or is_after_title):
        return True  # أ. ب. كول, السيدة ف. أ.
    if is_before_number and not word.isupper():
        return False
    # Initials of a name: "J. Smith", "M. A. Ruiz", "J.K. Rowling"; letters of a script without capitals: د. سامي.
    if is_caseless:
        return not before[-1:].isdigit()
    if (
        not _INITIALS.fullmatch(word)
        or not word.isupper()
        or is_opener
        or not (following[0].isupper() or following[0].isdigit())
    ):
        return False
    if word not in lexicon.words_of_one or _INITIAL.match(following):
        return True
    # George I. Okafor, but Part I and a single I at the end of a sentence.
    last = before.rpartition(" ")[2]
    return last[:1].isupper() and last not in lexicon.before_roman


def _is_listed(sentence: str, lexicon: Lexicon) -> bool:
    """Return whether `sentence` ends with an abbreviation that the lexicon has: 1,204 pers. (57 %)."""
    word = sentence.rpartition(" ")[2].lstrip(_OPENING)
    return any(word in table for table in (lexicon.abbreviations, lexicon.units))


def _is_before_short(word: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether a short word stands before a short form that begins no sentence: Harv. Hum. Rts. J."""
    short = _SHORT.match(following)
    tables = lexicon.abbreviations, lexicon.words
    if short is None or not any(f"{word}." in table for table in tables):
        return False
    key = f"{short[1]}."
    is_form = any(key in table for table in tables)
    return is_form and key not in lexicon.named and short[1].casefold() not in lexicon.joining


def _is_inside_form(sentence: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether the full stop after `sentence` is inside an abbreviation of several words: a. C."""
    for table in (lexicon.words, lexicon.abbreviations, lexicon.numbered, lexicon.currencies):
        starts, forms = _spaced_forms(tuple(table))
        if sentence.endswith(starts) and any(
            sentence.endswith(start) and following.startswith(end) and _are_whole(sentence, start, following, end)
            for start, end in forms
        ):
            return True
    return False


def _are_whole(sentence: str, start: str, following: str, end: str) -> bool:
    """Return whether both sides of an abbreviation are words: App. I, and not WhatsApp. In 2019."""
    before, after = sentence[: -len(start)][-1:], following[len(end) :][:1]
    return not (before.isalnum() and start[0].isalnum()) and not (after.isalnum() and end[-1:].isalnum())


def _is_pointed_ordinal(before: str, word: str, following: str, lexicon: Lexicon) -> bool:
    """Return whether the full stop after a number makes it an ordinal: am 5. Mai, die 21. Sitzung."""
    table, is_roman = lexicon.ordinals.pointed, _ROMAN.fullmatch(word) is not None
    if not table or not (is_roman or re.fullmatch(r"\d{1,3}", word)):
        return False
    if is_roman and (lexicon.ordinals.pointed_roman or before.rpartition(" ")[2] in lexicon.regnal.names):
        return True
    if before.endswith("./"):
        return True  # 18./19. Jahrhundert
    next_word = _FIRST_WORD.match(following)
    is_month = next_word is not None and next_word.group() in month_names(lexicon.language)
    if counted_noun(following, 0, lexicon):
        return True
    return is_month or before.rpartition(" ")[2].casefold() in table.keys() - {""}


def _is_number(following: str, lexicon: Lexicon) -> bool:
    """Return whether a number follows, or another abbreviation before one: App. No. 12."""
    numeral = _ROMAN.match(following)
    if numeral and (numeral.group() not in lexicon.words_of_one or _SURELY_ONE.match(following)):
        return True
    if following[0].isdigit() or following[0] in "№§¶#$€£+" or _CODE.match(following) or _NUMBER_SIGN.match(following):
        return True
    short = re.match(r"[^\W\d_]+\.", following)
    return short is not None and short.group().casefold() in _numbered_forms(tuple(lexicon.numbered))


@lru_cache(maxsize=16)
def _numbered_forms(keys: tuple[str, ...]) -> frozenset[str]:
    """Return abbreviations with their full stop, in small letters."""
    return frozenset(key.casefold() for key in keys if key.endswith("."))


@lru_cache(maxsize=32)
def _with_spaces(words: frozenset[str]) -> tuple[str, ...]:
    """Return abbreviations of several words, with their full stop and the space before them: d. h."""
    return tuple(f" {word}." for word in words if " " in word)


@lru_cache(maxsize=64)
def _spaced_forms(keys: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return what is before each full stop inside an abbreviation, and both sides of it: a. C."""
    spaces = ((key, match) for key in keys for match in re.finditer(r"\.\s", key))
    forms = tuple((key[: match.start()], key[match.end() :].lstrip(_OPENING)) for key, match in spaces)
    return tuple(start for start, _ in forms), forms


def _capital_forms(lexicon: Lexicon) -> tuple[str, ...]:
    return _capitals(tuple(lexicon.words))


@lru_cache(maxsize=16)
def _capitals(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in words if form.endswith(".") and form[0].isupper())


def is_speakable(text: str) -> bool:
    """Return whether `text` has a sound: a letter, a digit, or a symbol that has a name (%, €, +, §)."""
    return any(unicodedata.category(char)[0] in "LNS" or char in "%&@#§¶‰†*" for char in text)
