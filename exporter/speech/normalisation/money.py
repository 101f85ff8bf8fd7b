"""Sums of money: the currency is read after the amount, in the singular or plural."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import NUMBER, alternatives, inflect


def read_money(text: str, lexicon: Lexicon) -> str:
    """Read sums with a currency symbol or code on either side, and thousands or millions, in words or abbreviated."""
    if not lexicon.currencies:
        return text
    sum_pattern = rf"{NUMBER}(?:\s?[–—-]\s?{NUMBER})?"
    symbols = alternatives(tuple(lexicon.currencies))
    scales = alternatives(lexicon.scales.words)
    short = alternatives(tuple(lexicon.scales.short))
    in_words = rf"\s({scales})\b" if scales else r"(?!)()"
    in_short = rf"[\s\u00a0]?({short})(?!\w)" if short else r"(?!)()"
    scale = f"(?:{in_words}|{in_short})?"

    def read(symbol: str, figures: str, size: str | None) -> str:
        name = inflect(lexicon.currencies[symbol], figures if not size else "", lexicon.language)
        if not size:
            return f"{figures} {name}"
        link = lexicon.scales.link if not size.endswith(("mil", "mille")) else ""
        joint = f"{link}{name}" if link.endswith("’") and name[0] in "aeiou" else f"{link.replace('d’', 'de')} {name}"
        return f"{figures} {size} {joint.strip()}"

    def long(size: str | None, figures: str) -> str:
        return inflect(lexicon.scales.short[size], figures, lexicon.language) if size else ""

    # With both a symbol and a code, $1,200 MXN, only the code is read.
    coded = alternatives(tuple(code for code in lexicon.currencies if re.fullmatch("[A-Z]{3}", code)))
    if coded:
        text = re.sub(
            rf"(?<!\w)(?:{symbols})\s?({sum_pattern}{scale}\s?(?:{coded})(?!\w))", lambda match: match.group(1), text
        )

    text = re.sub(
        rf"(?<!\w)({symbols})\s?({sum_pattern}){scale}",
        lambda match: read(match.group(1), match.group(2), match.group(3) or long(match.group(4), match.group(2))),
        text,
    )
    return re.sub(
        rf"(?<![\w.,])({sum_pattern}){scale}\s?({symbols})(?!\w)",
        lambda match: read(match.group(4), match.group(1), match.group(2) or long(match.group(3), match.group(1))),
        text,
    )
