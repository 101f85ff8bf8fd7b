"""What a style of Word means: the table `styles/docx/reading.toml`, which a house may extend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import SettingsError
from exporter.model import AsideKind, Source

TABLE = "docx/reading.toml"
"""Inside the folder of styles."""


class Role(StrEnum):
    """What a paragraph is for."""

    TEXT = "text"
    HEADING = "heading"
    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    DATE = "date"
    KIND = "kind"
    COVER = "cover"
    LEFT_OUT = "left-out"
    """Made anew by every edition: contents, running heads, imprint."""
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    ASIDE = "aside"
    SPEAKER = "speaker"
    TURN = "turn"
    CUE = "cue"
    CODE = "code"
    VERSE = "verse"
    TERM = "term"
    DEFINITION = "definition"
    DEFINITION_CONTINUE = "definition-continue"
    FIGURE = "figure"
    CAPTION = "caption"
    DESCRIPTION_TITLE = "description-title"
    DESCRIPTION = "description"
    BREAK = "break"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    LIST_CONTINUE = "list-continue"
    HEADER_COLUMN = "header-col"
    HEADER_ROW = "header-row"
    HEADER_COLUMN_GROUP = "header-colgroup"
    HEADER_ROW_GROUP = "header-rowgroup"


class WordRole(StrEnum):
    """What a character style is for."""

    TEXT = "text"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRONG_EMPHASIS = "strong-emphasis"
    CODE = "code"
    ASIDE_TITLE = "aside-title"
    LEFT_OUT = "left-out"
    QUOTATION_MARK = "quotation-mark"
    ABBREVIATION = "abbreviation"
    EXPANSION = "expansion"
    SPEAKER_ROLE = "speaker-role"


class Meaning(msgspec.Struct, frozen=True):
    """A role, with the level of a heading or the kind of an aside."""

    role: Role
    level: int = 0
    kind: AsideKind = AsideKind.BOX


PLAIN = Meaning(Role.TEXT)
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"([^\W\d_]+)([1-9])")


def key(style: str) -> str:
    """Return what a name of a style is compared by: its letters and digits alone."""
    return _NOT_LETTERS.sub("", style.casefold())


class Roles:
    """The table of styles."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Read the table.

        Raises:
            SettingsError: A style is said to be something that is not known.
        """
        self._paragraphs = {key(style): _meaning(style, word) for style, word in _section(table, "paragraph").items()}
        self._characters = {key(style): _word_role(style, word) for style, word in _section(table, "character").items()}
        words = table.get("headings", {}).get("words", ())
        self._headings = frozenset(key(str(word)) for word in words)

    @classmethod
    def load(cls, styles: Path) -> Roles:
        """Read the table in a folder of styles.

        Raises:
            SettingsError: It is missing or broken.
        """
        try:
            return cls(tomllib.loads((styles / TABLE).read_text("utf-8")))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"The table of Word styles cannot be used: {error}.", source=Source(TABLE)) from error

    def paragraph(self, style: str) -> Meaning | None:
        """Return what a paragraph style means by its name; None when the table does not know it."""
        wanted = key(style)
        found = self._paragraphs.get(wanted)
        if found is None and (numbered := _NUMBERED.fullmatch(wanted)) and numbered[1] in self._headings:
            return Meaning(Role.HEADING, int(numbered[2]))
        if found is None and wanted.startswith("sourcecode"):
            return self._paragraphs.get("sourcecode")
        return found

    def character(self, style: str) -> WordRole | None:
        """Return what a character style means by its name; None when the table does not know it."""
        return self._characters.get(key(style))


def _section(table: Mapping[str, Any], name: str) -> Mapping[str, str]:
    found = table.get(name, {})
    if not isinstance(found, Mapping) or not all(isinstance(word, str) for word in found.values()):
        raise SettingsError(f"The table “{name}” gives each style one word.", source=Source(TABLE))
    return found


def _meaning(style: str, word: str) -> Meaning:
    if (numbered := re.fullmatch(r"heading-([1-9])", word)) is not None:
        return Meaning(Role.HEADING, int(numbered[1]))
    if word in set(AsideKind):
        return Meaning(Role.ASIDE, kind=AsideKind(word))
    if word in set(Role) and word not in (Role.HEADING, Role.ASIDE):
        return Meaning(Role(word))
    known = [role.value for role in Role if role not in (Role.HEADING, Role.ASIDE)]
    raise SettingsError(
        f"The paragraph style “{style}” is said to be “{word}”, which is not known.",
        advice=f"Write heading-1 to heading-9, {', '.join([*AsideKind, *known])}.",
        source=Source(TABLE),
    )


def _word_role(style: str, word: str) -> WordRole:
    if word in set(WordRole):
        return WordRole(word)
    raise SettingsError(
        f"The character style “{style}” is said to be “{word}”, which is not known.",
        advice=f"Write one of {', '.join(WordRole)}.",
        source=Source(TABLE),
    )
