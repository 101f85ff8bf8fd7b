"""Codes of letters and figures: ISBN, ISSN and UUID, names such as CO2 and G20, and symbols of documents.

Document symbols are those of the United Nations and others: A/HRC/52/30/Add.1.
"""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.patterns import alternatives
from exporter.speech.normalisation.quantities.currency_names import is_sum
from exporter.speech.normalisation.short_forms.initialisms import spell_out
from exporter.speech.normalisation.short_forms.pronounceability import is_pronounceable

_STANDARD = re.compile(r"\b(ISBN|ISSN)(?:-1[03])?(\s?:?\s?)(\d[\dX -]{7,16}[\dX])(?![\w-])")
_UUID = re.compile(r"\b(?:urn:)?(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w.@/#-])(?:[A-Z]{1,4}\d{1,4}){1,4}(?:(?<=\d)[.,]\d+)?[A-Z]{0,2}(?![\w/]|-\d|\.\d+[a-z])")
_COURT_NUMBER = re.compile(r"(?<=/\d\d\.)\d[A-Z][A-Z\d]?[A-Z]{3}(?:[.-][A-Z]\d)*(?!\w)")
"""The end of the number of a Portuguese case: 1537/22.5T9ALM.L1."""
_ELEMENT = "Na|Mg|Al|Si|Cl|Ca|Ti|Cr|Mn|Fe|Ni|Cu|Zn|Br|Ag|Cd|Ba|Hg|Pb|Li"
_FORMULA = re.compile(
    rf"(?<![\w.@/-])(?=\w*\d)(?=[A-Z\d]*(?:{_ELEMENT}))(?:(?:{_ELEMENT}|[HCNOSPFKI])\d{{0,2}}){{2,6}}(?!\w)"
)
"""A chemical formula with an element of two letters: NaHCO3."""
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SYMBOL_PART = (
    r"(?:SER\.[A-Z\d]+|[A-Z]{1,6}[.-](?:\d+|[IVX]+(?!\w))|[A-Z]{1,8}"
    r"|(?:[A-Z][a-z]{2,5}|doc)\.[A-Z\d]+|\d{1,2}-\d{1,2}(?=/)|\d+)"
)
_SYMBOL = re.compile(
    rf"(?<![\w/.@])((?:[A-Z]{{2}}\.)?[A-Z]{{1,6}}"
    rf"(?:\d?(?:/{_SYMBOL_PART}){{2,}}(?:/[a-z])?|/(?:[A-Z]{{1,6}}\.|Res[. ])?\d+))(?![\w/@])"
)
_SITUATION = re.compile(r"(?<![\w/.-])([A-Z]{2,5})-(\d\d/\d\d(?:-\d\d/\d\d)?(?:-\d+)?)(?![\w/]|-\d)")
"""A case of an international court and the situation it belongs to: ICC-01/04-01/06."""
_OPEN_YEAR = re.compile(r"(?<![\w/-])((?:19|20)\d?)(X{1,2})(?![\w/-])")
"""A year to be filled in: 20XX."""
_SUPPLEMENT = re.compile(r"(?<![\w/.@])(Add|Amend|Corr|Rev|Suppl)\.(?=\d+(?!\w|[.,:]\d))")
"""What follows the symbol of a document: A/62/701 and Corr.1."""
_CASE = re.compile(r"(?<![\d.])(\d{1,7})-(\d\d)\.((?:19|20)\d\d)\.(\d)\.?(\d\d)\.(\d{4})(?![\w-]|[.,]\d)")
"""A Brazilian case: 0715337-93.2014.8.01.0001, RR-731-45.2010.5.13.0003, 5012924-20.2012.404.7200."""
_REGISTER = re.compile(r"(?<![\w.])\d{2,3}\.\d{3}\.\d{3}(?:/\d{4})?-\d\d(?![\w-])")
"""The number of a person or company in Brazil: 012.345.678-90, 01.234.567/0001-89."""
_SESSION = re.compile(r"(/[IVX]{1,5})/(?=\d\.?ª)")
"""The legislature of a Portuguese bill, before the session: 474/XII/2.ª."""
_REGIONS = "ACT|AFR|AMR|ASA|DOC|EUR|FIN|IOR|MDE|NWS|ORG|POL"
_INDEX = re.compile(rf"(?<![\w/.-])(?:{_REGIONS}) \d\d/\d{{2,5}}/(?:(?:19|20)\d\d|[7-9]\d)(?:/[a-z])?(?![\w/-])")
"""Documents of Amnesty International: MDE 14/4962/2016, AFR 24/02/92; and not DPR 31/10/75, a date."""
_CAUSE = re.compile(r"(?<![\w/.])(\d{3,9}/(?:19|20)\d\d)((?:/[A-Z]{1,4}\d{0,3})+)(?![\w/])")
"""A case of Argentina and the parts of its file: 14217/2003/TO1/CFC3."""
_ECLI = re.compile(r"(?<![\w:])(?:ECLI:)?[A-Z]{2}:[A-Z]{1,8}:(?:19|20)\d\d:[A-Z\d]+(?![\w:])")
_SUM = re.compile(r"\d+(?:[.,]\d+)?\s(?:mil|bil)")
_CENTS = re.compile(r"[.,]\d\d")
"""What follows a sum, and no symbol of a document: S/1200.50."""
_FIGURE_BEFORE = re.compile(r"\d\s$")
_LONGEST_SPELT = 4
_VERSION = re.compile(r"(?<![\w./@-])v(?=\d{1,2}(?:\.\d{1,3}){0,3}(?![\w/]|\.\w))")
_PART = re.compile(r"[A-Za-z]+|\d+")


