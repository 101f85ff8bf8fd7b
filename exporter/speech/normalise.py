"""Text as a person reads it: short forms, money, ranges, numbers, years, addresses, initialisms, by rule tables.

The rules run in one fixed order over the text of one utterance; each sees what the ones before it left. The printed
text is not touched: this decides only what an engine is given.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from exporter.speech.initialisms import initialisms
from exporter.speech.lexicon import Lexicon

_NUMBER = r"\d+(?:[.,٬٫\u00a0\u202f]\d+)*"
_ALONE_BEFORE = r"(?<![\w.,/–-])"
_ALONE_AFTER = r"(?![\w/–-]|[.,]\d)"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:org|com|net|info|edu|gov|gob|int|mx|eu|es|fr|uk|ch)\b(?:/[^\s<>\"”»]*)?"
)
_LONG_PATH = 40


def normalise(text: str, lexicon: Lexicon) -> str:
    """Give `text` as `lexicon` wants it read; white space becomes single spaces."""
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
            out.append(char)
    return "".join(out)


def _addresses(text: str, lexicon: Lexicon) -> str:
    if not lexicon.url:
        return text

    def read(match: re.Match[str]) -> str:
        whole = match.group()
        address = whole.rstrip(".,;:!?)’'")
        tail = whole[len(address) :]
        address = re.sub(r"^https?://", "", address).removeprefix("www.").rstrip("/")
        host, slash, path = address.partition("/")
        if len(path) > _LONG_PATH:
            return f"{_spell_signs(host, lexicon)}, {lexicon.url.get('long', '')}{tail}"
        return _spell_signs(host + slash + path, lexicon) + tail

    return _ADDRESS.sub(read, text)


def _spell_signs(text: str, lexicon: Lexicon) -> str:
    return " ".join("".join(f" {lexicon.url[char]} " if char in lexicon.url else char for char in text).split())


def _words(text: str, lexicon: Lexicon) -> str:
    return _replace(text, lexicon.words, r"(?<!\w)", r"(?!\w)")


def _abbreviations(text: str, lexicon: Lexicon) -> str:
    pattern = _alternatives(tuple(lexicon.abbreviations))
    if not pattern:
        return text
    table = {key.casefold(): value for key, value in lexicon.abbreviations.items()}

    def read(match: re.Match[str]) -> str:
        # The full stop of a short form that ends the text is the full stop of the sentence too.
        ends = match.group().endswith(".") and not text[match.end() :].strip("\"'”’»)] ")
        return table[match.group().casefold()] + ("." if ends else "")

    return re.sub(rf"(?<![\w.])(?:{pattern})(?!\w)", read, text, flags=re.IGNORECASE)


def _numbered(text: str, lexicon: Lexicon) -> str:
    pattern = _alternatives(tuple(lexicon.numbered))
    if not pattern:
        return text
    table = {key.casefold(): value for key, value in lexicon.numbered.items()}
    before_number = rf"(?<![\w.])({pattern})\s?(?=\d|[IVXLC]+\b)"
    return re.sub(before_number, lambda match: f"{table[match.group(1).casefold()]} ", text, flags=re.IGNORECASE)


def _subdivisions(text: str, lexicon: Lexicon) -> str:
    if not lexicon.subdivision:
        return text

    def read(match: re.Match[str]) -> str:
        parts = re.findall(r"\((\w+)\)", match.group(2))
        return f"{match.group(1)}, {lexicon.subdivision} {' '.join(parts)}"

    return re.sub(r"\b(\d+)((?:\(\d{1,3}\))(?:\([a-z]{1,4}\))?)", read, text)


def _money(text: str, lexicon: Lexicon) -> str:
    if not lexicon.currencies:
        return text
    signs = _alternatives(tuple(lexicon.currencies))
    scales = _alternatives(lexicon.scales.words)
    scale = rf"(?:\s({scales})\b)?" if scales else "()"

    def read(sign: str, amount: str, size: str | None) -> str:
        name = _counted(lexicon.currencies[sign].split("|"), amount if not size else "", lexicon.language)
        if not size:
            return f"{amount} {name}"
        link = lexicon.scales.link if not size.endswith(("mil", "mille")) else ""
        joint = f"{link}{name}" if link.endswith("’") and name[0] in "aeiou" else f"{link.replace('d’', 'de')} {name}"
        return f"{amount} {size} {joint.strip()}"

    text = re.sub(
        rf"(?<!\w)({signs})\s?({_NUMBER}){scale}",
        lambda match: read(match.group(1), match.group(2), match.group(3)),
        text,
    )
    return re.sub(
        rf"(?<![\w.,])({_NUMBER}){scale}\s?({signs})(?!\w)",
        lambda match: read(match.group(3), match.group(1), match.group(2)),
        text,
    )


def _counted(forms: list[str], amount: str, language: str) -> str:
    """Give the form that goes with an amount: one, many; or one, few, many, where few also goes with fractions.

    An empty amount is one that is given in thousands or millions.
    """
    from babel import Locale

    if len(forms) < 3 or not amount:
        return forms[0] if amount == "1" else forms[-1]
    if re.search(r"[.,]", amount):
        return forms[1]
    category = Locale.parse(language.replace("-", "_")).plural_form(int(re.sub(r"\D", "", amount)))
    return {"one": forms[0], "few": forms[1]}.get(category, forms[2])


def _dates(text: str, lexicon: Lexicon) -> str:
    """Read the dates of ISO 8601 as the language writes them in full."""

    def read(match: re.Match[str]) -> str:
        from babel import UnknownLocaleError
        from babel.dates import format_date

        try:
            date = datetime.date(*map(int, match.groups()))
            return format_date(date, "long", locale=lexicon.language.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            return match.group()

    return re.sub(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])", read, text) if lexicon.language else text


def _ranges(text: str, lexicon: Lexicon) -> str:
    if not lexicon.range_word:
        return text

    def read(match: re.Match[str]) -> str:
        first, dash, last = match.groups()
        low, high = (int(re.sub(r"\D", "", part)) for part in (first, last))
        short_year = len(first) == 4 and len(last) == 2
        if dash == "-" and low > high and not short_year:
            return match.group()
        return f"{first} {lexicon.range_word} {last}"

    return re.sub(rf"{_ALONE_BEFORE}({_NUMBER})\s?([–—-])\s?({_NUMBER}){_ALONE_AFTER}", read, text)


def _years(text: str, lexicon: Lexicon) -> str:
    """Read years in pairs, where the language does: 1998 as 19 98; 2000 to 2009 stay whole."""
    if not lexicon.year:
        return text

    def read(match: re.Match[str]) -> str:
        century, rest = match.groups()
        if rest == "00":
            return f"{century} {lexicon.year['hundred']}"
        if rest[0] == "0":
            return f"{century} {lexicon.year['oh']} {rest[1]}"
        return f"{century} {rest}"

    return re.sub(r"(?<![\w.,/(-])(1[1-9](?=\d\d)|20(?=[1-9]\d))(\d\d)(?=s?\b)(?!/|[.,]\d|-\d)", read, text)


def _numbers(text: str, lexicon: Lexicon) -> str:
    """Close up thousands and say the decimal mark, so that no voice takes one for the other."""
    groups = re.escape(lexicon.grouping) + "\u00a0\u202f" if lexicon.grouping else ""

    def read(match: re.Match[str]) -> str:
        number = match.group()
        if groups and re.fullmatch(rf"[1-9]\d{{0,2}}([{groups}]\d{{3}})(?:[{groups}]\d{{3}})*(?:[.,٫]\d+)?", number):
            mark = number[re.search(r"\D", number).start()]  # type: ignore[union-attr]  # the pattern above has one
            whole, *decimals = re.split(r"[.,٫]", number.replace(mark, ""))
            number = whole + "".join(f"{_other(mark)}{part}" for part in decimals)
        match_decimal = re.fullmatch(r"(\d+)([.,٫])(\d+)", number)
        if match_decimal and match_decimal.group(2) in lexicon.decimal:
            whole, mark, decimals_ = match_decimal.groups()
            return f"{whole} {lexicon.decimal[mark]} {_digits(decimals_)}"
        return number

    joined = (
        rf"(?<![A-Za-z\d.,]){_NUMBER}" if " " not in lexicon.grouping else r"(?<![\w.,])\d+(?:[.,\u00a0\u202f ]\d+)*"
    )
    return re.sub(joined, read, text)


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _digits(decimals: str) -> str:
    """Give decimals as they are read: one by one where a nought comes first or they are many."""
    return " ".join(decimals) if len(decimals) > 2 or decimals.startswith("0") else decimals


def _symbols(text: str, lexicon: Lexicon) -> str:
    minus = lexicon.symbols.get("−")
    if minus:
        text = re.sub(r"(?<![\w)\]-])-(?=\d)", f"{minus} ", text)
    pattern = _alternatives(tuple(lexicon.symbols))
    return re.sub(pattern, lambda match: f" {lexicon.symbols[match.group()]} ", text) if pattern else text


def _tidy(text: str, lexicon: Lexicon) -> str:
    del lexicon
    return re.sub(r"\s+([.,;:!?…؟،؛)\]”’»])", r"\1", text)


def _replace(text: str, table: object, before: str, after: str) -> str:
    assert isinstance(table, dict)
    pattern = _alternatives(tuple(table))
    return re.sub(f"{before}(?:{pattern}){after}", lambda match: table[match.group()], text) if pattern else text


@lru_cache(maxsize=64)
def _alternatives(keys: Iterable[str]) -> str:
    """Give a pattern for any of the keys, the longest first; empty when there are none."""
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


_RULES: tuple[Callable[[str, Lexicon], str], ...] = (
    _addresses,
    _words,
    _abbreviations,
    _dates,
    _numbered,
    _subdivisions,
    _money,
    _ranges,
    _years,
    _numbers,
    initialisms,
    _symbols,
    _tidy,
)
