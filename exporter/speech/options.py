"""How a publication is read: what an owner of the house can choose."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.speech.utterance import Pauses


class NotePlacement(StrEnum):
    """Where notes are read; never inside a sentence."""

    PARAGRAPH = "paragraph"
    """After the paragraph, item, table or figure that refers to them."""
    CHAPTER = "chapter"
    """At the end of the section that refers to them, before the next heading."""
    END = "end"
    """In a chapter of their own before the closing, which a listener can skip."""


class SpeechOptions(msgspec.Struct, frozen=True):
    """How a publication is read."""

    notes: NotePlacement = NotePlacement.CHAPTER
    announce_references: bool = True
    """Whether "Note 3" is said after the sentence that refers to a note that is read later."""
    list_from: Annotated[int, msgspec.Meta(ge=1)] = 3
    """Lists of so many items or more are announced with their length."""
    shared_voices: frozenset[str] = frozenset()
    """Speakers whose voice somebody else has too: each of their turns begins with their name."""
    read_by: str = ""
    """Who reads, for the words about the recording."""
    pauses: Pauses = Pauses()
