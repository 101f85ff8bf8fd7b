"""A lexicon: the reading rules of a language, with the sets of words that follow from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property

from exporter.lexicon.rules import Rules
from exporter.model.language_tags import locale_of

_BEFORE_AMOUNTS = ("c.", "ca.", "v.", "elev.", "ex.", "lat.", "long.", "resp.", "tel.", "Zl.")
"""Keys of `numbered` for words before an amount: elevation 250 m."""


class Lexicon(Rules, frozen=True, kw_only=True, dict=True):
    """The reading rules of one language, and what several of them ask for, which is computed once."""

    @cached_property
    def is_french(self) -> bool:
        """Whether the language is French, whose laws write points and articles in ways of their own."""
        return self.language.partition("-")[0] == "fr"

    @cached_property
    def character_names(self) -> Mapping[str, str]:
        """Names of characters that stand alone, or in an address."""
        return {**self.symbols, **self.url, **self.signs}

    @cached_property
    def number_word(self) -> str:
        """The word for number before figures."""
        return self.numbered.get("№", "").partition("|")[0]

    @cached_property
    def short_forms(self) -> frozenset[str]:
        """Abbreviations that end in a full stop."""
        tables = self.words, self.abbreviations, self.numbered, self.named
        return frozenset(form for table in tables for form in table if form.endswith("."))

    @cached_property
    def numbered_forms(self) -> frozenset[str]:
        """Those of `numbered` that end in a full stop, case-folded."""
        return frozenset(form.casefold() for form in self.numbered if form.endswith("."))

    @cached_property
    def spaced_forms(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Both sides of each full stop inside an abbreviation of several words, a. C., by the first of the second."""
        forms: dict[str, tuple[tuple[str, str], ...]] = {}
        for form in (*self.words, *self.abbreviations, *self.numbered, *self.currencies, *self.reviews):
            for stop in re.finditer(r"\.\s\(?", form):
                start, end = form[: stop.start()], form[stop.end() :]
                forms[end[0]] = (*forms.get(end[0], ()), (start, end))
        return forms

    @cached_property
    def review_names(self) -> frozenset[str]:
        """The names of law reviews, without their last full stop."""
        return frozenset(name.removesuffix(".") for name in self.reviews)

    @cached_property
    def numbering_words(self) -> frozenset[str]:
        """Words before numbers that count nothing, such as article; case-folded."""
        words = (word.casefold() for forms in self.numbered.values() for word in re.split(r"[|/]", forms))
        return frozenset(words).difference(self.declension.prepositions)

    @cached_property
    def article_names(self) -> frozenset[str]:
        """Words for an article, with their abbreviations."""
        short = {name for name, words in self.numbered.items() if not self.articles.isdisjoint(words.split("|"))}
        return self.articles | short

    @cached_property
    def page_words(self) -> frozenset[str]:
        """The words for several pages, after which the end of a range may be shortened: pp. 161-3, fls. 12/15."""
        tables = self.numbered, self.abbreviations
        return frozenset(table.get(key, "") for table in tables for key in ("pp.", "fls.")) - {""}

    @cached_property
    def part_words(self) -> frozenset[str]:
        """Words before the number of a part, and not before an amount as about is; case-folded."""
        about = {self.numbered.get(key, "") for key in _BEFORE_AMOUNTS}
        numbering = self.numbering_words - self.before_years - about - _calendar_names(self.language)
        return numbering | self.articles | self.parts

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Words that are not spelled out in a heading in capitals."""
        return self.emphasised.union(self.prepositions, self.agreement.no_nouns, self.declension.prepositions)

    @cached_property
    def roman_words(self) -> frozenset[str]:
        """Words before a Roman number, also in the capitals of a heading, with or without accents: CAPITULO V."""
        small = {word.replace("i", "İ") if self.language.startswith("tr") else word for word in self.before_roman}
        capitals = {word.upper() for word in small}
        plain = {re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", word)) for word in capitals}
        return self.before_roman | capitals | plain

    @cached_property
    def plural_parts(self) -> frozenset[str]:
        """The words for several parts, after which the end of a range may be shortened, and not those for pages."""
        singular = self.part_words - {self.number_word.casefold()}
        parts = self.part_words - self.page_words
        return frozenset(word for word in parts if word[-1] == "s" and word[:-1] in singular)


def _calendar_names(language: str) -> frozenset[str]:
    """Return the names of months and days, case-folded."""
    locale = locale_of(language)
    tables = (locale.months, locale.days) if locale else ()
    return frozenset(name.casefold() for table in tables for name in table["format"]["wide"].values())
