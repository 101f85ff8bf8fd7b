"""Sums of money: the sign before the amount is read after it, in the number that goes with it."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import NUMBER, alternatives, counted


def money(text: str, lexicon: Lexicon) -> str:
    """Read sums: the sign or code before or after, the amount, and thousands or millions in words or for short."""
    if not lexicon.currencies:
        return text
    amount = rf"{NUMBER}(?:\s?[–—-]\s?{NUMBER})?"
    signs = alternatives(tuple(lexicon.currencies))
    scales = alternatives(lexicon.scales.words)
    short = alternatives(tuple(lexicon.scales.short))
    in_words = rf"\s({scales})\b" if scales else r"(?!)()"
    in_short = rf"[\s\u00a0]?({short})(?!\w)" if short else r"(?!)()"
    scale = f"(?:{in_words}|{in_short})?"

    def read(sign: str, amount: str, size: str | None) -> str:
        name = counted(lexicon.currencies[sign], amount if not size else "", lexicon.language)
        if not size:
            return f"{amount} {name}"
        link = lexicon.scales.link if not size.endswith(("mil", "mille")) else ""
        joint = f"{link}{name}" if link.endswith("’") and name[0] in "aeiou" else f"{link.replace('d’', 'de')} {name}"
        return f"{amount} {size} {joint.strip()}"

    def long(size: str | None, amount: str) -> str:
        return counted(lexicon.scales.short[size], amount, lexicon.language) if size else ""

    # With both a sign and a code, $1,200 MXN, the code says which money it is.
    coded = alternatives(tuple(code for code in lexicon.currencies if re.fullmatch("[A-Z]{3}", code)))
    if coded:
        text = re.sub(
            rf"(?<!\w)(?:{signs})\s?({amount}{scale}\s?(?:{coded})(?!\w))", lambda match: match.group(1), text
        )

    text = re.sub(
        rf"(?<!\w)({signs})\s?({amount}){scale}",
        lambda match: read(match.group(1), match.group(2), match.group(3) or long(match.group(4), match.group(2))),
        text,
    )
    return re.sub(
        rf"(?<![\w.,])({amount}){scale}\s?({signs})(?!\w)",
        lambda match: read(match.group(4), match.group(1), match.group(2) or long(match.group(3), match.group(1))),
        text,
    )