def read_identifiers(text: str, lexicon: Lexicon) -> str:
    """Read ISBN and ISSN digit by digit, and a UUID as the word for an identifier."""
    if lexicon.declension.cardinals:  # жалоба N 4505/08
        text = re.sub(r"(?<![\w.-])N(?=\s\d)", "№", text)
    if "No" in lexicon.numbered and " no " in text:  # law no 15, and not there is no 15
        text = re.sub(rf"(?<!\w)((?i:{alternatives(lexicon.references)})\s)no(?=\s\d)", r"\1No", text)
    text = _SESSION.sub(r"\1, ", text)
    text = _STANDARD.sub(lambda match: f"{spell_out(match[1], lexicon)}{match[2] or ' '}{_figures(match[3])}", text)
    text = _CASE.sub(
        lambda match: ", ".join(part if part[0] != "0" else " ".join(part) for part in match.groups()), text
    )
    text = _REGISTER.sub(lambda match: _figures(re.sub("[./]", " ", match[0])), text)
    name = lexicon.url.get("identifier")
    return _UUID.sub(name, text) if name else text


def _figures(number: str) -> str:
    return ", ".join(" ".join(group) for group in re.split(r"[ -]+", number))


def read_alphanumerics(text: str, lexicon: Lexicon) -> str:
    """Read the letters of a name such as CO2 one by one, unless they are read as a word: COP26."""
    # FY2021/22, No. 1:20-cr-00123
    text = re.sub(r"(?<![\w.])([A-Z]{2,3})(?=(?:19|20)\d\d[/–-]\d\d(?!\d))", r"\1 ", text)
    text = re.sub(r"(?<!\w)FY(?=\d\d/\d\d(?!\w))", "FY ", text)
    if lexicon.version:
        text = _VERSION.sub(f"{lexicon.version} ", re.sub(rf"(?<={lexicon.version} )v(?=\d)", "", text))
    if lexicon.range_word:  # Q1–Q3
        ends = r"(?<![\w.–/-])([A-Z]{1,3})(\d{1,3})\s?[–-]\s?\1(\d{1,3})(?![\w–/-])"
        text = re.sub(ends, rf"\1\2 {lexicon.range_word} \1\3", text)
    text = re.sub(
        r"(?<=\d\d-)(?:c[vr]|m[cjd])(?=-\d{3})", lambda match: spell_out(match.group().upper(), lexicon), text
    )
    text = re.sub(r"(?<=[A-Za-z])[₀-₉]+", lambda match: match.group().translate(_LOWERED), text)
    if not lexicon.spell:
        return text
    text = _OPEN_YEAR.sub(lambda match: f"{match[1]} {' '.join(match[2])}", text)

    def spell(match: re.Match[str]) -> str:
        return " ".join(spell_out(part, lexicon) for part in re.findall(r"\d+|[A-Z]+", match.group()))

    text = _COURT_NUMBER.sub(spell, text)
    text = _FORMULA.sub(
        lambda match: " ".join(spell_out(part.upper(), lexicon) for part in _PART.findall(match.group())), text
    )

    def read(match: re.Match[str]) -> str:
        if match.group() in lexicon.units and _FIGURE_BEFORE.search(match.string[: match.start()]):
            return match.group()  # 15 KM2
        letters, *_ = re.split(r"\d", match.group())
        is_word = len(letters) > 3 and letters not in lexicon.as_words and is_pronounceable(letters)
        figures = re.sub("[A-Z]", "", match.group())
        is_amount = letters in lexicon.currencies and (
            re.search(r"\d,\d{3}$", figures) is not None
            or _SUM.match(match.string, match.start() + len(letters))
            or (len(letters) == 3 and is_sum(letters, figures, "", lexicon.currencies))
        )
        if is_word or is_amount:
            return match.group()  # USD1,000, Q1,2 millones
        parts = re.findall(r"[A-Z]+|\d+(?:[.,]\d+)?", match.group())
        return " ".join(_letters(part, lexicon) if part.isalpha() else part for part in parts)

    return _CODE.sub(read, text)


