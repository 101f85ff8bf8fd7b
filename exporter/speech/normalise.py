"""Text as a person reads it: short forms, money, ranges, numbers, years, addresses, initialisms, by rule tables.

The rules run in one fixed order over the text of one utterance; each sees what the ones before it left. The printed
text is not touched: this decides only what an engine is given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.abbreviations import abbreviations, numbered, subdivisions, symbols, tidy, words
from exporter.speech.normalisation.addresses import addresses, telephones
from exporter.speech.normalisation.agreement import agreement
from exporter.speech.normalisation.dates import dates, halves, named_years, times
from exporter.speech.normalisation.document_symbols import documents
from exporter.speech.normalisation.identifiers import identifiers
from exporter.speech.normalisation.initialisms import initialisms
from exporter.speech.normalisation.money import money
from exporter.speech.normalisation.numbers import double_years, mixed, numbers, powers, ranges, thousands, years
from exporter.speech.normalisation.units import units

_RULES: tuple[Callable[[str, Lexicon], str], ...] = (
    addresses,
    identifiers,
    telephones,
    powers,
    thousands,
    documents,
    dates,
    named_years,
    halves,
    words,
    times,
    abbreviations,
    numbered,
    subdivisions,
    money,
    units,
    ranges,
    double_years,
    years,
    mixed,
    numbers,
    agreement,
    initialisms,
    symbols,
    tidy,
)


_LOOKS = frozenset({"<circle>", "<wide>", "<font>"})
"""Kinds of decompositions that change nothing but the look (Unicode Standard Annex 44, 5.7.3)."""


def normalise(text: str, lexicon: Lexicon) -> str:
    """Return `text` as `lexicon` wants it read; white space becomes single spaces."""
    said = _plain(text)
    for rule in _RULES:
        said = rule(said, lexicon)
    return " ".join(said.split())


def _plain(text: str) -> str:
    """Take out what has no sound and bring digits of every script to one form, so that one rule reads them all."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category == "Nd":
            out.append(str(unicodedata.digit(char)))
        elif category in ("Cf", "Cc"):
            # A line end or tab parts words; a soft hyphen or direction mark does not.
            out.append(" " if category == "Cc" else "")
        else:
            out.append(char if char.isascii() else _bare(char, category))
    return "".join(out)


def _bare(char: str, category: str) -> str:
    """Return the letters and digits behind forms such as ①, ⑴, ❶, 𝐀 and Ａ; raised figures mean something else."""
    form = unicodedata.decomposition(char).partition(" ")[0]
    if form in _LOOKS or (category == "No" and form == "<compat>"):
        return unicodedata.normalize("NFKC", char)
    if category == "No" and not form and (value := unicodedata.numeric(char)).is_integer():
        return str(int(value))
    return char
