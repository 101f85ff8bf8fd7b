"""Symbols in running text and in texts without words, of which most voices make no sound, and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives

_OFTEN = 4

_COMPARED = re.compile(
    r"(?<![\w’'.-])((?:[A-Zb-z]|a(?=\s?[<>]\s?[A-Za-z](?!\w)))\s?)([<>])(?=\s?(?:\d|[A-Za-z](?!\w)))"
)
"""A letter and a sign, as in p < 0.05, and not in < 18 years."""

_ANONYMOUS = re.compile(r"(?<=(?<!\w)[A-Z]\.)_{2,}")
"""The line that stands for the rest of a name in a judgment: A.________."""
_OPENING_ARROW = re.compile(r"(?:^|(?<=[.!?…:;。！？]))\s*[→•]")
"""An arrow or a bullet that opens an item or a sentence: → See page 12."""


def name_symbols(text: str, lexicon: Lexicon) -> str:
    """Return the name of every symbol in a text without words; empty if the language has no names.

    Args:
        text: As it is written.
        lexicon: With names in `signs`, in this order before those for addresses and for running text.
    """
    return ", ".join(_names("".join(text.split()), lexicon)) if lexicon.signs else ""


def _names(text: str, lexicon: Lexicon) -> Iterator[str]:
    # A symbol that is repeated often, or has no name, is read once.
    for char, row in groupby(text):
        name = next((table[char] for table in (lexicon.signs, lexicon.url, lexicon.symbols) if char in table), "")
        count = len(list(row))
        yield from [name] * (count if count < _OFTEN else 1) if name else [lexicon.signs["other"]]


def read_symbols(text: str, lexicon: Lexicon) -> str:
    """Read symbols by their names, a hyphen before a number as minus, and a line to fill in, of any length, once."""
    text = _ANONYMOUS.sub("", re.sub("~{2,}", " ", text))
    text = re.sub("_{3,}", "___", re.sub(r"(?<=\d[A-Z])_(?=\d)", " ", text))  # arrêt 4A_12/2013
    text = re.sub(r"(?<=\d)~(?=\d)", f" {lexicon.range_word or '~'} ", text)
    text = re.sub(r"(?<=\w)\sx\s(?=\d)", " × ", text)
    if ">" in text:
        if "→" in lexicon.symbols:
            text = re.sub(r"(?<![\w<-])[-=]{1,3}>", "→", text)
        text = re.sub(r"(?<=[^\W\d_]{2})\s>\s(?=[^\W\d_]{2})", ", ", text)  # Settings > Privacy
    text = _OPENING_ARROW.sub("", text)
    text = re.sub(r"(?<=[^\W\d_]{2})([.)\]»”]?)\s/\s(?=[^\W\d_]{2})", r"\1, ", text)  # Director / Directora
    text = re.sub(r"={4,}", " ", text)
    minus = lexicon.symbols.get("−")
    if minus:
        text = re.sub(r"(?<![\w)\]–-])(?<![A-Z]\.)(?:-|(?<!\d\s)–)(?=\d)", f"{minus} ", text)
    if "<" in text or ">" in text:
        text = _COMPARED.sub(lambda match: f"{match[1]} {lexicon.maths.get(match[2], match[2])} ", text)
    pattern = alternatives(lexicon.symbols)
    pattern = rf"(?:{pattern})(?:(?<![^\W\d_])|(?!\w))" if pattern else ""  # 6°C, and not 6°Congresso
    return re.sub(pattern, lambda match: f" {lexicon.symbols[match.group()]} ", text) if pattern else text


def tidy_punctuation(text: str, lexicon: Lexicon) -> str:
    """Remove spaces before punctuation, and repeated commas, which the rules may produce."""
    del lexicon
    closed = re.sub(r"\s+((?!\.\d)[.,;:!?…؟،؛)\]”»]|’(?!\w))", r"\1", text)
    closed = re.sub(r"(?<=\()\s+", "", closed)
    return re.sub(r",(?=[.;:!?…؟،؛])", "", re.sub(r",(?:\s*,)+", ",", closed))
