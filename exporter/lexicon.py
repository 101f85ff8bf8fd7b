"""Lexicons: the reading rules of a language, from `styles/lexicon/<language>.toml`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import SettingsError
from exporter.model import Source


class Scales(msgspec.Struct, frozen=True):
    """Words between an amount and its currency."""

    words: tuple[str, ...] = ()
    """Such as million."""
    link: str = ""
    """What joins such a word to the currency: Spanish "de"."""
    short: Mapping[str, str] = {}
    """Abbreviations of such words, directly after an amount: bn."""


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of numbers that agree in gender with their noun. Empty: numbers stay figures."""

    small: tuple[str, ...] = ()
    """Numbers from 0 to 29, in the masculine."""
    tens: tuple[str, ...] = ()
    """30, 40 ... 90."""
    joint: str = ""
    """Between tens and ones."""
    hundred: str = ""
    """100 by itself."""
    hundreds: tuple[str, ...] = ()
    """100, 200 ... 900 with something after them, in the masculine."""
    hundred_joint: str = ""
    """Between hundreds and what follows them."""
    thousand: str = ""
    """Empty: numbers from 1000 stay figures."""
    million: tuple[str, ...] = ()
    """One million, many millions: nouns themselves."""
    feminine: Mapping[str, str] = {}
    """Words of a number, with their form before a feminine noun."""
    short: Mapping[str, str] = {}
    """Words of a number, with their form before a masculine noun and before thousands: veintiuno, veintiún."""
    feminine_endings: tuple[str, ...] = ()
    feminine_words: frozenset[str] = frozenset()
    """Nouns that are feminine whatever their ending."""
    masculine_words: frozenset[str] = frozenset()
    no_nouns: frozenset[str] = frozenset()
    """Short words that may follow a number but are not its noun."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The reading rules of one language. A rule whose table is empty does nothing."""

    language: str = ""
    joining: frozenset[str] = frozenset()
    """Abbreviations, without their full stop and case-folded, that never end a sentence."""
    before_numbers: frozenset[str] = frozenset()
    """Abbreviations that do not end a sentence when a number follows."""
    words_of_one: frozenset[str] = frozenset()
    """Single capital letters that are words and may end a sentence, such as "I"."""
    words: Mapping[str, str] = {}
    """Written forms and how they are read; whole words, case-sensitive."""
    abbreviations: Mapping[str, str] = {}
    """Abbreviations with their full stop; not case-sensitive."""
    numbered: Mapping[str, str] = {}
    """Abbreviations and symbols that are expanded only before a number: No., art., §."""
    letters: Mapping[str, str] = {}
    """Names of the letters that the voices mispronounce in an initialism."""
    as_words: frozenset[str] = frozenset()
    """Initialisms that are read as a word, such as UNICEF."""
    spell: bool = False
    """Whether other words of two to six capitals are read letter by letter."""
    symbols: Mapping[str, str] = {}
    """Names of symbols in running text."""
    mixed: Mapping[str, str] = {}
    """Fraction characters, as they are read after a whole number: ½ in 3½."""
    signs: Mapping[str, str] = {}
    """Names of symbols that are read only in a text without words, and `other` for those that have no name here."""
    currencies: Mapping[str, str] = {}
    """Currency symbols and codes, as they are read after the amount: one, a bar, many; Russian: one, few, many."""
    scales: Scales = Scales()
    subdivision: str = ""
    """Word before the brackets after the number of an article, as in 13(2)."""
    articles: frozenset[str] = frozenset()
    """Words for an article, after whose number the brackets may follow a space; not case-sensitive."""
    range_word: str = ""
    """Between the two ends of a range."""
    decimal: Mapping[str, str] = {}
    """How the decimal marks "." and "," are read; empty leaves them to the voice."""
    grouping: str = ""
    """Thousands separators."""
    year: Mapping[str, str] = {}
    """`oh` and `hundred` for years read in pairs; empty reads years as numbers."""
    year_forms: Mapping[str, str] = {}
    """Abbreviations of the word for year after its figures: the full form, a bar, the form after `before_years`."""
    before_years: frozenset[str] = frozenset()
    """Words after which a year is read in its second form, in small letters."""
    time: Mapping[str, str] = {}
    """Words of times of day: `joint` between hour and minute, `oh` before one digit, `sharp`, `hundred` after noon.

    With `hours` (one, a bar, many) and `minutes`, those words are added; `sign` is the symbol for it, as in 14h30.
    """
    day_first: bool = False
    """Whether 12/5/2019 is in May."""
    units: Mapping[str, str] = {}
    """Unit symbols, as they are read after a number: one, a bar, many."""
    documents: Mapping[str, str] = {}
    """Abbreviations in document symbols, such as Add."""
    before_roman: frozenset[str] = frozenset()
    """Words after which a single I, V or X is a number."""
    agreement: Agreement = Agreement()
    url: Mapping[str, str] = {}
    """Names of the characters in an address, and `long`, which is read instead of a long path."""
    maths: Mapping[str, str] = {}
    """Words for formulas, by operator character or by name (`over`, `squared` ...)."""
    digest: str = ""
    """SHA-256 of the file, for cache keys."""


_TABLES = frozenset(Lexicon.__struct_fields__) - {"language", "digest"}


class Lexicons:
    """Lexicons by language, each read once."""

    def __init__(self, styles: Path) -> None:
        self._folder = styles / "lexicon"
        self._known: dict[str, Lexicon] = {}

    def __call__(self, language: str) -> Lexicon:
        """Return the rules for a BCP 47 tag: `es-MX.toml`, else `es.toml`, else none.

        Raises:
            SettingsError: The file is not TOML, or contains an unknown or invalid table.
        """
        if language not in self._known:
            self._known[language] = self._load(language)
        return self._known[language]

    def _load(self, language: str) -> Lexicon:
        parts = language.split("-")
        for length in range(len(parts), 0, -1):
            path = self._folder / f"{'-'.join(parts[:length])}.toml"
            if parts[0] and path.is_file():
                return _read(path, language)
        return Lexicon(language=language)


def _read(path: Path, language: str) -> Lexicon:
    data = path.read_bytes()
    try:
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        unknown = sorted(set(table) - _TABLES)
        if unknown:
            raise SettingsError(
                f"Unknown table in the lexicon: “{unknown[0]}”.",
                advice=f"Use one of: {', '.join(sorted(_TABLES))}.",
                source=Source(path.name),
            )
        for name in ("joining", "before_numbers"):
            table[name] = [word.casefold().rstrip(".") for word in table.get(name, [])]
        table |= {"language": language, "digest": hashlib.sha256(data).hexdigest()}
        return msgspec.convert(table, Lexicon)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, AttributeError) as error:
        raise SettingsError(
            f"Invalid lexicon: {error}.", advice="Fix the line that the message names.", source=Source(path.name)
        ) from error
