"""Speech options of a publication."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.speech.utterance import Pauses


class NotePlacement(StrEnum):
    """Position of notes in the recording; never inside a sentence."""

    PARAGRAPH = "paragraph"
    """After the paragraph, item, table or figure that refers to them."""
    CHAPTER = "chapter"
    """At the end of the section that refers to them, before the next heading."""
    END = "end"
    """In a chapter of their own before the closing, which a listener can skip."""


class ColumnHeaders(StrEnum):
    """Repetition of column headers before the cells of a table."""

    CELL = "cell"
    """Before every cell, in full."""
    CHANGES = "changes"
    """The header of a group of columns where the group changes; the cell's own before every cell, without brackets."""
    ONCE = "once"
    """Only before the first row."""


class SpeechOptions(msgspec.Struct, frozen=True):
    """Options that decide the script."""

    notes: NotePlacement = NotePlacement.CHAPTER
    announce_references: bool = True
    """Whether "Note 3" is announced after a sentence that refers to a note that is read later."""
    list_from: Annotated[int, msgspec.Meta(ge=1)] = 3
    """Number of items from which a list is announced with its length."""
    column_headers: ColumnHeaders = ColumnHeaders.CHANGES
    voice_change_words: Annotated[int, msgspec.Meta(ge=1)] = 2
    """Number of words from which a passage in another language has a voice of its own within a sentence."""
    shared_voices: frozenset[str] = frozenset()
    """Speakers who share a voice: each of their turns begins with their name."""
    read_by: str = ""
    """The voice, for the closing credits."""
    pauses: Pauses = Pauses()
