"""Braille codes by language: their names, and the tables of liblouis for each grade."""

from __future__ import annotations

from enum import StrEnum
from itertools import takewhile

import msgspec


class Grade(StrEnum):
    """The degree of contraction."""

    UNCONTRACTED = "uncontracted"
    CONTRACTED = "contracted"


class Code(msgspec.Struct, frozen=True):
    """A braille code."""

    name: str
    """In names of files, such as `en-ueb`."""
    system: str
    """In the registry of codes for eBraille, such as `UEB`."""
    uncontracted: str
    """Table of liblouis."""
    contracted: str = ""
    """Table of liblouis; empty if there is none."""
    usual: Grade = Grade.UNCONTRACTED
    """The grade in which books are usually published."""
    transcriber_signs: tuple[str, str] = ("", "")
    """Cells before and after a note of the transcriber; empty: text in brackets."""
    emphasis: str | None = None
    """Sign before and after emphasis in uncontracted braille, where the table of liblouis has none; empty: there is no
    sign."""
    continuation: str = "⠐"
    """Sign at the end of a line in which a word is divided (The Rules of Unified English Braille, 10.13)."""
    system_grades: tuple[str, str] = ("grade1", "grade2")
    """Names of the grades in that registry: uncontracted and contracted."""

    def grade(self, wanted: Grade | None) -> Grade:
        """Return the grade that is written: the usual one, unless one is wanted and the code has it."""
        return (wanted or self.usual) if self.contracted else Grade.UNCONTRACTED

    def system_name(self, grade: Grade) -> str:
        """Return the name of the code in a grade in the registry of codes for eBraille."""
        return f"{self.system} {self.system_grades[grade is Grade.CONTRACTED]}"

    def table(self, grade: Grade) -> str:
        """Return the table of a grade."""
        return self.contracted if grade is Grade.CONTRACTED and self.contracted else self.uncontracted


UEB = Code("en-ueb", "UEB", "en-ueb-g1.ctb", "en-ueb-g2.ctb", Grade.CONTRACTED, ("⠈⠨⠣", "⠈⠨⠜"))
"""Unified English Braille (The Rules of Unified English Braille, 3.27 for the signs of the transcriber)."""
CODES = {
    "en": UEB,
    "es": Code("es", "Spanish", "es-g1.ctb", "es-g2.ctb", emphasis="⠔"),
    "fr": Code("fr-bfu", "French", "fr-bfu-comp6.utb", "fr-bfu-g2.ctb", Grade.CONTRACTED),
    "pt": Code("pt", "Portuguese", "pt-pt-g1.utb", "pt-pt-g2.ctb"),
    "ar": Code("ar", "Arabic", "ar-ar-g1.utb", "ar-ar-g2.ctb", continuation="⠤"),
    "ru": Code("ru", "Russian", "ru-litbrl.ctb"),
    "de": Code("de", "German", "de-g0.utb", "de-g2.ctb", Grade.CONTRACTED, system_grades=("grade0", "grade2")),
    "it": Code("it", "Italian", "it-it-comp6.utb", emphasis=""),
    "tr": Code("tr", "Turkish", "tr-g1.ctb", "tr-g2.ctb"),
    "uk": Code("uk", "Ukrainian", "uk.utb"),
}
"""By primary language."""
UNTRANSLATABLE = frozenset({"zh", "cmn", "yue"})
"""Languages whose tables in liblouis neither divide a text into words nor choose between the readings of a character.

From braille back, three quarters of the characters at most are the same: others are read alike.
"""
UNPRINTED = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff"
)
"""Characters that control the layout of print, and are left out."""
SCRIPT = "Brai"
"""Script subtag of braille (ISO 15924)."""
GRADE_NAMES = {Grade.UNCONTRACTED: "g1", Grade.CONTRACTED: "g2"}
"""In names of files."""


def code_of(language: str) -> Code | None:
    """Return the code of a language (BCP 47), or None if there is none."""
    return CODES.get(language.partition("-")[0].lower())


def braille_language(language: str) -> str:
    """Return the language tag of text in braille (BCP 47), such as `pt-Brai-BR`; a script in the tag is replaced."""
    primary, *rest = language.split("-")
    extended = list(takewhile(lambda part: len(part) == 3 and part.isalpha(), rest))
    rest = rest[len(extended) :]
    if rest and len(rest[0]) == 4 and rest[0].isalpha():
        rest = rest[1:]
    return "-".join((primary, *extended, SCRIPT, *rest))


def print_language(language: str) -> str:
    """Return the language tag of a text without the script of braille."""
    return "-".join(part for part in language.split("-") if part.lower() != SCRIPT.lower())


def file_suffix(code: Code, grade: Grade, cells: int, lines: int, extension: str) -> str:
    """Return the end of the name of a file: the file itself cannot state code, grade and size of the page."""
    return f"-{code.name}-{GRADE_NAMES[grade]}-{cells}x{lines}.{extension}"
