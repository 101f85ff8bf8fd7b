"""Characters that a braille code does not define: equivalent ones, or numbers with findings; raised characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fontTools.unicodedata import script, script_name

from exporter.braille.codes import UNPRINTED
from exporter.braille.liblouis import is_defined
from exporter.findings import Finding
from exporter.model import Source
from exporter.writers.braille.rules import CHARACTER

_EQUIVALENTS = {
    **dict.fromkeys("-‐‑‒−⁃", "-\u00ad"),
    **dict.fromkeys("–—―", "—-\u00ad"),
    **dict.fromkeys("“”„‟«»″❝❞", '"'),
    **dict.fromkeys("‘’‚‛‹›′", "'"),
    **dict.fromkeys("•‣◦▪●■·∙", "•-"),
    "…": ("..."),
    "×": "x",
    "٪": "%",
}
"""Characters that mean the same, the better one first; those of more than one character are sequences of dots. Some
tables have the cell of the hyphen as that of the soft hyphen."""

_BLANK = re.compile("_{3,}")
"""Where something is to be filled in, unlike the characters of an address."""
_FEW = 5
"""Letters of a script that have a finding each."""
SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def shift(text: str, table: dict[int, int]) -> str:
    """Return text as raised or lowered characters; as it is if one of them has no such character."""
    shifted = text.translate(table)
    is_complete = all(left != right for left, right in zip(shifted, text, strict=True))
    return shifted if is_complete and unicodedata.normalize("NFKC", shifted) == text else text


class _CharacterUse(NamedTuple):
    times: int
    source: Source | None
    written: str


class CharacterWriter:
    """Replacement of characters without cells; each is reported once, with its first place.

    Args:
        names: Names of characters in the language of the publication.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._replaced: dict[str, _CharacterUse] = {}

    def representable(self, text: str, table: str, source: Source | None) -> str:
        """Return text whose characters a table has cells for."""
        text = unicodedata.normalize("NFC", text)
        if not is_defined(table, "_"):
            text = _BLANK.sub(lambda blank: "-" * len(blank[0]), text)
        return "".join(self._representable(character, table, source) for character in text)

    def _representable(self, character: str, table: str, source: Source | None) -> str:
        if character in UNPRINTED or (unicodedata.category(character) == "Mn" and not is_defined(table, character)):
            return ""
        if is_defined(table, character):
            return character
        options = _EQUIVALENTS.get(character, "")
        if options == "...":
            return options
        equivalent = next((option for option in options if is_defined(table, option)), "")
        if equivalent:
            return equivalent
        compatible = unicodedata.normalize("NFKD", character)
        plain = "".join(part for part in compatible if not unicodedata.combining(part) and is_defined(table, part))
        if plain and plain == unicodedata.normalize("NFKC", character):
            return plain  # a ligature, a full-width letter
        written = plain or f"[{self._names.get(character) or f'U+{ord(character):04X}'}]"
        use = self._replaced.get(character, _CharacterUse(0, source, written))
        self._replaced[character] = _CharacterUse(use.times + 1, use.source, use.written)
        return written

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each character that was replaced by one that means less; one for a script with many."""
        scripts: dict[str, list[str]] = {}
        for character in self._replaced:
            letter = unicodedata.category(character).startswith("L")
            scripts.setdefault(script(character) if letter else character, []).append(character)
        for code, characters in scripts.items():
            if len(characters) > _FEW:
                yield self._finding_of_script(code, characters)
            else:
                yield from map(self._finding, characters)

    def _finding(self, character: str) -> Finding:
        use, name = self._replaced[character], unicodedata.name(character, "without a name").lower()
        times = "once" if use.times == 1 else f"{use.times} times"
        shown = f"“{character}” (U+{ord(character):04X}, {name})"
        message = f"The braille code has no cells for {shown}, which occurs {times}; it is written “{use.written}”."
        return CHARACTER.finding(message, use.source, edition="braille")

    def _finding_of_script(self, code: str, characters: list[str]) -> Finding:
        first = self._replaced[characters[0]]
        shown = f"{len(characters)} characters of the script {script_name(code, code)}"
        message = f"The braille code has no cells for {shown}, such as {' '.join(characters[:_FEW])}"
        return CHARACTER.finding(f"{message}; the first is written “{first.written}”.", first.source, edition="braille")
