"""Short forms, numbered parts of a law, and signs."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, replace


def words(text: str, lexicon: Lexicon) -> str:
    """Put in what the table of words says, whole words in the case that is written."""
    return replace(text, lexicon.words, r"(?<!\w)", r"(?!\w)")


def abbreviations(text: str, lexicon: Lexicon) -> str:
    """Read short forms with their full stop, in any case."""
    pattern = alternatives(tuple(lexicon.abbreviations))
    if not pattern:
        return text
    table = {key.casefold(): value for key, value in lexicon.abbreviations.items()}

    def read(match: re.Match[str]) -> str:
        # The full stop of a short form that ends the text is the full stop of the sentence too.
        ends = match.group().endswith(".") and not text[match.end() :].strip("\"'”’»)] ")
        return table[match.group().casefold()] + ("." if ends else "")

    return re.sub(rf"(?<![\w.])(?:{pattern})(?!\w)", read, text, flags=re.IGNORECASE)


def numbered(text: str, lexicon: Lexicon) -> str:
    """Read short forms and signs that mean something only before a number."""
    pattern = alternatives(tuple(lexicon.numbered))
    if not pattern:
        return text
    table = {key.casefold(): value for key, value in lexicon.numbered.items()}
    before_number = rf"(?<![\w.])({pattern})\s?(?=\d|[IVXLC]+\b)"
    return re.sub(before_number, lambda match: f"{table[match.group(1).casefold()]} ", text, flags=re.IGNORECASE)


def subdivisions(text: str, lexicon: Lexicon) -> str:
    """Read what stands in brackets after the number of an article: 13(2)(a), and Article 13 (2) (a)."""
    if not lexicon.subdivision:
        return text

    def read(match: re.Match[str]) -> str:
        parts = re.findall(r"\((\w+)\)", match.group(2))
        return f"{match.group(1)}, {lexicon.subdivision} {' '.join(parts)}"

    text = re.sub(r"\b(\d+)((?:\(\d{1,3}\))(?:\([a-z]{1,4}\))?)", read, text)
    # With a space between them only after a word for an article: in 2019 (3) counts something else.
    named = alternatives(lexicon.articles)
    spaced = rf"(?<!\w)((?:{named})\s\d+)((?:\s\(\d{{1,3}}\))(?:\s?\([a-z]{{1,4}}\))?)"
    return re.sub(spaced, read, text, flags=re.IGNORECASE) if named else text


def symbols(text: str, lexicon: Lexicon) -> str:
    """Name the signs, and tell minus from a hyphen."""
    minus = lexicon.symbols.get("−")
    if minus:
        text = re.sub(r"(?<![\w)\]-])-(?=\d)", f"{minus} ", text)
    pattern = alternatives(tuple(lexicon.symbols))
    return re.sub(pattern, lambda match: f" {lexicon.symbols[match.group()]} ", text) if pattern else text


def tidy(text: str, lexicon: Lexicon) -> str:
    """Close up the spaces before signs of punctuation, and make one of two, since short forms leave commas behind."""
    del lexicon
    closed = re.sub(r"\s+([.,;:!?…؟،؛)\]”’»])", r"\1", text)
    return re.sub(r",(?=[.;:!?…؟،؛])", "", re.sub(r",(?:\s*,)+", ",", closed))
