"""Currencies that the lexicon does not list, with the names of the Unicode CLDR: SYP 5,000, ₩10,000."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from exporter.lexicon import Lexicon
from exporter.model.language_tags import locale_of

_CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
_SYMBOLS = {
    "$US": "USD",
    "US $": "USD",
    "$CA": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD",
    "R$": "BRL",
    "MX$": "MXN",
    "RD$": "DOP",
    "TT$": "TTD",
    "EC$": "XCD",
    "J$": "JMD",
    "L$": "LRD",
    "N$": "NAD",
    "Z$": "ZWL",
    "FJ$": "FJD",
    "CAN$": "CAD",
    "Can$": "CAD",
    **{f"{code}$": code for code in ("USD", "AUD", "CAD", "NZD", "TTD", "HKD", "SGD")},
    "RMB": "CNY",
    "¥": "JPY",
    "₩": "KRW",
    "₫": "VND",
    "฿": "THB",
    "₱": "PHP",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "₦": "NGN",
    "₹": "INR",
    "₪": "ILS",
    "₺": "TRY",
    "₴": "UAH",
    "₽": "RUB",
    "₸": "KZT",
    "₼": "AZN",
    "₾": "GEL",
    "₮": "MNT",
    "៛": "KHR",
    "zł": "PLN",
    "Kč": "CZK",
}
_ALSO_INITIALS = frozenset(
    ["CFA", "COP", "CUP", "CVE", "DT", "G.", "L.", "MOP", "N", "PEN", "Q.", "R", "RM", "SCR", "SDG", "SLE", "SOS"]
)
"""Codes that are the initials of something else that is numbered, too: COP 27, SDG 16."""
_WORDS = frozenset(["ALL", "TOP"])
"""Codes that are never read: ALL 5000 of them."""
_SMALLEST_SUM = 1000
_FIRST_END = 1999
"""From here on, currencies that are no longer in use are still written of: HRK 1,000, LTL 500,000."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_LEXICONS = 64
_LEXICONS: dict[tuple[int, frozenset[str]], tuple[Lexicon, Lexicon]] = {}
"""Lexicons with more currencies, by the identity of the one that lacks them, which is kept beside them."""
_IN_SMALL_LETTERS = frozenset({"es", "fr", "it", "pt", "ru", "uk"})


def add_currencies(text: str, lexicon: Lexicon) -> Lexicon:
    """Return the lexicon with the names of those codes and symbols in `text` that it lacks."""
    may_have_symbols = not text.isascii() or "$" in text or "RMB" in text
    symbols = {*_CODE.findall(text), *(symbol for symbol in _SYMBOLS if may_have_symbols and symbol in text)}
    symbols -= {*lexicon.currencies, *_WORDS}
    names = {symbol: _names(_SYMBOLS.get(symbol, symbol), lexicon.language) for symbol in symbols}
    currencies = {symbol: forms for symbol, forms in names.items() if forms}
    if not currencies:
        return lexicon
    key = id(lexicon), frozenset(currencies)
    if key not in _LEXICONS:
        if len(_LEXICONS) >= _MOST_LEXICONS:
            _LEXICONS.clear()
        more = msgspec.structs.replace(lexicon, currencies={**lexicon.currencies, **currencies})
        _LEXICONS[key] = lexicon, more
    return _LEXICONS[key][1]


def is_sum(symbol: str, figures: str, size: str, listed: Mapping[str, str]) -> bool:
    """Return whether a currency stands with a sum, and not with a year or the number of something: CRC 12, PHP 8.

    Those that the lexicon lists, and those that are not the initials of something else, stand with any sum.
    """
    is_also_initials, figures = symbol in _ALSO_INITIALS, re.split("[–—-]", figures)[-1].strip()
    if (
        is_also_initials
        and len(symbol.rstrip(".")) == 1
        and not size
        and not re.search(r"[,\u00a0\u202f]\d{3}" if symbol.isalpha() else r"[.,\u00a0\u202f]\d{3}|[.,]\d\d$", figures)
    ):
        return False  # R 18,500, G. 12.000, and not Annex R 1200
    if (symbol in listed and not is_also_initials) or not symbol.isascii() or not symbol.isalpha() or size:
        return True
    if not is_also_initials and re.search(r"\d[.,٫]\d\d$", figures):
        return True
    whole = int(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", figures)))
    return whole >= _SMALLEST_SUM and not _YEAR.fullmatch(figures)


@lru_cache(maxsize=256)
def _names(code: str, language: str) -> str:
    """Return the forms of a name as a lexicon has them: one, a bar, many; empty if there is no such currency."""
    from babel.numbers import get_currency_name

    if code not in _codes() or (locale := locale_of(language)) is None:
        return ""
    plurals = locale.plural_form.tags
    numbers = (1, 2, 3, 11) if "two" in plurals else (1, 3, 5, 1.5) if "few" in plurals else (1, 2)
    # Not CFA franc (BCEAO), nor the capital of a list.
    names = [get_currency_name(code, number, locale).partition(" (")[0] for number in numbers]
    names = [f"{name[0].lower()}{name[1:]}" if locale.language in _IN_SMALL_LETTERS else name for name in names]
    return "|".join(names if len({*names}) > 1 else names[:1])


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Return the codes of all currencies that are in use, or were until the euro replaced them."""
    from babel.core import get_global

    territories = get_global("territory_currencies").values()
    return frozenset(code for used in territories for code, _, end, _ in used if not end or end[0] >= _FIRST_END)
