"""Languages of passages, by their frequent words and letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from exporter.lexicon.word_lists import by_language

_FEWEST = 11
"""Words of a passage; fewer may be a name or a title."""
_SHARE = 0.22
"""Share of the frequent words of its language."""
_SHARE_APART = 0.12
"""Share of those that are not frequent in the stated language, too."""
_RATIO = 3
"""Factor by which they must outnumber those that are frequent in the stated language alone."""
_DISTINCT = 3
"""Different frequent words of its language; names and program code repeat a few."""
_WORD = re.compile(r"[^\W\d_]{2,}")
"""One letter alone is an initial, or in program code."""
_QUOTATION_MARK = re.compile('[«»“”„"‹›]')
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+")


def language_of(text: str, stated: str) -> str:
    """Return the language of a passage; empty if it may be the stated one, a name or a title, or it is too short.

    Args:
        text: The passage.
        stated: Primary subtag of the language in which it is stated to be.
    """
    written = _WORD.findall(text)
    words = [word.casefold() for word in written]
    if len(words) < _FEWEST or stated not in by_language("clause_words"):
        return ""
    tagged = [(word, _languages(word)) for word in words]
    counts = Counter(language for _, languages in tagged for language in languages if language != stated)
    if not counts:
        return ""
    likely = max(sorted(counts), key=lambda language: counts[language])
    apart = [word for word, languages in tagged if likely in languages and stated not in languages]
    against = sum(stated in languages and likely not in languages for _, languages in tagged)
    # No. 12, WHO, Sen. and São Paulo are short forms and names.
    of_clause = (word.casefold() for word in written if text.isupper() or not word[0].isupper())
    is_sentence = any(_is_of_clause(word, likely, stated) for word in of_clause)
    is_varied = len({word for word, languages in tagged if likely in languages}) >= _DISTINCT
    is_enough = counts[likely] >= _SHARE * len(words) and len(apart) >= _SHARE_APART * len(words)
    return likely if is_sentence and is_varied and is_enough and against * _RATIO <= len(apart) else ""


def find_passage(text: str, stated: str) -> tuple[str, str]:
    """Return the first passage of a text that is in another language, and that language; two empty texts if none is.

    It is all of the text, a quotation in it, or some of its sentences.

    Args:
        text: The text.
        stated: BCP 47 tag of the language in which it is stated to be.
    """
    stated = stated.lower().partition("-")[0]
    if language := language_of(text, stated):
        return text, language
    for start, end in _spans(text, 0, len(text), _QUOTATION_MARK):
        if language := language_of(text[start:end], stated):
            return text[start:end].strip(), language
        if passage := _sentences(text, start, end, stated):
            return passage
    return "", ""


def _sentences(text: str, start: int, end: int, stated: str) -> tuple[str, str] | None:
    """Return the first sentences of a part of a text that are in another language, and it, or None if none are."""
    first = last = -1
    current = ""
    for begin, stop in _spans(text, start, end, _SENTENCE_END):
        language = language_of(text[begin:stop], stated)
        if language and language == (current or language):
            first, last, current = (begin if first < 0 else first), stop, language
        elif current and len(_WORD.findall(text[begin:stop])) >= _FEWEST:
            break
    return (text[first:last].strip(), current) if current else None


def _spans(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a text between separators begin and end."""
    for match in separator.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


@lru_cache(maxsize=100_000)
def _languages(word: str) -> frozenset[str]:
    """Return the languages in which a word is frequent, or of which it has a letter."""
    return frozenset(
        language
        for table in ("function_words", "clause_words")
        for language, listed in by_language(table).items()
        if word in listed
    ) | {language for language, letters in by_language("letters").items() if not letters.isdisjoint(word)}


def _is_of_clause(word: str, language: str, stated: str) -> bool:
    """Return whether a word shows that there is a sentence in a language, and is no word of the stated one, too."""
    if stated in _languages(word) or word in by_language("homographs").get(stated, frozenset()):
        return False
    endings = by_language("clause_endings").get(language, frozenset())
    return word in by_language("clause_words")[language] or word.endswith(tuple(endings))
