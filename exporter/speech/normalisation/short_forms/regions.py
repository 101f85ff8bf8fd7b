"""Codes of regions after a place: Recife/PE, Campinas - SP, Guarujá (SP)."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, just_before

_CAPITAL = "[A-ZÀ-Þ]"
_PLACE = rf"(?<![\w-]){_CAPITAL}[\w’'-]*[a-zß-ÿ]"
_IN_CAPITALS = rf"(?<![\w/-]){_CAPITAL}{{2,}}"
"""A word in capitals that may be the last of a place, or an authority: BELÉM/PA, TJ/AL; JULGOU-SE is a verb."""
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
        is_other = (
            town in lexicon.regions
            or town.casefold() in lexicon.references
            or initials.endswith(code)
            or _CREDIT.search(before)
        )
        region = lexicon.regions[code]
        if region.casefold().endswith(town.casefold()):
            return town  # São Paulo/SP
        return match[0] if is_other else f"{town}, {region}"

    def read_in_brackets(match: re.Match[str]) -> str:
        region = read(match)
        return match[0] if region == match[0] else re.sub(r", (.+)", r" (\1)", region)

    joint = rf"(?:{_PLACE}(?=\s?[/–-])|{_IN_CAPITALS}(?=/)|{_IN_CAPITALS}{_CAPITAL}{{2}}(?=\s[–-]\s))"
    text = re.sub(rf"({joint})(?:/|-|\s[-–/]\s)({codes})(?![\w/-])", read, text)
    return re.sub(rf"({_PLACE}(?=\s\())\s\(({codes})\)", read_in_brackets, text)
