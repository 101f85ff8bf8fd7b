"""Patterns shared by several rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from exporter.model.language_tags import locale_of

NUMBER = r"\d+(?:[.,٬٫\u00a0\u202f]\d+){0,8}"
ROMAN = r"(?:[IVXLCDM]{2,}|[IVX])"
"""A Roman number; a single letter of another value is a letter: Annex C."""
WORD_START, WORD_END = r"(?<![\w\u064b-\u0652])", r"(?![\w\u064b-\u0652])"
"""Where a word begins and ends; the vowel signs of Arabic are part of words: هُم."""
APART = "\ue000"
"""A mark that is not heard, after which the rules see a word of its own, that belongs to nothing before it."""
ALONE_BEFORE = r"(?<![\w.,/–-])"
ALONE_AFTER = r"(?![\w/–-]|[.,]\d)"
_DOCUMENT_NUMBER = re.compile(rf"(\d\d|\d{{4}})-(\d{{3,}}|\d\d?\.\d{{3}}){ALONE_AFTER}")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
_FARTHEST = 10
"""How many times the beginning of a range its end may be, after the word for number."""
_LONGEST_WORD = 40


_TABLES: dict[int, tuple[Mapping[str, object], str]] = {}
_MOST_TABLES = 512


def alternatives(keys: Iterable[str]) -> str:
    """Return a pattern for any of the keys, the longest first; empty if there are none.

    That of a table is known by its identity, as to compare the keys takes longer than to apply the pattern.
    """
    if not isinstance(keys, Mapping):
        return _alternatives(keys if isinstance(keys, frozenset) else tuple(keys))
    known = _TABLES.get(id(keys))
    if known is None or known[0] is not keys:
        if len(_TABLES) >= _MOST_TABLES:
            _TABLES.clear()
        known = _TABLES[id(keys)] = (keys, _alternatives(tuple(keys)))
    return known[1]


@lru_cache(maxsize=64)
def _alternatives(keys: tuple[str, ...] | frozenset[str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def replace(text: str, table: Mapping[str, str], before: str, after: str) -> str:
    """Replace the keys of a table by its values, between the patterns `before` and `after`."""
    pattern = alternatives(table)
    return re.sub(f"{before}(?:{pattern}){after}", lambda match: table[match.group()], text) if pattern else text


def look_up(table: Mapping[str, str], key: str) -> str:
    """Return the value of a key, or of one in another case; the last one, if there are several."""
    if key in table:
        return table[key]
    return {fold(other): value for other, value in table.items()}[fold(key)]


def fold(text: str) -> str:
    """Return `text` in small letters, with all forms of i alike, as patterns that disregard case take them."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def inflect(forms: str, number: str, language: str) -> str:
    """Return the plural form for a number, from `one|many`, `one|few|many[|fraction]` or `one|two|few|many`.

    Of three forms, few is also that for fractions. The number is empty if it is given in thousands or millions.
    """
    parts = forms.split("|")
    many = parts[2] if _has_fraction(parts, language) else parts[-1]
    if len(parts) < 3 or not number:
        return parts[0] if number == "1" else many
    category = _plural_category(number, language)
    if not category:
        return parts[1] if len(parts) == 3 else parts[-1]
    if category == "many" and parts[3:] == [many]:
        return _accusative(many)
    order = ("one", "few") if many == parts[2] else ("one", "two", "few")
    return parts[order.index(category)] if category in order else many


def _accusative(counted: str) -> str:
    """Return an Arabic noun and its adjective as they stand after 11 to 99: مترا مربعا."""
    words, *rest = re.split(r"(\s(?:في|من)\s)", counted, maxsplit=1)
    return re.sub(r"(?<=[^\Wةىاو])(?=\s|$)", "ا", words) + "".join(rest)


def _has_fraction(parts: list[str], language: str) -> bool:
    """Return whether the last of four forms is that for fractions, as in a language without a form for two."""
    locale = locale_of(language)
    return len(parts) == 4 and locale is not None and "two" not in locale.plural_form.tags


