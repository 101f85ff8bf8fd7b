"""Braille codes by language: their names, and the tables of liblouis for each grade."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Grade(StrEnum):
    """The degree of contraction."""

    UNCONTRACTED = "uncontracted"
    CONTRACTED = "contracted"


class Code(msgspec.Struct, frozen=True):
    """A braille code."""

    name: str
    """In names of files, such as `en-ueb`."""
    uncontracted: str
    """Table of liblouis."""
    contracted: str = ""
    """Table of liblouis; empty if there is none."""
    usual: Grade = Grade.UNCONTRACTED
    """The grade in which books are usually published."""
    transcriber_signs: tuple[str, str] = ("", "")
    """Cells before and after a note of the transcriber; empty: text in brackets."""

    def grade(self, wanted: Grade | None) -> Grade:
        """Return the grade that is written: the usual one, unless one is wanted and the code has it."""
        return (wanted or self.usual) if self.contracted else Grade.UNCONTRACTED

    def table(self, grade: Grade) -> str:
        """Return the table of a grade."""
        return self.contracted if grade is Grade.CONTRACTED and self.contracted else self.uncontracted


UEB = Code("en-ueb", "en-ueb-g1.ctb", "en-ueb-g2.ctb", Grade.CONTRACTED, ("⠈⠨⠣", "⠈⠨⠜"))
"""Unified English Braille (The Rules of Unified English Braille, 3.27 for the signs of the transcriber)."""
CODES = {
    "en": UEB,
    "es": Code("es", "es-g1.ctb", "es-g2.ctb"),
    "fr": Code("fr-bfu", "fr-bfu-comp6.utb", "fr-bfu-g2.ctb", Grade.CONTRACTED),
    "pt": Code("pt", "pt-pt-g1.utb", "pt-pt-g2.ctb"),
    "ar": Code("ar", "ar-ar-g1.utb", "ar-ar-g2.ctb"),
    "ru": Code("ru", "ru-litbrl.ctb"),
    "de": Code("de", "de-g0.utb", "de-g2.ctb", Grade.CONTRACTED),
    "it": Code("it", "it-it-comp6.utb"),
    "tr": Code("tr", "tr-g1.ctb", "tr-g2.ctb"),
    "uk": Code("uk", "uk.utb"),
}
"""By primary language."""
GRADE_NAMES = {Grade.UNCONTRACTED: "g1", Grade.CONTRACTED: "g2"}
"""In names of files."""


def code_of(language: str) -> Code | None:
    """Return the code of a language (BCP 47), or None if there is none."""
    return CODES.get(language.partition("-")[0].lower())


def file_suffix(code: Code, grade: Grade, cells: int, lines: int, extension: str) -> str:
    """Return the end of the name of a file: the file itself cannot state code, grade and size of the page."""
    return f"-{code.name}-{GRADE_NAMES[grade]}-{cells}x{lines}.{extension}"
