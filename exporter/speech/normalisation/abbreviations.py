"""Abbreviations, numbered parts of a law, and symbols."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, replace


def replace_words(text: str, lexicon: Lexicon) -> str:
    """Replace whole words by the table of words, case-sensitive."""
    return replace(text, lexicon.words, r"(?<!\w)", r"(?!\w)")


def expand_abbreviations(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations with their full stop, in any case."""
    pattern = alternatives(tuple(lexicon.abbreviations))
    if not pattern:
        return text
    table = {key.casefold(): value for key, value in lexicon.abbreviations.items()}

    def read(match: re.Match[str]) -> str:
        # The full stop of an abbreviation at the end of the text is also that of the sentence.
        ends = match.group().endswith(".") and not text[match.end() :].strip("\"'”’»)] ")
        return table[match.group().casefold()] + ("." if ends else "")

    return re.sub(rf"(?<![\w.])(?:{pattern})(?!\w)", read, text, flags=re.IGNORECASE)


def expand_before_numbers(text: str, lexicon: Lexicon) -> str:
    """Expand abbreviations and symbols that are expanded only before a number."""
    pattern = alternatives(tuple(lexicon.numbered))
    if not pattern:
        return text
    table = {key.casefold(): value for key, value in lexicon.numbered.items()}
    before_number = rf"(?<![\w.])({pattern})\s?(?=\d|[IVXLC]+\b)"
    return re.sub(before_number, lambda match: f"{table[match.group(1).casefold()]} ", text, flags=re.IGNORECASE)


def read_subdivisions(text: str, lexicon: Lexicon) -> str:
    """Read the brackets after the number of an article: 13(2)(a), and Article 13 (2) (a)."""
    if not lexicon.subdivision:
        return text

    def read(match: re.Match[str]) -> str:
        parts = re.findall(r"\((\w+)\)", match.group(2))
        return f"{match.group(1)}, {lexicon.subdivision} {' '.join(parts)}"

    text = re.sub(r"\b(\d+)((?:\(\d{1,3}\))(?:\([a-z]{1,4}\))?)", read, text)
    # A space before the brackets only after a word for an article: in 2019 (3) is something else.
    named = alternatives(lexicon.articles)
    spaced = rf"(?<!\w)((?:{named})\s\d+)((?:\s\(\d{{1,3}}\))(?:\s?\([a-z]{{1,4}}\))?)"
    return re.sub(spaced, read, text, flags=re.IGNORECASE) if named else text


def read_symbols(text: str, lexicon: Lexicon) -> str:
    """Read symbols by their names, and a hyphen before a number as minus."""
    minus = lexicon.symbols.get("−")
    if minus:
        text = re.sub(r"(?<![\w)\]-])-(?=\d)", f"{minus} ", text)
    pattern = alternatives(tuple(lexicon.symbols))
    return re.sub(pattern, lambda match: f" {lexicon.symbols[match.group()]} ", text) if pattern else text


def tidy_punctuation(text: str, lexicon: Lexicon) -> str:
    """Remove spaces before punctuation, and repeated commas, which the rules may produce."""
    del lexicon
    closed = re.sub(r"\s+([.,;:!?…؟،؛)\]”’»])", r"\1", text)
    return re.sub(r",(?=[.;:!?…؟،؛])", "", re.sub(r",(?:\s*,)+", ",", closed))
