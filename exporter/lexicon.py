"""Reading rules of a language from `styles/lexicon/<language>.toml`: tables that a non-programmer can extend."""

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
    """Short forms of such words, as they stand right after an amount: bn."""


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of numbers with the gender of what they count; empty if there is none, and numbers stay figures."""

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
    """Words of a number, as they are before a feminine noun."""
    short: Mapping[str, str] = {}
    """Words of a number, as they are before a masculine noun and before thousands: veintiuno, veintiún."""
    feminine_endings: tuple[str, ...] = ()
    feminine_words: frozenset[str] = frozenset()
    """Nouns that are feminine whatever their ending."""
    masculine_words: frozenset[str] = frozenset()
    no_nouns: frozenset[str] = frozenset()
    """Short words that may follow a number and are not what it counts."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """The reading rules of one language. Every table may be empty: then that rule does nothing."""

    language: str = ""
    joining: frozenset[str] = frozenset()
    """Short forms, without their full stop and case-folded, that never end a sentence."""
    before_numbers: frozenset[str] = frozenset()
    """Short forms that do not end a sentence when a number follows."""
    words_of_one: frozenset[str] = frozenset()
    """Single capital letters that are words and may end a sentence, such as "I"."""
    words: Mapping[str, str] = {}
    """Spoken forms of words; matched as whole words, case-sensitively."""
    abbreviations: Mapping[str, str] = {}
    """Short forms with their full stop; matched in any case."""
    numbered: Mapping[str, str] = {}
    """Short forms and signs that are read out only before a number: No., art., §."""
    letters: Mapping[str, str] = {}
    """Names of the letters that the voices get wrong in an initialism."""
    as_words: frozenset[str] = frozenset()
    """Capitals that are read as a word, such as UNICEF."""
    spell: bool = False
    """Whether other words of two to six capitals are read letter by letter."""
    symbols: Mapping[str, str] = {}
    """Names of signs, in running text."""
    mixed: Mapping[str, str] = {}
    """Fractions as signs, as they are read behind a whole number: ½ in 3½."""
    signs: Mapping[str, str] = {}
    """Names of symbols that are said only if nothing else is spoken, and `other` for those without a name here."""
    currencies: Mapping[str, str] = {}
    """Signs and codes of money, as they are read after the amount: one, a bar, many; Russian: one, few, many."""
    scales: Scales = Scales()
    subdivision: str = ""
    """Word before brackets after the number of an article, as in 13(2)."""
    articles: frozenset[str] = frozenset()
    """Words after whose number a bracket does so even behind a space; matched in any case."""
    range_word: str = ""
    """Between the two ends of a range."""
    decimal: Mapping[str, str] = {}
    """How the decimal marks "." and "," are read; empty leaves them to the voice."""
    grouping: str = ""
    """Characters that part thousands."""
    year: Mapping[str, str] = {}
    """`oh` and `hundred` for years read in pairs; empty reads years as numbers."""
    year_forms: Mapping[str, str] = {}
    """Short forms of the word for year behind its figures, as they are read, a bar, and after `before_years`."""
    before_years: frozenset[str] = frozenset()
    """Words after which a year is read in its second form, in small letters."""
    time: Mapping[str, str] = {}
    """Words of times of day: `joint` between hour and minute, `oh` before one figure, `sharp`, `hundred` after noon.

    With `hours`, one, a bar, many, that word is said, and `minutes` too; `sign` stands for it, as in 14h30.
    """
    day_first: bool = False
    """Whether 12/5/2019 is in May."""
    units: Mapping[str, str] = {}
    """Signs of units, as they are read after a number: one, a bar, many."""
    documents: Mapping[str, str] = {}
    """Short forms in the symbols of documents, such as Add."""
    before_roman: frozenset[str] = frozenset()
    """Words after which a single I, V or X is a number."""
    agreement: Agreement = Agreement()
    url: Mapping[str, str] = {}
    """Names of the symbols in an address, and `long`: the replacement for a path that is too long to follow."""
    maths: Mapping[str, str] = {}
    """Words for formulas, by operator character or by name (`over`, `squared` ...)."""
    digest: str = ""
    """SHA-256 of the file, for cache keys."""


_TABLES = frozenset(Lexicon.__struct_fields__) - {"language", "digest"}


class Lexicons:
    """The lexicons of all languages, each read once."""

    def __init__(self, styles: Path) -> None:
        self._folder = styles / "lexicon"
        self._known: dict[str, Lexicon] = {}

    def __call__(self, language: str) -> Lexicon:
        """Return the rules for a BCP 47 tag: `es-MX.toml`, else `es.toml`, else none.

        Raises:
            SettingsError: The file is not TOML or holds something that is no rule.
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
                f"Unknown table “{unknown[0]}” in the lexicon.",
                advice=f"Tables are: {', '.join(sorted(_TABLES))}.",
                source=Source(path.name),
            )
        for name in ("joining", "before_numbers"):
            table[name] = [word.casefold().rstrip(".") for word in table.get(name, [])]
        table |= {"language": language, "digest": hashlib.sha256(data).hexdigest()}
        return msgspec.convert(table, Lexicon)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, AttributeError) as error:
        raise SettingsError(
            f"Invalid lexicon: {error}.", advice="Fix the line that it names.", source=Source(path.name)
        ) from error