def count(number: str, forms: str, language: str) -> str:
    """Return a number and what it counts; in a language with a form for two, those for one and two stand alone.

    With `{}` the form says where the number stands: saatte {} kilometre.
    """
    counted = inflect(forms, number, language)
    if "{}" in counted:
        return counted.format(number)
    parts = forms.split("|")
    alone = (
        len(parts) == 4 and not _has_fraction(parts, language) and _plural_category(number, language) in ("one", "two")
    )
    return counted if alone else f"{number} {counted}"


def _plural_category(number: str, language: str) -> str:
    """Return the plural category of the last number; empty for decimals."""
    last = re.split(r"\s?[–—-]\s?", number)[-1]
    locale = locale_of(language)
    if locale is None or re.search(r"[.,٫]\d{1,2}$", last):
        return ""
    return locale.plural_form(int(re.sub(r"\D", "", last) or 0))


def just_before(text: str, position: int) -> str:
    """Return the end of the text before a position, long enough for a word or two."""
    return text[max(position - _LONGEST_WORD, 0) : position]


def sentence_end(match: re.Match[str]) -> str:
    """Return the full stop of the sentence, if what matches takes it: it has one, and ends the text."""
    return "." if match.group().endswith(".") and not match.string[match.end() :].strip("\"'”’»)] ") else ""


def upper(text: str, language: str) -> str:
    """Return a text in capitals; those of i and ı differ in Turkish."""
    return (text.replace("i", "İ") if language.startswith("tr") else text).upper()


def lower(text: str, language: str) -> str:
    """Return a text in small letters; those of I and İ differ in Turkish."""
    return (text.replace("I", "ı").replace("İ", "i") if language.startswith("tr") else text).lower()


def word_before(text: str, position: int) -> str:
    """Return the word before a position, case-folded, without opening brackets and quotation marks; empty if none."""
    words = just_before(text, position).split()
    return words[-1].lstrip("([«“„‘'\"").casefold() if words else ""


def word_after(text: str, position: int) -> str:
    """Return the word that follows a position behind a space; empty if none does."""
    match = _NEXT_WORD.match(text, position)
    return match[1] if match else ""


def closes_no_bracket(text: str, position: int) -> bool:
    """Return whether a bracket is closed at a position that is not open, as after the letter of a part: 5 g)."""
    if text[position : position + 1] != ")":
        return False
    depth = 0
    for char in text[:position]:
        depth = depth + 1 if char == "(" else max(depth - (char == ")"), 0)
    return not depth or text.startswith(")" * (depth + 1), position)


def is_document_number(text: str, position: int) -> bool:
    """Return whether two numbers with a hyphen can be the year and the number of one document: décret nᵒ 98-1191."""
    match = _DOCUMENT_NUMBER.match(text, position)
    if not match:
        return False
    year, number = int(match[1]), int(match[2].replace(".", ""))
    return not year <= number <= _FARTHEST * year


@lru_cache(maxsize=16)
def month_names(language: str) -> tuple[str, ...]:
    """Return the names of the months, as they stand in a date."""
    return _calendar_names(language, "months")


@lru_cache(maxsize=16)
def weekday_names(language: str) -> tuple[str, ...]:
    """Return the names of the days of the week."""
    return _calendar_names(language, "days")


@lru_cache(maxsize=16)
def short_weekdays(language: str) -> dict[str, str]:
    """Return the usual abbreviations of the days of the week, without their full stop, with the names."""
    locale = locale_of(language)
    short = locale.days["format"]["abbreviated"].items() if locale is not None else ()
    return {name.removesuffix("."): locale.days["format"]["wide"][day] for day, name in short if locale is not None}


@lru_cache(maxsize=16)
def months_alone(language: str) -> dict[str, str]:
    """Return the names of the months as in a date, with those outside one: января, январь."""
    return dict(zip(month_names(language), _calendar_names(language, "months", "stand-alone"), strict=True))


def _calendar_names(language: str, unit: str, context: str = "format") -> tuple[str, ...]:
    locale = locale_of(language)
    return tuple(getattr(locale, unit)[context]["wide"].values()) if locale is not None else ()
