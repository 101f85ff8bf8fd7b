"""Codes of regions after a place: Recife/PE, Campinas - SP."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, just_before

_CAPITAL = "[A-ZÀ-Þ]"
_PLACE = rf"(?<![\w-]){_CAPITAL}[\w’'-]*[a-zß-ÿ]"
_IN_CAPITALS = rf"(?<![\w-])(?:{_CAPITAL}{{5,}}|{_CAPITAL}*[À-Þ]{_CAPITAL}*)"
"""A word in capitals that may be the last of a place, and not an initialism: BELÉM/PA; JULGOU-SE is a verb."""
_CREDIT = re.compile(r"(?<!\w)(?:Foto|Fotos|Imagem|Arte|Crédito|Por)(?!\w)[^.;]*$")
"""What stands before a photographer and an agency: Foto: Ana Reis/AP."""
_INITIALS = re.compile(rf"(?<![\w-]){_CAPITAL}")


def read_regions(text: str, lexicon: Lexicon) -> str:
    """Read the code of a region after a place, unless it abbreviates the words before it: Ministério da Saúde/MS."""
    codes = alternatives(lexicon.regions)
    if not codes:
        return text

    def read(match: re.Match[str]) -> str:
        town, code = match.groups()
        before = just_before(text, match.start())
        initials = "".join(_INITIALS.findall(before + town))
        is_other = town.casefold() in lexicon.references or initials.endswith(code) or _CREDIT.search(before)
        return match[0] if is_other else f"{town}, {lexicon.regions[code]}"

    joint = rf"(?:{_PLACE}(?=\s?[/–-])|{_IN_CAPITALS}(?=/|\s[–-]\s))"
    return re.sub(rf"({joint})(?:/|-|\s[-–/]\s)({codes})(?![\w/-])", read, text)