def _letters(part: str, lexicon: Lexicon) -> str:
    return part.capitalize() if part in lexicon.as_words else spell_out(part, lexicon)


def read_document_symbols(text: str, lexicon: Lexicon) -> str:
    """Read document symbols part by part: letters one by one, numbers as numbers."""
    if not lexicon.spell:
        return text

    def read(match: re.Match[str]) -> str:
        begin, *parts = match.group(1).split("/")
        if len(parts) == 1 and f"{begin}/" in lexicon.currencies and _CENTS.match(text, match.end()):
            return match.group()
        return ", ".join(_part(part, lexicon) for part in (begin, *parts))

    text = _ECLI.sub(lambda match: ", ".join(_part(part, lexicon) for part in match.group().split(":")), text)
    # Decision 12/CP.10
    text = re.sub(
        r"(?<![\w/.])(\d{1,3})/([A-Z]{2,4}\.\d+)(?!\w)", lambda match: f"{match[1]}, {_part(match[2], lexicon)}", text
    )
    # OEA/Ser. L/V/II.Doc. 12, OEA/Ser.L/V/II.rev.2
    text = re.sub(r"(?<=/V/II)\.\s?(?=[Dd]oc\.|[Rr]ev\.)", ", ", re.sub(r"(?<=/Ser\.)\s(?=[A-Z]/)", "", text))
    # CEDAW/ C/ SR. 13, and SR.892 of the same committee
    text = re.sub(r"(?<=[A-Z]/)\s(?=(?:[A-Z]{1,8}|\d+)/|SR\.)|(?<=[A-Z]{2}/)\s(?=\d)", "", text)
    text = re.sub(r"(?<=/SR\.)\s(?=\d)", "", text)
    text = re.sub(r"(?<![\w/.-])SR\.(?=\d)", f"{spell_out('SR', lexicon)} ", text)
    if lexicon.number_word:
        sign = rf"(?<![\w.])(?:[Nn]\.?[º°]|[Nn]o\.|[Nn]úm\.|№)\s(?={_SYMBOL.pattern})"
        text = re.sub(sign, f"{lexicon.number_word} ", text)
    text = _SITUATION.sub(lambda match: _read_situation(match, lexicon), text)
    text = _INDEX.sub(lambda match: match.group().replace(" ", "/"), text)
    text = _CAUSE.sub(
        lambda match: ", ".join([match[1], *(_part(part, lexicon) for part in match[2][1:].split("/"))]), text
    )
    text = _SUPPLEMENT.sub(lambda match: f"{lexicon.documents.get(match[1], match[1])} ", text)
    return _SYMBOL.sub(read, text)


def _read_situation(match: re.Match[str], lexicon: Lexicon) -> str:
    numbers = re.findall(r"\d+", match[2])
    if numbers[0][0] != "0":
        return match[0]
    return ", ".join([spell_out(match[1], lexicon), *(re.sub("^0", "0 ", number) for number in numbers)])


def _part(part: str, lexicon: Lexicon) -> str:
    if re.fullmatch(r"\d+-\d+", part):
        return part.replace("-", f" {lexicon.range_word} ") if lexicon.range_word else part
    words = []
    for piece in _PART.findall(part):
        if piece in lexicon.documents:
            words.append(lexicon.documents[piece])
        elif piece.isdigit():
            words.append(str(int(piece)))
        elif piece in lexicon.as_words or (len(piece) > _LONGEST_SPELT and is_pronounceable(piece)):
            words.append(piece.capitalize())
        elif (len(piece) > 1 or part.endswith(f".{piece}")) and set(piece) <= set("IVX") and roman_value(piece):
            words.append(str(roman_value(piece)))
        else:
            words.append(spell_out(piece, lexicon) if piece.isupper() else piece)
    return " ".join(words)
